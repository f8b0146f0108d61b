#include "scrub.hpp"

#include "touchline/base/digest.hpp"
#include "touchline/base/text.hpp"
#include "touchline/json/writer.hpp"
#include "touchline/net/url.hpp"

#include <algorithm>
#include <array>

namespace touchline::check {

namespace {

constexpr std::string_view k_gone = "REDACTED";

std::size_t replace_all(std::string& text, std::string_view from, std::string_view to) {
    std::size_t count = 0;
    if (from.empty()) return count;
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
        text.replace(at, from.size(), to);
        ++count;
    }
    return count;
}

/// The ways in which a secret may stand in a text.
std::vector<std::string> forms_of(const Secret& secret) {
    const std::string plain(secret.reveal());
    std::string in_json;
    json::append_quoted(in_json, plain);
    return {
        plain, net::percent_encode(plain), to_base64(plain), in_json.substr(1, in_json.size() - 2)};
}

bool in_local_part(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("._%+-").find(c) != std::string_view::npos;
}

bool in_domain(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '-';
}

}  // namespace

std::string without_credentials(std::string url, const net::Credentials& credentials) {
    const auto mark = url.find('?');
    if (mark == std::string::npos) return url;
    net::Url only_theirs;
    net::Headers ignored;
    if (!net::apply_credentials(credentials, {}, {}, only_theirs, ignored)) return url;
    std::string kept;
    for (std::string_view rest = std::string_view(url).substr(mark + 1); !rest.empty();) {
        const std::string_view pair = rest.substr(0, rest.find('&'));
        rest.remove_prefix(std::min(pair.size() + 1, rest.size()));
        if (pair == only_theirs.query) continue;
        kept.append(kept.empty() ? "?" : "&").append(pair);
    }
    return url.substr(0, mark) + kept;
}

net::Headers steering_headers(const net::Headers& headers) {
    constexpr std::array<std::string_view, 6> k_known{
        "content-type", "link", "retry-after", "etag", "last-modified", "location"};
    constexpr std::array<std::string_view, 6> k_telling{
        "token", "key", "auth", "secret", "session", "cookie"};
    net::Headers kept;
    for (const net::Header& header : headers) {
        const std::string name = lower_ascii(header.name);
        const bool extension =
            name.starts_with("x-") && std::ranges::none_of(k_telling, [&](std::string_view word) {
                return name.find(word) != std::string::npos;
            });
        if (extension || std::ranges::count(k_known, name) > 0) kept.add(header.name, header.value);
    }
    return kept;
}

Scrubber::Scrubber(
    std::vector<Secret> secrets,
    std::vector<std::pair<std::string, std::string>> replace,
    bool keep_addresses
)
    : secrets_(std::move(secrets)), replace_(std::move(replace)), keep_addresses_(keep_addresses) {}

std::string Scrubber::clean(std::string text) {
    for (const Secret& secret : secrets_) {
        for (const std::string& form : forms_of(secret))
            secrets_removed_ += replace_all(text, form, k_gone);
    }
    for (const auto& [from, to] : replace_) replace_all(text, from, to);
    return keep_addresses_ ? text : mask_addresses(text);
}

std::string Scrubber::mask_addresses(const std::string& text) {
    std::string out;
    std::size_t copied = 0;
    for (auto at = text.find('@'); at != std::string::npos; at = text.find('@', at + 1)) {
        std::size_t begin = at, end = at + 1;
        while (begin > copied && in_local_part(text[begin - 1])) --begin;
        while (end < text.size() && in_domain(text[end])) ++end;
        while (end > at + 1 && !std::isalnum(static_cast<unsigned char>(text[end - 1]))) --end;
        const std::string address = text.substr(begin, end - begin);
        if (begin == at || address.find('.', at - begin) == std::string::npos) continue;
        auto& mask = masks_[lower_ascii(address)];
        if (mask.empty()) mask = "person" + std::to_string(masks_.size()) + "@example.org";
        out.append(text, copied, begin - copied).append(mask);
        copied = end;
        ++addresses_masked_;
    }
    return out.append(text, copied);
}

bool Scrubber::has_secret(std::string_view text) const {
    return std::ranges::any_of(secrets_, [&](const Secret& secret) {
        return !secret.empty() &&
               std::ranges::any_of(forms_of(secret), [&](const std::string& form) {
                   return text.find(form) != std::string_view::npos;
               });
    });
}

}  // namespace touchline::check
