#include "records.hpp"

namespace request_tracker {

using touchline::sdk::JsonObject;

namespace {

/// RT writes a date that is not set as the beginning of 1970.
bool is_set(const std::string& time) {
    return !time.empty() && time.compare(0, 4, "1970") != 0;
}

class Record {
public:
    explicit Record(std::string& out) : object_(out) {}
    Record& text(std::string_view name, const std::string& value) {
        if (!value.empty()) object_.text(name, value);
        return *this;
    }
    Record& time(std::string_view name, const std::string& value) {
        return text(name, is_set(value) ? value : "");
    }
    Record& raw(std::string_view name, std::string_view json) {
        object_.raw(name, json);
        return *this;
    }
    void end() { object_.end(); }

private:
    JsonObject object_;
};

std::string to_json(const Person& person) {
    std::string json;
    Record(json)
        .text("id", person.id)
        .text("Name", person.name)
        .text("EmailAddress", person.email)
        .text("RealName", person.real_name)
        .end();
    return json;
}

std::string to_json(const std::vector<Person>& people) {
    std::string json = "[";
    for (const auto& person : people) {
        if (json.size() > 1) json += ',';
        json += to_json(person);
    }
    return json + "]";
}

}  // namespace

void append_transaction(
    std::string& lines, const Transaction& transaction, const Ticket* ticket, const Content* content
) {
    Record record(lines);
    record.text("id", std::to_string(transaction.id))
        .text("Type", transaction.type)
        .text("Field", transaction.field)
        .text("OldValue", transaction.old_value)
        .text("NewValue", transaction.new_value)
        .time("Created", transaction.created)
        .raw("Creator", to_json(transaction.creator));
    std::string about;
    Record of_ticket(about);
    of_ticket.text("id", transaction.ticket);
    if (ticket != nullptr) {
        of_ticket.text("EffectiveId", ticket->effective_id)
            .text("Subject", ticket->subject)
            .text("Queue", ticket->queue)
            .raw("Requestor", to_json(ticket->requestors));
    }
    of_ticket.end();
    record.raw("Ticket", about);
    if (content != nullptr)
        record.text("ContentType", content->type).text("Content", content->text);
    record.end();
    lines += '\n';
}

void append_ticket(std::string& lines, const Ticket& ticket) {
    Record record(lines);
    record.text("id", ticket.id)
        .text("EffectiveId", ticket.effective_id)
        .text("Subject", ticket.subject)
        .text("Status", ticket.status)
        .text("Queue", ticket.queue)
        .time("Created", ticket.created)
        .time("LastUpdated", ticket.last_updated)
        .raw("Owner", to_json(ticket.owner))
        .raw("Requestor", to_json(ticket.requestors))
        .end();
    lines += '\n';
}

void append_user(std::string& lines, const User& user, const std::vector<std::string>& merged) {
    std::string list = "[";
    for (const auto& id : merged) {
        if (list.size() > 1) list += ',';
        touchline::sdk::append_quoted(list, id);
    }
    Record record(lines);
    record.text("id", user.person.id)
        .text("Name", user.person.name)
        .text("EmailAddress", user.person.email)
        .text("RealName", user.person.real_name)
        .text("Organization", user.organization)
        .text("Lang", user.lang)
        .text("MobilePhone", user.mobile)
        .text("WorkPhone", user.work_phone)
        .text("HomePhone", user.home_phone)
        .time("Created", user.created)
        .time("LastUpdated", user.last_updated)
        .raw("Merged", list + "]")
        .end();
    lines += '\n';
}

}  // namespace request_tracker
