#include "touchline/net/request_log.hpp"

#include "touchline/base/text.hpp"
#include "touchline/net/url_values.hpp"

#include <algorithm>
#include <array>

namespace touchline::net {
namespace {

constexpr std::size_t k_kept = 50;
constexpr std::size_t k_longest_url = 2'000;
constexpr std::size_t k_longest_text = 1'000;

/// Links that a source gave may carry a key that no credentials know of.
bool sounds_secret(std::string_view name) {
    using std::string_view_literals::operator""sv;
    constexpr std::array k_parts{
        "token"sv,
        "key"sv,
        "secret"sv,
        "sig"sv,
        "pass"sv,
        "auth"sv,
        "credential"sv,
        "session"sv,
        "code"sv};
    const std::string lower = lower_ascii(name);
    return std::ranges::any_of(k_parts, [&lower](std::string_view part) {
        return lower.find(part) != std::string::npos;
    });
}

std::string shortened(std::string_view text, std::size_t most) {
    if (text.size() <= most) return std::string(text);
    return std::string(text.substr(0, most)) + "…";
}

}  // namespace

void RequestLog::add(SeenRequest request) {
    request.error = shortened(request.error, k_longest_text);
    request.answer = shortened(request.answer, k_longest_text);
    requests_.with([&request](auto& kept) {
        if (kept.size() == k_kept) kept.pop_front();
        kept.push_back(std::move(request));
    });
}

std::vector<SeenRequest> RequestLog::latest() const {
    return requests_.with([](const auto& kept) {
        return std::vector<SeenRequest>(kept.rbegin(), kept.rend());
    });
}

std::string starred_url(std::string_view url) {
    const auto shown = [](std::string_view name, std::string_view value) {
        return std::string(sounds_secret(name) ? "***" : value);
    };
    return shortened(with_values(url, shown), k_longest_url);
}

}  // namespace touchline::net
