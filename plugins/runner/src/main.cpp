// touchline-runner: the process that one isolated connector lives in, for one connection. The host
// starts it with a socket, two arenas and the connector's file, all open already; it builds its
// walls, loads the connector, shuts the door behind it and does what the host asks.
#include "channel.hpp"
#include "sandbox.hpp"
#include "session.hpp"

#include <dlfcn.h>
#include <malloc.h>
#include <unistd.h>

#include <string>

namespace touchline::runner {
namespace {

constexpr int k_start_ms = 10'000;
constexpr int k_kept_bytes = 32 << 20;
constexpr const char* k_plugin_path = "/proc/self/fd/6";
static_assert(k_plugin == 6);

[[noreturn]] void refuse(Channel& channel, const std::string& why) {
    channel.begin().text(why);
    channel.send(Op::refused, 0);
    _exit(k_exit_refused);
}

/// Keeps what stands and what does not.
class Walls {
public:
    void note(Layer layer, int why) {
        if (why == 0) {
            report.layers |= layer;
        } else {
            report.missing.emplace_back(layer, why);
        }
    }
    StartReport report;
};

void build_before_load(Walls& walls, const StartOrder& order) {
    const bool root = is_root();
    walls.note(k_limits, limit_resources(order.memory_bytes, order.threads != 0));
    if (root) {
        // Root needs no user namespace for these, and gives itself up afterwards.
        walls.note(k_network_namespace, enter_network_namespace());
        walls.note(k_ipc_namespace, enter_ipc_namespace());
        walls.note(k_unprivileged_user, become_nobody());
        walls.note(k_user_namespace, enter_user_namespace(false));
    } else {
        const int why = enter_user_namespace(true);
        walls.note(k_network_namespace, why);
        walls.note(k_ipc_namespace, why);
        walls.note(k_unprivileged_user, 0);
        walls.note(k_user_namespace, why);
    }
    walls.note(k_no_new_privileges, give_up_new_privileges());
    walls.note(k_landlock, confine_files(k_plugin));
}

const tl_plugin& load(Channel& channel) {
    void* const library = dlopen(k_plugin_path, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
    if (library == nullptr) {
        const char* const why = dlerror();
        refuse(channel, std::string("it cannot be loaded: ") + (why == nullptr ? "" : why));
    }
    const auto entry = reinterpret_cast<const tl_plugin* (*)()>(dlsym(library, TL_ENTRY));
    if (entry == nullptr) refuse(channel, "the library does not export " TL_ENTRY);
    const tl_plugin* const table = entry();
    if (table == nullptr || !TL_HAS(tl_plugin, table, capability) || table->create == nullptr ||
        table->destroy == nullptr || table->check == nullptr || table->capability == nullptr ||
        table->id == nullptr || table->version == nullptr) {
        refuse(channel, "the connector's table lacks a function");
    }
    return *table;
}

void announce(Channel& channel, const StartReport& report) {
    auto out = channel.begin();
    report.write(out);
    channel.send(Op::ready, 0);
}

int run() {
    mallopt(M_ARENA_MAX, 1);
    // Buffers that come and go keep their memory until there is nothing to do: new pages are dear.
    mallopt(M_MMAP_THRESHOLD, k_kept_bytes);
    mallopt(M_TRIM_THRESHOLD, k_kept_bytes);
    const auto channel = Channel::open();
    if (!channel || follow_the_host() != 0 || keep_to_own_descriptors() != 0) return k_exit_done;
    const auto message = channel->receive(k_start_ms);
    if (!message || message->op != Op::start) return k_exit_done;
    const std::string payload(message->payload);
    Reader in(payload);
    const StartOrder order = StartOrder::read(in);
    if (!in.complete() || order.protocol != k_protocol)
        refuse(*channel, "touchline and touchline-runner are of different releases");

    Walls walls;
    build_before_load(walls, order);
    const int filtered = filter_before_load();
    const auto close_the_door = [&] {
        const int closed = filter_after_load(order.threads != 0);
        walls.note(k_seccomp, filtered != 0 ? filtered : closed);
    };
    if (order.without_connector != 0) {
        close_the_door();
        announce(*channel, walls.report);
        return k_exit_done;
    }
    const tl_plugin& plugin = load(*channel);
    close(k_plugin);
    Session session(*channel, plugin, order);
    session.describe(walls.report);
    close_the_door();
    announce(*channel, walls.report);
    session.serve();
    return k_exit_idle;
}

}  // namespace
}  // namespace touchline::runner

#if defined(__SANITIZE_ADDRESS__)
/// A connector that faults dies of its signal here as well, which is what the host is to see. The
/// environment, where one would say so, is empty.
extern "C" const char* __asan_default_options() {
    return "handle_segv=0:handle_sigbus=0:handle_abort=0:handle_sigill=0:handle_sigfpe=0";
}
#endif

int main() {
    // Not exit(): the connector's static destructors are nothing to wait for.
    _exit(touchline::runner::run());
}
