// What was read lately. A pass begins a little before the end of the one before, so that what
// became visible late is not lost; what comes again as it was need not be handed over again.
#pragma once

#include "touchline/sdk/paging/state.hpp"

#include <cstdint>
#include <cstdio>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace touchline::sdk {

///     Recent recent(state);                       // with "recent" among the state's names
///     if (recent.is_news(id, text)) … emit …
///     recent.keep_in(state);                      // before the state is saved
class Recent {
public:
    explicit Recent(const State& state) {
        const std::string text = state.text("recent");
        for (std::string_view rest = text; !rest.empty();) {
            const std::string_view one = rest.substr(0, rest.find(' '));
            rest.remove_prefix(one.size() < rest.size() ? one.size() + 1 : rest.size());
            const std::size_t colon = one.rfind(':');
            if (colon == std::string_view::npos) continue;
            before_[std::string(one.substr(0, colon))] = one.substr(colon + 1);
        }
    }

    /// Whether the record differs from what was read of it before. The text is compared by a
    /// fingerprint. Ids hold no space.
    bool is_news(const std::string& id, std::string_view record) {
        std::string print = fingerprint(record);
        const auto found = before_.find(id);
        const bool news = found == before_.end() || found->second != print;
        read_.emplace_back(id, print);
        before_[id] = std::move(print);
        return news;
    }

    /// The latest few hundred: what is older comes again, which does no harm.
    void keep_in(State& state) const {
        constexpr std::size_t k_most = 500;
        if (read_.empty()) return;
        std::string text;
        for (std::size_t i = read_.size() > k_most ? read_.size() - k_most : 0; i < read_.size();
             ++i)
            text.append(text.empty() ? "" : " ").append(read_[i].first + ":" + read_[i].second);
        state.set("recent", std::move(text));
    }

private:
    /// FNV-1a: tells two states of a record apart, and protects nothing.
    static std::string fingerprint(std::string_view text) {
        std::uint64_t hash = 14695981039346656037U;
        for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
        char hex[17];
        std::snprintf(hex, sizeof(hex), "%016llx", static_cast<unsigned long long>(hash));
        return hex;
    }

    std::map<std::string, std::string> before_;
    std::vector<std::pair<std::string, std::string>> read_;
};

}  // namespace touchline::sdk
