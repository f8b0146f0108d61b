#include "synthetic.hpp"

#include "touchline/base/time.hpp"

#include <sys/resource.h>

#include <cmath>
#include <cstdio>
#include <cstring>
#include <ctime>

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
                   R"("description":")" + words + R"(","status":"open","priority":"normal",)" +
                   R"("created":")" +
                   format_rfc3339(Time(std::chrono::microseconds(record.occurred_at))) +
                   R"(","lang":"en","queue":"General"})";
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
    timespec time{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_nsec) / 1e3;
}

double& Steps::spent_on(const char* step) {
    for (auto& [name, spent] : steps_) {
        if (std::strcmp(name, step) == 0) return spent;
    }
    return steps_.emplace_back(step, 0.0).second;
}

void Steps::print(double records) const {
    for (const auto& [name, spent] : steps_) {
        std::printf("  %-21s %6.2f us CPU a record\n", name, spent / records);
    }
}

double peak_mib() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024.0;
}

}  // namespace touchline::bench
