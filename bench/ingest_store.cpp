// The store's whole ingest transaction against a bare SQLite bulk insert of the same touchpoints,
// in one run: batch by batch in turn, so that a busy machine is as busy for both.
//
//   bench_store [records = 200000] [batch = 10000] [cache MiB = 64]
#include "bare_sqlite.hpp"
#include "goals.hpp"
#include "must.hpp"
#include "store_reads.hpp"
#include "synthetic.hpp"

#include "touchline/base/digest.hpp"
#include "touchline/store/sqlite.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <set>

namespace touchline::bench {
namespace {

using namespace touchline::store;  // NOLINT(google-build-using-namespace): the subject of the file

constexpr std::size_t k_page_records = 100;

Time time_of(const SyntheticRecord& record) {
    return Time(std::chrono::microseconds(record.occurred_at));
}

/// Does with a page what ingest does: raw, identities, customers, link, touchpoints, feed.
class PageIngest {
public:
    PageIngest(Store& store, Steps& steps) : store_(store), steps_(steps) {}

    void ingest(std::span<const SyntheticRecord> batch) {
        linked_.clear();
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
        steps_.time("commit", [&] { must(transaction->commit()); });
    }

private:
    void page(
        Transaction& transaction, SourceKey source, std::span<const SyntheticRecord> records
    ) {
        steps_.time("raw", [&] { put_raw(transaction, source, records); });
        names_.clear();
        for (const SyntheticRecord& record : records) {
            names_.push_back({"email", record.email, model::Strength::strong, terms_});
            names_.push_back({"helpdesk.user", record.user, model::Strength::unique, {}});
        }
        const auto interned =
            steps_.time("identities", [&] { return must(transaction.intern(names_, Time())); });
        rows_.clear();
        links_.clear();
        memberships_.clear();
        for (std::size_t i = 0; i < records.size(); ++i) {
            const Interned& email = interned[2 * i];
            const Interned& user = interned[2 * i + 1];
            if (user.customer == CustomerKey::none) {
                steps_.time("customers", [&] { join(transaction, records[i], email, user); });
            }
            TouchpointWrite& row = rows_.emplace_back();
            row.record = states_[i].key;
            row.identity = user.key;
            row.occurred_at = time_of(records[i]);
            row.kind = "case.opened";
            row.channel = "email";
            row.department = "support";
            row.data = records[i].touchpoint;
            // As ingest does: once a batch, and only to be there.
            if (!linked_.emplace(email.key, user.key).second) continue;
            LinkWrite& link = links_.emplace_back();
            link.a = email.key;
            link.b = user.key;
            link.rule = "same_record@1";
            link.evidence = row.record;
            link.support = 0;
        }
        steps_.time("customers", [&] { must(transaction.set_memberships(memberships_)); });
        steps_.time("links", [&] { must(transaction.put_links(links_, Time())); });
        const auto written = steps_.time("touchpoints", [&] {
            return must(transaction.put_touchpoints(rows_, Time()));
        });
        feed_.clear();
        for (std::size_t i = 0; i < written.size(); ++i) {
            feed_.push_back(
                {"touchline.touchpoint.recorded", interned[2 * i + 1].customer, written[i].key, {}}
            );
        }
        steps_.time("feed", [&] { must(transaction.append_feed(feed_, Time())); });
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
    Steps& steps_;
    std::set<std::pair<IdentityKey, IdentityKey>> linked_;
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

int run(std::int64_t records, std::size_t batch_size, int cache_mib) {
    const auto folder =
        std::filesystem::temp_directory_path() / ("bench-store-" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder);
    const std::int64_t customers = std::max<std::int64_t>(records, 1'000);
    Steps steps;
    double bare_cpu = 0, store_cpu = 0;
    ReadCosts reads;
    {
        const auto store = must(open_sqlite({folder / "touchline.db", cache_mib, false}));
        BareSqlite bare(folder / "bare.db", cache_mib);
        PageIngest ingest(*store, steps);
        Synthetic synthetic(customers);
        std::vector<SyntheticRecord> batch;
        for (std::int64_t n = 0; n < records;) {
            batch.clear();
            while (batch.size() < batch_size && n < records) batch.push_back(synthetic.record(n++));
            bare_cpu += cost(1, [&](int) { bare.insert(batch); });
            store_cpu += cost(1, [&](int) { ingest.ingest(batch); });
        }
        reads = measure_reads(*store, customers);
    }
    const auto bytes = std::filesystem::file_size(folder / "touchline.db");
    std::filesystem::remove_all(folder);
    const auto count = static_cast<double>(records);
    std::printf("records %.0f, batch %zu, cache %d MiB\n", count, batch_size, cache_mib);
    shown("bare SQLite insert", bare_cpu / count, "us CPU a record");
    at_most("store, whole ingest", store_cpu / count, 18, "us CPU a record");
    steps.print(count);
    at_least("rate against bare", bare_cpu / store_cpu, 0.6, "");
    at_most("timeline, latest 50", reads.timeline, 100, "us CPU");
    at_most("look-up by e-mail", reads.look_up, 30, "us CPU");
    shown("bytes a record on disk", static_cast<double>(bytes) / count, "");
    at_most("peak memory, with bare", peak_mib(), 300, "MiB");
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
