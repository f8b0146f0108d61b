#include "seen_request.hpp"

#include "touchline/base/text.hpp"

#include <variant>

namespace touchline::net {
namespace {

/// Of a refusal's body: what people read of it.
constexpr std::size_t k_answer = 1'000;

/// How a request says who calls, without saying it.
struct WayOf {
    const char* operator()(const NoCredentials&) const { return ""; }
    const char* operator()(const BasicLogin&) const { return "basic login"; }
    const char* operator()(const HeaderKey&) const { return "key in a header"; }
    const char* operator()(const QueryKey&) const { return "key in the query"; }
    const char* operator()(const WebhookSigning&) const { return "signature"; }
    template <typename Token>
    const char* operator()(const Token&) const {
        return "bearer token";
    }
};

}  // namespace

SeenRequest seen_before(const Credentials& credentials, const Request& request) {
    SeenRequest seen;
    seen.method = request.method;
    seen.url = starred_url(request.url);
    seen.credentials = std::visit(WayOf{}, credentials);
    seen.sent_bytes = std::ssize(request.body);
    return seen;
}

void see_outcome(SeenRequest& seen, const Result<Response>& response, bool with_answer) {
    if (!response) {
        seen.error = response.error().message();
        return;
    }
    seen.status = response->status;
    seen.received_bytes = std::ssize(response->body);
    if (with_answer && response->status >= 400)
        seen.answer = to_utf8(std::string_view(response->body).substr(0, k_answer));
}

}  // namespace touchline::net
