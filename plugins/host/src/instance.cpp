#include "instance.hpp"

#include "answer_meanings.hpp"
#include "job.hpp"
#include "services.hpp"

#include "touchline/base/text.hpp"
#include "touchline/host/settings.hpp"
#include "touchline/net/url.hpp"

#include <algorithm>

namespace touchline::host {

namespace {

Result<std::vector<ingest::StreamInfo>> expand_streams(
    const Manifest& manifest, json::View settings
) {
    std::vector<ingest::StreamInfo> streams;
    for (const StreamDeclaration& declared : manifest.streams) {
        ingest::StreamInfo& stream = streams.emplace_back();
        TOUCHLINE_TRY(stream.name, expand(declared.name, settings));
        TOUCHLINE_TRY(stream.key, expand(declared.key, settings));
        TOUCHLINE_TRY(stream.version, expand(declared.version, settings));
        TOUCHLINE_TRY(stream.description, expand(declared.description, settings));
        stream.live = declared.live;
    }
    return streams;
}

bool matches_host(std::string_view allowed, std::string_view host) {
    if (!allowed.starts_with("*.")) return allowed == host;
    allowed.remove_prefix(1);
    return host.size() > allowed.size() && host.ends_with(allowed);
}

/// Of a target's base URL, whatever its protocol.
Result<std::string> host_of(const std::string& base_url) {
    if (net::is_stream_url(base_url)) {
        TOUCHLINE_TRY(const auto address, net::parse_stream_url(base_url));
        return address.url.host;
    }
    if (net::is_row_url(base_url)) {
        TOUCHLINE_TRY(const auto address, net::parse_row_url(base_url));
        return address.host;
    }
    TOUCHLINE_TRY(const net::Url url, net::parse_url(base_url));
    return url.host;
}

/// Whether somebody who runs this installation allowed the target's host.
Result<void> check_host(const ConnectionSetup& setup, const net::Target& target) {
    if (!setup.hosts) return {};
    TOUCHLINE_TRY(const std::string host, host_of(target.base_url));
    const bool allowed = std::ranges::any_of(*setup.hosts, [&](const std::string& pattern) {
        return matches_host(pattern, host);
    });
    if (allowed) return {};
    return Error(
               Code::config,
               "the connector wants to reach " + host + " (its target \"" + target.name +
                   "\"), which is not allowed"
    )
        .cure("If it may: hosts: [" + host + "]");
}

/// What is wrong with a base URL that settings have filled in.
Error unusable(const net::Target& target, const Error& error) {
    return Error(Code::config, "the base URL of " + target.name + " is " + error.message());
}

void collect_hosts(json::View value, std::vector<std::string>& hosts) {
    if (const auto text = value.as_string()) {
        const auto host = host_of(std::string(*text));
        const auto bare = net::parse_url("https://" + std::string(*text));
        if (host) hosts.push_back(*host);
        if (bare && bare->path == "/" && bare->query.empty()) hosts.push_back(bare->host);
    }
    for (const json::View item : value.elements()) collect_hosts(item, hosts);
    for (const json::Member member : value.members()) collect_hosts(member.value, hosts);
}

}  // namespace

std::vector<std::string> hosts_in(std::string_view settings_json) {
    std::vector<std::string> hosts;
    if (const auto settings = json::Document::parse(settings_json))
        collect_hosts(settings->root(), hosts);
    return hosts;
}

Instance::Instance(
    std::unique_ptr<Guest> guest, ConnectionSetup setup, net::TargetServices services
)
    : setup_(std::move(setup)), services_(std::move(services)), guest_(std::move(guest)) {}

Result<std::unique_ptr<Instance>> Instance::make(
    std::unique_ptr<Guest> guest, ConnectionSetup setup, net::TargetServices services
) {
    const std::string context = "connection " + setup.id;
    std::unique_ptr<Instance> instance(
        new Instance(std::move(guest), std::move(setup), std::move(services))
    );
    auto settings = instance->prepare();
    if (!settings) return std::move(settings).error().with(context);
    auto created = instance->create(*settings);
    if (!created) return std::move(created).error().with(context);
    return instance;
}

Result<std::string> Instance::prepare() {
    if (manifest().needs_that("body_view") && !setup_.allow_body_view) {
        return Error(Code::config, manifest().id + " wants to look at the records themselves")
            .cure("If it may: allow_body_view: true");
    }
    TOUCHLINE_TRY(std::string settings, complete_settings(manifest(), setup_.settings));
    TOUCHLINE_TRY(const auto document, json::Document::parse(settings));
    TOUCHLINE_TRY(streams_, expand_streams(manifest(), document.root()));
    TOUCHLINE_CHECK(make_targets(document.root()));
    if (!manifest().files.empty()) {
        TOUCHLINE_TRY(const std::string path, expand(manifest().files, document.root()));
        files_.emplace(setup_.base_directory / path);
    }
    return settings;
}

Result<void> Instance::make_targets(json::View settings) {
    for (const TargetDeclaration& declared : manifest().targets) {
        net::Target target;
        target.name = declared.name;
        TOUCHLINE_TRY(target.base_url, expand(declared.base_url, settings));
        if (const auto found = setup_.credentials.find(declared.name);
            found != setup_.credentials.end()) {
            target.credentials = found->second;
        }
        TOUCHLINE_CHECK(check_host(setup_, target));
        target.send = setup_.send;
        target.retry = setup_.retry;
        target.limiter = setup_.limiter;
        target.requests = setup_.requests;
        target.status_of = status_reader(manifest().answers);
        TOUCHLINE_CHECK(make_target(std::move(target)));
    }
    for (const auto& [name, credentials] : setup_.credentials) {
        if (is_target(name)) continue;
        return Error(
            Code::config,
            manifest().id + " has no target \"" + name + "\" that credentials could be for"
        );
    }
    return {};
}

Result<void> Instance::make_target(net::Target target) {
    const std::string name = target.name;
    if (net::is_stream_url(target.base_url)) {
        auto address = net::parse_stream_url(target.base_url);
        if (!address) return unusable(target, address.error());
        net::StreamTarget stream{name, *address, std::move(target.credentials), target.send};
        stream.frame_limit = TL_STREAM_FRAME_MAX;
        stream_targets_.emplace(name, std::move(stream));
        return {};
    }
    if (net::is_row_url(target.base_url)) {
        auto address = net::parse_row_url(target.base_url);
        if (!address) return unusable(target, address.error());
        net::RowTarget rows{name, *address, std::move(target.credentials), target.send};
        row_targets_.emplace(name, std::move(rows));
        return {};
    }
    net::Target single = target;
    single.retry.attempts = 1;
    TOUCHLINE_TRY(auto client, net::TargetClient::make(std::move(target), services_));
    TOUCHLINE_TRY(auto once, net::TargetClient::make(std::move(single), services_));
    targets_.emplace(name, Target{std::move(client), std::move(once)});
    return {};
}

bool Instance::is_target(std::string_view name) const {
    return targets_.contains(name) || stream_targets_.contains(name) || row_targets_.contains(name);
}

Result<void> Instance::create(const std::string& settings) {
    Job job(*this, {});
    const tl_status status = guest_->create(job, settings);
    if (status < 0) return job.error_for(status);
    if (status == TL_END)
        return Error(Code::internal, "the connector created nothing and reported no error");
    return {};
}

bool Instance::has_stream(std::string_view name) const {
    return std::ranges::any_of(streams_, [&](const auto& stream) { return stream.name == name; });
}

Error Instance::no_target(std::string_view name, const char* way) const {
    const std::string quoted = "\"" + std::string(name) + "\"";
    if (!is_target(name))
        return Error(Code::config, "the connector's manifest has no target " + quoted);
    return Error(Code::config, "the target " + quoted + " is not spoken to over " + way);
}

Result<Target*> Instance::target(std::string_view name) {
    const auto found = targets_.find(name);
    if (found == targets_.end()) return no_target(name, "HTTP");
    return &found->second;
}

Result<const net::StreamTarget*> Instance::stream_target(std::string_view name) const {
    const auto found = stream_targets_.find(name);
    if (found == stream_targets_.end()) return no_target(name, "a stream");
    return &found->second;
}

Result<const net::RowTarget*> Instance::row_target(std::string_view name) const {
    const auto found = row_targets_.find(name);
    if (found == row_targets_.end()) return no_target(name, "SQL");
    return &found->second;
}

Result<Target*> Instance::target_of(std::string_view link) {
    auto url = net::parse_url(link);
    if (!url)
        return Error(
            Code::denied, "the link \"" + truncate_text(link, 100) + "\" is not an absolute URL"
        );
    for (auto& [name, target] : targets_) {
        const auto base = net::parse_url(target.client.target().base_url);
        if (base && base->origin() == url->origin()) return &target;
    }
    return Error(
        Code::denied, "the link to " + url->origin() + " leads to no target of this connection"
    );
}

Result<std::string> Instance::check(std::stop_token stop) {
    Job job(*this, std::move(stop));
    const tl_status status = guest_->check(job);
    if (status < 0) return job.error_for(status).with("checking " + id());
    if (job.items.empty() || job.items.front().message.empty()) return std::string("It answers.");
    return job.items.front().message;
}

}  // namespace touchline::host
