// X lists the newest posts first. What was read counts only once the list has been walked down to
// where the last run began: until then the state holds both ends and the place between them.
#include "posts.hpp"

#include <memory>
#include <set>

namespace x {

namespace {

constexpr int k_attempts = 4;
constexpr std::size_t k_most_ids = 100;

}  // namespace

class X : public sdk::Source<X> {
public:
    static Result<std::unique_ptr<X>> create(const sdk::Config& config) {
        auto source = std::make_unique<X>();
        source->username_ = config.text("username");
        if (source->username_.find_first_not_of(
                "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"
            ) != std::string::npos)
            return Error(Status::config, "the setting \"username\" is the name without the @");
        return source;
    }

    Result<std::string> check(Job& job) {
        TL_TRY(const auto id, account(job));
        return "X answers; @" + username_ + " is the account " + id + ".";
    }

    Result<sdk::ReadEnd> read(Job& job, const sdk::ReadArgs& args) {
        TL_TRY(auto state, sdk::State::parse(job, args, {"account", "since", "top", "token"}));
        if (!state.has("account")) {
            TL_TRY(const auto id, account(job));
            state.set("account", id);
        }
        const bool resumed = state.has("token");
        auto walked = walk(job, args, state);
        if (!walked && resumed && walked.error().status == Status::bad_data) {
            // Such a place does not stay good for ever: from the newest post again.
            state.drop("token").drop("top");
            walked = walk(job, args, state);
        }
        if (!walked) return std::move(walked).error();
        return sdk::ReadEnd::end;
    }

    /// A call carries posts in an older form: of them only the ids count.
    Result<void> webhook(Job& job, const sdk::Webhook& webhook) {
        TL_TRY(const auto account, webhook.body.pick("/for_user_id"));
        TL_TRY(const auto created, webhook.body.pick_each("/tweet_create_events", "/id_str"));
        TL_TRY(const auto by, webhook.body.pick_each("/tweet_create_events", "/user/id_str"));
        for (const bool own : {false, true}) {
            std::set<std::string> ids;
            for (std::size_t i = 0; i < created.size() && ids.size() < k_most_ids; ++i) {
                if ((by[i].as_text() == account.as_text()) == own) ids.insert(created[i].as_text());
            }
            TL_CHECK(fetch(job, own ? "posts" : "mentions", ids));
        }
        TL_TRY(const auto gone, webhook.body.pick_each("/tweet_delete_events", "/status/id"));
        TL_TRY(const auto whose, webhook.body.pick_each("/tweet_delete_events", "/status/user_id"));
        for (std::size_t i = 0; i < gone.size(); ++i) {
            std::string line = "{\"post\":";
            sdk::JsonObject(line).text("id", gone[i].as_text()).end();
            line += ",\"deleted\":true}\n";
            const bool own = whose[i].as_text() == account.as_text();
            TL_CHECK(job.page_lines(own ? "posts" : "mentions", line));
        }
        return {};
    }

private:
    Result<std::string> account(Job& job) const {
        TL_TRY(const auto answer, job.get("api", "/users/by/username/" + username_));
        TL_TRY(const auto said, answer.body().pick({"/data/id", "/errors/0/detail"}));
        if (said[0].is_set()) return said[0].as_text();
        return Error(
            Status::config,
            said[1].is_set() ? "X answers: " + said[1].as_text() : "What answers here is not X."
        );
    }

    static Result<void> walk(Job& job, const sdk::ReadArgs& args, sdk::State& state) {
        const auto fetch_page = [&](const std::string& at) { return page(job, args, state, at); };
        const auto take = [&](const sdk::Fetched& page) -> Result<void> {
            TL_TRY(const auto lines, lines_of(job, page.answer.body()));
            if (!lines.empty()) TL_CHECK(job.page_lines(args.stream, lines));
            TL_TRY(const auto newest, page.answer.pick("/meta/newest_id"));
            if (newest.is_set() &&
                (!state.has("top") || is_after(newest.as_text(), state.text("top"))))
                state.set("top", newest.as_text());
            state.set("token", page.next);
            if (page.is_last()) {
                if (state.has("top")) state.set("since", state.text("top"));
                state.drop("top").drop("token");
            }
            return state.save(job, args.stream);
        };
        return sdk::walk(state.text("token"), fetch_page, take);
    }

    static Result<sdk::Fetched> page(
        Job& job, const sdk::ReadArgs& args, const sdk::State& state, const std::string& at
    ) {
        const std::string list = args.stream == "posts" ? "/tweets" : "/mentions";
        sdk::HttpRequest request("api", "/users/" + state.text("account") + list);
        request.param("max_results", "100");
        if (state.has("since"))
            request.param("since_id", state.text("since"));
        else if (args.since_unix_ms)
            request.param("start_time", sdk::time_text(*args.since_unix_ms));
        if (!at.empty()) request.param("pagination_token", at);
        for (int attempt = 0; attempt < k_attempts; ++attempt) {
            TL_TRY(auto answer, job.send(with_fields(request)));
            TL_TRY(const auto meta, answer.body().pick({"/meta/next_token", "/meta/oldest_id"}));
            // Older posts than were asked for are of an answer that came twice.
            if (state.has("since") && meta[1].is_set() &&
                !is_after(meta[1].as_text(), state.text("since")))
                continue;
            return sdk::Fetched{std::move(answer), meta[0].as_text(), {}};
        }
        return Error(Status::bad_data, "X keeps answering another question.");
    }

    static Result<void> fetch(
        Job& job, const std::string& stream, const std::set<std::string>& ids
    ) {
        std::string list;
        for (const auto& id : ids) list += (list.empty() ? "" : ",") + id;
        if (list.empty()) return {};
        sdk::HttpRequest request("api", "/tweets");
        request.param("ids", list);
        TL_TRY(const auto answer, job.send(with_fields(std::move(request))));
        TL_TRY(const auto lines, lines_of(job, answer.body()));
        return lines.empty() ? Result<void>() : job.page_lines(stream, lines);
    }

    std::string username_;
};

}  // namespace x

TOUCHLINE_PLUGIN(x::X)
