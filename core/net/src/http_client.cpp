#include "touchline/net/http_client.hpp"

#include "connection_pool.hpp"
#include "dial.hpp"
#include "exchange.hpp"
#include "gzip.hpp"

#include "touchline/base/text.hpp"
#include "touchline/net/retry.hpp"
#include "touchline/net/url.hpp"

namespace touchline::net {

namespace {

Error at_fault(std::variant<Exchange, ExchangeFault> outcome) {
    return std::get<ExchangeFault>(std::move(outcome)).error;
}

Result<void> decode(Response& response, std::size_t limit) {
    const auto field = response.headers.get("content-encoding");
    const std::string coding = lower_ascii(trim(field.value_or("identity")));
    if (coding.empty() || coding == "identity" || response.body.empty()) return {};
    if (coding != "gzip" && coding != "x-gzip" && coding != "deflate") {
        return Error(Code::bad_data, "the answer is packed with \"" + coding + "\"")
            .cure("Do not ask for another Accept-Encoding than gzip.");
    }
    TOUCHLINE_TRY(response.body, gunzip(response.body, limit));
    response.headers.remove("content-encoding");
    response.headers.remove("content-length");
    return {};
}

class PooledClient final : public HttpClient {
public:
    PooledClient(ClientOptions options, TlsContext tls)
        : options_(std::move(options)), tls_(std::move(tls)), pool_(options_) {}

    Result<Response> send(const Request& request, const SendOptions& options, std::stop_token stop)
        override {
        auto url = parse_url(request.url);
        if (!url) return Error(Code::config, url.error().message());
        TOUCHLINE_TRY(const std::string bytes, serialise(request, *url, options_.user_agent));
        const Wait wait(url->origin(), options.timeouts.whole, std::move(stop));
        // A connection that was opened for a target in the private network serves only such
        // targets.
        const std::string key =
            url->origin() + (options.allow_private_network ? " private" : " public");

        TOUCHLINE_TRY(Exchange exchange, transact(request, *url, bytes, key, options, wait));
        TOUCHLINE_CHECK(decode(exchange.response, options.body_limit).with(url->origin()));
        exchange.response.final_url = request.url;
        return std::move(exchange.response);
    }

private:
    Result<Exchange> transact(
        const Request& request,
        const Url& url,
        const std::string& bytes,
        const std::string& key,
        const SendOptions& options,
        const Wait& wait
    ) {
        if (auto kept = pool_.take(key, std::chrono::steady_clock::now())) {
            auto outcome = on_stream(std::move(kept), request, bytes, key, options, wait);
            const auto* fault = std::get_if<ExchangeFault>(&outcome);
            if (fault == nullptr) return std::get<Exchange>(std::move(outcome));
            const bool stale = !fault->answer_begun && fault->error.code() == Code::unavailable;
            if (!stale || !is_idempotent(request.method)) return at_fault(std::move(outcome));
        }
        TOUCHLINE_TRY(auto stream, dial(url, url.tls(), tls_, options, wait));
        auto outcome = on_stream(std::move(stream), request, bytes, key, options, wait);
        if (std::holds_alternative<ExchangeFault>(outcome)) return at_fault(std::move(outcome));
        return std::get<Exchange>(std::move(outcome));
    }

    std::variant<Exchange, ExchangeFault> on_stream(
        std::unique_ptr<Stream> stream,
        const Request& request,
        const std::string& bytes,
        const std::string& key,
        const SendOptions& options,
        const Wait& wait
    ) {
        const Step sending{"sending the request", options.timeouts.write};
        auto written = stream->write(bytes, wait, sending);
        if (!written && written.error().code() != Code::unavailable) {
            return ExchangeFault{std::move(written).error()};
        }
        // A server that refuses a large body may answer and close before it has read all of it.
        auto outcome = read_answer(*stream, request.method, options, wait);
        const auto* exchange = std::get_if<Exchange>(&outcome);
        if (!written && exchange == nullptr) return ExchangeFault{std::move(written).error()};
        if (written && exchange != nullptr && exchange->reusable) {
            pool_.put(key, std::move(stream), std::chrono::steady_clock::now());
        }
        return outcome;
    }

    ClientOptions options_;
    TlsContext tls_;
    ConnectionPool pool_;
};

}  // namespace

Result<std::unique_ptr<HttpClient>> make_http_client(ClientOptions options) {
    TOUCHLINE_TRY(TlsContext tls, TlsContext::make(options.ca_file));
    return std::unique_ptr<HttpClient>(
        std::make_unique<PooledClient>(std::move(options), std::move(tls))
    );
}

}  // namespace touchline::net
