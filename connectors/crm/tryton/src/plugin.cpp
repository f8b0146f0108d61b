// The connector's face to the host.
#include "read.hpp"

#include <memory>

namespace tryton {

class Tryton : public sdk::Source<Tryton> {
public:
    static Result<std::unique_ptr<Tryton>> create(const sdk::Config&) {
        return std::make_unique<Tryton>();
    }

    Result<std::string> check(Job& job) {
        TL_TRY(const auto context, context_of(job));
        TL_TRY(const auto answer, call(job, "model.party.party.search_count", "[]," + context));
        TL_TRY(const auto count, answer.pick("/result"));
        if (!count.as_int())
            return Error(Status::config, "What answers at this address is not Tryton.");
        return "Tryton answers; it has " + count.as_text() + " parties.";
    }

    Result<sdk::ReadEnd> read(Job& job, const sdk::ReadArgs& args) {
        const Model* const model = model_of(args.stream);
        if (model == nullptr)
            return Error(Status::config, "Tryton has no stream \"" + args.stream + "\".");
        TL_CHECK(read_model(job, args, *model));
        return sdk::ReadEnd::end;
    }
};

}  // namespace tryton

TOUCHLINE_PLUGIN(tryton::Tryton)
