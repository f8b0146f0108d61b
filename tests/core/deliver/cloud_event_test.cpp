#include "touchline/deliver/cloud_event.hpp"

#include "touchline/json/view.hpp"
#include "touchline/model/touchpoint.hpp"

#include <gmock/gmock.h>

namespace touchline::deliver {
namespace {

CloudEvent example() {
    CloudEvent event;
    event.id = "tp_01.7";
    event.source = "/connections/crm-eu";
    event.type = "touchline.touchpoint.recorded";
    event.subject = "cu_7k2m";
    event.time = parse_rfc3339("2026-10-02T09:14:00Z").value();
    event.recorded = parse_rfc3339("2026-10-02T09:14:05.25Z").value();
    event.sequence = 7;
    event.dataschema = k_touchpoint_dataschema;
    event.data = R"({"kind":"call.missed"})";
    return event;
}

TEST(CloudEvent, IsWrittenAsStructuredJson) {
    EXPECT_EQ(
        to_json(example()),
        R"({"specversion":"1.0","id":"tp_01.7","source":"/connections/crm-eu",)"
        R"("type":"touchline.touchpoint.recorded","subject":"cu_7k2m","time":"2026-10-02T09:14:00Z",)"
        R"("recordedtime":"2026-10-02T09:14:05.250000Z","sequence":"0000000000000000007","partitionkey":"cu_7k2m",)"
        R"("dataschema":"https://touchline.example/schema/touchpoint/1-0","datacontenttype":"application/json",)"
        R"("data":{"kind":"call.missed"}})"
    );
}

TEST(CloudEvent, LeavesOutWhatDescribesDataWhereThereIsNone) {
    auto event = example();
    event.data = {};
    const auto text = to_json(event);
    EXPECT_THAT(text, testing::Not(testing::HasSubstr("data")));
    EXPECT_TRUE(json::Document::parse(text));
}

TEST(CloudEvent, SequencesSortAsTextInTheOrderOfThePositions) {
    auto early = example(), late = example();
    early.sequence = 99;
    late.sequence = 100;
    const auto sequence = [](const CloudEvent& event) {
        return std::string(
            json::Document::parse(to_json(event))->root().get("sequence")->as_string().value()
        );
    };
    EXPECT_LT(sequence(early), sequence(late));
}

TEST(CloudEvent, NamesTheSchemaThatIsPublished) {
    const auto schema = json::Document::parse(model::touchpoint_json_schema());
    EXPECT_EQ(schema->root().get("$id")->as_string(), k_touchpoint_dataschema);
}

TEST(ConnectionSource, EncodesWhatAUriCannotHold) {
    EXPECT_EQ(connection_source("crm-eu"), "/connections/crm-eu");
    EXPECT_EQ(connection_source("a b/ü"), "/connections/a%20b%2F%C3%BC");
}

}  // namespace
}  // namespace touchline::deliver
