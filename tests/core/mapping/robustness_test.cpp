// Random damage to expressions, mappings and records: whatever comes in, the answer is a value or
// an Error.
#include "fixture.hpp"

#include "touchline/config/yaml.hpp"
#include "touchline/mapping/expression.hpp"

#include <gtest/gtest.h>

#include <random>

namespace touchline::mapping {
namespace {

constexpr std::string_view k_expressions[] = {
    "a.b[?c == 'd' && !e].{x: f, y: g[1:-1:2]} | [0]",
    "sort_by(people, &age)[*].name | join(', ', @)",
    "merge(`{\"a\": [1, 2.5]}`, o) || not_null(a, \"quoted\\u00e9\", 'raw\\'s')",
    "truncate(strip_quotes(strip_html(text)), 12)",
    "money(amount, 'EUR', 2).value == time(at, '%d/%m/%Y %H:%M', '+02:00')",
    "format('{}-{}', [*].*.x[].y[2:], max_by(l, &n)) >= `5`",
    "replace(split(phone(text), '5')[0], '1', upper(text))",
};
constexpr std::string_view k_records[] = {
    R"({"a":{"b":[{"c":"d","e":false,"f":1,"g":[1,2,3]}]},"people":[{"name":"Bo","age":3},{"name":"Al","age":1.5}]})",
    R"({"o":{"a":null},"text":"<p>Hi &amp; \u00e9</p>\n> quoted\nOn x wrote:","amount":"1.234,56","at":"02/10/2026 09:14"})",
    R"([{"x":{"x":[[{"y":1}]]}},{"l":[{"n":"a"},{"n":"b"}]},-1,1e300,"",null,true,18446744073709551615])",
    R"("plain \ud83d\ude00 text +351 555 0100")",
};

class Damage {
public:
    explicit Damage(unsigned seed) : random_(seed) {}

    std::string of(std::string_view text) {
        static constexpr std::string_view k_bits = "[]{}()?*.,:|&!<>='\"`\\@-019azé \n";
        std::string damaged(text);
        for (std::size_t n = below(4) + 1; n > 0; --n) {
            const std::size_t at = below(damaged.size() + 1);
            switch (below(4)) {
                case 0:
                    damaged.insert(at, 1, k_bits[below(k_bits.size())]);
                    break;
                case 1:
                    if (at < damaged.size()) damaged.erase(at, below(5) + 1);
                    break;
                case 2:
                    if (at < damaged.size()) damaged[at] = k_bits[below(k_bits.size())];
                    break;
                default:
                    damaged.insert(at, damaged.substr(below(damaged.size() + 1), below(20)));
                    break;
            }
        }
        return damaged;
    }
    std::size_t below(std::size_t limit) {
        return std::uniform_int_distribution<std::size_t>(0, limit - 1)(random_);
    }

private:
    std::mt19937 random_;
};

TEST(Robustness, DamagedExpressionsAndRecordsYieldAValueOrAnError) {
    Damage damage(20261002);
    std::size_t compiled = 0, evaluated = 0;
    for (int round = 0; round < 20'000; ++round) {
        const auto expression =
            Expression::compile(damage.of(k_expressions[damage.below(std::size(k_expressions))]));
        if (!expression) {
            ASSERT_FALSE(expression.error().message().empty());
            continue;
        }
        ++compiled;
        const std::string_view sound = k_records[damage.below(std::size(k_records))];
        const auto record =
            json::Document::parse(round % 2 == 0 ? std::string(sound) : damage.of(sound));
        if (!record) continue;
        const auto result = expression->evaluate(record->root());
        if (!result) continue;
        ++evaluated;
        ASSERT_TRUE(json::Document::parse(*result)) << *result;
    }
    EXPECT_GT(compiled, 1000U);
    EXPECT_GT(evaluated, 300U);
}

TEST(Robustness, DamagedMappingsCompileOrTellWhyNot) {
    const std::string sound = R"(emit: touchpoint
each: =audits
lookups: {t: {a: b}}
set:
  kind: {when: [["=a == 'b'", case.solved]], else: case.opened}
  channel: {from: =via, lookup: t, else: email}
  direction: inbound
  occurred_at: =at
  identities: [{ns: email, value: =email}]
  ext: {acme: {x: [1, =y]}}
tests: [{name: one, in: {audits: [{at: 2026-10-02, email: a@example.org}]}, out: [{kind: case.opened}]}]
)";
    const auto record = json::Document::parse(
        R"({"audits": [{"at": "2026-10-02", "email": "a@example.org", "via": 1}]})"
    );
    Damage damage(7);
    std::size_t ran = 0;
    model::Source source;
    source.external_id = "1";
    for (int round = 0; round < 1'500; ++round) {
        const auto node = config::read_yaml(damage.of(sound), "m.yaml");
        if (!node) continue;
        std::vector<Error> problems;
        const auto mapping = Mapping::compile(*node, problems);
        ASSERT_EQ(mapping.has_value(), problems.empty());
        if (!mapping) continue;
        Output output;
        const auto result =
            Runner().run(*mapping, {.tenant = "acme", .source = source}, record->root(), output);
        ASSERT_TRUE(result || output.empty());
        ++ran;
    }
    EXPECT_GT(ran, 50U);
}

}  // namespace
}  // namespace touchline::mapping
