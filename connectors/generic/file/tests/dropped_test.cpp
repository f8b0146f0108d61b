#include "connection.hpp"

#include <gtest/gtest.h>

namespace file_connector {
namespace {

using Lines = std::vector<std::string>;

TEST(DroppedFiles, BecomeRecordsNamedByTheHeader) {
    FakeHost host;
    host.file(
        "people.csv", "\xef\xbb\xbfid,name\r\n1,\"M\u00fcller, Ana\"\r\n\r\n2,\"a \"\"b\"\"\""
    );
    FakeConnection files(host, touchline_plugin_v1(), settings());
    EXPECT_EQ(files.read("rows"), TL_END);
    EXPECT_EQ(
        records(host),
        (Lines{"{\"id\":\"1\",\"name\":\"M\u00fcller, Ana\"}", R"({"id":"2","name":"a \"b\""})"})
    );
    EXPECT_TRUE(host.bad_records.empty());
    EXPECT_EQ(host.open_bodies(), 0u);
}

TEST(DroppedFiles, AreReadOnceByTheirContent) {
    FakeHost host;
    host.file("a.csv", "id\n1\n");
    FakeConnection files(host, touchline_plugin_v1(), settings());
    EXPECT_EQ(files.read_on("rows"), TL_END);
    const auto checkpoints = host.checkpoints.size();
    EXPECT_EQ(files.read_on("rows"), TL_END);
    EXPECT_EQ(host.checkpoints.size(), checkpoints) << "nothing new, nothing stored";
    host.file("copy.csv", "id\n1\n", 2);
    EXPECT_EQ(files.read_on("rows"), TL_END);
    EXPECT_EQ(records(host).size(), 1u);
    host.file("a.csv", "id\n2\n", 3);
    EXPECT_EQ(files.read_on("rows"), TL_END);
    EXPECT_EQ(records(host), (Lines{R"({"id":"1"})", R"({"id":"2"})"}));
}

TEST(DroppedFiles, WaitUntilTheyAreWritten) {
    FakeHost host;
    host.file("a.csv", "id\n1\n", (host.clock_ms - 4000) * 1'000'000);
    FakeConnection files(
        host, touchline_plugin_v1(), R"({"path": "x", "pattern": "*", "settle_seconds": 5})"
    );
    EXPECT_EQ(files.read_on("rows"), TL_END);
    EXPECT_TRUE(host.pages.empty());
    host.clock_ms += 1000;
    EXPECT_EQ(files.read_on("rows"), TL_END);
    EXPECT_EQ(host.pages.size(), 1u);
}

TEST(DroppedFiles, ReportEachBadRowWithItsPlaceAndGoOn) {
    FakeHost host;
    host.file("a.csv", "id,name\n1,a\n2\n3,b,c\n4,\xff\n\"5\"x,d\n6,e\n\"7,f\n8,g\n");
    FakeConnection files(host, touchline_plugin_v1(), settings());
    EXPECT_EQ(files.read("rows"), TL_END);
    EXPECT_EQ(
        records(host),
        (Lines{R"({"id":"1","name":"a"})", R"({"id":"6","name":"e"})", R"({"id":"8","name":"g"})"})
    );
    ASSERT_EQ(host.bad_records.size(), 5u);
    EXPECT_EQ(host.bad_records[0].reason, "a.csv:3: it has 1 cells, and the header has 2");
    EXPECT_EQ(host.bad_records[0].bytes, "2\n");
    EXPECT_EQ(host.bad_records[1].reason, "a.csv:4: it has 3 cells, and the header has 2");
    EXPECT_EQ(host.bad_records[2].reason.rfind("a.csv:5: it is not valid UTF-8", 0), 0u);
    EXPECT_EQ(
        host.bad_records[3].reason,
        "a.csv:6: there is text between a closing quote and the next delimiter"
    );
    EXPECT_EQ(
        host.bad_records[4].reason,
        "a.csv:8: a quoted cell is not closed before the end of the file"
    );
    EXPECT_EQ(host.bad_records[4].bytes, "\"7,f\n");
}

TEST(DroppedFiles, ReportARowThatTheEndOfTheFileCuts) {
    FakeHost host;
    host.file("a.csv", "id,name\n1,a\n2");
    host.file("b.jsonl", "{\"id\": 1}\n{\"id\": 2");
    FakeConnection csv(
        host, touchline_plugin_v1(), R"({"path": "x", "pattern": "*.csv", "settle_seconds": 0})"
    );
    FakeConnection jsonl(
        host,
        touchline_plugin_v1(),
        R"({"path": "x", "pattern": "*.jsonl", "format": "jsonl", "settle_seconds": 0})"
    );
    EXPECT_EQ(csv.read("rows"), TL_END);
    EXPECT_EQ(jsonl.read("rows"), TL_END);
    ASSERT_EQ(host.bad_records.size(), 2u);
    EXPECT_EQ(
        host.bad_records[0].reason,
        "a.csv:3: it has 1 cells, and the header has 2; the file ends in the middle of it"
    );
    EXPECT_EQ(host.bad_records[1].reason, "b.jsonl:2: the file ends in the middle of it");
    EXPECT_EQ(records(host), (Lines{R"({"id":"1","name":"a"})", R"({"id": 1})"}));
}

TEST(DroppedFiles, ReadJsonLines) {
    FakeHost host;
    host.file("a.jsonl", "{\"id\": 1}\r\n\n[1]\nnot json\n{\"id\": 2}");
    FakeConnection files(host, touchline_plugin_v1(), settings(R"(, "format": "jsonl")"));
    EXPECT_EQ(files.read("rows"), TL_END);
    EXPECT_EQ(records(host), (Lines{R"({"id": 1})", R"({"id": 2})"}));
    ASSERT_EQ(host.bad_records.size(), 2u);
    EXPECT_EQ(host.bad_records[0].reason, "a.jsonl:3: it is not a JSON object");
    EXPECT_EQ(host.bad_records[1].external_id, "a.jsonl:4");
}

TEST(DroppedFiles, ReadLatin1AndOtherDelimiters) {
    FakeHost host;
    host.file(
        "a.csv",
        "stra\xdf"
        "e;ort\nL\xe4rche;K\xf6ln\n"
    );
    FakeConnection files(
        host, touchline_plugin_v1(), settings(R"(, "encoding": "latin-1", "delimiter": ";")")
    );
    EXPECT_EQ(files.read("rows"), TL_END);
    EXPECT_EQ(records(host), (Lines{"{\"stra\u00dfe\":\"L\u00e4rche\",\"ort\":\"K\u00f6ln\"}"}));
}

TEST(DroppedFiles, NameColumnsThatHaveNoNameOrTheSame) {
    FakeHost host;
    host.file("a.csv", "mail,,mail\n1,2,3\n");
    FakeConnection files(host, touchline_plugin_v1(), settings());
    EXPECT_EQ(files.read("rows"), TL_END);
    EXPECT_EQ(records(host), (Lines{R"({"mail":"1","column_2":"2","mail_2":"3"})"}));
}

TEST(DroppedFiles, PassAFileOverWhoseHeaderCannotBeRead) {
    FakeHost host;
    host.file("a.csv", "\"id\n1\n", 1);
    host.file("b.csv", "id\n2\n", 2);
    host.file("empty.csv", "", 3);
    FakeConnection files(host, touchline_plugin_v1(), settings());
    EXPECT_EQ(files.read("rows"), TL_END);
    EXPECT_EQ(records(host), (Lines{R"({"id":"2"})"}));
    ASSERT_EQ(host.bad_records.size(), 1u);
    EXPECT_EQ(host.bad_records[0].reason, "a.csv: a.csv has no header row that can be read");
}

TEST(DroppedFiles, GiveUpAnOverLongLineInBoundedMemory) {
    FakeHost host;
    host.file("a.jsonl", "{\"id\":1}\n" + std::string(3'000'000, 'x') + "\n{\"id\":2}\n");
    FakeConnection files(host, touchline_plugin_v1(), settings(R"(, "format": "jsonl")"));
    EXPECT_EQ(files.read("rows"), TL_END);
    EXPECT_EQ(records(host), (Lines{R"({"id":1})", R"({"id":2})"}));
    ASSERT_EQ(host.bad_records.size(), 1u);
    EXPECT_EQ(host.bad_records[0].reason, "a.jsonl:2: the line is longer than 512 KiB");
    EXPECT_EQ(host.bad_records[0].bytes.size(), 64u << 10U);
}

TEST(DroppedFiles, AQuoteThatIsNeverClosedCostsOneLine) {
    FakeHost host;
    std::string text = "id,name\n\"1,oops\n";
    for (int i = 0; i < 100'000; ++i) text += std::to_string(i) + ",a name\n";
    host.file("a.csv", text);
    FakeConnection files(host, touchline_plugin_v1(), settings());
    EXPECT_EQ(files.read("rows"), TL_END);
    EXPECT_EQ(records(host).size(), 100'000u);
    EXPECT_EQ(host.bad_records.size(), 1u);
}

TEST(DroppedFiles, AQuoteThatAStrayOneClosesCostsOneLine) {
    FakeHost host;
    host.file("a.csv", "id,name\n1,\"a\n2,b\n3,c\n4,d\" e\n5,\"f\ng\"\n6,h\n");
    FakeConnection files(host, touchline_plugin_v1(), settings());
    EXPECT_EQ(files.read("rows"), TL_END);
    EXPECT_EQ(
        records(host),
        (Lines{
            R"({"id":"2","name":"b"})",
            R"({"id":"3","name":"c"})",
            R"({"id":"4","name":"d\" e"})",
            R"({"id":"5","name":"f\ng"})",
            R"({"id":"6","name":"h"})"})
    );
    ASSERT_EQ(host.bad_records.size(), 1u);
    EXPECT_EQ(host.bad_records[0].bytes, "1,\"a\n");
    EXPECT_EQ(
        host.bad_records[0].reason,
        "a.csv:2: there is text between a closing quote and the next delimiter; probably a quoted "
        "cell is not closed"
    );
}

TEST(DroppedFiles, ComeInPagesThatAreSmallEnough) {
    FakeHost host;
    host.file("a.csv", csv_of("a", 2500), 1);
    host.file(
        "b.csv",
        "id,text\n1," + std::string(400'000, 'x') + "\n2," + std::string(400'000, 'y') + "\n",
        2
    );
    FakeConnection files(host, touchline_plugin_v1(), settings());
    EXPECT_EQ(files.read("rows"), TL_END);
    for (std::size_t i = 0; i < host.pages.size(); ++i) {
        EXPECT_LE(records(host, i, i + 1).size(), 1000u);
        EXPECT_LE(host.pages[i].bytes.size(), 512u << 10U);
    }
    EXPECT_EQ(records(host).size(), 2502u);
    EXPECT_EQ(host.checkpoints.size(), host.pages.size());
}

TEST(DroppedFiles, YieldTheSameRecordsWhereverTheReadIsCut) {
    FakeHost whole;
    const auto drop = [](FakeHost& host) {
        for (int i = 0; i < 4; ++i)
            host.file(
                "f" + std::to_string(i) + ".csv", csv_of("r" + std::to_string(i), 1700), 9 - i
            );
    };
    drop(whole);
    FakeConnection all(whole, touchline_plugin_v1(), settings());
    ASSERT_EQ(all.read("rows"), TL_END);
    ASSERT_EQ(records(whole).size(), 6800u);
    for (std::size_t cut = 0; cut < whole.checkpoints.size(); ++cut) {
        FakeHost host;
        drop(host);
        FakeConnection rest(host, touchline_plugin_v1(), settings());
        ASSERT_EQ(rest.read("rows", whole.checkpoints[cut].state, 1), TL_END);
        Lines joined = records(whole, 0, whole.checkpoints[cut].pages_before);
        for (std::string& line : records(host)) joined.push_back(std::move(line));
        EXPECT_EQ(joined, records(whole)) << "cut at checkpoint " << cut;
    }
}

TEST(DroppedFiles, StopAtWhicheverHostCallTheReadIsCancelled) {
    FakeHost counting;
    counting.file("a.csv", csv_of("a", 1500));
    FakeConnection whole(counting, touchline_plugin_v1(), settings());
    counting.calls = 0;
    ASSERT_EQ(whole.read("rows"), TL_END);
    for (int call = 0; call < counting.calls; ++call) {
        FakeHost host;
        host.file("a.csv", csv_of("a", 1500));
        FakeConnection files(host, touchline_plugin_v1(), settings());
        host.calls = 0;
        host.cancel_at_call = call;
        EXPECT_EQ(files.read("rows"), TL_CANCELLED) << call;
    }
}

TEST(DroppedFiles, ByTheThousandAreRememberedInOneCheckpoint) {
    FakeHost host;
    for (int i = 0; i < 5000; ++i) {
        host.file(
            "export-of-a-day-with-a-long-name-" + std::to_string(i) + ".csv",
            "id\n" + std::to_string(i) + "\n",
            i
        );
    }
    FakeConnection files(host, touchline_plugin_v1(), settings());
    EXPECT_EQ(files.read_on("rows"), TL_END);
    EXPECT_EQ(records(host).size(), 5000u);
    EXPECT_LE(host.checkpoints.back().state.size(), TL_STATE_MAX);
    EXPECT_EQ(files.read_on("rows"), TL_END);
    EXPECT_EQ(records(host).size(), 5000u) << "none is read twice";
    host.file("new.csv", "id\nnew\n", 6000);
    EXPECT_EQ(files.read_on("rows"), TL_END);
    EXPECT_EQ(records(host).size(), 5001u);
}

TEST(DroppedFiles, RefuseAStateFromANewerRelease) {
    FakeHost host;
    FakeConnection files(host, touchline_plugin_v1(), settings());
    EXPECT_EQ(files.read("rows", "{}", 2), TL_CONFIG);
}

}  // namespace
}  // namespace file_connector
