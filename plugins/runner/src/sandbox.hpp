// The walls, one function each. They return 0, or the errno that says why the wall does not stand;
// the caller reports it and goes on, for what a container or an old kernel forbids is the
// operator's to judge. docs/adr/0008-runners.md says what they hold against, and what not.
#pragma once

#include <cstdint>

namespace touchline::runner {

/// The kernel kills this process when the host is gone, whatever the connector is doing then.
int follow_the_host();
/// No other descriptors than those that the host gave, no dumps, nobody may trace.
int keep_to_own_descriptors();
/// Memory of its own beside the arenas, no files, no core dumps, no locked memory.
int limit_resources(std::uint64_t memory_bytes, bool threads);
int enter_network_namespace();
int enter_ipc_namespace();
/// ENOTSUP when this is not root.
int become_nobody();
bool is_root();
/// A user namespace without any capability, and (where asked for) network and IPC with it.
int enter_user_namespace(bool network_and_ipc);
int give_up_new_privileges();
/// Landlock: system libraries and the connector can be read; nothing else, nothing written.
int confine_files(int plugin);
/// From here on: no sockets, no programs, no tracing, no mounts, nothing both writable and
/// executable. Loading a library still works.
int filter_before_load();
/// From here on: only what computing and talking to the host takes.
int filter_after_load(bool threads);

}  // namespace touchline::runner
