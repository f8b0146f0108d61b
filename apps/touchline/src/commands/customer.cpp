#include "touchline/view/customer.hpp"

#include "../customer_named.hpp"
#include "../loading.hpp"

#include "touchline/config/units.hpp"
#include "touchline/ingest/explanation.hpp"
#include "touchline/json/writer.hpp"
#include "touchline/view/timeline.hpp"

#include <algorithm>

namespace touchline::app {
namespace {

/// Opens, reads, and prints what `answer` writes: the shape of every command here.
template <typename Answer>
int answer_with(Terminal& terminal, const Globals& globals, Answer answer) {
    const Opened opened = open_installation(terminal, globals, Access::read);
    if (!opened) return opened.code;
    auto reader = opened.installation->store().reader();
    if (!reader) return terminal.fail(reader.error());
    const Result<int> code = answer(*opened.installation, **reader);
    if (!code) return terminal.fail(code.error(), "touchline customer find TEXT");
    return *code;
}

template <typename Written>
void print_json(Terminal& terminal, const Written& written) {
    json::Writer writer;
    write(writer, written);
    terminal.print(writer.text());
}

std::string line_of(const view::TimelineItem& item) {
    const model::Touchpoint& touchpoint = item.touchpoint;
    std::string line = format_rfc3339(touchpoint.occurred_at).substr(0, 16);
    std::replace(line.begin(), line.end(), 'T', ' ');
    line.append("  ").append(item.department_name).append(", ").append(touchpoint.channel);
    line.append(
        touchpoint.direction == model::Direction::inbound    ? " ← "
        : touchpoint.direction == model::Direction::outbound ? " → "
                                                             : " · "
    );
    line.append(item.title);
    const std::string& text = touchpoint.subject.empty() ? touchpoint.snippet : touchpoint.subject;
    if (!text.empty()) line.append(": ").append(text);
    return line;
}

}  // namespace

int customer_find(Terminal& terminal, const Globals& globals, const std::string& text) {
    return answer_with(
        terminal,
        globals,
        [&](Installation& installation, store::Reader& reader) -> Result<int> {
            TOUCHLINE_TRY(const view::Lookup found, look_up(installation, reader, text));
            if (terminal.json) {
                print_json(terminal, found);
            } else {
                for (const view::Match& match : found.matches) {
                    terminal.print(
                        match.customer + "  " + match.name + "  " +
                        counted(match.touchpoints, "touchpoint") + "  (" + match.why + ")"
                    );
                }
            }
            if (!found.matches.empty()) return static_cast<int>(k_ok);
            terminal.say("Nobody is known as \"" + text + "\".");
            return static_cast<int>(k_bad);
        }
    );
}

namespace {

std::string shown(const view::FieldValue& value) {
    return view::plain_text(value.value) + "  (" + value.from + ", " +
           format_rfc3339(value.observed_at).substr(0, 10) + ")";
}

void print(Terminal& terminal, const view::CustomerView& customer) {
    terminal.print(customer.name + "  " + customer.id);
    for (const std::string& alias : customer.aliases) terminal.print("also known as " + alias);
    terminal.print("fields");
    for (const auto& [name, field] : customer.fields) {
        const std::string reason = field.reason.empty() ? "" : ": " + field.reason;
        terminal.print(
            "  " + padded(name, 18) +
            (field.current ? shown(*field.current) + "  " + field.rule + reason : "-")
        );
        for (const view::FieldValue& rival : field.rivals)
            terminal.print("  " + padded("", 18) + "not " + shown(rival));
    }
    terminal.print("identities");
    for (const view::IdentityView& one : customer.identities) {
        std::string sources;
        for (const std::string& source : one.sources)
            sources.append(sources.empty() ? "" : ", ").append(source);
        const std::string from = sources.empty() ? "" : "  (" + sources + ")";
        terminal.print("  " + one.identity.ns + ":" + one.identity.value + from);
    }
}

}  // namespace

int customer_show(Terminal& terminal, const Globals& globals, const std::string& customer) {
    return answer_with(
        terminal,
        globals,
        [&](Installation& installation, store::Reader& reader) -> Result<int> {
            TOUCHLINE_TRY(const std::string id, customer_named(installation, reader, customer));
            TOUCHLINE_TRY(
                const view::CustomerView found,
                view::customer(reader, installation.catalogue(), id, installation.clock().now())
            );
            terminal.json ? print_json(terminal, found) : print(terminal, found);
            return static_cast<int>(k_ok);
        }
    );
}

int customer_timeline(
    Terminal& terminal, const Globals& globals, const TimelineArguments& arguments
) {
    return answer_with(
        terminal,
        globals,
        [&](Installation& installation, store::Reader& reader) -> Result<int> {
            TOUCHLINE_TRY(
                const std::string id, customer_named(installation, reader, arguments.customer)
            );
            view::TimelineQuery query;
            query.filter.department = arguments.department;
            query.filter.kind = arguments.kind;
            query.limit = arguments.limit;
            TOUCHLINE_TRY(
                const view::Timeline timeline,
                view::timeline(reader, installation.catalogue(), id, query)
            );
            if (terminal.json) {
                print_json(terminal, timeline);
                return static_cast<int>(k_ok);
            }
            terminal.print(timeline.customer + ": " + counted(timeline.total, "touchpoint"));
            for (const view::TimelineRow& row : timeline.items) terminal.print(line_of(row.item));
            return static_cast<int>(k_ok);
        }
    );
}

int customer_why(
    Terminal& terminal,
    const Globals& globals,
    const std::string& customer,
    const std::vector<std::string>& pair,
    const std::string& as_of
) {
    return answer_with(
        terminal,
        globals,
        [&](Installation& installation, store::Reader& reader) -> Result<int> {
            TOUCHLINE_TRY(const std::string id, customer_named(installation, reader, customer));
            std::optional<std::pair<std::string, std::string>> two;
            if (pair.size() == 2) two.emplace(pair[0], pair[1]);
            std::optional<Time> time;
            if (!as_of.empty()) {
                TOUCHLINE_TRY(time, config::parse_since(as_of).with("--as-of"));
            }
            TOUCHLINE_TRY(
                const ingest::Explanation why,
                time ? ingest::explain_at(reader, installation.policy(), id, *time)
                     : ingest::explain(reader, installation.policy(), id, two)
            );
            if (terminal.json) {
                json::Writer writer;
                writer.begin_object()
                    .member("customer", why.customer)
                    .member("summary", why.summary);
                writer.key("reasons").begin_array();
                for (const std::string& reason : why.reasons) writer.value(reason);
                writer.end_array().key("identities").begin_array();
                for (const std::string& identity : why.identities) writer.value(identity);
                writer.end_array().end_object();
                terminal.print(writer.text());
                return static_cast<int>(k_ok);
            }
            terminal.print(why.summary);
            if (time)
                for (const std::string& identity : why.identities) terminal.print("  " + identity);
            for (const std::string& reason : why.reasons) terminal.print("  " + reason);
            return static_cast<int>(k_ok);
        }
    );
}

}  // namespace touchline::app
