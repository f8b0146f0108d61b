// The connector on a host that lives in this file: no network, no framework.
#include <touchline/sdk/testing/fake_host.hpp>

#include <cstdio>

using touchline::sdk::testing::FakeConnection;
using touchline::sdk::testing::FakeHost;

#define EXPECT(what) \
    if (!(what)) return std::printf("%s:%d: %s\n", __FILE__, __LINE__, #what), 1

int main() {
    FakeHost host;
    FakeConnection acme(host, touchline_plugin_v1(), "{}");
    EXPECT(acme.webhook("events", {}, R"({"events": [{"id": "e1"}]})") == TL_OK);
    EXPECT(host.pages.size() == 1);
    EXPECT(acme.webhook("events", {}, R"({"ping": true})") == TL_BAD_DATA);
    return 0;
}
