#include "mail_address.hpp"

#include "words.hpp"

#include "touchline/base/text.hpp"

#include <algorithm>
#include <array>

namespace touchline::identity {

namespace {

constexpr auto k_public_providers = std::to_array<std::string_view>({
    "aol.com",    "comcast.net", "fastmail.com",   "free.fr",       "gmail.com",   "gmx.at",
    "gmx.com",    "gmx.de",      "gmx.net",        "hotmail.co.uk", "hotmail.com", "hotmail.fr",
    "icloud.com", "laposte.net", "libero.it",      "live.com",      "mac.com",     "mail.com",
    "mail.ru",    "me.com",      "msn.com",        "orange.fr",     "outlook.com", "outlook.de",
    "posteo.de",  "proton.me",   "protonmail.com", "qq.com",        "t-online.de", "verizon.net",
    "web.de",     "yahoo.co.uk", "yahoo.com",      "yahoo.de",      "yahoo.fr",    "yandex.ru",
    "zoho.com",
});

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
    address.public_provider = contains(k_public_providers, address.domain);
    if (ignores_dots(address.domain)) std::erase(address.local, '.');
    std::string bare = squeeze(address.local);
    while (!bare.empty() && is_digit(bare.back())) bare.pop_back();
    address.role = contains(k_roles, bare) && !address.public_provider;
    address.disposable = contains(k_disposable, address.domain);
    return is_placeholder(address) ? MailAddress{} : address;
}

}  // namespace touchline::identity
