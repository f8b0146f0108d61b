#include "profile.hpp"

#include "touchline/json/view.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <tuple>

namespace touchline::ingest {
namespace {

struct ProfileField {
    std::string_view fact;  ///< "address.postal/city" is a member of an object
    std::string_view field;
};

constexpr std::array k_fields = {
    ProfileField{"name.full", "name"},
    ProfileField{"name.given", "given"},
    ProfileField{"name.family", "family"},
    ProfileField{"name.suffix", "suffix"},
    ProfileField{"birth_date", "birth_date"},
    ProfileField{"email", "email"},
    ProfileField{"phone", "phone"},
    ProfileField{"address.street", "street"},
    ProfileField{"address.city", "city"},
    ProfileField{"address.postcode", "postcode"},
    ProfileField{"address.state", "state"},
    ProfileField{"address.postal/street", "street"},
    ProfileField{"address.postal/city", "city"},
    ProfileField{"address.postal/postcode", "postcode"},
    ProfileField{"address.postal/postal_code", "postcode"},
    ProfileField{"address.postal/state", "state"},
    ProfileField{"company.name", "company"},
    ProfileField{"company.website", "website"},
};

constexpr bool has_many(std::string_view field) {
    return field == "email" || field == "phone";
}

std::string one_line(std::string_view text) {
    std::string line(text);
    std::replace_if(
        line.begin(), line.end(), [](char c) { return c >= 0 && c < ' '; }, ' '
    );
    return line;
}

/// The fact's text, or that of a member of it.
std::string value_of(const store::StoredFact& fact, std::string_view member) {
    const auto value = json::Document::parse(fact.value);
    if (!value) return {};
    if (member.empty()) return one_line(value->root().as_string().value_or(""));
    const auto inner = value->root().get(member);
    return inner ? one_line(inner->as_string().value_or("")) : std::string();
}

class Gathering {
public:
    Gathering(store::Reader& reader, const identity::Normaliser& normaliser)
        : reader_(reader), normaliser_(normaliser) {}

    Result<void> add(const store::StoredFact& fact) {
        for (const ProfileField& known : k_fields) {
            const auto slash = known.fact.find('/');
            if (known.fact.substr(0, slash) != fact.field) continue;
            const bool whole = slash == std::string_view::npos;
            std::string value = value_of(fact, whole ? "" : known.fact.substr(slash + 1));
            if (value.empty()) continue;
            if (has_many(known.field)) {
                TOUCHLINE_TRY(const bool shared, is_shared(known.field, value));
                if (!shared) many_.insert({std::string(known.field), std::move(value)});
            } else {
                auto& latest = one_[std::string(known.field)];
                latest = std::max(latest, std::pair(fact.observed_at, std::move(value)));
            }
        }
        return {};
    }

    std::string text() const {
        std::set<std::pair<std::string, std::string>> all = many_;
        for (const auto& [field, latest] : one_) all.insert({field, latest.second});
        std::string text;
        for (const auto& [field, value] : all)
            text.append(field).append(1, '\t').append(value).append(1, '\n');
        return text;
    }

private:
    Result<bool> is_shared(std::string_view ns, const std::string& value) {
        model::Claim claim;
        claim.ns = ns;
        claim.value = value;
        TOUCHLINE_TRY(const identity::Normalised normalised, normaliser_.normalise(claim));
        if (normalised.status != identity::Status::usable) return true;
        TOUCHLINE_TRY(const auto found, reader_.find_identity(ns, normalised.value));
        return found && found->shared;
    }

    store::Reader& reader_;
    const identity::Normaliser& normaliser_;
    std::set<std::pair<std::string, std::string>> many_;
    std::map<std::string, std::pair<Time, std::string>> one_;
};

}  // namespace

identity::FieldMap profile_fields() {
    using identity::Role;
    return identity::FieldMap({
        {"name", Role::full_name},
        {"given", Role::given_name},
        {"family", Role::surname},
        {"suffix", Role::name_suffix},
        {"birth_date", Role::birth_date},
        {"email", Role::email},
        {"phone", Role::phone},
        {"street", Role::street},
        {"city", Role::city},
        {"postcode", Role::postcode},
        {"state", Role::state},
        {"company", Role::company},
        {"website", Role::website},
    });
}

Result<std::string> profile_text(
    store::Reader& reader,
    const identity::Normaliser& normaliser,
    std::span<const store::StoredFact> facts
) {
    Gathering gathering(reader, normaliser);
    for (const store::StoredFact& fact : facts) TOUCHLINE_CHECK(gathering.add(fact));
    return gathering.text();
}

identity::Record profile_record(std::string_view text) {
    identity::Record record;
    while (!text.empty()) {
        const std::string_view line = text.substr(0, text.find('\n'));
        const auto tab = line.find('\t');
        record.fields.push_back(
            {std::string(line.substr(0, tab)), std::string(line.substr(tab + 1))}
        );
        text.remove_prefix(line.size() + 1);
    }
    return record;
}

}  // namespace touchline::ingest
