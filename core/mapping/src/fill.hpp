// From evaluated values to the typed records of the model: the shapes and kinds each member takes.
#pragma once

#include "value.hpp"

#include "touchline/base/time.hpp"
#include "touchline/model/fact.hpp"
#include "touchline/model/link.hpp"
#include "touchline/model/touchpoint.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace touchline::mapping {

/// Where a value goes, as a chain on the stack: only a message ever spells it out.
struct Path {
    const Path* parent = nullptr;
    std::string_view key = {};
    std::size_t index = 0;

    /// "set.identities[0].value"
    std::string text() const;
};

class Fill {
public:
    void member(const Path& path, const Value& value, model::Touchpoint& touchpoint);
    void member(const Path& path, const Value& value, model::Fact& fact);
    void member(const Path& path, const Value& value, model::Link& link);

    struct Failure {
        std::string path;
        std::string message;
        std::string cure;
    };
    bool failed() const { return failure_.has_value(); }
    const Failure& failure() const { return *failure_; }
    /// How many identities were left out because they had no value.
    std::size_t empty_identities() const { return empty_identities_; }

    /// Text, or a number as text.
    void text(const Path& path, const Value& value, std::string& into);
    void json(const Path& path, const Value& value, std::string& into);

private:
    void fail(const Path& path, std::string message, std::string cure = {});
    void time(const Path& path, const Value& value, Time& into);
    void number(const Path& path, const Value& value, double& into);
    void boolean(const Path& path, const Value& value, bool& into);
    /// False if there is nothing to go on with: null, or a failure.
    bool is_object(const Path& path, const Value& value);
    template <typename F>
    void each(const Path& path, const Value& value, F&& take);

    void claims(const Path& path, const Value& value, std::vector<model::Claim>& into);
    void claim(const Path& path, const Value& value, model::Claim& into);
    void refs(const Path& path, const Value& value, std::vector<model::Ref>& into);
    void experiences(const Path& path, const Value& value, std::vector<model::Experience>& into);
    void amount(const Path& path, const Value& value, std::optional<model::Amount>& into);
    void owner(const Path& path, const Value& value, model::Owner& into);
    void extension(const Path& path, const Value& value, std::string& into);
    void unknown_key(const Path& path, std::string_view key);

    std::optional<Failure> failure_;
    std::size_t empty_identities_ = 0;
};

}  // namespace touchline::mapping
