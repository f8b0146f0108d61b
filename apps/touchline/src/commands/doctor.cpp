#include "../loading.hpp"
#include "../places.hpp"
#include "version.hpp"

#include "touchline/host/lock_file.hpp"
#include "touchline/ingest/matching.hpp"
#include "touchline/json/writer.hpp"

#include <system_error>

namespace touchline::app {
namespace {

/// Collects what was looked at, and prints it as it goes.
class Report {
public:
    explicit Report(Terminal& terminal) : terminal_(terminal) { list_.begin_array(); }

    void ok(const std::string& what) { add("ok", what, ""); }
    void warn(const std::string& what, const std::string& cure) { add("warn", what, cure); }
    void fail(const std::string& what, const std::string& cure) {
        add("fail", what, cure);
        failed_ = true;
    }

    int finish() {
        list_.end_array();
        if (terminal_.json) {
            json::Writer writer;
            writer.begin_object()
                .member("ok", !failed_)
                .key("checks")
                .raw(list_.text())
                .end_object();
            terminal_.print(writer.text());
        }
        return failed_ ? k_bad : k_ok;
    }

private:
    void add(std::string_view state, const std::string& what, const std::string& cure) {
        list_.begin_object()
            .member("state", state)
            .member("what", what)
            .member_unless_empty("cure", cure)
            .end_object();
        if (terminal_.json) return;
        terminal_.print(std::string(state) + std::string(6 - state.size(), ' ') + what);
        if (!cure.empty()) terminal_.print("      " + cure);
    }

    Terminal& terminal_;
    json::Writer list_;
    bool failed_ = false;
};

void check_disk(Report& report, const std::filesystem::path& dir) {
    constexpr std::uintmax_t k_low = 1ULL << 30;
    std::error_code fault;
    const std::filesystem::space_info space = std::filesystem::space(dir, fault);
    if (fault)
        return report.fail(
            "the storage folder " + dir.string() + ": " + fault.message(),
            "Make it, and let this user write to it."
        );
    const std::string free = std::to_string(space.available >> 20) + " MiB free in " + dir.string();
    space.available < k_low ? report.warn(free, "Make room: a full disk stops every run.")
                            : report.ok(free);
}

/// What stands between Touchline and the connectors that live in processes of their own.
void check_walls(Report& report, Connector& connector) {
    const auto walls = connector.walls();
    if (!walls) return report.fail(walls.error().text(), walls.error().cure());
    for (const host::Wall& wall : *walls) {
        const std::string what = "isolated connectors: " + wall.name + " (" + wall.meaning + ")";
        wall.stands ? report.ok(what)
                    : report.warn(
                          what + " is missing: " + wall.why_not,
                          "To insist on it: isolation: {require: [" + wall.name + "]}"
                      );
    }
}

void check_limits(Report& report, Installation& installation) {
    const ingest::MatchingLimits& configured = installation.environment().limits;
    const auto reader = installation.store().reader();
    if (!reader) return report.fail(reader.error().text(), reader.error().cure());
    const auto held = ingest::limits_in_force(**reader, configured);
    if (!held) return report.fail(held.error().text(), held.error().cure());
    if (*held == configured) return;
    report.warn(
        "identity.join_from and review_from of the configuration are not in force yet",
        "See what they would do with: touchline identity plan"
    );
}

void check_plugin_dirs(Report& report, const config::Config& config) {
    for (const std::filesystem::path& dir : config.plugin_dirs) {
        std::error_code ignored;
        if (std::filesystem::exists(dir / host::LockFile::k_name, ignored)) continue;
        report.warn(
            dir.string() + " has no plugins.lock, so any connector in it is loaded",
            "Take connectors in with: touchline plugin install FILE"
        );
    }
}

void check_connections(Report& report, const Opened& opened) {
    auto connector = Connector::make(*opened.installation);
    if (!connector) return report.fail(connector.error().text(), connector.error().cure());
    for (const Error& problem : (*connector)->plugin_problems())
        report.warn(located(problem), problem.cure());
    report.ok(std::to_string((*connector)->plugins().size()) + " connectors found");
    check_plugin_dirs(report, opened.installation->config());
    bool isolated = false;
    for (const auto& [id, configured] : opened.installation->config().connections) {
        std::vector<FileProblem> problems;
        const auto connection = (*connector)->open(configured, problems);
        for (const FileProblem& one : problems)
            report.fail(id + ": " + one.problem.message, one.problem.cure);
        isolated = isolated || (connection && connection->isolated);
        if (!connection || !configured.enabled) continue;
        const auto said = connection->source->check({});
        said ? report.ok(id + ": " + *said)
             : report.fail(id + ": " + said.error().text(), said.error().cure());
    }
    if (isolated) check_walls(report, **connector);
}

}  // namespace

int doctor(Terminal& terminal, const Globals& globals) {
    Report report(terminal);
    report.ok("touchline " + std::string(k_version));
    const config::Loaded loaded = config::load(globals.config);
    for (const config::Problem& problem : loaded.problems) {
        const std::string what =
            problem.place.file + ":" + std::to_string(problem.place.line) + ": " + problem.message;
        problem.severity == config::Severity::error ? report.fail(what, problem.cure)
                                                    : report.warn(what, problem.cure);
    }
    if (!loaded.ok()) return report.finish();
    report.ok("configuration " + globals.config.string());
    Opened opened;
    opened.config_source = loaded.source;
    auto installation = Installation::open(loaded.config, Access::write);
    if (!installation && installation.error().code() == Code::conflict) {
        report.ok("a touchline process is using the store; its connections were not tried beside it"
        );
        check_disk(report, loaded.config.storage.dir);
        return report.finish();
    }
    if (!installation) {
        report.fail(installation.error().text(), installation.error().cure());
        return report.finish();
    }
    opened.installation = std::move(*installation);
    report.ok("store " + (loaded.config.storage.dir / "touchline.db").string());
    check_disk(report, loaded.config.storage.dir);
    check_limits(report, *opened.installation);
    check_connections(report, opened);
    return report.finish();
}

int version(Terminal& terminal) {
    if (terminal.json) {
        json::Writer writer;
        writer.begin_object().member("version", k_version).member("abi", "1.0").end_object();
        terminal.print(writer.text());
    } else {
        terminal.print("touchline " + std::string(k_version));
    }
    return k_ok;
}

}  // namespace touchline::app
