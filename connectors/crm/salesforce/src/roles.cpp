// Opportunities belong to accounts; which people they are about stands in a list of its own.
#include "kinds.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

namespace salesforce {

namespace {

constexpr std::size_t k_ids = 200;
constexpr int k_attempts = 4;

/// The contacts of each opportunity.
using Contacts = std::map<std::string, std::set<std::string>>;

/// One page of roles into `contacts`; the locator of the next one, or empty. Nothing when the
/// answer is to another question.
Result<std::optional<std::string>> take_page(
    const sdk::Body& answer, const std::vector<std::string>& opportunities, Contacts& contacts
) {
    TL_TRY(const auto of, answer.pick_each("/records", "/OpportunityId"));
    TL_TRY(const auto who, answer.pick_each("/records", "/ContactId"));
    for (std::size_t i = 0; i < of.size(); ++i) {
        const std::string id = of[i].as_text();
        if (!std::binary_search(opportunities.begin(), opportunities.end(), id))
            return std::optional<std::string>();
        contacts[id].insert(who[i].as_text());
    }
    // "/services/data/v62.0/query/01g…-2000"
    TL_TRY(const auto link, answer.pick("/nextRecordsUrl"));
    const std::string text = link.as_text();
    return std::optional(text.substr(std::min(text.rfind('/') + 1, text.size())));
}

/// `opportunities` are sorted.
Result<Contacts> contacts_of(Job& job, const std::vector<std::string>& opportunities) {
    std::string list;
    for (const auto& id : opportunities) list += (list.empty() ? "'" : ",'") + id + "'";
    const std::string question =
        "SELECT OpportunityId, ContactId FROM OpportunityContactRole WHERE OpportunityId IN (" +
        list + ") ORDER BY OpportunityId, ContactId";
    Contacts contacts;
    std::string at;
    for (int refused = 0;;) {
        TL_TRY(
            const auto answer,
            at.empty() ? job.get("api", "/query", {{"q", question}})
                       : job.get("api", "/query/" + at)
        );
        TL_TRY(const auto next, take_page(answer.body(), opportunities, contacts));
        if (!next || (!next->empty() && *next == at)) {
            // It came twice.
            if (++refused == k_attempts)
                return Error(Status::bad_data, "Salesforce keeps answering another question.");
            continue;
        }
        if (next->empty()) return contacts;
        at = *next;
    }
}

std::string as_list(const std::set<std::string>& texts) {
    std::string list;
    for (const auto& text : texts) {
        if (!list.empty()) list += ',';
        sdk::append_quoted(list, text);
    }
    return "[" + list + "]";
}

Result<std::string> with_contacts(
    Job& job, const Kind& kind, const std::vector<std::string>& rows
) {
    std::string array;
    for (const auto& row : rows) array.append(array.empty() ? "[" : ",").append(row);
    TL_TRY(const auto list, job.make_body(array + "]"));
    TL_TRY(const auto names, list.pick_each("", "/" + std::string(kind.opportunity)));
    std::vector<std::string> ids;
    for (const auto& name : names) ids.push_back(name.as_text());
    std::vector<std::string> distinct = ids;
    std::sort(distinct.begin(), distinct.end());
    distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
    TL_TRY(const auto contacts, contacts_of(job, distinct));
    std::string lines;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto found = contacts.find(ids[i]);
        lines += rows[i];
        lines.back() = ',';
        lines +=
            "\"contacts\":" + (found == contacts.end() ? "[]" : as_list(found->second)) + "}\n";
    }
    return lines;
}

}  // namespace

Result<void> emit_rows(Job& job, const Kind& kind, const std::vector<std::string>& rows) {
    for (std::size_t from = 0; from < rows.size(); from += k_ids) {
        const std::vector<std::string> some(
            rows.begin() + static_cast<std::ptrdiff_t>(from),
            rows.begin() + static_cast<std::ptrdiff_t>(std::min(from + k_ids, rows.size()))
        );
        std::string lines;
        if (kind.opportunity.empty()) {
            for (const auto& row : some) lines += row + "\n";
        } else {
            TL_TRY(lines, with_contacts(job, kind, some));
        }
        TL_CHECK(job.page_lines(kind.stream, lines));
    }
    return {};
}

}  // namespace salesforce
