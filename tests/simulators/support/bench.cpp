#include "bench.hpp"

#include "with_url.hpp"

#include "touchline/json/view.hpp"

#include <ostream>
#include <stdexcept>

namespace touchline::simulated {

namespace {

constexpr Time k_beginning{std::chrono::seconds(1'790'000'000)};

template <typename T>
T must(Result<T> result) {
    if (!result) throw std::runtime_error(result.error().text());
    return std::move(*result);
}

std::string text_of(json::View value) {
    const auto string = value.as_string();
    return string ? std::string(*string) : value.text();
}

}  // namespace

std::ostream& operator<<(std::ostream& out, const Subject& subject) {
    return out << subject.plugin;
}

std::string with_url(std::string settings, const std::string& url) {
    for (std::size_t at = 0; (at = settings.find("$URL", at)) != std::string::npos;)
        settings.replace(at, 4, url);
    return settings;
}

Simulated::Simulated(Subject subject)
    : subject_(std::move(subject)),
      http_(must(net::make_http_client())),
      simulator_(must(Simulator::start(*http_, subject_.plugin))) {}

integration::Configured Simulated::configured(Housing housing) const {
    integration::Configured configured;
    configured.plugin = subject_.plugin;
    configured.settings = with_url(subject_.settings, simulator_->url());
    configured.credentials = subject_.credentials;
    configured.housing = housing;
    configured.still_at = k_beginning;
    return configured;
}

Time Simulated::now() const {
    const auto told = simulator_->tell("now");
    return Time(std::chrono::seconds(told.root().get("now")->as_int().value()));
}

Streams Simulated::truth() const {
    Streams truth;
    const auto told = simulator_->tell("truth");
    for (const auto& [stream, records] : told.root().members()) {
        for (const auto& [id, version] : records.members())
            truth[std::string(stream)][std::string(id)] = text_of(version);
    }
    return truth;
}

Streams Simulated::versions(const Streams& records) const {
    Streams versions;
    for (const auto& [stream, all] : records) {
        for (const auto& [id, text] : all) {
            const auto record = must(json::Document::parse(text));
            const auto version = json::find(record.root(), subject_.marker);
            versions[stream][id] = version ? text_of(*version) : "";
        }
    }
    return versions;
}

std::map<std::string, Error> Bench::run() {
    pass_until(now());
    return ConnectorBench::run();
}

}  // namespace touchline::simulated
