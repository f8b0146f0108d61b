// A webhook receiver as somebody else would write it: it checks the signature and the form of what
// arrives, and answers as a test wants.
#pragma once

#include "touchline/base/guarded.hpp"
#include "touchline/base/secret.hpp"
#include "touchline/net/http_server.hpp"

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace touchline::integration {

struct Delivery {
    std::string path;
    std::string id;  ///< the field `webhook-id`
    std::string type, subject, sequence;
    std::string touchpoint, kind;  ///< of the data, where it is a touchpoint
    std::string body;
    std::string fault;  ///< what is wrong with signature or form; empty: nothing
    int status = 0;     ///< what was answered
};

class Receiver {
public:
    /// The status to answer. Runs on a thread of the server.
    using Answer = std::function<int(const Delivery&)>;

    /// `secret` is "whsec_" and base64; empty: what arrives is not signed. Answers 204 to all.
    static Result<std::unique_ptr<Receiver>> start(Secret secret);

    /// "http://127.0.0.1:40123"
    std::string url() const;
    void answer_with(Answer answer);
    /// In the order in which they were answered.
    std::vector<Delivery> deliveries() const;
    /// Those that were accepted, without repetitions.
    std::vector<Delivery> accepted() const;

private:
    struct State {
        Answer answer;
        std::vector<Delivery> deliveries;
    };

    explicit Receiver(Secret secret) : secret_(std::move(secret)) {}
    Delivery read(net::ServerRequest request) const;
    int handle(net::ServerRequest request);

    const Secret secret_;
    Guarded<State> state_;
    // Last: it stops before what its threads use goes away.
    std::unique_ptr<net::HttpServer> server_;
};

/// The accepted events whose `sequence` does not go on from the one before of the same customer.
std::vector<std::string> out_of_order(const std::vector<Delivery>& accepted);

}  // namespace touchline::integration
