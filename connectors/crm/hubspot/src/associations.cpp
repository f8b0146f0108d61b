#include "kinds.hpp"

#include <map>

namespace hubspot {

namespace {

/// The ids of kind `other` that each object belongs to, as JSON: ["101","102"].
Result<std::map<std::string, std::string>> associated(
    Job& job, const Kind& kind, std::string_view other, const std::vector<std::string>& ids
) {
    std::string inputs;
    for (const auto& id : ids) {
        inputs += inputs.empty() ? "" : ",";
        sdk::JsonObject(inputs).text("id", id).end();
    }
    const std::string path =
        "/crm/v4/associations/" + std::string(kind.name) + "/" + std::string(other) + "/batch/read";
    TL_TRY(
        const auto answer,
        job.send(sdk::HttpRequest("api", path)
                     .content("application/json", "{\"inputs\":[" + inputs + "]}")
                     .with_flags(TL_HTTP_IDEMPOTENT))
    );
    TL_TRY(const auto from, answer.body().pick_each("/results", "/from/id"));
    std::map<std::string, std::string> lists;
    for (std::size_t i = 0; i < from.size(); ++i) {
        TL_TRY(
            const auto to,
            answer.body().pick_each("/results/" + std::to_string(i) + "/to", "/toObjectId")
        );
        std::string list;
        for (const auto& id : to) {
            list += list.empty() ? "" : ",";
            sdk::append_quoted(list, id.as_text());
        }
        lists[from[i].as_text()] = "[" + list + "]";
    }
    return lists;
}

/// A record for every object that went into this one: HubSpot does not tell of them any more.
void add_merged(std::string& lines, const std::string& merged_ids, const std::string& into) {
    for (std::size_t from = 0; from < merged_ids.size();) {
        const std::size_t end = std::min(merged_ids.find(';', from), merged_ids.size());
        const std::string id = merged_ids.substr(from, end - from);
        from = end + 1;
        if (id.empty() || id == into) continue;
        sdk::JsonObject(lines)
            .text("id", id)
            .boolean("archived", true)
            .text("mergedInto", into)
            .end();
        lines += '\n';
    }
}

}  // namespace

Result<std::string> lines_of(
    Job& job, const Kind& kind, const sdk::Body& answer, const std::string& list
) {
    TL_TRY(const auto objects, answer.pick_each(list, ""));
    TL_TRY(const auto names, answer.pick_each(list, "/id"));
    TL_TRY(const auto merged, answer.pick_each(list, "/properties/hs_merged_object_ids"));
    std::vector<std::string> ids;
    for (const auto& name : names) ids.push_back(name.as_text());
    std::vector<std::pair<std::string_view, std::map<std::string, std::string>>> belongings;
    for (const auto other : kind.associated) {
        if (ids.empty()) break;
        TL_TRY(auto lists, associated(job, kind, other, ids));
        belongings.emplace_back(other, std::move(lists));
    }
    std::string lines;
    for (std::size_t i = 0; i < ids.size(); ++i) {
        std::string line = objects[i].text;
        if (!kind.associated.empty()) {
            std::string belongs;
            sdk::JsonObject object(belongs);
            for (const auto& [other, lists] : belongings) {
                const auto found = lists.find(ids[i]);
                object.raw(other, found == lists.end() ? "[]" : found->second);
            }
            object.end();
            line.back() = ',';
            line += "\"associated\":" + belongs + "}";
        }
        lines += line + "\n";
        add_merged(lines, merged[i].as_text(), ids[i]);
    }
    return lines;
}

}  // namespace hubspot
