#include "fixture.hpp"

#include "touchline/mapping/expression.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace touchline::mapping {
namespace {

using ::testing::ElementsAre;
using testing::problems_of;
using testing::touchpoint_with;

TEST(Expression, PointsAtTheColumnOfAMistake) {
    const auto broken = Expression::compile("a.b[?c = 'd']");
    ASSERT_FALSE(broken);
    EXPECT_EQ(broken.error().code(), Code::bad_data);
    EXPECT_EQ(broken.error().place()->column, 8);
    EXPECT_EQ(broken.error().message(), "\"=\" compares nothing; write \"==\" (syntax)");
    EXPECT_EQ(
        Expression::compile("n > 5").error().message(),
        "a number is written in backticks here: `5` (syntax)"
    );
    EXPECT_EQ(
        Expression::compile("trunc(a)").error().message(),
        "there is no function trunc() (unknown-function)"
    );
    EXPECT_EQ(Expression::compile("lowr(a)").error().cure(), "did you mean \"lower\"?");
    EXPECT_EQ(
        Expression::compile("truncate(a)").error().message(),
        "truncate() is called with 1 argument; it is truncate(text, count) (invalid-arity)"
    );
}

TEST(Mapping, SaysHowToNegateWhatIsInsideOfARecord) {
    EXPECT_THAT(
        problems_of(touchpoint_with("subject: =!record.deleted")),
        ElementsAre(::testing::HasSubstr("write parentheses, as in !(record.deleted)"))
    );
    EXPECT_THAT(
        problems_of(touchpoint_with("subject: =!items[?open].name || record.name")),
        ElementsAre(::testing::HasSubstr("nothing is inside of true or false"))
    );
}

TEST(Mapping, ReportsEveryProblemAtItsPlace) {
    EXPECT_THAT(
        problems_of(R"(emit: touchpoint
version: 2
whre: =a
set:
  kind: =status ==
  chanel: email
  direction: inbond
  occurred_at: =tme(created)
  identities: [{ns: email, valu: =email}]
)"),
        ElementsAre(
            "2:10 version 2 is unknown here (write version: 1)",
            "3:1 unknown key \"whre\" in the mapping (did you mean \"where\"?)",
            "5:3 set.channel is missing (write the medium, like email, phone or web; unknown if "
            "nobody can tell)",
            "5:19 set.kind: the expression ends too early (syntax)",
            "6:3 unknown key \"chanel\" in set (did you mean \"channel\"?)",
            "7:14 set.direction: \"inbond\" is not one of inbound, outbound, internal, system (did "
            "you mean \"inbound\"?)",
            "8:17 set.occurred_at: there is no function tme() (unknown-function) (did you mean "
            "\"time\"?)",
            "9:16 set.identities[0].value is missing",
            "9:28 unknown key \"valu\" in set.identities[0] (did you mean \"value\"?)"
        )
    );
}

TEST(Mapping, CountsColumnsInsideQuotedExpressions) {
    EXPECT_THAT(
        problems_of(touchpoint_with("subject: \"=a || \"")),
        ElementsAre("3:19 set.subject: the expression ends too early (syntax)")
    );
}

TEST(Mapping, SaysWhatARuleLacks) {
    EXPECT_THAT(
        problems_of("set: {kind: case.opened}\n"),
        ElementsAre("1:1 the mapping has no emit (write emit: touchpoint, fact or link)")
    );
    EXPECT_THAT(
        problems_of("emit: fact\nset: {identities: [{ns: a, value: =a}], observed_at: =t}\n"),
        ElementsAre(
            "2:6 set has no field and value (write both, or fields: {email: =email} beside set for "
            "several facts)"
        )
    );
    EXPECT_THAT(
        problems_of("rules:\n  - emit: link\n    set: {a: {ns: a, value: =a}}\n"),
        ElementsAre("3:10 rules[0].set.b is missing (write the other identity, like {ns: "
                    "crm.contact, value: "
                    "=id})")
    );
}

TEST(Mapping, KnowsTheTablesOfTheFile) {
    EXPECT_THAT(
        problems_of(
            "lookups: {medium: {a: b}}\n" + touchpoint_with("platform: {from: =x, lookup: medum}")
        ),
        ElementsAre("4:32 set.platform: there is no table \"medum\" under lookups (did you mean "
                    "\"medium\"?)")
    );
    EXPECT_THAT(
        problems_of(touchpoint_with("platform: \"=lookup(x, 'nope')\"")),
        ElementsAre("3:25 set.platform: there is no table \"nope\" under lookups")
    );
}

TEST(Mapping, WantsTheFormThatAMemberHas) {
    EXPECT_THAT(
        problems_of(touchpoint_with("refs: {rel: case, id: =id}")),
        ElementsAre("3:9 set.refs must be a list (put [ ] around it, or \"- \" before it)")
    );
    EXPECT_THAT(
        problems_of(touchpoint_with("owner: support")),
        ElementsAre("3:10 set.owner must be keys with values, not \"support\"")
    );
    EXPECT_THAT(
        problems_of(touchpoint_with("subject: {a: b}")),
        ElementsAre("3:12 set.subject must be one value, not keys with values")
    );
}

}  // namespace
}  // namespace touchline::mapping
