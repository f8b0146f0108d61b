#include "users_stream.hpp"

#include "records.hpp"
#include "user_merges.hpp"
#include "users_state.hpp"

#include <algorithm>

namespace request_tracker {

namespace sdk = touchline::sdk;

namespace {

class UsersReader {
public:
    UsersReader(Job& job, const sdk::ReadArgs& args, UsersState state)
        : job_(&job), rest_(job), stream_(args.stream), state_(std::move(state)) {}

    Result<sdk::ReadEnd> run() {
        const bool is_resumed = state_.next_page > 0;
        if (!is_resumed) state_.pending = state_.done;
        for (std::uint64_t page = std::max<std::uint64_t>(state_.next_page, 1);;) {
            TL_TRY(const auto listing, rest_.users(page));
            // A user who was disabled meanwhile has moved the others up by one: somebody may have
            // slipped to the page before. A change moves users down, which only shows some of them
            // twice.
            if (page > 1 && listing.total && *listing.total < state_.total) {
                state_.total = *listing.total;
                --page;
                continue;
            }
            state_.total = listing.total.value_or(0);
            TL_TRY(const bool is_last, take(listing.items));
            if (is_last || listing.items.size() < k_page_size) break;
            state_.next_page = ++page;
            TL_CHECK(job_->checkpoint(stream_, UsersState::k_version, state_.text()));
        }
        if (!is_resumed && !has_news_) return sdk::ReadEnd::end;
        state_.done = state_.pending;
        state_.pending = {};
        state_.next_page = 0;
        TL_CHECK(job_->checkpoint(stream_, UsersState::k_version, state_.text()));
        return sdk::ReadEnd::end;
    }

private:
    /// Whether the rest is known.
    Result<bool> take(const std::vector<User>& users) {
        std::string lines;
        bool is_last = false;
        for (const auto& user : users) {
            std::string line;
            append_user(line, user, merged_users(user.comments));
            const auto print = fingerprint(line);
            is_last = is_last || user.last_updated < state_.done.time;
            if (state_.done.knows(user.person.id, user.last_updated, print)) continue;
            has_news_ = true;
            state_.pending.see(user.person.id, user.last_updated, print);
            TL_TRY(const bool works_here, is_staff(user));
            if (!works_here) lines += line;
        }
        if (!lines.empty()) TL_CHECK(job_->page_lines(stream_, lines));
        return is_last;
    }

    Result<bool> is_staff(const User& user) {
        if (user.person.name == "RT_System" || user.person.name == "Nobody") return true;
        if (!staff_) {
            TL_TRY(auto known, rest_.staff());
            if (!known) {
                job_->log(
                    TL_LOG_WARNING,
                    "The account may not see who works in RT (right AdminGroupMembership), so "
                    "staff are read "
                    "like customers."
                );
            }
            staff_ = std::move(known).value_or(std::vector<std::string>());
        }
        return std::find(staff_->begin(), staff_->end(), user.person.id) != staff_->end();
    }

    Job* job_;
    Rest rest_;
    std::string stream_;
    UsersState state_;
    std::optional<std::vector<std::string>> staff_;
    bool has_news_ = false;
};

}  // namespace

Result<sdk::ReadEnd> read_users(Job& job, const sdk::ReadArgs& args) {
    TL_TRY(auto state, UsersState::parse(job, args.state));
    return UsersReader(job, args, std::move(state)).run();
}

}  // namespace request_tracker
