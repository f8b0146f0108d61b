// An enricher that is good until TOUCHLINE_TEST_FAULT names a bad habit.
#include "fault.hpp"

#include "touchline/sdk/plugin.hpp"

namespace {

using namespace touchline::sdk;

int g_counter = 0;

class Guesser : public Enricher<Guesser> {
public:
    static Result<std::unique_ptr<Guesser>> create(const Config&) {
        return std::make_unique<Guesser>();
    }
    Result<std::string> check(Job&) { return std::string("It is there."); }
    Result<void> enrich(Job& job, const Batch& batch, Patches& patches) {
        for (std::size_t i = 0; i < batch.size(); ++i) {
            if (has_fault("silent") && i == 0) continue;
            const auto answer = job.get("api", "/who");
            if (!answer && has_fault("inventive"))
                TL_CHECK(patches.put(i, R"({"company.name":"Acme"})"));
            else if (!answer)
                TL_CHECK(patches.retry(i, "nobody answers"));
            else if (has_fault("fickle"))
                TL_CHECK(patches.put(i, "{\"n\":" + std::to_string(++g_counter) + "}"));
            else
                TL_CHECK(patches.put(i, R"({"company.name":"Globex"})"));
        }
        return {};
    }
};

}  // namespace

TOUCHLINE_PLUGIN(Guesser)
