// The sample company's systems at work: each answers over HTTP as its vendor's API does, as far as
// the shipped connectors ask. They hold what `write_sample` wrote and change nothing.
#pragma once

#include "touchline/base/result.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace touchline::sample {

class Systems {
public:
    /// Serves what lies in `directory`/export on the loopback address, from threads of its own, for
    /// as long as the object lives. `port` 0: the system chooses. Each system has a folder of its
    /// own below the origin: /hubspot, /zendesk, /shopify, /stripe, /mastodon, /typeform,
    /// /woocommerce; and wants the credentials that the demo's configuration has.
    /// Error: unavailable when the port is taken or a file cannot be read; bad_data when a file is
    /// not what `write_sample` writes.
    static Result<std::unique_ptr<Systems>> serve(
        const std::filesystem::path& directory, std::uint16_t port
    );
    ~Systems();
    Systems(const Systems&) = delete;
    Systems& operator=(const Systems&) = delete;

    /// "http://127.0.0.1:8421"
    std::string origin() const;

    /// The credentials that they want, as the lines of a secrets file. They guard made-up data.
    static std::string_view secrets();

private:
    class Impl;
    explicit Systems(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace touchline::sample
