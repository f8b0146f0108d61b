// The connector's face to the host, and what Intercom calls about.
#include "streams.hpp"

#include <memory>

namespace intercom {

namespace {

bool begins(const std::string& text, const std::string& with) {
    return text.compare(0, with.size(), with) == 0;
}

}  // namespace

class Intercom : public sdk::Source<Intercom> {
public:
    static Result<std::unique_ptr<Intercom>> create(const sdk::Config&) {
        return std::make_unique<Intercom>();
    }

    Result<std::string> check(Job& job) {
        TL_TRY(const auto answer, job.send(request("/me")));
        TL_TRY(const auto name, answer.pick("/app/name"));
        if (!name.is_set())
            return Error(Status::config, "What answers at this address is not Intercom.");
        return "Intercom answers for the workspace " + name.as_text() + ".";
    }

    Result<sdk::ReadEnd> read(Job& job, const sdk::ReadArgs& args) {
        return read_search(job, args);
    }

    /// Calls overtake each other, so what they are about is fetched as it is now.
    Result<void> webhook(Job& job, const sdk::Webhook& webhook) {
        TL_TRY(const auto said, webhook.body.pick({"/topic", "/data/item/id"}));
        const std::string topic = said[0].as_text(), id = said[1].as_text();
        if (id.empty() || id.find_first_of("/?#%") != std::string::npos) return {};
        const bool is_contact = begins(topic, "contact.");
        if (!is_contact && !begins(topic, "conversation.")) return {};
        const std::string kind = is_contact ? "contacts" : "conversations";
        auto answer = job.send(request("/" + kind + "/" + id));
        if (answer) {
            TL_CHECK(job.page(kind, answer->body()));
            return is_contact ? Result<void>() : emit_parts(job, id);
        }
        if (answer.error().status != Status::not_found) return std::move(answer).error();
        std::string gone;
        sdk::JsonObject(gone)
            .text("id", id)
            .boolean("deleted", true)
            .number("updated_at", job.now_unix_ms() / 1000)
            .end();
        return job.page_lines(kind, gone + "\n");
    }
};

}  // namespace intercom

TOUCHLINE_PLUGIN(intercom::Intercom)
