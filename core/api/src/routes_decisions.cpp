#include "body.hpp"
#include "problem.hpp"
#include "routes.hpp"

#include "touchline/ingest/curation.hpp"
#include "touchline/ingest/explanation.hpp"
#include "touchline/ingest/field_choice.hpp"
#include "touchline/json/view.hpp"
#include "touchline/view/masking.hpp"
#include "touchline/view/review.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace touchline::api {
namespace {

Result<ingest::DecisionOptions> decision_options(const Call& call, json::View body) {
    ingest::DecisionOptions options;
    options.author = author_of(call, body);
    options.reason = text_of(body, "reason");
    TOUCHLINE_TRY(options.dry_run, call.flag("dry_run"));
    return options;
}

void write(
    json::Writer& writer,
    const std::vector<ingest::CustomerShape>& shapes,
    const view::Reading& reading
) {
    writer.begin_array();
    for (const ingest::CustomerShape& shape : shapes) {
        writer.begin_object().member("id", shape.id).member("touchpoints", shape.touchpoints);
        writer.key("identities").begin_array();
        for (const std::string& identity : shape.identities)
            writer.value(view::masked_identity(identity, reading));
        writer.end_array().end_object();
    }
    writer.end_array();
}

net::ServerResponse decided(
    const ingest::Decision& decision, bool dry_run, const view::Reading& reading
) {
    json::Writer writer;
    writer.begin_object().member("dry_run", dry_run).key("before");
    write(writer, decision.before, reading);
    writer.key("after");
    write(writer, decision.after, reading);
    writer.key("conflicts").begin_array();
    for (const std::string& conflict : decision.conflicts)
        writer.value(view::masked_text(conflict, reading));
    writer.end_array().key("undo_token");
    decision.undo_token.empty() ? writer.null() : writer.value(decision.undo_token);
    writer.end_object();
    return json_response(writer.take());
}

/// Whoever may not see a value names it by its key, "#17". Only the customer's own keys are known,
/// so that nobody learns others by trying.
Result<void> name_identities(const Call& call, std::vector<std::string>& identities) {
    const bool has_key = std::any_of(identities.begin(), identities.end(), [](const auto& one) {
        return one.starts_with('#');
    });
    if (!has_key) return {};
    TOUCHLINE_TRY(const auto reader, call.options.environment.store.reader());
    TOUCHLINE_TRY(const auto customer, reader->customer(call.path[0]));
    if (!customer) return Error(Code::not_found, "there is no such customer");
    TOUCHLINE_TRY(const store::Customer living, reader->resolve(customer->key));
    TOUCHLINE_TRY(const auto own, reader->identities_of(living.key));
    for (std::string& identity : identities) {
        if (!identity.starts_with('#')) continue;
        const auto found = std::find_if(own.begin(), own.end(), [&identity](const auto& one) {
            return "#" + std::to_string(static_cast<std::int64_t>(one.key)) == identity;
        });
        if (found == own.end())
            return Error(
                Code::bad_data, identity.substr(0, 24) + " is not an identity of this customer"
            );
        identity = found->ns + ":" + found->value;
    }
    return {};
}

}  // namespace

Answer get_why(const Call& call) {
    TOUCHLINE_TRY(const auto reader, call.options.environment.store.reader());
    std::optional<std::pair<std::string, std::string>> pair;
    if (!call.query("a").empty()) pair.emplace(call.query("a"), call.query("b"));
    const identity::Policy& policy = call.options.environment.policy;
    TOUCHLINE_TRY(const std::optional<Time> as_of, call.time("as_of"));
    if (pair && as_of) return Error(Code::bad_data, "give either a and b, or as_of");
    TOUCHLINE_TRY(
        const ingest::Explanation why,
        as_of ? ingest::explain_at(*reader, policy, call.path[0], *as_of)
              : ingest::explain(*reader, policy, call.path[0], pair)
    );
    json::Writer writer;
    writer.begin_object()
        .member("customer", why.customer)
        .member("summary", view::masked_text(why.summary, call.reading()))
        .key("reasons")
        .begin_array();
    for (const std::string& reason : why.reasons)
        writer.value(view::masked_text(reason, call.reading()));
    writer.end_array().key("identities").begin_array();
    for (const std::string& identity : why.identities)
        writer.value(view::masked_identity(identity, call.reading()));
    writer.end_array().end_object();
    return json_response(writer.take());
}

Answer post_field(const Call& call) {
    TOUCHLINE_TRY(const json::Document body, body_of(call));
    const ingest::Environment& environment = call.options.environment;
    const std::string &customer = call.path[0], &field = call.path[1];
    const auto value = body.root().get("value");
    if (!value) return Error(Code::bad_data, "`value` has to be there; null takes a choice back");
    if (value->is_null()) {
        TOUCHLINE_CHECK(ingest::release_field(environment, customer, field));
    } else {
        TOUCHLINE_TRY(const ingest::DecisionOptions options, decision_options(call, body.root()));
        TOUCHLINE_CHECK(ingest::choose_field(environment, customer, field, value->text(), options));
    }
    return get_customer(call);
}

Answer post_merge(const Call& call) {
    TOUCHLINE_TRY(const json::Document body, body_of(call));
    const std::string other = text_of(body.root(), "with");
    if (other.empty()) return Error(Code::bad_data, "`with` has to name the other customer");
    TOUCHLINE_TRY(const ingest::DecisionOptions options, decision_options(call, body.root()));
    TOUCHLINE_TRY(
        const ingest::Decision decision,
        ingest::merge_customers(call.options.environment, call.path[0], other, options)
    );
    return decided(decision, options.dry_run, call.reading());
}

Answer post_split(const Call& call) {
    TOUCHLINE_TRY(const json::Document body, body_of(call));
    std::vector<std::string> identities;
    if (const auto list = body.root().get("identities")) {
        for (const json::View one : list->elements())
            identities.emplace_back(one.as_string().value_or(""));
    }
    TOUCHLINE_CHECK(name_identities(call, identities));
    TOUCHLINE_TRY(const ingest::DecisionOptions options, decision_options(call, body.root()));
    TOUCHLINE_TRY(
        const ingest::Decision decision,
        ingest::split_customer(call.options.environment, call.path[0], identities, options)
    );
    return decided(decision, options.dry_run, call.reading());
}

Answer get_review(const Call& call) {
    constexpr std::array k_states = {
        store::ReviewState::open,
        store::ReviewState::later,
        store::ReviewState::same,
        store::ReviewState::not_same};
    const std::string wanted = call.query("state").empty() ? "open" : call.query("state");
    const auto state = std::find_if(k_states.begin(), k_states.end(), [&](auto one) {
        return view::to_string(one) == wanted;
    });
    if (state == k_states.end())
        return Error(Code::bad_data, "state has to be open, later, same or not_same");
    TOUCHLINE_TRY(const auto offset, call.number("offset", 0, 0, 1'000'000));
    TOUCHLINE_TRY(const auto limit, call.number("limit", 50, 1, 500));
    TOUCHLINE_TRY(const auto reader, call.options.environment.store.reader());
    TOUCHLINE_TRY(
        view::ReviewPage page, view::reviews(*reader, call.options.catalogue, *state, offset, limit)
    );
    view::mask(page, call.reading());
    json::Writer writer;
    view::write(writer, page);
    return json_response(writer.take());
}

Answer post_review(const Call& call) {
    TOUCHLINE_TRY(const json::Document body, body_of(call));
    std::int64_t number = 0;
    const std::string& text = call.path[0];
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (fault != std::errc() || end != text.data() + text.size())
        return Error(Code::not_found, "there is no review " + text);
    const std::string said = text_of(body.root(), "verdict");
    const auto verdict = said == "same"       ? std::optional(ingest::Verdict::same)
                         : said == "not_same" ? std::optional(ingest::Verdict::not_same)
                         : said == "later"    ? std::optional(ingest::Verdict::later)
                                              : std::nullopt;
    if (!verdict) return Error(Code::bad_data, "`verdict` has to be same, not_same or later");
    TOUCHLINE_TRY(const ingest::DecisionOptions options, decision_options(call, body.root()));
    TOUCHLINE_TRY(
        const ingest::Decision decision,
        ingest::decide_review(
            call.options.environment, static_cast<store::ReviewKey>(number), *verdict, options
        )
    );
    return decided(decision, options.dry_run, call.reading());
}

Answer post_undo(const Call& call) {
    TOUCHLINE_TRY(const json::Document body, body_of(call));
    TOUCHLINE_TRY(const ingest::DecisionOptions options, decision_options(call, body.root()));
    TOUCHLINE_CHECK(
        ingest::undo_decision(call.options.environment, text_of(body.root(), "undo_token"), options)
    );
    return json_response(R"({"undone":true})");
}

}  // namespace touchline::api
