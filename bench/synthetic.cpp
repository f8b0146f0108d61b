#include "synthetic.hpp"

#include <sys/resource.h>

#include <cmath>

namespace touchline::bench {

std::uint64_t Synthetic::random() {
    state_ ^= state_ << 13;
    state_ ^= state_ >> 7;
    state_ ^= state_ << 17;
    return state_;
}

SyntheticRecord Synthetic::record(std::int64_t n) {
    SyntheticRecord record;
    const double part = static_cast<double>(random() >> 11) / 9007199254740992.0;
    record.customer = static_cast<std::int64_t>(std::pow(static_cast<double>(customers_), part));
    // Spreads the busy ones over the key space.
    const std::string name = std::to_string((record.customer * 2654435761) % 1000000007);
    record.external_id = std::to_string(1'000'000 + n);
    record.email = "user" + name + "@example.org";
    record.user = name;
    record.occurred_at = 1'700'000'000'000'000 + n * 1'000'000;
    std::string words;
    for (int i = 0; i < 40; ++i) words += std::to_string(random() % 4096) + " printer ";
    record.bytes = R"({"id":)" + record.external_id + R"(,"requester":{"id":)" + name +
                   R"(,"email":")" + record.email + R"("},"subject":"It does not print",)" +
                   R"("description":")" + words + R"(","status":"open","priority":"normal"})";
    record.touchpoint = R"({"schema":"touchpoint/1-0","kind":"case.opened","channel":"email",)"
                        R"("direction":"inbound","subject":"It does not print","identities":[)"
                        R"({"ns":"email","value":")" +
                        record.email + R"("},{"ns":"helpdesk.user","value":")" + name +
                        R"("}],"refs":[{"rel":"case","id":")" + record.external_id +
                        R"("}],"owner":{"department":"support"},"snippet":")" +
                        words.substr(0, 200) + R"("})";
    return record;
}

double cpu_microseconds() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto of = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_usec);
    };
    return of(usage.ru_utime) + of(usage.ru_stime);
}

double peak_mib() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024.0;
}

}  // namespace touchline::bench
