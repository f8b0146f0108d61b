// A ring of what has just happened, filled only while somebody looks on.
#pragma once

#include "installation.hpp"

#include "touchline/api/workshop.hpp"

#include <atomic>
#include <deque>
#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace touchline::app {

class Tap final : public ingest::Witness {
public:
    explicit Tap(const Installation& installation) : installation_(installation) {}

    /// As api::Workshop::tap.
    std::vector<api::TapRow> rows(std::int64_t after, std::size_t limit);

    bool is_watching() const override;
    void record(const ingest::SeenRecord& record) override;

private:
    void add(api::TapRow row);
    /// What became of the feed since the last look: who changed, and what went out.
    Result<void> look_at_feed();
    Result<void> look_at_destinations(store::Reader& reader);

    const Installation& installation_;
    std::atomic<std::int64_t> watched_until_{0};  // steady seconds
    std::mutex mutex_;
    std::deque<api::TapRow> rows_;
    std::int64_t next_ = 1;
    store::FeedPosition seen_ = -1;
    std::map<std::string, store::FeedPosition> delivered_;
};

}  // namespace touchline::app
