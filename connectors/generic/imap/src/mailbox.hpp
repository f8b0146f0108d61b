// The mailbox on the other end of the stream: commands and what they bring.
#pragma once

#include "message.hpp"
#include "response.hpp"
#include "uid_set.hpp"

#include "touchline/sdk/job.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace imap {

struct Folder {
    std::uint32_t validity = 0;
    std::uint32_t next = 0;   ///< the number that the next mail will have
    std::int64_t modseq = 0;  ///< of the newest change; 0: the server does not count them
    std::uint32_t mails = 0;
};

struct Changes {
    UidSet changed, vanished;
    bool vanished_known = false;  ///< the server told what is gone
};

class Mailbox {
public:
    /// Signed in already: the host has seen to that.
    static touchline::sdk::Result<Mailbox> open(touchline::sdk::Job& job);

    /// Opens a folder for reading only. Error config: there is none of this name.
    touchline::sdk::Result<Folder> open_folder(const std::string& name);
    /// Those of `range` that are there; with a time, those that came on its day or later.
    touchline::sdk::Result<UidSet> search(
        const std::string& range, std::optional<std::int64_t> since_unix_ms = {}
    );
    /// What happened to the mails of `range` after `modseq`.
    touchline::sdk::Result<Changes> changes(const std::string& range, std::int64_t modseq);
    /// The mails, with at most `text_limit` bytes of text each; those that are gone are left out.
    touchline::sdk::Result<std::vector<Mail>> fetch(const UidSet& uids, std::int64_t text_limit);

private:
    explicit Mailbox(touchline::sdk::Stream stream) : stream_(std::move(stream)) {}
    /// All untagged responses; `code` becomes what the tagged one says in brackets.
    touchline::sdk::Result<std::vector<Response>> command(const std::string& text);
    touchline::sdk::Result<void> fetch_texts(std::vector<Mail>& mails, std::int64_t limit);

    touchline::sdk::Stream stream_;
    bool condstore_ = false, qresync_ = false;
};

}  // namespace imap
