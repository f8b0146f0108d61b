#include "store_contract.hpp"

#include <array>

namespace touchline::store::contract {
namespace {

std::vector<std::string> data_of(const TimelinePage& page) {
    std::vector<std::string> data;
    for (const StoredTouchpoint& item : page.items) data.push_back(item.data);
    return data;
}

using testing::ElementsAre;

/// Five touchpoints on two identities, "1" the oldest.
class TimelineContract : public StoreContract {
protected:
    TimelineContract() {
        write([&](Transaction& t) {
            ana_ = identity(t, "ana@example.org");
            phone_ = identity(t, "+32470000000", model::Strength::strong, "phone");
            record_ = put_record(t, "1", "{}").key;
            put(t, ana_, 1, {"case.opened", "email", "support", R"({"subject":"Broken LAMP"})", "a"}
            );
            put(t, phone_, 2, {"call.made", "phone", "sales", R"({"snippet":"about a lamp"})", "b"}
            );
            put(t, ana_, 3, {"case.closed", "email", "support", "3", "c"});
            put(t, phone_, 4, {"casework", "web", "support", "4", "d"});
            put(t, ana_, 4, {"order.placed", "web", "shop", "5", "e"});
        });
    }
    void put(Transaction& t, IdentityKey who, int when, const TouchpointText& text) {
        put_touchpoint(t, record_, who, at(when), text);
    }
    TimelinePage timeline(
        const TimelineFilter& filter, std::int64_t offset = 0, std::int64_t limit = 50
    ) {
        const std::array keys{ana_, phone_};
        return ok(read()->timeline(keys, filter, offset, limit));
    }
    std::int64_t total(const TimelineFilter& filter) { return timeline(filter).total; }

    IdentityKey ana_{}, phone_{};
    RecordKey record_{};
};

INSTANTIATE_TEST_SUITE_P(Store, TimelineContract, testing::ValuesIn(factories()));

TEST_P(TimelineContract, MergesIdentitiesNewestFirstAndTiesByKey) {
    const TimelinePage page = timeline({}, 0, 3);
    EXPECT_EQ(page.total, 5);
    EXPECT_THAT(data_of(page), ElementsAre("5", "4", "3"));
}

TEST_P(TimelineContract, PagesByOffset) {
    EXPECT_THAT(data_of(timeline({}, 1, 2)), ElementsAre("4", "3"));
    EXPECT_THAT(data_of(timeline({}, 5, 2)), ElementsAre());
    EXPECT_EQ(timeline({}, 5, 2).total, 5);
    EXPECT_EQ(timeline({}, 0, 0).total, 5);
}

TEST_P(TimelineContract, FiltersByDepartmentKindAndChannel) {
    TimelineFilter support;
    support.department = "support";
    EXPECT_EQ(total(support), 3);
    TimelineFilter kind;
    kind.kind = "case.closed";
    EXPECT_THAT(data_of(timeline(kind)), ElementsAre("3"));
    kind.kind = "case.";
    EXPECT_EQ(total(kind), 2);
    TimelineFilter web;
    web.channel = "web";
    web.department = "shop";
    EXPECT_THAT(data_of(timeline(web)), ElementsAre("5"));
    TimelineFilter unknown;
    unknown.department = "legal";
    EXPECT_EQ(total(unknown), 0);
}

TEST_P(TimelineContract, TakesAListOfKindsFirstPartsAndBeginnings) {
    TimelineFilter filter;
    const auto of = [&](const char* kinds) {
        filter.kind = kinds;
        return total(filter);
    };
    EXPECT_EQ(of("case"), 2);
    EXPECT_EQ(of("casework"), 1);
    EXPECT_EQ(of("cas"), 0);
    EXPECT_EQ(of("case.open"), 0);
    EXPECT_EQ(of("case,call"), 3);
    EXPECT_EQ(of("case.,case.closed,order.placed"), 3);
    EXPECT_EQ(of("message,meeting"), 0);
    EXPECT_EQ(of("message,,call.made,"), 1);
}

TEST_P(TimelineContract, FiltersByTimeWithoutItsEnds) {
    TimelineFilter between;
    between.after = at(1);
    between.before = at(4);
    EXPECT_EQ(total(between), 2);
}

TEST_P(TimelineContract, FindsTextInSubjectAndSnippetWhateverTheCase) {
    TimelineFilter lamp;
    lamp.text = "Lamp";
    EXPECT_EQ(total(lamp), 2);
    lamp.department = "sales";
    EXPECT_EQ(total(lamp), 1);
    lamp.text = "subject";
    EXPECT_EQ(total(lamp), 0);
}

TEST_P(TimelineContract, CountsDepartments) {
    const std::array keys{ana_, phone_};
    const auto counts = ok(read()->departments(keys));
    ASSERT_EQ(counts.size(), 3U);
    EXPECT_EQ(counts[2].department, "support");
    EXPECT_EQ(counts[2].touchpoints, 3);
    EXPECT_EQ(counts[2].first, at(1));
    EXPECT_EQ(counts[2].last, at(4));
}

TEST_P(TimelineContract, SaysWhetherATouchpointChanged) {
    const TouchpointText text{"case.closed", "email", "support", "3", "c"};
    write([&](Transaction& t) {
        const auto same = put_touchpoint(t, record_, ana_, at(3), text);
        EXPECT_FALSE(same.changed);
        const auto moved = put_touchpoint(t, record_, phone_, at(9), text);
        EXPECT_TRUE(moved.changed);
        EXPECT_EQ(moved.key, same.key);
    });
    EXPECT_EQ(timeline({}).total, 5);
    EXPECT_EQ(timeline({}, 0, 1).total, 5);
    EXPECT_THAT(data_of(timeline({}, 0, 1)), ElementsAre("3"));
    EXPECT_EQ(ok(read()->timeline({&ana_, 1}, {}, 0, 9)).total, 2);
}

TEST_P(TimelineContract, RetractsPartsThatARecordNoLongerYields) {
    const std::vector<std::string_view> keep = {"a", "b", "d", "e"};
    TouchpointKey key{};
    write([&](Transaction& t) {
        const auto gone = ok(t.retract_parts(record_, keep, at(9)));
        ASSERT_EQ(gone.size(), 1U);
        key = gone[0];
        EXPECT_TRUE(ok(t.retract_parts(record_, keep, at(9))).empty());
    });
    EXPECT_EQ(timeline({}).total, 4);
    EXPECT_EQ(timeline({}, 0, 1).total, 4);
    EXPECT_EQ(ok(read()->counts()).touchpoints, 4);
    EXPECT_TRUE(ok(read()->touchpoint(key))->retracted);
    write([&](Transaction& t) {
        const auto back =
            put_touchpoint(t, record_, ana_, at(3), {"case.closed", "email", "support", "3", "c"});
        EXPECT_TRUE(back.changed);
        EXPECT_EQ(back.key, key);
    });
    EXPECT_EQ(timeline({}).total, 5);
    EXPECT_EQ(timeline({}, 0, 1).total, 5);
    EXPECT_FALSE(ok(read()->touchpoint(key))->retracted);
}

TEST_P(TimelineContract, FindsWhatIsMeasuredWithoutTheRest) {
    const auto rate = [&](IdentityKey who, bool annotated) {
        write([&](Transaction& t) {
            TouchpointWrite row{
                record_, "r", who, at(5), "survey.responded", "web", "support", {}, "rated"};
            row.annotated = annotated;
            ok(t.put_touchpoints({&row, 1}, at(5)));
        });
    };
    const auto found = [&](IdentityKey who) { return ok(read()->annotated({&who, 1})).size(); };
    rate(ana_, true);
    EXPECT_EQ(ok(read()->annotated({&ana_, 1})).at(0).data, "rated");
    rate(phone_, true);
    EXPECT_EQ(found(ana_), 0U);
    EXPECT_EQ(found(phone_), 1U);
    rate(ana_, false);
    EXPECT_EQ(found(phone_) + found(ana_), 0U);
}

TEST_P(TimelineContract, KnowsWhatIsNotForEverybodyWithoutTheRest) {
    const auto put = [&](IdentityKey who, std::string_view privacy) {
        write([&](Transaction& t) {
            TouchpointWrite row{record_, "s", who, at(5), "note.added", "web", "support", {}, "x"};
            row.privacy = privacy;
            ok(t.put_touchpoints({&row, 1}, at(5)));
        });
    };
    const auto found = [&](IdentityKey who) { return ok(read()->classified({&who, 1})); };
    put(ana_, "sensitive");
    ASSERT_EQ(found(ana_).size(), 1U);
    EXPECT_EQ(found(ana_)[0].privacy, "sensitive");
    put(phone_, "special");
    EXPECT_TRUE(found(ana_).empty());
    EXPECT_EQ(found(phone_).at(0).privacy, "special");
    put(ana_, "");
    EXPECT_TRUE(found(ana_).empty() && found(phone_).empty());
}

TEST_P(TimelineContract, KnowsWhenItAllBegan) {
    const std::array keys{ana_, phone_};
    EXPECT_EQ(ok(read()->first_touch(keys)), timeline({}, 0, 99).items.back().occurred_at);
    EXPECT_FALSE(ok(read()->first_touch({})).has_value());
}

TEST_P(TimelineContract, FindsWhomANumberIsAboutWhileItStands) {
    write([&](Transaction& t) {
        TouchpointWrite row{record_, "n", phone_, at(5), "order.placed", "web", "shop", {}, "6"};
        row.number = "h50001";
        ok(t.put_touchpoints({&row, 1}, at(5)));
    });
    const auto found = ok(read()->identities_about("H50001", 5));
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].key, phone_);
    EXPECT_TRUE(ok(read()->identities_about("h5000", 5)).empty());
    write([&](Transaction& t) { ok(t.retract_parts(record_, {}, at(9))); });
    EXPECT_TRUE(ok(read()->identities_about("H50001", 5)).empty());
}

TEST_P(TimelineContract, ShowsATransactionItsOwnWrites) {
    const auto transaction = ok(store_->begin());
    put_touchpoint(*transaction, record_, ana_, at(7), {"x", "y", "z", "7", "f"});
    EXPECT_EQ(ok(transaction->read().timeline({&ana_, 1}, {}, 0, 9)).total, 4);
    EXPECT_EQ(ok(transaction->read().counts()).touchpoints, 6);
    put_touchpoint(*transaction, record_, phone_, at(7), {"x", "y", "z", "7", "f"});
    EXPECT_EQ(ok(transaction->read().timeline({&ana_, 1}, {}, 0, 9)).total, 3);
}

TEST_P(TimelineContract, ReachesFarOffsetsOfALongTimeline) {
    write([&](Transaction& t) {
        std::vector<TouchpointWrite> rows;
        for (int i = 0; i < 12'000; ++i) {
            const RecordKey key = put_record(t, "long" + std::to_string(i), "{}").key;
            TouchpointWrite& row = rows.emplace_back();
            row.record = key;
            row.identity = i % 2 == 0 ? ana_ : phone_;
            row.occurred_at = at(100 + i);
            row.data = "{}";
        }
        ok(t.put_touchpoints(rows, at(0)));
    });
    const TimelinePage page = timeline({}, 10'000, 2);
    EXPECT_EQ(page.total, 12'005);
    ASSERT_EQ(page.items.size(), 2U);
    EXPECT_EQ(page.items[0].occurred_at, at(100 + 1'999));
}

}  // namespace
}  // namespace touchline::store::contract
