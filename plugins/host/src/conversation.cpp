#include "conversation.hpp"

#include <algorithm>
#include <stop_token>

namespace touchline::host {

using Steady = std::chrono::steady_clock;

namespace {

constexpr std::chrono::milliseconds k_processor_every{10};
constexpr const char* k_senseless = "it sent a message that makes no sense";

std::string seconds(std::chrono::milliseconds duration) {
    return std::to_string(std::chrono::ceil<std::chrono::seconds>(duration).count()) + " s";
}

}  // namespace

Conversation::Conversation(
    Job& job, RunnerProcess& process, const RunnerLimits& limits, std::uint32_t number
)
    : job_(job),
      process_(process),
      limits_(limits),
      number_(number),
      server_(job, process),
      last_moment_(Steady::now() + limits.call),
      processor_before_(process.processor_time()) {}

Conversation::Outcome Conversation::hold(runner::Op op, std::string_view payload) {
    process_.words().cancelled = 0;
    process_.words().refused = TL_OK;
    const std::stop_callback on_stop(job_.stop, [this] {
        process_.words().cancelled = 1;
        process_.wake();
    });
    if (!process_.send(op, number_, payload)) return gone();
    wait_anew();
    while (true) {
        if (auto outcome = step()) return *std::move(outcome);
    }
}

std::optional<Conversation::Outcome> Conversation::step() {
    FromRunner message;
    switch (process_.wait(until_, message)) {
        case Waited::woken:
            if (is_stopped()) wait_anew();
            return std::nullopt;
        case Waited::late:
            return too_late();
        case Waited::gone:
            return gone();
        case Waited::senseless:
            return crashed(k_senseless);
        case Waited::message:
            return take(message);
    }
    return std::nullopt;
}

std::optional<Conversation::Outcome> Conversation::take(const FromRunner& message) {
    if (message.call != number_) return crashed(k_senseless);
    heard_ = true;
    if (message.op == runner::Op::returned) {
        runner::Reader in(message.payload);
        const auto status = in.number<tl_status>();
        if (!in.complete()) return crashed(k_senseless);
        const tl_status refused = process_.words().refused;
        return Outcome{End::returned, status >= 0 && refused < 0 ? refused : status, ""};
    }
    // Whoever never stops talking is never late.
    const Moment now = Steady::now();
    if (now >= std::min(last_moment_, stop_moment_)) return too_late();
    if (now >= processor_again_) {
        processor_again_ = now + k_processor_every;
        if (process_.processor_time() - processor_before_ > limits_.processor)
            return crashed(
                "one call used more than " + seconds(limits_.processor) + " of processor time"
            );
    }
    // One that died while it was answered shows in the next wait.
    if (!server_.answer(message) && process_.is_running()) return crashed(k_senseless);
    wait_anew();
    return std::nullopt;
}

Conversation::Outcome Conversation::too_late() {
    if (is_stopped()) return {End::cancelled, TL_CANCELLED, ""};
    if (Steady::now() >= last_moment_)
        return crashed("one call took longer than " + seconds(limits_.call));
    return crashed("it did nothing for " + seconds(limits_.silence));
}

Conversation::Outcome Conversation::gone() {
    const RunnerProcess::End& end = process_.end();
    if (end.idle && !heard_) return {End::idle, TL_UNAVAILABLE, ""};
    return crashed(end.words);
}

Conversation::Outcome Conversation::crashed(std::string how) {
    return {End::crashed, TL_INTERNAL, std::move(how)};
}

void Conversation::wait_anew() {
    // What the host itself took to answer does not count as silence.
    const Moment now = Steady::now();
    if (is_stopped()) stop_moment_ = std::min(stop_moment_, now + limits_.grace);
    until_ = std::min({now + limits_.silence, last_moment_, stop_moment_});
}

}  // namespace touchline::host
