#include "touchline/sample/systems.hpp"

#include "vendors.hpp"

#include <array>
#include <charconv>

namespace touchline::sample {

namespace {

constexpr std::string_view k_secrets =
    "CRM=halden-crm\nHELPDESK=halden-helpdesk\nSHOP=halden-shop\nBILLING=halden-billing\n"
    "SOCIAL=halden-social\nSURVEYS=halden-surveys\nSTORES=halden-stores\n";

struct System {
    std::string_view folder;
    Answered (*answer)(const Ask& ask);
    std::string_view header, credentials;  ///< what the demo's connections sign in with
};

constexpr std::array k_systems{
    System{"/hubspot", hubspot, "authorization", "Bearer halden-crm"},
    System{
        "/zendesk",
        zendesk,
        "authorization",
        "Basic c3VwcG9ydEBoYWxkZW4uZXhhbXBsZS90b2tlbjpoYWxkZW4taGVscGRlc2s="},
    System{"/shopify", shopify, "x-shopify-access-token", "halden-shop"},
    System{"/stripe", stripe, "authorization", "Bearer halden-billing"},
    System{"/mastodon", mastodon, "authorization", "Bearer halden-social"},
    System{"/typeform", typeform, "authorization", "Bearer halden-surveys"},
    System{"/woocommerce", woocommerce, "authorization", "Basic aGFsZGVuOmhhbGRlbi1zdG9yZXM="}};

net::ServerResponse answer(int status, std::string body) {
    net::ServerResponse response;
    response.status = status;
    response.headers.set("Content-Type", "application/json");
    response.body = std::move(body);
    return response;
}

net::ServerResponse answer_of(const Shelves& shelves, const net::ServerRequest& request) {
    for (const System& system : k_systems) {
        if (!request.path.starts_with(system.folder)) continue;
        const Ask ask{shelves, request, request.path.substr(system.folder.size())};
        if (ask.header(system.header) != system.credentials)
            return answer(401, R"({"error":"these are not the credentials"})");
        auto body = system.answer(ask);
        if (!body) break;
        auto response = answer(200, *std::move(body));
        if (system.folder == "/woocommerce") {
            const auto count = shelf(shelves, Stream::store_orders).all().size();
            response.headers.set("X-WP-Total", std::to_string(count));
        }
        return response;
    }
    return answer(404, R"({"error":"there is nothing at this path"})");
}

}  // namespace

std::string Ask::param(const std::string& name) const {
    const auto found = request.query.find(name);
    return found == request.query.end() ? "" : found->second;
}

std::size_t Ask::number(const std::string& name, std::size_t otherwise, std::size_t most) const {
    const std::string text = param(name);
    std::size_t value = otherwise;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return std::min(value, most);
}

std::string Ask::header(std::string_view name) const {
    return std::string(request.headers.get(name).value_or(""));
}

class Systems::Impl {
public:
    Result<void> load(const std::filesystem::path& directory) {
        for (std::size_t i = 0; i < k_streams; ++i) {
            const auto stream = static_cast<Stream>(i);
            if (file_of(stream).shape != Shape::api) {
                shelves_.emplace_back();
                continue;
            }
            TOUCHLINE_TRY(Shelf loaded, Shelf::load(directory, stream));
            shelves_.push_back(std::move(loaded));
        }
        return {};
    }

    Result<void> serve(std::uint16_t port) {
        net::ServerOptions options;
        options.port = port;
        options.workers = 2;
        TOUCHLINE_TRY(
            server_,
            net::HttpServer::start(
                options,
                [this](net::ServerRequest request, net::Responder responder) {
                    responder.respond(answer_of(shelves_, request));
                }
            )
        );
        return {};
    }

    std::uint16_t port() const { return server_->port(); }

private:
    Shelves shelves_;
    std::unique_ptr<net::HttpServer> server_;
};

Systems::Systems(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Systems::~Systems() = default;

Result<std::unique_ptr<Systems>> Systems::serve(
    const std::filesystem::path& directory, std::uint16_t port
) {
    auto impl = std::make_unique<Impl>();
    TOUCHLINE_CHECK(impl->load(directory));
    TOUCHLINE_CHECK(impl->serve(port));
    return std::unique_ptr<Systems>(new Systems(std::move(impl)));
}

std::string_view Systems::secrets() {
    return k_secrets;
}

std::string Systems::origin() const {
    return "http://127.0.0.1:" + std::to_string(impl_->port());
}

}  // namespace touchline::sample
