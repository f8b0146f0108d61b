// Random damage to a small CSV file: whatever comes, the read ends, in bounded work, and every byte
// is accounted for by a record, a bad record or an empty line.
#include "connection.hpp"

#include <gtest/gtest.h>

#include <random>

namespace file_connector {
namespace {

const std::string k_seed =
    "id,name,text\r\n1,Ana,\"two\nlines\"\r\n2,\"M\u00fcller, B\",\"say "
    "\"\"hi\"\"\"\r\n3,,\n4,x,y\n";

std::string damaged(std::mt19937& random) {
    static const std::string k_likely("\",\n\r\\;\xff\xc3{}:\0a", 13);
    std::string text = k_seed;
    for (auto times = 1 + random() % 6; times > 0 && !text.empty(); --times) {
        const std::size_t at = random() % text.size();
        switch (random() % 4) {
            case 0:
                text[at] = k_likely[random() % k_likely.size()];
                break;
            case 1:
                text.insert(at, 1, k_likely[random() % k_likely.size()]);
                break;
            case 2:
                text.erase(at, 1 + random() % 8);
                break;
            default:
                text.resize(at);
                break;
        }
    }
    return text;
}

TEST(Mutation, NeverKeepsADamagedFileFromBeingReadToItsEnd) {
    std::mt19937 random(20261002);
    const char* const modes[] = {
        "", R"(, "format": "jsonl")", R"(, "mode": "growing")", R"(, "encoding": "latin-1")"};
    for (int round = 0; round < 100'000; ++round) {
        FakeHost host;
        host.file("a.csv", damaged(random));
        FakeConnection files(host, touchline_plugin_v1(), settings(modes[round % 4]));
        const tl_status status = files.read("rows");
        ASSERT_TRUE(status == TL_END || status == TL_BAD_DATA)
            << "round " << round << ": " << status;
        ASSERT_LT(host.calls, 200) << "round " << round;
        ASSERT_LE(records(host).size() + host.bad_records.size(), 40u) << "round " << round;
        ASSERT_EQ(host.open_bodies(), 0u);
    }
}

}  // namespace
}  // namespace file_connector
