#include "touchline/net/headers.hpp"

#include "touchline/base/text.hpp"

#include <algorithm>
#include <array>

namespace touchline::net {

namespace {

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool is_token_char(char c) {
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) return true;
    return c != '\0' && std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

}  // namespace

void Headers::add(std::string name, std::string value) {
    fields_.push_back({std::move(name), std::move(value)});
}

void Headers::set(std::string name, std::string value) {
    remove(name);
    add(std::move(name), std::move(value));
}

std::size_t Headers::remove(std::string_view name) {
    return std::erase_if(fields_, [&](const Header& field) { return same_name(field.name, name); });
}

std::optional<std::string_view> Headers::get(std::string_view name) const {
    for (const Header& field : fields_) {
        if (same_name(field.name, name)) return field.value;
    }
    return std::nullopt;
}

std::vector<std::string_view> Headers::all(std::string_view name) const {
    std::vector<std::string_view> values;
    for (const Header& field : fields_) {
        if (same_name(field.name, name)) values.push_back(field.value);
    }
    return values;
}

std::size_t Headers::count(std::string_view name) const {
    return static_cast<std::size_t>(std::ranges::count_if(fields_, [&](const Header& field) {
        return same_name(field.name, name);
    }));
}

bool same_name(std::string_view a, std::string_view b) {
    return std::ranges::equal(a, b, {}, lower, lower);
}

bool is_token(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, is_token_char);
}

bool is_field_value(std::string_view text) {
    return std::ranges::all_of(text, [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte == '\t' || (byte >= 0x20 && byte != 0x7f);
    });
}

bool is_hop_by_hop(std::string_view name) {
    static constexpr std::array<std::string_view, 7> k_names{
        "connection", "keep-alive", "te", "trailer", "trailers", "transfer-encoding", "upgrade"};
    const std::string lower_name = lower_ascii(name);
    return lower_name.starts_with("proxy-") || std::ranges::count(k_names, lower_name) > 0;
}

}  // namespace touchline::net
