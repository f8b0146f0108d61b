// The connector's face to the host: which streams there are, and whether Freshdesk answers.
#include "streams.hpp"

#include <memory>

namespace freshdesk {

class Freshdesk : public sdk::Source<Freshdesk> {
public:
    static Result<std::unique_ptr<Freshdesk>> create(const sdk::Config&) {
        return std::make_unique<Freshdesk>();
    }

    Result<std::string> check(Job& job) {
        TL_TRY(const auto answer, job.get("api", "/agents/me"));
        TL_TRY(const auto name, answer.pick("/contact/name"));
        if (!name.is_set())
            return Error(Status::config, "What answers at this address is not Freshdesk.");
        return "Freshdesk answers; the key is that of " + name.as_text() + ".";
    }

    Result<sdk::ReadEnd> read(Job& job, const sdk::ReadArgs& args) {
        if (args.stream == "conversations") return read_conversations(job, args);
        if (args.stream == "ratings") return read_ratings(job, args);
        if (args.stream == "contacts") return read_contacts(job, args);
        return read_tickets(job, args);
    }

    /// What an automation posts is up to its author; of it only the ticket's number counts.
    Result<void> webhook(Job& job, const sdk::Webhook& webhook) {
        TL_TRY(const auto ids, webhook.body.pick({"/freshdesk_webhook/ticket_id", "/ticket_id"}));
        const std::string id = ids[0].is_set() ? ids[0].as_text() : ids[1].as_text();
        if (id.empty() || id.find_first_not_of("0123456789") != std::string::npos) {
            return Error(
                Status::bad_data,
                "The call says no ticket_id: let the automation send {{ticket.id}}."
            );
        }
        return fetch_ticket(job, id);
    }
};

}  // namespace freshdesk

TOUCHLINE_PLUGIN(freshdesk::Freshdesk)
