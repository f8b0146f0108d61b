#include "system.hpp"

namespace touchline::connectors {

namespace {

struct WithSecret {
    const std::string& old;
    const std::string& fresh;

    Secret renewed(const Secret& secret) const {
        return secret.matches(old) ? Secret(fresh) : secret;
    }
    net::Credentials operator()(net::BearerToken c) const {
        return net::BearerToken{renewed(c.token)};
    }
    net::Credentials operator()(net::ProvedToken c) const {
        return net::ProvedToken{renewed(c.token), c.app_secret};
    }
    net::Credentials operator()(net::BasicLogin c) const {
        return net::BasicLogin{c.user == old ? fresh : c.user, renewed(c.password)};
    }
    net::Credentials operator()(net::HeaderKey c) const {
        return net::HeaderKey{c.name, renewed(c.key), c.prefix};
    }
    template <typename Other>
    net::Credentials operator()(Other c) const {
        return c;
    }
};

}  // namespace

net::Credentials with_secret(
    net::Credentials credentials, const std::string& old, const std::string& fresh
) {
    return std::visit(WithSecret{old, fresh}, std::move(credentials));
}

Result<std::shared_ptr<System>> make_system(const std::string& connector) {
    const std::string name = connector.substr(connector.find('/') + 1);
    for (const auto make : {make_simulated_system, make_web_server, make_other_system}) {
        TOUCHLINE_TRY(auto made, make(name));
        if (made) return made;
    }
    return Error(Code::internal, "there is no system to try " + connector + " against");
}

}  // namespace touchline::connectors
