#include "kinds.hpp"

namespace salesforce {

namespace {

constexpr Form k_number = Form::number, k_flag = Form::boolean, k_time = Form::time;

/// What every object has.
std::vector<Field> with_common(std::vector<Field> fields) {
    fields.insert(fields.begin(), {"Id"});
    for (const Field& field :
         {Field{"CreatedDate", k_time}, {"SystemModstamp", k_time}, {"IsDeleted", k_flag}})
        fields.push_back(field);
    return fields;
}

const std::vector<Kind>& kinds() {
    static const std::vector<Kind> k_kinds{
        {"accounts",
         "Account",
         with_common({{"Name"}, {"Website"}, {"Phone"}, {"OwnerId"}, {"MasterRecordId"}}),
         {}},
        {"contacts",
         "Contact",
         with_common(
             {{"Name"},
              {"Email"},
              {"Phone"},
              {"MobilePhone"},
              {"AccountId"},
              {"OwnerId"},
              {"MasterRecordId"}}
         ),
         {}},
        {"leads",
         "Lead",
         with_common(
             {{"Name"},
              {"Email"},
              {"Phone"},
              {"Company"},
              {"Status"},
              {"LeadSource"},
              {"IsConverted", k_flag},
              {"ConvertedDate"},
              {"ConvertedContactId"},
              {"ConvertedOpportunityId"},
              {"OwnerId"},
              {"MasterRecordId"}}
         ),
         {}},
        {"opportunities",
         "Opportunity",
         with_common(
             {{"Name"},
              {"AccountId"},
              {"StageName"},
              {"Amount", k_number},
              {"CloseDate"},
              {"IsClosed", k_flag},
              {"IsWon", k_flag},
              {"OwnerId"}}
         ),
         "Id"},
        {"opportunity_history",
         "OpportunityHistory",
         with_common(
             {{"OpportunityId"},
              {"StageName"},
              {"Amount", k_number},
              {"CloseDate"},
              {"CreatedById"}}
         ),
         "OpportunityId"},
        {"tasks",
         "Task",
         with_common(
             {{"WhoId"},
              {"WhatId"},
              {"AccountId"},
              {"Subject"},
              {"Description"},
              {"Status"},
              {"TaskSubtype"},
              {"CallType"},
              {"IsClosed", k_flag},
              {"CompletedDateTime", k_time},
              {"OwnerId"}}
         ),
         {}},
        {"events",
         "Event",
         with_common(
             {{"WhoId"},
              {"WhatId"},
              {"AccountId"},
              {"Subject"},
              {"Description"},
              {"StartDateTime", k_time},
              {"EndDateTime", k_time},
              {"OwnerId"}}
         ),
         {}},
        {"cases",
         "Case",
         with_common(
             {{"CaseNumber"},
              {"ContactId"},
              {"AccountId"},
              {"SuppliedEmail"},
              {"SuppliedName"},
              {"Subject"},
              {"Status"},
              {"Origin"},
              {"IsClosed", k_flag},
              {"ClosedDate", k_time},
              {"OwnerId"}}
         ),
         {}},
    };
    return k_kinds;
}

}  // namespace

std::string Kind::select() const {
    std::string names;
    for (const Field& field : fields) names.append(names.empty() ? "" : ", ").append(field.name);
    return "SELECT " + names + " FROM " + std::string(object);
}

const Kind* kind_named(std::string_view stream) {
    for (const Kind& kind : kinds()) {
        if (kind.stream == stream) return &kind;
    }
    return nullptr;
}

}  // namespace salesforce
