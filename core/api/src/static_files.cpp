#include "static_files.hpp"

#include "problem.hpp"

namespace touchline::api {
namespace {

struct Form {
    std::string_view encoding;  ///< empty: as it is
    std::span<const unsigned char> bytes;
};

Form smallest_form(const StaticFile& file, std::string_view accepted) {
    const auto accepts = [accepted](std::string_view coding) {
        return accepted.find(coding) != std::string_view::npos;
    };
    if (!file.brotli.empty() && accepts("br")) return {"br", file.brotli};
    if (!file.gzip.empty() && accepts("gzip")) return {"gzip", file.gzip};
    return {"", file.plain};
}

}  // namespace

net::ServerResponse serve_file(const ApiOptions& options, const net::ServerRequest& request) {
    if (request.method != "GET" && request.method != "HEAD") {
        return problem(405, "method", "Only GET works here", "");
    }
    const auto file = options.find_file ? options.find_file(request.path) : std::nullopt;
    if (!file)
        return problem(
            404, "not-found", "Not found", "there is nothing at " + request.path.substr(0, 200)
        );
    net::ServerResponse response;
    response.headers.set("Content-Type", std::string(file->content_type));
    response.headers.set("ETag", std::string(file->etag));
    response.headers.set(
        "Cache-Control", file->immutable ? "public, max-age=31536000, immutable" : "no-cache"
    );
    response.headers.set("Content-Security-Policy", std::string(options.content_security_policy));
    response.headers.set("X-Content-Type-Options", "nosniff");
    response.headers.set("Referrer-Policy", "no-referrer");
    response.headers.set("Vary", "Accept-Encoding");
    if (request.headers.get("If-None-Match") == file->etag) {
        response.status = 304;
        return response;
    }
    const Form form = smallest_form(*file, request.headers.get("Accept-Encoding").value_or(""));
    if (!form.encoding.empty())
        response.headers.set("Content-Encoding", std::string(form.encoding));
    if (request.method == "GET") response.body.assign(form.bytes.begin(), form.bytes.end());
    return response;
}

}  // namespace touchline::api
