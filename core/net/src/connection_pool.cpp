#include "connection_pool.hpp"

#include <algorithm>

namespace touchline::net {

ConnectionPool::ConnectionPool(const ClientOptions& options)
    : per_key_(options.idle_per_origin),
      total_(options.idle_total),
      idle_timeout_(options.idle_timeout) {}

std::unique_ptr<Stream> ConnectionPool::take(const std::string& key, Instant now) {
    return kept_.with([&](std::vector<Kept>& kept) -> std::unique_ptr<Stream> {
        std::erase_if(kept, [&](const Kept& k) { return now - k.since > idle_timeout_; });
        for (std::size_t i = kept.size(); i-- > 0;) {
            if (kept[i].key != key) continue;
            auto stream = std::move(kept[i].stream);
            kept.erase(kept.begin() + static_cast<std::ptrdiff_t>(i));
            if (stream->idle()) return stream;
        }
        return nullptr;
    });
}

void ConnectionPool::put(std::string key, std::unique_ptr<Stream> stream, Instant now) {
    kept_.with([&](std::vector<Kept>& kept) {
        std::erase_if(kept, [&](const Kept& k) { return now - k.since > idle_timeout_; });
        const auto same = std::ranges::count(kept, key, &Kept::key);
        if (kept.size() >= total_ || static_cast<std::size_t>(same) >= per_key_) return;
        kept.push_back({std::move(key), std::move(stream), now});
    });
}

}  // namespace touchline::net
