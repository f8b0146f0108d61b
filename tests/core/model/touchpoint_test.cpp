#include "touchline/model/touchpoint.hpp"

#include <gtest/gtest.h>

#include <regex>

namespace touchline::model {
namespace {

Touchpoint survey() {
    Touchpoint touchpoint;
    touchpoint.kind = "survey.responded";
    touchpoint.channel = "email";
    touchpoint.occurred_at = *parse_rfc3339("2026-10-02T09:14:00Z");
    touchpoint.identities = {{"email", "ana@example.org", Role::subject, Trust::verified}};
    touchpoint.refs = {
        {"survey", "post-delivery-q3", "", ""},
        {"order", "1001", "Order 1001", "https://shop.example/1001"}};
    touchpoint.snippet = "Fast, but the box was damaged.";
    touchpoint.amount = Amount{"12.50", "EUR", "gross"};
    touchpoint.owner.department = "logistics";
    Experience nps;
    nps.measure = "nps";
    nps.value = 8;
    nps.min = 0;
    nps.max = 10;
    nps.by = "customer";
    touchpoint.experience = {nps};
    touchpoint.source.connection = "survey-eu";
    touchpoint.source.stream = "response";
    touchpoint.source.external_id = "r_991";
    touchpoint.source.ingested_at = *parse_rfc3339("2026-10-02T09:14:05Z");
    touchpoint.ext = R"({"acme":{"warehouse":"LIS2"}})";
    touchpoint.id = touchpoint_id("default", touchpoint.source);
    return touchpoint;
}

std::string json_of(const Touchpoint& touchpoint) {
    json::Writer writer;
    write(writer, touchpoint);
    return writer.take();
}

std::string fault_of(const Touchpoint& touchpoint) {
    const auto result = validate(touchpoint);
    return result ? "" : result.error().text();
}

TEST(TouchpointId, IsTheSameForTheSameRecordAndNoOther) {
    const Source a = survey().source;
    EXPECT_TRUE(std::regex_match(touchpoint_id("default", a), std::regex("^tp_[0-9a-z]{26}$")));
    EXPECT_EQ(touchpoint_id("default", a), touchpoint_id("default", a));
    EXPECT_NE(touchpoint_id("default", a), touchpoint_id("other", a));
    Source moved = a;  // the same characters, cut elsewhere
    moved.stream = "responser";
    moved.external_id = "_991";
    EXPECT_NE(touchpoint_id("default", a), touchpoint_id("default", moved));
}

TEST(Touchpoint, ReadsBackWhatItWrote) {
    const std::string once = json_of(survey());
    const auto document = json::Document::parse(once);
    ASSERT_TRUE(document);
    const auto read = read_touchpoint(document->root());
    ASSERT_TRUE(read);
    EXPECT_EQ(json_of(*read), once);
    EXPECT_EQ(read->identities.front().trust, Trust::verified);
}

TEST(Touchpoint, AcceptsTheWorkedExample) {
    EXPECT_EQ(fault_of(survey()), "");
}

TEST(Touchpoint, NamesThePlaceOfEachFault) {
    const auto with = [](auto change) {
        Touchpoint touchpoint = survey();
        change(touchpoint);
        return fault_of(touchpoint);
    };
    EXPECT_EQ(with([](auto& t) { t.kind = "Opened"; }), "/kind: \"Opened\" is not a kind");
    EXPECT_EQ(
        with([](auto& t) { t.kind = "y.acme.demo.given"; }),
        "/kind: \"y.acme.demo.given\" is not a kind"
    );
    EXPECT_EQ(with([](auto& t) { t.kind = "x.acme2.demo.given"; }), "");
    EXPECT_EQ(with([](auto& t) { t.channel = "fax"; }), "/channel: \"fax\" is not a channel");
    EXPECT_EQ(with([](auto& t) { t.channel = "x.fax"; }), "");
    EXPECT_EQ(
        with([](auto& t) { t.occurred_at = *parse_rfc3339("9999-01-01T00:00:00Z"); }),
        "/occurred_at: 9999-01-01T00:00:00Z is outside the years 1900 to 2199"
    );
    EXPECT_EQ(with([](auto& t) { t.identities.clear(); }), "/identities: no identity is left");
    EXPECT_EQ(
        with([](auto& t) { t.identities[0].ns = "E-mail"; }),
        "/identities/ns: \"E-mail\" is not a namespace"
    );
    EXPECT_EQ(
        with([](auto& t) { t.amount->value = "12,50"; }),
        "/amount/value: \"12,50\" is not a decimal number"
    );
    EXPECT_EQ(
        with([](auto& t) { t.amount->currency = "euro"; }),
        "/amount/currency: \"euro\" is not an ISO 4217 code"
    );
    EXPECT_EQ(
        with([](auto& t) { t.experience[0].value = 11; }), "/experience/value: outside its scale"
    );
    EXPECT_EQ(
        with([](auto& t) { t.subject.assign(201, 'x'); }), "/subject: longer than 200 characters"
    );
    EXPECT_EQ(
        with([](auto& t) {
            t.subject.clear();
            for (int i = 0; i < 200; ++i) t.subject += "é";
        }),
        ""
    );
    EXPECT_EQ(
        with([](auto& t) { t.status = "opened"; }),
        "/status: \"opened\" is not one of open, waiting, done, failed, cancelled"
    );
}

TEST(TouchpointSchema, IsEmbeddedAndIsJson) {
    const auto schema = json::Document::parse(touchpoint_json_schema());
    ASSERT_TRUE(schema);
    EXPECT_EQ(
        json::find(schema->root(), "/properties/schema/const")->as_string(), k_touchpoint_schema
    );
}

}  // namespace
}  // namespace touchline::model
