#include "query.hpp"
#include "rest.hpp"
#include "rows.hpp"

namespace request_tracker {

Result<Listing<User>> Rest::users(std::uint64_t page) {
    auto request = search(
        "users",
        Conditions(),
        page,
        "id,Name,EmailAddress,RealName,Organization,Lang,MobilePhone,WorkPhone,HomePhone,Created,"
        "LastUpdated,Comments"
    );
    request.param("orderby", "LastUpdated")
        .param("order", "DESC")
        .param("orderby", "id")
        .param("order", "DESC");
    TL_TRY(const auto answer, job_->send(request));
    std::vector<std::string> members = {
        "Organization",
        "Lang",
        "MobilePhone",
        "WorkPhone",
        "HomePhone",
        "Created",
        "LastUpdated",
        "Comments"};
    add_person(members, "");
    TL_TRY(const auto rows, Rows::pick(answer.body(), "/items", members));
    Listing<User> listing;
    listing.total = total_of(answer.body());
    for (std::size_t i = 0; i < rows.count(); ++i) {
        listing.items.push_back(
            {rows.person(i, ""),
             rows.text(i, "Organization"),
             rows.text(i, "Lang"),
             rows.text(i, "MobilePhone"),
             rows.text(i, "WorkPhone"),
             rows.text(i, "HomePhone"),
             rows.text(i, "Created"),
             rows.text(i, "LastUpdated"),
             rows.text(i, "Comments")}
        );
    }
    return listing;
}

Result<std::optional<std::vector<std::string>>> Rest::staff() {
    Conditions privileged;
    privileged.add("Domain", "=", "SystemInternal").add("Name", "=", "Privileged");
    TL_TRY(const auto groups, job_->send(search("groups", privileged, 1, "id")));
    TL_TRY(const auto group, groups.pick("/items/0/id"));
    std::optional<std::vector<std::string>> ids;
    if (!group.is_set()) return ids;
    std::vector<std::string> members;
    for (std::uint64_t page = 1;; ++page) {
        auto answer = job_->get(
            "api",
            "/group/" + group.as_text() + "/members",
            {{"groups", "0"}, {"per_page", "100"}, {"page", std::to_string(page)}}
        );
        if (!answer) {
            if (answer.error().status == Status::denied) return ids;
            return std::move(answer).error();
        }
        TL_TRY(const auto rows, Rows::pick(answer->body(), "/items", {"id"}));
        for (std::size_t i = 0; i < rows.count(); ++i) members.push_back(rows.text(i, "id"));
        if (rows.count() < k_page_size) break;
    }
    return std::optional(std::move(members));
}

Result<std::optional<Person>> Rest::user(const std::string& name) {
    auto answer = job_->get("api", "/user/" + percent_encode(name));
    if (!answer) {
        const auto status = answer.error().status;
        if (status == Status::not_found || status == Status::denied) return std::optional<Person>();
        return std::move(answer).error();
    }
    const std::vector<std::string> pointers = {"/id", "/Name", "/EmailAddress", "/RealName"};
    TL_TRY(const auto values, answer->body().pick(pointers));
    return std::optional(Person{
        values[0].as_text(), values[1].as_text(), values[2].as_text(), values[3].as_text()});
}

}  // namespace request_tracker
