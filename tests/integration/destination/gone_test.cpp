// A receiver that answers 410 Gone wants nothing any more, also after a restart; the others go on.
#include "daemon.hpp"
#include "eventually.hpp"
#include "receiver.hpp"

#include <gmock/gmock.h>

#include <algorithm>

namespace touchline::integration {
namespace {

constexpr const char* k_mapping = R"(version: 1
emit: touchpoint
set:
  kind: visit.made
  channel: store
  direction: inbound
  occurred_at: =at
  identities: [{ns: email, value: =email}]
)";

class GoneDestination : public testing::Test {
protected:
    void SetUp() override {
        http_ = std::move(net::make_http_client()).value();
        receiver_ = std::move(Receiver::start(Secret())).value();
        receiver_->answer_with([](const Delivery& delivery) {
            return delivery.path == "/leaving" ? 410 : 204;
        });
        std::filesystem::create_directory(folder_.path() / "visits");
        folder_.write("visits.yaml", k_mapping);
        folder_.write("touchline.yaml", R"(version: 1
connections:
  visits:
    plugin: file
    settings: {path: visits, stream: visits, key: /id, settle_seconds: 0}
    streams: {visits: {schedule: 1s, mapping: visits.yaml}}
destinations:
  leaving:
    plugin: webhook-destination
    settings: {url: ")" + receiver_->url() + R"(/leaving"}
    allow_private_network: true
  staying:
    plugin: webhook-destination
    settings: {url: ")" + receiver_->url() + R"(/staying"}
    allow_private_network: true
    types: [touchline.touchpoint.*]
)");
    }
    void start_daemon() {
        auto daemon = Daemon::start(*http_, folder_.path());
        ASSERT_TRUE(daemon) << daemon.error().text();
        daemon_ = std::move(*daemon);
    }
    void drop(const std::string& name, const std::string& row) {
        folder_.write("visits/." + name, "id,at,email\n" + row + "\n");
        std::filesystem::rename(
            folder_.path() / "visits" / ("." + name), folder_.path() / "visits" / name
        );
    }
    std::size_t deliveries_to(std::string_view path) const {
        const auto all = receiver_->deliveries();
        return static_cast<std::size_t>(std::ranges::count(all, path, &Delivery::path));
    }

    ScratchFolder folder_;
    std::unique_ptr<net::HttpClient> http_;
    std::unique_ptr<Receiver> receiver_;
    std::unique_ptr<Daemon> daemon_;
};

TEST_F(GoneDestination, GetsNothingMoreAlsoAfterARestart) {
    drop("monday.csv", "1,2026-10-05T09:00:00Z,ana@globex.test");
    start_daemon();
    if (HasFatalFailure()) return;
    ASSERT_TRUE(eventually([&] { return deliveries_to("/staying") == 1; })) << daemon_->log();
    ASSERT_TRUE(eventually([&] {
        return daemon_->log().find("destination disabled") != std::string::npos;
    })) << daemon_->log();
    const auto before = deliveries_to("/leaving");

    drop("tuesday.csv", "2,2026-10-06T09:00:00Z,bo@initech.test");
    ASSERT_TRUE(eventually([&] { return deliveries_to("/staying") == 2; })) << daemon_->log();
    EXPECT_EQ(daemon_->stop(), 0);
    start_daemon();
    if (HasFatalFailure()) return;
    drop("wednesday.csv", "3,2026-10-07T09:00:00Z,cy@hooli.test");
    ASSERT_TRUE(eventually([&] { return deliveries_to("/staying") == 3; })) << daemon_->log();
    EXPECT_EQ(deliveries_to("/leaving"), before);
    EXPECT_THAT(
        receiver_->deliveries(), testing::Each(testing::Field(&Delivery::fault, testing::IsEmpty()))
    );
    EXPECT_EQ(daemon_->stop(), 0);
}

}  // namespace
}  // namespace touchline::integration
