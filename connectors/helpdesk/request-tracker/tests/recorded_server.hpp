// Answers as Request Tracker 5.0.3 gave them to an account that may not see everything, and pages
// made up in their image. The links in the recorded answers lead to a host that does not exist:
// nothing may follow them.
#pragma once

#include "touchline/sdk/testing/fake_host.hpp"

#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace request_tracker::recorded {

inline std::string file(const std::string& name) {
    std::ifstream in(std::string(RECORDED_DIR) + "/" + name);
    return {std::istreambuf_iterator<char>(in), {}};
}

inline std::string transactions_line(int page = 1) {
    return "POST /transactions?per_page=100&page=" + std::to_string(page) +
           "&fields=id%2CType%2CField%2COldValue%2CNewValue%2CCreated%2CObjectId%2CCreator&orderby="
           "id&fields%5BCreator%5D="
           "id%2CName%2CEmailAddress%2CRealName";
}
inline const std::string k_newest_line =
    "POST /transactions?per_page=100&page=1&fields=id&orderby=id&order=DESC";
inline const std::string k_attachments_line =
    "POST "
    "/attachments?per_page=100&page=1&fields=id%2CTransactionId%2CContentType%2CContent&orderby=id";
inline const std::string k_groups_line = "POST /groups?per_page=100&page=1&fields=id";
inline const std::string k_staff_line = "GET /group/4/members?groups=0&per_page=100&page=1";

inline std::string tickets_line(const std::vector<std::string>& ids) {
    std::string query;
    for (const auto& id : ids)
        query += (query.empty() ? "%28id%20%3D%20" : "%20OR%20id%20%3D%20") + id;
    return "GET /tickets?query=" + query +
           "%29%20AND%20EffectiveId%20%3E%200&orderby=id&per_page=100&fields=id%2CEffectiveId%"
           "2CSubject%2CStatus%2CQueue%"
           "2COwner%2CRequestor%2CCreated%2CLastUpdated&fields%5BQueue%5D=Name&fields%5BOwner%5D="
           "id%2CName%2CEmailAddress"
           "%2CRealName&fields%5BRequestor%5D=id%2CName%2CEmailAddress%2CRealName";
}
inline std::string users_line(int page = 1) {
    return "POST /users?per_page=100&page=" + std::to_string(page) +
           "&fields=id%2CName%2CEmailAddress%2CRealName%2COrganization%2CLang%2CMobilePhone%"
           "2CWorkPhone%2CHomePhone%"
           "2CCreated%2CLastUpdated%2CComments&orderby=LastUpdated&order=DESC&orderby=id&order="
           "DESC";
}

/// A page of changes of status of ticket 1, one a second from 10:00:00 on, with these ids.
inline std::string transactions(const std::vector<int>& ids, const std::string& total = "null") {
    std::string items;
    for (const int id : ids) {
        char time[32];
        std::snprintf(time, sizeof(time), "2026-11-23T10:%02d:%02dZ", id / 60 % 60, id % 60);
        items +=
            std::string(items.empty() ? "" : ",") + R"({"type":"transaction","id":")" +
            std::to_string(id) +
            R"(","Type":"Status","Field":"Status","OldValue":"new","NewValue":"open","ObjectId":"1","Created":")" +
            time + R"(","Creator":{"id":1,"Name":"RT_System"}})";
    }
    return R"({"items":[)" + items + R"(],"total":)" + total + "}";
}
inline std::vector<int> range(int first, int last) {
    std::vector<int> ids;
    for (int id = first; id <= last; ++id) ids.push_back(id);
    return ids;
}
inline std::string newest(int id) {
    return R"({"items":[{"type":"transaction","id":)" + std::to_string(id) + "}]}";
}

inline std::size_t count_lines(const touchline::sdk::testing::FakeHost& host) {
    std::size_t lines = 0;
    for (const auto& page : host.pages) {
        for (const char c : page.bytes) lines += c == '\n' ? 1 : 0;
    }
    return lines;
}

}  // namespace request_tracker::recorded
