// Walking through a list page by page, whatever its pages are named by.
#pragma once

#include "touchline/sdk/job.hpp"

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace touchline::sdk {

/// One page as it came, and the way on.
struct Fetched {
    HttpResponse answer;
    std::string next;   ///< cursor, number or link of the next page; empty: this is the last one
    std::string mark;   ///< differs from page to page (the first record's id); empty: `next` does
    bool last = false;  ///< the list ends here although `next` says where to go on another day

    bool is_last() const { return last || next.empty(); }
};

/// Fetches page after page from `at` (empty: the first one) and hands each to `take`.
///
///     walk(state.text("cursor"), [&](const std::string& at) -> Result<Fetched> {…},
///          [&](const Fetched& page) -> Result<void> {…});
///
/// A server that answers with the page before once more (caches and proxies do) is asked again; one
/// that keeps doing so is Error bad_data: going on would lose records, or never end.
template <typename Fetch, typename Take>
Result<void> walk(std::string at, Fetch fetch, Take take) {
    constexpr int k_attempts = 4;
    std::string previous_mark;
    int repeated = 0;
    for (;;) {
        TL_TRY(const Fetched page, fetch(std::as_const(at)));
        const bool same_mark = !page.mark.empty() && page.mark == previous_mark;
        const bool same_place = !page.is_last() && page.next == at;
        if (same_mark || same_place) {
            if (++repeated == k_attempts) {
                return Error(
                    Status::bad_data,
                    "The list does not move on: the server keeps answering with the same page."
                );
            }
            continue;
        }
        repeated = 0;
        TL_CHECK(take(page));
        if (page.is_last()) return {};
        previous_mark = page.mark;
        at = page.next;
    }
}

/// The number after `at`, as long as pages are full: for lists that are asked for by page number
/// (`step` 1, beginning at 1) or by offset (`step` is the page's size, beginning at 0).
inline std::string next_number(
    const std::string& at, std::uint64_t first, std::uint64_t step, bool is_full
) {
    if (!is_full) return {};
    const std::uint64_t now = at.empty() ? first : std::strtoull(at.c_str(), nullptr, 10);
    return std::to_string(now + step);
}

/// The URL of the link with relation `next` in Link header fields (RFC 8288); empty: none.
inline std::string next_link(const std::vector<std::string>& link_fields) {
    for (const std::string& field : link_fields) {
        std::size_t from = 0;
        while ((from = field.find('<', from)) != std::string::npos) {
            const std::size_t close = field.find('>', from);
            if (close == std::string::npos) break;
            const std::size_t end = field.find('<', close);
            const std::string_view parameters = std::string_view(field).substr(
                close + 1, end == std::string::npos ? end : end - close - 1
            );
            if (parameters.find("rel=\"next\"") != std::string_view::npos ||
                parameters.find("rel=next") != std::string_view::npos) {
                return field.substr(from + 1, close - from - 1);
            }
            from = close;
        }
    }
    return {};
}

/// The value of a parameter in a URL's query, still percent-encoded; empty: it is not there.
inline std::string query_parameter(std::string_view url, std::string_view name) {
    const std::size_t mark = url.find('?');
    std::string_view rest =
        mark == std::string_view::npos ? std::string_view() : url.substr(mark + 1);
    while (!rest.empty()) {
        const std::string_view pair = rest.substr(0, rest.find('&'));
        rest.remove_prefix(pair.size() < rest.size() ? pair.size() + 1 : rest.size());
        if (pair.substr(0, pair.find('=')) == name && pair.size() > name.size())
            return std::string(pair.substr(name.size() + 1));
    }
    return {};
}

}  // namespace touchline::sdk
