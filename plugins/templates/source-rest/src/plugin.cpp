// Contacts, the oldest change first, page after page by cursor. The host sends the requests, adds
// the credentials, waits when it is told to, and parses: this only says what to ask for next.
#include <touchline/sdk/plugin.hpp>

#include <algorithm>
#include <string>

namespace {

using namespace touchline::sdk;

/// Where a read stands. `since` moves only when all pages are through, so that a read that was
/// stopped goes on with the same question.
struct Position {
    std::string since;   ///< changes from here on were not seen yet
    std::string newest;  ///< the latest change on the pages so far
    std::string cursor;  ///< the next page; empty: the first

    static Result<Position> parse(Job& job, const ReadArgs& args) {
        if (args.state_version == 0) return Position{};
        if (args.state_version > 1)
            return Error(Status::config, "The state was written by a newer release.");
        TL_TRY(const auto body, job.make_body(args.state));
        auto values = body.pick({"/since", "/newest", "/cursor"});
        if (!values) return Error(Status::config, "The state is damaged; read the stream anew.");
        return Position{(*values)[0].as_text(), (*values)[1].as_text(), (*values)[2].as_text()};
    }
    std::string text() const {
        std::string out;
        JsonObject(out).text("since", since).text("newest", newest).text("cursor", cursor).end();
        return out;
    }
};

class @Class@ : public Source<@Class@> {
public:
    static Result<std::unique_ptr<@Class@>> create(const Config&) {
        return std::make_unique<@Class@>();
    }

    Result<std::string> check(Job& job) {
        TL_TRY(const auto answer, job.get("api", "/me"));
        TL_TRY(const auto name, answer.pick("/name"));
        if (!name.is_set()) return Error(Status::config, "What answers there is not @Class@.");
        return "Signed in as " + name.as_text() + ".";
    }

    Result<ReadEnd> read(Job& job, const ReadArgs& args) {
        if (args.stream != "contacts")
            return Error(Status::config, "There is no stream \"" + args.stream + "\".");
        TL_TRY(auto at, Position::parse(job, args));
        for (;;) {
            TL_TRY(const auto answer, job.send(page_request(at)));
            TL_TRY(const auto values, answer.body().pick({"/contacts", "/next_cursor"}));
            if (values[0].kind != JsonKind::array)
                return Error(Status::bad_data, "The answer has no list of contacts.");
            const std::string next = values[1].as_text();
            if (!next.empty() && next == at.cursor)
                return Error(Status::bad_data, "The same page comes again and again.");
            TL_CHECK(job.page(args.stream, answer.body(), "/contacts"));
            TL_CHECK(remember_newest(answer.body(), at));
            at.cursor = next;
            if (next.empty()) at.since = at.newest;
            TL_CHECK(job.checkpoint(args.stream, 1, at.text()));
            if (next.empty()) return ReadEnd::end;
        }
    }

private:
    static HttpRequest page_request(const Position& at) {
        HttpRequest request("api", "/contacts");
        request.param("limit", "100");
        if (!at.since.empty()) request.param("updated_since", at.since);
        if (!at.cursor.empty()) request.param("cursor", at.cursor);
        return request;
    }

    /// Times of one format compare as texts.
    static Result<void> remember_newest(const Body& page, Position& at) {
        TL_TRY(const auto times, page.pick_each("/contacts", "/updated_at"));
        for (const Value& time : times) {
            if (time.kind == JsonKind::string && time.text.size() < 40)
                at.newest = std::max(at.newest, time.text);
        }
        return {};
    }
};

}  // namespace

TOUCHLINE_PLUGIN(@Class@)
