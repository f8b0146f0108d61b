#include "touchline/net/credentials.hpp"

#include "touchline/base/digest.hpp"

#include <algorithm>

namespace touchline::net {

namespace {

Result<void> set_secret(Headers& headers, const std::string& name, std::string value) {
    if (!is_token(name)) {
        return Error(Code::config, "\"" + name + "\" cannot be the name of a header field");
    }
    if (!is_field_value(value)) {
        return Error(Code::config, "the credential for the header " + name + " holds a line break")
            .cure("Remove the line break from the end of the secret.");
    }
    headers.set(name, std::move(value));
    return {};
}

/// "b=2&key=old" without the parameter `name`, whatever its encoding.
std::string without_parameter(std::string_view query, std::string_view name) {
    std::string out;
    while (!query.empty()) {
        const std::string_view part = query.substr(0, query.find('&'));
        query.remove_prefix(std::min(part.size() + 1, query.size()));
        if (percent_decode(part.substr(0, part.find('='))) == name) continue;
        if (!out.empty()) out += '&';
        out += part;
    }
    return out;
}

void set_parameter(Url& url, std::string_view name, std::string_view value) {
    url.query = without_parameter(url.query, name);
    if (!url.query.empty()) url.query += '&';
    url.query += percent_encode(name) + "=" + percent_encode(value);
}

struct Apply {
    Time now;
    std::string_view body;
    Url& url;
    Headers& headers;

    Result<void> operator()(const NoCredentials&) const { return {}; }
    Result<void> operator()(const BearerToken& c) const {
        return set_secret(headers, "Authorization", "Bearer " + std::string(c.token.reveal()));
    }
    Result<void> operator()(const ProvedToken& c) const {
        if (c.app_secret.empty()) return Error(Code::config, "the app's secret is empty");
        const Digest proof = hmac_sha256(c.app_secret.reveal(), c.token.reveal());
        set_parameter(url, "appsecret_proof", to_hex(proof));
        return (*this)(BearerToken{c.token});
    }
    Result<void> operator()(const BasicLogin& c) const {
        if (c.user.find(':') != std::string::npos) {
            return Error(Code::config, "a user name for basic authentication cannot hold a colon");
        }
        const std::string pair = c.user + ":" + std::string(c.password.reveal());
        return set_secret(headers, "Authorization", "Basic " + to_base64(pair));
    }
    Result<void> operator()(const HeaderKey& c) const {
        return set_secret(headers, c.name, c.prefix + std::string(c.key.reveal()));
    }
    Result<void> operator()(const QueryKey& c) const {
        set_parameter(url, c.name, c.key.reveal());
        return {};
    }
    Result<void> operator()(const SignedIn&) const {
        return Error(Code::internal, "a sign-in was used as if it were a token");
    }
    Result<void> operator()(const InSession&) const {
        return Error(Code::internal, "a session was used as if it were its token");
    }
    Result<void> operator()(const WebhookSigning& c) const {
        const auto id = headers.get("webhook-id");
        if (!id || id->empty()) {
            return Error(Code::config, "a signed webhook needs the header webhook-id")
                .cure("Give every message an id that stays the same when it is sent again.");
        }
        TOUCHLINE_TRY(std::string signature, sign_webhook(c.secrets, *id, now, body));
        const auto seconds = std::chrono::floor<std::chrono::seconds>(now.time_since_epoch());
        headers.set("webhook-timestamp", std::to_string(seconds.count()));
        headers.set("webhook-signature", std::move(signature));
        return {};
    }
};

}  // namespace

Result<void> apply_credentials(
    const Credentials& credentials, Time now, std::string_view body, Url& url, Headers& headers
) {
    return std::visit(Apply{now, body, url, headers}, credentials);
}

Result<std::string> sign_webhook(
    const std::vector<Secret>& secrets, std::string_view id, Time timestamp, std::string_view body
) {
    if (secrets.empty()) return Error(Code::config, "a signed webhook needs at least one secret");
    const auto seconds = std::chrono::floor<std::chrono::seconds>(timestamp.time_since_epoch());
    std::string message(id);
    message.append(".").append(std::to_string(seconds.count())).append(".").append(body);
    std::string signatures;
    for (const Secret& secret : secrets) {
        std::string_view text = secret.reveal();
        if (text.starts_with("whsec_")) text.remove_prefix(6);
        const auto key = from_base64(text);
        if (!key || key->empty()) {
            return Error(Code::config, "a webhook secret is not whsec_ followed by base64");
        }
        const Digest mac = hmac_sha256(*key, message);
        if (!signatures.empty()) signatures += ' ';
        signatures += "v1," + to_base64(std::string(mac.begin(), mac.end()));
    }
    return signatures;
}

}  // namespace touchline::net
