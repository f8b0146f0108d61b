// An enricher that needs no system to ask: everybody works at the domain of their address.
#include "touchline/sdk/plugin.hpp"

namespace {

using namespace touchline::sdk;

class Knower : public Enricher<Knower> {
public:
    static Result<std::unique_ptr<Knower>> create(const Config&) {
        return std::make_unique<Knower>();
    }
    Result<std::string> check(Job&) { return std::string("It knows."); }
    Result<void> enrich(Job&, const Batch& batch, Patches& patches) {
        for (std::size_t i = 0; i < batch.size(); ++i) {
            TL_TRY(const auto email, batch[i].body.pick("/email"));
            const std::string text = email.as_text();
            std::string facts;
            JsonObject(facts).text("company", text.substr(text.find('@') + 1)).end();
            TL_CHECK(patches.put(i, facts));
        }
        return {};
    }
};

}  // namespace

TOUCHLINE_PLUGIN(Knower)
