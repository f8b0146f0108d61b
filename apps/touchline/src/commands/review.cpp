#include "touchline/view/review.hpp"

#include "../loading.hpp"

#include "touchline/ingest/curation.hpp"
#include "touchline/json/writer.hpp"

#include <array>
#include <iomanip>
#include <sstream>

namespace touchline::app {
namespace {

constexpr std::int64_t k_shown = 50;

store::ReviewState state_named(std::string_view name) {
    for (const auto state :
         {store::ReviewState::later, store::ReviewState::same, store::ReviewState::not_same}) {
        if (view::to_string(state) == name) return state;
    }
    return store::ReviewState::open;
}

ingest::Verdict verdict_named(std::string_view name) {
    if (name == "same") return ingest::Verdict::same;
    return name == "not_same" ? ingest::Verdict::not_same : ingest::Verdict::later;
}

std::string bits_text(double bits) {
    std::ostringstream text;
    text << std::showpos << std::fixed << std::setprecision(1) << bits;
    return text.str();
}

void print(Terminal& terminal, const view::ReviewItem& item) {
    terminal.print(
        std::to_string(item.id) + "  " + item.a.name + " (" + item.a.customer + ") and " +
        item.b.name + " (" + item.b.customer + "), " +
        counted(item.review.touchpoints, "touchpoint")
    );
    terminal.print(
        "    " + item.a.identity + " and " + item.b.identity + ": " + item.review.reason + " (" +
        bits_text(item.review.bits) + " bits)"
    );
    if (!item.review.author.empty())
        terminal.print("    decided by " + item.review.author + ": " + item.review.note);
}

}  // namespace

int review_list(Terminal& terminal, const Globals& globals, const std::string& state) {
    const Opened opened = open_installation(terminal, globals, Access::read);
    if (!opened) return opened.code;
    const auto reader = opened.installation->store().reader();
    if (!reader) return terminal.fail(reader.error());
    const auto page =
        view::reviews(**reader, opened.installation->catalogue(), state_named(state), 0, k_shown);
    if (!page) return terminal.fail(page.error());
    if (terminal.json) {
        json::Writer writer;
        view::write(writer, *page);
        terminal.print(writer.text());
        return k_ok;
    }
    for (const view::ReviewItem& item : page->items) print(terminal, item);
    if (page->items.empty()) terminal.say("No such questions.");
    return k_ok;
}

int review_decide(Terminal& terminal, const Globals& globals, const DecideArguments& arguments) {
    const Opened opened = open_installation(terminal, globals, Access::write);
    if (!opened) return opened.code;
    const auto decision = ingest::decide_review(
        opened.installation->environment(),
        static_cast<store::ReviewKey>(arguments.review),
        verdict_named(arguments.verdict),
        {arguments.author, arguments.reason, false}
    );
    if (!decision) return terminal.fail(decision.error(), "touchline review list");
    const auto customers = static_cast<std::int64_t>(decision->after.size());
    if (terminal.json) {
        json::Writer writer;
        writer.begin_object().member("customers", customers).key("undo_token");
        decision->undo_token.empty() ? writer.null() : writer.value(decision->undo_token);
        writer.end_object();
        terminal.print(writer.text());
        return k_ok;
    }
    terminal.print("The two are " + counted(customers, "customer") + " now.");
    return k_ok;
}

}  // namespace touchline::app
