// Secrets are planted in every connector of the catalogue, and looked for in all that is written,
// said and handed to connectors.
#include "catalogue.hpp"
#include "store_state.hpp"
#include "subjects.hpp"
#include "with_url.hpp"

#include "touchline/base/digest.hpp"

#include <gmock/gmock.h>

#include <cstdlib>
#include <iostream>
#include <map>
#include <set>
#include <thread>
#include <variant>

namespace touchline::simulated {
namespace {

namespace fs = std::filesystem;
using e2e::Child;
using e2e::read_file;
using e2e::write_file;

/// How a connection's secrets are configured: `${secret:NAME}` each, beside what they are.
class Planted {
public:
    /// The reference to it.
    std::string put(const std::string& secret) {
        const std::string name = "PLANTED_" + std::to_string(all_.size());
        all_.emplace(name, secret);
        return "\"${secret:" + name + "}\"";
    }
    /// One that is written otherwise on the wire.
    void also(const std::string& text) { others_.insert(text); }

    std::string file() const {
        std::string lines;
        for (const auto& [name, secret] : all_) lines += name + "=" + secret + "\n";
        return lines;
    }
    std::set<std::string> words() const {
        std::set<std::string> words = others_;
        for (const auto& [name, secret] : all_) words.insert(secret);
        return words;
    }

private:
    std::map<std::string, std::string> all_;
    std::set<std::string> others_;
};

std::string basic(Planted& planted, const std::string& user, const std::string& password) {
    planted.also(to_base64(user + ":" + password));
    return "{kind: basic, user: \"" + user + "\", secret: " + planted.put(password) + "}";
}

/// The configuration's words for the credentials of a simulator.
struct Worded {
    Planted& planted;

    std::string operator()(const net::BearerToken& c) const {
        return "{kind: bearer, secret: " + planted.put(std::string(c.token.reveal())) + "}";
    }
    std::string operator()(const net::ProvedToken& c) const {
        return "{kind: bearer-proof, secret: " + planted.put(std::string(c.token.reveal())) +
               ", app_secret: " + planted.put(std::string(c.app_secret.reveal())) + "}";
    }
    std::string operator()(const net::BasicLogin& c) const {
        const std::string password(c.password.reveal());
        if (password != "X") return basic(planted, c.user, password);
        planted.also(to_base64(c.user + ":X"));
        return "{kind: basic-key, secret: " + planted.put(c.user) + "}";
    }
    std::string operator()(const net::HeaderKey& c) const {
        return "{kind: header, name: " + c.name +
               ", secret: " + planted.put(std::string(c.key.reveal())) + "}";
    }
    template <typename Other>
    std::string operator()(const Other&) const {
        return "{kind: none}";
    }
};

class Secrets : public testing::Test {
protected:
    Secrets() {
        auto http = net::make_http_client();
        EXPECT_TRUE(http);
        http_ = std::move(*http);
        parrot_ = std::move(Simulator::start(*http_, "parrot")).value();
        planted_.also("parrot-session-s3cret");
        std::string connections;
        for (const connectors::Row& row : connectors::catalogue()) connections += connection(row);
        write_file(where() / "secrets.env", planted_.file());
        fs::permissions(where() / "secrets.env", fs::perms::owner_read | fs::perms::owner_write);
        fs::create_directories(where() / "inbox");
        write_file(
            where() / "rows.yaml",
            "version: 1\nemit: touchpoint\nset:\n  kind: form.submitted\n  channel: web\n"
            "  direction: inbound\n  occurred_at: =at\n"
            "  identities: [{ns: email, value: =mail}]\n"
        );
        write_file(
            where() / "touchline.yaml",
            "version: 1\nstorage: {dir: data}\nsecrets: {file: secrets.env}\n"
            "isolation: {shipped: process}\nconnections:\n" +
                connections
        );
    }

    const fs::path& where() const { return folder_.path(); }

    std::string connection(const connectors::Row& row) {
        const std::string name = row.connector.substr(row.connector.find('/') + 1);
        std::string settings, auth, streams;
        const auto known = subjects();
        if (std::find(known.begin(), known.end(), name) != known.end()) {
            const Subject one = subject(name);
            auto simulator = Simulator::start(*http_, name);
            EXPECT_TRUE(simulator) << name;
            (*simulator)->tell("seed", R"({"count": 20})");
            settings = with_url(one.settings, (*simulator)->url());
            auth = std::visit(Worded{planted_}, one.credentials);
            simulators_.emplace(name, std::move(*simulator));
        } else {
            std::tie(settings, auth) = beside_the_simulators(name);
            if (name == "file" || name == "postgresql")
                streams = "    streams: {rows: {mapping: rows.yaml}}\n";
        }
        return "  " + name + ":\n    plugin: " + name + "\n    allow_private_network: true\n" +
               "    settings: " + settings + "\n    auth: " + auth + "\n" + streams +
               "    webhook: {path: /in/" + name +
               ", verify: {scheme: hmac-sha256, header: X-Sign, secret: " +
               planted_.put("hook-s3cret-" + name) + "}}\n";
    }
    /// Connectors of real servers meet a parrot here; what they do with their own, their own tests
    /// show.
    std::pair<std::string, std::string> beside_the_simulators(const std::string& name) {
        const std::string url = "\"" + parrot_->url() + "\"";
        const std::string port = url.substr(url.rfind(':') + 1, url.size() - url.rfind(':') - 2);
        const std::string planted = "planted-s3cret-" + name;
        if (name == "redmine")
            return {
                "{url: " + url + "}",
                "{kind: header, name: X-Redmine-API-Key, secret: " + planted_.put(planted) + "}"};
        if (name == "request-tracker")
            return {"{url: " + url + "}", "{kind: token, secret: " + planted_.put(planted) + "}"};
        if (name == "tryton")
            return {
                "{url: " + url + ", database: x}",
                "{kind: session, user: ana, secret: " + planted_.put(planted) + "}"};
        if (name == "vendure")
            return {
                "{url: " + url + "}",
                "{kind: session, user: ana, secret: " + planted_.put(planted) + "}"};
        if (name == "wordpress") return {"{url: " + url + "}", basic(planted_, "ana", planted)};
        if (name == "imap")
            return {"{host: 127.0.0.1, port: " + port + "}", basic(planted_, "ana", planted)};
        if (name == "postgresql")
            return {
                "{host: 127.0.0.1, port: " + port + ", database: x, table: t, key: id}",
                basic(planted_, "ana", planted)};
        if (name == "bluesky")
            return {
                "{url: " + url + ", firehose: \"ws" + url.substr(5) + ", account: \"did:plc:ana\"}",
                "{kind: none}"};
        if (name == "file") return {"{path: inbox}", "{kind: none}"};
        return {"{stream: tally, key: /data/responseId}", "{kind: none}"};
    }
    void spoil(const std::string& kind) {
        for (const auto& [vendor, simulator] : simulators_)
            simulator->tell("fault", R"({"kind": ")" + kind + R"(", "at": [2, 5]})");
    }
    int run(std::vector<std::string> arguments) {
        Child child(e2e::touchline(std::move(arguments)), where());
        std::ofstream(where() / "stdout.txt", std::ios::app) << child.output();
        return child.wait();
    }
    /// All that the store keeps, uncompressed.
    void write_down_the_store() {
        std::ofstream out(where() / "store.txt", std::ios::binary);
        const auto store = e2e::open_store(where() / "data/touchline.db");
        const auto reader = *store->reader();
        auto after = store::RecordKey::none;
        while (true) {
            const auto records = *reader->stored_records({}, after, 1000, 8U << 20U);
            if (records.empty()) break;
            records_ += records.size();
            for (const auto& record : records) out << record.external_id << record.bytes << '\n';
            after = records.back().key;
        }
        for (const auto& letter : *reader->dead_letters("", 0, 1000))
            out << letter.message << letter.place << *reader->dead_letter_raw(letter.key) << '\n';
        for (const connectors::Row& row : connectors::catalogue()) {
            const std::string id = row.connector.substr(row.connector.find('/') + 1);
            for (const auto& one : *reader->runs(id, 100)) {
                ++runs_;
                out << one.outcome << one.error << one.setup << '\n';
            }
        }
    }
    /// Every file below the folder that holds one of the secrets.
    std::set<std::string> files_with_secrets(const fs::path& folder) const {
        const auto words = planted_.words();
        std::set<std::string> found;
        for (const auto& entry : fs::recursive_directory_iterator(folder)) {
            if (!entry.is_regular_file()) continue;
            const std::string text = read_file(entry.path());
            for (const std::string& word : words) {
                if (text.find(word) != std::string::npos)
                    found.insert(fs::relative(entry.path(), folder).string() + ": " + word);
            }
        }
        return found;
    }

    const e2e::Folder folder_;
    std::unique_ptr<net::HttpClient> http_;
    std::unique_ptr<Simulator> parrot_;
    std::map<std::string, std::unique_ptr<Simulator>> simulators_;
    Planted planted_;
    std::size_t records_ = 0, runs_ = 0;
};

/// The processes that connectors live in.
std::set<pid_t> runners_of(pid_t daemon) {
    std::set<pid_t> runners;
    for (const auto& thread : fs::directory_iterator("/proc/" + std::to_string(daemon) + "/task")) {
        std::istringstream children(read_file(thread.path() / "children"));
        for (pid_t child = 0; children >> child;) runners.insert(child);
    }
    return runners;
}

/// All that a process has in its memory; nothing where this one may not look.
std::string memory_of(pid_t process) {
    const std::string folder = "/proc/" + std::to_string(process);
    std::ifstream memory(folder + "/mem", std::ios::binary);
    std::istringstream maps(read_file(folder + "/maps"));
    std::string all;
    for (std::string line; std::getline(maps, line);) {
        unsigned long from = 0, to = 0;
        char readable = '-';
        if (std::sscanf(line.c_str(), "%lx-%lx %c", &from, &to, &readable) != 3) continue;
        if (readable != 'r' || line.find("[v") != std::string::npos || to - from > 128UL << 20U)
            continue;
        std::string part(to - from, '\0');
        memory.clear();
        memory.seekg(static_cast<std::streamoff>(from));
        memory.read(part.data(), static_cast<std::streamsize>(part.size()));
        part.resize(static_cast<std::size_t>(std::max<std::streamsize>(memory.gcount(), 0)));
        all += part;
    }
    return all;
}

TEST_F(Secrets, OfNoConnectorAreWrittenSaidOrHandedOver) {
    for (const connectors::Row& row : connectors::catalogue())
        run({"-v", "connections", "test", row.connector.substr(row.connector.find('/') + 1)});
    // Good runs, and bad ones of every kind; servers that show in their answers what they were
    // sent.
    for (const char* kind : {"none", "echo", "cut", "expired"}) {
        if (std::string_view(kind) != "none") spoil(kind);
        run({"-v", "connections", "run"});
    }
    // One that is killed in the middle.
    for (const auto& [vendor, simulator] : simulators_) simulator->tell("step");
    {
        Child child(e2e::touchline({"-v", "connections", "run"}), where());
        while (child.cpu_time() < std::chrono::milliseconds(150) &&
               !child.ends_within(std::chrono::milliseconds(1))) {
        }
        child.signal(SIGKILL);
        child.wait();
    }
    // Credentials that are no longer good.
    for (const auto& [vendor, simulator] : simulators_)
        simulator->tell(
            "rotate", R"({"old": ")" + subject(vendor).secret + R"(", "new": "unknown"})"
        );
    run({"-v", "connections", "run"});
    for (const auto& [vendor, simulator] : simulators_) {
        const std::string& secret = subject(vendor).secret;
        simulator->tell("rotate", R"({"old": ")" + secret + R"(", "new": ")" + secret + R"("})");
        simulator->tell("step");
    }
    spoil("echo");

    std::size_t looked_into = 0, with_settings = 0, bytes = 0;
    {
        e2e::Daemon daemon({"-v", "serve", "--dev", "--listen", "127.0.0.1:0"}, where());
        ASSERT_TRUE(daemon.is_ready()) << read_file(where() / "stderr.txt");
        // A forged webhook for each.
        for (const connectors::Row& row : connectors::catalogue())
            daemon.post("/in/" + row.connector.substr(row.connector.find('/') + 1), "{}");
        std::set<pid_t> runners;
        for (int look = 0; look < 60 && runners.size() < connectors::catalogue().size() / 2;
             ++look) {
            std::this_thread::sleep_for(std::chrono::milliseconds(500));
            runners = runners_of(daemon.child().id());
        }
        std::this_thread::sleep_for(std::chrono::seconds(5));
        int number = 0;
        for (const char* path :
             {"connections", "status", "dead-letters", "audit", "destinations", "metrics"}) {
            write_file(
                where() / ("api" + std::to_string(++number) + ".txt"),
                daemon.get("/api/v1/" + std::string(path)).body
            );
        }
        for (const pid_t runner : runners_of(daemon.child().id())) {
            const std::string memory = memory_of(runner);
            if (memory.empty()) continue;
            ++looked_into;
            bytes += memory.size();
            if (memory.find(parrot_->url()) != std::string::npos) ++with_settings;
            for (const std::string& word : planted_.words())
                EXPECT_EQ(memory.find(word), std::string::npos)
                    << word << " in a connector's memory";
        }
    }
    EXPECT_TRUE(looked_into == 0 || with_settings > 0) << "what is there is not found either";
    write_down_the_store();
    EXPECT_GT(records_, 500u);
    std::set<std::string> expected;
    for (const std::string& word : planted_.words()) {
        if (planted_.file().find(word) != std::string::npos)
            expected.insert("secrets.env: " + word);
    }
    EXPECT_EQ(files_with_secrets(where()), expected);
    std::cout << "secrets: " << planted_.words().size() << " planted in "
              << connectors::catalogue().size() << " connections, " << runs_ << " runs, "
              << records_ << " records looked through, " << looked_into << " connectors' memory ("
              << (bytes >> 20U) << " MiB)\n";
}

TEST_F(Secrets, AreInNoCassette) {
    EXPECT_EQ(files_with_secrets(CONNECTORS_DIR), std::set<std::string>());
}

}  // namespace
}  // namespace touchline::simulated
