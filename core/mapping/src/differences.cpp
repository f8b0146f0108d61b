#include "differences.hpp"

#include "equality.hpp"
#include "value.hpp"

namespace touchline::mapping {
namespace {

constexpr const char* k_absent = "(absent)";

std::string member_of(const std::string& pointer, std::string_view key) {
    return pointer.empty() ? std::string(key) : pointer + "." + std::string(key);
}

bool same_scalar(json::View a, json::View b) {
    constexpr std::size_t k_steps = 1;
    std::size_t steps = k_steps;
    return equal(Value::of(a), Value::of(b), steps);
}

void compare_objects(
    const std::string& pointer,
    json::View expected,
    json::View got,
    bool exact,
    std::vector<Difference>& out
) {
    for (const json::Member member : expected.members()) {
        const std::string here = member_of(pointer, member.key);
        const auto found = got.get(member.key);
        if (found) {
            compare(here, member.value, *found, exact, out);
        } else if (!member.value.is_null()) {
            // null in a test says that the member is not there.
            out.push_back({here, member.value.text(), k_absent});
        }
    }
    if (!exact) return;
    for (const json::Member member : got.members()) {
        if (expected.get(member.key)) continue;
        out.push_back({member_of(pointer, member.key), k_absent, member.value.text()});
    }
}

void compare_arrays(
    const std::string& pointer,
    json::View expected,
    json::View got,
    bool exact,
    std::vector<Difference>& out
) {
    auto theirs = got.elements().begin();
    const auto theirs_end = got.elements().end();
    std::size_t index = 0;
    for (const json::View element : expected.elements()) {
        const std::string here = pointer + "[" + std::to_string(index++) + "]";
        if (theirs != theirs_end) {
            compare(here, element, *theirs, exact, out);
            ++theirs;
        } else {
            out.push_back({here, element.text(), k_absent});
        }
    }
    for (; theirs != theirs_end; ++theirs) {
        out.push_back({pointer + "[" + std::to_string(index++) + "]", k_absent, (*theirs).text()});
    }
}

}  // namespace

void compare(
    std::string pointer,
    json::View expected,
    json::View got,
    bool exact,
    std::vector<Difference>& out
) {
    using json::Kind;
    if (expected.kind() == Kind::object && got.kind() == Kind::object) {
        compare_objects(pointer, expected, got, exact, out);
    } else if (expected.kind() == Kind::array && got.kind() == Kind::array) {
        compare_arrays(pointer, expected, got, exact, out);
    } else if (!same_scalar(expected, got)) {
        out.push_back({std::move(pointer), expected.text(), got.text()});
    }
}

}  // namespace touchline::mapping
