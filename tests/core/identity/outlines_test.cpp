#include "labelled_set.hpp"
#include "model/outline_scorer.hpp"

#include <map>
#include <random>
#include <span>
#include <string>
#include <vector>

namespace touchline::identity {
namespace {

constexpr double k_rounding = 1e-6;

/// What two records agree in beside their weights: a guard or twins lower a score, nothing raises
/// it.
void expect_bounds(const Model& model, std::span<const Features> features, std::size_t step) {
    const Outlines outlines(model, features);
    const OutlineScorer glance(model, outlines);
    const Candidates candidates(features);
    std::vector<Index> others;
    for (Index a = 0; a < features.size(); ++a) {
        candidates.after(a, model.block_max, others);
        for (Index b = a + 1; b < features.size(); b += Index(step)) others.push_back(b);
        for (const auto b : others) {
            const auto score = model.score(features[a], features[b]);
            const auto most = glance.most(a, b);
            ASSERT_GE(most.same + k_rounding, score.bits) << a << " " << b;
            const auto other_way = glance.most(b, a);
            ASSERT_NEAR(most.same, other_way.same, k_rounding);
            ASSERT_NEAR(most.related, other_way.related, k_rounding);
            double related = model.related_prior_bits();
            const auto compared = compare(model.comparisons(), features[a], features[b]);
            for (std::size_t i = 0; i < model.comparisons().size(); ++i)
                related += model.weights(compared, i).related;
            ASSERT_GE(most.related + k_rounding, related) << a << " " << b;
        }
    }
}

TEST(Outlines, NoPairScoresMoreThanItsOutlinesAllow) {
    for (const auto* name : {"crm_dev", "febrl1", "febrl_c_1000", "fake_1000"}) {
        SCOPED_TRACE(name);
        const LearntSet set(name);
        expect_bounds(set.model, set.features, 97);
        expect_bounds(Model(set.model.fields()), set.features, 97);
    }
}

/// Every kind of likeness that a comparison knows, between records of few words and digits, so that
/// all of them meet.
TEST(Outlines, NoLikenessIsOverlooked) {
    const std::vector<FieldRole> roles = {
        {"given", Role::given_name},
        {"middle", Role::middle_name},
        {"surname", Role::surname},
        {"birth", Role::birth_date},
        {"mail", Role::email},
        {"mail2", Role::email},
        {"phone", Role::phone},
        {"street", Role::street},
        {"number", Role::street_number},
        {"postcode", Role::postcode},
        {"city", Role::city},
        {"company", Role::company},
        {"website", Role::website},
        {"id", Role::exclusive_id},
        {"handle", Role::handle},
        {"text", Role::text},
    };
    const std::map<std::string, std::vector<std::string>> values = {
        {"given",
         {"Anna", "Ana", "Anne", "Jon", "John", "Jonathan", "J", "Mantha", "Samantha", "Maes"}},
        {"middle", {"Anna", "Maes", "Bo"}},
        {"surname", {"Maes", "Mase", "Maess", "Meier", "Mayer", "Anna", "M", "Wouters", "Wouter"}},
        {"birth",
         {"1980-01-02",
          "1980-02-01",
          "1980-01-12",
          "1981-01-02",
          "1808-01-02",
          "1980",
          "1999-12-31",
          "2001-07"}},
        {"mail",
         {"anna.maes@gmail.com",
          "annamaes@gmial.com",
          "ana.maes@one.example",
          "info@one.example",
          "bo@one.example"}},
        {"mail2", {"anna.maes@one.example", "xyz@two.example"}},
        {"phone", {"+32 470 123456", "0470 123456", "+32 470 123465", "123456789", "470123457"}},
        {"street", {"Kerkstraat", "Kerkstrat", "Kerk straat", "Dorp", "High street"}},
        {"number", {"1", "12", "121", "122"}},
        {"postcode", {"9000", "9001", "9009", "0900", "SW1A 1AA", "SW1A 2AB"}},
        {"city", {"Gent", "Gand", "Ghent", "Antwerpen"}},
        {"company", {"Orbis Foods", "Orbis Food", "Orbis", "Foods of Ghent", "Alma"}},
        {"website", {"orbis.example", "alma.example"}},
        {"id", {"1234567", "1234568", "1234576", "2134576", "7654321", "A1234567"}},
        {"handle", {"annamaes", "annamaess", "bo"}},
        {"text", {"blue kite", "blue kites", "kite", "kite blue", "red"}},
    };
    FeatureReader reader{FieldMap(roles)};
    std::vector<Features> features;
    std::mt19937 random(7);
    for (int i = 0; i < 600; ++i) {
        Record record{std::to_string(i), "", {}};
        for (const auto& [field, some] : values)
            if (random() % 3 != 0) record.fields.push_back({field, some[random() % some.size()]});
        features.push_back(*reader.read(record));
    }
    expect_bounds(Model(reader.fields()), features, 1);
    expect_bounds(train(reader.fields(), features), features, 1);
}

}  // namespace
}  // namespace touchline::identity
