#include "pass.hpp"

#include "touchline/base/log.hpp"

#include <algorithm>

namespace touchline::deliver {

namespace {

std::string times(std::uint32_t count) {
    return count == 1 ? "once" : std::to_string(count) + " times";
}

}  // namespace

void Pass::send(Destination& destination, std::stop_token stop) {
    while (!stop.stop_requested()) {
        const auto lanes = wave();
        if (lanes.empty() || !write(destination, lanes, stop)) break;
    }
    move_cursor();
    report_.parked = parked_.size();
    report_.enabled = state_.enabled;
}

/// The customers that have an event to send now, by the position of that event.
std::vector<Pass::Lane*> Pass::wave() {
    std::vector<Lane*> open;
    for (auto& [customer, lane] : lanes_)
        if (!lane.closed && lane.next < lane.items.size()) open.push_back(&lane);
    std::ranges::sort(open, {}, [](const Lane* lane) {
        return lane->items[lane->next].event.position;
    });
    return open;
}

bool Pass::write(Destination& destination, std::span<Lane* const> lanes, std::stop_token stop) {
    std::vector<Event> events;
    for (const auto* lane : lanes) {
        const auto& event = lane->items[lane->next].event;
        events.push_back({event.id, event.subject, event.type, event.body});
    }
    auto results = destination.write(events, stop);
    if (results && results->size() != events.size())
        results = Error(
            Code::internal,
            "the destination answered " + std::to_string(results->size()) + " results for " +
                std::to_string(events.size()) + " events"
        );
    if (!results) {
        if (results.error().code() == Code::cancelled && stop.stop_requested()) return false;
        outage_ = results.error();
        report_.problem = outage_->text();
        // Nobody else can be to blame, so a lone event counts its attempts: it must not hold up the
        // feed for ever.
        if (lanes.size() == 1 && limit_ == 1)
            settle(*lanes.front(), {Outcome::retry, outage_->text(), outage_->retry_after()});
        return false;
    }
    for (std::size_t i = 0; i < lanes.size(); ++i) settle(*lanes[i], (*results)[i]);
    return state_.enabled;
}

void Pass::settle(Lane& lane, const ItemResult& result) {
    switch (result.outcome) {
        case Outcome::delivered:
            ++report_.delivered;
            done(lane);
            break;
        case Outcome::retry:
            retry(lane, result);
            break;
        case Outcome::rejected:
            give_up(lane, "rejected", "The destination refused it: " + result.message);
            break;
        case Outcome::gone:
            lane.closed = true;
            state_.enabled = false;
            state_.reason = result.message;
            state_changed_ = true;
            log(LogLevel::warning,
                "destination disabled: it wants nothing any more",
                {{"destination", name_}});
            break;
    }
}

void Pass::retry(Lane& lane, const ItemResult& result) {
    auto& item = lane.items[lane.next];
    ++item.attempts;
    const auto wait = options_.schedule.wait_after(item.attempts, result.retry_after, random_());
    if (!wait) {
        give_up(
            lane,
            "exhausted",
            "Tried " + times(item.attempts) + ", the last time: " + result.message
        );
        return;
    }
    park(item, now_ + *wait, result.message);
    due_at(now_ + *wait);
    item.settled = true;
    lane.closed = true;
    // Whatever is new in this lane stands behind it from now on.
    for (auto behind = lane.next + 1; behind < lane.items.size(); ++behind)
        if (!lane.items[behind].was_parked) {
            park(lane.items[behind], now_, "waits for an earlier event");
            lane.items[behind].settled = true;
        }
}

void Pass::give_up(Lane& lane, std::string code, std::string message) {
    const auto& event = lane.items[lane.next].event;
    dead_.push_back({event.subject, event.id, std::move(code), std::move(message), event.body});
    ++report_.dead;
    done(lane);
}

void Pass::done(Lane& lane) {
    auto& item = lane.items[lane.next++];
    item.settled = true;
    if (!item.was_parked) return;
    to_unpark_.insert(item.event.position);
    parked_.erase(item.event.position);
}

void Pass::park(const Item& item, Time next_at, std::string error) {
    const auto position = item.event.position;
    to_park_[position] = {position, item.event.customer, item.attempts, next_at, std::move(error)};
    parked_.insert(position);
}

/// New events that were not sent stay in the feed, behind the cursor; those that later ones
/// overtook are parked.
void Pass::move_cursor() {
    store::FeedPosition first_open = window_end_ + 1, last_settled = 0;
    std::vector<const Item*> open;
    for (const auto& [customer, lane] : lanes_) {
        for (const auto& item : lane.items) {
            if (item.was_parked) continue;
            if (item.settled) {
                last_settled = std::max(last_settled, item.event.position);
            } else {
                first_open = std::min(first_open, item.event.position);
                open.push_back(&item);
            }
        }
    }
    const auto cursor = std::max({first_open - 1, last_settled, state_.cursor});
    for (const auto* item : open)
        if (item->event.position < cursor) park(*item, now_, "was not sent yet");
    for (const auto& row : followers_) {
        if (row.position > cursor) continue;
        to_park_[row.position] = row;
        parked_.insert(row.position);
    }
    report_.more = state_.enabled && (report_.more || !open.empty());
    state_changed_ = state_changed_ || cursor != state_.cursor;
    state_.cursor = cursor;
}

void Pass::due_at(Time at) {
    if (!report_.next_at || at < *report_.next_at) report_.next_at = at;
}

Result<void> Pass::commit(store::Store& store) {
    if (!state_changed_ && to_park_.empty() && to_unpark_.empty() && dead_.empty()) return {};
    TOUCHLINE_TRY(const auto transaction, store.begin());
    if (state_changed_) TOUCHLINE_CHECK(transaction->set_destination(name_, state_));
    for (const auto position : to_unpark_) TOUCHLINE_CHECK(transaction->unpark(name_, position));
    for (const auto& [position, row] : to_park_) TOUCHLINE_CHECK(transaction->park(name_, row));
    std::vector<store::DeadLetterWrite> letters;
    for (const auto& dead : dead_) {
        store::DeadLetterWrite letter;
        letter.connection = name_;
        letter.stream = dead.customer;
        letter.external_id = dead.event;
        letter.stage = "deliver";
        letter.code = dead.code;
        letter.message = dead.message;
        letter.cure = "Mend what the message names, then send the event again.";
        letter.raw = dead.body;
        letters.push_back(letter);
    }
    if (!letters.empty()) TOUCHLINE_CHECK(transaction->put_dead_letters(letters, now_));
    return transaction->commit();
}

}  // namespace touchline::deliver
