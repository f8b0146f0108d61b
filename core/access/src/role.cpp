#include "touchline/access/role.hpp"

namespace touchline::access {

std::string_view to_string(Role role) {
    switch (role) {
        case Role::agent:
            return "agent";
        case Role::lead:
            return "lead";
        case Role::integrator:
            return "integrator";
        case Role::admin:
            break;
    }
    return "admin";
}

std::optional<Role> role_named(std::string_view name) {
    for (const Role role : k_roles) {
        if (to_string(role) == name) return role;
    }
    return std::nullopt;
}

}  // namespace touchline::access
