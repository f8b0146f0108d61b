// Questions that are worth a person's time.
#include "workbench.hpp"

#include "touchline/ingest/curation.hpp"
#include "touchline/view/review.hpp"

namespace touchline::view {
namespace {

/// A customer for each letter, with an e-mail address and as many messages.
class ReviewQueue : public ingest::Workbench {
protected:
    void customers(const std::string& letters, int messages = 1) {
        std::string rows;
        for (const char letter : letters) {
            for (int i = 0; i < messages; ++i) {
                const std::string user(1, letter);
                rows += std::string(rows.empty() ? "" : ",") + R"({"id":")" + user +
                        std::to_string(i) + R"(","user":")" + user + R"(","email":")" + user +
                        R"(@example.org","at":"2026-10-01T08:00:00Z","subject":"x"})";
            }
        }
        run(plan("desk", k_events), {"[" + rows + "]"});
    }
    store::IdentityKey key(const std::string& ns, const std::string& value) {
        return (*reader()->find_identity(ns, value))->key;
    }
    void ask(
        store::IdentityKey a, store::IdentityKey b, double bits, std::int64_t touchpoints = 1
    ) {
        const auto transaction = std::move(*store_->begin());
        store::Review review;
        review.a = std::min(a, b);
        review.b = std::max(a, b);
        review.bits = bits;
        review.touchpoints = touchpoints;
        ASSERT_TRUE(transaction->put_review(review));
        ASSERT_TRUE(transaction->commit());
    }
    void ask(char a, char b, double bits, std::int64_t touchpoints = 1) {
        ask(key("desk.user", std::string(1, a)),
            key("desk.user", std::string(1, b)),
            bits,
            touchpoints);
    }
    ReviewPage open(std::int64_t offset = 0, std::int64_t limit = 50) {
        auto page = reviews(*reader(), catalogue_, store::ReviewState::open, offset, limit);
        EXPECT_TRUE(page) << page.error().text();
        return std::move(*page);
    }
    std::string names(const ReviewPage& page) {
        std::string text;
        for (const ReviewItem& item : page.items)
            text += item.a.identity.back() + std::string(1, item.b.identity.back()) + " ";
        return text;
    }

    Catalogue catalogue_;
};

TEST_F(ReviewQueue, HasFullPagesWhateverIsSettled) {
    customers("abcdefgh");
    // The busiest questions are settled: the two came together meanwhile.
    ask(key("desk.user", "a"), key("email", "a@example.org"), 9, 100);
    ask(key("desk.user", "b"), key("email", "b@example.org"), 9, 100);
    ask('a', 'b', 9, 5);
    ask('c', 'd', 9, 4);
    ask('e', 'f', 9, 3);
    ask('g', 'h', 9, 2);
    const ReviewPage first = open(0, 2), second = open(2, 2);
    EXPECT_EQ(names(first), "ab cd ");
    EXPECT_EQ(names(second), "ef gh ");
    EXPECT_EQ(first.total, 4);
    EXPECT_EQ(names(open(4, 2)), "");
}

TEST_F(ReviewQueue, AsksOnceAboutTwoCustomers) {
    customers("ab");
    ask('a', 'b', 3);
    ask(key("email", "a@example.org"), key("email", "b@example.org"), 8);
    const ReviewPage page = open();
    ASSERT_EQ(page.items.size(), 1U);
    EXPECT_EQ(page.items[0].review.bits, 8);
}

TEST_F(ReviewQueue, PutsWhatMovesMostFirst) {
    customers("abcdef");
    ask('a', 'b', 9, 10);
    ask('c', 'd', 9, 500);
    ask('e', 'f', -3, 500);
    EXPECT_EQ(names(open()), "cd ef ab ") << "500 at one to eight are still more than 10";
}

TEST_F(ReviewQueue, AsksAboutNobodyTooOften) {
    customers("abcdef");
    catalogue_.questions_per_customer = 2;
    for (const char other : std::string("bcdef")) ask('a', other, 9, 'z' - other);
    EXPECT_EQ(names(open()), "ab ac ");
    EXPECT_EQ(open().total, 2);
}

TEST_F(ReviewQueue, AsksNothingThatAPersonHasAnswered) {
    customers("abc");
    ask('a', 'b', 9);
    ask(key("email", "a@example.org"), key("email", "b@example.org"), 8);
    const auto decision = ingest::decide_review(
        environment_,
        open().items.at(0).review.key,
        ingest::Verdict::not_same,
        {"eva", "sisters", false}
    );
    ASSERT_TRUE(decision);
    EXPECT_EQ(open().total, 0);
    ASSERT_TRUE(ingest::undo_decision(environment_, decision->undo_token, {"eva", "", false}));
    EXPECT_EQ(open().total, 1) << "taken back, so it is a question again";
}

}  // namespace
}  // namespace touchline::view
