// The connector on a host that lives in this file: no network, no framework.
#include <touchline/sdk/testing/fake_host.hpp>

#include <cstdio>

using touchline::sdk::testing::FakeConnection;
using touchline::sdk::testing::FakeHost;

#define EXPECT(what) \
    if (!(what)) return std::printf("%s:%d: %s\n", __FILE__, __LINE__, #what), 1

int main() {
    FakeHost host;
    host.answer("GET /contacts?limit=100", 200, R"({"contacts": [{"id": 1}], "next_cursor": "a"})");
    host.answer("GET /contacts?limit=100&cursor=a", 200, R"({"contacts": [], "next_cursor": null})");
    FakeConnection acme(host, touchline_plugin_v1(), R"({"url": "https://acme.example"})");
    EXPECT(acme.read("contacts") == TL_END);
    EXPECT(host.pages.size() == 2);
    EXPECT(host.checkpoints.size() == 2);
    EXPECT(acme.read("invoices") == TL_CONFIG);
    return 0;
}
