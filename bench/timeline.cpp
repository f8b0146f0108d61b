// What the server spends on a page of a very long timeline, wherever the scrollbar stands.
//
//   bench_timeline [touchpoints = 10000]
#include "touchline/view/timeline.hpp"

#include "goals.hpp"
#include "must.hpp"
#include "synthetic.hpp"

#include "touchline/base/digest.hpp"
#include "touchline/store/sqlite.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>

namespace touchline::bench {
namespace {

constexpr int k_repetitions = 20;
constexpr std::int64_t k_page = 100;

/// Every third touchpoint is a page that was looked at, so that bursts have to be folded.
std::string_view kind_of(std::int64_t n) {
    return n % 3 == 0 ? "page.viewed" : "case.opened";
}

std::string data_of(const SyntheticRecord& record, std::int64_t n) {
    std::string data = record.touchpoint;
    data.replace(data.find("case.opened"), kind_of(n).size(), kind_of(n));
    const Time at{std::chrono::microseconds(record.occurred_at)};
    return data.insert(1, R"("occurred_at":")" + format_rfc3339(at) + R"(",)");
}

/// Everything happens to one customer.
void fill(store::Store& store, std::int64_t touchpoints) {
    Synthetic synthetic(1);
    const auto transaction = must(store.begin());
    const store::SourceKey source = must(transaction->source("helpdesk", "tickets"));
    store::IdentityKey owner{};
    for (std::int64_t n = 0; n < touchpoints; ++n) {
        const SyntheticRecord record = synthetic.record(n);
        if (n == 0) {
            const std::array names{
                store::IdentityName{"email", record.email, model::Strength::strong, {}}};
            owner = must(transaction->intern(names, Time())).front().key;
            const auto customer = must(transaction->create_customer("cu_bench", owner, Time()));
            const std::array memberships{store::Transaction::Membership{owner, customer}};
            must(transaction->set_memberships(memberships));
        }
        store::RawRecord raw;
        raw.external_id = record.external_id;
        raw.length = static_cast<std::uint32_t>(record.bytes.size());
        const Digest digest = sha256(record.bytes);
        std::copy_n(digest.begin(), raw.hash.size(), raw.hash.begin());
        const auto states =
            must(transaction->put_raw(source, record.bytes, std::span(&raw, 1), Time()));
        const std::string data = data_of(record, n);
        store::TouchpointWrite row;
        row.record = states.front().key;
        row.identity = owner;
        row.occurred_at = Time(std::chrono::microseconds(record.occurred_at));
        row.kind = kind_of(n);
        row.channel = "email";
        row.department = "support";
        row.data = data;
        must(transaction->put_touchpoints(std::span(&row, 1), Time()));
    }
    must(transaction->commit());
}

/// CPU milliseconds of one page in display form, written as the API writes it.
double page_cost(store::Store& store, const view::TimelineQuery& query) {
    const view::Catalogue catalogue;
    const double start = cpu_microseconds();
    for (int i = 0; i < k_repetitions; ++i) {
        const auto reader = must(store.reader());
        json::Writer writer;
        view::write(writer, must(view::timeline(*reader, catalogue, "cu_bench", query)));
        if (writer.take().size() < 1'000) std::fputs("the page is empty\n", stderr);
    }
    return (cpu_microseconds() - start) / k_repetitions / 1'000;
}

int run(std::int64_t touchpoints) {
    const auto folder =
        std::filesystem::temp_directory_path() / ("bench-timeline-" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder);
    {
        const auto store = must(store::open_sqlite({folder / "touchline.db", 64, false}));
        fill(*store, touchpoints);
        std::printf("%lld touchpoints of one customer\n", static_cast<long long>(touchpoints));
        view::TimelineQuery query;
        query.fold = true;
        query.limit = k_page;
        const double newest = page_cost(*store, query);
        at_most("the newest page", newest, 30, "ms CPU");
        query.offset = touchpoints / 4;
        at_most("a quarter down", page_cost(*store, query), 30, "ms CPU");
        query.offset = touchpoints * 6 / 10;
        const double deep = page_cost(*store, query);
        at_most("far down", deep, 30, "ms CPU");
        at_most("far down against newest", deep / newest, 1.5, "");
    }
    std::filesystem::remove_all(folder);
    return 0;
}

}  // namespace
}  // namespace touchline::bench

int main(int argc, char** argv) {
    return touchline::bench::run(argc > 1 ? std::strtoll(argv[1], nullptr, 10) : 10'000);
}
