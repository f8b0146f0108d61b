#include "bodies.hpp"

namespace touchline::host {

namespace {
constexpr std::size_t k_most_bytes = 256U << 20U;
/// Half of what a runner's arena holds, so that gaps between the places never matter.
constexpr std::size_t k_most_looked_at = 64U << 20U;
}  // namespace

Result<tl_body> Bodies::add(HeldBody body) {
    if (body.bytes.size() > k_most_bytes - bytes_) {
        return Error(Code::denied, "the connector holds more than 256 MiB of bodies at once")
            .cure("Release each body once its records are handed over.");
    }
    bytes_ += body.bytes.size();
    held_.emplace(++last_, std::make_unique<HeldBody>(std::move(body)));
    return last_;
}

Result<HeldBody*> Bodies::find(tl_body handle) {
    const auto found = held_.find(handle);
    if (found == held_.end())
        return Error(Code::not_found, "the connector used a body that it had released");
    return found->second.get();
}

Result<std::string_view> Bodies::look(tl_body handle) {
    TOUCHLINE_TRY(HeldBody* const body, find(handle));
    if (body->looked_at) return std::string_view(body->bytes);
    if (body->bytes.size() > k_most_looked_at - looked_at_) {
        return Error(Code::denied, "the connector looks at more than 64 MiB of bodies at once")
            .cure("Release each body before the next one is looked at.");
    }
    looked_at_ += body->bytes.size();
    body->looked_at = true;
    return std::string_view(body->bytes);
}

Result<json::View> Bodies::json(tl_body handle) {
    TOUCHLINE_TRY(HeldBody* const body, find(handle));
    if (!body->parsed) {
        TOUCHLINE_TRY(body->parsed, json::Document::parse(body->bytes));
    }
    return body->parsed->root();
}

void Bodies::release(tl_body handle) {
    const auto found = held_.find(handle);
    if (found == held_.end()) return;
    bytes_ -= found->second->bytes.size();
    if (found->second->looked_at) looked_at_ -= found->second->bytes.size();
    held_.erase(found);
}

}  // namespace touchline::host
