#include "request_check.hpp"

#include "framing.hpp"
#include "server_message.hpp"

namespace touchline::net {

namespace {

RequestCheck refused(int status, std::string reason) {
    RequestCheck check;
    check.refusal = refusal(status, std::move(reason));
    return check;
}

std::uint64_t limit_of(const ServerOptions& options, const ServerRequest& request) {
    if (options.body_limit_for) {
        if (const auto own = options.body_limit_for(request.method, request.path)) return *own;
    }
    return options.body_limit;
}

}  // namespace

RequestCheck check_request(
    std::string_view target,
    unsigned version,
    std::optional<std::uint64_t> length,
    const ServerOptions& options,
    ServerRequest& request
) {
    const int minor = version >= 11 ? 1 : 0;
    if (version != 10 && version != 11) return refused(505, "This server speaks HTTP/1.1.");
    auto fault = framing_fault(minor, request.headers);
    if (!fault) fault = host_fault(minor, request.headers);
    if (fault) return refused(400, "The request is malformed: " + *fault + ".");
    const auto read = read_target(target, request);
    if (!read) return refused(400, "The request is malformed: " + read.error().message() + ".");

    RequestCheck check;
    check.body_limit = limit_of(options, request);
    if (length.value_or(0) > check.body_limit) {
        return refused(
            413,
            "The body of the request is larger than the limit of " +
                std::to_string(check.body_limit) + " bytes."
        );
    }
    if (const auto expected = request.headers.get("expect")) {
        if (!same_name(*expected, "100-continue")) {
            return refused(417, "The only expectation that can be met is 100-continue.");
        }
        check.expects_continue = minor > 0;
    }
    return check;
}

}  // namespace touchline::net
