#include "touchline/base/text.hpp"
#include "touchline/model/touchpoint.hpp"

#include <algorithm>
#include <array>

namespace touchline::model {
namespace {

using namespace std::string_view_literals;

constexpr std::array k_channels = {
    "web"sv,
    "app"sv,
    "email"sv,
    "phone"sv,
    "sms"sv,
    "chat"sv,
    "messaging"sv,
    "social"sv,
    "store"sv,
    "post"sv,
    "event"sv,
    "partner"sv,
    "internal"sv,
    "unknown"sv};
constexpr std::array k_statuses = {"open"sv, "waiting"sv, "done"sv, "failed"sv, "cancelled"sv};
constexpr std::array k_rels = {
    "thread"sv,
    "case"sv,
    "order"sv,
    "deal"sv,
    "invoice"sv,
    "subscription"sv,
    "campaign"sv,
    "product"sv,
    "page"sv,
    "survey"sv,
    "parent"sv,
    "account"sv,
    "x"sv};
constexpr std::array k_measures = {
    "nps"sv, "csat"sv, "ces"sv, "stars"sv, "thumb"sv, "sentiment"sv, "emotion"sv, "effort"sv};
constexpr std::array k_amount_roles = {"gross"sv, "net"sv, "refund"sv, "forecast"sv, "fee"sv};
constexpr std::array k_phase_by = {"source"sv, "mapping"sv, "journey"sv, "rule"sv, "agent"sv};
constexpr std::array k_by = {"customer"sv, "agent"sv, "rule"sv, "model"sv};
constexpr std::array k_classes = {"public"sv, "normal"sv, "sensitive"sv, "special"sv};

template <std::size_t N>
bool one_of(const std::array<std::string_view, N>& allowed, std::string_view value) {
    return std::find(allowed.begin(), allowed.end(), value) != allowed.end();
}

bool is_lower(char c) {
    return c >= 'a' && c <= 'z';
}
bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_lower_digit(char c) {
    return is_lower(c) || is_digit(c);
}

template <typename Allowed>
bool made_of(std::string_view text, Allowed allowed) {
    return !text.empty() && std::all_of(text.begin(), text.end(), allowed);
}

/// ^(x\.[a-z0-9]+\.)?[a-z]+\.[a-z_]+$
bool is_kind(std::string_view kind) {
    if (kind.size() > 64) return false;
    if (std::count(kind.begin(), kind.end(), '.') == 3) {
        if (!kind.starts_with("x.")) return false;
        kind.remove_prefix(2);
        const std::size_t dot = kind.find('.');
        if (!made_of(kind.substr(0, dot), is_lower_digit)) return false;
        kind.remove_prefix(dot + 1);
    }
    const std::size_t dot = kind.find('.');
    return dot != std::string_view::npos && made_of(kind.substr(0, dot), is_lower) &&
           made_of(kind.substr(dot + 1), [](char c) { return is_lower(c) || c == '_'; });
}

bool is_channel(std::string_view channel) {
    if (!channel.starts_with("x.")) return one_of(k_channels, channel);
    return made_of(channel.substr(2), [](char c) { return is_lower_digit(c) || c == '_'; });
}

bool is_decimal(std::string_view text) {
    if (text.starts_with('-')) text.remove_prefix(1);
    const std::size_t dot = text.find('.');
    const std::string_view whole = text.substr(0, dot);
    if (!made_of(whole, is_digit) || whole.size() > 15) return false;
    if (dot == std::string_view::npos) return true;
    const std::string_view fraction = text.substr(dot + 1);
    return made_of(fraction, is_digit) && fraction.size() <= 6;
}

std::string quoted(std::string_view text) {
    return "\"" + std::string(text) + "\"";
}

/// Looks at members one by one and keeps the first fault, with its JSON pointer. Texts are made
/// only where there is one: this runs for every touchpoint.
class Check {
public:
    void fail(std::string_view pointer, std::string fault, std::string cure = {}) {
        if (fault_) return;
        fault_ = Error(Code::bad_data, std::string(pointer) + ": " + fault).cure(std::move(cure));
    }
    void length(std::string_view text, std::size_t limit, std::string_view pointer) {
        if (text.size() <= limit || count_code_points(text) <= limit) return;
        fail(
            pointer,
            "longer than " + std::to_string(limit) + " characters",
            "Cut it with truncate(text, n) in the mapping."
        );
    }
    void time(Time time, std::string_view pointer) {
        using namespace std::chrono;
        constexpr Time k_first{sys_days{year{1900} / 1 / 1}};
        constexpr Time k_end{sys_days{year{2200} / 1 / 1}};
        if (time >= k_first && time < k_end) return;
        fail(
            pointer,
            format_rfc3339(time) + " is outside the years 1900 to 2199",
            "Look at the time's unit or format in the mapping, or correct the record at its source."
        );
    }
    template <std::size_t N>
    void choice(
        const std::array<std::string_view, N>& allowed,
        std::string_view value,
        std::string_view pointer
    ) {
        if (value.empty() || one_of(allowed, value)) return;
        std::string list;
        for (const std::string_view choice : allowed)
            list.append(list.empty() ? "" : ", ").append(choice);
        fail(pointer, quoted(value) + " is not one of " + list);
    }
    Result<void> result() && {
        if (fault_) return std::move(*fault_);
        return {};
    }

private:
    std::optional<Error> fault_;
};

bool is_namespace(std::string_view ns) {
    return !ns.empty() && ns.size() <= 64 && is_lower(ns.front()) && made_of(ns, [](char c) {
        return is_lower_digit(c) || c == '_' || c == '.' || c == ':' || c == '-';
    });
}

void check_identities(Check& check, const std::vector<Claim>& identities) {
    if (identities.empty()) {
        check.fail(
            "/identities",
            "no identity is left",
            "Map at least one identity that is not empty: an e-mail, a phone number or the "
            "source's own key."
        );
    }
    if (identities.size() > 16) check.fail("/identities", "more than 16 identities");
    for (const Claim& claim : identities) {
        if (!is_namespace(claim.ns)) {
            check.fail(
                "/identities/ns",
                quoted(claim.ns) + " is not a namespace",
                "Use lower-case letters, digits and _ . : - only, like crm.contact."
            );
        }
        if (claim.value.empty()) check.fail("/identities/value", "empty");
        check.length(claim.value, 320, "/identities/value");
    }
}

void check_refs(Check& check, const std::vector<Ref>& refs) {
    if (refs.size() > 32) check.fail("/refs", "more than 32 references");
    for (const Ref& ref : refs) {
        if (!one_of(k_rels, ref.rel))
            check.fail("/refs/rel", quoted(ref.rel) + " is not a kind of reference");
        check.length(ref.id, 256, "/refs/id");
        check.length(ref.label, 120, "/refs/label");
    }
}

void check_amount(Check& check, const Amount& amount) {
    if (!is_decimal(amount.value)) {
        check.fail(
            "/amount/value",
            quoted(amount.value) + " is not a decimal number",
            "Use money(value, currency) in the mapping."
        );
    }
    const bool is_code = amount.currency.size() == 3 &&
                         made_of(amount.currency, [](char c) { return c >= 'A' && c <= 'Z'; });
    if (!is_code)
        check.fail("/amount/currency", quoted(amount.currency) + " is not an ISO 4217 code");
    check.choice(k_amount_roles, amount.role, "/amount/role");
}

void check_experience(Check& check, const Experience& experience) {
    if (!one_of(k_measures, experience.measure)) {
        check.fail("/experience/measure", quoted(experience.measure) + " is not a measure");
    }
    if (!one_of(k_by, experience.by)) {
        check.fail(
            "/experience/by", quoted(experience.by) + " is not one of customer, agent, rule, model"
        );
    }
    const bool in_scale = (!experience.min || experience.value >= *experience.min) &&
                          (!experience.max || experience.value <= *experience.max);
    if (!in_scale) check.fail("/experience/value", "outside its scale");
    // A number outside 0 to 10 is not an answer to the NPS question.
    if (experience.measure == "nps" && (experience.value < 0 || experience.value > 10)) {
        check.fail("/experience/value", "an NPS answer lies between 0 and 10");
    }
}

}  // namespace

Result<void> validate(const Touchpoint& touchpoint) {
    Check check;
    if (!is_kind(touchpoint.kind)) {
        check.fail(
            "/kind",
            quoted(touchpoint.kind) + " is not a kind",
            "Write noun.verb like case.opened, or x.vendor.noun.verb."
        );
    }
    if (!is_channel(touchpoint.channel)) {
        check.fail(
            "/channel",
            quoted(touchpoint.channel) + " is not a channel",
            "Use one of web, app, email, phone, sms, chat, messaging, social, store, post, event, "
            "partner, internal, unknown."
        );
    }
    check.time(touchpoint.occurred_at, "/occurred_at");
    if (touchpoint.ended_at) check.time(*touchpoint.ended_at, "/ended_at");
    check.length(touchpoint.subject, 200, "/subject");
    check.length(touchpoint.snippet, 500, "/snippet");
    check.length(touchpoint.platform, 40, "/platform");
    check.length(touchpoint.lang, 35, "/lang");
    check.length(touchpoint.phase, 40, "/phase");
    check.choice(k_statuses, touchpoint.status, "/status");
    check.choice(k_phase_by, touchpoint.phase_by, "/phase_by");
    check.choice(k_classes, touchpoint.privacy_class, "/privacy/class");
    check_identities(check, touchpoint.identities);
    check_refs(check, touchpoint.refs);
    if (touchpoint.amount) check_amount(check, *touchpoint.amount);
    if (touchpoint.experience.size() > 8) check.fail("/experience", "more than 8 measurements");
    for (const Experience& experience : touchpoint.experience) check_experience(check, experience);
    return std::move(check).result();
}

}  // namespace touchline::model
