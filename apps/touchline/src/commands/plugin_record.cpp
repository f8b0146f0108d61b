#include "../credentials.hpp"
#include "../plugin_files.hpp"

#include "touchline/check/record.hpp"
#include "touchline/host/plugin_file.hpp"
#include "touchline/host/settings.hpp"
#include "touchline/json/view.hpp"
#include "touchline/json/writer.hpp"
#include "touchline/net/session.hpp"

#include <cstdlib>
#include <fstream>
#include <iterator>

namespace touchline::app {
namespace {

Result<std::pair<std::string, std::string>> split(const std::string& text) {
    const auto equals = text.find('=');
    if (equals != std::string::npos && equals > 0)
        return std::pair(text.substr(0, equals), text.substr(equals + 1));
    return Error(Code::bad_data, "\"" + text + "\" lacks its =");
}

/// Numbers, true, false and quoted texts are what they are in YAML; everything else is a text.
Result<std::string> settings_json(const std::vector<std::string>& settings) {
    json::Writer writer;
    writer.begin_object();
    for (const std::string& one : settings) {
        TOUCHLINE_TRY(const auto pair, split(one));
        writer.key(pair.first);
        json::Document::parse(pair.second) ? writer.raw(pair.second) : writer.value(pair.second);
    }
    return writer.end_object().take();
}

/// What is a key in a configuration is an option here.
Error as_options(Error error) {
    if (error.cure().find("allow_private_network") == std::string::npos) return error;
    return std::move(error).cure("Say --allow-private-network if it runs in your own network.");
}

Result<Secret> secret_in(
    const std::string& variable, const std::string& kind, const std::string& option
) {
    const char* const value = variable.empty() ? nullptr : std::getenv(variable.c_str());
    if (value != nullptr && *value != '\0') return Secret(value);
    return Error(Code::config, "--auth " + kind + " needs " + option)
        .cure(
            "Put the secret into an environment variable and name that: " + option + " ACME_TOKEN"
        );
}

Result<net::Credentials> session_of(
    const std::filesystem::path& plugin, const std::string& user, const Secret& secret
) {
    TOUCHLINE_TRY(const auto file, host::PluginFile::open(plugin));
    const host::Manifest& manifest = file->manifest();
    TOUCHLINE_CHECK(host::accept_credentials(manifest, "session"));
    if (!manifest.session) return Error(Code::config, manifest.id + " knows no sessions");
    return net::Credentials(net::InSession{
        std::make_shared<net::Session>(*manifest.session, user, secret)});
}

Result<void> sign_in(check::RecordOptions& options, const RecordArguments& arguments) {
    const std::string& kind = arguments.auth.kind;
    if (kind == "none") return {};
    TOUCHLINE_TRY(Secret secret, secret_in(arguments.secret, kind, "--secret"));
    options.secrets.push_back(secret);
    if ((kind == "header" || kind == "query") && arguments.auth.name.empty()) {
        return Error(Code::config, "--auth " + kind + " needs --name")
            .cure("Say what carries the secret: --name X-Api-Key");
    }
    if (kind == "session") {
        TOUCHLINE_TRY(options.credentials, session_of(options.plugin, arguments.auth.user, secret));
        return {};
    }
    Secret app_secret;
    if (kind == "bearer-proof") {
        TOUCHLINE_TRY(app_secret, secret_in(arguments.app_secret, kind, "--app-secret"));
        options.secrets.push_back(app_secret);
    }
    options.credentials =
        make_credentials(arguments.auth, std::move(secret), std::move(app_secret));
    return {};
}

Result<std::vector<check::CassetteWebhook>> webhooks_of(const std::filesystem::path& path) {
    if (path.empty()) return std::vector<check::CassetteWebhook>();
    std::ifstream in(path, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    if (!in) return Error(Code::not_found, "cannot read " + path.string());
    auto webhooks = check::parse_webhooks(text);
    if (!webhooks) return std::move(webhooks).error().at({path.string(), 0, 0});
    return webhooks;
}

Result<check::RecordOptions> options_of(const Globals& globals, const RecordArguments& arguments) {
    check::RecordOptions options;
    TOUCHLINE_TRY(options.plugin, plugin_file(globals, arguments.plugin));
    TOUCHLINE_TRY(options.settings, settings_json(arguments.settings));
    TOUCHLINE_CHECK(sign_in(options, arguments));
    options.name = arguments.output.stem().string();
    options.about = arguments.about;
    TOUCHLINE_TRY(options.webhooks, webhooks_of(arguments.webhooks));
    if (!arguments.now.empty()) {
        TOUCHLINE_TRY(options.now, parse_rfc3339(arguments.now));
    }
    options.streams = arguments.streams;
    for (const std::string& one : arguments.replace) {
        TOUCHLINE_TRY(auto pair, split(one));
        options.replace.push_back(std::move(pair));
    }
    options.keep_addresses = arguments.keep_addresses;
    options.allow_private_network = arguments.allow_private_network;
    options.most_requests = arguments.requests;
    return options;
}

}  // namespace

int plugin_record(Terminal& terminal, const Globals& globals, const RecordArguments& arguments) {
    const auto options = options_of(globals, arguments);
    if (!options) return terminal.fail(options.error());
    const auto http = net::make_http_client();
    if (!http) return terminal.fail(http.error());
    const auto recording = check::record(*options, **http);
    if (!recording) return terminal.fail(as_options(recording.error()));
    std::error_code ignored;
    if (arguments.output.has_parent_path())
        std::filesystem::create_directories(arguments.output.parent_path(), ignored);
    std::ofstream out(arguments.output);
    out << check::cassette_text(recording->cassette);
    if (!out.flush())
        return terminal.fail(Error(Code::unavailable, "cannot write " + arguments.output.string()));
    terminal.print(
        arguments.output.string() + ": " +
        counted(static_cast<std::int64_t>(recording->cassette.exchanges.size()), "exchange") +
        ", " + std::to_string(recording->addresses_masked) + " addresses masked, " +
        std::to_string(recording->secrets_removed) + " secrets removed, 0 left"
    );
    terminal.say("Look through it before you publish it: only you know what else is private.");
    return k_ok;
}

}  // namespace touchline::app
