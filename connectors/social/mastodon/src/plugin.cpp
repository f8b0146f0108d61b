// Mastodon's lists are read forwards, from the oldest: `min_id` gives the page right after an id,
// where `since_id` would give the newest page and leave a gap before it.
#include "touchline/sdk/plugin.hpp"

#include "touchline/sdk/paging.hpp"

#include <memory>

namespace mastodon {

namespace sdk = touchline::sdk;
using sdk::Error;
using sdk::Job;
using sdk::Result;
using sdk::Status;

namespace {

constexpr int k_page = 40;

/// Ids are numbers of up to 64 bits, as text; times are in their upper bits.
bool is_after(const std::string& a, const std::string& b) {
    return a.size() != b.size() ? a.size() > b.size() : a > b;
}

std::string first_id(const sdk::ReadArgs& args) {
    const std::int64_t since_ms = args.since_unix_ms.value_or(0);
    return std::to_string(since_ms > 0 ? since_ms << 16 : 0);
}

Result<std::string> own_account(Job& job) {
    TL_TRY(const auto answer, job.get("api", "/v1/accounts/verify_credentials"));
    TL_TRY(const auto id, answer.pick("/id"));
    if (!id.is_set()) return Error(Status::config, "What answers at this address is not Mastodon.");
    return id.as_text();
}

Result<sdk::HttpRequest> question(Job& job, const std::string& stream) {
    if (stream == "mentions") {
        sdk::HttpRequest request("api", "/v1/notifications");
        request.param("types[]", "mention").param("types[]", "reblog");
        return request;
    }
    TL_TRY(const auto account, own_account(job));
    sdk::HttpRequest request("api", "/v1/accounts/" + account + "/statuses");
    request.param("exclude_reblogs", "true");
    return request;
}

}  // namespace

class Mastodon : public sdk::Source<Mastodon> {
public:
    static Result<std::unique_ptr<Mastodon>> create(const sdk::Config&) {
        return std::make_unique<Mastodon>();
    }

    Result<std::string> check(Job& job) {
        TL_TRY(const auto answer, job.get("api", "/v1/accounts/verify_credentials"));
        TL_TRY(const auto name, answer.pick("/acct"));
        if (!name.is_set())
            return Error(Status::config, "What answers at this address is not Mastodon.");
        return "Mastodon answers for @" + name.as_text() + ".";
    }

    Result<sdk::ReadEnd> read(Job& job, const sdk::ReadArgs& args) {
        TL_TRY(auto state, sdk::State::parse(job, args, {"min_id"}));
        TL_TRY(const auto base, question(job, args.stream));
        const std::string from = state.has("min_id") ? state.text("min_id") : first_id(args);
        const auto fetch = [&](const std::string& at) -> Result<sdk::Fetched> {
            sdk::HttpRequest request = base;
            request.param("limit", std::to_string(k_page)).param("min_id", at);
            TL_TRY(auto answer, job.send(request));
            TL_TRY(const auto ids, answer.body().pick_each("", "/id"));
            // Newest first, and all of them after the id that was asked for: others are of a page
            // that came twice.
            const bool fits = ids.empty() || is_after(ids.back().as_text(), at);
            std::string next = ids.empty() ? "" : ids.front().as_text();
            return sdk::Fetched{std::move(answer), fits ? std::move(next) : at, {}};
        };
        const auto take = [&](const sdk::Fetched& page) -> Result<void> {
            if (page.is_last()) return {};
            TL_CHECK(job.page(args.stream, page.answer.body(), ""));
            state.set("min_id", page.next);
            return state.save(job, args.stream);
        };
        TL_CHECK(sdk::walk(from, fetch, take));
        return sdk::ReadEnd::end;
    }
};

}  // namespace mastodon

TOUCHLINE_PLUGIN(mastodon::Mastodon)
