#include "touchline/identity/policy.hpp"

namespace touchline::identity {

namespace {

using model::Namespace;
using model::Strength;

Namespace email() {
    return {
        .name = "email",
        .normaliser = model::Normaliser::email,
        .strength = Strength::strong,
        .max_per_customer = 8,
        // Placeholders, and mailboxes that nobody reads.
        .blocked = {"unknown@",    "none@",         "noemail@",       "no-email@",   "nomail@",
                    "null@",       "na@",           "n/a@",           "nobody@",     "anonymous@",
                    "invalid@",    "noreply@",      "no-reply@",      "no.reply@",   "no_reply@",
                    "donotreply@", "do-not-reply@", "mailer-daemon@", "postmaster@", "@invalid",
                    "@localhost"},
        // Mailboxes that several people read. One stays an identity, as it is how a small firm is
        // known, until a second holder shows.
        .roles = {"info@",       "contact@", "office@",    "sales@",    "support@", "service@",
                  "help@",       "hello@",   "mail@",      "post@",     "admin@",   "accounts@",
                  "accounting@", "billing@", "invoices@",  "finance@",  "orders@",  "hr@",
                  "jobs@",       "team@",    "reception@", "webmaster@"},
        .region = "",
        .order = 10,
    };
}

Namespace phone() {
    return {
        .name = "phone",
        .normaliser = model::Normaliser::phone,
        .strength = Strength::strong,
        .max_per_customer = 8,
        .blocked = {},
        .region = "",
        .order = 20,
    };
}

Namespace name() {
    return {
        .name = "name",
        .normaliser = model::Normaliser::name,
        .strength = Strength::weak,
        .max_per_customer = 50,
        .blocked =
            {"anonymous",
             "customer",
             "first last",
             "firstname lastname",
             "guest",
             "n a",
             "name",
             "no name",
             "none",
             "not provided",
             "null",
             "test",
             "test test",
             "unknown",
             "unknown unknown",
             "user"},
        .region = "",
        .order = 100,
    };
}

/// Joins nobody; people born on different days are kept apart.
Namespace birth_date() {
    Namespace ns;
    ns.name = "birth_date";
    ns.strength = Strength::weak;
    ns.blocked = {"1900-01-01", "1901-01-01", "1970-01-01", "2000-01-01"};
    ns.order = 110;
    return ns;
}

}  // namespace

std::vector<Namespace> default_namespaces() {
    return {birth_date(), email(), name(), phone()};
}

}  // namespace touchline::identity
