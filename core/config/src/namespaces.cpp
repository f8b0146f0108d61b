#include "namespaces.hpp"

#include <algorithm>

namespace touchline::config {
namespace {

using model::Namespace;
using model::Normaliser;
using model::Strength;

/// The enumerator whose name is the text; the words are those of the table of keys.
template <typename Enum>
Enum named(const std::string& text, std::initializer_list<Enum> all, Enum fallback) {
    for (const Enum candidate : all) {
        if (model::to_string(candidate) == text) return candidate;
    }
    return fallback;
}

void change(Namespace& ns, const Reader& entry, const std::string& default_region) {
    ns.strength = named(
        entry.text("strength"), {Strength::unique, Strength::strong, Strength::weak}, ns.strength
    );
    ns.normaliser = named(
        entry.text("normaliser"),
        {Normaliser::raw, Normaliser::email, Normaliser::phone, Normaliser::name},
        ns.normaliser
    );
    ns.max_per_customer = entry.count("max_per_customer", ns.max_per_customer);
    ns.order = entry.count("order", ns.order);
    const std::string fallback =
        ns.normaliser == Normaliser::phone ? default_region : std::string();
    ns.region = entry.text("region", ns.region.empty() ? fallback : ns.region);
    for (std::string& value : entry.texts("blocked")) ns.blocked.push_back(std::move(value));
}

}  // namespace

std::vector<Namespace> shipped_namespaces() {
    Namespace email;
    email.name = "email";
    email.normaliser = Normaliser::email;
    email.strength = Strength::strong;
    email.max_per_customer = 8;
    email.order = 10;

    Namespace phone;
    phone.name = "phone";
    phone.normaliser = Normaliser::phone;
    phone.strength = Strength::strong;
    phone.max_per_customer = 8;
    phone.order = 20;

    Namespace name;
    name.name = "name";
    name.normaliser = Normaliser::name;
    name.strength = Strength::weak;
    name.max_per_customer = 50;
    name.order = 900;
    return {std::move(email), std::move(phone), std::move(name)};
}

std::vector<Namespace> read_namespaces(
    const Reader& namespaces, const std::string& default_region, std::vector<Namespace> all
) {
    for (Namespace& ns : all) {
        if (ns.normaliser == Normaliser::phone && ns.region.empty()) ns.region = default_region;
    }
    namespaces.each([&](const std::string& name, const Reader& entry, const Place&) {
        auto found =
            std::find_if(all.begin(), all.end(), [&](auto& ns) { return ns.name == name; });
        if (found == all.end()) {
            all.emplace_back().name = name;
            found = all.end() - 1;
        }
        change(*found, entry, default_region);
    });
    return all;
}

}  // namespace touchline::config
