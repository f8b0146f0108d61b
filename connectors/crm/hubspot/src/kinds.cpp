#include "kinds.hpp"

namespace hubspot {

namespace {

constexpr std::string_view k_modified = "hs_lastmodifieddate";

const std::vector<Kind>& kinds() {
    static const std::vector<Kind> k_kinds{
        {"contacts",
         "lastmodifieddate",
         {"firstname",
          "lastname",
          "email",
          "hs_additional_emails",
          "phone",
          "mobilephone",
          "company",
          "hs_language",
          "lifecyclestage",
          "hubspot_owner_id",
          "hs_merged_object_ids",
          "lastmodifieddate"},
         {}},
        {"companies",
         k_modified,
         {"name", "domain", "phone", "hs_merged_object_ids", k_modified},
         {}},
        {"deals",
         k_modified,
         {"dealname",
          "dealstage",
          "amount",
          "deal_currency_code",
          "closedate",
          "hs_is_closed_won",
          "hs_is_closed_lost",
          "hubspot_owner_id",
          k_modified},
         {"contacts", "companies"}},
        {"calls",
         k_modified,
         {"hs_timestamp",
          "hs_call_title",
          "hs_call_body",
          "hs_call_direction",
          "hs_call_status",
          "hubspot_owner_id",
          k_modified},
         {"contacts"}},
        {"emails",
         k_modified,
         {"hs_timestamp",
          "hs_email_subject",
          "hs_email_text",
          "hs_email_direction",
          "hubspot_owner_id",
          k_modified},
         {"contacts"}},
        {"meetings",
         k_modified,
         {"hs_timestamp",
          "hs_meeting_title",
          "hs_meeting_body",
          "hs_meeting_outcome",
          "hs_meeting_end_time",
          "hubspot_owner_id",
          k_modified},
         {"contacts"}},
        {"notes",
         k_modified,
         {"hs_timestamp", "hs_note_body", "hubspot_owner_id", k_modified},
         {"contacts"}},
    };
    return k_kinds;
}

}  // namespace

const Kind* kind_named(std::string_view name) {
    for (const auto& kind : kinds()) {
        if (kind.name == name) return &kind;
    }
    return nullptr;
}

}  // namespace hubspot
