// The only file that instantiates Beast's parser of answers.
#include "exchange.hpp"

#include "framing.hpp"

#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include <optional>

namespace touchline::net {

namespace {

namespace beast = boost::beast;
namespace http = boost::beast::http;

constexpr std::size_t k_chunk = 64U << 10U;

class AnswerReader {
public:
    AnswerReader(Stream& stream, bool head, const SendOptions& options, const Wait& wait)
        : stream_(stream), head_(head), options_(options), wait_(wait) {
        begin();
    }

    Result<Exchange> run() {
        while (true) {
            TOUCHLINE_CHECK(parse());
            if (!parser_->is_done()) {
                TOUCHLINE_CHECK(fill());
            } else if (is_interim()) {
                begin();
            } else {
                return finish();
            }
        }
    }

    bool begun() const { return begun_; }

private:
    using Parser = http::response_parser<http::string_body>;

    void begin() {
        // Not eager before the header is checked: an eager parser of Boost 1.74 forgets that it
        // found the declared length to be above the limit.
        parser_.emplace();
        parser_->skip(head_);
        parser_->header_limit(static_cast<std::uint32_t>(options_.header_limit));
        parser_->body_limit(options_.body_limit);
        checked_ = false;
    }

    Result<void> parse() {
        while (buffer_.size() > 0 && !parser_->is_done()) {
            beast::error_code failure;
            buffer_.consume(parser_->put(buffer_.data(), failure));
            if (failure == http::error::need_more) return {};
            if (failure) return refuse(failure);
            if (parser_->is_header_done()) TOUCHLINE_CHECK(check_header());
        }
        return {};
    }

    Result<void> fill() {
        const Timeouts& limits = options_.timeouts;
        const Step step = begun_
                              ? Step{"waiting for more of the answer", limits.read}
                              : Step{"waiting for the first byte of the answer", limits.first_byte};
        const auto space = buffer_.prepare(k_chunk);
        const std::span<char> into(static_cast<char*>(space.data()), space.size());
        TOUCHLINE_TRY(const std::size_t count, stream_.read(into, wait_, step));
        if (count == 0) return end_of_stream();
        begun_ = true;
        buffer_.commit(count);
        return {};
    }

    Result<void> end_of_stream() {
        ended_ = true;
        if (parser_->got_some()) {
            beast::error_code failure;
            parser_->put_eof(failure);
            if (!failure && parser_->is_done()) return {};
        }
        const char* when = begun_ ? "before the answer was complete" : "without an answer";
        return Error(
            Code::unavailable, wait_.peer() + ": the server closed the connection " + when
        );
    }

    bool is_interim() const {
        const unsigned status = parser_->get().result_int();
        return status >= 100 && status < 200;
    }

    Result<void> check_header() {
        if (checked_) return {};
        checked_ = true;
        parser_->eager(true);
        copy_fields();
        const unsigned version = parser_->get().version();
        if (parser_->get().result_int() == 101) {
            return malformed("it switched to another protocol without being asked");
        }
        if (auto fault = framing_fault(version >= 11 ? 1 : 0, headers_)) return malformed(*fault);
        return {};
    }

    void copy_fields() {
        headers_ = {};
        for (const auto& field : parser_->get()) {
            headers_.add(std::string(field.name_string()), std::string(field.value()));
        }
    }

    Result<Exchange> finish() {
        Exchange exchange;
        exchange.response.status = static_cast<int>(parser_->get().result_int());
        exchange.response.headers = std::move(headers_);
        exchange.reusable = parser_->keep_alive() && !ended_ && buffer_.size() == 0;
        exchange.response.body = std::move(parser_->get().body());
        return exchange;
    }

    Error malformed(const std::string& why) const {
        return Error(Code::bad_data, wait_.peer() + ": the answer is malformed: " + why);
    }

    Error refuse(const beast::error_code& failure) const {
        const auto too_large = [&](const char* what, std::size_t limit, const char* name) {
            return Error(
                       Code::bad_data,
                       wait_.peer() + ": the " + what +
                           " of the answer is larger than the limit of " + std::to_string(limit) +
                           " bytes"
            )
                .cure(std::string("Ask for smaller pages, or raise ") + name + ".");
        };
        if (failure == http::error::body_limit) {
            return too_large("body", options_.body_limit, "body_limit");
        }
        if (failure == http::error::header_limit) {
            return too_large("header", options_.header_limit, "header_limit");
        }
        return malformed(failure.message());
    }

    Stream& stream_;
    bool head_;
    const SendOptions& options_;
    const Wait& wait_;
    beast::flat_buffer buffer_;
    std::optional<Parser> parser_;
    Headers headers_;
    bool checked_ = false;
    bool begun_ = false;
    bool ended_ = false;
};

}  // namespace

std::variant<Exchange, ExchangeFault> read_answer(
    Stream& stream, const std::string& method, const SendOptions& options, const Wait& wait
) {
    AnswerReader reader(stream, method == "HEAD", options, wait);
    try {
        auto exchange = reader.run();
        if (exchange) return *std::move(exchange);
        return ExchangeFault{std::move(exchange).error(), reader.begun()};
    } catch (const std::exception& problem) {
        Error error(Code::internal, wait.peer() + ": reading the answer failed: " + problem.what());
        return ExchangeFault{std::move(error), reader.begun()};
    }
}

}  // namespace touchline::net
