// The sample company: Halden, which sells bicycles in five countries, as its departmental systems
// would export it. The same options give the same bytes everywhere. All people, companies and
// addresses are made up.
#pragma once

#include "touchline/base/result.hpp"
#include "touchline/base/time.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace touchline::sample {

struct SampleOptions {
    std::uint64_t seed = 1;
    std::uint32_t customers = 2000;  ///< at least 10
    std::uint32_t records = 40000;   ///< about so many: the last story is told to its end
    int months = 18;
    Time end{};  ///< nothing happens after this
};

/// The customer to look at first: known to every department, under another key in each.
struct Star {
    std::string person;  ///< key in the truth files
    std::string name, email, second_email, phone, company;
};

struct SampleReport {
    std::size_t records = 0;                     ///< rows written, the bad ones included
    std::size_t bad_records = 0;                 ///< rows that no reader can make sense of
    std::map<std::string, std::size_t> streams;  ///< "crm/contacts" to rows
    std::vector<std::filesystem::path> files;
    Star star;
};

/// Writes `directory`/export (one folder per system) and, outside of it, `directory`/truth:
/// people.csv (person, name, e-mails, phone) and records.csv (system, stream, record, person).
/// Files that exist are replaced. Error: config for options that make no sense, unavailable when a
/// file cannot be written.
Result<SampleReport> write_sample(
    const std::filesystem::path& directory, const SampleOptions& options
);

}  // namespace touchline::sample
