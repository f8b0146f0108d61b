// The few calls of Request Tracker's REST 2.0 that this connector makes, and what it takes from
// their answers.
//
// Facts behind them, seen on 5.0.3: pages hold at most 100 items, asking for more is cut silently;
// `total` is null for an account that may not see everything, and rows it may not see are left out
// of their page, so a short or empty page is not the end; `next_page` is an absolute link to a host
// that may be wrong behind a proxy, so pages are asked for by number or by id; filters on a column
// that is not searchable are ignored without a word.
#pragma once

#include "touchline/sdk/plugin.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace request_tracker {

using touchline::sdk::Error;
using touchline::sdk::Job;
using touchline::sdk::Result;
using touchline::sdk::Status;

inline constexpr std::uint64_t k_page_size = 100;

struct Person {
    std::string id;  ///< numeric, as text: names can be changed
    std::string name, email, real_name;
};

struct Transaction {
    std::int64_t id = 0;
    std::string type, field, old_value, new_value;
    std::string created;  ///< RFC 3339, UTC
    std::string ticket;   ///< id
    Person creator;
};

struct Ticket {
    std::string id;
    std::string effective_id;  ///< another ticket's id once this one was merged into it
    std::string subject, status, queue, created, last_updated;
    Person owner;
    std::vector<Person> requestors;  ///< the first ones: a touchpoint holds no more
};

/// The text part of a message that a person reads.
struct Content {
    std::string transaction, type, text;
};

struct User {
    Person person;
    std::string organization, lang, mobile, work_phone, home_phone, created, last_updated;
    std::string comments;  ///< staff's remarks; only what they say about merges is kept
};

template <typename Item>
struct Listing {
    std::vector<Item> items;
    /// Of all pages; nothing when the server does not tell this account.
    std::optional<std::int64_t> total;
};

class Rest {
public:
    explicit Rest(Job& job) : job_(&job) {}

    /// What happened to tickets, oldest first, without the records of RT's own outgoing mail.
    /// `page` is from 1; `since` is RFC 3339 or empty.
    Result<Listing<Transaction>> transactions(
        std::int64_t after, std::uint64_t page, const std::string& since
    );
    /// The id of the newest of them that this account can see; 0 when the newest hundred are all
    /// out of its sight.
    Result<std::int64_t> newest_transaction();
    /// At most 100 tickets, those that were merged into others included. Deleted tickets, reminders
    /// and tickets out of sight are left out.
    Result<std::vector<Ticket>> tickets(const std::vector<std::string>& ids);
    /// One ticket by itself, which alone finds deleted ones. Nothing when there is none, or it is a
    /// reminder. One more request for each requestor.
    Result<std::optional<Ticket>> ticket(const std::string& id);
    /// The readable text of each of these transactions, at most 100, that has one.
    Result<std::vector<Content>> contents(const std::vector<std::string>& transactions);
    /// The latest changed first. `page` is from 1.
    Result<Listing<User>> users(std::uint64_t page);
    /// Ids of the people who work in RT. Nothing when the account may not see them.
    Result<std::optional<std::vector<std::string>>> staff();

private:
    /// Nothing when there is none.
    Result<std::optional<Person>> user(const std::string& name);

    Job* job_;
};

}  // namespace request_tracker
