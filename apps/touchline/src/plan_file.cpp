#include "plan_file.hpp"

#include "touchline/base/digest.hpp"
#include "touchline/config/yaml.hpp"
#include "touchline/json/view.hpp"
#include "touchline/json/writer.hpp"

#include <algorithm>
#include <fstream>
#include <system_error>
#include <vector>

namespace touchline::app {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t k_kept = 20;

std::string text_at(json::View value, std::string_view pointer) {
    const auto found = json::find(value, pointer);
    return std::string(found ? found->as_string().value_or("") : std::string_view());
}

std::int64_t number_at(json::View value, std::string_view pointer) {
    const auto found = json::find(value, pointer);
    return found ? found->as_int().value_or(0) : 0;
}

Result<std::optional<Time>> time_at(json::View value, std::string_view pointer) {
    const std::string text = text_at(value, pointer);
    if (text.empty()) return std::optional<Time>();
    TOUCHLINE_TRY(const Time time, parse_rfc3339(text));
    return std::optional(time);
}

void drop_old(const fs::path& folder) {
    std::vector<std::pair<fs::file_time_type, fs::path>> files;
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(folder, ignored))
        files.emplace_back(entry.last_write_time(ignored), entry.path());
    std::ranges::sort(files, std::ranges::greater());
    for (std::size_t i = k_kept; i < files.size(); ++i) fs::remove(files[i].second, ignored);
}

std::string to_json(const PlanFile& plan) {
    json::Writer writer;
    writer.begin_object().member("plan", plan.id).member("made_at", format_rfc3339(plan.made_at));
    writer.key("ground").begin_object().member("configuration", plan.ground.configuration);
    writer.member("feed", plan.ground.feed);
    writer.member("replay", static_cast<std::int64_t>(plan.ground.replay)).end_object();
    writer.key("selection").begin_object().member("connection", plan.selection.connection);
    writer.member("stream", plan.selection.stream).member("share", plan.selection.share);
    if (plan.selection.from) writer.member("from", format_rfc3339(*plan.selection.from));
    if (plan.selection.until) writer.member("to", format_rfc3339(*plan.selection.until));
    writer.end_object().member("where", plan.where).member("with_rules", plan.with_rules);
    writer.key("report").raw(plan.report).end_object();
    return writer.take();
}

}  // namespace

Result<Ground> ground_of(
    store::Reader& reader, ingest::Plans plans, std::string_view config_source
) {
    std::vector<std::string> parts;
    for (const ingest::ConnectionPlan* plan : plans) {
        std::string part = plan->id + "\n" + plan->connector + "\n" + plan->department + "\n";
        if (plan->settings) part += plan->settings->root().text();
        for (const ingest::StreamPlan& stream : plan->streams) {
            for (const std::string& text :
                 {stream.info.name, stream.info.key, stream.info.version, stream.mapping_name})
                part.append(1, '\n').append(text);
        }
        parts.push_back(std::move(part));
    }
    std::ranges::sort(parts);
    std::string all(config_source);
    for (const std::string& part : parts) all.append(1, '\0').append(part);
    const Digest digest = sha256(all);
    Ground ground;
    ground.configuration = to_hex(std::span(digest).first<16>());
    TOUCHLINE_TRY(ground.feed, reader.feed_head());
    TOUCHLINE_TRY(const auto replays, reader.replays(1));
    if (!replays.empty()) ground.replay = replays.front().key;
    return ground;
}

std::string plan_id(const PlanFile& plan) {
    const Digest digest = sha256(to_json(plan));
    return to_hex(std::span(digest).first<4>());
}

Result<void> save_plan(const fs::path& storage, const PlanFile& plan) {
    const fs::path folder = storage / "plans";
    std::error_code fault;
    fs::create_directories(folder, fault);
    // It shows what customers wrote, so it is its owner's alone.
    fs::permissions(folder, fs::perms::owner_all, fault);
    const fs::path file = folder / (plan.id + ".json");
    std::ofstream out(file, std::ios::binary | std::ios::trunc);
    out << to_json(plan) << '\n';
    out.close();
    if (!out) return Error(Code::unavailable, "cannot write " + file.string());
    drop_old(folder);
    return {};
}

Result<PlanFile> load_plan(const fs::path& storage, const std::string& plan) {
    const bool is_path = plan.find('/') != std::string::npos || plan.ends_with(".json");
    const fs::path file = is_path ? fs::path(plan) : storage / "plans" / (plan + ".json");
    std::error_code fault;
    if (!fs::exists(file, fault))
        return Error(Code::not_found, "there is no plan " + plan).cure("Make one: touchline plan");
    TOUCHLINE_TRY(const std::string text, config::read_text_file(file));
    TOUCHLINE_TRY(const json::Document document, json::Document::parse(text).with(file.string()));
    const json::View root = document.root();
    PlanFile found;
    found.id = text_at(root, "/plan");
    found.ground.configuration = text_at(root, "/ground/configuration");
    found.ground.feed = number_at(root, "/ground/feed");
    found.ground.replay = static_cast<store::ReplayKey>(number_at(root, "/ground/replay"));
    found.selection.connection = text_at(root, "/selection/connection");
    found.selection.stream = text_at(root, "/selection/stream");
    TOUCHLINE_TRY(found.selection.from, time_at(root, "/selection/from"));
    TOUCHLINE_TRY(found.selection.until, time_at(root, "/selection/to"));
    found.where = text_at(root, "/where");
    if (const auto rules = root.get("with_rules"))
        found.with_rules = rules->as_bool().value_or(true);
    if (const auto report = root.get("report")) found.report = report->text();
    TOUCHLINE_TRY(found.made_at, parse_rfc3339(text_at(root, "/made_at")).with(file.string()));
    if (found.id.empty() || found.ground.configuration.empty())
        return Error(Code::bad_data, file.string() + " is no plan");
    return found;
}

Result<void> check_ground(const PlanFile& plan, const Ground& now, bool even_if_records_came) {
    if (!plan.ground.same_configuration(now)) {
        return Error(
                   Code::conflict,
                   "the configuration or a mapping is not what plan " + plan.id + " was made with"
        )
            .cure("Make a new plan: touchline plan");
    }
    if (plan.ground.same_store(now) || even_if_records_came) return {};
    return Error(
               Code::conflict,
               "records, decisions or a replay have changed the store since plan " + plan.id
    )
        .cure("Make a new plan, or apply it all the same with --even-if-records-came");
}

}  // namespace touchline::app
