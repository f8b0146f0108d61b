// What the sample company's systems hold: collects records, puts them in order and writes them.
#pragma once

#include "people.hpp"

#include "touchline/sample/sample.hpp"

#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace touchline::sample {

enum class Stream {
    crm_contacts,
    crm_deals,
    crm_calls,
    crm_emails,
    crm_meetings,
    crm_notes,
    helpdesk_users,
    helpdesk_tickets,
    helpdesk_comments,
    shop_customers,
    shop_orders,
    billing_customers,
    billing_invoices,
    billing_charges,
    social_mentions,
    social_posts,
    survey_responses,
    store_orders,
    phone_calls,
    newsletter_events,
};

constexpr std::size_t k_streams = 20;

enum class Shape {
    api,     ///< objects of an API: the file holds each one as it is now, a line each
    drops,   ///< files that the system drops; what is late comes in the second one
    growing  ///< one CSV file that the system appends to
};

struct StreamFile {
    std::string_view folder, name;
    Shape shape = Shape::api;
    std::string_view header = "";  ///< of CSV files
    /// Of objects: where their id and the time that their system lists them by are (RFC 3339, or
    /// seconds since 1970); no time where it lists them by id.
    std::string_view id = "/id", time = "";
};

const StreamFile& file_of(Stream stream);
/// Below the sample's folder.
std::filesystem::path path_of(const StreamFile& file);

struct Row {
    Time written;        ///< when the system wrote it: rows are in this order
    std::string id;      ///< in the system; empty for bad rows
    std::string person;  ///< key of the truth; empty for bad rows
    std::string line;
    bool late = false;  ///< arrives in the second file, whatever its time
};

class Export {
public:
    /// An object of an API takes the place of what it was before.
    void add(Stream stream, Row row);
    std::vector<Row>& rows(Stream stream) { return rows_[index(stream)]; }
    std::size_t size() const;

    Result<void> write(const std::filesystem::path& directory, SampleReport& report);

private:
    static std::size_t index(Stream stream) { return static_cast<std::size_t>(stream); }
    Result<void> write_stream(
        Stream stream, const std::filesystem::path& directory, SampleReport& report
    );

    std::vector<Row> rows_[k_streams];
    std::map<std::string, std::size_t, std::less<>> places_[k_streams];  ///< by id, of objects
};

/// One line of CSV without its end; cells are quoted where they have to be (RFC 4180).
std::string csv(std::initializer_list<std::string_view> cells, char delimiter);
Result<void> write_file(const std::filesystem::path& file, const std::string& text);

}  // namespace touchline::sample
