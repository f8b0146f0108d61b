#include "touchline/mapping/cases.hpp"

#include "fixture.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace touchline::mapping {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;
using testing::touchpoint_with;

Result<std::string> no_files(std::string_view path) {
    return Error(Code::not_found, "there is no file " + std::string(path));
}

std::vector<CaseResult> run(const std::string& tests, const Loader& load = no_files) {
    const std::string yaml =
        touchpoint_with("refs: [{rel: thread, id: =id}]") + "  subject: =s\n" + tests;
    return run_tests(testing::mapping_of(yaml), load);
}

TEST(Cases, MatchASubsetUnlessExact) {
    const auto results = run(R"(tests:
  - {name: subset, in: {id: 7}, out: [{kind: case.opened, refs: [{id: "7"}]}]}
  - {name: absent, in: {id: 7}, out: [{subject: null}]}
  - {name: exact, in: {id: 7}, exact: true, out: [{kind: case.opened}]}
)");
    ASSERT_THAT(results, SizeIs(3));
    EXPECT_TRUE(results[0].passed());
    EXPECT_TRUE(results[1].passed());
    EXPECT_FALSE(results[2].passed());
    EXPECT_EQ(results[2].name, "exact");
    EXPECT_EQ(results[2].place.line, 13);
    EXPECT_EQ(results[2].differences[0].expected, "(absent)");
}

TEST(Cases, SayWhereAnOutputDiffers) {
    const auto results = run(R"(tests:
  - {name: differs, in: {id: 7, s: a}, out: [{kind: case.reopened, refs: [{rel: case}, {rel: order}], phase: use}]}
)");
    ASSERT_THAT(results[0].differences, SizeIs(4));
    const auto& found = results[0].differences;
    EXPECT_EQ(found[0].pointer, "kind");
    EXPECT_EQ(found[0].expected, "\"case.reopened\"");
    EXPECT_EQ(found[0].got, "\"case.opened\"");
    EXPECT_EQ(found[1].pointer, "refs[0].rel");
    EXPECT_EQ(found[2].pointer, "refs[1]");
    EXPECT_EQ(found[2].got, "(absent)");
    EXPECT_EQ(found[3].pointer, "phase");
}

TEST(Cases, CountTheOutputs) {
    const auto results = run("tests:\n  - {name: none, in: {}, out: []}\n");
    ASSERT_THAT(results[0].differences, SizeIs(1));
    EXPECT_EQ(results[0].differences[0].pointer, "out[0]");
}

TEST(Cases, ExpectErrors) {
    const auto results = run(R"(tests:
  - {name: right, in: {at: x}, error: is not a time}
  - {name: wrong, in: {at: x}, error: is not an amount}
  - {name: broken, in: {at: x}, out: []}
)");
    EXPECT_TRUE(results[0].passed());
    EXPECT_EQ(results[1].differences[0].got, R"("set.occurred_at: \"x\" is not a time")");
    EXPECT_EQ(results[2].error->text(), "set.occurred_at: \"x\" is not a time");
}

TEST(Cases, ReadRecordsFromFiles) {
    const std::string tests =
        "tests:\n  - {name: file, in: {file: a.json}, out: [{subject: from file}]}\n";
    EXPECT_TRUE(
        run(tests, [](std::string_view) { return Result<std::string>(R"({"s": "from file"})"); })[0]
            .passed()
    );
    EXPECT_EQ(run(tests)[0].error->text(), "reading a.json: there is no file a.json");
}

}  // namespace
}  // namespace touchline::mapping
