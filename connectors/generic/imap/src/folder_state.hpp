// How far each folder is read: what a checkpoint holds.
#pragma once

#include "uid_set.hpp"

#include "touchline/sdk/source.hpp"

#include <cstdint>
#include <map>
#include <string>

namespace imap {

struct FolderState {
    std::uint32_t validity = 0;  ///< 0: nothing was read yet
    std::uint32_t next = 1;      ///< all mails below this number are read
    std::int64_t modseq = 0;     ///< all changes up to this one are read
    UidSet known;                ///< those of the read ones that are there
};

class FolderStates {
public:
    /// Error config: not of this connector, or of a newer one.
    static touchline::sdk::Result<FolderStates> parse(
        touchline::sdk::Job& job, const touchline::sdk::ReadArgs& args
    );
    touchline::sdk::Result<void> save(touchline::sdk::Job& job, std::string_view stream);
    FolderState& of(const std::string& folder) { return folders_[folder]; }

private:
    std::map<std::string, FolderState> folders_;
};

}  // namespace imap
