// `touchline connections auth`: a person signs in with a browser, and the installation keeps what
// comes of it (RFC 6749, section 4.1; RFC 7636; RFC 8252, section 7.3).
#include "../accounts.hpp"
#include "../loading.hpp"

#include "touchline/base/digest.hpp"
#include "touchline/net/http_server.hpp"
#include "touchline/net/oauth.hpp"

#include <condition_variable>
#include <mutex>
#include <optional>

namespace touchline::app {
namespace {

constexpr std::chrono::minutes k_patience{10};
constexpr std::string_view k_path = "/signed-in";

/// Waits on a loopback port for the browser to come back.
class Landing {
public:
    static Result<std::unique_ptr<Landing>> open(std::uint16_t port) {
        std::unique_ptr<Landing> landing(new Landing);
        net::ServerOptions options;
        options.port = port;
        options.workers = 1;
        TOUCHLINE_TRY(
            landing->server_,
            net::HttpServer::start(
                options,
                [&self = *landing](net::ServerRequest request, net::Responder responder) {
                    responder.respond(self.answer(request));
                }
            )
        );
        return landing;
    }

    std::string url() const {
        return "http://127.0.0.1:" + std::to_string(server_->port()) + std::string(k_path);
    }

    /// Before anybody is told to come: only who carries `state` is let in.
    void expect(const std::string& state) {
        const std::lock_guard lock(mutex_);
        expected_ = state;
    }
    /// The code of the sign-in that is expected. Error: auth (refused), timeout.
    Result<std::string> wait() {
        std::unique_lock lock(mutex_);
        if (!came_.wait_for(lock, k_patience, [this] { return outcome_.has_value(); }))
            return Error(Code::timeout, "nobody has signed in for ten minutes");
        return *outcome_;
    }

private:
    Landing() = default;

    net::ServerResponse answer(const net::ServerRequest& request) {
        const auto field = [&](const char* name) {
            const auto found = request.query.find(name);
            return found == request.query.end() ? std::string() : found->second;
        };
        const std::lock_guard lock(mutex_);
        // A page that somebody else sends the browser to knows no state.
        const bool ours = request.path == k_path && !expected_.empty() &&
                          equal_constant_time(field("state"), expected_);
        if (!ours) return page(404, "This is not the sign-in that was begun.");
        const std::string code = field("code");
        if (code.empty()) {
            outcome_ = Error(Code::auth, "the system did not let the sign-in through");
        } else {
            outcome_ = code;
        }
        came_.notify_all();
        return page(200, code.empty() ? "Not signed in." : "Signed in. You can close this page.");
    }

    static net::ServerResponse page(int status, const std::string& text) {
        net::ServerResponse response{status, {}, text + "\n"};
        response.headers.set("Content-Type", "text/plain; charset=utf-8");
        return response;
    }

    std::mutex mutex_;
    std::condition_variable came_;
    std::string expected_;
    std::optional<Result<std::string>> outcome_;
    // Last: it stops before what its threads use goes away.
    std::unique_ptr<net::HttpServer> server_;
};

Result<void> sign_in_with_browser(
    Terminal& terminal, net::SignIn& sign_in, net::HttpClient& http, bool private_network, int port
) {
    TOUCHLINE_TRY(const auto landing, Landing::open(static_cast<std::uint16_t>(port)));
    const auto authorization =
        net::begin_authorization(sign_in.client(), landing->url(), random_bytes(48));
    landing->expect(authorization.state);
    terminal.print("Open this address in a browser on this machine, and sign in there:");
    terminal.print("  " + authorization.url);
    terminal.say("Waiting for " + landing->url() + " to be opened by it.");
    TOUCHLINE_TRY(const std::string code, landing->wait());
    net::SendOptions options;
    options.allow_private_network = private_network;
    const auto request = net::code_request(sign_in.client(), authorization, code);
    TOUCHLINE_TRY(const auto response, http.send(request, options, {}));
    TOUCHLINE_TRY(net::Tokens tokens, net::read_tokens(response, {}, SystemClock().now()));
    if (tokens.refresh.empty()) {
        return Error(Code::auth, "the system gave a token that cannot be renewed")
            .cure("Ask for it in auth.scope: most systems call it offline_access.");
    }
    return sign_in.adopt(std::move(tokens));
}

}  // namespace

int connections_auth(Terminal& terminal, const Globals& globals, const AuthArguments& arguments) {
    const auto loaded = load_config(terminal, globals);
    if (!loaded) return k_config;
    const config::Config& config = loaded->config;
    const auto configured = config.connections.find(arguments.connection);
    if (configured == config.connections.end()) {
        return terminal.fail(
            Error(Code::not_found, "there is no connection \"" + arguments.connection + "\""),
            "touchline connections list"
        );
    }
    const config::ConnectionConfig& connection = configured->second;
    if (connection.auth.kind != "oauth2" || connection.auth.oauth.grant != "sign-in") {
        return terminal.fail(
            Error(Code::config, connection.id + " needs nobody to sign in")
                .at(connection.auth.place)
                .cure("For a sign-in, its auth has kind: oauth2 and grant: sign-in.")
        );
    }
    auto secrets = config.secrets_file.empty()
                       ? Result<config::Secrets>(config::Secrets())
                       : config::Secrets::load(config.secrets_file, config.secrets_key);
    if (!secrets) return terminal.fail(secrets.error());
    auto http = net::make_http_client({});
    if (!http) return terminal.fail(http.error());
    const SystemClock clock;
    Accounts accounts(config, *secrets, **http, clock);
    auto sign_in = accounts.sign_in(connection);
    if (!sign_in) return terminal.fail(sign_in.error());
    const auto done = sign_in_with_browser(
        terminal, **sign_in, **http, connection.rights.allow_private_network, arguments.port
    );
    if (!done) {
        return terminal.fail(done.error(), "touchline connections auth " + arguments.connection);
    }
    terminal.print("Signed in to " + connection.account + ". It renews itself from now on.");
    return k_ok;
}

}  // namespace touchline::app
