#include "answer_channel.hpp"

#include "server_message.hpp"

#include <utility>

namespace touchline::net {

AnswerChannel::~AnswerChannel() {
    respond(refusal(500, "The request was not answered."));
}

void AnswerChannel::respond(ServerResponse response) {
    if (answered_.exchange(true)) return;
    if (const auto session = session_.lock()) session->answer(std::move(response));
}

void AnswerChannel::stream(ServerResponse head, std::shared_ptr<StreamSource> source) {
    if (answered_.exchange(true)) return;
    if (const auto session = session_.lock()) {
        session->answer_stream(std::move(head), std::move(source));
    }
}

EventQueue::EventQueue(std::weak_ptr<SessionPort> session, std::size_t limit)
    : session_(std::move(session)), limit_(limit) {}

bool EventQueue::send(std::string chunk) {
    const bool taken = state_.with([&](State& state) {
        if (state.closed || state.bytes.size() + chunk.size() > limit_) return false;
        state.bytes += chunk;
        return true;
    });
    if (taken) wake();
    return taken;
}

void EventQueue::close() {
    state_.with([](State& state) { state.closed = true; });
    wake();
}

EventQueue::Batch EventQueue::take() {
    return state_.with([](State& state) {
        return Batch{std::exchange(state.bytes, {}), state.closed};
    });
}

void EventQueue::wake() const {
    if (const auto session = session_.lock()) session->pump();
}

}  // namespace touchline::net
