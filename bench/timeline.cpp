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
constexpr std::int64_t k_random = 12;
constexpr double k_most_ms = 30;

/// Pages that were looked at, so that bursts have to be folded; orders, on which phases depend.
std::string_view kind_of(std::int64_t n) {
    if (n % 16 == 15) return "order.placed";
    return n % 8 < 4 ? "page.viewed" : "case.opened";
}

/// A few of them say how it was, and a few are not for everybody.
constexpr std::int64_t k_measured = 20, k_guarded = 10;

std::string data_of(const SyntheticRecord& record, std::int64_t n) {
    std::string data = record.touchpoint;
    constexpr std::string_view k_kind = "case.opened";
    data.replace(data.find(k_kind), k_kind.size(), kind_of(n));
    const Time at{std::chrono::microseconds(record.occurred_at)};
    data.insert(1, R"("occurred_at":")" + format_rfc3339(at) + R"(",)");
    if (n % k_measured == 0)
        data.insert(
            1, R"("experience":[{"measure":"csat","value":2,"min":1,"max":5,"by":"customer"}],)"
        );
    if (n % k_guarded == 0) data.insert(1, R"("privacy":{"class":"sensitive"},)");
    return data;
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
        row.annotated = n % k_measured == 0;
        if (n % k_guarded == 0) row.privacy = "sensitive";
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
    }
    return (cpu_microseconds() - start) / k_repetitions / 1'000;
}

view::TimelineQuery folded() {
    view::TimelineQuery query;
    query.fold = true;
    query.limit = k_page;
    return query;
}

view::Timeline first_page(store::Store& store, const view::TimelineQuery& query) {
    return must(view::timeline(*must(store.reader()), view::Catalogue(), "cu_bench", query));
}

void page(store::Store& store, std::string_view name, const view::TimelineQuery& query) {
    const std::string rows = std::to_string(first_page(store, query).total);
    const std::string said = std::string(name) + ", of " + rows + " rows";
    at_most(said.c_str(), page_cost(store, query), k_most_ms, "ms CPU");
}

/// Wherever the scrollbar stands.
void positions(store::Store& store) {
    view::TimelineQuery query = folded();
    const std::int64_t rows = first_page(store, query).total;
    const double newest = page_cost(store, query);
    at_most("the newest page", newest, k_most_ms, "ms CPU");
    query.offset = rows / 4;
    page(store, "a quarter down", query);
    query.offset = rows - k_page;
    const double oldest = page_cost(store, query);
    at_most("the oldest page", oldest, k_most_ms, "ms CPU");
    at_most("the oldest against the newest", oldest / newest, 1.5, "");
    double worst = 0;
    for (std::int64_t n = 1; n <= k_random; ++n) {
        query.offset = n * 7'919 % rows;
        worst = std::max(worst, page_cost(store, query));
    }
    at_most("the slowest of random ones", worst, k_most_ms, "ms CPU");
    query.around = first_page(store, query).items.front().item.touchpoint.occurred_at;
    page(store, "around a date", query);
}

void filters(store::Store& store) {
    view::TimelineQuery query = folded();
    query.filter.kind = "case";
    query.offset = 1'000;
    page(store, "one kind", query);
    query.reading.up_to = view::PrivacyClass::normal;
    page(store, "one kind, for who reads only what is normal", query);
    query = folded();
    query.people_only = true;
    page(store, "people only", query);
    query = folded();
    query.mood = view::MoodFilter::low;
    page(store, "unhappy ones", query);
    query = folded();
    query.filter.text =
        first_page(store, folded()).items.front().item.touchpoint.snippet.substr(0, 40);
    page(store, "a search that finds one", query);
    query.filter.text = "PRINT";
    page(store, "a search that finds all", query);
    query.filter.text = "zeppelin";
    page(store, "a search that finds nothing", query);
    query = folded();
    query.filter.ref = first_page(store, folded()).items.front().item.touchpoint.refs.front().id;
    page(store, "one case", query);
}

int run(std::int64_t touchpoints) {
    const auto folder =
        std::filesystem::temp_directory_path() / ("bench-timeline-" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder);
    {
        const auto store = must(store::open_sqlite({folder / "touchline.db", 64, false}));
        fill(*store, touchpoints);
        std::printf("%lld touchpoints of one customer\n", static_cast<long long>(touchpoints));
        positions(*store);
        filters(*store);
    }
    std::filesystem::remove_all(folder);
    return 0;
}

}  // namespace
}  // namespace touchline::bench

int main(int argc, char** argv) {
    return touchline::bench::run(argc > 1 ? std::strtoll(argv[1], nullptr, 10) : 10'000);
}
