// The connector's face to the host.
#include "streams.hpp"

#include <memory>

namespace redmine {

Result<std::string> signed_in_as(Job& job) {
    TL_TRY(const auto answer, job.get("api", "/users/current.json"));
    TL_TRY(const auto login, answer.pick("/user/login"));
    if (login.as_text().empty())
        return Error(Status::config, "What answers at this address is not Redmine.");
    return login.as_text();
}

class Redmine : public sdk::Source<Redmine> {
public:
    explicit Redmine(std::string project) : project_(std::move(project)) {}
    static Result<std::unique_ptr<Redmine>> create(const sdk::Config& config) {
        return std::make_unique<Redmine>(config.text("project"));
    }

    Result<std::string> check(Job& job) {
        TL_TRY(const auto login, signed_in_as(job));
        return "Redmine answers and knows the account as " + login + ".";
    }

    Result<sdk::ReadEnd> read(Job& job, const sdk::ReadArgs& args) {
        TL_CHECK(signed_in_as(job));
        TL_CHECK(
            args.stream == "issues" ? read_issues(job, args, project_) : read_users(job, args)
        );
        return sdk::ReadEnd::end;
    }

private:
    std::string project_;
};

}  // namespace redmine

TOUCHLINE_PLUGIN(redmine::Redmine)
