#include "../loading.hpp"
#include "../places.hpp"
#include "../running.hpp"

#include "touchline/base/log.hpp"
#include "touchline/identity/normalise.hpp"
#include "touchline/ingest/connection_run.hpp"
#include "touchline/sample/sample.hpp"
#include "touchline/sample/systems.hpp"
#include "touchline/view/lookup.hpp"

#include <chrono>
#include <fstream>
#include <regex>
#include <sstream>
#include <system_error>

namespace touchline::app {
namespace {

namespace fs = std::filesystem;

/// The sample ends today, so that its customers look alive.
Time start_of_day(Time now) {
    return Time(std::chrono::floor<std::chrono::days>(now));
}

Result<void> write_secrets(const fs::path& file) {
    std::ofstream out(file);
    std::error_code fault;
    fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write, fault);
    out << sample::Systems::secrets();
    out.close();
    if (out && !fault) return {};
    return Error(Code::unavailable, file.string() + " cannot be written")
        .cure("Check that the folder is writable and has room.");
}

/// The systems answer where the configuration looks for them; when somebody else has that port, the
/// configuration is told of another one.
Result<std::unique_ptr<sample::Systems>> serve_systems(const fs::path& dir) {
    const fs::path file = dir / "touchline.yaml";
    std::ostringstream read;
    read << std::ifstream(file).rdbuf();
    const std::string configured = read.str();
    static const std::regex k_origin("http://127\\.0\\.0\\.1:([0-9]{1,5})/");
    std::smatch found;
    if (!std::regex_search(configured, found, k_origin)) {
        return Error(Code::config, file.string() + " does not say where the sample's systems are")
            .cure("Remove the folder " + dir.string() + ": the demo makes it anew.");
    }
    const auto port = static_cast<std::uint16_t>(std::stoul(found[1].str()) & 0xFFFFU);
    auto systems = sample::Systems::serve(dir, port);
    if (!systems && systems.error().code() == Code::unavailable)
        systems = sample::Systems::serve(dir, 0);
    if (!systems) return systems;
    const std::string mended = std::regex_replace(configured, k_origin, (*systems)->origin() + "/");
    if (mended != configured) std::ofstream(file) << mended;
    return systems;
}

/// Writes the sample and its configuration, unless an earlier demo left them here. Returns who to
/// look at.
Result<std::string> prepare(Terminal& terminal, const DemoArguments& arguments) {
    const fs::path star_file = arguments.dir / "look-at-first.txt";
    std::error_code fault;
    if (fs::exists(star_file, fault)) {
        std::ifstream in(star_file);
        std::string email;
        std::getline(in, email);
        terminal.say("Going on with the sample company in " + arguments.dir.string() + ".");
        return email;
    }
    terminal.say("Writing a sample company into " + arguments.dir.string() + " …");
    sample::SampleOptions options;
    options.seed = arguments.seed;
    options.customers = arguments.customers;
    options.records = arguments.records;
    options.end = start_of_day(SystemClock().now());
    TOUCHLINE_TRY(const sample::SampleReport report, sample::write_sample(arguments.dir, options));
    fs::copy(
        demo_configuration(),
        arguments.dir,
        fs::copy_options::recursive | fs::copy_options::overwrite_existing,
        fault
    );
    if (fault) {
        return Error(
            Code::config,
            "cannot copy the demo's configuration from " + demo_configuration().string() + ": " +
                fault.message()
        );
    }
    TOUCHLINE_CHECK(write_secrets(arguments.dir / "secrets.env"));
    // Last of all: the sign that everything before it is there.
    std::ofstream(star_file) << report.star.email << '\n';
    terminal.say(
        std::to_string(report.records) + " records of " + std::to_string(arguments.customers) +
        " customers."
    );
    return report.star.email;
}

int run_connections(Terminal& terminal, Opened& opened) {
    Installation& installation = *opened.installation;
    auto connector = Connector::make(installation);
    if (!connector) return terminal.fail(connector.error());
    const auto start = std::chrono::steady_clock::now();
    ingest::Totals sum;
    for (const auto& [id, configured] : installation.config().connections) {
        std::vector<FileProblem> problems;
        const auto connection = (*connector)->open(configured, problems);
        if (!connection) {
            show(terminal, problems, opened.config_source);
            return k_config;
        }
        const auto report = ingest::run_connection(
            installation.environment(), connection->plan, *connection->source
        );
        if (!report) return terminal.fail(report.error());
        for (const auto& failure : report->failures) terminal.say(id + ": " + failure.error.text());
        if (!report->failures.empty()) return k_source;
        terminal.say(
            "  " + id + ": " + counted(report->totals.records, "record") + ", " +
            counted(report->totals.touchpoints, "touchpoint") + ", " +
            counted(report->totals.dead_letters, "dead letter")
        );
        sum.records += report->totals.records;
        sum.touchpoints += report->totals.touchpoints;
    }
    const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(
        std::chrono::steady_clock::now() - start
    );
    terminal.say(
        std::to_string(sum.records) + " records became " + std::to_string(sum.touchpoints) +
        " touchpoints in " + std::to_string(took.count()) + " ms."
    );
    return k_ok;
}

std::string page_of(Installation& installation, const std::string& url, const std::string& email) {
    const auto reader = installation.store().reader();
    if (!reader) return url;
    const identity::Normaliser normaliser(installation.policy());
    const auto found = view::lookup(**reader, installation.catalogue(), normaliser, email, 1);
    if (!found || found->matches.empty()) return url;
    const view::Match& match = found->matches.front();
    return "look at " + match.name + " (" + email + "), " + std::to_string(match.touchpoints) +
           " touchpoints: " + url + "/c/" + match.customer;
}

}  // namespace

int demo(Terminal& terminal, const DemoArguments& arguments) {
    const BlockedSignals signals;
    const auto email = prepare(terminal, arguments);
    if (!email) return terminal.fail(email.error());
    const auto systems = serve_systems(arguments.dir);
    if (!systems) return terminal.fail(systems.error());
    Globals globals;
    globals.config = arguments.dir / "touchline.yaml";
    Opened opened = open_installation(terminal, globals, Access::write);
    if (!opened) return opened.code;
    terminal.say("Asking its departments' systems, at " + (*systems)->origin() + " …");
    if (const int code = run_connections(terminal, opened); code != k_ok) return code;
    if (arguments.prepare_only) return k_ok;
    DaemonOptions options;
    options.without_sign_in = true;
    options.listen = "127.0.0.1:" + std::to_string(arguments.port);
    options.config_file = globals.config;
    options.config_source = opened.config_source;
    set_log_level(LogLevel::warning);
    const Started started = start_daemon(terminal, opened, options);
    if (!started.daemon) return k_config;
    terminal.print("ready: " + started.daemon->url());
    terminal.print(page_of(*opened.installation, started.daemon->url(), *email));
    terminal.say("Stop with Ctrl-C.");
    signals.wait();
    return k_ok;
}

}  // namespace touchline::app
