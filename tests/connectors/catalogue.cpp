#include "catalogue.hpp"

#include <algorithm>
#include <stdexcept>

namespace touchline::connectors {

namespace {

const std::map<Cell, std::string_view>& titles() {
    static const std::map<Cell, std::string_view> k_titles{
        {Cell::full, "full"},
        {Cell::incremental, "new"},
        {Cell::deletion, "deleted"},
        {Cell::webhook, "webhook"},
        {Cell::too_many, "429"},
        {Cell::failing, "500"},
        {Cell::drip, "drip"},
        {Cell::cut, "cut"},
        {Cell::repetition, "twice"},
        {Cell::ties, "ties"},
        {Cell::late, "late"},
        {Cell::expired, "expired"},
        {Cell::rotated, "rotated"},
        {Cell::kill, "killed"}};
    return k_titles;
}

const std::string k_no_hook = "the system calls nobody";
const std::string k_keeps_no_trace = "the system keeps no trace of what was deleted: it stays";
const std::string k_in_order =
    "nothing of this system becomes visible behind what was read: its own order is that of its log";
const std::string k_session =
    "the secret is sent once, for a session; a wrong one is refused at the sign-in, which the "
    "connector's own test shows";
const std::string k_no_http =
    "no HTTP: its protocol has no such answer, and a connection that breaks (cut) is what a server "
    "in need does";
const std::string k_in_frames =
    "no HTTP: bytes that come in pieces are put together by the host, whose own tests cut them "
    "anywhere";
const std::string k_by_number =
    "what comes is numbered in the order of its arrival, whatever its date";

/// Of connectors that read no network.
std::map<Cell, std::string> without_network(std::map<Cell, std::string> more) {
    for (const Cell cell : {Cell::too_many, Cell::failing, Cell::drip, Cell::cut, Cell::repetition})
        more.emplace(cell, "it asks no system");
    for (const Cell cell : {Cell::expired, Cell::rotated})
        more.emplace(cell, "it signs in nowhere");
    return more;
}

}  // namespace

const std::vector<Cell>& cells() {
    static const std::vector<Cell> k_cells = [] {
        std::vector<Cell> all;
        for (const auto& [cell, title] : titles()) all.push_back(cell);
        return all;
    }();
    return k_cells;
}

std::string_view title(Cell cell) {
    return titles().at(cell);
}

const std::vector<Row>& catalogue() {
    static const std::vector<Row> k_rows{
        {"crm/dynamics",
         "simulator",
         {{Cell::webhook, "not used: the feed of changes is complete"}, {Cell::late, k_in_order}}},
        {"crm/hubspot", "simulator"},
        {"crm/oracle-sales",
         "simulator",
         {{Cell::deletion, k_keeps_no_trace}, {Cell::webhook, k_no_hook}}},
        {"crm/pipedrive", "simulator"},
        {"crm/salesforce",
         "simulator",
         {{Cell::webhook, "Salesforce has none; its event streams are not read"}}},
        {"crm/tryton",
         "Tryton 6",
         {{Cell::webhook, k_no_hook},
          {Cell::late,
           "changes are read by id among all that changed in the last minute and since"},
          {Cell::rotated, k_session}},
         true},
        {"ecommerce/shopify", "simulator"},
        {"ecommerce/stripe", "simulator"},
        {"ecommerce/vendure",
         "Vendure 3",
         {{Cell::webhook, "Vendure's core has none"},
          {Cell::late,
           "a change cannot be given an earlier time from outside; the last minute is "
           "read again"},
          {Cell::rotated, k_session}},
         true},
        {"ecommerce/woocommerce", "simulator"},
        {"feedback/delighted", "simulator", {{Cell::deletion, k_keeps_no_trace}}},
        {"feedback/typeform", "simulator", {{Cell::deletion, k_keeps_no_trace}}},
        {"generic/file",
         "files",
         without_network(
             {{Cell::deletion, "a file that goes away says nothing of its rows"},
              {Cell::webhook, "files call nobody"},
              {Cell::ties, "rows are told apart by their place in the file, not by a time"},
              {Cell::late, "rows are told apart by their place in the file, not by a time"}}
         )},
        {"generic/imap",
         "Dovecot",
         {{Cell::webhook, k_no_hook},
          {Cell::too_many, k_no_http},
          {Cell::failing, k_no_http},
          {Cell::drip, k_in_frames},
          {Cell::repetition, k_no_http},
          {Cell::late, k_by_number},
          {Cell::expired, "a mailbox that is open stays open; the sign-in by OAuth is the host's"},
          {Cell::rotated, "a wrong password is refused, which the connector's own test shows"}}},
        {"generic/postgresql",
         "PostgreSQL 15",
         {{Cell::deletion,
           "a row that is gone leaves no trace; marked ones are the mapping's, and "
           "a rule can keep the ids: the connector's own test shows both"},
          {Cell::webhook, k_no_hook},
          {Cell::too_many, k_no_http},
          {Cell::failing, k_no_http},
          {Cell::drip, k_in_frames},
          {Cell::repetition, k_no_http},
          {Cell::expired, "a session that is open stays open"}}},
        {"generic/webhook",
         "callers",
         without_network(
             {{Cell::incremental, "only what is posted is read"},
              {Cell::deletion, "what a call means is the mapping's"},
              {Cell::ties, "only what is posted is read"},
              {Cell::late, "only what is posted is read"},
              {Cell::kill,
               "a call is stored before it is answered; the daemon's own test kills it "
               "there"}}
         )},
        {"helpdesk/freshdesk", "simulator"},
        {"helpdesk/intercom", "simulator"},
        {"helpdesk/redmine", "Redmine 5", {{Cell::webhook, k_no_hook}}},
        {"helpdesk/request-tracker",
         "Request Tracker 5",
         {{Cell::webhook, k_no_hook},
          {Cell::late,
           "ids that become visible out of order cannot be made from outside; the last "
           "minute of them is read again"}}},
        {"helpdesk/zendesk",
         "simulator",
         {{Cell::webhook,
           "not used: they carry what a trigger's author wrote, and the exports are "
           "complete"},
          {Cell::late,
           "Zendesk leaves out the last minute, so that nothing appears behind the "
           "cursor"}}},
        {"social/bluesky",
         "its own server (PDS)",
         {{Cell::webhook, "the firehose is in its place"},
          {Cell::late, k_in_order},
          {Cell::expired, "what it reads is public: it signs in nowhere"},
          {Cell::rotated, "what it reads is public: it signs in nowhere"}}},
        {"social/mastodon",
         "simulator",
         {{Cell::deletion, k_keeps_no_trace},
          {Cell::webhook, "Mastodon has none for an account"},
          {Cell::late, k_by_number}}},
        {"social/meta", "simulator"},
        {"social/wordpress", "WordPress 6", {{Cell::webhook, k_no_hook}}},
        {"social/x",
         "simulator",
         {{Cell::late, "not asked for: each post that is read again counts against the month"}}},
    };
    return k_rows;
}

const Row& row_of(const std::string& connector) {
    const auto row = std::ranges::find(catalogue(), connector, &Row::connector);
    if (row == catalogue().end()) throw std::runtime_error("no row for " + connector);
    return *row;
}

std::string matrix() {
    std::string head = "| connector | against |", line = "|---|---|", table, reasons;
    for (const Cell cell : cells()) {
        head.append(" ").append(title(cell)).append(" |");
        line += "---|";
    }
    std::vector<std::string> said;
    for (const Row& row : catalogue()) {
        table += "| `" + row.connector + "` | " + row.system + " |";
        for (const Cell cell : cells()) {
            const auto why = row.left_out.find(cell);
            if (why == row.left_out.end()) {
                table += " ✓ |";
                continue;
            }
            auto known = std::ranges::find(said, why->second);
            if (known == said.end()) known = said.insert(said.end(), why->second);
            table += " " + std::to_string(known - said.begin() + 1) + " |";
        }
        table += '\n';
    }
    for (std::size_t i = 0; i < said.size(); ++i)
        reasons += std::to_string(i + 1) + ". " + said[i] + "\n";
    return head + "\n" + line + "\n" + table + "\n" + reasons;
}

}  // namespace touchline::connectors
