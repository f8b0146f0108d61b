// Builds the tree from the parser's events and keeps the limits. Private to the module: yaml-cpp's
// types show here.
#pragma once

#include "yaml_text.hpp"

#include "touchline/base/error.hpp"
#include "touchline/json/node.hpp"

#include <yaml-cpp/eventhandler.h>

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace touchline::config {

/// Thrown out of the parser, which has no other way to stop; caught in read_yaml.
struct YamlStop {
    Error error;
};

class YamlTree final : public YAML::EventHandler {
public:
    explicit YamlTree(const YamlText& text);

    /// After the last document. Throws YamlStop where the parser let the end of the file close a
    /// text in quotes.
    json::Node take();

    void OnDocumentStart(const YAML::Mark& mark) override;
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override;
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override;
    void OnScalar(
        const YAML::Mark& mark,
        const std::string& tag,
        YAML::anchor_t anchor,
        const std::string& value
    ) override;
    void OnSequenceStart(
        const YAML::Mark& mark,
        const std::string& tag,
        YAML::anchor_t anchor,
        YAML::EmitterStyle::value style
    ) override;
    void OnSequenceEnd() override { close(); }
    void OnMapStart(
        const YAML::Mark& mark,
        const std::string& tag,
        YAML::anchor_t anchor,
        YAML::EmitterStyle::value style
    ) override;
    void OnMapEnd() override { close(); }

private:
    /// What a subtree adds to the limits when an alias repeats it.
    struct Weight {
        std::size_t values = 0, bytes = 0;
        int levels = 0;
    };
    struct Anchored {
        json::Node node;
        Weight weight;
    };
    struct Open {
        json::Node node;
        YAML::anchor_t anchor;
        Weight weight;
        std::optional<json::Node> key;
        std::unordered_map<std::string, int> lines_of_keys;
    };

    json::Node node_at(const YAML::Mark& mark, json::Node::Kind kind) const;
    void open(
        const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, json::Node::Kind kind
    );
    void close();
    void add(json::Node node, Weight weight, YAML::anchor_t anchor);
    void add_key(Open& mapping, json::Node key);
    void spend(const Weight& weight, const Place& place);
    [[noreturn]] static void stop(const Place& place, std::string message, std::string cure);

    const YamlText& text_;
    std::shared_ptr<const std::string> file_;
    json::Node root_;
    std::vector<Open> open_;
    std::map<YAML::anchor_t, Anchored> anchored_;
    std::size_t values_ = 0, bytes_ = 0;
    int documents_ = 0;
    std::optional<std::size_t> last_quote_;  // where the last text in quotes begins
};

}  // namespace touchline::config
