#include "lists.hpp"

#include <algorithm>

namespace woocommerce {

namespace {

constexpr std::int64_t k_repeated = 10;
constexpr std::int64_t k_overlap_ms = 60'000;
constexpr std::int64_t k_day_ms = 24LL * 3600 * 1000;

/// A part of a list.
struct Part {
    std::int64_t offset = 0, size = 0;
};

struct Page {
    sdk::HttpResponse answer;
    std::int64_t rows = 0, first_ms = 0, last_ms = 0;
    std::string first_id;
};

Result<Page> ask(Job& job, sdk::HttpRequest request, Part part) {
    request.param("per_page", std::to_string(part.size))
        .param("offset", std::to_string(part.offset));
    TL_TRY(auto answer, job.send(request));
    TL_TRY(const auto ids, answer.body().pick_each("", "/id"));
    TL_TRY(const auto times, answer.body().pick_each("", "/date_modified_gmt"));
    Page page{std::move(answer), static_cast<std::int64_t>(ids.size()), 0, 0, ""};
    if (ids.empty()) return page;
    page.first_id = ids.front().as_text();
    page.first_ms = sdk::parse_time_ms(times.front().as_text()).value_or(0);
    page.last_ms = sdk::parse_time_ms(times.back().as_text()).value_or(0);
    return page;
}

/// Asks again while the answer is the page before: it begins with the same row, or earlier than
/// what was asked for.
template <typename Ask>
Result<Page> ask_anew(Ask ask_once, const std::string& first_id_before, std::int64_t from_ms) {
    constexpr int k_attempts = 4;
    for (int attempt = 0; attempt < k_attempts; ++attempt) {
        TL_TRY(auto page, ask_once());
        const bool same = !page.first_id.empty() && page.first_id == first_id_before;
        if (!same && (page.rows == 0 || page.first_ms >= from_ms)) return page;
    }
    return Error(Status::bad_data, "The shop keeps answering with the same page.");
}

sdk::HttpRequest orders_since(std::int64_t from_ms) {
    sdk::HttpRequest request("api", "/orders");
    request.param("orderby", "modified").param("order", "asc").param("status", "any,trash");
    if (from_ms > 0) {
        // The shop's own clock may be in another zone, and "after" leaves its own second out.
        request.param("modified_after", sdk::time_text(from_ms - 1000).substr(0, 19))
            .param("dates_are_gmt", "true");
    }
    return request;
}

}  // namespace

Result<void> read_orders(Job& job, const sdk::ReadArgs& args, std::int64_t page_size) {
    TL_TRY(auto state, sdk::State::parse(job, args, {"from", "offset"}));
    std::int64_t from_ms = state.number("from", args.since_unix_ms.value_or(0));
    std::int64_t offset = state.number("offset");
    std::string before;
    for (;;) {
        const auto once = [&] { return ask(job, orders_since(from_ms), {offset, page_size}); };
        TL_TRY(const auto page, ask_anew(once, before, from_ms));
        if (page.rows > 0) TL_CHECK(job.page(args.stream, page.answer.body(), ""));
        const bool is_full = page.rows >= page_size;
        before = page.first_id;
        if (is_full && page.last_ms > from_ms) {
            // From the last second on; what was read of it comes again.
            from_ms = page.last_ms;
            offset = 0;
            before.clear();
        } else {
            offset += page_size - k_repeated;
        }
        if (!is_full) {
            from_ms = std::max(std::max(page.last_ms, from_ms) - k_overlap_ms, std::int64_t{0});
            offset = 0;
        }
        state.set("from", from_ms).set("offset", offset);
        TL_CHECK(state.save(job, args.stream));
        if (!is_full) return {};
    }
}

Result<void> read_customers(Job& job, const sdk::ReadArgs& args, std::int64_t page_size) {
    TL_TRY(auto state, sdk::State::parse(job, args, {"done", "offset"}));
    const std::int64_t now_ms = job.now_unix_ms();
    if (!state.has("offset") && now_ms - state.number("done") < k_day_ms) return {};
    std::int64_t offset = state.number("offset");
    std::string before;
    for (;;) {
        sdk::HttpRequest request("api", "/customers");
        request.param("orderby", "id").param("order", "asc").param("role", "all");
        const auto once = [&] { return ask(job, request, {offset, page_size}); };
        TL_TRY(const auto page, ask_anew(once, before, 0));
        if (page.rows > 0) TL_CHECK(job.page(args.stream, page.answer.body(), ""));
        const bool is_full = page.rows >= page_size;
        before = page.first_id;
        offset += page_size - k_repeated;
        if (is_full)
            state.set("offset", offset);
        else
            state.drop("offset").set("done", now_ms);
        TL_CHECK(state.save(job, args.stream));
        if (!is_full) return {};
    }
}

}  // namespace woocommerce
