#include "touchline/config/load.hpp"

#include <gtest/gtest.h>

namespace touchline::config {
namespace {

using namespace std::chrono_literals;

Config config_of(std::string text) {
    Loaded loaded = load_text(std::move(text), "touchline.yaml", "/etc/touchline");
    for (const Problem& problem : loaded.problems) ADD_FAILURE() << render(problem, loaded.source);
    return std::move(loaded.config);
}

TEST(Load, FillsInTheDefaults) {
    const Config config = config_of("version: 1\n");
    EXPECT_EQ(config.tenant, "default");
    EXPECT_EQ(config.server.listen, "127.0.0.1:8420");
    EXPECT_EQ(config.storage.dir, "/etc/touchline/data");
    EXPECT_EQ(config.storage.cache_mib, 64u);
    EXPECT_TRUE(config.secrets_file.empty());
    EXPECT_TRUE(config.connections.empty());
    EXPECT_TRUE(config.namespaces.empty());
}

TEST(Load, GivesEachConnectorTheLimitsOfAllButForItsOwn) {
    const Config config = config_of(R"(version: 1
isolation: {memory_mib: 256, silence_seconds: 30}
connections:
  crm: {plugin: acme.crm, runner: {memory_mib: 1024, crashes: 5}}
  shop: {plugin: acme.shop}
destinations:
  bus: {plugin: webhook, runner: {call_seconds: 10}}
)");
    const RunnerConfig& crm = config.connections.at("crm").rights.runner;
    EXPECT_EQ(crm.memory_mib, 1024u);
    EXPECT_EQ(crm.silence, 30s);
    EXPECT_EQ(crm.crashes, 5u);
    EXPECT_EQ(crm.processor, 30min);
    EXPECT_EQ(config.connections.at("shop").rights.runner.memory_mib, 256u);
    EXPECT_EQ(config.destinations.at("bus").rights.runner.call, 10s);
}

TEST(Load, ReadsAConnectionWhole) {
    const Config config = config_of(R"(version: 1
secrets: {file: secrets.env}
departments: {support: Support}
connections:
  helpdesk:
    plugin: zendesk
    department: support
    settings: {subdomain: halden, pages: 3}
    auth: {kind: basic, user: ana, secret: "${secret:ZENDESK}"}
    limits: {requests: 400/min}
    streams:
      tickets: {schedule: 1m, since: 2024-01-01, mapping: mappings/../tickets.yaml, key: /id}
      users:
    webhook: {path: /in/helpdesk, verify: {scheme: token, header: X-Token, secret: "${env:HOOK}"}}
)");
    const ConnectionConfig& helpdesk = config.connections.at("helpdesk");
    EXPECT_EQ(helpdesk.id, "helpdesk");
    EXPECT_EQ(helpdesk.place.line, 5);
    EXPECT_EQ(helpdesk.plugin.value, "zendesk");
    EXPECT_EQ(helpdesk.plugin.place.column, 13);
    EXPECT_EQ(helpdesk.settings, R"({"subdomain":"halden","pages":3})");
    EXPECT_EQ(helpdesk.auth.user, "ana");
    EXPECT_EQ(helpdesk.auth.secret.from, SecretRef::From::file);
    EXPECT_EQ(helpdesk.auth.secret.name, "ZENDESK");
    EXPECT_EQ(helpdesk.limits.requests, (Rate{400, 60s}));
    const StreamConfig& tickets = helpdesk.streams.at("tickets");
    EXPECT_EQ(tickets.schedule, 1min);
    EXPECT_EQ(tickets.mapping.value, "/etc/touchline/tickets.yaml");
    EXPECT_EQ(format_rfc3339(*tickets.since), "2024-01-01T00:00:00Z");
    EXPECT_EQ(helpdesk.streams.at("users").schedule, 5min);
    ASSERT_TRUE(helpdesk.webhook);
    EXPECT_EQ(helpdesk.webhook->path, "/in/helpdesk");
    EXPECT_EQ(helpdesk.webhook->secret.from, SecretRef::From::environment);
}

TEST(Load, HandsOnWhatTheFileSaysOfNamespacesAndNoMore) {
    const Config config = config_of(
        "version: 1\ndefault_region: BE\nnamespaces:\n"
        "  email: {blocked: [info@halden.example]}\n"
        "  crm.contact: {strength: unique, max_per_customer: 5, max_customers: 7}\n"
    );
    ASSERT_EQ(config.namespaces.size(), 2u);
    const model::NamespaceSetting &email = config.namespaces[0], &contact = config.namespaces[1];
    EXPECT_EQ(email.name, "email");
    EXPECT_EQ(email.blocked, std::vector<std::string>{"info@halden.example"});
    EXPECT_FALSE(email.strength || email.normaliser || email.max_per_customer || email.order);
    EXPECT_EQ(contact.strength, model::Strength::unique);
    EXPECT_EQ(contact.max_per_customer, 5u);
    EXPECT_EQ(contact.max_customers, 7u);
    EXPECT_FALSE(contact.region);
}

TEST(Load, ReportsEverythingAtOnceInTheOrderOfTheFile) {
    const Loaded loaded = load_text(
        "version: 1\nconnections:\n  b: {plugin: x, department: none}\n  a: {plugn: x}\ntennant: "
        "x\n",
        "touchline.yaml",
        "/"
    );
    EXPECT_FALSE(loaded.ok());
    ASSERT_EQ(loaded.problems.size(), 4u);
    EXPECT_EQ(loaded.problems[0].place.line, 3);
    EXPECT_EQ(loaded.problems[3].place.line, 5);
    EXPECT_EQ(loaded.problems[3].key, "tenant");
}

TEST(Load, TakesWarningsForGood) {
    const Loaded loaded = load_text(
        "version: 1\nconnections:\n  a: {plugin: w, webhook: {path: /in}}\n", "touchline.yaml", "/"
    );
    EXPECT_TRUE(loaded.ok());
    EXPECT_EQ(loaded.problems.size(), 1u);
}

TEST(Load, NamesAFileThatIsMissing) {
    const Loaded loaded = load("/nowhere/touchline.yaml");
    EXPECT_FALSE(loaded.ok());
    EXPECT_EQ(loaded.problems.at(0).message, "there is no file /nowhere/touchline.yaml");
}

}  // namespace
}  // namespace touchline::config
