// Real servers that speak HTTP. One of each for all trials of a process; what stands before it, the
// switch for faults, is each trial's own. Their own tests change them as their users would; here
// it is enough that there are many things, and new ones.
#include "private_server.hpp"
#include "rt_server.hpp"
#include "system.hpp"

#include "touchline/json/view.hpp"
#include "touchline/json/writer.hpp"

#include <functional>

namespace touchline::connectors {

namespace {

using integration::Configured;
using integration::PrivateServer;
using simulated::Simulator;

/// A server behind its switch for faults.
class WebServer : public System {
public:
    Simulator* faults() override { return passage_.get(); }

protected:
    void stand_before(const std::string& url) {
        http_ = must(net::make_http_client());
        passage_ = must(Simulator::before(*http_, url));
    }
    const std::string& url() const { return passage_->url(); }
    /// As a new secret that only the passage knows.
    net::Credentials renew(const std::string& old) {
        const std::string fresh = old + "-renewed";
        passage_->tell("rotate", R"({"old": ")" + old + R"(", "new": ")" + fresh + R"("})");
        return with_secret(configured().credentials, old, fresh);
    }

    std::unique_ptr<net::HttpClient> http_;

private:
    std::unique_ptr<Simulator> passage_;
};

/// One that a script runs.
class ScriptedServer : public WebServer {
protected:
    /// `server` is kept for the next trial.
    static Result<void> boot(std::unique_ptr<PrivateServer>& server, const char* script) {
        if (server) return {};
        TOUCHLINE_TRY(server, PrivateServer::start(script));
        return {};
    }
    static json::Document tell(
        PrivateServer& server,
        const std::string& verb,
        const std::string& member,
        const std::string& text
    ) {
        json::Writer command;
        command.begin_object().member("do", verb).member(member, text).end_object();
        return must(server.tell(command.text()));
    }
    static int next_number() {
        static int number = 0;
        return ++number;
    }
};

class Redmine final : public ScriptedServer {
public:
    static Result<std::shared_ptr<System>> start() {
        TOUCHLINE_CHECK(boot(server_, "redmine/redmine_server.py"));
        return std::shared_ptr<System>(std::make_shared<Redmine>());
    }
    Redmine() { stand_before(server_->url()); }

    Configured configured() const override {
        return {
            "redmine",
            R"({"url": ")" + url() + R"(", "staff_domains": ["us.test"]})",
            net::HeaderKey{"X-Redmine-API-Key", Secret(secret()), ""}};
    }
    std::string secret() const override { return server_->about("admin_key"); }
    /// Each issue is a call of its own: what earlier trials added goes, and what they changed.
    void seed(bool ties) override {
        if (!std::exchange(filled_, true)) add(110, "'2026-10-01 09:00:00'");
        const std::string time =
            ties ? "'2026-10-01 09:00:00'" : "datetime('2026-10-01 09:00:00', id || ' minutes')";
        sql("DELETE FROM issues WHERE created_on > '2026-10-02'");
        sql("UPDATE issues SET subject = 'Imported', created_on = " + time +
            ", updated_on = " + time);
    }
    void step() override {
        add(25, "datetime('now')");
        sql("UPDATE issues SET subject = 'Changed " + std::to_string(next_number()) +
            "', updated_on = datetime('now') WHERE id = (SELECT MIN(id) FROM issues)");
    }
    void late() override { add(1, "datetime('now', '-20 seconds')"); }
    std::vector<Call> remove() override {
        sql("DELETE FROM issues WHERE id = (SELECT MAX(id) FROM issues)");
        return {};
    }
    net::Credentials rotate() override { return renew(secret()); }
    /// What names it and what changes with it: the database knows both without a call.
    Streams seen(const ConnectorBench& bench) const override {
        Streams all = bench.records();
        for (auto& [stream, records] : all) {
            for (auto& [id, record] : records) {
                const auto document = must(json::Document::parse(record));
                record.clear();
                for (const char* name : {"subject", "login", "mail", "updated_on"}) {
                    const auto value = document.root().get(name);
                    if (value) record.append(value->as_string().value()).append(" ");
                }
            }
        }
        return all;
    }
    std::optional<Streams> truth() override {
        const auto found = tell(*server_, "rows", "text", R"(
            SELECT 'issues', id, subject || ' ' || strftime('%Y-%m-%dT%H:%M:%SZ ', updated_on)
            FROM issues
            UNION SELECT 'users', users.id, login || ' ' || address || ' ' ||
                strftime('%Y-%m-%dT%H:%M:%SZ ', users.updated_on)
            FROM users JOIN email_addresses ON user_id = users.id)");
        Streams all;
        for (const json::View row : found.root().get("rows")->elements()) {
            const auto cell = [&row](std::size_t i) {
                return std::string(row.at(i)->as_string().value());
            };
            all[cell(0)].emplace(cell(1), cell(2));
        }
        return all;
    }

private:
    static void add(int count, const std::string& time) {
        sql("WITH RECURSIVE n(i) AS (SELECT 1 UNION SELECT i + 1 FROM n WHERE i < " +
            std::to_string(count) +
            ") INSERT INTO issues (tracker_id, project_id, subject, status_id, priority_id, "
            "author_id, created_on, updated_on, lock_version, done_ratio, is_private, lft, rgt) "
            "SELECT 1, 1, 'Imported ' || i, 1, 2, 1, " +
            time + ", " + time + ", 0, 0, 0, 1, 2 FROM n");
        sql("UPDATE issues SET root_id = id WHERE root_id IS NULL");
    }
    static void sql(const std::string& text) { tell(*server_, "sql", "text", text); }

    static inline std::unique_ptr<PrivateServer> server_;
    static inline bool filled_ = false;
};

class WordPress final : public ScriptedServer {
public:
    static Result<std::shared_ptr<System>> start() {
        TOUCHLINE_CHECK(boot(server_, "wordpress/wordpress_server.py"));
        return std::shared_ptr<System>(std::make_shared<WordPress>());
    }
    WordPress() { stand_before(server_->url()); }

    Configured configured() const override {
        return {
            "wordpress",
            R"({"url": ")" + url() + R"(", "staff_users": [1]})",
            net::BasicLogin{"admin", Secret(secret())}};
    }
    std::string secret() const override { return server_->about("admin_password"); }
    void seed(bool) override {
        if (!std::exchange(filled_, true)) add(230, "'2026-10-01 09:00:00'");
    }
    void step() override {
        add(25, "UTC_TIMESTAMP()");
        sql("UPDATE wp_comments SET comment_content = 'Changed " + std::to_string(next_number()) +
            "' ORDER BY comment_ID DESC LIMIT 1;");
    }
    void late() override { add(1, "UTC_TIMESTAMP() - INTERVAL 3 DAY"); }
    std::vector<Call> remove() override {
        sql("DELETE FROM wp_comments ORDER BY comment_ID LIMIT 1;");
        return {};
    }
    net::Credentials rotate() override { return renew(secret()); }

private:
    static void add(int count, const std::string& time) {
        sql("INSERT INTO wp_comments (comment_post_ID, comment_author, comment_author_email, "
            "comment_author_url, comment_author_IP, comment_date, comment_date_gmt, "
            "comment_content, comment_approved, comment_agent, comment_type, comment_parent, "
            "user_id) SELECT 1, CONCAT('Guest ', seq), CONCAT('g', seq, '@x.test'), '', '', " +
            time + ", " + time + ", 'Imported', '1', '', 'comment', 0, 0 FROM seq_1_to_" +
            std::to_string(count) + ";");
    }
    static void sql(const std::string& text) { tell(*server_, "sql", "text", text); }

    static inline std::unique_ptr<PrivateServer> server_;
    static inline bool filled_ = false;
};

class Vendure final : public ScriptedServer {
public:
    static Result<std::shared_ptr<System>> start() {
        TOUCHLINE_CHECK(boot(server_, "vendure/vendure_server.py"));
        return std::shared_ptr<System>(std::make_shared<Vendure>());
    }
    Vendure() {
        stand_before(server_->url());
        faults()->tell(
            "expired",
            R"({"status": 200, "body": {"errors": [{"extensions": {"code": "FORBIDDEN"}}]}})"
        );
    }

    Configured configured() const override {
        return {
            "vendure",
            R"({"url": ")" + url() + R"("})",
            integration::in_session("vendure", server_->about("reader"), secret())};
    }
    std::string secret() const override { return server_->about("reader_password"); }
    void seed(bool) override {
        if (!std::exchange(filled_, true)) add(130);
    }
    void step() override {
        add(25);
        ask("mutation {updateCustomer(input: {id: \"1\", firstName: \"Changed" +
            std::to_string(next_number()) + "\"}) {__typename}}");
    }
    std::vector<Call> remove() override {
        static int last = 1;
        ask("mutation {deleteCustomer(id: \"" + std::to_string(++last) + "\") {result}}");
        return {};
    }

private:
    static void add(int count) {
        std::string query = "mutation {";
        for (int i = 0; i < count; ++i) {
            const std::string n = std::to_string(next_number());
            query += "c" + n + ": createCustomer(input: {firstName: \"Imported\", lastName: \"" +
                     n + "\", emailAddress: \"i" + n + "@x.test\"}) {__typename} ";
        }
        ask(query + "}");
    }
    static void ask(const std::string& query) { tell(*server_, "graphql", "query", query); }

    static inline std::unique_ptr<PrivateServer> server_;
    static inline bool filled_ = false;
};

class Tryton final : public ScriptedServer {
public:
    static Result<std::shared_ptr<System>> start() {
        TOUCHLINE_CHECK(boot(server_, "tryton/tryton_server.py"));
        return std::shared_ptr<System>(std::make_shared<Tryton>());
    }
    Tryton() { stand_before(server_->url()); }

    Configured configured() const override {
        return {
            "tryton",
            R"({"url": ")" + url() + R"(", "database": ")" + server_->about("database") + R"("})",
            integration::in_session("tryton", server_->about("reader"), secret())};
    }
    std::string secret() const override { return server_->about("reader_password"); }
    void seed(bool) override {
        if (!std::exchange(filled_, true)) add(430);
    }
    void step() override {
        add(25);
        call(
            "write",
            "[" + some_ + R"(], {"name": "Changed )" + std::to_string(next_number()) + R"("})"
        );
    }
    std::vector<Call> remove() override {
        call("delete", "[" + some_ + "]");
        return {};
    }

private:
    static void add(int count) {
        std::string list;
        for (int i = 0; i < count; ++i)
            list += (i > 0 ? "," : "") + std::string(R"({"name": "Imported )") +
                    std::to_string(next_number()) + "\"}";
        const auto made = call("create", "[" + list + "]");
        some_ = json::find(made.root(), "/result/0").value().text();
    }
    static json::Document call(const std::string& method, const std::string& params) {
        return must(server_->tell(
            R"({"do": "call", "method": "model.party.party.)" + method + R"(", "params": [)" +
            params + "]}"
        ));
    }

    static inline std::unique_ptr<PrivateServer> server_;
    static inline std::string some_;  // a party's id
    static inline bool filled_ = false;
};

class RequestTracker final : public WebServer {
public:
    static Result<std::shared_ptr<System>> start() {
        if (!server_) {
            if (!rt_test::RtServer::is_installed())
                return Error(Code::not_found, "not installed: request-tracker5");
            TOUCHLINE_TRY(client_, net::make_http_client());
            TOUCHLINE_TRY(server_, rt_test::RtServer::start(*client_));
        }
        return std::shared_ptr<System>(std::make_shared<RequestTracker>());
    }
    RequestTracker() { stand_before(server_->url()); }

    Configured configured() const override {
        return {
            "request-tracker",
            R"({"url": ")" + url() + R"("})",
            net::HeaderKey{"Authorization", Secret(secret()), "token "}};
    }
    std::string secret() const override { return server_->reader_token(); }
    void seed(bool) override {
        if (std::exchange(filled_, true)) return;
        for (const char* who : {"Ana <ana@globex.test>", "Bo <bo@globex.test>", "Cy <cy@x.test>"})
            must(server_->mail(who, "Printer on fire", "It burns."));
        must(server_->add_comments("1", 130));
    }
    void step() override {
        must(server_->mail("Dan <dan@globex.test>", "Still on fire", "Hello?"));
        must(server_->add_comments("2", 20));
        must(server_->send("PUT", "ticket/1", R"({"Subject":"Printer smokes"})"));
    }
    std::vector<Call> remove() override {
        must(server_->send("DELETE", "ticket/3"));
        return {};
    }
    net::Credentials rotate() override { return renew(secret()); }
    /// A transaction stays, but tells its ticket's subject and people as they were when it was
    /// read.
    Streams seen(const ConnectorBench& bench) const override {
        Streams all = bench.records();
        for (auto& [id, record] : all["transactions"]) {
            const auto document = must(json::Document::parse(record));
            std::string lasting;
            for (const auto& [name, value] : document.root().members())
                if (name != "Ticket") lasting.append(name).append(value.text());
            record = std::move(lasting);
        }
        return all;
    }

private:
    static inline std::unique_ptr<net::HttpClient> client_;
    static inline std::unique_ptr<rt_test::RtServer> server_;
    static inline bool filled_ = false;
};

}  // namespace

Result<std::shared_ptr<System>> make_web_server(const std::string& connector) {
    static const std::map<std::string, std::function<Result<std::shared_ptr<System>>()>> k_all{
        {"redmine", Redmine::start},
        {"request-tracker", RequestTracker::start},
        {"tryton", Tryton::start},
        {"vendure", Vendure::start},
        {"wordpress", WordPress::start}};
    const auto found = k_all.find(connector);
    return found == k_all.end() ? std::shared_ptr<System>() : found->second();
}

}  // namespace touchline::connectors
