// Dead letters by their cause; dropping them, and taking that back.
#include "access.hpp"
#include "body.hpp"
#include "problem.hpp"
#include "routes.hpp"

#include "touchline/base/digest.hpp"
#include "touchline/json/writer.hpp"

#include <algorithm>
#include <charconv>
#include <map>

namespace touchline::api {
namespace {

constexpr std::int64_t k_page = 1'000;
constexpr std::size_t k_ids = 500;
constexpr std::size_t k_droppings = 20;
/// How long what was dropped can come back.
constexpr std::chrono::days k_kept{30};

/// Numbers and quoted values vary from record to record; the rest of a message says what is wrong.
std::string pattern_of(std::string_view message) {
    std::string pattern;
    for (std::size_t i = 0; i < message.size(); ++i) {
        const char c = message[i];
        const std::size_t close = c == '"' ? message.find('"', i + 1) : std::string_view::npos;
        if (close != std::string_view::npos) {
            pattern += "\"…\"";
            i = close;
        } else if (c >= '0' && c <= '9') {
            if (!pattern.ends_with('#')) pattern += '#';
        } else {
            pattern += c;
        }
    }
    return pattern;
}

struct Cause {
    store::DeadLetter newest;
    std::int64_t letters = 0;
    Time first_at{};
    std::vector<std::int64_t> ids;  ///< newest first, at most k_ids
};

std::string key_of(const store::DeadLetter& letter) {
    std::string key = letter.connection;
    for (const std::string& part :
         {letter.stream, letter.stage, letter.code, letter.place, pattern_of(letter.message)})
        key.append(1, '\n').append(part);
    return key;
}

/// The same for as long as a letter of the cause is there, whichever is the newest.
std::string id_of(const store::DeadLetter& letter) {
    const Digest digest = sha256(key_of(letter));
    return to_hex(std::span(digest).first(8));
}

Result<std::vector<Cause>> causes_of(store::Reader& reader, const std::string& connection) {
    std::map<std::string, Cause> causes;
    for (std::int64_t offset = 0;; offset += k_page) {
        TOUCHLINE_TRY(const auto letters, reader.dead_letters(connection, offset, k_page));
        for (const store::DeadLetter& letter : letters) {
            const auto [cause, is_new] = causes.try_emplace(key_of(letter));
            Cause& one = cause->second;
            if (is_new) {
                one.newest = letter;
                one.first_at = letter.first_at;
            }
            ++one.letters;
            one.first_at = std::min(one.first_at, letter.first_at);
            if (one.ids.size() < k_ids) one.ids.push_back(static_cast<std::int64_t>(letter.key));
        }
        if (std::ssize(letters) < k_page) break;
    }
    std::vector<Cause> all;
    for (auto& [key, cause] : causes) all.push_back(std::move(cause));
    std::ranges::stable_sort(all, std::ranges::greater(), &Cause::letters);
    return all;
}

}  // namespace

Answer get_dead_letter_causes(const Call& call) {
    TOUCHLINE_TRY(const auto reader, call.options.environment.store.reader());
    TOUCHLINE_TRY(const auto causes, causes_of(*reader, call.query("connection")));
    std::int64_t total = 0;
    json::Writer writer;
    writer.begin_object().key("causes").begin_array();
    for (const Cause& cause : causes) {
        const store::DeadLetter& letter = cause.newest;
        total += cause.letters;
        writer.begin_object().member("id", id_of(letter));
        writer.member("connection", letter.connection).member("stream", letter.stream);
        writer.member("stage", letter.stage)
            .member("code", letter.code)
            .member("message", letter.message);
        writer.member("place", letter.place).member("cure", letter.cure);
        writer.member("letters", cause.letters);
        writer.member("first_at", format_rfc3339(cause.first_at));
        writer.member("last_at", format_rfc3339(letter.last_at));
        writer.key("newest").begin_object();
        writer.member("id", static_cast<std::int64_t>(letter.key));
        writer.member("external_id", letter.external_id).member("attempts", letter.attempts);
        writer.member("raw_bytes", letter.raw_bytes).end_object();
        writer.key("ids").begin_array();
        for (const std::int64_t id : cause.ids) writer.value(id);
        writer.end_array().end_object();
    }
    writer.end_array().member("total", total).end_object();
    return json_response(writer.take());
}

/// Everything or nothing: `count` has to be what the caller has seen. It can be taken back for a
/// while.
Answer post_dead_letter_drop(const Call& call) {
    TOUCHLINE_TRY(const json::Document body, body_of(call));
    const auto ids = body.root().get("ids");
    const auto count = body.root().get("count");
    if (!ids || !count || count->as_int() != static_cast<std::int64_t>(ids->size()))
        return Error(Code::bad_data, "say which ones with `ids`, and how many with `count`");
    std::vector<store::DeadLetterKey> letters;
    for (const json::View id : ids->elements())
        letters.push_back(static_cast<store::DeadLetterKey>(id.as_int().value_or(0)));
    const Time now = call.options.environment.clock.now();
    TOUCHLINE_TRY(const auto transaction, call.options.environment.store.begin());
    TOUCHLINE_TRY(const store::DroppingKey key, transaction->set_aside_dead_letters(letters, now));
    TOUCHLINE_CHECK(transaction->forget_droppings(now - k_kept));
    TOUCHLINE_CHECK(transaction->commit());
    json::Writer writer;
    writer.begin_object().member("dropped", ids->size());
    writer.member("dropping", static_cast<std::int64_t>(key)).end_object();
    return json_response(writer.take());
}

Answer get_droppings(const Call& call) {
    TOUCHLINE_TRY(const auto reader, call.options.environment.store.reader());
    TOUCHLINE_TRY(const auto droppings, reader->droppings(k_droppings));
    json::Writer writer;
    writer.begin_object().key("droppings").begin_array();
    for (const store::Dropping& one : droppings) {
        writer.begin_object().member("id", static_cast<std::int64_t>(one.key));
        writer.member("at", format_rfc3339(one.at)).member("letters", one.letters);
        writer.member("until", format_rfc3339(one.at + k_kept));
        writer.member("connection", one.connection).member("message", one.message).end_object();
    }
    writer.end_array().end_object();
    return json_response(writer.take());
}

Answer post_dropping_restore(const Call& call) {
    TOUCHLINE_CHECK(check_change(call.request));
    const std::string& text = call.path[0];
    std::int64_t key = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), key);
    if (fault != std::errc() || end != text.data() + text.size())
        return Error(Code::not_found, "nothing was dropped as " + text.substr(0, 32));
    TOUCHLINE_TRY(const auto transaction, call.options.environment.store.begin());
    TOUCHLINE_TRY(
        const std::int64_t restored,
        transaction->restore_dead_letters(static_cast<store::DroppingKey>(key))
    );
    TOUCHLINE_CHECK(transaction->commit());
    json::Writer writer;
    writer.begin_object().member("restored", restored).end_object();
    return json_response(writer.take());
}

}  // namespace touchline::api
