// A connector that says which edition of itself is running.
#include "touchline/sdk/plugin.hpp"

namespace {

using namespace touchline::sdk;

class Edition : public Source<Edition> {
public:
    static Result<std::unique_ptr<Edition>> create(const Config&) {
        return std::make_unique<Edition>();
    }
    Result<std::string> check(Job&) {
        return std::string("This is ") + TOUCHLINE_PLUGIN_VERSION + ".";
    }
    Result<ReadEnd> read(Job&, const ReadArgs&) { return ReadEnd::end; }
};

}  // namespace

TOUCHLINE_PLUGIN(Edition)
