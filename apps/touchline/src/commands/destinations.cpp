#include "touchline/view/destinations.hpp"

#include "../loading.hpp"

#include "touchline/base/text.hpp"
#include "touchline/deliver/recovery.hpp"
#include "touchline/json/writer.hpp"

namespace touchline::app {

int destinations_list(Terminal& terminal, const Globals& globals) {
    const Opened opened = open_installation(terminal, globals, Access::read);
    if (!opened) return opened.code;
    const auto reader = opened.installation->store().reader();
    if (!reader) return terminal.fail(reader.error());
    const auto health = view::destinations(**reader, opened.installation->catalogue());
    if (!health) return terminal.fail(health.error());
    if (terminal.json) {
        json::Writer writer;
        view::write(writer, *health);
        terminal.print(writer.text());
        return k_ok;
    }
    terminal.print("DESTINATION          STATE     WAITING   RETRYING  DEAD LETTERS");
    for (const view::DestinationHealth& one : *health) {
        terminal.print(
            padded(one.destination, 20) + " " + padded(one.state, 9) + " " +
            padded(std::to_string(one.waiting), 9) + " " + padded(std::to_string(one.parked), 9) +
            " " + std::to_string(one.dead_letters)
        );
        if (!one.reason.empty()) terminal.print("  " + one.reason);
        if (one.state == "disabled")
            terminal.say("next: touchline destinations enable " + one.destination);
    }
    return k_ok;
}

int destinations_enable(Terminal& terminal, const Globals& globals, const std::string& id) {
    const Opened opened = open_installation(terminal, globals, Access::write);
    if (!opened) return opened.code;
    if (!opened.installation->config().destinations.contains(id)) {
        return terminal.fail(
            Error(Code::not_found, "there is no destination \"" + id + "\""),
            "touchline destinations list"
        );
    }
    const auto done = deliver::enable_destination(opened.installation->store(), id);
    if (!done) return terminal.fail(done.error());
    terminal.print(id + " is enabled");
    return k_ok;
}

}  // namespace touchline::app
