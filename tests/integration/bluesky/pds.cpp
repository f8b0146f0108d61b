#include "pds.hpp"

#include "touchline/json/writer.hpp"

#include <cstdlib>

namespace touchline::bluesky_test {

namespace fs = std::filesystem;

namespace {

std::string quoted(std::string_view text) {
    std::string out;
    json::append_quoted(out, text);
    return out;
}

std::string text_at(const json::Document& document, std::string_view name) {
    const auto value = document.root().get(name);
    return std::string(value ? value->as_string().value_or("") : "");
}

}  // namespace

bool Pds::is_installed() {
    return fs::exists(fs::path(PDS_INSTALLED_DIR) / "node_modules/.installed");
}

Result<std::unique_ptr<Pds>> Pds::start(net::HttpClient& http) {
    // In memory where that is possible: it waits for the disk at every write.
    const fs::path base =
        fs::is_directory("/dev/shm") ? fs::path("/dev/shm") : fs::temp_directory_path();
    std::string pattern = (base / "touchline-pds-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr)
        return Error(Code::unavailable, "no temporary directory can be made");
    std::unique_ptr<Pds> pds(new Pds(http, pattern));
    TOUCHLINE_CHECK(pds->launch());
    return pds;
}

Result<void> Pds::launch() {
    TOUCHLINE_TRY(port_, integration::free_port());
    TOUCHLINE_TRY(const std::uint16_t directory_port, integration::free_port());
    log_ = (directory_ / "server.log").string();
    TOUCHLINE_TRY(
        server_,
        integration::Server::start(
            {{"node",
              "--import",
              "./loopback.mjs",
              "server.mjs",
              directory_.string(),
              std::to_string(port_),
              std::to_string(directory_port)},
             {},
             PDS_INSTALLED_DIR,
             0},
            log_
        )
    );
    return server_->wait_for(port_);
}

Pds::~Pds() {
    server_.reset();
    std::error_code ignored;
    fs::remove_all(directory_, ignored);
}

Result<json::Document> Pds::call(
    std::string_view method, const std::string& body, const std::string& token
) {
    net::Request request;
    request.method = "POST";
    request.url = url() + "/xrpc/" + std::string(method);
    if (!body.empty()) request.headers.set("Content-Type", "application/json");
    if (!token.empty()) request.headers.set("Authorization", "Bearer " + token);
    request.body = body;
    net::SendOptions options;
    options.allow_private_network = true;
    TOUCHLINE_TRY(const auto response, http_.send(request, options, {}));
    if (response.status >= 300) {
        return Error(
            Code::unavailable,
            std::string(method) + ": " + std::to_string(response.status) + " " + response.body +
                integration::tail_of(log_)
        );
    }
    return json::Document::parse(response.body.empty() ? "{}" : response.body);
}

Result<Account> Pds::sign_up(const std::string& name) {
    TOUCHLINE_TRY(
        const auto made,
        call(
            "com.atproto.server.createAccount",
            R"({"handle": ")" + name + R"(.test", "email": ")" + name +
                R"(@example.test", "password": "a-password-for-tests"})"
        )
    );
    return Account{text_at(made, "did"), text_at(made, "accessJwt")};
}

Result<std::string> Pds::post(
    const Account& account, std::string_view text, std::string_view more
) {
    TOUCHLINE_TRY(
        const auto made,
        call(
            "com.atproto.repo.createRecord",
            R"({"repo": ")" + account.did + R"(", "collection": "app.bsky.feed.post", "record": )" +
                R"({"$type": "app.bsky.feed.post", "createdAt": "2026-10-01T10:00:00.000Z", "text": )" +
                quoted(text) + std::string(more) + "}}",
            account.token
        )
    );
    const std::string uri = text_at(made, "uri");
    return uri.substr(uri.rfind('/') + 1);
}

Result<void> Pds::put_post(
    const Account& account,
    std::string_view rkey,
    std::string_view text,
    std::string_view created_at
) {
    TOUCHLINE_CHECK(call(
        "com.atproto.repo.putRecord",
        R"({"repo": ")" + account.did + R"(", "collection": "app.bsky.feed.post", "rkey": )" +
            quoted(rkey) + R"(, "record": {"$type": "app.bsky.feed.post", "createdAt": )" +
            quoted(created_at) + R"(, "text": )" + quoted(text) + "}}",
        account.token
    ));
    return {};
}

Result<void> Pds::remove_post(const Account& account, std::string_view rkey) {
    TOUCHLINE_CHECK(call(
        "com.atproto.repo.deleteRecord",
        R"({"repo": ")" + account.did + R"(", "collection": "app.bsky.feed.post", "rkey": )" +
            quoted(rkey) + "}",
        account.token
    ));
    return {};
}

Result<void> Pds::set_name(const Account& account, std::string_view name) {
    TOUCHLINE_CHECK(call(
        "com.atproto.repo.putRecord",
        R"({"repo": ")" + account.did +
            R"(", "collection": "app.bsky.actor.profile", "rkey": "self", "record": )" +
            R"({"$type": "app.bsky.actor.profile", "displayName": )" + quoted(name) + "}}",
        account.token
    ));
    return {};
}

Result<void> Pds::rename(const Account& account, const std::string& name) {
    TOUCHLINE_CHECK(call(
        "com.atproto.identity.updateHandle", R"({"handle": ")" + name + R"(.test"})", account.token
    ));
    return {};
}

Result<void> Pds::deactivate(const Account& account) {
    TOUCHLINE_CHECK(call("com.atproto.server.deactivateAccount", "{}", account.token));
    return {};
}

}  // namespace touchline::bluesky_test
