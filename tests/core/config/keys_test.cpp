#include "touchline/config/keys.hpp"

#include "schema_check.hpp"

#include "touchline/config/load.hpp"
#include "touchline/config/yaml.hpp"

#include <gmock/gmock.h>

#include <fstream>

namespace touchline::config {
namespace {

using testing::HasSubstr;

TEST(Keys, AllHaveASentenceAndAParent) {
    for (const Key& key : keys()) {
        EXPECT_TRUE(key.sentence.ends_with('.')) << key.path;
        const auto dot = key.path.rfind('.');
        if (dot != std::string_view::npos) {
            EXPECT_NE(find_key(key.path.substr(0, dot)), nullptr) << key.path;
        }
    }
}

TEST(Keys, ExamplesAndDefaultsAreValuesThatTheSchemaAccepts) {
    const auto schema = json::Document::parse(json_schema());
    for (const Key& key : keys()) {
        for (const std::string_view written : {key.example, key.fallback}) {
            if (written.empty() || key.type == Type::object || key.type == Type::map) continue;
            std::optional<json::View> rule = schema->root();
            for (std::string_view rest = key.path; !rest.empty();) {
                const std::string_view part = rest.substr(0, rest.find('.'));
                rest.remove_prefix(std::min(rest.size(), part.size() + 1));
                rule = part == "*" ? rule->get("additionalProperties")
                                   : rule->get("properties")->get(part);
            }
            const bool needs_quotes = key.type == Type::secret;
            const auto node = read_yaml(
                needs_quotes ? "\"" + std::string(written) + "\"" : std::string(written), "example"
            );
            ASSERT_TRUE(node) << key.path;
            const auto value = json::Document::parse(node->to_json());
            EXPECT_EQ(refusal(*rule, value->root()), "") << key.path << " " << written;
        }
    }
}

TEST(Keys, AreFoundWithRealNamesInPlaceOfStars) {
    EXPECT_EQ(
        find_key("connections.zendesk-eu.streams.tickets.schedule"),
        find_key("connections.*.streams.*.schedule")
    );
    EXPECT_EQ(find_key("connections.zendesk-eu.nothing"), nullptr);
    EXPECT_EQ(find_key("server.listen.port"), nullptr);
}

TEST(Explain, SaysValueDefaultAndExample) {
    EXPECT_EQ(
        explain("connections.crm.streams.contacts.schedule"),
        "connections.*.streams.*.schedule\n"
        "  How often to look for new records.\n\n"
        "  value     a duration such as 30s, 5m, 1h30m or 2d\n"
        "  default   5m\n"
        "  example   1m\n"
        "  needed    no\n"
        "  since     0.1\n"
    );
}

TEST(Explain, ListsTheKeysOfASection) {
    EXPECT_THAT(explain("server").value_or(""), HasSubstr("public_url  The address under which"));
    EXPECT_THAT(explain("").value_or(""), HasSubstr("connections"));
    EXPECT_EQ(explain("sever"), std::nullopt);
}

TEST(Reference, HasARowForEveryKey) {
    const std::string page = reference_page();
    for (const Key& key : keys()) EXPECT_THAT(page, HasSubstr("| `" + std::string(key.path) + "`"));
}

TEST(SchemaFile, IsCurrent) {
    const auto file = std::filesystem::path(TOUCHLINE_SOURCE_DIR) / "config/touchline.schema.json";
    const std::string current = json_schema() + "\n";
    if (std::getenv("TOUCHLINE_UPDATE") != nullptr) std::ofstream(file) << current;
    EXPECT_EQ(read_text_file(file).value_or(""), current)
        << "write it anew with: TOUCHLINE_UPDATE=1 config_test";
}

}  // namespace
}  // namespace touchline::config
