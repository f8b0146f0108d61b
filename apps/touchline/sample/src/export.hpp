// The files of the exporting systems: collects rows, puts them in order and writes them.
#pragma once

#include "people.hpp"

#include "touchline/sample/sample.hpp"

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace touchline::sample {

enum class Stream {
    crm_contacts,
    crm_activities,
    helpdesk_tickets,
    helpdesk_messages,
    shop_orders,
    shop_refunds,
    social_messages,
    survey_responses,
    phone_calls,
    billing_invoices,
    billing_payments,
    newsletter_events,
    store_visits,
};

struct StreamFile {
    std::string_view folder, name, extension;
    std::string_view header;  ///< of CSV files
    char delimiter = ',';
    bool one_file = false;  ///< the system appends to one file instead of dropping new ones
};

const StreamFile& file_of(Stream stream);

struct Row {
    Time written;        ///< when the system wrote it: rows are in this order
    std::string id;      ///< in the system; empty for bad rows
    std::string person;  ///< key of the truth; empty for bad rows
    std::string line;
    bool late = false;  ///< arrives in the second file, whatever its time
};

class Export {
public:
    void add(Stream stream, Row row) { rows_[index(stream)].push_back(std::move(row)); }
    std::vector<Row>& rows(Stream stream) { return rows_[index(stream)]; }
    std::size_t size() const;
    static constexpr std::size_t k_streams = 13;

    Result<void> write(const std::filesystem::path& directory, SampleReport& report);

private:
    static std::size_t index(Stream stream) { return static_cast<std::size_t>(stream); }
    Result<void> write_stream(
        Stream stream, const std::filesystem::path& folder, SampleReport& report
    );

    std::vector<Row> rows_[k_streams];
};

/// One line of CSV without its end; cells are quoted where they have to be (RFC 4180).
std::string csv(std::initializer_list<std::string_view> cells, char delimiter);
Result<void> write_file(const std::filesystem::path& file, const std::string& text);

}  // namespace touchline::sample
