#include "mail_address.hpp"

#include "words.hpp"

#include "touchline/base/text.hpp"

#include <algorithm>
#include <array>

namespace touchline::identity {

namespace {

/// Of large providers, and of those that RFC 2606 keeps for examples: no organisation's.
constexpr auto k_public_providers = std::to_array<std::string_view>({
    "126.com",        "163.com",         "abv.bg",        "alice.it",         "aol.com",
    "aon.at",         "arcor.de",        "att.net",       "bbox.fr",          "bellsouth.net",
    "bigpond.com",    "bk.ru",           "bluewin.ch",    "blueyonder.co.uk", "bol.com.br",
    "btinternet.com", "centrum.cz",      "charter.net",   "comcast.net",      "cox.net",
    "daum.net",       "earthlink.net",   "example.com",   "example.net",      "example.org",
    "fastmail.com",   "free.fr",         "freenet.de",    "gmail.com",        "gmx.at",
    "gmx.ch",         "gmx.com",         "gmx.de",        "gmx.fr",           "gmx.net",
    "hanmail.net",    "hetnet.nl",       "hey.com",       "home.nl",          "hotmail.co.uk",
    "hotmail.com",    "hotmail.de",      "hotmail.es",    "hotmail.fr",       "hotmail.it",
    "icloud.com",     "inbox.ru",        "interia.pl",    "kpnmail.nl",       "laposte.net",
    "libero.it",      "list.ru",         "live.be",       "live.co.uk",       "live.com",
    "live.fr",        "live.nl",         "mac.com",       "mail.com",         "mail.ru",
    "mailbox.org",    "me.com",          "msn.com",       "naver.com",        "neuf.fr",
    "ntlworld.com",   "o2.pl",           "onet.pl",       "optonline.net",    "optusnet.com.au",
    "orange.fr",      "otenet.gr",       "outlook.com",   "outlook.de",       "outlook.es",
    "outlook.fr",     "planet.nl",       "pm.me",         "posteo.de",        "proton.me",
    "protonmail.com", "proximus.be",     "qq.com",        "rambler.ru",       "rediffmail.com",
    "rogers.com",     "sapo.pt",         "sbcglobal.net", "scarlet.be",       "seznam.cz",
    "sfr.fr",         "shaw.ca",         "sky.com",       "skynet.be",        "sympatico.ca",
    "t-online.de",    "talktalk.net",    "telenet.be",    "terra.com.br",     "tin.it",
    "tiscali.it",     "tutanota.com",    "ukr.net",       "uol.com.br",       "verizon.net",
    "virgilio.it",    "virginmedia.com", "walla.co.il",   "wanadoo.fr",       "web.de",
    "wp.pl",          "xs4all.nl",       "yahoo.ca",      "yahoo.co.jp",      "yahoo.co.uk",
    "yahoo.com",      "yahoo.com.br",    "yahoo.de",      "yahoo.es",         "yahoo.fr",
    "yahoo.in",       "yahoo.it",        "yandex.com",    "yandex.ru",        "ziggo.nl",
    "zoho.com",
});

static_assert(std::ranges::is_sorted(k_public_providers));

struct Misspelling {
    std::string_view written, meant;
};
constexpr auto k_misspellings = std::to_array<Misspelling>({
    {"gmail.co", "gmail.com"},       {"gmail.con", "gmail.com"},     {"gmail.cm", "gmail.com"},
    {"gmai.com", "gmail.com"},       {"gmial.com", "gmail.com"},     {"gamil.com", "gmail.com"},
    {"gmal.com", "gmail.com"},       {"gnail.com", "gmail.com"},     {"gmaill.com", "gmail.com"},
    {"googlemail.com", "gmail.com"}, {"hotmial.com", "hotmail.com"}, {"hotmal.com", "hotmail.com"},
    {"hotmai.com", "hotmail.com"},   {"hotmail.con", "hotmail.com"}, {"yaho.com", "yahoo.com"},
    {"yahooo.com", "yahoo.com"},     {"yahoo.con", "yahoo.com"},     {"outlok.com", "outlook.com"},
    {"outlook.con", "outlook.com"},  {"iclould.com", "icloud.com"},  {"iclod.com", "icloud.com"},
});

constexpr auto k_roles = std::to_array<std::string_view>({
    "accounting", "accounts", "admin",       "administration", "billing",
    "booking",    "bookings", "careers",     "contact",        "customerservice",
    "enquiries",  "finance",  "hello",       "help",           "helpdesk",
    "hr",         "info",     "information", "inquiries",      "it",
    "jobs",       "kontakt",  "mail",        "marketing",      "news",
    "newsletter", "noreply",  "office",      "orders",         "post",
    "postmaster", "press",    "purchasing",  "reception",      "reservations",
    "root",       "sales",    "secretary",   "service",        "shop",
    "support",    "team",     "webmaster",
});

constexpr auto k_disposable = std::to_array<std::string_view>({
    "10minutemail.com",
    "guerrillamail.com",
    "mailinator.com",
    "sharklasers.com",
    "temp-mail.org",
    "tempmail.com",
    "throwawaymail.com",
    "trashmail.com",
    "yopmail.com",
});

constexpr auto k_placeholder_locals = std::to_array<std::string_view>({
    "a",       "abc",    "asdf", "example", "fake",    "me",   "na", "name", "nobody", "none",
    "noemail", "nomail", "null", "test",    "unknown", "user", "x",  "xxx",  "email",  "noone",
});
constexpr auto k_placeholder_domains = std::to_array<std::string_view>({
    "a.com",
    "abc.com",
    "domain.com",
    "email.com",
    "example.com",
    "example.net",
    "example.org",
    "none.com",
    "noemail.com",
    "test.com",
});

template <typename Range>
bool contains(const Range& range, std::string_view text) {
    return std::ranges::find(range, text) != std::ranges::end(range);
}

bool ignores_dots(std::string_view domain) {
    return domain == "gmail.com";
}

std::string mended(std::string domain) {
    while (domain.ends_with('.')) domain.pop_back();
    const auto* found = std::ranges::find(k_misspellings, domain, &Misspelling::written);
    return found == k_misspellings.end() ? domain : std::string(found->meant);
}

bool is_placeholder(const MailAddress& address) {
    return contains(k_placeholder_domains, address.domain) &&
           (contains(k_placeholder_locals, address.local) || contains(k_roles, address.local));
}

}  // namespace

MailAddress read_mail_address(std::string_view text) {
    auto lower = lower_ascii(trim(text));
    std::string_view rest = lower;
    if (rest.starts_with("mailto:")) rest.remove_prefix(7);
    const auto at = rest.rfind('@');
    if (at == std::string_view::npos || at == 0 || at + 1 == rest.size()) return {};
    MailAddress address;
    address.domain = mended(std::string(rest.substr(at + 1)));
    auto local = rest.substr(0, at);
    const auto plus = local.find('+');
    if (plus != std::string_view::npos && plus > 0) local = local.substr(0, plus);
    address.local = local;
    address.public_provider = std::ranges::binary_search(k_public_providers, address.domain);
    if (ignores_dots(address.domain)) std::erase(address.local, '.');
    std::string bare = squeeze(address.local);
    while (!bare.empty() && is_digit(bare.back())) bare.pop_back();
    address.role = contains(k_roles, bare) && !address.public_provider;
    address.disposable = contains(k_disposable, address.domain);
    return is_placeholder(address) ? MailAddress{} : address;
}

}  // namespace touchline::identity
