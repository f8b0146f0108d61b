// Who a request comes from, and how people come in and leave: bearer tokens, sessions by cookie,
// passwords, the company's identity provider. Everything that is asked of browsers stands here.
#pragma once

#include "touchline/access/attempts.hpp"
#include "touchline/access/audit.hpp"
#include "touchline/access/directory.hpp"
#include "touchline/access/openid.hpp"
#include "touchline/access/role.hpp"
#include "touchline/access/sessions.hpp"
#include "touchline/net/http_server.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace touchline::access {

struct DoorOptions {
    std::filesystem::path folder;  ///< of accounts, sessions and the audit log
    Secret token;                  ///< the configuration's; its role is admin
    SessionLimits sessions;
    std::string public_url;            ///< under which browsers come; with https cookies are Secure
    std::vector<std::string> proxies;  ///< addresses whose X-Forwarded-For is believed
    bool framed = false;               ///< people may sign in inside frames of other sites
    std::optional<OpenIdSettings> openid;
};

/// Any thread.
class Door {
public:
    /// `http` is only used with openid; it and `clock` outlive the door.
    Door(DoorOptions options, net::HttpClient& http, const Clock& clock);

    /// A session stays alive by it, unless it is asked on behalf of nobody at work (a stream that
    /// is open). Error: auth.
    Result<Caller> caller(const net::ServerRequest& request, bool at_work = true);
    /// A request that changes something was sent by our own page: it has the session's proof and
    /// comes from our origin. Other callers have nothing that a foreign page could use. Error:
    /// denied.
    Result<void> check_change(const net::ServerRequest& request, const Caller& caller) const;
    /// What the page sends with every change, in X-CSRF-Token.
    static std::string proof_of(const Caller& caller);

    struct Entry {
        Caller caller;
        std::string cookie;     ///< a Set-Cookie value
        std::string return_to;  ///< a path of ours; of openid only
    };
    /// Errors: auth (which of the two is wrong is not said), rate_limited, denied (of another
    /// site), unavailable.
    Result<Entry> sign_in(
        const net::ServerRequest& request,
        std::string_view account,
        const Secret& password,
        bool framed
    );
    /// The Set-Cookie value that ends it in the browser, too.
    std::string sign_out(const Caller& caller);

    /// Nothing: there is no provider.
    const OpenIdSettings* openid() const { return openid_ ? &openid_->settings() : nullptr; }
    struct Redirect {
        std::string url, cookie;
    };
    /// Errors: not_found (there is no provider), as OpenId::begin().
    Result<Redirect> begin_openid(const net::ServerRequest& request, std::string_view return_to);
    /// Errors: not_found, as OpenId::finish().
    Result<Entry> finish_openid(const net::ServerRequest& request);

    /// Where the request came from, seen through the proxies that are believed.
    std::string address_of(const net::ServerRequest& request) const;
    AuditLog& audit() { return audit_; }
    /// Who the installation knows itself.
    Directory& directory() { return directory_; }
    /// Whether anybody could sign in with a password.
    bool has_users() const;

private:
    Result<Entry> enter(Session session, Role role);
    std::optional<Caller> of_session(std::string_view secret, bool framed, bool at_work);
    std::string cookie_for(std::string_view secret, bool framed, std::chrono::seconds life) const;
    std::string cookie_name(bool framed) const;
    bool is_own_origin(const net::ServerRequest& request) const;
    void record(
        const net::ServerRequest& request,
        std::string_view account,
        std::string_view role,
        std::string_view action,
        std::string_view outcome
    );

    const DoorOptions options_;
    const bool secure_;
    const Clock& clock_;
    Directory directory_;
    Sessions sessions_;
    Attempts attempts_;
    AuditLog audit_;
    std::unique_ptr<OpenId> openid_;
};

/// A path of this server, safe to be led to: anything else becomes "/".
std::string own_path(std::string_view path);

}  // namespace touchline::access
