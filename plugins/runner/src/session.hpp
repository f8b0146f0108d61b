// One connector at work for one connection: the host's calls go in, and what the connector asks for
// meanwhile goes out. The tl_job that the connector holds is this object.
#pragma once

#include "channel.hpp"

#include "touchline/plugin.h"
#include "touchline/runner/start.hpp"

#include <optional>
#include <string>

namespace touchline::runner {

class Session {
public:
    Session(Channel& channel, const tl_plugin& plugin, const StartOrder& order);
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    static Session& of(tl_job* job) { return *reinterpret_cast<Session*>(job); }
    /// What the connector's table says.
    void describe(StartReport& report) const;
    /// Serves calls until the host hangs up (which ends the process) or none came for a while.
    void serve();

    // For the service tables.
    Channel& channel() { return channel_; }
    Writer<FixedBuffer> begin();
    /// Sends what was written since begin(), without waiting for anything.
    void tell(Op op);
    struct Answer {
        tl_status status;
        Reader rest;
    };
    /// Sends it and waits for the reply, whose texts are valid until the next one.
    Answer ask(Op op);
    /// Sends what is handed over, and lets the connector go on while the host takes it in: a
    /// refusal shows in what it hands over next. The host stores nothing and sends nothing after
    /// one, and at the end of the call it is the host that counts.
    tl_status post(Op op);

private:
    /// First, so that the connector's tl_host leads back to its session.
    struct HostTable {
        tl_host table;
        Session* session;
    };
    static const void* service(const tl_host* host, const char* id) noexcept;

    /// The host's next call; nothing when none comes for a while.
    std::optional<Message> next();
    tl_status perform(Op op, Reader& in);
    tl_status create(Reader& in);
    tl_status read(Reader& in);
    tl_status webhook(Reader& in);
    template <typename Table, typename Function>
    tl_status batch(const char* capability, Function Table::*function, Reader& in);
    tl_job* job() { return reinterpret_cast<tl_job*>(this); }

    Channel& channel_;
    const tl_plugin& plugin_;
    const std::uint32_t services_;
    const int idle_ms_;
    const std::string host_name_, host_version_;
    HostTable host_;
    std::uint32_t call_ = 0;
    tl_status unsent_ = TL_OK;  ///< why something of this call could not even be posted
    void* self_ = nullptr;
};

}  // namespace touchline::runner
