// What FakeHost knows and remembers; include fake_host.hpp.
#pragma once

#include "touchline/sdk/testing/fake_traffic.hpp"
#include "touchline/sdk/testing/mini_json.hpp"

#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace touchline::sdk::testing {

class FakeHost {
public:
    FakeHost() = default;
    FakeHost(const FakeHost&) = delete;
    FakeHost& operator=(const FakeHost&) = delete;

    /// Answers to `line` ("GET /tickets?page=2"), used up in order; the last one stays.
    void answer(const std::string& line, int status, std::string body, Fields headers = {}) {
        answer(line, Answer{status, std::move(body), std::move(headers), -1, TL_OK});
    }
    void answer(const std::string& line, Answer what) { answers_[line].push_back(std::move(what)); }
    /// What a stream of the target brings once it is open, and once `said` was sent over it; used
    /// up in order, the last one stays. A path with its query is named as in "events/x?cursor=7".
    void on_open(const std::string& target, std::vector<std::string> frames, bool end = false) {
        scripts_[target + "\n"].push_back({std::move(frames), end});
    }
    void on_send(
        const std::string& target,
        const std::string& said,
        std::vector<std::string> frames,
        bool end = false
    ) {
        scripts_[target + "\n" + said].push_back({std::move(frames), end});
    }
    /// Rows for a query, by its SQL and parameters, each on a line of its own.
    void rows(const std::string& query, FakeRows rows) { rows_[query].push_back(std::move(rows)); }
    void file(const std::string& name, std::string bytes, std::int64_t modified_unix_ns = 1) {
        auto& entry = files_[name];
        if (entry.id == 0) entry.id = ++next_file_id_;
        entry.bytes = std::move(bytes);
        entry.modified_unix_ns = modified_unix_ns;
    }
    void remove_file(const std::string& name) { files_.erase(name); }
    void rename_file(const std::string& from, const std::string& to) {
        auto entry = files_.extract(from);
        entry.key() = to;
        files_.insert(std::move(entry));
    }

    // What the plugin handed over.
    std::vector<KeptPage> pages;
    std::vector<KeptCheckpoint> checkpoints;
    std::vector<KeptBadRecord> bad_records;
    std::vector<SentRequest> requests;
    std::vector<std::string> sent;  ///< over streams
    std::vector<std::string> queries;
    std::vector<KeptItem> items;
    std::vector<std::string> logs;
    tl_status error_status = TL_OK;
    std::string error_message;

    // Faults.
    int cancel_at_call = -1;      ///< this host call (from 0) and all after it return TL_CANCELLED
    int fail_checkpoint_at = -1;  ///< this checkpoint (from 0) returns TL_RETRY
    int calls = 0;                ///< how many host calls there were
    bool stays = false;           ///< what reads are told
    std::int64_t clock_ms = 1'700'000'000'000;
    std::size_t open_bodies() const { return bodies_.size(); }

    const tl_host* table() const { return &host_; }
    tl_job* job() { return reinterpret_cast<tl_job*>(this); }
    tl_body make_body(std::string bytes, Fields headers = {}) {
        bodies_[++next_body_] = {std::move(bytes), std::move(headers)};
        return next_body_;
    }

private:
    struct HeldBody {
        std::string bytes;
        Fields headers;
    };
    static tl_str str(std::string_view text) { return {text.data(), text.size()}; }
    static std::string own(tl_str text) {
        return text.n == 0 ? std::string() : std::string(text.p, text.n);
    }
    static FakeHost& of(tl_job* job) { return *reinterpret_cast<FakeHost*>(job); }
    bool stopped() {
        const int call = calls++;
        return cancel_at_call >= 0 && call >= cancel_at_call;
    }

    const std::string& bytes_of(tl_body handle) const {
        static const std::string k_none;
        const auto found = bodies_.find(handle);
        return found == bodies_.end() ? k_none : found->second.bytes;
    }

    tl_status respond(const SentRequest& request, tl_http_response* out) {
        requests.push_back(request);
        const std::string line = request.method + " " + request.path;
        const auto found = answers_.find(line);
        if (found == answers_.end()) {
            error_message = "no answer was scripted for " + line;
            return TL_INTERNAL;
        }
        const Answer answer = found->second.front();
        if (found->second.size() > 1) found->second.pop_front();
        if (answer.failure < 0) return answer.failure;
        out->http_status = answer.status;
        out->retry_after_ms = answer.retry_after_ms;
        const bool fine = (answer.status >= 200 && answer.status < 300) || answer.status == 304;
        if (!fine && (request.flags & TL_HTTP_ANY_STATUS) == 0) return status_of(answer.status);
        out->body = make_body(answer.body, answer.headers);
        out->body_bytes = answer.body.size();
        return TL_OK;
    }
    static tl_status status_of(int http) {
        switch (http) {
            case 401:
                return TL_AUTH;
            case 403:
                return TL_DENIED;
            case 404:
            case 410:
                return TL_NOT_FOUND;
            case 408:
                return TL_TIMEOUT;
            case 409:
                return TL_CONFLICT;
            case 429:
                return TL_RATE_LIMITED;
            default:
                return http >= 500 || http == 425 ? TL_UNAVAILABLE : TL_BAD_DATA;
        }
    }
    static std::string encode(std::string_view text) {
        constexpr char k_hex[] = "0123456789ABCDEF";
        std::string out;
        for (const char c : text) {
            const auto byte = static_cast<unsigned char>(c);
            const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
                               (c >= 'A' && c <= 'Z') ||
                               std::string_view("-._~").find(c) != std::string_view::npos;
            if (plain)
                out += c;
            else
                out += {'%', k_hex[byte >> 4], k_hex[byte & 15]};
        }
        return out;
    }
    static bool matches(std::string_view pattern, std::string_view name) {
        if (pattern.empty()) return name.empty();
        if (pattern.substr(0, 3) == "**/") {
            if (matches(pattern.substr(3), name)) return true;
            const auto slash = name.find('/');
            return slash != std::string_view::npos && matches(pattern, name.substr(slash + 1));
        }
        if (pattern[0] == '*') {
            if (matches(pattern.substr(1), name)) return true;
            return !name.empty() && name[0] != '/' && matches(pattern, name.substr(1));
        }
        if (name.empty() || (pattern[0] != '?' && pattern[0] != name[0])) return false;
        return matches(pattern.substr(1), name.substr(1));
    }

    struct FakeStream {
        std::string target;
        std::deque<std::string> frames;
        bool end = false;
    };
    tl_status play(FakeStream& stream, const std::string& said) {
        const auto found = scripts_.find(stream.target + "\n" + said);
        if (found == scripts_.end()) {
            error_message = "nothing was scripted for " + stream.target + ": " + said;
            return TL_INTERNAL;
        }
        const FrameScript script = found->second.front();
        if (found->second.size() > 1) found->second.pop_front();
        stream.frames.insert(stream.frames.end(), script.frames.begin(), script.frames.end());
        stream.end = script.end;
        return TL_OK;
    }

    static const void* service(const tl_host* host, const char* id) noexcept;
    template <typename Table>
    static void fill(Table& table) {
        table = {};
        table.size = sizeof(Table);
    }
    struct Tables;

    tl_host host_{sizeof(tl_host), TL_ABI_MINOR, str("fake"), str("1"), &service};
    std::map<std::string, std::deque<Answer>> answers_;
    std::map<std::string, FakeFile> files_;
    std::map<std::string, std::deque<FrameScript>> scripts_;  ///< by target and what was said
    std::map<std::string, std::deque<FakeRows>> rows_;
    std::map<tl_stream, FakeStream> streams_;
    std::map<tl_body, HeldBody> bodies_;
    tl_body next_body_ = 0;
    tl_stream next_stream_ = 0;
    std::uint64_t next_file_id_ = 0;
};

}  // namespace touchline::sdk::testing
