// The only file that instantiates Beast's parser of requests. Each step is one asynchronous
// operation; the function that starts it stands above the one that continues. All of it runs on the
// session's strand.
#include "server_session.hpp"

#include "request_check.hpp"
#include "server_message.hpp"

#include "touchline/base/log.hpp"

#include <boost/asio/dispatch.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>

#include <limits>
#include <optional>

namespace touchline::net {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using beast::error_code;

constexpr std::size_t k_chunk = 16U << 10U;
constexpr std::size_t k_most_discarded = 16U << 20U;
constexpr std::chrono::seconds k_linger{2};

class Session final : public SessionPort, public std::enable_shared_from_this<Session> {
public:
    Session(asio::ip::tcp::socket socket, std::shared_ptr<ServerContext> context)
        : context_(std::move(context)), stream_(std::move(socket)) {
        error_code failure;
        const auto peer = stream_.socket().remote_endpoint(failure);
        if (!failure) remote_ = peer.address().to_string();
    }

    void start() {
        asio::dispatch(stream_.get_executor(), [self = shared_from_this()] { self->next(); });
    }

    void answer(ServerResponse response) override {
        on_strand([response = std::move(response)](Session& self) mutable {
            self.reply(std::move(response));
        });
    }
    void answer_stream(ServerResponse head, std::shared_ptr<StreamSource> source) override {
        on_strand([head = std::move(head), source = std::move(source)](Session& self) mutable {
            self.begin_stream(std::move(head), std::move(source));
        });
    }
    void pump() override {
        on_strand([](Session& self) { self.send_queued(); });
    }
    void wind_down() override {
        on_strand([](Session& self) {
            if (self.idle_ || self.source_) self.close();
        });
    }
    void abort() override {
        on_strand([](Session& self) { self.close(); });
    }

private:
    /// Holds the session weakly: what is still queued when the server has stopped must not keep it
    /// alive.
    template <typename F>
    void on_strand(F action) {
        asio::post(
            stream_.get_executor(),
            [weak = weak_from_this(), action = std::move(action)]() mutable {
                if (const auto self = weak.lock(); self && !self->closed_) action(*self);
            }
        );
    }
    auto then(void (Session::*step)(error_code, std::size_t)) {
        return [self = shared_from_this(), step](error_code failure, std::size_t count) {
            if (!self->closed_) (self.get()->*step)(failure, count);
        };
    }

    void next() {
        if (context_->stopping) return close();
        parser_.emplace();
        parser_->header_limit(static_cast<std::uint32_t>(context_->options.header_limit));
        // The limit depends on the path, so it is set once the path is known; no memory is taken
        // before.
        parser_->body_limit(std::numeric_limits<std::uint64_t>::max());
        if (buffer_.size() > 0) return read_header();
        buffer_.shrink_to_fit();
        idle_ = true;
        stream_.expires_after(context_->options.idle_timeout);
        stream_.async_read_some(buffer_.prepare(1024), then(&Session::on_first_bytes));
    }

    void on_first_bytes(error_code failure, std::size_t count) {
        idle_ = false;
        if (failure) return close();
        buffer_.commit(count);
        read_header();
    }

    void read_header() {
        stream_.expires_after(context_->options.header_timeout);
        http::async_read_header(stream_, buffer_, *parser_, then(&Session::on_header));
    }

    void on_header(error_code failure, std::size_t) {
        if (failure) return on_bad_read(failure);
        request_ = ServerRequest();
        request_.method = std::string(parser_->get().method_string());
        request_.remote_address = remote_;
        for (const auto& field : parser_->get()) {
            request_.headers.add(std::string(field.name_string()), std::string(field.value()));
        }
        const auto target = parser_->get().target();
        const auto length = parser_->content_length();
        auto checked = check_request(
            {target.data(), target.size()},
            parser_->get().version(),
            length ? std::optional<std::uint64_t>(*length) : std::nullopt,
            context_->options,
            request_
        );
        if (checked.refusal) return refuse(*std::move(checked.refusal));
        parser_->body_limit(checked.body_limit);
        if (checked.expects_continue) return send_continue();
        read_body();
    }

    void send_continue() {
        stream_.expires_after(context_->options.write_timeout);
        out_ = "HTTP/1.1 100 Continue\r\n\r\n";
        asio::async_write(stream_, asio::buffer(out_), then(&Session::on_continue_sent));
    }

    void on_continue_sent(error_code failure, std::size_t) {
        if (failure) return close();
        read_body();
    }

    void read_body() {
        if (parser_->is_done()) return hand_over();
        stream_.expires_after(context_->options.read_timeout);
        http::async_read_some(stream_, buffer_, *parser_, then(&Session::on_body));
    }

    void on_body(error_code failure, std::size_t) {
        if (failure) return on_bad_read(failure);
        read_body();
    }

    void on_bad_read(error_code failure) {
        if (failure == http::error::header_limit || failure == http::error::buffer_overflow) {
            return refuse(refusal(431, "The header of the request is too large."));
        }
        if (failure == http::error::body_limit) {
            return refuse(refusal(413, "The body of the request is too large."));
        }
        const bool malformed = failure.category() == make_error_code(http::error{}).category() &&
                               failure != http::error::end_of_stream &&
                               failure != http::error::partial_message;
        if (!malformed) return close();
        refuse(refusal(400, "The request is malformed: " + failure.message() + "."));
    }

    void hand_over() {
        request_.body = std::move(parser_->get().body());
        keep_alive_ = parser_->keep_alive();
        awaiting_ = true;
        stream_.expires_never();
        const auto channel = std::make_shared<AnswerChannel>(weak_from_this());
        auto task = [context = context_.get(), request = std::move(request_), channel]() mutable {
            run_handler(*context, std::move(request), channel);
        };
        if (context_->workers.offer(std::move(task))) return;
        auto busy = refusal(503, "The server is busy.");
        busy.headers.add("Retry-After", "1");
        channel->respond(std::move(busy));
    }

    static void run_handler(
        ServerContext& context, ServerRequest request, const std::shared_ptr<AnswerChannel>& channel
    ) {
        try {
            context.handler(std::move(request), Responder(channel));
        } catch (const std::exception& problem) {
            log(LogLevel::error, "a request handler failed", {{"reason", problem.what()}});
            channel->respond(refusal(500, "The request could not be processed."));
        }
    }

    void refuse(ServerResponse response) {
        keep_alive_ = false;
        awaiting_ = true;
        reply(std::move(response));
    }

    void reply(ServerResponse response) {
        if (!awaiting_) return;
        awaiting_ = false;
        keep_alive_ = keep_alive_ && !context_->stopping;
        auto head = answer_head(response, BodyFraming::length, keep_alive_);
        if (!head) {
            log(LogLevel::error, head.error().text());
            response = refusal(500, "The answer could not be sent.");
            head = answer_head(response, BodyFraming::length, keep_alive_);
        }
        out_ = *std::move(head);
        const bool head_only = parser_->get().method() == http::verb::head;
        if (!head_only && may_have_body(response.status)) out_ += response.body;
        sent_ = 0;
        write();
    }

    void write() {
        stream_.expires_after(context_->options.write_timeout);
        const auto rest = asio::buffer(out_) + sent_;
        stream_.async_write_some(rest, then(&Session::on_written));
    }

    void on_written(error_code failure, std::size_t count) {
        if (failure) return close();
        sent_ += count;
        if (sent_ < out_.size()) return write();
        out_ = std::string();
        writing_ = false;
        if (source_ && !last_) return send_queued();
        if (source_) return close();
        if (!keep_alive_) return linger();
        next();
    }

    void begin_stream(ServerResponse head, std::shared_ptr<StreamSource> source) {
        if (!awaiting_) return;
        keep_alive_ = false;
        chunked_ = parser_->get().version() >= 11;
        const auto framing = chunked_ ? BodyFraming::chunked : BodyFraming::close;
        auto text = answer_head(head, framing, false);
        if (!text || parser_->get().method() == http::verb::head) return reply(std::move(head));
        awaiting_ = false;
        source_ = std::move(source);
        queue_ =
            std::make_shared<EventQueue>(weak_from_this(), context_->options.stream_queue_bytes);
        context_->workers.insist([source = source_, queue = queue_] { source->opened(queue); });
        watch_peer();
        writing_ = true;
        out_ = *std::move(text) + framed(head.body);
        sent_ = 0;
        write();
    }

    std::string framed(const std::string& bytes) const {
        return chunked_ && !bytes.empty() ? as_chunk(bytes) : bytes;
    }

    void send_queued() {
        if (writing_ || !queue_) return;
        auto batch = queue_->take();
        out_ = framed(batch.bytes);
        last_ = batch.last;
        if (last_ && chunked_) out_ += "0\r\n\r\n";
        if (out_.empty()) {
            if (last_) close();
            return;
        }
        writing_ = true;
        sent_ = 0;
        write();
    }

    /// A reader of events sends nothing more, so whatever ends this read says that it went away.
    void watch_peer() {
        stream_.expires_never();
        stream_.async_read_some(buffer_.prepare(512), then(&Session::on_peer));
    }

    void on_peer(error_code failure, std::size_t) {
        if (failure || last_) return close();
        watch_peer();
    }

    /// A close with unread bytes would reset the connection and take the answer with it: read on
    /// for a moment.
    void linger() {
        if (parser_->is_done() && buffer_.size() == 0) return close();
        error_code ignored;
        stream_.socket().shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
        idle_ = true;
        stream_.expires_after(k_linger);
        discard();
    }

    void discard() {
        buffer_.clear();
        stream_.async_read_some(buffer_.prepare(k_chunk), then(&Session::on_discarded));
    }

    void on_discarded(error_code failure, std::size_t count) {
        discarded_ += count;
        if (failure || discarded_ > k_most_discarded || context_->stopping) return close();
        discard();
    }

    void close() {
        if (closed_) return;
        closed_ = true;
        stream_.close();
        if (queue_) queue_->close();
        if (source_) context_->workers.insist([source = std::move(source_)] { source->closed(); });
        context_->sessions.remove(this);
    }

    std::shared_ptr<ServerContext> context_;
    beast::tcp_stream stream_;
    beast::flat_buffer buffer_;
    std::optional<http::request_parser<http::string_body>> parser_;
    ServerRequest request_;
    std::string remote_;
    std::string out_;
    std::size_t sent_ = 0;
    std::size_t discarded_ = 0;
    std::shared_ptr<StreamSource> source_;
    std::shared_ptr<EventQueue> queue_;
    bool idle_ = false;      ///< Nothing is in flight: it may be closed at any time.
    bool awaiting_ = false;  ///< The handler has the request.
    bool keep_alive_ = false;
    bool writing_ = false;
    bool chunked_ = false;
    bool last_ = false;  ///< The stream's end is being written.
    bool closed_ = false;
};

}  // namespace

void serve(asio::ip::tcp::socket socket, std::shared_ptr<ServerContext> context) {
    const std::size_t most = context->options.max_connections;
    ServerContext& shared = *context;
    const auto session = std::make_shared<Session>(std::move(socket), std::move(context));
    if (shared.sessions.add(session, most)) session->start();
}

}  // namespace touchline::net
