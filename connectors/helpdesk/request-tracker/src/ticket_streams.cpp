#include "ticket_streams.hpp"

#include "records.hpp"

#include <algorithm>

namespace request_tracker {

namespace sdk = touchline::sdk;

namespace {

bool is_number(const std::string& text) {
    return !text.empty() && text.find_first_not_of("0123456789") == std::string::npos;
}

/// In the order of their first appearance; at most a page of them. They become part of a query, so
/// they are numbers.
std::vector<std::string> tickets_of(const std::vector<Transaction>& transactions) {
    std::vector<std::string> ids;
    for (const auto& transaction : transactions) {
        if (!is_number(transaction.ticket)) continue;
        if (std::find(ids.begin(), ids.end(), transaction.ticket) == ids.end())
            ids.push_back(transaction.ticket);
    }
    return ids;
}

template <typename Item, typename Member>
const Item* find(const std::vector<Item>& items, Member member, const std::string& value) {
    const auto found = std::find_if(items.begin(), items.end(), [&](const Item& item) {
        return item.*member == value;
    });
    return found == items.end() ? nullptr : &*found;
}

bool carries_text(const Transaction& transaction) {
    return transaction.type == "Create" || transaction.type == "Correspond" ||
           transaction.type == "Comment";
}

}  // namespace

Result<sdk::ReadEnd> read_transactions(Job& job, const sdk::ReadArgs& args) {
    return read_feed(job, args, [&](const std::vector<Transaction>& page) -> Result<void> {
        Rest rest(job);
        TL_TRY(const auto tickets, rest.tickets(tickets_of(page)));
        std::vector<std::string> with_text;
        for (const auto& transaction : page) {
            if (carries_text(transaction)) with_text.push_back(std::to_string(transaction.id));
        }
        TL_TRY(const auto contents, rest.contents(with_text));
        std::string lines;
        for (const auto& transaction : page) {
            append_transaction(
                lines,
                transaction,
                find(tickets, &Ticket::id, transaction.ticket),
                find(contents, &Content::transaction, std::to_string(transaction.id))
            );
        }
        return job.page_lines(args.stream, lines);
    });
}

Result<sdk::ReadEnd> read_tickets(Job& job, const sdk::ReadArgs& args) {
    return read_feed(job, args, [&](const std::vector<Transaction>& page) -> Result<void> {
        Rest rest(job);
        const auto ids = tickets_of(page);
        TL_TRY(const auto tickets, rest.tickets(ids));
        std::string lines;
        for (const auto& id : ids) {
            if (const auto* ticket = find(tickets, &Ticket::id, id)) {
                append_ticket(lines, *ticket);
                continue;
            }
            TL_TRY(const auto alone, rest.ticket(id));
            if (alone) append_ticket(lines, *alone);
        }
        if (lines.empty()) return {};
        return job.page_lines(args.stream, lines);
    });
}

}  // namespace request_tracker
