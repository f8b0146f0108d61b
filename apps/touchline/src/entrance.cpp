#include "entrance.hpp"

#include <algorithm>

namespace touchline::app {
namespace {

std::chrono::seconds seconds(std::chrono::milliseconds duration) {
    return std::chrono::ceil<std::chrono::seconds>(duration);
}

/// Unless the configuration says otherwise.
view::PrivacyClass usual_class(access::Role role) {
    switch (role) {
        case access::Role::agent:
            return view::PrivacyClass::normal;
        case access::Role::lead:
        case access::Role::integrator:
            return view::PrivacyClass::sensitive;
        case access::Role::admin:
            break;
    }
    return view::PrivacyClass::special;
}

view::Reading reading_of(const config::RoleConfig& role, view::Reading reading) {
    const auto hides = [&role](std::string_view what) {
        return std::find(role.hide.begin(), role.hide.end(), what) != role.hide.end();
    };
    if (!role.departments.empty())
        reading.departments.emplace(role.departments.begin(), role.departments.end());
    if (!role.up_to.empty()) reading.up_to = view::privacy_class(role.up_to);
    reading.contacts = !hides("contacts");
    reading.amounts = !hides("amounts");
    return reading;
}

}  // namespace

std::filesystem::path access_folder(const config::Config& config) {
    return config.storage.dir / "access";
}

Result<access::DoorOptions> door_options(const Installation& installation, Secret token) {
    const config::Config& config = installation.config();
    access::DoorOptions options;
    options.folder = access_folder(config);
    options.token = std::move(token);
    options.sessions = {
        seconds(config.access.session_idle), seconds(config.access.session_longest)};
    options.public_url = config.server.public_url;
    options.proxies = config.server.proxies;
    options.framed = !config.server.frames.empty();
    const config::OidcConfig& oidc = config.access.oidc;
    if (oidc.empty()) return options;
    access::OpenIdSettings& settings = options.openid.emplace();
    settings.issuer = oidc.issuer;
    settings.client_id = oidc.client_id;
    TOUCHLINE_TRY(settings.secret, installation.secrets().resolve(oidc.secret));
    settings.scope = oidc.scope;
    settings.name = oidc.name;
    settings.role_claim = oidc.role_claim;
    for (const auto& [name, values] : oidc.roles) {
        const auto role = access::role_named(name);
        if (!role) continue;
        // Who is in several groups has the highest of their roles.
        for (const std::string& value : values) {
            const auto [known, is_new] = settings.roles.emplace(value, *role);
            if (!is_new) known->second = std::max(known->second, *role);
        }
    }
    return options;
}

std::array<view::Reading, access::k_roles.size()> readings_of(const Installation& installation) {
    view::Reading base;
    for (const model::Namespace& ns : installation.policy().namespaces()) {
        if (ns.normaliser == model::Normaliser::email || ns.normaliser == model::Normaliser::phone)
            base.contact_namespaces.insert(ns.name);
    }
    std::array<view::Reading, access::k_roles.size()> readings;
    for (const access::Role role : access::k_roles) {
        view::Reading& reading = readings[static_cast<std::size_t>(role)];
        reading = base;
        reading.up_to = usual_class(role);
        const auto& roles = installation.config().access.roles;
        const auto configured = roles.find(std::string(to_string(role)));
        if (configured != roles.end()) reading = reading_of(configured->second, reading);
    }
    return readings;
}

std::string policy_with_frames(std::string_view policy, const std::vector<std::string>& frames) {
    std::string result(policy);
    constexpr std::string_view k_nobody = "frame-ancestors 'none'";
    const std::size_t at = result.find(k_nobody);
    if (frames.empty() || at == std::string::npos) return result;
    std::string allowed("frame-ancestors 'self'");
    for (const std::string& site : frames) allowed.append(" ").append(site);
    return result.replace(at, k_nobody.size(), allowed);
}

}  // namespace touchline::app
