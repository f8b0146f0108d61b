// The records that this connector emits, one line of JSON each. Members keep RT's names; ids are
// texts. The same state of the server always gives the same bytes, which RT's own pages do not:
// their members come in random order.
#pragma once

#include "rest.hpp"

#include <string>
#include <vector>

namespace request_tracker {

/// `ticket` and `content` may be null: out of sight, or without a text.
void append_transaction(
    std::string& lines, const Transaction& transaction, const Ticket* ticket, const Content* content
);
void append_ticket(std::string& lines, const Ticket& ticket);
/// `merged` are the ids of the users that were merged into this one.
void append_user(std::string& lines, const User& user, const std::vector<std::string>& merged);

}  // namespace request_tracker
