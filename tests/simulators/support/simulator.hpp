// A simulated vendor as a process of its own. tests/simulators/simulator.py says how it is steered.
#pragma once

#include "touchline/base/result.hpp"
#include "touchline/json/view.hpp"
#include "touchline/net/http_client.hpp"

#include <sys/types.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace touchline::simulated {

class Simulator {
public:
    /// Serves vendors/<vendor>.py. Error unavailable: it does not start.
    static Result<std::unique_ptr<Simulator>> start(
        net::HttpClient& http, const std::string& vendor
    );
    /// Stands before a real server at `server`, with the same switch for faults.
    static Result<std::unique_ptr<Simulator>> before(
        net::HttpClient& http, const std::string& server
    );
    ~Simulator();
    Simulator(const Simulator&) = delete;
    Simulator& operator=(const Simulator&) = delete;

    /// "http://127.0.0.1:40123"
    const std::string& url() const { return url_; }
    /// POST /_sim/<verb>. Throws std::runtime_error when the simulator does not like it.
    json::Document tell(const std::string& verb, const std::string& json = "{}");

private:
    explicit Simulator(net::HttpClient& http) : http_(http) {}
    Result<void> launch(const std::vector<std::string>& arguments);

    net::HttpClient& http_;
    std::string url_;
    pid_t pid_ = -1;
    int input_ = -1;  ///< it ends when this closes
};

}  // namespace touchline::simulated
