#include "touchline/mapping/runner.hpp"

#include "fixture.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace touchline::mapping {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::map;
using ::testing::SizeIs;
using testing::touchpoint_with;

model::Touchpoint one(const testing::Mapped& mapped) {
    EXPECT_EQ(mapped.error, "");
    EXPECT_THAT(mapped.output.touchpoints, SizeIs(1));
    return mapped.output.touchpoints.empty() ? model::Touchpoint() : mapped.output.touchpoints[0];
}

constexpr std::string_view k_tickets = R"yaml(
emit: touchpoint
each: =audits
where: =status_to != 'ignored'
part: =id
lookups: {medium: {voice: phone, web_widget: chat}}
set:
  kind:        {when: [["=status_to == 'solved'", case.solved], ["=status_from == 'solved'", case.reopened]], else: case.opened}
  channel:     {from: =via.channel, lookup: medium, else: email}
  direction:   inbound
  occurred_at: =created_at
  identities:  [{ns: zendesk.user, value: =requester_id}, {ns: email, value: =requester.email, trust: verified}]
  refs:        [{rel: case, id: =record.id, url: "=format('https://{}.zendesk.com/agent/tickets/{}', settings.subdomain, record.id)"
}]
  subject:     "=truncate(subject, 12)"
  amount:      "=money(total, 'eur', 2)"
  owner:       {employee: =assignee.email}
  experience:  [{measure: csat, value: =score, min: 1, max: 5, by: customer}]
  ext:         {zendesk: {priority: =priority, group: =group}, empty: {nothing: =nothing}}
)yaml";

constexpr std::string_view k_ticket = R"({
  "id": 48211, "subject": "Box arrived damaged", "requester_id": 55, "requester": {"email": "ana@example.org"},
  "via": {"channel": "voice"}, "total": 1999, "assignee": {"email": "bo@acme.example"}, "score": "4", "priority": 3,
  "audits": [
    {"id": 1, "created_at": "2026-10-02T09:14:00Z", "status_to": "open"},
    {"id": 2, "created_at": "2026-10-02 10:14:00", "status_to": "solved", "via": {"channel": "api"}},
    {"id": 3, "created_at": "x", "status_to": "ignored"},
    {"id": 4, "created_at": "2026-10-03", "status_from": "solved", "subject": "Again", "score": null}
  ]})";

TEST(Runner, MakesOneTouchpointOfEachElement) {
    const auto mapped = map(k_tickets, k_ticket, R"({"subdomain": "halden"})");
    ASSERT_EQ(mapped.error, "");
    ASSERT_THAT(mapped.output.touchpoints, SizeIs(3));
    const auto& opened = mapped.output.touchpoints[0];
    EXPECT_EQ(opened.kind, "case.opened");
    EXPECT_EQ(opened.channel, "phone");
    EXPECT_EQ(opened.subject, "Box arrived…");
    EXPECT_EQ(opened.identities[0].value, "55");
    EXPECT_EQ(opened.identities[1].trust, model::Trust::verified);
    EXPECT_EQ(opened.refs[0].url, "https://halden.zendesk.com/agent/tickets/48211");
    EXPECT_EQ(opened.amount->value, "19.99");
    EXPECT_EQ(opened.amount->currency, "EUR");
    EXPECT_EQ(opened.owner.employee, "bo@acme.example");
    EXPECT_EQ(opened.owner.department, "support");
    EXPECT_EQ(opened.experience[0].value, 4);
    EXPECT_EQ(opened.ext, R"({"zendesk":{"priority":3}})");
    EXPECT_EQ(opened.source.part, "1");
    EXPECT_EQ(opened.id, model::touchpoint_id("acme", opened.source));
}

TEST(Runner, ResolvesNamesInTheElementFirstAndThenInTheRecord) {
    const auto mapped = map(k_tickets, k_ticket);
    ASSERT_EQ(mapped.error, "");
    EXPECT_EQ(mapped.output.touchpoints[1].channel, "email");
    EXPECT_EQ(mapped.output.touchpoints[2].subject, "Again");
    EXPECT_THAT(mapped.output.touchpoints[2].experience, IsEmpty())
        << "null in the element hides the record's";
    EXPECT_EQ(mapped.output.touchpoints[2].refs[0].url, "")
        << "a missing setting leaves the link out";
}

TEST(Runner, LeavesRecordAndSettingsToTheRecordsOwnMembers) {
    const auto own = one(map(touchpoint_with("subject: =settings"), R"({"settings": "mine"})"));
    EXPECT_EQ(own.subject, "mine");
    const auto ours = one(map(touchpoint_with("subject: =settings.a"), "{}", R"({"a": "given"})"));
    EXPECT_EQ(ours.subject, "given");
    const auto source = one(map(
        touchpoint_with("subject: \"=format('{}/{}', source.stream, source.department)\""), "{}"
    ));
    EXPECT_EQ(source.subject, "tickets/support");
}

TEST(Runner, DropsIdentitiesWithoutValue) {
    const auto yaml = touchpoint_with("subject: x") + "  phase: use\n";
    const auto touchpoint = one(map(yaml, R"({"email": "bo@example.org"})"));
    EXPECT_THAT(touchpoint.identities, SizeIs(1));
    EXPECT_EQ(touchpoint.phase_by, "mapping");
    const auto none =
        map(R"(
emit: touchpoint
set: {kind: case.opened, channel: email, direction: inbound, occurred_at: 2026-10-02, identities: [{ns: email, value: =a}, {ns: phone, value: =b}]}
)",
            R"({"b": ""})");
    EXPECT_EQ(none.error, "set.identities: none of the 2 identities has a value in this record");
    EXPECT_EQ(none.place.line, 3);
}

TEST(Runner, EmitsOneFactForEachFieldThatHasAValue) {
    const auto mapped = map(
        R"(
emit: fact
set: {identities: [{ns: crm.contact, value: =id}], observed_at: =updated}
fields: {name.full: =name, email: =email, address.postal: {city: =city, street: =street}, company.name: =company}
)",
        R"({"id": 7, "updated": "2026-10-02T09:14:00Z", "name": "Ana", "email": "", "city": "Lisboa"})"
    );
    ASSERT_EQ(mapped.error, "");
    ASSERT_THAT(mapped.output.facts, SizeIs(2));
    EXPECT_EQ(mapped.output.facts[0].field, "name.full");
    EXPECT_EQ(mapped.output.facts[0].value, "\"Ana\"");
    EXPECT_EQ(mapped.output.facts[1].value, R"({"city":"Lisboa"})");
    EXPECT_EQ(mapped.output.facts[1].identities[0].ns, "crm.contact");
}

TEST(Runner, RunsEveryRuleOfTheFile) {
    const auto mapped =
        map(R"(
rules:
  - emit: link
    set: {a: {ns: crm.contact, value: =id}, b: {ns: email, value: =email}, rule: source@1}
  - emit: link
    set: {a: {ns: crm.contact, value: =id}, b: {ns: phone, value: =phone}}
  - emit: fact
    where: =email
    set: {identities: [{ns: crm.contact, value: =id}], field: email, value: =email, observed_at: =source.ingested_at}
)",
            R"({"id": 7, "email": "ana@example.org"})");
    ASSERT_EQ(mapped.error, "");
    ASSERT_THAT(mapped.output.links, SizeIs(1));
    EXPECT_EQ(mapped.output.links[0].b.value, "ana@example.org");
    EXPECT_EQ(mapped.output.links[0].asserted_at, mapped.output.links[0].source.ingested_at);
    ASSERT_THAT(mapped.output.facts, SizeIs(1));
    EXPECT_EQ(mapped.output.facts[0].observed_at, mapped.output.facts[0].source.ingested_at);
}

TEST(Runner, NamesTheKeyAndThePlaceOfWhatIsWrong) {
    const auto late = map(touchpoint_with("subject: x"), R"({"at": "tomorrow"})");
    EXPECT_EQ(late.error, "set.occurred_at: \"tomorrow\" is not a time");
    EXPECT_EQ(late.place.line, 7);
    EXPECT_EQ(late.place.column, 16);
    const auto number = map(touchpoint_with("subject: x"), R"({"at": 1790932440})");
    EXPECT_EQ(number.error, "set.occurred_at: 1790932440 is a number, not a time");
    const auto list = map(touchpoint_with("subject: =tags"), R"({"tags": ["a"]})");
    EXPECT_EQ(list.error, "set.subject: [\"a\"] is a list, not text");
    const auto inside = map(touchpoint_with("subject: =lower(tags)"), R"({"tags": ["a"]})");
    EXPECT_EQ(
        inside.error, "set.subject: lower() takes text, but got a list: [\"a\"] (invalid-type)"
    );
    EXPECT_EQ(inside.place.column, 13);
    const auto identity =
        map(touchpoint_with("refs: [{rel: order, id: =o}]"), R"({"o": {"a": 1}})");
    EXPECT_EQ(identity.error, "set.refs[0].id: {\"a\":1} is an object, not text");
    EXPECT_EQ(identity.place.column, 27);
    const auto long_text =
        map(touchpoint_with("subject: =s"), R"({"s": ")" + std::string(201, 'x') + R"("})");
    EXPECT_THAT(long_text.error, HasSubstr("set.subject: longer than 200 characters"));
}

TEST(Runner, LeavesTheOutputAsItWasWhenARecordFails) {
    const auto mapping = testing::mapping_of(k_tickets);
    const auto good = json::Document::parse(k_ticket);
    const auto bad = json::Document::parse(
        R"({"id": 1, "requester_id": 5, "audits": [{"id": 1, "created_at": "2026-10-02"}, {"id": 2, "created_at": "?"}]})"
    );
    model::Source source;
    source.external_id = "1";
    const Context context{.tenant = "acme", .source = source};
    Runner runner;
    Output output;
    ASSERT_TRUE(runner.run(mapping, context, good->root(), output));
    EXPECT_FALSE(runner.run(mapping, context, bad->root(), output));
    EXPECT_THAT(output.touchpoints, SizeIs(3));
}

TEST(Runner, TakesEachFromNothingAndFromAnythingButAList) {
    const std::string yaml = "each: =items\n" + touchpoint_with("subject: '=@'");
    EXPECT_TRUE(map(yaml, "{}").output.empty());
    EXPECT_EQ(map(yaml, R"({"items": ["a", "b"]})").output.touchpoints[1].subject, "b");
    EXPECT_EQ(map(yaml, R"({"items": 5})").error, "each: 5 is a number, not a list");
}

}  // namespace
}  // namespace touchline::mapping
