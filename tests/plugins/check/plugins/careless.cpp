// A library that shows what it should hide, and whose manifest is wrong wherever it can be.
#include "touchline/sdk/plugin.hpp"

#include <zlib.h>

namespace careless {

using namespace touchline::sdk;

class Careless : public Source<Careless>, public Destination<Careless> {
public:
    static Result<std::unique_ptr<Careless>> create(const Config&) {
        return std::make_unique<Careless>();
    }
    Result<std::string> check(Job&) { return std::string(zlibVersion()); }
    Result<ReadEnd> read(Job&, const ReadArgs&) { return ReadEnd::end; }
    Result<void> write(Job&, const Batch&, Results&) { return {}; }
    static const void* capability(const char* id) noexcept {
        const void* const source = Source<Careless>::capability(id);
        return source != nullptr ? source : Destination<Careless>::capability(id);
    }
};

}  // namespace careless

TOUCHLINE_PLUGIN(careless::Careless)
