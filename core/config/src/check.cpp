#include "check.hpp"

#include "check_value.hpp"
#include "key_tree.hpp"

#include "touchline/base/text.hpp"

#include <algorithm>

namespace touchline::config {
namespace {

using json::Node;

class Checker {
public:
    explicit Checker(std::vector<Problem>& problems) : problems_(problems) {}

    /// `shown` is the path with real names, `name` the key node that the value belongs to.
    void check_value(
        const Node& value, const Key& key, const std::string& shown, const Node& name
    ) {
        if (value.is_null()) {
            const bool may_be_empty =
                key.type == Type::object || key.type == Type::map || key.type == Type::anything;
            if (!may_be_empty) {
                add(name, shown + " has no value", "give it a value or remove the key", key.path);
            } else if (key.type == Type::object) {
                check_required(Node{}, key.path, shown, name);
            }
            return;
        }
        if (const auto wrong = wrong_value(value, key)) {
            add(value, shown + " " + wrong->message, wrong->cure, key.path);
            return;
        }
        if (key.type == Type::object) check_object(value, key.path, shown, name);
        if (key.type == Type::map) check_map(value, key, shown);
    }

    void check_object(
        const Node& object, std::string_view path, const std::string& shown, const Node& name
    ) {
        const std::vector<const Key*> known = children_of(path);
        for (const auto& [key, value] : object.members) {
            const auto found =
                std::find_if(known.begin(), known.end(), [&, &text = key.text](auto* k) {
                    return last_part(k->path) == text;
                });
            if (found == known.end()) {
                unknown_key(key, path, shown, known);
            } else {
                check_value(value, **found, join_path(shown, key.text), key);
            }
        }
        check_required(object, path, shown, name);
    }

private:
    void add(const Node& where, std::string message, std::string cure, std::string_view key) {
        Problem problem;
        problem.place = where.place();
        problem.length = shown_length(where);
        problem.message = std::move(message);
        problem.cure = std::move(cure);
        problem.key = key;
        problems_.push_back(std::move(problem));
    }

    void check_map(const Node& map, const Key& key, const std::string& shown) {
        const Key& entry = *find_key(std::string(key.path) + ".*");
        for (const auto& [name, value] : map.members) {
            const std::string path = join_path(shown, name.text);
            if (!is_id(name.text)) {
                add(name,
                    "\"" + name.text + "\" cannot be a name in " + shown,
                    "use lower case letters, digits, \"-\", \"_\" and \".\", a letter first",
                    key.path);
            }
            check_value(value, entry, path, name);
        }
    }

    void check_required(
        const Node& object, std::string_view path, const std::string& shown, const Node& name
    ) {
        for (const Key* key : children_of(path)) {
            const std::string_view wanted = last_part(key->path);
            if (!key->required || object.get(wanted) != nullptr) continue;
            add(name,
                "\"" + std::string(wanted) + "\" is missing" +
                    (shown.empty() ? "" : " in " + shown),
                "add it, for example: " + std::string(wanted) + ": " + std::string(key->example),
                key->path);
        }
    }

    void unknown_key(
        const Node& key,
        std::string_view path,
        const std::string& shown,
        const std::vector<const Key*>& known
    ) {
        std::vector<std::string_view> names;
        names.reserve(known.size());
        for (const Key* k : known) names.push_back(last_part(k->path));
        const std::string_view meant = closest(key.text, names);
        std::string cure;
        if (!meant.empty()) {
            cure = "did you mean \"" + std::string(meant) + "\"?";
        } else {
            for (const std::string_view name : names) {
                cure += (cure.empty() ? "the keys here are " : ", ") + std::string(name);
            }
        }
        add(key,
            "unknown key \"" + key.text + "\"" + (shown.empty() ? "" : " in " + shown),
            std::move(cure),
            meant.empty() ? std::string(path) : join_path(path, meant));
    }

    std::vector<Problem>& problems_;
};

}  // namespace

void check(const Node& root, std::vector<Problem>& problems) {
    Checker checker(problems);
    if (root.is_mapping() || root.is_null()) {
        checker.check_object(root, "", "", root);
        return;
    }
    Problem problem;
    problem.place = root.place();
    problem.message = "the file must be a mapping (key: value)";
    problem.cure = "begin with: version: 1";
    problems.push_back(std::move(problem));
}

}  // namespace touchline::config
