#include "store_contract.hpp"

#include <array>

namespace touchline::store::contract {
namespace {

class LinkContract : public StoreContract {
protected:
    LinkContract() {
        write([&](Transaction& t) {
            a_ = identity(t, "a");
            b_ = identity(t, "b", model::Strength::strong);
            c_ = identity(t, "c");
            name_ = identity(t, "ana", model::Strength::weak, "name");
        });
    }
    Transaction::LinkWritten put(Transaction& t, const LinkWrite& link) {
        return ok(t.put_links({&link, 1}, at(5))).at(0);
    }
    std::vector<IdentityKey> withdraw(Transaction& t, const LinkWrite& link) {
        return ok(t.withdraw_links({&link, 1}, at(6)));
    }
    std::vector<StoredLink> links(IdentityKey key, bool with_retracted = false) {
        return ok(read()->links_of({&key, 1}, with_retracted));
    }

    IdentityKey a_{}, b_{}, c_{}, name_{};
};

INSTANTIATE_TEST_SUITE_P(Store, LinkContract, testing::ValuesIn(factories()));

TEST_P(LinkContract, CountsTheRecordsThatSayTheSame) {
    write([&](Transaction& t) {
        const auto first = put(t, link_between(a_, b_));
        EXPECT_TRUE(first.inserted);
        const auto turned = put(t, link_between(b_, a_));
        EXPECT_FALSE(turned.inserted);
        EXPECT_EQ(turned.key, first.key);
        LinkWrite other = link_between(a_, b_);
        other.rule = "same_phone@1";
        EXPECT_TRUE(put(t, other).inserted);
    });
    ASSERT_EQ(links(a_).size(), 2U);
    EXPECT_EQ(links(b_)[0].support, 2);
    EXPECT_EQ(ok(read()->counts()).links, 2);
}

TEST_P(LinkContract, RetractsALinkWhenTheLastSupportIsWithdrawn) {
    write([&](Transaction& t) {
        put(t, link_between(a_, b_));
        put(t, link_between(a_, b_));
        EXPECT_TRUE(withdraw(t, link_between(a_, b_)).empty());
        EXPECT_THAT(withdraw(t, link_between(b_, a_)), testing::ElementsAre(a_, b_));
        EXPECT_TRUE(withdraw(t, link_between(a_, b_)).empty());
    });
    EXPECT_TRUE(links(a_).empty());
    ASSERT_EQ(links(a_, true).size(), 1U);
    EXPECT_EQ(links(a_, true)[0].retracted_at, at(6));
    EXPECT_EQ(ok(read()->counts()).links, 0);
}

TEST_P(LinkContract, KeepsTheHistoryOfALinkThatComesBack) {
    write([&](Transaction& t) {
        put(t, link_between(a_, b_));
        withdraw(t, link_between(a_, b_));
        EXPECT_TRUE(put(t, link_between(a_, b_)).inserted);
    });
    EXPECT_EQ(links(b_).size(), 1U);
    EXPECT_EQ(links(b_, true).size(), 2U);
}

TEST_P(LinkContract, RetractsByKeyWithAReason) {
    LinkKey key{};
    write([&](Transaction& t) {
        LinkWrite link = link_between(a_, b_);
        link.evidence = put_record(t, "17", "{}").key;
        link.score = 0.5;
        key = put(t, link).key;
        ok(t.retract_link(key, "two people", at(7)));
        ok(t.retract_link(key, "again", at(8)));
    });
    const auto link = ok(read()->link(key));
    ASSERT_TRUE(link.has_value());
    EXPECT_EQ(link->reason, "two people");
    EXPECT_EQ(link->retracted_at, at(7));
    EXPECT_EQ(link->recorded_at, at(5));
    EXPECT_EQ(link->asserted_at, at(0));
    EXPECT_EQ(link->evidence, "crm/contacts/17");
    EXPECT_EQ(link->score, 0.5);
    EXPECT_FALSE(ok(read()->link(static_cast<LinkKey>(99))).has_value());
}

TEST_P(LinkContract, TiesNoIdentityToItself) {
    write([&](Transaction& t) { EXPECT_FALSE(put(t, link_between(a_, a_)).inserted); });
    EXPECT_TRUE(links(a_).empty());
}

TEST_P(LinkContract, FindsAllThatHangsTogetherButNotThroughWeakOnes) {
    write([&](Transaction& t) {
        put(t, link_between(a_, b_));
        LinkWrite apart = link_between(b_, c_);
        apart.polarity = model::Polarity::not_same;
        put(t, apart);
        put(t, link_between(a_, name_));
        put(t, link_between(name_, identity(t, "other")));
    });
    const Component component = ok(read()->component({&a_, 1}));
    ASSERT_EQ(component.members.size(), 3U);
    EXPECT_EQ(component.members[2].key, c_);
    ASSERT_EQ(component.links.size(), 2U);
    EXPECT_EQ(component.links[1].polarity, model::Polarity::not_same);
    ASSERT_EQ(component.names.size(), 1U);
    EXPECT_EQ(component.names[0].member, a_);
    EXPECT_EQ(component.names[0].value, "ana");
    const auto around = ok(read()->neighbours({&a_, 1}));
    ASSERT_EQ(around.size(), 2U);
    EXPECT_EQ(around[0].key, b_);
    EXPECT_EQ(around[1].key, name_);
}

TEST_P(LinkContract, GoesOnOverLikenessesThatJoinAndKeepsTheOthersAsEvidence) {
    const auto alike = [](IdentityKey a, IdentityKey b, double bits) {
        LinkWrite link = link_between(a, b);
        link.by = model::By::rule;
        link.rule = "likeness@1";
        link.score = bits;
        return link;
    };
    IdentityKey d{};
    write([&](Transaction& t) {
        d = identity(t, "d");
        ok(t.put_matching_limits({4, 1, at(0)}));
        put(t, alike(a_, b_, 4));
        put(t, link_between(b_, c_));
        put(t, alike(a_, c_, -2));
        put(t, alike(c_, d, 3));
        ok(t.put_profile({a_, "name\tAna\n", {}}));
    });
    const Component component = ok(read()->component({&a_, 1}));
    ASSERT_EQ(component.members.size(), 3U) << "d is not like enough";
    EXPECT_EQ(component.links.size(), 3U);
    EXPECT_EQ(component.join_from, 4);
    EXPECT_EQ(component.profiled, std::vector{a_});
    write([&](Transaction& t) { ok(t.put_matching_limits({3, 1, at(9)})); });
    EXPECT_EQ(ok(read()->component({&a_, 1})).members.size(), 4U);
    EXPECT_EQ(ok(read()->component_at({&a_, 1}, at(8))).members.size(), 3U)
        << "by the limit of then";
}

TEST_P(LinkContract, TellsWhatHungTogetherAtATime) {
    LinkKey wrong{};
    write([&](Transaction& t) {
        wrong = put(t, link_between(a_, b_)).key;  // recorded at 5
    });
    write([&](Transaction& t) { ok(t.retract_link(wrong, "somebody else", at(8))); });
    write([&](Transaction& t) { ok(t.put_links(std::array{link_between(a_, c_)}, at(9))); });
    const auto with_a = [&](std::int64_t time) {
        std::vector<IdentityKey> keys;
        for (const Identity& one : ok(read()->component_at({&a_, 1}, at(time))).members)
            keys.push_back(one.key);
        return keys;
    };
    EXPECT_EQ(with_a(4), std::vector{a_});
    EXPECT_EQ(with_a(5), (std::vector{a_, b_}));
    EXPECT_EQ(with_a(8), std::vector{a_});
    EXPECT_EQ(with_a(9), (std::vector{a_, c_}));
}

TEST_P(LinkContract, PassesThroughASharedIdentityOnlyByTheWordOfAgents) {
    const auto members = [&](IdentityKey seed) {
        std::vector<IdentityKey> keys;
        for (const Identity& one : ok(read()->component({&seed, 1})).members)
            keys.push_back(one.key);
        return keys;
    };
    IdentityKey d{};
    write([&](Transaction& t) {
        d = identity(t, "d");
        put(t, link_between(a_, b_));
        put(t, link_between(c_, b_));
        LinkWrite said = link_between(d, b_);
        said.by = model::By::agent;
        put(t, said);
        ok(t.set_shared(b_, true));
    });
    EXPECT_THAT(members(a_), testing::ElementsAre(a_, b_, d));
    EXPECT_THAT(members(b_), testing::ElementsAre(b_, d));
    const Component from_a = ok(read()->component({&a_, 1}));
    EXPECT_TRUE(from_a.members[1].shared);
    EXPECT_EQ(from_a.links.size(), 2U);
    write([&](Transaction& t) { ok(t.set_shared(b_, false)); });
    EXPECT_THAT(members(a_), testing::ElementsAre(a_, b_, c_, d));
}

TEST_P(LinkContract, KeepsThatANewIdentityIsShared) {
    write([&](Transaction& t) { ok(t.set_shared(identity(t, "new"), true)); });
    EXPECT_TRUE(ok(read()->find_identity("email", "new"))->shared);
}

TEST_P(LinkContract, ShowsWhatStandsAroundAnIdentity) {
    write([&](Transaction& t) {
        put(t, link_between(a_, b_));
        put(t, link_between(c_, b_));
        put(t, link_between(c_, name_));
        put(t, link_between(a_, identity(t, "further")));
    });
    const auto around = ok(read()->star(b_, 2));
    ASSERT_TRUE(around.has_value());
    ASSERT_EQ(around->members.size(), 3U);
    EXPECT_EQ(around->links.size(), 2U);
    ASSERT_EQ(around->names.size(), 1U);
    EXPECT_EQ(around->names[0].member, c_);
    EXPECT_FALSE(ok(read()->star(b_, 1)).has_value());
}

TEST_P(LinkContract, StopsAtAComponentThatNoCustomerHas) {
    write([&](Transaction& t) {
        std::vector<LinkWrite> links;
        for (int i = 0; i < 5'002; ++i) {
            links.push_back(link_between(a_, identity(t, "n" + std::to_string(i))));
        }
        ok(t.put_links(links, at(1)));
    });
    const auto component = read()->component({&b_, 1});
    EXPECT_TRUE(component.has_value());
    const auto too_large = read()->component({&a_, 1});
    ASSERT_FALSE(too_large.has_value());
    EXPECT_EQ(too_large.error().code(), Code::conflict);
    EXPECT_THAT(too_large.error().message(), testing::HasSubstr("email:a"));
}

class QuestionContract : public StoreContract {
protected:
    /// Two identities of each of the customers 1, 2 and 3.
    QuestionContract() {
        write([&](Transaction& t) {
            for (int customer = 1; customer <= 3; ++customer) {
                const std::string id = "cu_" + std::to_string(customer);
                const IdentityKey first = identity(t, id + "a"), second = identity(t, id + "b");
                const CustomerKey key = ok(t.create_customer(id, first, at(0)));
                const std::array both{
                    Transaction::Membership{first, key}, Transaction::Membership{second, key}};
                ok(t.set_memberships(both));
                of_.push_back({first, second});
            }
        });
    }
    void ask(IdentityKey a, IdentityKey b, double bits, ReviewState state = ReviewState::open) {
        write([&](Transaction& t) {
            Review review;
            review.a = a;
            review.b = b;
            review.bits = bits;
            review.touchpoints = 7;
            review.state = state;
            ok(t.put_review(review));
        });
    }
    std::vector<double> open_bits() {
        std::vector<double> bits;
        for (const OpenQuestion& one : ok(read()->open_questions())) bits.push_back(one.bits);
        return bits;
    }

    std::vector<std::array<IdentityKey, 2>> of_;
};

INSTANTIATE_TEST_SUITE_P(Store, QuestionContract, testing::ValuesIn(factories()));

TEST_P(QuestionContract, AreOneForEachTwoCustomersByTheLikeliestPair) {
    ask(of_[0][0], of_[1][0], 3);
    ask(of_[0][1], of_[1][0], 8);
    ask(of_[2][0], of_[1][1], 5);
    const auto questions = ok(read()->open_questions());
    ASSERT_EQ(questions.size(), 2U);
    EXPECT_EQ(questions[0].bits, 8);
    EXPECT_EQ(questions[0].touchpoints, 7);
    EXPECT_EQ(ok(read()->review(questions[0].review))->a, of_[0][1]);
    EXPECT_LT(questions[0].a, questions[0].b);
    EXPECT_EQ(questions[1].bits, 5);
}

TEST_P(QuestionContract, AreNotAskedWithinOneCustomer) {
    ask(of_[0][0], of_[0][1], 8);
    EXPECT_TRUE(open_bits().empty());
}

TEST_P(QuestionContract, AreNotAskedWhereAPersonAnsweredForOtherIdentitiesOfTheTwo) {
    ask(of_[0][0], of_[1][0], 3);
    write([&](Transaction& t) {
        LinkWrite apart{.a = of_[0][1], .b = of_[1][1], .polarity = model::Polarity::not_same};
        apart.by = model::By::source;
        ok(t.put_links({&apart, 1}, at(1)));
    });
    EXPECT_EQ(open_bits(), std::vector<double>{3}) << "a source's word can be overruled";
    LinkKey said{};
    write([&](Transaction& t) {
        LinkWrite apart{.a = of_[0][1], .b = of_[1][1], .polarity = model::Polarity::not_same};
        apart.by = model::By::agent;
        said = ok(t.put_links({&apart, 1}, at(1))).at(0).key;
    });
    EXPECT_TRUE(open_bits().empty());
    write([&](Transaction& t) { ok(t.retract_link(said, "undone", at(2))); });
    EXPECT_EQ(open_bits(), std::vector<double>{3});
}

TEST_P(QuestionContract, AreNotAskedAgainWhileTheyArePutOff) {
    ask(of_[0][0], of_[1][0], 3);
    ask(of_[0][1], of_[1][0], 2, ReviewState::later);
    EXPECT_TRUE(open_bits().empty());
    EXPECT_EQ(ok(read()->count_reviews(ReviewState::later)), 1);
}

TEST_P(StoreContract, HoldsTheLatestMatchingLimits) {
    EXPECT_FALSE(ok(read()->matching_limits()));
    write([&](Transaction& t) {
        ok(t.put_matching_limits({12, 2, at(1)}));
        ok(t.put_matching_limits({15, 4, at(2)}));
    });
    const auto limits = ok(read()->matching_limits());
    ASSERT_TRUE(limits);
    EXPECT_EQ(limits->join_from, 15);
    EXPECT_EQ(limits->review_from, 4);
}

}  // namespace
}  // namespace touchline::store::contract
