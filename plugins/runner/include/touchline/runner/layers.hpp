// The walls around a runner. Each takes effect where the kernel has it and lets us; the runner says
// which did.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace touchline::runner {

using Layers = std::uint32_t;  ///< a set of them
enum Layer : Layers {
    k_limits = 1U << 0,
    k_no_new_privileges = 1U << 1,
    k_unprivileged_user = 1U << 2,
    k_user_namespace = 1U << 3,
    k_network_namespace = 1U << 4,
    k_ipc_namespace = 1U << 5,
    k_landlock = 1U << 6,
    k_seccomp = 1U << 7,
};

struct NamedLayer {
    Layer layer;
    std::string_view name;     ///< as in configurations
    std::string_view meaning;  ///< for people
};
inline constexpr std::array<NamedLayer, 8> k_layers{{
    {k_limits, "limits", "bounded memory, no files written, no core dumps"},
    {k_no_new_privileges, "no-new-privileges", "no program can give it more rights"},
    {k_unprivileged_user, "unprivileged-user", "it does not run as root"},
    {k_user_namespace, "user-namespace", "no rights over anything outside"},
    {k_network_namespace, "network-namespace", "no network devices"},
    {k_ipc_namespace, "ipc-namespace", "no shared memory of other programs"},
    {k_landlock, "landlock", "no files but system libraries, none writable"},
    {k_seccomp, "seccomp", "no system calls but a short list; no sockets, no programs"},
}};

}  // namespace touchline::runner
