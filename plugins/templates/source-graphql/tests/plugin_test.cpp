// The connector on a host that lives in this file: no network, no framework.
#include <touchline/sdk/testing/fake_host.hpp>

#include <cstdio>

using touchline::sdk::testing::FakeConnection;
using touchline::sdk::testing::FakeHost;

#define EXPECT(what) \
    if (!(what)) return std::printf("%s:%d: %s\n", __FILE__, __LINE__, #what), 1

int main() {
    FakeHost host;
    host.answer(
        "POST ", 200,
        R"({"data": {"orders": {"nodes": [{"id": "1"}], "pageInfo": {"hasNextPage": true, "endCursor": "a"}}}})"
    );
    host.answer(
        "POST ", 200,
        R"({"data": {"orders": {"nodes": [], "pageInfo": {"hasNextPage": false, "endCursor": null}}}})"
    );
    FakeConnection acme(host, touchline_plugin_v1(), R"({"url": "https://acme.example/graphql"})");
    EXPECT(acme.read("orders") == TL_END);
    EXPECT(host.pages.size() == 2);
    EXPECT(host.checkpoints.back().state == "a");

    FakeHost refusing;
    refusing.answer("POST ", 200, R"({"errors": [{"message": "no such field"}]})");
    FakeConnection refused(refusing, touchline_plugin_v1(), R"({"url": "https://acme.example/graphql"})");
    EXPECT(refused.read("orders") == TL_BAD_DATA);
    return 0;
}
