// The connector on a host that lives in this file: no network, no framework.
#include <touchline/sdk/testing/fake_host.hpp>

#include <cstdio>

using touchline::sdk::testing::FakeConnection;
using touchline::sdk::testing::FakeHost;

#define EXPECT(what) \
    if (!(what)) return std::printf("%s:%d: %s\n", __FILE__, __LINE__, #what), 1

int main() {
    FakeHost host;
    host.answer("GET /people?email=ana%40example.org", 200, R"({"company": {"name": "Globex"}})");
    FakeConnection acme(host, touchline_plugin_v1(), R"({"url": "https://acme.example/v1"})");
    EXPECT(acme.enrich({{"1", R"({"email": "ana@example.org"})"}, {"2", "{}"}}) == TL_OK);
    EXPECT(host.items.size() == 2);
    EXPECT(host.items[0].bytes == R"({"company.name":"Globex"})");
    EXPECT(host.items[1].bytes == "{}");
    return 0;
}
