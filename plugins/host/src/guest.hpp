// The connector of one connection, wherever it lives: in this process or in a runner. Both go
// through the same service tables, so that it cannot tell. Not thread-safe: one call at a time.
#pragma once

#include "touchline/host/isolation.hpp"
#include "touchline/host/plugin_file.hpp"
#include "touchline/host/plugin_library.hpp"
#include "touchline/plugin.h"

#include <memory>
#include <string_view>

namespace touchline::host {

class Instance;
class Job;

/// Each call says by its status what became of it; Job::error_for has the words.
class Guest {
public:
    Guest() = default;
    Guest(const Guest&) = delete;
    Guest& operator=(const Guest&) = delete;
    virtual ~Guest() = default;

    virtual const Manifest& manifest() const = 0;
    virtual bool takes_webhooks() const = 0;

    /// First of all; TL_END: nothing was created, and nobody said why.
    virtual tl_status create(Job& job, std::string_view settings) = 0;
    virtual tl_status check(Job& job) = 0;
    virtual tl_status read(Job& job, const tl_read& args) = 0;
    virtual tl_status webhook(Job& job, const tl_webhook& args) = 0;
    virtual tl_status write(Job& job, const tl_batch& batch) = 0;
    virtual tl_status enrich(Job& job, const tl_batch& batch) = 0;
};

std::unique_ptr<Guest> make_in_process_guest(std::shared_ptr<const PluginLibrary> library);
/// Errors of its start are those of create().
std::unique_ptr<Guest> make_isolated_guest(
    std::shared_ptr<const PluginFile> file, Isolation isolation
);

}  // namespace touchline::host
