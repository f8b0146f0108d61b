#include "feed.hpp"

#include "query.hpp"

#include <algorithm>

namespace request_tracker {

namespace sdk = touchline::sdk;

namespace {

class FeedReader {
public:
    FeedReader(Job& job, const sdk::ReadArgs& args, FeedState state)
        : job_(&job), rest_(job), stream_(args.stream), state_(std::move(state)) {
        if (args.since_unix_ms) since_ = rfc3339(*args.since_unix_ms);
    }

    Result<sdk::ReadEnd> run(const OnTransactions& on_page) {
        std::int64_t after = state_.floor();
        std::uint64_t page = 1;
        bool must_recognise = state_.has_seen_any();
        while (true) {
            TL_TRY(const auto listing, rest_.transactions(after, page, since_));
            const bool is_known = recognises(listing.items);
            const bool is_strange = must_recognise && !is_known && !listing.items.empty();
            must_recognise = must_recognise && !is_known;
            bool more = true;
            if (!is_strange) {
                TL_CHECK(take(listing.items, on_page));
                TL_TRY(more, is_there_more(listing, after, page));
            }
            if (is_strange || (must_recognise && !more)) {
                job_->log(
                    TL_LOG_WARNING,
                    "The server does not have the transactions that were read last: it was set up "
                    "anew, or what "
                    "the account may see has changed. Reading from the beginning."
                );
                state_ = FeedState();
                must_recognise = false;
                after = 0;
                page = 1;
            } else if (!more) {
                return sdk::ReadEnd::end;
            } else if (listing.items.empty()) {
                ++page;
            } else {
                after = listing.items.back().id;
                page = 1;
            }
        }
    }

private:
    bool recognises(const std::vector<Transaction>& items) const {
        return std::any_of(items.begin(), items.end(), [&](const auto& item) {
            return state_.has_seen(item.id);
        });
    }

    Result<void> take(const std::vector<Transaction>& items, const OnTransactions& on_page) {
        std::vector<Transaction> fresh;
        for (const auto& item : items) {
            if (!state_.has_seen(item.id)) fresh.push_back(item);
        }
        if (fresh.empty()) return {};
        TL_CHECK(on_page(fresh));
        for (const auto& item : fresh) state_.see(item.id, unix_seconds(item.created));
        state_.settle();
        return job_->checkpoint(stream_, FeedState::k_version, state_.text());
    }

    Result<bool> is_there_more(
        const Listing<Transaction>& listing, std::int64_t after, std::uint64_t page
    ) {
        if (listing.total) return *listing.total > static_cast<std::int64_t>(page * k_page_size);
        // Rows out of sight are missing from their page, so neither a short nor an empty one is the
        // end.
        if (!newest_) {
            TL_TRY(newest_, rest_.newest_transaction());
        }
        const std::int64_t reached = listing.items.empty() ? after : listing.items.back().id;
        if (!listing.items.empty()) return reached < *newest_;
        // Ids are whole numbers: so many pages at most lie between here and the newest.
        return reached + static_cast<std::int64_t>(page * k_page_size) < *newest_;
    }

    Job* job_;
    Rest rest_;
    std::string stream_, since_;
    FeedState state_;
    std::optional<std::int64_t> newest_;
};

}  // namespace

Result<sdk::ReadEnd> read_feed(Job& job, const sdk::ReadArgs& args, const OnTransactions& on_page) {
    TL_TRY(auto state, FeedState::parse(job, args.state));
    return FeedReader(job, args, std::move(state)).run(on_page);
}

}  // namespace request_tracker
