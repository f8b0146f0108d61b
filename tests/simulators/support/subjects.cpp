#include "subjects.hpp"

#include <stdexcept>

namespace touchline::simulated {

namespace {

const std::vector<Subject>& all() {
    static const std::vector<Subject> k_subjects{
        {"delighted",
         net::BasicLogin{"dl-secret", Secret("X")},
         R"({"url": "$URL"})",
         "dl-secret",
         "/updated_at"},
        {"dynamics",
         net::BearerToken{Secret("dv-secret")},
         R"({"url": "$URL"})",
         "dv-secret",
         "/versionnumber"},
        {"freshdesk",
         net::BasicLogin{"fd-secret", Secret("X")},
         R"({"url": "$URL"})",
         "fd-secret",
         "/updated_at"},
        {"hubspot",
         net::BearerToken{Secret("pat-eu1-secret")},
         R"({"url": "$URL", "portal": "4711"})",
         "pat-eu1-secret",
         "/updatedAt"},
        {"intercom",
         net::BearerToken{Secret("ic-secret")},
         R"({"url": "$URL", "workspace": "ab12"})",
         "ic-secret",
         "/updated_at"},
        {"mastodon",
         net::BearerToken{Secret("masto-secret")},
         R"({"url": "$URL"})",
         "masto-secret",
         "/nothing"},
        {"meta",
         net::ProvedToken{Secret("EAAG-secret"), Secret("meta-app-s3cret")},
         R"({"url": "$URL", "page": "104820001234567"})",
         "EAAG-secret",
         "/updated_time"},
        {"oracle-sales",
         net::BasicLogin{"TOUCHLINE", Secret("or-secret")},
         R"({"url": "$URL"})",
         "or-secret",
         "/LastUpdateDate"},
        {"pipedrive",
         net::HeaderKey{"x-api-token", Secret("pd-secret"), ""},
         R"({"url": "$URL"})",
         "pd-secret",
         "/update_time"},
        {"salesforce",
         net::BearerToken{Secret("sf-secret")},
         R"({"url": "$URL"})",
         "sf-secret",
         "/SystemModstamp"},
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
        {"x",
         net::BearerToken{Secret("x-secret")},
         R"({"url": "$URL", "username": "halden"})",
         "x-secret",
         "/nothing"},
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
