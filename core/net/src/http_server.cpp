#include "touchline/net/http_server.hpp"

#include "server_context.hpp"
#include "server_session.hpp"

#include "touchline/base/log.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>

#include <thread>
#include <vector>

namespace touchline::net {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

namespace {
constexpr std::chrono::milliseconds k_accept_pause{100};
}

class HttpServer::Impl {
public:
    Impl(ServerOptions options, Handler handler)
        : context_(std::make_shared<ServerContext>(std::move(options), std::move(handler))),
          acceptor_(asio::make_strand(context_->io)),
          pause_(acceptor_.get_executor()),
          work_(asio::make_work_guard(context_->io)) {}

    ~Impl() { stop(std::chrono::milliseconds(0)); }

    Result<void> listen() {
        const ServerOptions& options = context_->options;
        error_code failure;
        const auto address = asio::ip::make_address(options.address, failure);
        if (failure) {
            return Error(Code::config, "\"" + options.address + "\" is not an IP address")
                .cure("Listen on 127.0.0.1 for this machine only, or on 0.0.0.0 for the network.");
        }
        const tcp::endpoint endpoint(address, options.port);
        acceptor_.open(endpoint.protocol(), failure);
        if (!failure) acceptor_.set_option(asio::socket_base::reuse_address(true), failure);
        if (!failure) acceptor_.bind(endpoint, failure);
        if (!failure) acceptor_.listen(asio::socket_base::max_listen_connections, failure);
        if (!failure) port_ = acceptor_.local_endpoint(failure).port();
        if (!failure) return {};
        return Error(
                   Code::unavailable,
                   "cannot listen on " + options.address + " port " + std::to_string(options.port) +
                       ": " + failure.message()
        )
            .cure("Choose another port, or stop the program that uses this one.");
    }

    void run() {
        accept();
        for (std::size_t i = 0; i < context_->options.io_threads; ++i) {
            threads_.emplace_back([this] { serve_until_stopped(); });
        }
    }

    void stop(std::chrono::milliseconds grace) {
        if (context_->stopping.exchange(true)) return;
        asio::post(acceptor_.get_executor(), [this] {
            error_code ignored;
            acceptor_.close(ignored);
            pause_.cancel();
        });
        context_->sessions.wind_down();
        context_->sessions.wait_until_empty(grace);
        context_->sessions.abort();
        // Every socket is closed now, so the I/O threads run out of work and end by themselves.
        work_.reset();
        for (std::thread& thread : threads_) thread.join();
        context_->workers.stop();
    }

    std::uint16_t port() const { return port_; }

private:
    void serve_until_stopped() {
        while (true) {
            try {
                context_->io.run();
                return;
            } catch (const std::exception& problem) {
                log(LogLevel::error, "a connection failed", {{"reason", problem.what()}});
            }
        }
    }

    void accept() {
        acceptor_.async_accept(
            asio::make_strand(context_->io),
            [this](error_code failure, tcp::socket socket) {
                on_accept(failure, std::move(socket));
            }
        );
    }

    void on_accept(error_code failure, tcp::socket socket) {
        if (context_->stopping) return;
        if (!failure) {
            serve(std::move(socket), context_);
            return accept();
        }
        // Most likely no file descriptor is left: trying again at once would only burn the
        // processor.
        log(LogLevel::warning, "cannot accept a connection", {{"reason", failure.message()}});
        pause_.expires_after(k_accept_pause);
        pause_.async_wait([this](error_code cancelled) {
            if (!cancelled && !context_->stopping) accept();
        });
    }

    std::shared_ptr<ServerContext> context_;
    tcp::acceptor acceptor_;
    asio::steady_timer pause_;
    asio::executor_work_guard<asio::io_context::executor_type> work_;
    std::vector<std::thread> threads_;
    std::uint16_t port_ = 0;
};

Result<std::unique_ptr<HttpServer>> HttpServer::start(ServerOptions options, Handler handler) {
    try {
        auto impl = std::make_unique<Impl>(std::move(options), std::move(handler));
        TOUCHLINE_CHECK(impl->listen());
        impl->run();
        return std::unique_ptr<HttpServer>(new HttpServer(std::move(impl)));
    } catch (const std::exception& problem) {
        return Error(Code::unavailable, std::string("the server cannot start: ") + problem.what());
    }
}

HttpServer::HttpServer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
HttpServer::~HttpServer() = default;

std::uint16_t HttpServer::port() const {
    return impl_->port();
}

void HttpServer::stop(std::chrono::milliseconds grace) {
    impl_->stop(grace);
}

}  // namespace touchline::net
