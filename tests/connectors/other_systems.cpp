// What does not speak HTTP, or not only: mailboxes, databases, the firehose, files, and callers.
#include "dovecot_server.hpp"
#include "pds.hpp"
#include "postgresql_server.hpp"
#include "scratch_folder.hpp"
#include "system.hpp"

#include "touchline/net/stream_client.hpp"
#include "touchline/rows/postgresql.hpp"

#include <fstream>
#include <functional>

namespace touchline::connectors {

namespace {

using integration::Configured;

int next_number() {
    static int number = 0;
    return ++number;
}

/// A timestamp identifier, thirteen digits to the base of 32
/// (https://atproto.com/specs/tid).
std::string record_key(int number) {
    constexpr std::string_view k_digits = "234567abcdefghijklmnopqrstuvwxyz";
    std::string key = "3jzfcijp";
    for (int shift = 20; shift >= 0; shift -= 5)
        key += k_digits[static_cast<std::size_t>(number >> shift) & 31U];
    return key;
}

class Bluesky final : public System {
public:
    static Result<std::shared_ptr<System>> start() {
        if (!bluesky_test::Pds::is_installed())
            return Error(Code::not_found, "not installed: the server of the AT Protocol");
        if (!pds_) {
            TOUCHLINE_TRY(http_, net::make_http_client());
            TOUCHLINE_TRY(streams_, net::make_stream_client());
            TOUCHLINE_TRY(pds_, bluesky_test::Pds::start(*http_));
            TOUCHLINE_TRY(acme_, pds_->sign_up("acme1"));
            TOUCHLINE_TRY(ana_, pds_->sign_up("ana1"));
        }
        return std::shared_ptr<System>(std::make_shared<Bluesky>());
    }
    Bluesky() : passage_(must(simulated::Simulator::before(*http_, pds_->url()))) {}

    Configured configured() const override {
        Configured configured;
        configured.plugin = "bluesky";
        configured.settings = R"({"url": ")" + passage_->url() + R"(", "firehose": ")" +
                              pds_->firehose() + R"(", "account": ")" + acme_.did +
                              R"(", "watch": "all"})";
        configured.world.streams = streams_.get();
        return configured;
    }
    simulated::Simulator* faults() override { return passage_.get(); }
    void seed(bool) override {
        if (std::exchange(filled_, true)) return;
        // More than a page of a repository.
        for (int i = 0; i < 110; ++i) must(pds_->put_post(ana_, record_key(i), "All at once"));
    }
    void step() override {
        for (int i = 0; i < 5; ++i)
            must(pds_->post(ana_, "number " + std::to_string(next_number())));
        must(pds_->put_post(ana_, record_key(0), "Changed " + std::to_string(next_number())));
    }
    /// When a person was looked at last is no news of them.
    Streams seen(const ConnectorBench& bench) const override {
        Streams all = bench.records();
        for (auto& [uri, record] : all["posts"]) {
            const std::string moment = R"("as_of":")";
            const auto from = record.find(moment);
            if (from == std::string::npos) continue;
            record.erase(from, record.find(',', from) - from);
        }
        return all;
    }
    std::vector<Call> remove() override {
        static int removed = 0;
        must(pds_->remove_post(ana_, record_key(1 + removed++)));
        return {};
    }

private:
    static inline std::unique_ptr<net::HttpClient> http_;
    static inline std::unique_ptr<net::StreamClient> streams_;
    static inline std::unique_ptr<bluesky_test::Pds> pds_;
    static inline bluesky_test::Account acme_, ana_;
    static inline bool filled_ = false;
    const std::unique_ptr<simulated::Simulator> passage_;
};

/// Each trial has a folder of its own.
class Mailbox final : public System {
public:
    static Result<std::shared_ptr<System>> start() {
        if (!imap_test::DovecotServer::is_installed())
            return Error(Code::not_found, "not installed: dovecot-imapd");
        if (!dovecot_) {
            TOUCHLINE_TRY(dovecot_, imap_test::DovecotServer::start());
            net::ClientOptions options;
            options.ca_file = dovecot_->ca_file();
            TOUCHLINE_TRY(streams_, net::make_stream_client(options));
        }
        return std::shared_ptr<System>(std::make_shared<Mailbox>());
    }
    Mailbox() { must(dovecot_->create(folder_)); }

    Configured configured() const override {
        Configured configured;
        configured.plugin = "imap";
        configured.settings = R"({"host": "localhost", "port": )" +
                              std::to_string(dovecot_->tls_port()) + R"(, "folders": [")" +
                              folder_ + R"("], "own_addresses": ["support@acme.test"]})";
        configured.credentials = net::BasicLogin{"ana", Secret(secret())};
        configured.world.streams = streams_.get();
        return configured;
    }
    std::string secret() const override {
        return std::string(imap_test::DovecotServer::k_password);
    }
    void seed(bool) override { must(dovecot_->deliver_many(120, folder_)); }
    void step() override {
        for (int i = 0; i < 5; ++i)
            must(dovecot_->deliver(
                "From: Bo <bo@initech.test>\r\nTo: support@acme.test\r\nSubject: More\r\n"
                "Date: Fri, 23 Oct 2026 11:00:00 +0000\r\n\r\nWhere is it?\r\n",
                folder_
            ));
        must(dovecot_->flag("\\Answered", folder_, 1));
    }
    std::vector<Call> remove() override {
        must(dovecot_->expunge(folder_, 2));
        return {};
    }

private:
    static inline std::unique_ptr<imap_test::DovecotServer> dovecot_;
    static inline std::unique_ptr<net::StreamClient> streams_;
    const std::string folder_ = "Folder" + std::to_string(next_number());
};

/// Each trial has a table of its own.
class Database final : public System {
public:
    static Result<std::shared_ptr<System>> start() {
        if (!postgresql_test::PostgresqlServer::is_installed())
            return Error(Code::not_found, "not installed: postgresql");
        if (!server_) {
            TOUCHLINE_TRY(server_, postgresql_test::PostgresqlServer::start());
            client_ = rows::make_postgresql_client();
        }
        return std::shared_ptr<System>(std::make_shared<Database>());
    }
    Database() {
        sql("CREATE TABLE " + table_ +
            " (id bigint PRIMARY KEY, note text, updated timestamptz NOT NULL);"
            "GRANT SELECT ON " +
            table_ + " TO reader");
    }

    Configured configured() const override {
        Configured configured;
        configured.plugin = "postgresql";
        configured.settings =
            R"({"host": "127.0.0.1", "database": "postgres", "key": "id", "page": 100, "port": )" +
            std::to_string(server_->port()) + R"(, "table": "public.)" + table_ +
            R"(", "cursor": "updated"})";
        configured.credentials = net::BasicLogin{"reader", Secret(password_)};
        configured.world.rows = client_.get();
        return configured;
    }
    std::string secret() const override { return password_; }
    void seed(bool ties) override {
        add(450,
            "timestamptz '2026-10-01 00:00:00+00'" +
                std::string(ties ? "" : " + i * interval '1 minute'"));
    }
    void step() override {
        add(25, "now()");
        sql("UPDATE " + table_ + " SET note = 'changed', updated = now() WHERE id = 1");
    }
    void late() override {
        add(1, "(SELECT max(updated) - interval '20 seconds' FROM " + table_ + ")");
    }
    net::Credentials rotate() override {
        password_ = "renewed-" + std::to_string(next_number());
        sql("ALTER ROLE reader PASSWORD '" + password_ + "'");
        return net::BasicLogin{"reader", Secret(password_)};
    }

private:
    void add(int count, const std::string& time) {
        const int first = last_ + 1;
        last_ += count;
        sql("INSERT INTO " + table_ + " SELECT i, 'note ' || i, " + time +
            " FROM generate_series(" + std::to_string(first) + ", " + std::to_string(last_) +
            ") AS i");
    }
    static void sql(const std::string& statements) { must(server_->sql(statements)); }

    static inline std::unique_ptr<postgresql_test::PostgresqlServer> server_;
    static inline std::unique_ptr<net::RowClient> client_;
    static inline std::string password_{postgresql_test::PostgresqlServer::k_password};
    const std::string table_ = "things_" + std::to_string(next_number());
    int last_ = 0;
};

class Files final : public System {
public:
    static Result<std::shared_ptr<System>> start() {
        return std::shared_ptr<System>(std::make_shared<Files>());
    }

    Configured configured() const override {
        Configured configured;
        configured.plugin = "file";
        configured.settings = R"({"path": ")" + folder_.path().string() +
                              R"(", "stream": "rows", "key": "/id", "settle_seconds": 0})";
        return configured;
    }
    void seed(bool) override {
        for (int i = 0; i < 5; ++i) drop(400);
    }
    void step() override { drop(25); }

private:
    void drop(int rows) {
        std::ofstream out(folder_.path() / ("file" + std::to_string(++files_) + ".csv"));
        out << "id,name\n";
        for (const int end = last_ + rows; last_ < end; ++last_)
            out << last_ << ",Ana " << last_ << '\n';
    }

    const integration::ScratchFolder folder_;
    int files_ = 0, last_ = 0;
};

class Caller final : public System {
public:
    static Result<std::shared_ptr<System>> start() {
        return std::shared_ptr<System>(std::make_shared<Caller>());
    }

    Configured configured() const override {
        Configured configured;
        configured.plugin = "webhook";
        configured.settings = R"({"stream": "events", "records": "/events", "key": "/id"})";
        return configured;
    }
    void seed(bool) override {}
    void step() override {}
    std::vector<Call> calls() override {
        return {
            {{{"content-type", "application/json"}}, R"({"events": [{"id": 1}, {"id": 2}]})"},
            {{{"content-type", "application/json"}}, R"({"events": [{"id": 2}, {"id": 3}]})"}};
    }
    std::optional<Streams> truth() override { return Streams(); }
};

}  // namespace

Result<std::shared_ptr<System>> make_other_system(const std::string& connector) {
    static const std::map<std::string, std::function<Result<std::shared_ptr<System>>()>> k_all{
        {"bluesky", Bluesky::start},
        {"file", Files::start},
        {"imap", Mailbox::start},
        {"postgresql", Database::start},
        {"webhook", Caller::start}};
    const auto found = k_all.find(connector);
    return found == k_all.end() ? std::shared_ptr<System>() : found->second();
}

}  // namespace touchline::connectors
