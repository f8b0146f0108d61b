#include "static_files.hpp"

#include "problem.hpp"

#include "touchline/base/text.hpp"

#include <algorithm>

namespace touchline::api {
namespace {

struct Form {
    std::string_view encoding;  ///< empty: as it is
    std::span<const unsigned char> bytes;
};

/// Whether one of the items between commas is as wanted.
template <typename Wanted>
bool has_item(std::string_view list, Wanted wanted) {
    while (!list.empty()) {
        const std::size_t comma = std::min(list.find(','), list.size());
        if (wanted(trim(list.substr(0, comma)))) return true;
        list.remove_prefix(std::min(comma + 1, list.size()));
    }
    return false;
}

Form smallest_form(const StaticFile& file, std::string_view accepted) {
    const auto accepts = [accepted](std::string_view coding) {
        return has_item(accepted, [coding](std::string_view item) {
            const std::size_t mark = item.find(';');
            const std::string_view weight =
                mark == std::string_view::npos ? std::string_view() : trim(item.substr(mark + 1));
            return trim(item.substr(0, mark)) == coding &&
                   (weight.empty() || weight.find_first_not_of("q=0.") != std::string_view::npos);
        });
    };
    if (!file.brotli.empty() && accepts("br")) return {"br", file.brotli};
    if (!file.gzip.empty() && accepts("gzip")) return {"gzip", file.gzip};
    return {"", file.plain};
}

}  // namespace

net::ServerResponse serve_file(const ApiOptions& options, const net::ServerRequest& request) {
    const auto file = options.find_file ? options.find_file(request.path) : std::nullopt;
    if (!file)
        return problem(
            404, "not-found", "Not found", "there is nothing at " + request.path.substr(0, 200)
        );
    if (request.method != "GET" && request.method != "HEAD") return wrong_method("GET, HEAD");
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
    const auto is_known = [&file](std::string_view tag) {
        if (tag.starts_with("W/")) tag.remove_prefix(2);
        return tag == file->etag || tag == "*";
    };
    if (has_item(request.headers.get("If-None-Match").value_or(""), is_known)) {
        response.status = 304;
        return response;
    }
    const Form form = smallest_form(*file, request.headers.get("Accept-Encoding").value_or(""));
    if (!form.encoding.empty())
        response.headers.set("Content-Encoding", std::string(form.encoding));
    response.body.assign(form.bytes.begin(), form.bytes.end());
    return response;
}

}  // namespace touchline::api
