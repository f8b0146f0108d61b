#include "body.hpp"

#include "access.hpp"

namespace touchline::api {

Result<json::Document> body_of(const Call& call) {
    TOUCHLINE_CHECK(check_change(call.request));
    TOUCHLINE_TRY(json::Document body, json::Document::parse(call.request.body));
    if (body.root().kind() != json::Kind::object)
        return Error(Code::bad_data, "the body has to be a JSON object");
    return body;
}

std::string text_of(json::View body, std::string_view name) {
    const auto member = body.get(name);
    return std::string(member ? member->as_string().value_or("") : std::string_view());
}

std::string author_of(const Call& call, json::View body) {
    return call.caller.name.empty() ? text_of(body, "author") : call.caller.name;
}

}  // namespace touchline::api
