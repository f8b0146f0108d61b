#include "touchline/identity/normalise.hpp"

#include "email.hpp"
#include "name.hpp"
#include "phone.hpp"
#include "unicode.hpp"
#include "value.hpp"

#include "touchline/base/text.hpp"

#include <array>

namespace touchline::identity {

namespace {

constexpr std::size_t k_value_max_bytes = 320;
constexpr const char* k_too_long = "it is longer than 320 bytes";

/// What programs write where they have no key.
constexpr auto k_no_key = std::to_array<std::string_view>({
    "-",
    "-1",
    "[object object]",
    "false",
    "n/a",
    "na",
    "nan",
    "nil",
    "none",
    "null",
    "undefined",
    "unknown",
});

bool is_no_key(std::string_view value) {
    const bool zeros = std::ranges::all_of(value, [](char c) { return c == '0' || c == '-'; });
    return zeros || (value.size() <= k_no_key[2].size() &&
                     std::ranges::find(k_no_key, lower_ascii(value)) != k_no_key.end());
}

Result<Value> normalise_raw(std::string_view text) {
    Value value;
    TOUCHLINE_TRY(value.text, to_nfc(text));
    if (is_no_key(value.text)) value.blocked = "a placeholder, not a key";
    value.terms = {value.text};
    return value;
}

/// What no kind of value may be; empty when all is well.
std::string problem_of(std::string_view text) {
    if (text.empty()) return "it is empty";
    if (text.size() > k_value_max_bytes) return k_too_long;
    if (!is_utf8(text)) return "it is not UTF-8 text";
    return has_control(text) ? "it holds control characters" : "";
}

}  // namespace

class Normaliser::Parts {
public:
    NameNormaliser names;
};

Normaliser::Normaliser(const Policy& policy, NormaliserOptions options)
    : policy_(&policy), options_(options), parts_(std::make_unique<Parts>()) {}
Normaliser::~Normaliser() = default;
Normaliser::Normaliser(Normaliser&&) noexcept = default;
Normaliser& Normaliser::operator=(Normaliser&&) noexcept = default;

Result<Normalised> Normaliser::normalise(const model::Claim& claim) const {
    return normalise(claim, policy_->rule(claim.ns).region);
}

Result<Normalised> Normaliser::normalise(const model::Claim& claim, std::string_view region) const {
    const auto& rule = policy_->rule(claim.ns);
    Normalised out;
    out.ns = claim.ns;
    out.strength = rule.strength;
    const auto text = is_utf8(claim.value) ? trim_unicode(claim.value) : claim.value;
    const auto give_up = [&](std::string why) {
        out.status = Status::invalid;
        out.reason = std::move(why);
        return out;
    };
    if (auto problem = problem_of(text); !problem.empty()) return give_up(std::move(problem));
    const auto by_kind = [&]() -> Result<Value> {
        switch (rule.normaliser) {
            case model::Normaliser::email:
                return normalise_email(text, options_.cut_plus_tag);
            case model::Normaliser::phone:
                return normalise_phone(text, region);
            case model::Normaliser::name:
                return parts_->names.normalise(text);
            case model::Normaliser::raw:
                break;
        }
        return normalise_raw(text);
    };
    TOUCHLINE_TRY(auto value, by_kind());
    if (!value.invalid.empty()) return give_up(std::move(value.invalid));
    // Compatibility forms and transliteration can lengthen a text.
    if (value.text.size() > k_value_max_bytes) return give_up(k_too_long);
    out.value = std::move(value.text);
    if (value.blocked.empty() && policy_->blocks(claim.ns, out.value))
        value.blocked = "on the list of values that say nothing about anybody";
    if (value.blocked.empty()) {
        out.search_terms = std::move(value.terms);
    } else {
        out.status = Status::blocked;
        out.reason = std::move(value.blocked);
    }
    return out;
}

}  // namespace touchline::identity
