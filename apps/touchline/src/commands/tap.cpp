#include "../interrupt.hpp"
#include "../loading.hpp"

#include "touchline/json/view.hpp"
#include "touchline/json/writer.hpp"
#include "touchline/net/http_client.hpp"

#include <algorithm>
#include <chrono>
#include <fstream>
#include <thread>

namespace touchline::app {
namespace {

constexpr std::chrono::milliseconds k_pause{500};
constexpr std::size_t k_shown = 160;

std::string text_at(json::View row, std::string_view name) {
    const auto member = row.get(name);
    return std::string(member ? member->as_string().value_or("") : std::string_view());
}

/// The running daemon, as somebody on this machine reaches it.
class DaemonClient {
public:
    static Result<DaemonClient> make(const config::Config& config, const std::string& url) {
        DaemonClient daemon;
        daemon.url_ = url.empty() ? "http://" + config.server.listen : url;
        while (daemon.url_.ends_with('/')) daemon.url_.pop_back();
        std::ifstream file(config.storage.dir / "api-token");
        std::getline(file, daemon.token_);
        if (!config.server.token.empty() && !config.secrets_file.empty()) {
            TOUCHLINE_TRY(
                const config::Secrets secrets, config::Secrets::load(config.secrets_file)
            );
            TOUCHLINE_TRY(const Secret token, secrets.resolve(config.server.token));
            daemon.token_ = std::string(token.reveal());
        }
        TOUCHLINE_TRY(daemon.http_, net::make_http_client());
        return daemon;
    }

    Result<json::Document> get(const std::string& path, std::stop_token stop) {
        net::Request request;
        request.url = url_ + path;
        if (!token_.empty()) request.headers.set("Authorization", "Bearer " + token_);
        net::SendOptions options;
        options.allow_private_network = true;
        TOUCHLINE_TRY(const net::Response response, http_->send(request, options, stop));
        if (response.status == 200) return json::Document::parse(response.body);
        return Error(
            response.status == 401 || response.status == 403 ? Code::denied : Code::unavailable,
            url_ + " answered " + std::to_string(response.status)
        );
    }

private:
    std::string url_, token_;
    std::unique_ptr<net::HttpClient> http_;
};

void show(Terminal& terminal, json::View row) {
    if (terminal.json) return terminal.print(row.text());
    std::string text = text_at(row, "text");
    if (text.size() > k_shown) text = text.substr(0, k_shown) + "…";
    std::string where = text_at(row, "connection");
    if (const std::string stream = text_at(row, "stream"); !stream.empty()) where += "/" + stream;
    const std::string at = text_at(row, "at");
    terminal.print(
        at.substr(std::min<std::size_t>(11, at.size()), 8) + "  " +
        padded(text_at(row, "stage"), 6) + "  " + where + "  " + text_at(row, "external_id") +
        "  " + text
    );
}

bool fits(json::View row, const TapArguments& given) {
    return (given.connection.empty() || text_at(row, "connection") == given.connection) &&
           (given.stage.empty() || text_at(row, "stage") == given.stage);
}

}  // namespace

int tap(Terminal& terminal, const Globals& globals, const TapArguments& given) {
    const auto loaded = load_config(terminal, globals);
    if (!loaded) return k_config;
    const StopOnInterrupt interrupt;
    auto daemon = DaemonClient::make(loaded->config, given.url);
    if (!daemon) return terminal.fail(daemon.error());
    std::int64_t after = 0, shown = 0;
    while (!interrupt.token().stop_requested()) {
        const auto page = daemon->get(
            "/api/v1/tap?limit=500&after=" + std::to_string(after) +
                (given.unmasked ? "&masked=0" : ""),
            interrupt.token()
        );
        if (!page) {
            if (interrupt.token().stop_requested()) break;
            terminal.fail(page.error(), "touchline serve");
            return page.error().code() == Code::denied ? k_denied : k_no_daemon;
        }
        const auto rows = page->root().get("rows");
        if (rows) {
            for (const json::View row : rows->elements()) {
                const auto number = row.get("number");
                after = std::max(after, number ? number->as_int().value_or(0) : 0);
                if (!fits(row, given)) continue;
                show(terminal, row);
                if (++shown == given.count) return k_ok;
            }
        }
        std::this_thread::sleep_for(k_pause);
    }
    return k_interrupted;
}

}  // namespace touchline::app
