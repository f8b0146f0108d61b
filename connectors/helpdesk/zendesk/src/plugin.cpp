// The connector's face to the host: which streams there are, and whether Zendesk answers.
#include "streams.hpp"

#include <memory>

namespace zendesk {

class Zendesk : public sdk::Source<Zendesk> {
public:
    static Result<std::unique_ptr<Zendesk>> create(const sdk::Config&) {
        return std::make_unique<Zendesk>();
    }

    Result<std::string> check(Job& job) {
        TL_TRY(const auto answer, job.get("api", "/users/me.json"));
        TL_TRY(const auto user, answer.body().pick({"/user/name", "/user/role"}));
        const std::string role = user[1].as_text();
        if (role.empty() || role == "end-user") {
            return Error(Status::auth, "Zendesk answers, but does not know who is asking.");
        }
        if (role != "admin") {
            return Error(
                Status::denied,
                "The account is an " + role + "; Zendesk lets only administrators export."
            );
        }
        return "Zendesk answers; signed in as " + user[0].as_text() + ".";
    }

    Result<sdk::ReadEnd> read(Job& job, const sdk::ReadArgs& args) {
        if (args.stream == "comments") return read_comments(job, args);
        if (args.stream == "ratings") return read_ratings(job, args);
        return read_export(job, args);
    }
};

}  // namespace zendesk

TOUCHLINE_PLUGIN(zendesk::Zendesk)
