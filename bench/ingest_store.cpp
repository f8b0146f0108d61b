// The store's whole ingest transaction against a bare SQLite bulk insert of the same touchpoints,
// in one run: batch by batch in turn, so that a busy machine is as busy for both.
//
//   bench_store [records = 200000] [batch = 10000] [cache MiB = 64]
#include "bare_sqlite.hpp"
#include "synthetic.hpp"

#include "touchline/base/digest.hpp"
#include "touchline/store/sqlite.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>

namespace touchline::bench {
namespace {

using namespace touchline::store;  // NOLINT(google-build-using-namespace): the subject of the file

constexpr std::size_t k_page_records = 100;

template <typename T>
T must(Result<T> result) {
    if (result) return std::move(result).value();
    std::fprintf(stderr, "%s\n", result.error().text().c_str());
    std::exit(1);
}
void must(Result<void> result) {
    if (result) return;
    std::fprintf(stderr, "%s\n", result.error().text().c_str());
    std::exit(1);
}

Time time_of(const SyntheticRecord& record) {
    return Time(std::chrono::microseconds(record.occurred_at));
}

/// Does with a page what ingest does: raw, identities, customers, link, touchpoints, feed.
class PageIngest {
public:
    explicit PageIngest(Store& store) : store_(store) {}

    void ingest(std::span<const SyntheticRecord> batch) {
        const auto transaction = must(store_.begin());
        const SourceKey source = must(transaction->source("helpdesk", "tickets"));
        for (std::size_t first = 0; first < batch.size(); first += k_page_records) {
            page(
                *transaction,
                source,
                batch.subspan(first, std::min(k_page_records, batch.size() - first))
            );
        }
        must(transaction->put_checkpoint(source, 1, R"({"after":"x"})", Time()));
        must(transaction->commit());
    }

private:
    void page(
        Transaction& transaction, SourceKey source, std::span<const SyntheticRecord> records
    ) {
        put_raw(transaction, source, records);
        names_.clear();
        for (const SyntheticRecord& record : records) {
            names_.push_back({"email", record.email, model::Strength::strong, terms_});
            names_.push_back({"helpdesk.user", record.user, model::Strength::unique, {}});
        }
        const auto interned = must(transaction.intern(names_, Time()));
        rows_.clear();
        links_.clear();
        memberships_.clear();
        for (std::size_t i = 0; i < records.size(); ++i) {
            const Interned& email = interned[2 * i];
            const Interned& user = interned[2 * i + 1];
            if (user.customer == CustomerKey::none) join(transaction, records[i], email, user);
            TouchpointWrite& row = rows_.emplace_back();
            row.record = states_[i].key;
            row.identity = user.key;
            row.occurred_at = time_of(records[i]);
            row.kind = "case.opened";
            row.channel = "email";
            row.department = "support";
            row.data = records[i].touchpoint;
            LinkWrite& link = links_.emplace_back();
            link.a = email.key;
            link.b = user.key;
            link.rule = "same_record@1";
            link.evidence = row.record;
        }
        must(transaction.set_memberships(memberships_));
        must(transaction.put_links(links_, Time()));
        const auto written = must(transaction.put_touchpoints(rows_, Time()));
        feed_.clear();
        for (std::size_t i = 0; i < written.size(); ++i) {
            feed_.push_back(
                {"touchline.touchpoint.recorded", interned[2 * i + 1].customer, written[i].key, {}}
            );
        }
        must(transaction.append_feed(feed_, Time()));
    }

    void put_raw(
        Transaction& transaction, SourceKey source, std::span<const SyntheticRecord> records
    ) {
        page_.clear();
        raw_.clear();
        for (const SyntheticRecord& record : records) {
            RawRecord& raw = raw_.emplace_back();
            raw.external_id = record.external_id;
            raw.offset = static_cast<std::uint32_t>(page_.size());
            raw.length = static_cast<std::uint32_t>(record.bytes.size());
            const Digest digest = sha256(record.bytes);
            std::copy_n(digest.begin(), raw.hash.size(), raw.hash.begin());
            page_ += record.bytes;
            page_ += ',';
        }
        states_ = must(transaction.put_raw(source, page_, raw_, Time()));
    }

    void join(
        Transaction& transaction, const SyntheticRecord& record, Interned email, Interned user
    ) {
        const std::string id = "cu_" + to_hex(Digest(sha256(record.user))).substr(0, 26);
        if (id == last_made_) return;
        // Twice in one page: the second finds the id taken, as the identity step would.
        if (std::any_of(memberships_.begin(), memberships_.end(), [&](const auto& membership) {
                return membership.identity == user.key;
            })) {
            return;
        }
        last_made_ = id;
        const CustomerKey key = must(transaction.create_customer(id, user.key, Time()));
        memberships_.push_back({user.key, key});
        memberships_.push_back({email.key, key});
    }

    Store& store_;
    std::vector<std::string> terms_ = {"user"};
    std::string page_, last_made_;
    std::vector<RawRecord> raw_;
    std::vector<RecordState> states_;
    std::vector<IdentityName> names_;
    std::vector<TouchpointWrite> rows_;
    std::vector<LinkWrite> links_;
    std::vector<Transaction::Membership> memberships_;
    std::vector<FeedWrite> feed_;
};

/// CPU microseconds of one call.
template <typename F>
double cost(int times, F&& call) {
    const double start = cpu_microseconds();
    for (int i = 0; i < times; ++i) call(i);
    return (cpu_microseconds() - start) / times;
}

void measure_reads(Store& store, std::int64_t customers, double& timeline, double& look_up) {
    Synthetic synthetic(customers);
    std::vector<SyntheticRecord> asked;
    for (int i = 0; i < 2'000; ++i) asked.push_back(synthetic.record(i));
    const auto of = [&](int i) -> const SyntheticRecord& {
        return asked[static_cast<std::size_t>(i)];
    };
    look_up = cost(2'000, [&](int i) {
        const auto reader = must(store.reader());
        const auto found = must(reader->find_identity("email", of(i).email));
        if (found) must(reader->customer(found->customer));
    });
    std::vector<std::vector<IdentityKey>> keys;
    for (int i = 0; i < 2'000; ++i) {
        const auto reader = must(store.reader());
        auto& own = keys.emplace_back();
        for (const Identity& one :
             must(reader->identities_of(must(reader->find_identity("email", of(i).email))->customer)
             )) {
            own.push_back(one.key);
        }
    }
    timeline = cost(2'000, [&](int i) {
        must(must(store.reader())->timeline(keys[static_cast<std::size_t>(i)], {}, 0, 50));
    });
}

int run(std::int64_t records, std::size_t batch_size, int cache_mib) {
    const auto folder =
        std::filesystem::temp_directory_path() / ("bench-store-" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder);
    const std::int64_t customers = std::max<std::int64_t>(records, 1'000);
    double bare_cpu = 0, store_cpu = 0, timeline = 0, look_up = 0;
    {
        const auto store = must(open_sqlite({folder / "touchline.db", cache_mib, false}));
        BareSqlite bare(folder / "bare.db", cache_mib);
        PageIngest ingest(*store);
        Synthetic synthetic(customers);
        std::vector<SyntheticRecord> batch;
        for (std::int64_t n = 0; n < records;) {
            batch.clear();
            while (batch.size() < batch_size && n < records) batch.push_back(synthetic.record(n++));
            bare_cpu += cost(1, [&](int) { bare.insert(batch); });
            store_cpu += cost(1, [&](int) { ingest.ingest(batch); });
        }
        measure_reads(*store, customers, timeline, look_up);
    }
    const auto bytes = std::filesystem::file_size(folder / "touchline.db");
    std::filesystem::remove_all(folder);
    const auto count = static_cast<double>(records);
    std::printf(
        "records %lld, batch %zu, cache %d MiB\n",
        static_cast<long long>(records),
        batch_size,
        cache_mib
    );
    std::printf("bare SQLite insert      %6.2f us CPU a record\n", bare_cpu / count);
    std::printf("store, whole ingest     %6.2f us CPU a record\n", store_cpu / count);
    std::printf("rate against bare       %6.2f\n", bare_cpu / store_cpu);
    std::printf("timeline, latest 50     %6.2f us CPU\n", timeline);
    std::printf("look-up by e-mail       %6.2f us CPU\n", look_up);
    std::printf("bytes a record on disk  %6.0f\n", static_cast<double>(bytes) / count);
    std::printf("peak memory             %6.0f MiB\n", peak_mib());
    return 0;
}

}  // namespace
}  // namespace touchline::bench

int main(int argc, char** argv) {
    const auto number = [&](int index, long long otherwise) {
        return argc > index ? std::atoll(argv[index]) : otherwise;
    };
    return touchline::bench::run(
        number(1, 200'000),
        static_cast<std::size_t>(number(2, 10'000)),
        static_cast<int>(number(3, 64))
    );
}
