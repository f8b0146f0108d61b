// What a person or a program may be here, and who a request comes from.
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

namespace touchline::access {

enum class Role : std::uint8_t {
    agent,       ///< reads customers, decides who is who, writes notes
    lead,        ///< an agent who may read more
    integrator,  ///< also sees to connections, destinations and what could not be processed
    admin,       ///< everything
};
inline constexpr std::array k_roles{Role::agent, Role::lead, Role::integrator, Role::admin};

std::string_view to_string(Role role);
std::optional<Role> role_named(std::string_view name);

/// A set of roles; what a route asks for.
class Roles {
public:
    constexpr Roles() = default;
    constexpr Roles(std::initializer_list<Role> roles) {
        for (const Role role : roles) add(role);
    }
    constexpr void add(Role role) { bits_ |= bit(role); }
    constexpr bool has(Role role) const { return (bits_ & bit(role)) != 0; }

private:
    static constexpr unsigned bit(Role role) { return 1U << static_cast<unsigned>(role); }
    unsigned bits_ = 0;
};

/// Who a request comes from.
struct Caller {
    enum class Way {
        open,     ///< there is no sign-in
        token,    ///< a bearer token
        session,  ///< a person who signed in with a browser
    };
    Way way = Way::open;
    Role role = Role::admin;
    std::string account;  ///< the user's or the token's name, for the record; empty with Way::open
    std::string name;     ///< the person's name for people; empty unless a person
    std::string session;  ///< the session's secret; empty unless Way::session
};

}  // namespace touchline::access
