// The composed members: identities, references, measurements, money, owners.
#include "decimal.hpp"
#include "fill.hpp"

#include <array>

namespace touchline::mapping {
namespace {

template <typename E, std::size_t N>
bool read_word(const Value& value, const std::array<E, N>& words, E& into) {
    for (const E word : words) {
        if (value.is_string() && value.string() == model::to_string(word)) {
            into = word;
            return true;
        }
    }
    return false;
}

constexpr std::array k_roles{model::Role::subject, model::Role::counterparty, model::Role::account};
constexpr std::array k_trusts{
    model::Trust::verified, model::Trust::claimed, model::Trust::inferred};

}  // namespace

template <typename F>
void Fill::each(const Path& path, const Value& value, F&& take) {
    if (value.is_null() || failure_) return;
    if (!value.is_array()) {
        fail(path, excerpt(value) + " is " + std::string(describe(value.type())) + ", not a list");
        return;
    }
    std::size_t index = 0;
    value.each_element([&](const Value& element) {
        const Path here{&path, {}, index++};
        if (is_object(here, element)) take(here, element);
        return !failed();
    });
}

void Fill::claim(const Path& path, const Value& value, model::Claim& into) {
    if (!is_object(path, value)) return;
    value.each_member([&](std::string_view key, const Value& member) {
        const Path here{&path, key};
        if (member.is_null()) return true;
        if (key == "ns") {
            text(here, member, into.ns);
        } else if (key == "value") {
            text(here, member, into.value);
        } else if (key == "role") {
            if (!read_word(member, k_roles, into.role)) {
                fail(here, excerpt(member) + " is not one of subject, counterparty, account");
            }
        } else if (key == "trust") {
            if (!read_word(member, k_trusts, into.trust)) {
                fail(here, excerpt(member) + " is not one of verified, claimed, inferred");
            }
        } else {
            unknown_key(path, key);
        }
        return !failed();
    });
}

void Fill::claims(const Path& path, const Value& value, std::vector<model::Claim>& into) {
    if (value.is_array()) into.reserve(value.size());
    each(path, value, [&](const Path& here, const Value& element) {
        // Absent members of a record become empty identities; they say nothing.
        const auto stated = element.get("value");
        if (!stated || stated->is_null() || (stated->is_string() && stated->string().empty())) {
            ++empty_identities_;
            return;
        }
        claim(here, element, into.emplace_back());
    });
}

void Fill::refs(const Path& path, const Value& value, std::vector<model::Ref>& into) {
    if (value.is_array()) into.reserve(value.size());
    each(path, value, [&](const Path& here, const Value& element) {
        const auto id = element.get("id");
        if (!id || id->is_null() || (id->is_string() && id->string().empty())) return;
        model::Ref& ref = into.emplace_back();
        element.each_member([&](std::string_view key, const Value& member) {
            std::string* target = key == "rel"     ? &ref.rel
                                  : key == "id"    ? &ref.id
                                  : key == "label" ? &ref.label
                                  : key == "url"   ? &ref.url
                                                   : nullptr;
            target == nullptr ? unknown_key(here, key) : text({&here, key}, member, *target);
            return !failed();
        });
    });
}

void Fill::experiences(const Path& path, const Value& value, std::vector<model::Experience>& into) {
    each(path, value, [&](const Path& here, const Value& element) {
        const auto score = element.get("value");
        if (!score || score->is_null()) return;
        model::Experience& experience = into.emplace_back();
        experience.by = "customer";
        element.each_member([&](std::string_view key, const Value& member) {
            const Path inner{&here, key};
            if (member.is_null()) return true;
            if (key == "value") {
                number(inner, member, experience.value);
            } else if (key == "min") {
                number(inner, member, experience.min.emplace());
            } else if (key == "max") {
                number(inner, member, experience.max.emplace());
            } else if (key == "confidence") {
                number(inner, member, experience.confidence.emplace());
            } else {
                std::string* target = key == "measure"    ? &experience.measure
                                      : key == "label"    ? &experience.label
                                      : key == "question" ? &experience.question
                                      : key == "by"       ? &experience.by
                                      : key == "model"    ? &experience.model
                                                          : nullptr;
                target == nullptr ? unknown_key(here, key) : text(inner, member, *target);
            }
            return !failed();
        });
    });
}

void Fill::amount(const Path& path, const Value& value, std::optional<model::Amount>& into) {
    if (!is_object(path, value)) return;
    const auto sum = value.get("value");
    if (!sum || sum->is_null() || (sum->is_string() && sum->string().empty())) return;
    model::Amount& amount = into.emplace();
    value.each_member([&](std::string_view key, const Value& member) {
        const Path here{&path, key};
        if (key == "value") {
            text(here, member, amount.value);
            const auto plain = member.is_number() ? plain_decimal(amount.value)
                                                  : Result<std::string>(amount.value);
            plain ? void(amount.value = *plain) : fail(here, plain.error().message());
        } else if (key == "currency") {
            text(here, member, amount.currency);
        } else if (key == "role") {
            text(here, member, amount.role);
        } else {
            unknown_key(path, key);
        }
        return !failed();
    });
}

void Fill::owner(const Path& path, const Value& value, model::Owner& into) {
    if (!is_object(path, value)) return;
    value.each_member([&](std::string_view key, const Value& member) {
        std::string* target = key == "department" ? &into.department
                              : key == "team"     ? &into.team
                              : key == "employee" ? &into.employee
                              : key == "role"     ? &into.role
                                                  : nullptr;
        target == nullptr ? unknown_key(path, key) : text({&path, key}, member, *target);
        return !failed();
    });
}

void Fill::member(const Path& path, const Value& value, model::Touchpoint& t) {
    const std::string_view key = path.key;
    if (value.is_null() || failure_) return;
    if (key == "identities") return claims(path, value, t.identities);
    if (key == "refs") return refs(path, value, t.refs);
    if (key == "experience") return experiences(path, value, t.experience);
    if (key == "amount") return amount(path, value, t.amount);
    if (key == "owner") return owner(path, value, t.owner);
    if (key == "ext") return extension(path, value, t.ext);
    if (key == "occurred_at") return time(path, value, t.occurred_at);
    if (key == "ended_at") return time(path, value, t.ended_at.emplace());
    if (key == "direction") {
        const auto direction =
            value.is_string() ? model::direction_from(value.string()) : std::nullopt;
        if (direction) {
            t.direction = *direction;
        } else {
            fail(path, excerpt(value) + " is not one of inbound, outbound, internal, system");
        }
        return;
    }
    if (key == "state") {
        constexpr std::array k_states{model::State::live, model::State::retracted};
        if (!read_word(value, k_states, t.state))
            fail(path, excerpt(value) + " is not one of live, retracted");
        return;
    }
    if (key == "privacy") {
        if (!is_object(path, value)) return;
        const auto privacy_class = value.get("class");
        if (privacy_class) text({&path, "class"}, *privacy_class, t.privacy_class);
        return;
    }
    std::string* target = key == "kind"       ? &t.kind
                          : key == "channel"  ? &t.channel
                          : key == "platform" ? &t.platform
                          : key == "subject"  ? &t.subject
                          : key == "snippet"  ? &t.snippet
                          : key == "body_ref" ? &t.body_ref
                          : key == "lang"     ? &t.lang
                          : key == "status"   ? &t.status
                          : key == "phase"    ? &t.phase
                                              : &t.phase_by;
    text(path, value, *target);
}

void Fill::member(const Path& path, const Value& value, model::Fact& fact) {
    const std::string_view key = path.key;
    if (value.is_null() || failure_) return;
    if (key == "identities") return claims(path, value, fact.identities);
    if (key == "observed_at") return time(path, value, fact.observed_at);
    if (key == "field") return text(path, value, fact.field);
    if (key == "value") return json(path, value, fact.value);
    if (key == "group") return text(path, value, fact.group);
    if (key == "confidence") return number(path, value, fact.confidence.emplace());
    boolean(path, value, fact.retract);
}

void Fill::member(const Path& path, const Value& value, model::Link& link) {
    const std::string_view key = path.key;
    if (value.is_null() || failure_) return;
    if (key == "a") return claim(path, value, link.a);
    if (key == "b") return claim(path, value, link.b);
    if (key == "rule") return text(path, value, link.rule);
    if (key == "reason") return text(path, value, link.reason);
    if (key == "score") return number(path, value, link.score.emplace());
    if (key == "asserted_at") return time(path, value, link.asserted_at);
    constexpr std::array k_polarities{model::Polarity::same, model::Polarity::not_same};
    if (!read_word(value, k_polarities, link.polarity))
        fail(path, excerpt(value) + " is not one of same, not_same");
}

}  // namespace touchline::mapping
