#include "session_recipe.hpp"

#include <algorithm>
#include <initializer_list>

namespace touchline::host {

namespace {

Error wrong(const std::string& what) {
    return Error(Code::bad_data, what);
}

Result<void> known_members(json::View object, std::initializer_list<std::string_view> known) {
    for (const auto& [key, value] : object.members()) {
        if (std::ranges::count(known, key) == 0)
            return wrong("\"" + std::string(key) + "\" is not a member that it has");
    }
    return {};
}

std::string text(json::View object, std::string_view member) {
    const auto value = object.get(member);
    return std::string(value ? value->as_string().value_or("") : "");
}

Result<net::SessionRecipe::Ended> read_ended(json::View ended) {
    TOUCHLINE_CHECK(known_members(ended, {"status", "at", "is"}));
    const auto status = ended.get("status");
    const auto number = status ? status->as_int() : std::nullopt;
    if (!number || *number < 100 || *number > 599) return wrong("\"ended\" needs a \"status\"");
    net::SessionRecipe::Ended out{static_cast<int>(*number), text(ended, "at"), text(ended, "is")};
    if (out.at.empty() != out.is.empty()) return wrong("\"at\" and \"is\" belong together");
    return out;
}

}  // namespace

Result<net::SessionRecipe> read_session_recipe(json::View session) {
    TOUCHLINE_CHECK(known_members(session, {"login", "send", "ended"}));
    const auto login = session.get("login"), send = session.get("send");
    const auto json = login ? login->get("json") : std::nullopt;
    if (!json || !send) return wrong("it needs \"login\" with \"json\", and \"send\"");
    TOUCHLINE_CHECK(known_members(*login, {"path", "json"}));
    TOUCHLINE_CHECK(known_members(*send, {"header", "scheme", "value", "encode"}));
    net::SessionRecipe recipe;
    recipe.path = text(*login, "path");
    recipe.json = json->text();
    if (recipe.json.find("{secret}") == std::string::npos)
        return wrong("the login's \"json\" has no {secret}");
    if (const auto header = text(*send, "header"); !header.empty()) recipe.header = header;
    recipe.scheme = text(*send, "scheme");
    recipe.value = text(*send, "value");
    if (recipe.value.find('{') == std::string::npos)
        return wrong("\"value\" takes nothing from the login's answer");
    const auto encode = text(*send, "encode");
    if (!encode.empty() && encode != "base64") return wrong("\"encode\" can be base64 only");
    recipe.base64 = !encode.empty();
    if (const auto ended = session.get("ended")) {
        for (const json::View one : ended->elements()) {
            TOUCHLINE_TRY(recipe.ended.emplace_back(), read_ended(one));
        }
    }
    if (recipe.ended.empty()) recipe.ended.push_back({401, "", ""});
    return recipe;
}

}  // namespace touchline::host
