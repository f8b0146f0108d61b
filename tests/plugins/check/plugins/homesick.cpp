// A source that is well in the host's process and nowhere else: it needs an environment.
#include "touchline/sdk/plugin.hpp"

#include <cstdlib>

namespace {

using namespace touchline::sdk;

class Homesick : public Source<Homesick> {
public:
    static Result<std::unique_ptr<Homesick>> create(const Config&) {
        return std::make_unique<Homesick>();
    }
    Result<std::string> check(Job&) { return std::string("It is at home."); }
    Result<ReadEnd> read(Job& job, const ReadArgs& args) {
        if (std::getenv("PATH") == nullptr) return Error(Status::config, "where am I?");
        TL_CHECK(job.page_lines(args.stream, "{\"id\":1}\n"));
        return ReadEnd::end;
    }
};

}  // namespace

TOUCHLINE_PLUGIN(Homesick)
