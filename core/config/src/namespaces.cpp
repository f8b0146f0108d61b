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

}  // namespace touchline::config
