// The connector on a host that lives in this file: no files, no framework.
#include <touchline/sdk/testing/fake_host.hpp>

#include <cstdio>

using touchline::sdk::testing::FakeConnection;
using touchline::sdk::testing::FakeHost;

#define EXPECT(what) \
    if (!(what)) return std::printf("%s:%d: %s\n", __FILE__, __LINE__, #what), 1

int main() {
    FakeHost host;
    host.file("1.jsonl", "{\"id\": 1}\n{\"id\": 2}\n{\"id\"");
    FakeConnection acme(host, touchline_plugin_v1(), R"({"path": "inbox"})");
    EXPECT(acme.read("visits") == TL_END);
    EXPECT(host.pages.size() == 1);
    host.file("1.jsonl", "{\"id\": 1}\n{\"id\": 2}\n{\"id\": 3}\n");
    EXPECT(acme.read_on("visits") == TL_END);
    EXPECT(host.pages.size() == 2 && host.pages[1].bytes == "{\"id\": 3}\n");
    return 0;
}
