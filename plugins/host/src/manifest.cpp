#include "touchline/host/manifest.hpp"

#include "session_recipe.hpp"

#include "touchline/base/text.hpp"
#include "touchline/json/view.hpp"
#include "touchline/plugin.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <span>

namespace touchline::host {

namespace {

constexpr std::array<std::string_view, 19> k_members{
    "id",
    "version",
    "abi",
    "schema",
    "name",
    "description",
    "licence",
    "capabilities",
    "streams",
    "targets",
    "auth",
    "session",
    "answers",
    "settings",
    "needs",
    "asks",
    "mappings",
    "files",
    "$schema"};

constexpr std::array<std::string_view, 5> k_stream_members{
    "name", "key", "version", "description", "live"};
constexpr std::array<std::string_view, 2> k_target_members{"name", "base_url"};
constexpr std::array<std::string_view, 4> k_answer_members{"status", "at", "is", "means"};

constexpr std::array<std::string_view, 11> k_auth_kinds{
    "none",
    "bearer",
    "bearer-proof",
    "token",
    "basic",
    "basic-key",
    "header",
    "query",
    "oauth2",
    "session",
    "standard-webhooks"};

Error wrong(std::string_view member, std::string_view what) {
    return Error(
        Code::bad_data, "the manifest's \"" + std::string(member) + "\" " + std::string(what)
    );
}

Result<std::string> text(json::View object, std::string_view member, bool required = false) {
    const auto value = object.get(member);
    if (!value) {
        if (required) return wrong(member, "is missing");
        return std::string();
    }
    const auto string = value->as_string();
    if (!string || (required && string->empty())) return wrong(member, "has to be a text");
    return std::string(*string);
}

Result<std::vector<std::string>> texts(json::View object, std::string_view member) {
    std::vector<std::string> list;
    const auto value = object.get(member);
    if (!value) return list;
    if (value->kind() != json::Kind::array) return wrong(member, "has to be a list of texts");
    for (const json::View item : value->elements()) {
        const auto string = item.as_string();
        if (!string) return wrong(member, "has to be a list of texts");
        list.emplace_back(*string);
    }
    return list;
}

Result<void> read_abi(std::string_view abi, Manifest& out) {
    const char* const end = abi.data() + abi.size();
    const auto major = std::from_chars(abi.data(), end, out.abi_major);
    if (major.ec == std::errc() && major.ptr != end && *major.ptr == '.') {
        const auto minor = std::from_chars(major.ptr + 1, end, out.abi_minor);
        if (minor.ec == std::errc() && minor.ptr == end) return {};
    }
    return wrong("abi", "has to be a major and a minor number, as in \"1.0\"");
}

bool is_id(std::string_view id) {
    return id.size() <= 64 && id.front() != '.' && id.back() != '.' &&
           std::ranges::all_of(id, [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
                      c == '.';
           });
}

Error or_did_you_mean(Error error, std::string_view said, std::span<const std::string_view> known) {
    const auto meant = closest(said, known);
    if (meant.empty()) return error;
    return std::move(error).cure("Did you mean \"" + std::string(meant) + "\"?");
}

Result<void> known_members(json::View object, std::span<const std::string_view> known) {
    for (const auto& [key, value] : object.members()) {
        if (std::ranges::count(known, key) > 0) continue;
        return or_did_you_mean(wrong(key, "is not a member that manifests have"), key, known);
    }
    return {};
}

Result<void> known_kinds(const std::vector<std::string>& auth) {
    for (const std::string& kind : auth) {
        if (std::ranges::count(k_auth_kinds, kind) > 0) continue;
        return or_did_you_mean(
            wrong("auth", "has \"" + kind + "\", which is no kind of credentials"),
            kind,
            k_auth_kinds
        );
    }
    return {};
}

/// The objects of a list, each with members that this host knows.
Result<std::vector<json::View>> objects(
    json::View root, std::string_view member, std::span<const std::string_view> known
) {
    std::vector<json::View> list;
    const auto value = root.get(member);
    if (!value) return list;
    if (value->kind() != json::Kind::array) return wrong(member, "has to be a list of objects");
    for (const json::View item : value->elements()) {
        if (item.kind() != json::Kind::object) return wrong(member, "has to be a list of objects");
        TOUCHLINE_CHECK(known_members(item, known).with("in " + std::string(member)));
        list.push_back(item);
    }
    return list;
}

Result<int> status(json::View object, std::string_view member) {
    const auto value = object.get(member);
    const auto number = value ? value->as_int() : std::nullopt;
    if (!number || *number < 100 || *number > 599)
        return wrong(member, "has to be a status of HTTP").with("in answers");
    return static_cast<int>(*number);
}

Result<void> read_answers(json::View root, Manifest& out) {
    TOUCHLINE_TRY(const auto answers, objects(root, "answers", k_answer_members));
    for (const json::View answer : answers) {
        AnswerDeclaration& to = out.answers.emplace_back();
        TOUCHLINE_TRY(to.status, status(answer, "status"));
        TOUCHLINE_TRY(to.means, status(answer, "means"));
        TOUCHLINE_TRY(to.at, text(answer, "at", true).with("in answers"));
        TOUCHLINE_TRY(to.is, texts(answer, "is").with("in answers"));
        if (to.at.front() != '/') return wrong("at", "has to be a JSON pointer").with("in answers");
        if (to.is.empty()) return wrong("is", "is missing").with("in answers");
    }
    return {};
}

Result<void> read_lists(json::View root, Manifest& out) {
    TOUCHLINE_TRY(out.capabilities, texts(root, "capabilities"));
    TOUCHLINE_TRY(out.auth, texts(root, "auth"));
    TOUCHLINE_TRY(out.needs, texts(root, "needs"));
    TOUCHLINE_TRY(out.mappings, texts(root, "mappings"));
    TOUCHLINE_TRY(out.asks, texts(root, "asks"));
    TOUCHLINE_CHECK(known_kinds(out.auth));
    TOUCHLINE_CHECK(read_answers(root, out));
    if (out.capabilities.empty()) return wrong("capabilities", "is missing");
    for (const std::string& mapping : out.mappings) {
        if (mapping.find('/') != std::string::npos)
            return wrong("mappings", "are names of files, without folders");
    }
    TOUCHLINE_TRY(const auto streams, objects(root, "streams", k_stream_members));
    for (const json::View stream : streams) {
        StreamDeclaration& to = out.streams.emplace_back();
        TOUCHLINE_TRY(to.name, text(stream, "name", true).with("in streams"));
        TOUCHLINE_TRY(to.key, text(stream, "key"));
        TOUCHLINE_TRY(to.version, text(stream, "version"));
        TOUCHLINE_TRY(to.description, text(stream, "description"));
        const auto live = stream.get("live");
        if (live && live->kind() != json::Kind::boolean)
            return wrong("live", "has to be true or false").with("in streams");
        to.live = live && live->as_bool().value_or(false);
    }
    TOUCHLINE_TRY(const auto targets, objects(root, "targets", k_target_members));
    for (const json::View target : targets) {
        TargetDeclaration& to = out.targets.emplace_back();
        TOUCHLINE_TRY(to.name, text(target, "name", true).with("in targets"));
        TOUCHLINE_TRY(to.base_url, text(target, "base_url", true).with("in targets"));
    }
    return {};
}

}  // namespace

bool Manifest::can(std::string_view capability) const {
    return std::ranges::count(capabilities, capability) > 0;
}

bool Manifest::needs_that(std::string_view need) const {
    return std::ranges::count(needs, need) > 0;
}

bool Manifest::stands_in_for(const Manifest& other) const {
    return id == other.id && capabilities == other.capabilities && auth == other.auth &&
           needs == other.needs && asks == other.asks && mappings == other.mappings &&
           streams == other.streams && targets == other.targets && session == other.session &&
           answers == other.answers && files == other.files &&
           settings_schema == other.settings_schema;
}

Result<Manifest> parse_manifest(std::string_view json) {
    TOUCHLINE_TRY(const auto document, json::Document::parse(json).with("reading the manifest"));
    const json::View root = document.root();
    if (root.kind() != json::Kind::object)
        return Error(Code::bad_data, "the manifest has to be a JSON object");
    Manifest out;
    TOUCHLINE_TRY(out.id, text(root, "id", true));
    if (!is_id(out.id))
        return wrong("id", "may have lower-case letters, digits, \"-\", \"_\" and dots");
    TOUCHLINE_TRY(out.version, text(root, "version", true));
    TOUCHLINE_TRY(const auto abi, text(root, "abi", true));
    TOUCHLINE_CHECK(read_abi(abi, out));
    const auto schema = root.get("schema");
    const auto schema_major = schema ? schema->as_int() : std::nullopt;
    if (!schema_major || *schema_major < 1 || *schema_major > 1000) {
        return wrong("schema", "has to be the major number of the touchpoint schema");
    }
    out.schema_major = static_cast<std::uint32_t>(*schema_major);
    // What else a newer ABI has to say is not for this host to judge: it refuses the connector by
    // its versions.
    if (out.abi_major != TL_ABI_MAJOR || out.abi_minor > TL_ABI_MINOR) return out;
    TOUCHLINE_CHECK(known_members(root, k_members));
    TOUCHLINE_TRY(out.name, text(root, "name"));
    TOUCHLINE_TRY(out.description, text(root, "description"));
    TOUCHLINE_TRY(out.licence, text(root, "licence"));
    TOUCHLINE_TRY(out.files, text(root, "files"));
    TOUCHLINE_CHECK(read_lists(root, out));
    if (out.can(TL_ENRICHER_1) && out.asks.empty())
        return wrong("asks", "is missing")
            .cure(R"(Write what customers are found by: "asks": ["email"])");
    if (const auto session = root.get("session")) {
        TOUCHLINE_TRY(out.session, read_session_recipe(*session).with("in session"));
    }
    if (out.session.has_value() != (std::ranges::count(out.auth, "session") > 0))
        return wrong("session", "belongs to manifests whose auth has it, and to these only");
    const auto settings = root.get("settings");
    if (settings && settings->kind() != json::Kind::object)
        return wrong("settings", "has to be a JSON Schema");
    out.settings_schema = settings ? settings->text() : R"({"type":"object"})";
    return out;
}

}  // namespace touchline::host
