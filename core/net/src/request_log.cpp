#include "touchline/net/request_log.hpp"

#include "touchline/base/text.hpp"

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
    const std::size_t mark = std::min(url.find('?'), url.size());
    std::string result(url.substr(0, mark));
    std::string_view rest = url.substr(mark);
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find('&', 1), rest.size());
        const std::string_view pair = rest.substr(0, end);
        const std::size_t is = pair.find('=');
        const bool hides = is != std::string_view::npos && sounds_secret(pair.substr(1, is - 1));
        result += hides ? std::string(pair.substr(0, is + 1)) + "***" : std::string(pair);
        rest.remove_prefix(end);
    }
    return shortened(result, k_longest_url);
}

}  // namespace touchline::net
