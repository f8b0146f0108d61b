#include "tables.hpp"

#include <array>

namespace dynamics {

namespace {

constexpr std::array<Table, 8> k_tables{
    {{"accounts",
      "accounts",
      "accountid",
      "name,websiteurl,telephone1,emailaddress1,merged,_masterid_value,createdon,modifiedon"},
     {"contacts",
      "contacts",
      "contactid",
      "fullname,emailaddress1,telephone1,mobilephone,merged,_masterid_value,"
      "_originatingleadid_value,_parentcustomerid_value,createdon,modifiedon"},
     {"leads",
      "leads",
      "leadid",
      "fullname,emailaddress1,telephone1,companyname,subject,statecode,merged,_masterid_value,"
      "_ownerid_value,createdon,modifiedon"},
     {"opportunities",
      "opportunities",
      "opportunityid",
      "name,estimatedvalue,actualvalue,actualclosedate,statecode,_parentcontactid_value,"
      "_customerid_value,_ownerid_value,createdon,modifiedon"},
     {"cases",
      "incidents",
      "incidentid",
      "ticketnumber,title,caseorigincode,statecode,_primarycontactid_value,_customerid_value,"
      "_ownerid_value,createdon,modifiedon"},
     {"phonecalls",
      "phonecalls",
      "activityid",
      "subject,description,directioncode,statecode,phonenumber,_regardingobjectid_value,"
      "_ownerid_value,actualend,createdon,modifiedon"},
     {"emails",
      "emails",
      "activityid",
      "subject,description,directioncode,statecode,sender,torecipients,_regardingobjectid_value,"
      "_ownerid_value,senton,createdon,modifiedon"},
     {"appointments",
      "appointments",
      "activityid",
      "subject,description,statecode,scheduledstart,scheduledend,_regardingobjectid_value,"
      "_ownerid_value,createdon,modifiedon"}}};

}  // namespace

const Table* table_named(std::string_view stream) {
    for (const Table& table : k_tables) {
        if (table.stream == stream) return &table;
    }
    return nullptr;
}

}  // namespace dynamics
