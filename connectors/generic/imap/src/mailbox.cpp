#include "mailbox.hpp"

#include "touchline/sdk/time_text.hpp"

#include <cstdlib>
#include <map>

namespace imap {

namespace sdk = touchline::sdk;
using sdk::Error;
using sdk::Result;
using sdk::Status;

namespace {

constexpr std::uint32_t k_wait_ms = 30'000;
constexpr int k_waits = 4;

/// The same for the same command, so that what was recorded of a conversation fits whenever the
/// command comes.
std::string tag_of(std::string_view command) {
    std::uint32_t hash = 2166136261U;
    for (const char c : command) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
    char tag[12];
    std::snprintf(tag, sizeof(tag), "t%08x", hash);
    return tag;
}

Error refused(const Response& response, std::string_view command) {
    const std::string what = "The mail server refuses " +
                             std::string(command.substr(0, command.find(' '))) +
                             (response.code.empty() ? "." : " (" + response.code + ").");
    const std::string& code = response.code;
    if (code == "UNAVAILABLE" || code == "INUSE" || code == "SERVERBUG" || code == "LIMIT")
        return Error(Status::unavailable, what);
    if (code == "NOPERM" || code == "AUTHORIZATIONFAILED") return Error(Status::denied, what);
    if (code == "EXPIRED") return Error(Status::auth, what);
    return Error(Status::bad_data, what);
}

/// "1-Nov-2026"
std::string search_day(std::int64_t unix_ms) {
    constexpr const char* k_months[] = {
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const std::string text = sdk::time_text(unix_ms);
    const int month = std::atoi(text.substr(5, 2).c_str());
    return std::to_string(std::atoi(text.substr(8, 2).c_str())) + "-" + k_months[month - 1] + "-" +
           text.substr(0, 4);
}

bool is(const Response& response, std::size_t place, std::string_view word) {
    return response.tag == "*" && response.values.size() > place &&
           same_word(response.values[place].text, word);
}

}  // namespace

Result<Mailbox> Mailbox::open(sdk::Job& job) {
    TL_TRY(auto stream, job.open_stream("mailbox"));
    Mailbox mailbox(std::move(stream));
    TL_TRY(const auto answers, mailbox.command("CAPABILITY"));
    for (const Response& answer : answers) {
        if (!is(answer, 0, "CAPABILITY")) continue;
        for (const Value& word : answer.values) {
            if (same_word(word.text, "CONDSTORE")) mailbox.condstore_ = true;
            if (same_word(word.text, "QRESYNC")) mailbox.qresync_ = true;
        }
    }
    mailbox.condstore_ = mailbox.condstore_ || mailbox.qresync_;
    if (mailbox.qresync_) TL_CHECK(mailbox.command("ENABLE QRESYNC"));
    return mailbox;
}

Result<std::vector<Response>> Mailbox::command(const std::string& text) {
    const std::string tag = tag_of(text);
    TL_CHECK(stream_.send(tag + " " + text + "\r\n"));
    std::vector<Response> answers;
    for (int waits = 0; waits < k_waits;) {
        TL_TRY(auto received, stream_.receive(k_wait_ms));
        if (received.ended) return Error(Status::unavailable, "The mail server hung up.");
        if (!received.has_frame()) {
            ++waits;
            continue;
        }
        TL_TRY(const auto bytes, received.frame.view());
        Response response = parse_response(bytes);
        if (response.tag == "*") {
            if (is(response, 0, "BYE"))
                return Error(Status::unavailable, "The mail server ended the conversation.");
            answers.push_back(std::move(response));
            continue;
        }
        if (response.tag != tag) continue;
        const bool fine = !response.values.empty() && response.values.front().text == "OK";
        if (!fine) return refused(response, text);
        return answers;
    }
    return Error(Status::timeout, "The mail server does not answer.");
}

Result<Folder> Mailbox::open_folder(const std::string& name) {
    const bool ask_modseq = condstore_ && !qresync_;
    auto answers = command("EXAMINE " + folder_argument(name) + (ask_modseq ? " (CONDSTORE)" : ""));
    // Many servers give no code to a folder that is not there.
    if (!answers && answers.error().status == Status::bad_data)
        return Error(
            Status::config, "The mailbox has no folder \"" + name + "\" that can be read."
        );
    if (!answers) return std::move(answers).error();
    Folder folder;
    for (const Response& answer : *answers) {
        const auto number = std::strtoull(answer.code_argument.c_str(), nullptr, 10);
        if (answer.code == "UIDVALIDITY") folder.validity = static_cast<std::uint32_t>(number);
        if (answer.code == "UIDNEXT") folder.next = static_cast<std::uint32_t>(number);
        if (answer.code == "HIGHESTMODSEQ") folder.modseq = static_cast<std::int64_t>(number);
        if (is(answer, 1, "EXISTS"))
            folder.mails = static_cast<std::uint32_t>(answer.values[0].number());
    }
    if (folder.validity == 0 || folder.next == 0)
        return Error(Status::bad_data, "The mail server does not number its mails.");
    return folder;
}

Result<UidSet> Mailbox::search(
    const std::string& range, std::optional<std::int64_t> since_unix_ms
) {
    std::string text = "UID SEARCH UID " + range;
    if (since_unix_ms) text += " SINCE " + search_day(*since_unix_ms);
    TL_TRY(const auto answers, command(text));
    UidSet found;
    for (const Response& answer : answers) {
        if (!is(answer, 0, "SEARCH")) continue;
        for (std::size_t i = 1; i < answer.values.size(); ++i) {
            // "(MODSEQ 917162500)" may stand at the end.
            if (!answer.values[i].is_list())
                found.add(static_cast<std::uint32_t>(answer.values[i].number()));
        }
    }
    // A range whose end is not there may match the last mail, wherever that is.
    return found.within(UidSet::parse(range));
}

Result<Changes> Mailbox::changes(const std::string& range, std::int64_t modseq) {
    TL_TRY(
        const auto answers,
        command(
            "UID FETCH " + range + " (UID FLAGS) (CHANGEDSINCE " + std::to_string(modseq) +
            (qresync_ ? " VANISHED)" : ")")
        )
    );
    Changes changes;
    changes.vanished_known = qresync_;
    const UidSet asked = UidSet::parse(range);
    for (const Response& answer : answers) {
        if (is(answer, 0, "VANISHED")) {
            const UidSet gone = UidSet::parse(answer.values.back().text).within(asked);
            for (const auto& [first, last] : gone.ranges()) changes.vanished.add(first, last);
        } else if (is(answer, 1, "FETCH") && answer.values.size() > 2) {
            if (const Value* uid = answer.values[2].find("UID"))
                changes.changed.add(static_cast<std::uint32_t>(uid->number()));
        }
    }
    changes.changed = changes.changed.within(asked);
    return changes;
}

Result<std::vector<Mail>> Mailbox::fetch(const UidSet& uids, std::int64_t text_limit) {
    TL_TRY(auto answers, command("UID FETCH " + uids.text() + " " + std::string(k_fetch_items)));
    std::map<std::uint32_t, Mail> by_uid;
    for (Response& answer : answers) {
        if (!is(answer, 1, "FETCH") || answer.values.size() < 3) continue;
        // Changes of other mails may come in between.
        if (answer.values[2].find("ENVELOPE") == nullptr) continue;
        Mail mail = read_mail(std::move(answer.values[2]));
        if (uids.contains(mail.uid)) by_uid[mail.uid] = std::move(mail);
    }
    std::vector<Mail> mails;
    for (auto& [uid, mail] : by_uid) mails.push_back(std::move(mail));
    if (text_limit > 0) TL_CHECK(fetch_texts(mails, text_limit));
    return mails;
}

/// Mails whose text is in the same part are asked for together.
Result<void> Mailbox::fetch_texts(std::vector<Mail>& mails, std::int64_t limit) {
    std::map<std::string, UidSet> by_section;
    for (const Mail& mail : mails) {
        if (const Part* part = mail.readable()) by_section[part->section].add(mail.uid);
    }
    for (const auto& [section, uids] : by_section) {
        TL_TRY(
            const auto answers,
            command(
                "UID FETCH " + uids.text() + " (UID BODY.PEEK[" + section + "]<0." +
                std::to_string(limit) + ">)"
            )
        );
        for (const Response& answer : answers) {
            if (!is(answer, 1, "FETCH") || answer.values.size() < 3) continue;
            const Value* uid = answer.values[2].find("UID");
            const Value* text = answer.values[2].find("BODY[" + section + "]<0>");
            if (text == nullptr) text = answer.values[2].find("BODY[" + section + "]");
            if (uid == nullptr || text == nullptr) continue;
            for (Mail& mail : mails) {
                if (mail.uid == uid->number()) set_text(mail, text->text, limit);
            }
        }
    }
    return {};
}

}  // namespace imap
