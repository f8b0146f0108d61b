#include "touchline/ingest/enrichment_source.hpp"

#include "touchline/json/view.hpp"
#include "touchline/json/writer.hpp"

#include <algorithm>
#include <optional>
#include <span>
#include <utility>

namespace touchline::ingest {

namespace {

using store::Identity;
using store::IdentityKey;

constexpr std::uint32_t k_state_version = 1;
constexpr std::size_t k_looked_at_once = 500;
/// More without an answer than that: the system is down, and asking on would help nobody.
constexpr std::size_t k_most_owed = 500;

/// How far all identities were gone through, by key.
struct Place {
    std::int64_t after = 0;
    std::int64_t began_ms = 0;       ///< when this pass through all of them began
    std::vector<std::int64_t> owed;  ///< those without an answer yet

    std::string text() const {
        json::Writer writer;
        writer.begin_object().member("after", after).member("began", began_ms).key("owed");
        writer.begin_array();
        for (const std::int64_t key : owed) writer.value(key);
        return writer.end_array().end_object().take();
    }
};

Result<Place> place_of(const ReadRequest& request) {
    Place place;
    if (request.state_version == 0) return place;
    const auto document = json::Document::parse(request.state);
    if (request.state_version != k_state_version || !document)
        return Error(Code::config, "where this enricher stopped cannot be read");
    const auto number = [&](std::string_view member) {
        const auto value = document->root().get(member);
        return value ? value->as_int().value_or(0) : 0;
    };
    place.after = number("after");
    place.began_ms = number("began");
    if (const auto owed = document->root().get("owed")) {
        for (const json::View key : owed->elements())
            place.owed.push_back(key.as_int().value_or(0));
    }
    return place;
}

std::string fields_of(const Identity& identity) {
    json::Writer writer;
    return writer.begin_object().member(identity.ns, identity.value).end_object().take();
}

class EnrichmentSource final : public Source {
public:
    EnrichmentSource(
        std::unique_ptr<Enricher> enricher,
        EnrichmentRules rules,
        store::Store& store,
        const Clock& clock
    )
        : enricher_(std::move(enricher)), rules_(std::move(rules)), store_(&store), clock_(&clock) {
        streams_.push_back({"customers", "/id", "", "What is known of each customer.", false});
    }

    const std::vector<StreamInfo>& streams() const override { return streams_; }
    Result<std::string> check(std::stop_token stop) override {
        return enricher_->check(std::move(stop));
    }
    Result<void> webhook(const ReceivedWebhook&, PageSink&) override {
        return Error(Code::config, "an enricher takes no webhooks");
    }

    Result<ReadEnd> read(const ReadRequest& request, PageSink& sink) override {
        TOUCHLINE_TRY(Place place, place_of(request));
        Asking asking{request.stream, request.stop, sink, place, {}};
        const std::int64_t now = now_ms();
        if (now - place.began_ms >= rules_.again_after.count()) {
            place.began_ms = now;
            place.after = 0;
        }
        TOUCHLINE_CHECK(ask_owed(asking));
        for (;;) {
            TOUCHLINE_TRY(const auto found, next_after(IdentityKey{place.after}));
            if (found.empty()) break;
            TOUCHLINE_CHECK(ask_all(asking, found));
        }
        if (place.owed.empty()) return ReadEnd::end;
        return not_answered(asking);
    }

private:
    /// One read, going on.
    struct Asking {
        std::string_view stream;
        std::stop_token stop;
        PageSink& sink;
        Place& place;
        Enrichment last_failure;
    };

    std::int64_t now_ms() const {
        return std::chrono::duration_cast<std::chrono::milliseconds>(clock_->now().time_since_epoch(
                                                                     ))
            .count();
    }

    // Snapshots are given back before anybody is asked.
    Result<std::vector<Identity>> next_after(IdentityKey key) {
        TOUCHLINE_TRY(const auto reader, store_->reader());
        return reader->identities_after(key, k_looked_at_once);
    }
    Result<std::vector<Identity>> look_up(std::span<const IdentityKey> keys) {
        TOUCHLINE_TRY(const auto reader, store_->reader());
        return reader->identities(keys);
    }

    static Error not_answered(const Asking& asking) {
        Error error(
            Code::retry,
            "there was no answer for " + std::to_string(asking.place.owed.size()) +
                " customers: " + asking.last_failure.message
        );
        if (asking.last_failure.retry_after)
            return std::move(error).after(*asking.last_failure.retry_after);
        return error;
    }

    Result<void> ask_owed(Asking& asking) {
        if (asking.place.owed.empty()) return {};
        std::vector<IdentityKey> keys;
        for (const std::int64_t key : asking.place.owed) keys.push_back(IdentityKey{key});
        TOUCHLINE_TRY(const auto identities, look_up(keys));
        asking.place.owed.clear();
        for (std::size_t from = 0; from < identities.size(); from += rules_.batch) {
            const auto some = std::span(identities)
                                  .subspan(from, std::min(rules_.batch, identities.size() - from));
            TOUCHLINE_CHECK(ask(asking, {some.begin(), some.end()}));
        }
        return checkpoint(asking);
    }

    /// `found` are all that come next.
    Result<void> ask_all(Asking& asking, const std::vector<Identity>& found) {
        std::vector<Identity> some;
        for (const Identity& identity : found) {
            if (!identity.shared && std::ranges::count(rules_.asks, identity.ns) > 0)
                some.push_back(identity);
            asking.place.after = static_cast<std::int64_t>(identity.key);
            if (some.size() < rules_.batch) continue;
            TOUCHLINE_CHECK(ask(asking, std::exchange(some, {})));
            TOUCHLINE_CHECK(checkpoint(asking));
        }
        TOUCHLINE_CHECK(ask(asking, std::move(some)));
        return checkpoint(asking);
    }

    Result<void> ask(Asking& asking, std::vector<Identity> identities) {
        if (identities.empty()) return {};
        if (asking.stop.stop_requested()) return Error(Code::cancelled, "stopped on request");
        std::vector<std::string> ids, fields;
        for (const Identity& identity : identities) {
            ids.push_back(identity.ns + ":" + identity.value);
            fields.push_back(fields_of(identity));
        }
        std::vector<Subject> subjects;
        for (std::size_t i = 0; i < ids.size(); ++i) subjects.push_back({ids[i], fields[i]});
        TOUCHLINE_TRY(const auto answers, enricher_->enrich(subjects, asking.stop));
        std::string lines;
        for (std::size_t i = 0; i < answers.size(); ++i)
            TOUCHLINE_CHECK(take(asking, identities[i], subjects[i], answers[i], lines));
        if (!lines.empty())
            TOUCHLINE_CHECK(asking.sink.page({asking.stream, lines, "", Format::ndjson}));
        if (asking.place.owed.size() > k_most_owed) return not_answered(asking);
        return {};
    }

    Result<void> take(
        Asking& asking,
        const Identity& identity,
        const Subject& subject,
        const Enrichment& answer,
        std::string& lines
    ) {
        switch (answer.outcome) {
            case Enrichment::Outcome::retry:
                asking.place.owed.push_back(static_cast<std::int64_t>(identity.key));
                asking.last_failure = answer;
                return {};
            case Enrichment::Outcome::rejected:
                return asking.sink.bad_record(
                    {asking.stream, subject.id, subject.fields, answer.message}
                );
            case Enrichment::Outcome::answered:
                break;
        }
        TOUCHLINE_TRY(const auto facts, json::Document::parse(answer.facts));
        if (facts.root().text() == "{}") return {};
        json::Writer writer;
        writer.begin_object()
            .member("id", subject.id)
            .member(identity.ns, identity.value)
            .member("asked_at", format_rfc3339(clock_->now()))
            .key("facts")
            .raw(facts.root().text())
            .end_object();
        lines += writer.take() + '\n';
        return {};
    }

    static Result<void> checkpoint(Asking& asking) {
        const std::string state = asking.place.text();
        return asking.sink.checkpoint({asking.stream, k_state_version, state});
    }

    std::unique_ptr<Enricher> enricher_;
    const EnrichmentRules rules_;
    store::Store* store_;
    const Clock* clock_;
    std::vector<StreamInfo> streams_;
};

}  // namespace

std::unique_ptr<Source> make_enrichment_source(
    std::unique_ptr<Enricher> enricher,
    EnrichmentRules rules,
    store::Store& store,
    const Clock& clock
) {
    return std::make_unique<EnrichmentSource>(std::move(enricher), std::move(rules), store, clock);
}

}  // namespace touchline::ingest
