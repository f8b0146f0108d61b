// A connector that throws wherever it can.
#include "touchline/sdk/plugin.hpp"

#include <stdexcept>

namespace {

using namespace touchline::sdk;

class Thrower : public Source<Thrower>, public Destination<Thrower> {
public:
    static Result<std::unique_ptr<Thrower>> create(const Config& config) {
        if (config.integer("limit") == 1) throw std::runtime_error("in create");
        return std::make_unique<Thrower>();
    }
    static const void* capability(const char* id) noexcept {
        const void* source = Source<Thrower>::capability(id);
        return source != nullptr ? source : Destination<Thrower>::capability(id);
    }
    Result<std::string> check(Job&) { throw std::logic_error("in check"); }
    Result<ReadEnd> read(Job&, const ReadArgs&) { throw 7; }
    Result<void> webhook(Job&, const Webhook&) { throw std::runtime_error("in webhook"); }
    Result<void> write(Job&, const Batch&, Results&) { throw std::string("in write"); }
};

}  // namespace

TOUCHLINE_PLUGIN(Thrower)
