#include "equality.hpp"

#include <algorithm>
#include <vector>

namespace touchline::mapping {
namespace {

bool equal_numbers(const Value& a, const Value& b) {
    if (a.is_integer() && b.is_integer()) return a.integer() == b.integer();
    return a.number() == b.number();
}

bool equal_arrays(const Value& a, const Value& b, std::size_t& steps) {
    if (a.size() != b.size()) return false;
    std::vector<Value> others;
    others.reserve(b.size());
    b.each_element([&](const Value& element) { return others.push_back(element), true; });
    bool same = true;
    std::size_t i = 0;
    a.each_element([&](const Value& element) { return same = equal(element, others[i++], steps); });
    return same;
}

std::vector<Entry> sorted_members(const Value& object) {
    std::vector<Entry> members;
    members.reserve(object.size());
    object.each_member([&](std::string_view key, const Value& value) {
        return members.push_back({key, value}), true;
    });
    std::stable_sort(members.begin(), members.end(), [](const Entry& a, const Entry& b) {
        return a.key < b.key;
    });
    return members;
}

bool equal_objects(const Value& a, const Value& b, std::size_t& steps) {
    if (a.size() != b.size()) return false;
    const auto left = sorted_members(a);
    const auto right = sorted_members(b);
    return std::equal(left.begin(), left.end(), right.begin(), [&](const Entry& x, const Entry& y) {
        return x.key == y.key && equal(x.value, y.value, steps);
    });
}

}  // namespace

bool equal(const Value& a, const Value& b, std::size_t& steps) {
    if (steps == 0 || a.type() != b.type()) return false;
    --steps;
    switch (a.type()) {
        case Type::null:
            return true;
        case Type::boolean:
            return a.boolean() == b.boolean();
        case Type::number:
            return equal_numbers(a, b);
        case Type::string:
            return a.string() == b.string();
        case Type::array:
            return equal_arrays(a, b, steps);
        case Type::object:
            return equal_objects(a, b, steps);
        case Type::reference:
            return false;
    }
    return false;
}

}  // namespace touchline::mapping
