#include "answer_meanings.hpp"

#include <gtest/gtest.h>

namespace touchline::host {
namespace {

const std::vector<AnswerDeclaration> k_declared{
    {403, "/0/errorCode", {"REQUEST_LIMIT_EXCEEDED"}, 429},
    {400, "/error/code", {"190"}, 401},
    {400, "/error/code", {"4", "17"}, 429}};

int meaning(int status, const std::string& body) {
    return status_reader(k_declared)({status, {}, body, ""});
}

TEST(AnswerMeanings, AreReadOutOfTheBody) {
    EXPECT_EQ(meaning(403, R"([{"errorCode": "REQUEST_LIMIT_EXCEEDED"}])"), 429);
    EXPECT_EQ(meaning(400, R"({"error": {"code": 190}})"), 401);
    EXPECT_EQ(meaning(400, R"({"error": {"code": "17"}})"), 429);
}

TEST(AnswerMeanings, AreTheStatusWhereNothingElseIsSaid) {
    EXPECT_EQ(meaning(403, R"([{"errorCode": "INSUFFICIENT_ACCESS"}])"), 403);
    EXPECT_EQ(meaning(403, "<html>"), 403);
    EXPECT_EQ(meaning(400, R"({"error": {"code": 100}})"), 400);
    EXPECT_EQ(meaning(200, R"({"error": {"code": 190}})"), 200) << "of another status";
    EXPECT_FALSE(status_reader({}));
}

}  // namespace
}  // namespace touchline::host
