// A store with a feed, a destination that answers as a test wants, and a clock that stands still.
#pragma once

#include "touchline/deliver/deliverer.hpp"
#include "touchline/store/sqlite.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace touchline::deliver::test {

class FakeDestination final : public Destination {
public:
    /// Asked for every event; delivered by default.
    std::function<ItemResult(const Event&)> answer = [](const Event&) {
        return ItemResult{Outcome::delivered, "", {}};
    };
    /// Asked before every write; an error fails it as a whole.
    std::function<Result<void>(std::span<const Event>)> open = [](auto) { return Result<void>(); };

    std::vector<std::size_t> writes;                            ///< events per write
    std::vector<std::string> attempted;                         ///< event ids
    std::map<std::string, std::vector<std::string>> delivered;  ///< event ids by customer
    std::string last_body;

    Result<std::string> check(std::stop_token) override { return std::string("ready"); }
    Result<std::vector<ItemResult>> write(std::span<const Event> events, std::stop_token) override {
        writes.push_back(events.size());
        TOUCHLINE_CHECK(open(events));
        std::vector<ItemResult> results;
        for (const auto& event : events) {
            attempted.emplace_back(event.id);
            last_body = event.body;
            results.push_back(answer(event));
            if (results.back().outcome == Outcome::delivered)
                delivered[std::string(event.subject)].emplace_back(event.id);
        }
        return results;
    }
    std::size_t delivered_count() const {
        std::size_t count = 0;
        for (const auto& [customer, ids] : delivered) count += ids.size();
        return count;
    }
};

class Stage : public testing::Test {
protected:
    Stage() {
        const auto* test = testing::UnitTest::GetInstance()->current_test_info();
        folder_ =
            std::filesystem::path(testing::TempDir()) /
            (std::string("touchline_deliver_") + test->name() + "_" + std::to_string(::getpid()));
        std::filesystem::create_directories(folder_);
        store::SqliteOptions options;
        options.file = folder_ / "test.db";
        store_ = std::move(store::open_sqlite(options)).value();
    }
    ~Stage() override {
        store_.reset();
        std::filesystem::remove_all(folder_);
    }

    /// One transaction, committed.
    void change(const std::function<void(store::Transaction&)>& work) {
        auto transaction = std::move(store_->begin()).value();
        work(*transaction);
        ASSERT_TRUE(transaction->commit());
    }

    store::CustomerKey customer(const std::string& id) {
        if (const auto found = customers_.find(id); found != customers_.end()) return found->second;
        change([&](store::Transaction& transaction) {
            store::IdentityName name;
            name.ns = "crm.contact";
            name.value = id;
            const auto identity =
                transaction.intern(std::span(&name, 1), clock.now()).value().front().key;
            customers_[id] = transaction.create_customer(id, identity, clock.now()).value();
            const store::Transaction::Membership membership{identity, customers_[id]};
            ASSERT_TRUE(transaction.set_memberships(std::span(&membership, 1)));
        });
        return customers_[id];
    }

    /// Adds one entry per customer to the feed.
    void emit(const std::vector<std::string>& customers) {
        std::vector<store::FeedWrite> entries;
        for (const auto& id : customers)
            entries.push_back(
                {"touchline.customer.updated",
                 customer(id),
                 store::TouchpointKey::none,
                 R"({"n":1})"}
            );
        change([&](store::Transaction& transaction) {
            ASSERT_TRUE(transaction.append_feed(entries, clock.now()));
        });
    }

    Deliverer deliverer(DeliverOptions options = {}) {
        return Deliverer(
            "hook", destination, *store_, [] { return 0.0; }, options
        );
    }
    StepReport step(Deliverer& deliverer) { return deliverer.step(clock.now()).value(); }
    /// Steps until nothing is due now.
    StepReport run(Deliverer& deliverer) {
        auto report = step(deliverer);
        for (int i = 0; i < 1000 && report.more; ++i) report = step(deliverer);
        EXPECT_FALSE(report.more) << "it comes to rest";
        return report;
    }
    store::DestinationState state() {
        return store_->reader().value()->destination("hook").value();
    }
    std::vector<store::DeadLetter> dead() {
        return store_->reader().value()->dead_letters("hook", 0, 100).value();
    }
    std::vector<store::Parked> parked() { return store_->reader().value()->parked("hook").value(); }

    ManualClock clock{parse_rfc3339("2026-10-02T09:00:00Z").value()};
    FakeDestination destination;
    std::unique_ptr<store::Store> store_;

private:
    std::filesystem::path folder_;
    std::map<std::string, store::CustomerKey> customers_;
};

inline ItemResult failing(std::string message = "HTTP 503") {
    return {Outcome::retry, std::move(message), {}};
}
inline ItemResult delivered() {
    return {Outcome::delivered, "", {}};
}

}  // namespace touchline::deliver::test
