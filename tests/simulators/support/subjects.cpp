#include "subjects.hpp"

#include <stdexcept>

namespace touchline::simulated {

namespace {

const std::vector<Subject>& all() {
    static const std::vector<Subject> k_subjects{
        {"hubspot",
         net::BearerToken{Secret("pat-eu1-secret")},
         R"({"url": "$URL", "portal": "4711"})",
         "pat-eu1-secret",
         "/updatedAt"},
        {"mastodon",
         net::BearerToken{Secret("masto-secret")},
         R"({"url": "$URL"})",
         "masto-secret",
         "/nothing"},
        {"pipedrive",
         net::HeaderKey{"x-api-token", Secret("pd-secret"), ""},
         R"({"url": "$URL"})",
         "pd-secret",
         "/update_time"},
        {"shopify",
         net::HeaderKey{"X-Shopify-Access-Token", Secret("shpat_secret"), ""},
         R"({"url": "$URL"})",
         "shpat_secret",
         "/updatedAt"},
        {"stripe",
         net::BearerToken{Secret("sk_test_secret")},
         R"({"url": "$URL"})",
         "sk_test_secret",
         "/metadata/revision"},
        {"typeform",
         net::BearerToken{Secret("tfp_secret")},
         R"({"url": "$URL", "form": "lT4Z3j"})",
         "tfp_secret",
         "/nothing"},
        {"woocommerce",
         net::BasicLogin{"ck_test", Secret("cs_secret")},
         R"({"url": "$URL"})",
         "cs_secret",
         "/date_modified_gmt"},
        {"zendesk",
         net::BasicLogin{"agent@acme.test/token", Secret("zd-secret")},
         R"({"url": "$URL"})",
         "zd-secret",
         "/updated_at"},
    };
    return k_subjects;
}

}  // namespace

Subject subject(const std::string& plugin) {
    for (const Subject& one : all()) {
        if (one.plugin == plugin) return one;
    }
    throw std::runtime_error("there is no simulator for " + plugin);
}

std::vector<std::string> subjects() {
    std::vector<std::string> names;
    for (const Subject& one : all()) names.push_back(one.plugin);
    return names;
}

}  // namespace touchline::simulated
