// Values of a mapping by key, for code that turns a checked tree into structs.
#pragma once

#include "check.hpp"

#include "touchline/config/config.hpp"
#include "touchline/json/node.hpp"

#include <charconv>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace touchline::config {

/// One mapping of the tree, asked for values by key; what is absent or does not fit yields the
/// default.
class Reader {
public:
    explicit Reader(const json::Node* mapping) : mapping_(mapping) {}

    const json::Node* get(std::string_view key) const {
        return mapping_ == nullptr ? nullptr : mapping_->get(key);
    }
    Reader in(std::string_view key) const { return Reader(get(key)); }
    Place place() const { return mapping_ == nullptr ? Place{} : mapping_->place(); }

    std::string text(std::string_view key, std::string fallback = {}) const {
        const json::Node* node = get(key);
        return node != nullptr && node->is_scalar() ? node->text : std::move(fallback);
    }
    Placed<std::string> placed(std::string_view key) const {
        const json::Node* node = get(key);
        return {text(key), node != nullptr ? node->place() : place()};
    }
    bool flag(std::string_view key, bool fallback) const {
        const json::Node* node = get(key);
        return node != nullptr && node->is_scalar() && !node->quoted ? node->text == "true"
                                                                     : fallback;
    }
    std::uint32_t count(std::string_view key, std::uint32_t fallback) const {
        const std::string digits = text(key);
        std::uint32_t number = 0;
        const auto [end, failed] =
            std::from_chars(digits.data(), digits.data() + digits.size(), number);
        return !digits.empty() && failed == std::errc() ? number : fallback;
    }
    std::vector<std::string> texts(std::string_view key) const {
        std::vector<std::string> list;
        if (const json::Node* node = get(key); node != nullptr) {
            for (const json::Node& item : node->items) list.push_back(item.text);
        }
        return list;
    }
    SecretRef secret(std::string_view key) const {
        const json::Node* node = get(key);
        if (node == nullptr || !node->is_scalar()) return {};
        return parse_secret_ref(node->text, node->place()).value_or(SecretRef{});
    }
    template <typename T>
    std::optional<T> parsed(std::string_view key, Result<T> (*parse)(std::string_view)) const {
        const json::Node* node = get(key);
        if (node == nullptr || !is_text(*node)) return std::nullopt;
        auto value = parse(node->text);
        return value ? std::optional<T>(*std::move(value)) : std::nullopt;
    }
    /// Calls `f(name, Reader, Place of the name)` for each entry.
    template <typename F>
    void each(F&& f) const {
        if (mapping_ == nullptr) return;
        for (const auto& [name, value] : mapping_->members)
            f(name.text, Reader(&value), name.place());
    }

private:
    const json::Node* mapping_;
};

}  // namespace touchline::config
