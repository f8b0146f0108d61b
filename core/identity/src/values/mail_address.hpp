// An e-mail address as evidence: what identifies its owner, and whether it has one owner at all.
#pragma once

#include <string>
#include <string_view>

namespace touchline::identity {

struct MailAddress {
    std::string local;   ///< lower case, without tag; without dots where the provider ignores them
    std::string domain;  ///< lower case, usual misspellings of large providers mended
    bool role = false;   ///< info@, sales@: the mailbox of many
    bool disposable = false;  ///< from a provider of throw-away addresses
    bool public_provider =
        false;  ///< gmail.com and its like: the domain says nothing about a company

    bool empty() const { return domain.empty(); }
    std::string text() const { return empty() ? std::string() : local + "@" + domain; }
};

/// Empty for what is no address and for placeholders (test@test.com, none@example.com). The
/// comparison is more lenient than a namespace's normaliser: it reads what a typist got wrong.
MailAddress read_mail_address(std::string_view text);

}  // namespace touchline::identity
