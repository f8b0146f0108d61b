// The connector on a host that lives in this file: no network, no framework.
#include <touchline/sdk/testing/fake_host.hpp>

#include <cstdio>

using touchline::sdk::testing::FakeConnection;
using touchline::sdk::testing::FakeHost;

#define EXPECT(what) \
    if (!(what)) return std::printf("%s:%d: %s\n", __FILE__, __LINE__, #what), 1

int main() {
    FakeHost host;
    host.answer("POST /events", 202, "");
    host.answer("POST /events", 503, "");
    FakeConnection acme(host, touchline_plugin_v1(), R"({"url": "https://acme.example/v1"})");
    EXPECT(acme.write({{"1", "{}"}, {"2", "{}"}}) == TL_OK);
    EXPECT(host.items.size() == 2);
    EXPECT(host.items[0].status == TL_OK);
    EXPECT(host.items[1].status == TL_RETRY);
    return 0;
}
