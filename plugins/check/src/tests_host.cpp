// Hosts as the ABI allows them: older, poorer, lying, and stopped at any call.
#include "bare_host.hpp"

#include <csignal>
#include <cstring>
#include <map>

namespace touchline::check {

namespace {

using sdk::testing::FakeConnection;
using sdk::testing::FakeHost;

using OnFake = std::function<Finding(const tl_plugin&, const Cassette&)>;

Finding with_plugin(const Scene& scene, const OnFake& f) {
    auto library = scene.load();
    if (!library) return failed(library.error().text());
    for (const Cassette& cassette : scene.cassettes) {
        const Finding finding = f((*library)->table(), cassette);
        if (finding.verdict != Verdict::passed) return finding;
    }
    return passed();
}

Finding works_without_services(const Scene& scene) {
    return with_plugin(scene, [&](const tl_plugin& plugin, const Cassette& cassette) {
        const auto fake = fake_host_of(scene.manifest, cassette);
        tl_host poor = *fake->table();
        poor.service = [](const tl_host*, const char*) -> const void* { return nullptr; };
        use(scene, plugin, cassette, *fake, &poor);
        return passed();
    });
}

/// Tables of an older host: only the first function is within their size, and the others, which
/// nobody may read, lead nowhere.
const void* older_service(const tl_host*, const char* id) noexcept {
    static std::map<std::string, std::vector<char>> tables;
    static FakeHost fake;
    const auto* whole = static_cast<const std::uint32_t*>(fake.table()->service(fake.table(), id));
    if (whole == nullptr) return nullptr;
    constexpr std::uint32_t k_head = 8 + sizeof(void (*)());
    std::vector<char>& table = tables[id];
    if (table.empty()) {
        table.resize(*whole, '\x01');
        std::memcpy(table.data(), whole, k_head);
        std::memcpy(table.data(), &k_head, sizeof(k_head));
    }
    return table.data();
}

Finding works_on_an_older_host(const Scene& scene) {
    return with_plugin(scene, [&](const tl_plugin& plugin, const Cassette& cassette) {
        const auto fake = fake_host_of(scene.manifest, cassette);
        tl_host older = *fake->table();
        older.service = &older_service;
        use(scene, plugin, cassette, *fake, &older);
        return passed();
    });
}

/// A host that says bodies are far longer than they are, and picks for questions nobody asked.
const void* lying_service(const tl_host*, const char* id) noexcept {
    static FakeHost fake;
    static const auto& http =
        *static_cast<const tl_http_1*>(fake.table()->service(fake.table(), TL_HTTP_1));
    static const auto& json =
        *static_cast<const tl_json_1*>(fake.table()->service(fake.table(), TL_JSON_1));
    static const auto& body =
        *static_cast<const tl_body_1*>(fake.table()->service(fake.table(), TL_BODY_1));
    static tl_http_1 lying_http = http;
    static tl_json_1 lying_json = json;
    static tl_body_1 lying_body = body;
    lying_http.execute = [](tl_job* job, const tl_http_request* request, tl_http_response* out) {
        const tl_status status = http.execute(job, request, out);
        out->body_bytes = UINT64_MAX;
        return status;
    };
    lying_json.pick = [](tl_job* job,
                         tl_body handle,
                         const tl_str* pointers,
                         std::uint64_t count,
                         tl_json_sink sink,
                         void* user) {
        sink(user, count + 7, TL_JSON_STRING, {"nobody asked", 12});
        const tl_status status = json.pick(job, handle, pointers, count, sink, user);
        sink(user, UINT64_MAX, 99, {nullptr, 0});
        return status;
    };
    lying_body.length = [](tl_job*, tl_body, std::uint64_t* out) -> tl_status {
        *out = UINT64_MAX;
        return TL_OK;
    };
    const std::string_view name = id;
    if (name == TL_HTTP_1) return &lying_http;
    if (name == TL_JSON_1) return &lying_json;
    if (name == TL_BODY_1) return &lying_body;
    return fake.table()->service(fake.table(), id);
}

Finding survives_lying_lengths(const Scene& scene) {
    return with_plugin(scene, [&](const tl_plugin& plugin, const Cassette& cassette) {
        const auto fake = fake_host_of(scene.manifest, cassette);
        tl_host lying = *fake->table();
        lying.service = &lying_service;
        use(scene, plugin, cassette, *fake, &lying);
        return passed();
    });
}

Finding survives_settings_that_are_none(const Scene& scene) {
    return with_plugin(scene, [&](const tl_plugin& plugin, const Cassette& cassette) {
        for (const std::string_view settings :
             {"", "{", "null", "[]", "7", "{\"url\":7}", "\xFF"}) {
            const auto fake = fake_host_of(scene.manifest, cassette);
            void* self = nullptr;
            const tl_status status = plugin.create(
                fake->table(), fake->job(), {settings.data(), settings.size()}, &self
            );
            if (status < 0 && self != nullptr)
                return failed("create() failed and left an instance behind");
            if (status >= 0 && self == nullptr)
                return failed("create() succeeded without an instance");
            if (self != nullptr) plugin.destroy(self);
        }
        return passed();
    });
}

Finding stops_at_any_call(const Scene& scene) {
    return with_plugin(scene, [&](const tl_plugin& plugin, const Cassette& cassette) {
        auto whole = fake_host_of(scene.manifest, cassette);
        use(scene, plugin, cassette, *whole, whole->table());
        const int calls = std::min(whole->calls, 2000);
        for (int at = 0; at < calls; ++at) {
            const auto fake = fake_host_of(scene.manifest, cassette);
            fake->cancel_at_call = at;
            use(scene, plugin, cassette, *fake, fake->table());
            // Each of the calls into the connector may find out for itself, and clean up.
            if (fake->calls > at + 1 + 100)
                return failed(
                    "stopped at host call " + std::to_string(at + 1) + ", it makes " +
                    std::to_string(fake->calls - at - 1) + " calls more"
                );
        }
        return passed();
    });
}

Finding lets_bodies_go(const Scene& scene) {
    return with_plugin(scene, [&](const tl_plugin& plugin, const Cassette& cassette) {
        const auto fake = fake_host_of(scene.manifest, cassette);
        use(scene, plugin, cassette, *fake, fake->table());
        const std::size_t given = cassette.events.size() + cassette.webhooks.size();
        if (fake->open_bodies() <= given) return passed();
        return failed(
            std::to_string(fake->open_bodies() - given) +
            " bodies were never released; a long read would fill the memory"
        );
    });
}

}  // namespace

std::vector<Test> host_tests() {
    return {
        {{"host.no-services", "A host that offers nothing gets errors, not a crash.", 'D'},
         Applies::everyone,
         &works_without_services},
        {{"host.older", "Functions that an older host lacks are not called.", 'D'},
         Applies::everyone,
         &works_on_an_older_host},
        {{"host.lying-lengths", "Lengths and numbers that are not true do it no harm.", 'D'},
         Applies::everyone,
         &survives_lying_lengths},
        {{"host.settings-that-are-none", "Settings that are no JSON object do it no harm.", 'D'},
         Applies::everyone,
         &survives_settings_that_are_none},
        {{"host.cancel-anywhere", "Stopped at any call of the host, it comes back.", 'D'},
         Applies::everyone,
         &stops_at_any_call},
        {{"host.releases-bodies", "It lets go of what the host holds for it.", 'B'},
         Applies::everyone,
         &lets_bodies_go},
    };
}

}  // namespace touchline::check
