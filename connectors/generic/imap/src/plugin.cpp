// A folder is read in three steps: what is gone or changed of the mails that were read before, then
// the new ones. Numbers (UIDs) order mails by arrival; a folder that was made anew numbers them
// anew (UIDVALIDITY), and then all of it is taken back and read again.
#include "touchline/sdk/plugin.hpp"

#include "folder_state.hpp"
#include "mailbox.hpp"

#include <memory>

namespace imap {

namespace sdk = touchline::sdk;
using sdk::Error;
using sdk::Job;
using sdk::Result;
using sdk::Status;

namespace {

/// With 64 KiB of text each, a page stays below four MiB.
constexpr std::size_t k_batch = 50;
constexpr std::size_t k_deleted_batch = 1000;

UidSet first_of(const UidSet& uids, std::size_t count) {
    UidSet batch;
    for (const std::uint32_t uid : uids.first(count)) batch.add(uid);
    return batch;
}

/// "1:17"
std::string range(std::uint32_t first, std::uint32_t last) {
    return std::to_string(first) + ":" + std::to_string(last);
}

/// The read of one folder.
class FolderReader {
public:
    FolderReader(
        Job& job,
        const sdk::ReadArgs& args,
        Mailbox& mailbox,
        std::string name,
        FolderStates& states,
        std::int64_t text_limit
    )
        : job_(job),
          args_(args),
          mailbox_(mailbox),
          name_(std::move(name)),
          states_(states),
          state_(states.of(name_)),
          text_limit_(text_limit) {}

    Result<void> read() {
        TL_TRY(const Folder folder, mailbox_.open_folder(name_));
        if (state_.validity != 0 && state_.validity != folder.validity) TL_CHECK(take_back());
        if (state_.validity == 0) {
            state_.validity = folder.validity;
            // Changes during the first read are after this, and come with the next.
            state_.modseq = folder.modseq;
        }
        if (state_.next > 1) TL_CHECK(follow(folder));
        return read_new(folder);
    }

private:
    /// The folder is another one: nothing that it had is known any more.
    Result<void> take_back() {
        const UidSet known = state_.known;
        TL_CHECK(remove(known));
        state_ = FolderState();
        return save();
    }

    /// What is gone, and what changed.
    Result<void> follow(const Folder& folder) {
        const std::string read = range(1, state_.next - 1);
        const bool counts = folder.modseq > 0 && state_.modseq > 0;
        Changes changes;
        if (counts && folder.modseq > state_.modseq) {
            TL_TRY(changes, mailbox_.changes(read, state_.modseq));
        }
        if (!counts || (folder.modseq > state_.modseq && !changes.vanished_known)) {
            TL_TRY(const UidSet there, mailbox_.search(read));
            changes.vanished = state_.known.without(there);
        }
        TL_CHECK(remove(changes.vanished.within(state_.known)));
        TL_CHECK(take(changes.changed.within(state_.known), [](std::uint32_t) {}));
        const bool moved = state_.modseq != folder.modseq;
        state_.modseq = folder.modseq;
        return moved ? save() : Result<void>();
    }

    Result<void> read_new(const Folder& folder) {
        if (state_.next >= folder.next) return {};
        TL_TRY(
            const UidSet fresh,
            mailbox_.search(range(state_.next, folder.next - 1), args_.since_unix_ms)
        );
        TL_CHECK(take(fresh, [this](std::uint32_t last) { state_.next = last + 1; }));
        state_.next = folder.next;
        return save();
    }

    /// Hands the mails over, page by page; `done` hears the last number of each.
    template <typename Done>
    Result<void> take(UidSet uids, Done done) {
        while (!uids.empty()) {
            const UidSet batch = first_of(uids, k_batch);
            TL_TRY(const auto mails, mailbox_.fetch(batch, text_limit_));
            std::string page;
            for (const Mail& mail : mails) {
                append_record(page, mail, name_, state_.validity);
                state_.known.add(mail.uid);
            }
            if (!page.empty()) TL_CHECK(job_.page_lines(args_.stream, page));
            done(batch.ranges().back().last);
            TL_CHECK(save());
            uids.remove(batch);
        }
        return {};
    }

    Result<void> remove(UidSet uids) {
        while (!uids.empty()) {
            const UidSet batch = first_of(uids, k_deleted_batch);
            std::string page;
            for (const std::uint32_t uid : batch.first(k_deleted_batch))
                append_deleted(page, name_, state_.validity, uid);
            TL_CHECK(job_.page_lines(args_.stream, page));
            state_.known.remove(batch);
            TL_CHECK(save());
            uids.remove(batch);
        }
        return {};
    }

    Result<void> save() { return states_.save(job_, args_.stream); }

    Job& job_;
    const sdk::ReadArgs& args_;
    Mailbox& mailbox_;
    const std::string name_;
    FolderStates& states_;
    FolderState& state_;
    const std::int64_t text_limit_;
};

}  // namespace

class Imap : public sdk::Source<Imap> {
public:
    static Result<std::unique_ptr<Imap>> create(const sdk::Config& config) {
        auto imap = std::make_unique<Imap>();
        imap->folders_ = config.texts("folders");
        imap->text_limit_ = config.integer("text_limit");
        for (const std::string& folder : imap->folders_) {
            if (folder.empty() || folder.find('\n') != std::string::npos)
                return Error(Status::config, "A folder has no name, or one with a line break.");
        }
        return imap;
    }

    Result<std::string> check(Job& job) {
        TL_TRY(auto mailbox, Mailbox::open(job));
        std::uint32_t mails = 0;
        for (const std::string& folder : folders_) {
            TL_TRY(const Folder opened, mailbox.open_folder(folder));
            mails += opened.mails;
        }
        return "The mailbox is open: " + std::to_string(mails) + " mails in " +
               std::to_string(folders_.size()) + (folders_.size() == 1 ? " folder." : " folders.");
    }

    Result<sdk::ReadEnd> read(Job& job, const sdk::ReadArgs& args) {
        TL_TRY(auto states, FolderStates::parse(job, args));
        TL_TRY(auto mailbox, Mailbox::open(job));
        for (const std::string& folder : folders_)
            TL_CHECK(FolderReader(job, args, mailbox, folder, states, text_limit_).read());
        return sdk::ReadEnd::end;
    }

private:
    std::vector<std::string> folders_;
    std::int64_t text_limit_ = 0;
};

}  // namespace imap

TOUCHLINE_PLUGIN(imap::Imap)
