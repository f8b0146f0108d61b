// What a checkpoint holds, as a small JSON object of texts and whole numbers.
#pragma once

#include "touchline/sdk/json_text.hpp"
#include "touchline/sdk/source.hpp"

#include <cstdlib>
#include <map>
#include <string>
#include <vector>

namespace touchline::sdk {

///     TL_TRY(auto state, State::parse(job, args, {"cursor"}));
///     state.set("cursor", next);
///     TL_CHECK(state.save(job, args.stream));
class State {
public:
    static constexpr std::uint32_t k_version = 1;

    /// The members that the connector knows; others are dropped. Error config: the state is not one
    /// of these, or of a newer version.
    static Result<State> parse(
        Job& job, const ReadArgs& args, const std::vector<std::string>& names
    ) {
        State state;
        if (args.state_version == 0) return state;
        if (args.state_version > k_version) {
            return Error(
                Status::config, "The stored state was written by a newer version of this connector."
            );
        }
        TL_TRY(const auto body, job.make_body(args.state));
        auto whole = body.pick("");
        if (!whole || whole->kind != JsonKind::object) {
            return Error(
                Status::config,
                "The stored state of " + args.stream + " cannot be read: reset the stream."
            );
        }
        for (const auto& name : names) {
            TL_TRY(const auto value, body.pick("/" + name));
            if (value.is_set()) state.values_[name] = value.as_text();
        }
        return state;
    }

    /// Empty when it is not there.
    std::string text(const std::string& name) const {
        const auto found = values_.find(name);
        return found == values_.end() ? std::string() : found->second;
    }
    std::int64_t number(const std::string& name, std::int64_t otherwise = 0) const {
        const auto text = this->text(name);
        char* end = nullptr;
        const long long value = std::strtoll(text.c_str(), &end, 10);
        return text.empty() || *end != '\0' ? otherwise : value;
    }
    bool has(const std::string& name) const { return values_.count(name) > 0; }

    State& set(const std::string& name, std::string value) {
        values_[name] = std::move(value);
        return *this;
    }
    State& set(const std::string& name, std::int64_t value) {
        return set(name, std::to_string(value));
    }
    State& drop(const std::string& name) {
        values_.erase(name);
        return *this;
    }

    Result<void> save(Job& job, std::string_view stream) const {
        std::string json;
        JsonObject object(json);
        for (const auto& [name, value] : values_) object.text(name, value);
        object.end();
        return job.checkpoint(stream, k_version, json);
    }

private:
    std::map<std::string, std::string> values_;
};

}  // namespace touchline::sdk
