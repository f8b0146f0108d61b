#include "../loading.hpp"

#include "touchline/base/digest.hpp"
#include "touchline/base/text.hpp"
#include "touchline/deliver/recovery.hpp"
#include "touchline/ingest/connection_run.hpp"
#include "touchline/json/writer.hpp"

#include <map>

namespace touchline::app {
namespace {

constexpr std::int64_t k_shown = 200;
constexpr std::int64_t k_page = 500;

std::string key_text(const store::DeadLetter& letter) {
    return std::to_string(static_cast<std::int64_t>(letter.key));
}

void write(json::Writer& writer, const store::DeadLetter& letter) {
    writer.begin_object()
        .member("id", static_cast<std::int64_t>(letter.key))
        .member("connection", letter.connection);
    writer.member("stream", letter.stream)
        .member("external_id", letter.external_id)
        .member("stage", letter.stage);
    writer.member("code", letter.code)
        .member("message", letter.message)
        .member("place", letter.place);
    writer.member("cure", letter.cure)
        .member("attempts", letter.attempts)
        .member("raw_bytes", letter.raw_bytes);
    writer.member("first_at", format_rfc3339(letter.first_at))
        .member("last_at", format_rfc3339(letter.last_at));
    writer.end_object();
}

Result<std::vector<store::DeadLetter>> letters_of(
    store::Reader& reader, const std::string& connection
) {
    std::vector<store::DeadLetter> all;
    while (true) {
        TOUCHLINE_TRY(
            const auto page,
            reader.dead_letters(connection, static_cast<std::int64_t>(all.size()), k_page)
        );
        if (page.empty()) return all;
        all.insert(all.end(), page.begin(), page.end());
    }
}

}  // namespace

int dlq_list(Terminal& terminal, const Globals& globals, const std::string& connection) {
    const Opened opened = open_installation(terminal, globals, Access::read);
    if (!opened) return opened.code;
    const auto reader = opened.installation->store().reader();
    if (!reader) return terminal.fail(reader.error());
    const auto letters = (*reader)->dead_letters(connection, 0, k_shown);
    if (!letters) return terminal.fail(letters.error());
    if (terminal.json) {
        json::Writer writer;
        writer.begin_object().key("dead_letters").begin_array();
        for (const store::DeadLetter& letter : *letters) write(writer, letter);
        writer.end_array().end_object();
        terminal.print(writer.text());
        return k_ok;
    }
    for (const store::DeadLetter& letter : *letters) {
        terminal.print(
            key_text(letter) + "  " + letter.connection + "/" + letter.stream +
            (letter.external_id.empty() ? "" : "/" + letter.external_id) + "  " + letter.stage +
            ": " + letter.message
        );
    }
    if (letters->empty()) terminal.say("No dead letters.");
    return k_ok;
}

int dlq_show(Terminal& terminal, const Globals& globals, std::int64_t id) {
    const Opened opened = open_installation(terminal, globals, Access::read);
    if (!opened) return opened.code;
    const auto reader = opened.installation->store().reader();
    if (!reader) return terminal.fail(reader.error());
    const auto key = static_cast<store::DeadLetterKey>(id);
    const auto letter = (*reader)->dead_letter(key);
    if (!letter) return terminal.fail(letter.error());
    if (!*letter) {
        return terminal.fail(
            Error(Code::not_found, "there is no dead letter " + std::to_string(id)),
            "touchline dlq list"
        );
    }
    const auto raw = (*reader)->dead_letter_raw(key);
    if (!raw) return terminal.fail(raw.error());
    const store::DeadLetter& one = **letter;
    if (terminal.json) {
        json::Writer writer;
        writer.begin_object().key("dead_letter");
        write(writer, one);
        const std::string readable = to_utf8(*raw);
        writer.member("raw", readable);
        // Bytes that are no text are given as they came, too.
        if (readable != *raw) writer.member("raw_base64", to_base64(*raw));
        writer.end_object();
        terminal.print(writer.text());
        return k_ok;
    }
    terminal.print(
        "dead letter  " + key_text(one) + ", " + counted(one.attempts, "attempt") + ", last " +
        format_rfc3339(one.last_at)
    );
    terminal.print(
        "record       " + one.connection + "/" + one.stream + "/" +
        (one.external_id.empty() ? "(no id)" : one.external_id)
    );
    terminal.print("failed at    " + one.stage + ": " + one.message);
    if (!one.place.empty()) terminal.print("place        " + one.place);
    if (!one.cure.empty()) terminal.print("cure         " + one.cure);
    terminal.print("as it came   " + std::to_string(raw->size()) + " bytes:");
    terminal.print(to_utf8(*raw));
    terminal.say("next: touchline dlq retry " + key_text(one));
    return k_ok;
}

int dlq_retry(Terminal& terminal, const Globals& globals, const RetryArguments& arguments) {
    const Opened opened = open_installation(terminal, globals, Access::write);
    if (!opened) return opened.code;
    Installation& installation = *opened.installation;
    std::vector<store::DeadLetter> wanted;
    {
        const auto reader = installation.store().reader();
        if (!reader) return terminal.fail(reader.error());
        if (arguments.all || !arguments.connection.empty()) {
            auto letters = letters_of(**reader, arguments.connection);
            if (!letters) return terminal.fail(letters.error());
            wanted = std::move(*letters);
        }
        for (const std::int64_t id : arguments.ids) {
            const auto letter = (*reader)->dead_letter(static_cast<store::DeadLetterKey>(id));
            if (!letter) return terminal.fail(letter.error());
            if (!*letter)
                return terminal.fail(
                    Error(Code::not_found, "there is no dead letter " + std::to_string(id))
                );
            wanted.push_back(**letter);
        }
    }
    if (arguments.ids.empty() && !globals.assume_yes && !wanted.empty()) {
        terminal.say(
            counted(static_cast<std::int64_t>(wanted.size()), "dead letter") +
            " would be tried again."
        );
        const std::string which = arguments.all ? "--all" : "--connection " + arguments.connection;
        terminal.say("next: touchline dlq retry " + which + " --yes");
        return k_refused;
    }
    auto connector = Connector::make(installation);
    if (!connector) return terminal.fail(connector.error());
    std::map<std::string, std::unique_ptr<OpenConnection>> open;
    int processed = 0, failed = 0;
    for (const store::DeadLetter& letter : wanted) {
        if (letter.stage == "deliver") {
            const auto waits = deliver::retry_delivery(
                installation.store(), letter.key, installation.clock().now()
            );
            if (!waits) terminal.say(key_text(letter) + ": " + waits.error().text());
            ++(waits ? processed : failed);
            continue;
        }
        auto& connection = open[letter.connection];
        const auto configured = installation.config().connections.find(letter.connection);
        if (!connection && configured != installation.config().connections.end()) {
            std::vector<FileProblem> problems;
            connection = (*connector)->open(configured->second, problems);
            show(terminal, problems, opened.config_source);
        }
        const auto done = connection ? ingest::retry_dead_letter(
                                           installation.environment(), connection->plan, letter.key
                                       )
                                     : Result<bool>(false);
        if (!done) terminal.say(key_text(letter) + ": " + done.error().text());
        ++(done && *done ? processed : failed);
        terminal.progress(
            std::to_string(processed + failed) + " of " + std::to_string(wanted.size())
        );
    }
    if (terminal.json) {
        json::Writer writer;
        writer.begin_object().member("processed", processed).member("failed", failed).end_object();
        terminal.print(writer.text());
    } else {
        terminal.print(
            std::to_string(processed) + " processed, " + std::to_string(failed) + " failed again"
        );
    }
    return failed == 0 ? k_ok : processed == 0 ? k_bad : k_partly;
}

}  // namespace touchline::app
