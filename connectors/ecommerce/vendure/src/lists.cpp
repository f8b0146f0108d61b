// By the time of the last change. Vendure sorts by it but not by id beside it, its filter leaves
// the very moment out or takes it for ever, as the database rounds; and offsets lose rows when
// others move. So pages begin a second before the last one read, and only rows of one moment are
// paged through by offset.
#include "lists.hpp"

#include <algorithm>
#include <array>

namespace vendure {

namespace {

constexpr std::int64_t k_page = 100, k_repeated = 10;
constexpr std::int64_t k_tick_ms = 1000;
/// Times are given before a change is committed.
constexpr std::int64_t k_overlap_ms = 60'000;
constexpr std::int64_t k_hour_ms = 3600LL * 1000, k_day_ms = 24 * k_hour_ms;
constexpr std::int64_t k_ids_page = 1000;
constexpr std::size_t k_asked_at_once = 50;

std::string query_of(const List& list, std::string_view fields) {
    return "query ($options: " + std::string(list.options) + ") {" + std::string(list.name) +
           "(options: $options) {totalItems items {" + std::string(fields) + "}}}";
}

std::string options(
    std::int64_t take, std::int64_t skip, std::string_view sort, const std::string& filter
) {
    std::string json, ascending;
    sdk::JsonObject(ascending).text(sort, "ASC").end();
    sdk::JsonObject object(json);
    object.number("take", take).number("skip", skip).raw("sort", ascending);
    if (!filter.empty()) object.raw("filter", filter);
    object.end();
    return "{\"options\":" + json + "}";
}

/// Rows whose time is not before this.
std::string since(std::string_view field, std::int64_t from_ms) {
    if (from_ms <= 0) return {};
    std::string after, filter;
    sdk::JsonObject(after).text("after", sdk::time_text_ms(from_ms - k_tick_ms)).end();
    sdk::JsonObject(filter).raw(field, after).end();
    return filter;
}

struct Page {
    std::vector<sdk::Value> ids;
    std::int64_t last_ms = 0;
    bool is_full() const { return ids.size() >= static_cast<std::size_t>(k_page); }
};

class ListReader {
public:
    ListReader(Job& job, const sdk::ReadArgs& args, const List& list, sdk::State state)
        : job_(&job),
          args_(&args),
          list_(&list),
          state_(std::move(state)),
          known_(state_),
          recent_(state_),
          items_("/data/" + std::string(list.name) + "/items") {}

    Result<void> run(std::int64_t window_days) {
        TL_CHECK(read_changes());
        if (window_days > 0) TL_CHECK(read_window(window_days));
        return sdk::sweep(
            *job_,
            *args_,
            {},
            state_,
            known_,
            [&] { return count(*job_, *list_); },
            [&](sdk::IdSet& present) { return list_ids(present); },
            [&](const auto& ids) { return deleted_of(ids); }
        );
    }

private:
    Result<void> read_changes() {
        std::int64_t from_ms = state_.number("from", args_->since_unix_ms.value_or(0));
        std::int64_t offset = state_.number("offset");
        for (bool more = true; more;) {
            TL_TRY(const auto page, next("updatedAt", from_ms, offset));
            more = page.is_full();
            if (more && page.last_ms - k_tick_ms > from_ms) {
                from_ms = page.last_ms;  // what was read of that moment comes again
                offset = 0;
            } else {
                offset += k_page - k_repeated;
            }
            if (!more) {
                from_ms = std::max(std::max(page.last_ms, from_ms) - k_overlap_ms, std::int64_t{0});
                offset = 0;
            }
            state_.set("from", from_ms).set("offset", offset);
            TL_CHECK(save());
        }
        return {};
    }

    /// Orders of late: refunds and parcels do not change an order's time. When one was placed stays
    /// as it is, so offsets lose nothing.
    Result<void> read_window(std::int64_t days) {
        const std::int64_t now_ms = job_->now_unix_ms();
        if (!state_.has("again")) state_.set("again", now_ms);  // all was read just now
        if (now_ms - state_.number("again") < k_hour_ms) return save();
        last_.clear();  // of another question
        for (std::int64_t offset = 0;; offset += k_page - k_repeated) {
            TL_TRY(const auto page, next("orderPlacedAt", now_ms - days * k_day_ms, offset));
            if (!page.is_full()) break;
        }
        state_.set("again", now_ms);
        return save();
    }

    /// A page that is the one before it, once more, is asked for again: either so many rows are of
    /// one moment, or the server (a cache before it) has sent the wrong one, and rows would be left
    /// out.
    Result<sdk::HttpResponse> rows(
        std::string_view by, std::int64_t from_ms, std::int64_t offset, std::vector<sdk::Value>& ids
    ) {
        const std::string query = query_of(*list_, list_->fields);
        const std::string wanted = options(k_page, offset, by, since(by, from_ms));
        TL_TRY(auto answer, ask(*job_, query, wanted));
        TL_TRY(ids, answer.body().pick_each(items_, "/id"));
        const auto same = [](const sdk::Value& a, const sdk::Value& b) {
            return a.as_text() == b.as_text();
        };
        if (!ids.empty() && std::equal(ids.begin(), ids.end(), last_.begin(), last_.end(), same)) {
            TL_TRY(answer, ask(*job_, query, wanted));
            TL_TRY(ids, answer.body().pick_each(items_, "/id"));
        }
        last_ = ids;
        return answer;
    }

    /// Hands over what is not as it was when it was last read.
    Result<Page> next(std::string_view by, std::int64_t from_ms, std::int64_t offset) {
        Page page;
        TL_TRY(const auto answer, rows(by, from_ms, offset, page.ids));
        TL_TRY(const auto records, answer.body().pick_each(items_, ""));
        TL_TRY(const auto times, answer.body().pick_each(items_, "/" + std::string(by)));
        std::string lines;
        for (std::size_t i = 0; i < page.ids.size(); ++i) {
            const std::string& text = records[i].text;
            if (recent_.is_news(page.ids[i].as_text(), text)) lines += text + "\n";
            page.last_ms =
                std::max(page.last_ms, sdk::parse_time_ms(times[i].as_text()).value_or(0));
        }
        if (!lines.empty()) TL_CHECK(job_->page_lines(args_->stream, lines));
        known_.insert(page.ids);
        return page;
    }

    Result<void> save() {
        known_.keep_in(state_);
        recent_.keep_in(state_);
        return state_.save(*job_, args_->stream);
    }

    Result<void> list_ids(sdk::IdSet& present) {
        for (std::int64_t skip = 0;; skip += k_ids_page - k_repeated) {
            TL_TRY(
                const auto answer,
                ask(*job_, query_of(*list_, "id"), options(k_ids_page, skip, "id", ""))
            );
            TL_TRY(const auto ids, answer.body().pick_each(items_, "/id"));
            for (const auto& id : ids)
                present.insert(std::strtoll(id.as_text().c_str(), nullptr, 10));
            if (ids.size() < static_cast<std::size_t>(k_ids_page)) return {};
        }
    }

    Result<std::vector<std::int64_t>> deleted_of(const std::vector<std::int64_t>& ids) {
        std::vector<std::int64_t> deleted;
        for (std::size_t from = 0; from < ids.size(); from += k_asked_at_once) {
            const std::size_t until = std::min(from + k_asked_at_once, ids.size());
            std::string query = "{";
            for (std::size_t i = from; i < until; ++i) {
                const std::string id = std::to_string(ids[i]);
                query += "i" + id + ": " + std::string(list_->one) + "(id: \"" + id + "\") {id} ";
            }
            TL_TRY(const auto answer, ask(*job_, query + "}"));
            for (std::size_t i = from; i < until; ++i) {
                TL_TRY(const auto found, answer.pick("/data/i" + std::to_string(ids[i])));
                if (found.kind == sdk::JsonKind::null) deleted.push_back(ids[i]);
            }
        }
        return deleted;
    }

    Job* job_;
    const sdk::ReadArgs* args_;
    const List* list_;
    sdk::State state_;
    sdk::Known known_;
    sdk::Recent recent_;
    const std::string items_;
    std::vector<sdk::Value> last_;  ///< ids of the page before
};

}  // namespace

const List* list_named(std::string_view name) {
    static constexpr std::array<List, 2> k_lists{
        {{"orders",
          "order",
          "OrderListOptions",
          "id code state active createdAt updatedAt orderPlacedAt currencyCode totalWithTax "
          "customer {id emailAddress} lines {quantity productVariant {name}} "
          "payments {id state amount method createdAt refunds {id state total reason createdAt}} "
          "fulfillments {id state method createdAt updatedAt}"},
         {"customers",
          "customer",
          "CustomerListOptions",
          "id createdAt updatedAt firstName lastName emailAddress phoneNumber user {verified}"}}};
    for (const auto& list : k_lists) {
        if (list.name == name) return &list;
    }
    return nullptr;
}

Result<std::int64_t> count(Job& job, const List& list) {
    TL_TRY(const auto answer, ask(job, query_of(list, "id"), options(1, 0, "id", "")));
    TL_TRY(const auto total, answer.pick("/data/" + std::string(list.name) + "/totalItems"));
    return total.as_int().value_or(0);
}

Result<void> read_list(
    Job& job, const sdk::ReadArgs& args, const List& list, std::int64_t window_days
) {
    TL_TRY(
        auto state,
        sdk::State::parse(job, args, {"from", "offset", "again", "recent", "known", "swept"})
    );
    return ListReader(job, args, list, std::move(state)).run(window_days);
}

}  // namespace vendure
