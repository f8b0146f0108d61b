#include "folder_state.hpp"

#include "touchline/sdk/paging/state.hpp"

#include <cstdlib>

namespace imap {

namespace sdk = touchline::sdk;
using sdk::Result;

namespace {

constexpr std::size_t k_most_text = 60'000;

/// A line a folder: "validity next modseq known name".
std::string line_of(const std::string& name, const FolderState& state) {
    const std::string known = state.known.empty() ? "-" : state.known.text();
    return std::to_string(state.validity) + " " + std::to_string(state.next) + " " +
           std::to_string(state.modseq) + " " + known + " " + name + "\n";
}

}  // namespace

Result<FolderStates> FolderStates::parse(sdk::Job& job, const sdk::ReadArgs& args) {
    TL_TRY(const auto state, sdk::State::parse(job, args, {"folders"}));
    FolderStates states;
    std::string rest = state.text("folders");
    while (!rest.empty()) {
        const auto line_end = std::min(rest.find('\n'), rest.size());
        std::string line = rest.substr(0, line_end);
        rest.erase(0, line_end + 1);
        std::string words[4];
        for (std::string& word : words) {
            const auto end = std::min(line.find(' '), line.size());
            word = line.substr(0, end);
            line.erase(0, end + 1);
        }
        FolderState& folder = states.folders_[line];
        folder.validity = static_cast<std::uint32_t>(std::strtoul(words[0].c_str(), nullptr, 10));
        folder.next = static_cast<std::uint32_t>(std::strtoul(words[1].c_str(), nullptr, 10));
        folder.modseq = std::strtoll(words[2].c_str(), nullptr, 10);
        folder.known = UidSet::parse(words[3]);
        if (folder.next == 0) folder = FolderState();
    }
    return states;
}

Result<void> FolderStates::save(sdk::Job& job, std::string_view stream) {
    std::string text;
    for (std::size_t most = 100'000; most > 0; most /= 2) {
        text.clear();
        for (auto& [name, state] : folders_) {
            if (most < 100'000) state.known.coarsen(most);
            text += line_of(name, state);
        }
        if (text.size() <= k_most_text) break;
    }
    sdk::State state;
    state.set("folders", text);
    return state.save(job, stream);
}

}  // namespace imap
