#include "rest.hpp"

#include "query.hpp"
#include "rows.hpp"

#include <algorithm>
#include <map>

namespace request_tracker {

using touchline::sdk::HttpRequest;

namespace {

constexpr std::size_t k_most_requestors = 7;
/// Longer texts are cut: a mapping shows a few hundred characters of them.
constexpr std::size_t k_most_text_bytes = 32 * 1024;
const std::vector<std::string> k_no_mail_records = {"EmailRecord", "CommentEmailRecord"};

std::string cut(std::string text) {
    if (text.size() <= k_most_text_bytes) return text;
    std::size_t end = k_most_text_bytes;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
    text.resize(end);
    return text;
}

Conditions feed_conditions() {
    Conditions conditions;
    conditions.add("ObjectType", "=", "RT::Ticket").add_list("Type", "NOT IN", k_no_mail_records);
    return conditions;
}

}  // namespace

Result<Listing<Transaction>> Rest::transactions(
    std::int64_t after, std::uint64_t page, const std::string& since
) {
    auto conditions = feed_conditions();
    conditions.add("id", ">", std::to_string(after));
    if (!since.empty()) conditions.add("Created", ">=", sql_time(since));
    auto request = search(
        "transactions", conditions, page, "id,Type,Field,OldValue,NewValue,Created,ObjectId,Creator"
    );
    request.param("orderby", "id").param("fields[Creator]", k_person_fields);
    TL_TRY(const auto answer, job_->send(request));
    std::vector<std::string> members = {
        "id", "Type", "Field", "OldValue", "NewValue", "Created", "ObjectId"};
    add_person(members, "Creator/");
    TL_TRY(const auto rows, Rows::pick(answer.body(), "/items", members));
    Listing<Transaction> listing;
    listing.total = total_of(answer.body());
    for (std::size_t i = 0; i < rows.count(); ++i) {
        listing.items.push_back(
            {std::strtoll(rows.text(i, "id").c_str(), nullptr, 10),
             rows.text(i, "Type"),
             rows.text(i, "Field"),
             rows.text(i, "OldValue"),
             rows.text(i, "NewValue"),
             rows.text(i, "Created"),
             rows.text(i, "ObjectId"),
             rows.person(i, "Creator/")}
        );
    }
    return listing;
}

Result<std::int64_t> Rest::newest_transaction() {
    auto request = search("transactions", feed_conditions(), 1, "id");
    request.param("orderby", "id").param("order", "DESC");
    TL_TRY(const auto answer, job_->send(request));
    TL_TRY(const auto id, answer.pick("/items/0/id"));
    return std::strtoll(id.as_text().c_str(), nullptr, 10);
}

Result<std::vector<Ticket>> Rest::tickets(const std::vector<std::string>& ids) {
    std::vector<Ticket> tickets;
    if (ids.empty()) return tickets;
    HttpRequest request("api", "/tickets");
    request.param("query", tickets_query(ids)).param("orderby", "id").param("per_page", "100");
    request.param(
        "fields", "id,EffectiveId,Subject,Status,Queue,Owner,Requestor,Created,LastUpdated"
    );
    request.param("fields[Queue]", "Name").param("fields[Owner]", k_person_fields);
    request.param("fields[Requestor]", k_person_fields);
    TL_TRY(const auto answer, job_->send(request));
    std::vector<std::string> members = {
        "id", "EffectiveId", "Subject", "Status", "Queue/Name", "Created", "LastUpdated"};
    add_person(members, "Owner/");
    for (std::size_t i = 0; i < k_most_requestors; ++i)
        add_person(members, "Requestor/" + std::to_string(i) + "/");
    TL_TRY(const auto rows, Rows::pick(answer.body(), "/items", members));
    for (std::size_t i = 0; i < rows.count(); ++i) {
        Ticket ticket{
            rows.text(i, "id"),
            rows.text(i, "EffectiveId"),
            rows.text(i, "Subject"),
            rows.text(i, "Status"),
            rows.text(i, "Queue/Name"),
            rows.text(i, "Created"),
            rows.text(i, "LastUpdated"),
            rows.person(i, "Owner/"),
            {}};
        for (std::size_t r = 0; r < k_most_requestors; ++r) {
            auto person = rows.person(i, "Requestor/" + std::to_string(r) + "/");
            if (!person.id.empty()) ticket.requestors.push_back(std::move(person));
        }
        tickets.push_back(std::move(ticket));
    }
    return tickets;
}

Result<std::optional<Ticket>> Rest::ticket(const std::string& id) {
    auto answer = job_->send(HttpRequest("api", "/ticket/" + id).param("fields[Queue]", "Name"));
    if (!answer) {
        const auto status = answer.error().status;
        if (status == Status::not_found || status == Status::denied) return std::optional<Ticket>();
        return std::move(answer).error();
    }
    const std::vector<std::string> pointers = {
        "/id",
        "/Status",
        "/Type",
        "/Subject",
        "/Queue/Name",
        "/Created",
        "/LastUpdated",
        "/Owner/id"};
    TL_TRY(const auto values, answer->body().pick(pointers));
    if (values[2].as_text() != "ticket") return std::optional<Ticket>();
    Ticket ticket{
        id,
        values[0].as_text(),
        values[3].as_text(),
        values[1].as_text(),
        values[4].as_text(),
        values[5].as_text(),
        values[6].as_text(),
        {},
        {}};
    if (const std::string owner = values[7].as_text(); !owner.empty()) {
        TL_TRY(auto person, user(owner));
        if (person) ticket.owner = *std::move(person);
    }
    TL_TRY(const auto names, answer->body().pick_each("/Requestor", "/id"));
    for (std::size_t i = 0; i < std::min(names.size(), k_most_requestors); ++i) {
        TL_TRY(auto person, user(names[i].as_text()));
        if (person) ticket.requestors.push_back(*std::move(person));
    }
    return std::optional(std::move(ticket));
}

Result<std::vector<Content>> Rest::contents(const std::vector<std::string>& transactions) {
    std::map<std::string, Content> best;
    for (std::uint64_t page = 1; !transactions.empty(); ++page) {
        Conditions conditions;
        conditions.add_list("TransactionId", "IN", transactions)
            .add("ContentType", "LIKE", "text/%")
            .is_null("Filename");
        auto request =
            search("attachments", conditions, page, "id,TransactionId,ContentType,Content");
        request.param("orderby", "id");
        TL_TRY(const auto answer, job_->send(request));
        TL_TRY(
            const auto rows,
            Rows::pick(answer.body(), "/items", {"TransactionId", "ContentType", "Content"})
        );
        for (std::size_t i = 0; i < rows.count(); ++i) {
            Content content{
                rows.text(i, "TransactionId"),
                rows.text(i, "ContentType"),
                cut(rows.text(i, "Content"))};
            if (content.text.empty()) continue;
            const auto [place, is_new] = best.try_emplace(content.transaction, content);
            if (!is_new && place->second.type != "text/plain" && content.type == "text/plain")
                place->second = content;
        }
        if (rows.count() < k_page_size) break;
    }
    std::vector<Content> contents;
    for (auto& [id, content] : best) contents.push_back(std::move(content));
    return contents;
}

}  // namespace request_tracker
