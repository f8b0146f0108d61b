#include "../loading.hpp"

#include "touchline/identity/normalise.hpp"
#include "touchline/ingest/explanation.hpp"
#include "touchline/json/writer.hpp"
#include "touchline/view/lookup.hpp"
#include "touchline/view/timeline.hpp"

#include <algorithm>

namespace touchline::app {
namespace {

constexpr std::size_t k_matches = 20;

Result<view::Lookup> look_up(
    Installation& installation, store::Reader& reader, const std::string& text
) {
    const identity::Normaliser normaliser(installation.policy());
    return view::lookup(reader, installation.catalogue(), normaliser, text, k_matches);
}

/// An id as it is; anything else has to lead to one customer.
Result<std::string> customer_id(
    Installation& installation, store::Reader& reader, const std::string& text
) {
    if (text.starts_with("cu_")) return text;
    TOUCHLINE_TRY(const view::Lookup found, look_up(installation, reader, text));
    if (found.matches.empty()) return Error(Code::not_found, "nobody is known as \"" + text + "\"");
    if (found.matches.size() > 1) {
        return Error(
                   Code::conflict,
                   std::to_string(found.matches.size()) + " customers fit \"" + text + "\""
        )
            .cure("Name one by its id; `touchline customer find` lists them.");
    }
    return found.matches.front().customer;
}

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

int customer_timeline(
    Terminal& terminal, const Globals& globals, const TimelineArguments& arguments
) {
    return answer_with(
        terminal,
        globals,
        [&](Installation& installation, store::Reader& reader) -> Result<int> {
            TOUCHLINE_TRY(
                const std::string id, customer_id(installation, reader, arguments.customer)
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
    const std::vector<std::string>& pair
) {
    return answer_with(
        terminal,
        globals,
        [&](Installation& installation, store::Reader& reader) -> Result<int> {
            TOUCHLINE_TRY(const std::string id, customer_id(installation, reader, customer));
            std::optional<std::pair<std::string, std::string>> two;
            if (pair.size() == 2) two.emplace(pair[0], pair[1]);
            TOUCHLINE_TRY(
                const ingest::Explanation why,
                ingest::explain(reader, installation.policy(), id, two)
            );
            if (terminal.json) {
                json::Writer writer;
                writer.begin_object()
                    .member("customer", why.customer)
                    .member("summary", why.summary);
                writer.key("reasons").begin_array();
                for (const std::string& reason : why.reasons) writer.value(reason);
                writer.end_array().end_object();
                terminal.print(writer.text());
                return static_cast<int>(k_ok);
            }
            terminal.print(why.summary);
            for (const std::string& reason : why.reasons) terminal.print("  " + reason);
            return static_cast<int>(k_ok);
        }
    );
}

}  // namespace touchline::app
