#include "installation.hpp"

#include "pausing.hpp"

#include "touchline/config/yaml.hpp"
#include "touchline/store/sqlite.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <system_error>

namespace touchline::app {
namespace {

view::Catalogue make_catalogue(const config::Config& config, journey::Vocabulary phases) {
    view::Catalogue catalogue;
    catalogue.phases = std::move(phases);
    catalogue.departments = config.departments;
    catalogue.default_region = config.default_region;
    catalogue.questions_per_customer = config.identity.questions_per_customer;
    std::vector<model::FieldRule> rules;
    for (const auto& rule : config.survivorship) rules.push_back(rule.value);
    catalogue.survivorship = model::Survivorship(std::move(rules));
    for (const auto& [id, connection] : config.connections) {
        view::ConnectionInfo info{
            id,
            connection.plugin.value,
            connection.department.value,
            connection.enabled && !is_paused(config, id),
            {}};
        for (const auto& [name, stream] : connection.streams)
            info.schedule = std::max(info.schedule, stream.schedule);
        catalogue.connections.push_back(std::move(info));
    }
    for (const auto& [id, destination] : config.destinations)
        catalogue.destinations.push_back({id, destination.plugin.value, destination.enabled});
    return catalogue;
}

ingest::MatchingLimits limits_of(const config::IdentityConfig& identity) {
    return {static_cast<double>(identity.join_from), static_cast<double>(identity.review_from)};
}

Result<journey::Vocabulary> load_phases(const config::Config& config) {
    if (config.phases_file.empty()) return journey::Vocabulary::standard();
    TOUCHLINE_TRY(const json::Node node, config::read_yaml_file(config.phases_file));
    return journey::Vocabulary::read(node);
}

Result<config::Secrets> load_secrets(const config::Config& config) {
    if (config.secrets_file.empty()) return config::Secrets();
    return config::Secrets::load(config.secrets_file, config.secrets_key);
}

}  // namespace

/// Held by the one process that writes; the system lets go of it when the process ends, however it
/// ends.
class Installation::Lock {
public:
    static Result<std::unique_ptr<Lock>> take(const std::filesystem::path& dir) {
        const std::filesystem::path file = dir / "touchline.lock";
        const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
        if (descriptor < 0) return Error(Code::config, "cannot write to " + dir.string());
        auto lock = std::unique_ptr<Lock>(new Lock(descriptor));
        if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
            return Error(Code::conflict, "another touchline process is writing to " + dir.string())
                .cure("Stop it first, or use the running daemon's API.");
        }
        return lock;
    }
    ~Lock() { ::close(descriptor_); }
    Lock(const Lock&) = delete;
    Lock& operator=(const Lock&) = delete;

private:
    explicit Lock(int descriptor) : descriptor_(descriptor) {}
    const int descriptor_;
};

Result<std::unique_ptr<Installation>> Installation::open(config::Config config, Access access) {
    std::error_code fault;
    if (access == Access::read &&
        !std::filesystem::exists(config.storage.dir / "touchline.db", fault)) {
        return Error(Code::config, "there is no store in " + config.storage.dir.string() + " yet")
            .cure("Run a connection first, or start the daemon.");
    }
    std::filesystem::create_directories(config.storage.dir, fault);
    if (fault)
        return Error(
            Code::config, "cannot make " + config.storage.dir.string() + ": " + fault.message()
        );
    std::unique_ptr<Lock> lock;
    if (access == Access::write) {
        TOUCHLINE_TRY(lock, Lock::take(config.storage.dir));
    }
    TOUCHLINE_TRY(config::Secrets secrets, load_secrets(config));
    TOUCHLINE_TRY(journey::Vocabulary phases, load_phases(config));
    TOUCHLINE_TRY(
        identity::Policy policy, identity::Policy::make(config.namespaces, config.default_region)
    );
    store::SqliteOptions options;
    options.file = config.storage.dir / "touchline.db";
    options.cache_mib = static_cast<int>(config.storage.cache_mib);
    TOUCHLINE_TRY(auto store, store::open_sqlite(options));
    return std::unique_ptr<Installation>(new Installation(
        std::move(config),
        std::move(secrets),
        std::move(policy),
        std::move(phases),
        std::move(lock),
        std::move(store)
    ));
}

Installation::Installation(
    config::Config config,
    config::Secrets secrets,
    identity::Policy policy,
    journey::Vocabulary phases,
    std::unique_ptr<Lock> lock,
    std::unique_ptr<store::Store> store
)
    : config_(std::move(config)),
      secrets_(std::move(secrets)),
      policy_(std::move(policy)),
      lock_(std::move(lock)),
      store_(std::move(store)),
      environment_{*store_, policy_, clock_, config_.tenant, nullptr, limits_of(config_.identity)},
      catalogue_(make_catalogue(config_, std::move(phases))) {}

Installation::~Installation() = default;

Result<bool> Installation::is_delivery(store::DeadLetterKey key) {
    TOUCHLINE_TRY(const auto reader, store_->reader());
    TOUCHLINE_TRY(const auto letter, reader->dead_letter(key));
    if (!letter) return Error(Code::not_found, "there is no such dead letter");
    return letter->stage == "deliver";
}

void Installation::set_isolated(std::string_view connection, std::vector<std::string> walls) {
    for (view::ConnectionInfo& info : catalogue_.connections) {
        if (info.id != connection) continue;
        info.isolated = true;
        info.walls = std::move(walls);
    }
}

}  // namespace touchline::app
