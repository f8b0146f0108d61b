// Values out of an answer's list of objects, asked for in one call.
#pragma once

#include "rest.hpp"

#include <string>
#include <utility>
#include <vector>

namespace request_tracker {

inline constexpr const char* k_person_fields = "id,Name,EmailAddress,RealName";

class Rows {
public:
    static Result<Rows> pick(
        const touchline::sdk::Body& body, const std::string& list, std::vector<std::string> members
    ) {
        TL_TRY(const auto count, body.count(list));
        std::vector<std::string> pointers;
        pointers.reserve(count * members.size());
        for (std::uint64_t row = 0; row < count; ++row) {
            for (const auto& member : members)
                pointers.push_back(list + "/" + std::to_string(row) + "/" + member);
        }
        Rows rows;
        rows.members_ = std::move(members);
        if (!pointers.empty()) {
            TL_TRY(rows.values_, body.pick(pointers));
        }
        return rows;
    }
    std::size_t count() const { return members_.empty() ? 0 : values_.size() / members_.size(); }
    std::string text(std::size_t row, const std::string& member) const {
        for (std::size_t i = 0; i < members_.size(); ++i) {
            if (members_[i] == member) return values_[row * members_.size() + i].as_text();
        }
        return {};
    }
    Person person(std::size_t row, const std::string& under) const {
        return {
            text(row, under + "id"),
            text(row, under + "Name"),
            text(row, under + "EmailAddress"),
            text(row, under + "RealName")};
    }

private:
    std::vector<std::string> members_;
    std::vector<touchline::sdk::Value> values_;
};

/// The members of k_person_fields below `under`, for Rows::person().
inline void add_person(std::vector<std::string>& members, const std::string& under) {
    for (const char* member : {"id", "Name", "EmailAddress", "RealName"})
        members.push_back(under + member);
}

/// Nothing when the server does not tell this account.
inline std::optional<std::int64_t> total_of(const touchline::sdk::Body& body) {
    auto value = body.pick("/total");
    return value ? value->as_int() : std::nullopt;
}

}  // namespace request_tracker
