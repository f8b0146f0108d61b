// A running `touchline` and what one asks it over HTTP.
#pragma once

#include "child.hpp"
#include "http_exchange.hpp"

#include "touchline/json/view.hpp"

#include <fstream>
#include <memory>
#include <sstream>

namespace touchline::e2e {

using testing_support::Answer;
using testing_support::Fields;

/// A daemon without sign-in, started with `--port 0` or `--listen 127.0.0.1:0`.
class Daemon {
public:
    Daemon(const std::vector<std::string>& arguments, const std::filesystem::path& folder)
        : child_(touchline(arguments), folder) {
        url_ = child_.line_after("ready: ");
        const std::size_t colon = url_.rfind(':');
        if (colon != std::string::npos)
            port_ = static_cast<std::uint16_t>(std::stoi(url_.substr(colon + 1)));
    }
    bool is_ready() const { return port_ != 0; }
    const std::string& url() const { return url_; }
    std::uint16_t port() const { return port_; }
    Child& child() { return child_; }

    Answer get(const std::string& target) const {
        return testing_support::exchange(port_, "GET", target);
    }
    Answer post(const std::string& target, std::string_view body) const {
        const Fields fields{{"Content-Type", "application/json"}};
        return testing_support::exchange(port_, "POST", target, fields, body);
    }
    /// The answer as JSON; null when it is none.
    json::Document json(const std::string& target) const {
        const Answer answer = get(target);
        auto document = json::Document::parse(answer.body);
        EXPECT_EQ(answer.status, 200) << target << ": " << answer.body;
        return document ? std::move(*document) : *json::Document::parse("null");
    }

private:
    Child child_;
    std::string url_;
    std::uint16_t port_ = 0;
};

inline std::string text_at(json::View value, std::string_view pointer) {
    const auto found = json::find(value, pointer);
    return std::string(found ? found->as_string().value_or("") : std::string_view());
}

inline std::int64_t number_at(json::View value, std::string_view pointer) {
    const auto found = json::find(value, pointer);
    return found ? found->as_int().value_or(-1) : -1;
}

inline std::string read_file(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

inline void write_file(const std::filesystem::path& file, std::string_view text) {
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << text;
}

}  // namespace touchline::e2e
