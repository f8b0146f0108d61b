// The connector's face to the host.
#include "collection.hpp"

#include <memory>

namespace wordpress {

class WordPress : public sdk::Source<WordPress> {
public:
    static Result<std::unique_ptr<WordPress>> create(const sdk::Config&) {
        return std::make_unique<WordPress>();
    }

    Result<std::string> check(Job& job) {
        TL_TRY(const auto comments, count(job, *collection_named("comments")));
        return "WordPress answers; it has " + std::to_string(comments) + " comments.";
    }

    Result<sdk::ReadEnd> read(Job& job, const sdk::ReadArgs& args) {
        const Collection* const collection = collection_named(args.stream);
        if (collection == nullptr)
            return Error(Status::config, "WordPress has no stream \"" + args.stream + "\".");
        TL_CHECK(read_collection(job, args, *collection));
        return sdk::ReadEnd::end;
    }
};

}  // namespace wordpress

TOUCHLINE_PLUGIN(wordpress::WordPress)
