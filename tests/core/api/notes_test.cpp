#include "api_bench.hpp"

namespace touchline::api {
namespace {

class Notes : public ApiBench {
protected:
    Notes() {
        start();
        ana_ = "/api/v1/customers/" + find("ana@example.org");
    }
    std::string ana_;
};

TEST_F(Notes, StandOnTheTimelineAndAmongThePins) {
    const Answer written =
        post(ana_ + "/notes", R"({"text":" Call back on Monday ","author":"lena"})");
    EXPECT_EQ(written.status, 201);
    const Answer timeline = get(ana_ + "/timeline");
    EXPECT_EQ(value(timeline, "/total"), "3");
    EXPECT_EQ(text(timeline, "/items/0/id"), text(written, "/touchpoint"));
    EXPECT_EQ(text(timeline, "/items/0/kind"), "note.added");
    EXPECT_EQ(text(timeline, "/items/0/snippet"), "Call back on Monday");
    EXPECT_EQ(value(timeline, "/items/0/internal"), "true");
    EXPECT_EQ(text(timeline, "/items/0/connection"), "touchline");
    EXPECT_EQ(text(get(ana_ + "/pins"), "/pins/0/title"), "Call back on Monday");
    EXPECT_EQ(text(get(ana_ + "/pins"), "/pins/0/author"), "lena");
}

TEST_F(Notes, AreNotEmptyAndNotEndless) {
    EXPECT_EQ(post(ana_ + "/notes", R"({"text":"  "})").status, 400);
    EXPECT_EQ(post(ana_ + "/notes", R"({"text":")" + std::string(2001, 'a') + R"("})").status, 400);
    EXPECT_EQ(post("/api/v1/customers/cu_nobody/notes", R"({"text":"a"})").status, 404);
}

TEST_F(Notes, SayThatTheyAreHtmlOnlyAsText) {
    post(ana_ + "/notes", R"({"text":"<script>alert(1)</script>"})");
    EXPECT_EQ(text(get(ana_ + "/pins"), "/pins/0/title"), "<script>alert(1)</script>");
}

TEST_F(Notes, PinsComeAndGo) {
    const std::string id = text(get(ana_ + "/timeline"), "/items/1/id");
    const auto pin = [&](const std::string& pinned) {
        return post(
            ana_ + "/pins",
            R"({"touchpoint":")" + id + R"(","author":"jo","pinned":)" + pinned + "}"
        );
    };
    EXPECT_EQ(text(pin("true"), "/pins/0/touchpoint"), id);
    EXPECT_EQ(text(get(ana_ + "/pins"), "/pins/0/title"), "where is my bike");
    EXPECT_EQ(value(pin("false"), "/pins"), "[]");
    EXPECT_EQ(pin("\"maybe\"").status, 400);
    EXPECT_EQ(post(ana_ + "/pins", R"({"touchpoint":"tp_of_nobody","pinned":true})").status, 404);
}

}  // namespace
}  // namespace touchline::api
