// The connector's face to the host: all rows once by a bulk job, then what changes by query.
#include "kinds.hpp"

#include <memory>

namespace salesforce {

class Salesforce : public sdk::Source<Salesforce> {
public:
    static Result<std::unique_ptr<Salesforce>> create(const sdk::Config& config) {
        auto source = std::make_unique<Salesforce>();
        source->in_bulk_ = config.text("backfill", "bulk") == "bulk";
        return source;
    }

    Result<std::string> check(Job& job) {
        TL_TRY(
            const auto answer,
            job.get(
                "api", "/query", {{"q", "SELECT Name, OrganizationType FROM Organization LIMIT 1"}}
            )
        );
        TL_TRY(
            const auto said, answer.body().pick({"/records/0/Name", "/records/0/OrganizationType"})
        );
        if (!said[0].is_set())
            return Error(Status::config, "What answers at this address is not Salesforce.");
        return "Salesforce answers for " + said[0].as_text() + " (" + said[1].as_text() + ").";
    }

    Result<sdk::ReadEnd> read(Job& job, const sdk::ReadArgs& args) {
        const Kind* const kind = kind_named(args.stream);
        if (kind == nullptr)
            return Error(Status::config, "Salesforce has no stream \"" + args.stream + "\".");
        TL_TRY(auto state, sdk::State::parse(job, args, state_names()));
        if (state.has("job") || (in_bulk_ && !state.has("time")))
            TL_CHECK(read_bulk(job, args, *kind, state));
        TL_CHECK(read_changes(job, args, *kind, state));
        return sdk::ReadEnd::end;
    }

private:
    bool in_bulk_ = true;
};

}  // namespace salesforce

TOUCHLINE_PLUGIN(salesforce::Salesforce)
