#include "touchline/json/node.hpp"

#include <gtest/gtest.h>

namespace touchline::json {
namespace {

Node scalar(std::string text, bool quoted = false) {
    Node node;
    node.kind = Node::Kind::scalar;
    node.text = std::move(text);
    node.quoted = quoted;
    return node;
}

TEST(Node, TurnsScalarsIntoWhatAPersonMeant) {
    EXPECT_EQ(scalar("5").to_json(), "5");
    EXPECT_EQ(scalar("5", true).to_json(), "\"5\"");
    EXPECT_EQ(scalar("true").to_json(), "true");
    EXPECT_EQ(scalar("tomorrow").to_json(), "\"tomorrow\"");
    EXPECT_EQ(scalar("-").to_json(), "\"-\"");
    EXPECT_EQ(scalar("0470 55 01 88").to_json(), "\"0470 55 01 88\"");
    EXPECT_EQ(scalar("~").to_json(), "null");
}

TEST(Node, WritesMappingsAndSequences) {
    Node list;
    list.kind = Node::Kind::sequence;
    list.items = {scalar("1"), scalar("a")};
    Node root;
    root.kind = Node::Kind::mapping;
    root.members = {{scalar("list"), list}, {scalar("none"), Node()}};
    EXPECT_EQ(root.to_json(), R"({"list":[1,"a"],"none":null})");
    EXPECT_EQ(root.get("list")->items.size(), 2U);
    EXPECT_EQ(root.get("other"), nullptr);
}

}  // namespace
}  // namespace touchline::json
