#include "connection.hpp"

#include <gtest/gtest.h>

namespace file_connector {
namespace {

using Lines = std::vector<std::string>;

class GrowingFiles : public ::testing::Test {
protected:
    GrowingFiles()
        : files_(
              host_, touchline_plugin_v1(), settings(R"(, "mode": "growing", "format": "jsonl")")
          ) {}

    static std::string lines(int first, int last) {
        std::string text;
        for (int i = first; i <= last; ++i)
            text += "{\"n\":" + std::to_string(i) + ",\"pad\":\"0123456789abcdef\"}\n";
        return text;
    }
    /// How many records the next read brings.
    std::size_t read() {
        const auto pages = host_.pages.size();
        EXPECT_EQ(files_.read_on("rows"), TL_END);
        return records(host_, pages).size();
    }

    FakeHost host_;
    FakeConnection files_;
};

TEST_F(GrowingFiles, AreReadOnFromWhereTheyEnded) {
    host_.file("a.log", lines(1, 100));
    EXPECT_EQ(read(), 100u);
    EXPECT_EQ(read(), 0u);
    host_.file("a.log", lines(1, 103));
    EXPECT_EQ(read(), 3u);
}

TEST_F(GrowingFiles, KeepALineWaitingUntilItIsComplete) {
    host_.file("a.log", "{\"n\":1}\n{\"n\"");
    EXPECT_EQ(read(), 1u);
    host_.file("a.log", "{\"n\":1}\n{\"n\":2}");
    EXPECT_EQ(read(), 0u);
    host_.file("a.log", "{\"n\":1}\n{\"n\":2}\n");
    EXPECT_EQ(read(), 1u);
    EXPECT_TRUE(host_.bad_records.empty());
}

TEST_F(GrowingFiles, AreReadFromTheirBeginningOnceTruncated) {
    host_.file("a.log", lines(1, 100));
    EXPECT_EQ(read(), 100u);
    host_.file("a.log", lines(200, 201));
    EXPECT_EQ(read(), 2u);
}

TEST_F(GrowingFiles, AreReadFromTheirBeginningOnceReplacedByALongerOne) {
    host_.file("a.log", lines(1, 100));
    EXPECT_EQ(read(), 100u);
    host_.file("a.log", lines(100, 400));
    EXPECT_EQ(read(), 301u);
}

TEST_F(GrowingFiles, AreKnownAgainAfterTheyWereRotated) {
    host_.file("a.log", lines(1, 100));
    EXPECT_EQ(read(), 100u);
    host_.file("a.log", lines(1, 105));  // written before the rotation, not read yet
    host_.rename_file("a.log", "a.log.1");
    host_.file("a.log", lines(500, 501));
    EXPECT_EQ(read(), 7u);
    EXPECT_EQ(read(), 0u);
}

TEST_F(GrowingFiles, YieldTheSameRecordsWhereverTheReadIsCut) {
    const auto fill = [](FakeHost& host) {
        host.file("a.log", lines(1, 2500));
        host.file("b.log", lines(3000, 5500));
    };
    fill(host_);
    EXPECT_EQ(read(), 5001u);
    for (std::size_t cut = 0; cut < host_.checkpoints.size(); ++cut) {
        FakeHost host;
        fill(host);
        FakeConnection rest(
            host, touchline_plugin_v1(), settings(R"(, "mode": "growing", "format": "jsonl")")
        );
        ASSERT_EQ(rest.read("rows", host_.checkpoints[cut].state, 1), TL_END);
        Lines joined = records(host_, 0, host_.checkpoints[cut].pages_before);
        for (std::string& line : records(host)) joined.push_back(std::move(line));
        EXPECT_EQ(joined, records(host_)) << "cut at checkpoint " << cut;
    }
}

TEST_F(GrowingFiles, NumberTheirLinesAcrossReads) {
    host_.file("a.log", "{}\n{}\n");
    EXPECT_EQ(read(), 2u);
    host_.file("a.log", "{}\n{}\n{}\noops\n");
    EXPECT_EQ(read(), 1u);
    ASSERT_EQ(host_.bad_records.size(), 1u);
    EXPECT_EQ(host_.bad_records[0].external_id, "a.log:4");
}

TEST(GrowingCsv, NamesRowsByTheHeaderOnEveryRead) {
    FakeHost host;
    FakeConnection files(host, touchline_plugin_v1(), settings(R"(, "mode": "growing")"));
    host.file("a.csv", "id,na");
    EXPECT_EQ(files.read_on("rows"), TL_END);
    EXPECT_TRUE(host.pages.empty());
    host.file("a.csv", "id,name\n1,\"a\nb");
    EXPECT_EQ(files.read_on("rows"), TL_END);
    EXPECT_TRUE(host.pages.empty());
    host.file("a.csv", "id,name\n1,\"a\nb\"\n");
    EXPECT_EQ(files.read_on("rows"), TL_END);
    host.file("a.csv", "id,name\n1,\"a\nb\"\n2,c\n");
    EXPECT_EQ(files.read_on("rows"), TL_END);
    EXPECT_EQ(records(host), (Lines{R"({"id":"1","name":"a\nb"})", R"({"id":"2","name":"c"})"}));
}

}  // namespace
}  // namespace file_connector
