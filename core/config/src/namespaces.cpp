#include "namespaces.hpp"

namespace touchline::config {
namespace {

using model::Normaliser;
using model::Strength;

/// The enumerator whose name is the text; the words are those of the table of keys.
template <typename Enum>
std::optional<Enum> named(const std::string& text, std::initializer_list<Enum> all) {
    for (const Enum candidate : all) {
        if (model::to_string(candidate) == text) return candidate;
    }
    return std::nullopt;
}

std::optional<std::uint32_t> count(const Reader& entry, std::string_view key) {
    if (entry.get(key) == nullptr) return std::nullopt;
    return entry.count(key, 0);
}

std::optional<std::string> text(const Reader& entry, std::string_view key) {
    if (entry.get(key) == nullptr) return std::nullopt;
    return entry.text(key);
}

/// "*" is no name that a file may have.
constexpr std::string_view k_every_other = "default";

}  // namespace

std::vector<model::NamespaceSetting> read_namespaces(const Reader& namespaces) {
    std::vector<model::NamespaceSetting> all;
    namespaces.each([&](const std::string& name, const Reader& entry, const Place&) {
        all.push_back(
            {name,
             named(
                 entry.text("normaliser"),
                 {Normaliser::raw, Normaliser::email, Normaliser::phone, Normaliser::name}
             ),
             named(entry.text("strength"), {Strength::unique, Strength::strong, Strength::weak}),
             count(entry, "max_per_customer"),
             count(entry, "max_customers"),
             count(entry, "order"),
             text(entry, "region"),
             entry.texts("blocked")}
        );
    });
    return all;
}

std::vector<Placed<model::FieldRule>> read_survivorship(const Reader& survivorship) {
    using model::Survival;
    std::vector<Placed<model::FieldRule>> all;
    survivorship.each([&](const std::string& field, const Reader& entry, const Place& place) {
        const auto strategy = named(
            entry.text("strategy"),
            {Survival::most_recent,
             Survival::oldest,
             Survival::most_frequent,
             Survival::most_trusted,
             Survival::source_order}
        );
        all.push_back(
            {{field == k_every_other ? "*" : field,
              strategy.value_or(Survival::most_recent),
              entry.texts("sources"),
              entry.flag("together", false)},
             place}
        );
    });
    return all;
}

}  // namespace touchline::config
