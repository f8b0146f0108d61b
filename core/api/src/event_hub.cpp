#include "event_hub.hpp"

#include "touchline/base/log.hpp"
#include "touchline/json/view.hpp"
#include "touchline/json/writer.hpp"

#include <algorithm>

namespace touchline::api {
namespace {

constexpr std::chrono::seconds k_look{1};
constexpr std::chrono::seconds k_heartbeat{15};
constexpr std::size_t k_page = 200;
/// Somebody who may not listen any more hears at most so much longer.
constexpr std::chrono::seconds k_ask_again{10};
/// Whoever is further behind asks for the state anew instead of hearing everything.
constexpr store::FeedPosition k_far_behind = 5000;

std::string event_text(std::string_view type, store::FeedPosition position, std::string_view data) {
    constexpr std::string_view k_prefix = "touchline.";
    if (type.starts_with(k_prefix)) type.remove_prefix(k_prefix.size());
    std::string text("id: ");
    text.append(std::to_string(position))
        .append("\nevent: ")
        .append(type)
        .append("\ndata: ")
        .append(data)
        .append("\n\n");
    return text;
}

}  // namespace

EventHub::EventHub(store::Store& store)
    : store_(store), thread_([this](std::stop_token stop) { run(stop); }) {}

EventHub::~EventHub() {
    thread_.request_stop();
    wake_.notify_all();
}

void EventHub::listen(
    std::shared_ptr<net::EventSink> sink, store::FeedPosition position, Audience audience
) {
    {
        const std::lock_guard lock(mutex_);
        arriving_.push_back({std::move(sink), position, std::move(audience), {}, {}});
    }
    wake_.notify_all();
}

void EventHub::notify() {
    {
        const std::lock_guard lock(mutex_);
        news_ = true;
    }
    wake_.notify_all();
}

void EventHub::run(std::stop_token stop) {
    std::vector<Listener> listeners;
    while (!stop.stop_requested()) {
        {
            std::unique_lock lock(mutex_);
            const auto awake = [this] { return news_ || !arriving_.empty(); };
            if (listeners.empty()) {
                wake_.wait(lock, stop, [this] { return !arriving_.empty(); });
            } else {
                wake_.wait_for(lock, stop, k_look, awake);
            }
            news_ = false;
            std::move(arriving_.begin(), arriving_.end(), std::back_inserter(listeners));
            arriving_.clear();
        }
        if (!stop.stop_requested() && !listeners.empty()) serve(listeners);
    }
    for (const Listener& listener : listeners) listener.sink->close();
}

void EventHub::serve(std::vector<Listener>& listeners) {
    auto reader = store_.reader();
    if (!reader) {
        log(LogLevel::warning,
            "the event stream cannot read the store",
            {{"error", reader.error().text()}});
        return;
    }
    std::erase_if(listeners, [&](Listener& listener) {
        if (is_welcome(listener) && send_news(**reader, listener)) return false;
        listener.sink->close();
        return true;
    });
}

bool EventHub::is_welcome(Listener& listener) {
    const auto now = std::chrono::steady_clock::now();
    if (!listener.audience.is_welcome || now - listener.last_asked < k_ask_again) return true;
    listener.last_asked = now;
    return listener.audience.is_welcome();
}

Result<void> EventHub::send_news(store::Reader& reader, Listener& listener) {
    const auto send = [&listener](std::string text) -> Result<void> {
        listener.last_sent = std::chrono::steady_clock::now();
        if (listener.sink->send(std::move(text))) return {};
        return Error(Code::cancelled, "the listener went away");
    };
    TOUCHLINE_TRY(const store::FeedPosition head, reader.feed_head());
    // A position beyond the end is from another store: this one was made anew.
    if (head - listener.position > k_far_behind || listener.position > head) {
        listener.position = head;
        return send(event_text("resync", head, "{}"));
    }
    while (listener.position < head) {
        TOUCHLINE_TRY(const auto entries, reader.feed_after(listener.position, k_page));
        if (entries.empty()) break;
        std::string text;
        for (const store::FeedEntry& entry : entries) {
            TOUCHLINE_TRY(const store::Customer customer, reader.resolve(entry.customer));
            json::Writer data;
            data.begin_object().member("customer", customer.id);
            if (entry.touchpoint != store::TouchpointKey::none) {
                TOUCHLINE_TRY(const auto touchpoint, reader.touchpoint(entry.touchpoint));
                if (touchpoint) {
                    const auto document = json::Document::parse(touchpoint->data);
                    const auto id = document ? document->root().get("id") : std::nullopt;
                    if (id) data.member("touchpoint", id->as_string().value_or(""));
                }
            } else if (!entry.data.empty() && listener.audience.with_details) {
                data.key("detail").raw(entry.data);
            }
            data.member("at", format_rfc3339(entry.at)).end_object();
            text.append(event_text(entry.type, entry.position, data.text()));
            listener.position = entry.position;
        }
        TOUCHLINE_CHECK(send(std::move(text)));
    }
    if (std::chrono::steady_clock::now() - listener.last_sent < k_heartbeat) return {};
    return send(": still here\n\n");
}

}  // namespace touchline::api
