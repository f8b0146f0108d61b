// The files of the web app, compiled into the binary. What is served where is decided here; how, by
// the HTTP server.
#pragma once

#include <span>
#include <string_view>

namespace touchline::web {

/// One file; everything points into the binary and lives as long as the program. Safe from any
/// thread.
struct Asset {
    std::string_view path;          ///< "/assets/app-….js"
    std::string_view content_type;  ///< for Content-Type
    std::string_view etag;          ///< for ETag, with its quotes
    std::span<const unsigned char> plain;
    std::span<const unsigned char> gzip;  ///< empty where compression gains nothing (fonts)
    std::span<const unsigned char>
        brotli;  ///< likewise; browsers offer br on HTTPS and on localhost
    /// The name carries the content's hash: `Cache-Control: public, max-age=31536000, immutable`.
    /// Otherwise `no-cache`.
    bool immutable = false;
};

/// The file for a request's path (without query). Every page of the app ("/", "/c", "/c/cu_…")
/// answers with the one HTML document, whose script reads the address. nullptr: not ours, answer
/// 404.
const Asset* find_asset(std::string_view path);

/// For the header Content-Security-Policy of the HTML document.
std::string_view content_security_policy();

}  // namespace touchline::web
