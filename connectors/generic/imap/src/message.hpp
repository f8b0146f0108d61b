// One mail as a record: from what the server answered to FETCH.
#pragma once

#include "response.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace imap {

/// What is asked for of every mail. PEEK: reading leaves no trace.
inline constexpr std::string_view k_fetch_items =
    "(UID FLAGS INTERNALDATE RFC822.SIZE ENVELOPE BODYSTRUCTURE "
    "BODY.PEEK[HEADER.FIELDS (REFERENCES AUTO-SUBMITTED PRECEDENCE LIST-ID)])";

struct Part {
    std::string section;  ///< "1.2"
    std::string type;     ///< "text/plain"
    std::string charset, encoding, name;
    std::int64_t bytes = 0;
    bool attached = false;
};

struct Mail {
    std::uint32_t uid = 0;
    Value items;  ///< names and values of FETCH
    std::vector<Part> parts;
    std::string text;       ///< decoded; of a part that is HTML, its HTML
    bool text_cut = false;  ///< there is more than was read

    /// The part that people read: plain text before HTML; null: there is none.
    const Part* readable() const;
};

/// A mail out of the list of a FETCH response; without a UID it is none.
Mail read_mail(Value items);
/// The text of a part, as it came.
void set_text(Mail& mail, std::string_view bytes, std::int64_t limit);

std::string external_id(std::string_view folder, std::uint32_t validity, std::uint32_t uid);
void append_record(
    std::string& out, const Mail& mail, std::string_view folder, std::uint32_t validity
);
void append_deleted(
    std::string& out, std::string_view folder, std::uint32_t validity, std::uint32_t uid
);

}  // namespace imap
