// What the view asks of a store beyond pages of a timeline: places and pins.
#include "store_contract.hpp"

#include <array>

namespace touchline::store::contract {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class ViewContract : public StoreContract {
protected:
    ViewContract() {
        write([&](Transaction& t) {
            ana_ = identity(t, "ana@example.org");
            phone_ = identity(t, "+32470000000", model::Strength::strong, "phone");
            record_ = put_record(t, "1", "{}").key;
            put(t,
                ana_,
                1,
                "case.opened",
                "support",
                R"({"id":"tp_case","kind":"case.opened","refs":[{"rel":"case","id":"T-1"}]})");
            put(t,
                phone_,
                2,
                "call.completed",
                "support",
                R"({"id":"tp_call","kind":"call.completed","refs":[{"rel":"case","id":"T-1"}]})");
            put(t,
                ana_,
                3,
                "survey.responded",
                "success",
                R"({"id":"tp_survey","kind":"survey.responded","experience":[{"measure":"nps","value":9,"by":"customer"}]})"
            );
            put(t,
                ana_,
                4,
                "message.sent",
                "support",
                R"({"id":"tp_text","kind":"message.sent","snippet":"\"experience\":[ and \"phase\":\""})"
            );
            put(t,
                phone_,
                5,
                "message.sent",
                "sales",
                R"({"id":"tp_phase","kind":"message.sent","phase":"select","phase_by":"agent"})");
        });
    }
    void put(
        Transaction& t,
        IdentityKey who,
        int when,
        const std::string& kind,
        const std::string& department,
        const std::string& data
    ) {
        put_touchpoint(
            t, record_, who, at(when), {kind, "email", department, data, std::to_string(when)}
        );
    }
    std::array<IdentityKey, 2> both() const { return {ana_, phone_}; }

    IdentityKey ana_{}, phone_{};
    RecordKey record_{};
};

INSTANTIATE_TEST_SUITE_P(Store, ViewContract, testing::ValuesIn(factories()));

TEST_P(ViewContract, TellsWhereTouchpointsStandNewestFirst) {
    const TimelinePlaces all = ok(read()->places(both(), {}));
    std::vector<std::string> kinds;
    for (const auto& place : all.places) kinds.push_back(all.kind_of(place));
    EXPECT_THAT(
        kinds,
        ElementsAre(
            "message.sent", "message.sent", "survey.responded", "call.completed", "case.opened"
        )
    );
    EXPECT_EQ(all.places.front().at, at(5));
    EXPECT_EQ(all.words[all.places.front().department], "sales");
    TimelineFilter filter;
    filter.kind = "message";
    EXPECT_THAT(ok(read()->places(both(), filter)).places, SizeIs(2));
    EXPECT_THAT(ok(read()->places({}, {})).places, IsEmpty());
}

TEST_P(ViewContract, FiltersByWhatATouchpointIsAbout) {
    TimelineFilter about;
    about.ref = "T-1";
    EXPECT_EQ(ok(read()->timeline(both(), about, 0, 10)).total, 2);
    EXPECT_THAT(ok(read()->places(both(), about)).places, SizeIs(2));
    about.kind = "call";
    EXPECT_EQ(ok(read()->timeline(both(), about, 0, 10)).total, 1);
    about.ref = "T";
    EXPECT_EQ(ok(read()->timeline(both(), about, 0, 10)).total, 0) << "the whole id";
}

TEST_P(ViewContract, PinsComeGoAndLeaveWithTheirTouchpoint) {
    const auto key = ok(read()->find_touchpoint(both(), "tp_survey"));
    ASSERT_TRUE(key);
    EXPECT_FALSE(ok(read()->find_touchpoint(std::array{phone_}, "tp_survey"))) << "somebody else's";
    EXPECT_FALSE(ok(read()->find_touchpoint(both(), "tp_surve")));
    write([&](Transaction& t) { ok(t.put_pin({*key, "lena", at(10)})); });
    write([&](Transaction& t) { ok(t.put_pin({*key, "jo", at(11)})); });
    auto pins = ok(read()->pins(both()));
    ASSERT_THAT(pins, SizeIs(1));
    EXPECT_EQ(pins[0].author, "jo");
    EXPECT_EQ(pins[0].at, at(11));
    write([&](Transaction& t) { ok(t.remove_pin(*key)); });
    EXPECT_THAT(ok(read()->pins(both())), IsEmpty());
    write([&](Transaction& t) {
        ok(t.put_pin({*key, "jo", at(12)}));
        ok(t.retract_parts(record_, {}, at(12)));
    });
    EXPECT_THAT(ok(read()->pins(both())), IsEmpty());
}

}  // namespace
}  // namespace touchline::store::contract
