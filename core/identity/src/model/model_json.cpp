// The model file. Version 1: {"touchline_model": 1, "fields": {...}, "chances": {...}, ...};
// frequencies are pairs of hash and count, so that the file names nobody.
#include "touchline/identity/model.hpp"
#include "touchline/json/view.hpp"
#include "touchline/json/writer.hpp"

#include <charconv>
#include <utility>

namespace touchline::identity {

namespace {

constexpr std::int64_t k_version = 1;

Error not_a_model(std::string what) {
    return Error(Code::bad_data, "this is not a model file: " + std::move(what))
        .cure("Make one with `touchline identity train`.");
}

void write_chances(
    json::Writer& writer, std::string_view name, const std::vector<double>& chances
) {
    writer.key(name).begin_array();
    for (const double chance : chances) writer.value(chance);
    writer.end_array();
}

void write_frequencies(json::Writer& writer, const Frequencies& frequencies) {
    writer.key("totals").begin_array();
    for (const auto total : frequencies.totals()) writer.value(total);
    writer.end_array().key("frequencies").begin_array();
    for (const auto& entry : frequencies.entries())
        writer.value(std::to_string(entry.key)).value(entry.count);
    writer.end_array();
}

Result<json::View> member(json::View object, std::string_view key) {
    const auto value = object.get(key);
    if (!value) return not_a_model("it has no \"" + std::string(key) + "\"");
    return *value;
}

Result<FieldMap> read_fields(json::View root) {
    TOUCHLINE_TRY(const auto object, member(root, "fields"));
    std::vector<FieldRole> roles;
    for (const auto [field, name] : object.members()) {
        const auto role = role_named(name.as_string().value_or(""));
        if (!role) return not_a_model("the field \"" + std::string(field) + "\" has no known role");
        roles.push_back({std::string(field), *role});
    }
    return FieldMap(std::move(roles));
}

Result<std::vector<double>> read_chances(
    json::View object, std::string_view name, std::size_t levels
) {
    TOUCHLINE_TRY(const auto array, member(object, name));
    std::vector<double> chances;
    for (const auto value : array.elements()) chances.push_back(value.as_double().value_or(0));
    if (chances.size() != levels)
        return not_a_model("it has other levels than this version compares");
    for (const double chance : chances)
        if (!(chance > 0)) return not_a_model("a chance is not above zero");
    return chances;
}

Result<void> read_all_chances(json::View root, Model& model) {
    TOUCHLINE_TRY(const auto object, member(root, "chances"));
    auto chances = model.chances();
    for (std::size_t i = 0; i < model.comparisons().size(); ++i) {
        TOUCHLINE_TRY(const auto entry, member(object, model.comparisons()[i].name));
        const auto levels = levels_of(model.comparisons()[i].aspect).size();
        TOUCHLINE_TRY(chances[i].same, read_chances(entry, "same", levels));
        TOUCHLINE_TRY(chances[i].related, read_chances(entry, "related", levels));
        TOUCHLINE_TRY(chances[i].unrelated, read_chances(entry, "unrelated", levels));
    }
    model.set_chances(std::move(chances));
    return {};
}

Result<std::uint64_t> read_hash(json::View value) {
    const auto text = value.as_string().value_or("");
    std::uint64_t hash = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), hash);
    if (read.ec != std::errc() || text.empty()) return not_a_model("a frequency has no hash");
    return hash;
}

Result<void> read_frequencies(json::View root, Frequencies& frequencies) {
    TOUCHLINE_TRY(const auto totals, member(root, "totals"));
    TOUCHLINE_TRY(const auto counts, member(root, "frequencies"));
    std::vector<std::uint32_t> by_kind;
    for (const auto total : totals.elements())
        by_kind.push_back(std::uint32_t(total.as_int().value_or(0)));
    std::vector<Frequencies::Entry> entries;
    bool is_key = true;
    for (const auto value : counts.elements()) {
        if (is_key) {
            TOUCHLINE_TRY(const auto key, read_hash(value));
            entries.push_back({key, 0});
        } else {
            entries.back().count = std::uint32_t(value.as_int().value_or(0));
        }
        is_key = !is_key;
    }
    frequencies.restore(entries, by_kind);
    return {};
}

Result<double> read_number(json::View root, std::string_view key) {
    TOUCHLINE_TRY(const auto value, member(root, key));
    const auto number = value.as_double();
    if (!number || !(*number > 0))
        return not_a_model("\"" + std::string(key) + "\" is not above zero");
    return *number;
}

}  // namespace

std::string Model::to_json() const {
    json::Writer writer;
    writer.begin_object().member("touchline_model", k_version).member("trained_on", trained_on);
    writer.member("same_share", same_share).member("related_share", related_share);
    writer.member("block_max", block_max).member("sharers_max", sharers_max);
    writer.key("guards").begin_object();
    writer.member("only_names", guards.only_names).member("suffix", guards.suffix);
    writer.member("exclusive_id", guards.exclusive_id)
        .member("generation", guards.generation)
        .end_object();
    writer.key("fields").begin_object();
    for (const auto& field : fields_.roles()) writer.member(field.field, to_string(field.role));
    writer.end_object().key("chances").begin_object();
    for (std::size_t i = 0; i < comparisons_.size(); ++i) {
        writer.key(comparisons_[i].name).begin_object();
        write_chances(writer, "same", chances_[i].same);
        write_chances(writer, "related", chances_[i].related);
        write_chances(writer, "unrelated", chances_[i].unrelated);
        writer.end_object();
    }
    writer.end_object();
    write_frequencies(writer, frequencies);
    writer.key("placeholders").begin_array();
    for (const auto hash : placeholders) writer.value(std::to_string(hash));
    writer.end_array().end_object();
    return writer.take();
}

Result<Model> Model::from_json(std::string_view text) {
    TOUCHLINE_TRY(const auto document, json::Document::parse(text));
    const auto root = document.root();
    const auto version = root.get("touchline_model");
    if (!version) return not_a_model("it does not say \"touchline_model\"");
    if (version->as_int() != k_version)
        return not_a_model(
            "its version is not " + std::to_string(k_version) + ", the one that is read here"
        );
    TOUCHLINE_TRY(auto fields, read_fields(root));
    Model model(std::move(fields));
    TOUCHLINE_TRY(model.same_share, read_number(root, "same_share"));
    TOUCHLINE_TRY(model.related_share, read_number(root, "related_share"));
    TOUCHLINE_TRY(const double block_max, read_number(root, "block_max"));
    TOUCHLINE_TRY(const double sharers_max, read_number(root, "sharers_max"));
    model.block_max = std::size_t(block_max);
    model.sharers_max = std::size_t(sharers_max);
    if (const auto trained = root.get("trained_on"))
        model.trained_on = std::size_t(trained->as_int().value_or(0));
    if (const auto guards = root.get("guards")) {
        const auto on = [&](std::string_view name) {
            const auto guard = guards->get(name);
            return !guard || guard->as_bool().value_or(true);
        };
        model.guards = {on("only_names"), on("suffix"), on("exclusive_id"), on("generation")};
    }
    TOUCHLINE_CHECK(read_all_chances(root, model));
    TOUCHLINE_CHECK(read_frequencies(root, model.frequencies));
    if (const auto placeholders = root.get("placeholders")) {
        for (const auto value : placeholders->elements()) {
            TOUCHLINE_TRY(const auto hash, read_hash(value));
            model.placeholders.push_back(hash);
        }
    }
    return model;
}

}  // namespace touchline::identity
