#include "loaded_records.hpp"

#include "record_files.hpp"

#include "touchline/identity/resolution.hpp"

#include <algorithm>
#include <optional>

namespace touchline::app {
namespace {

using identity::Model;
using identity::Record;

Result<std::optional<Model>> read_model(const std::filesystem::path& path) {
    if (path.empty()) return std::optional<Model>();
    TOUCHLINE_TRY(const auto text, read_whole_file(path));
    auto model = Model::from_json(text);
    if (!model) return std::move(model).error().at({path.string(), 0, 0});
    return std::optional<Model>(std::move(model).value());
}

Result<identity::FieldMap> fields_for(
    const std::vector<Record>& records,
    const IdentityArguments& arguments,
    const std::optional<Model>& model
) {
    if (model) return model->fields();
    auto recognised = identity::recognise_fields(records);
    if (arguments.fields.empty()) return recognised;
    return read_fields_file(arguments.fields, recognised);
}

/// Sorted by id; the last of each id.
std::vector<Record> latest(std::vector<Record> records) {
    std::ranges::stable_sort(records, {}, &Record::id);
    std::vector<Record> kept;
    for (auto& record : records) {
        if (!kept.empty() && kept.back().id == record.id)
            kept.back() = std::move(record);
        else
            kept.push_back(std::move(record));
    }
    return kept;
}

void learn(Terminal& terminal, LoadedRecords& loaded) {
    auto placeholders = identity::take_out_placeholders(loaded.features);
    identity::mark_shared(loaded.features, loaded.model.sharers_max);
    const auto& candidates = loaded.candidates.emplace(loaded.features);
    Advance advance(terminal, "training");
    const auto tell = [&](double share) { advance(share); };
    identity::TrainingNotes notes;
    loaded.model =
        identity::train(loaded.model.fields(), loaded.features, candidates, tell, &notes);
    for (const auto& note : notes) terminal.say(note);
    loaded.model.placeholders = std::move(placeholders);
}

}  // namespace

Result<LoadedRecords> load_records(Terminal& terminal, const IdentityArguments& arguments) {
    TOUCHLINE_TRY(auto delivered, read_record_file(arguments.input));
    auto records = latest(arguments.stream ? delivered : std::move(delivered));
    TOUCHLINE_TRY(auto model, read_model(arguments.model));
    TOUCHLINE_TRY(auto fields, fields_for(records, arguments, model));
    identity::FeatureReader reader(fields, model ? model->placeholders : identity::Placeholders());
    LoadedRecords loaded{{}, {}, {}, model ? *model : Model(fields), {}, {}, {}};
    loaded.features.reserve(records.size());
    for (auto& record : records) {
        TOUCHLINE_TRY(auto features, reader.read(record));
        loaded.features.push_back(std::move(features));
        loaded.ids.push_back(std::move(record.id));
        record = {};
    }
    if (!arguments.decisions.empty()) {
        TOUCHLINE_TRY(loaded.decisions, read_decision_file(arguments.decisions));
    }
    loaded.constraints = constraints_of(loaded.decisions, loaded.ids);
    if (model) {
        identity::mark_shared(loaded.features, loaded.model.sharers_max);
    } else {
        learn(terminal, loaded);
        // Deliveries are read as the model wants it.
        reader = identity::FeatureReader(fields, loaded.model.placeholders);
    }
    if (arguments.stream) {
        for (auto& record : delivered) {
            TOUCHLINE_TRY(auto features, reader.read(record));
            loaded.deliveries.push_back({std::move(record.id), std::move(features)});
        }
    }
    return loaded;
}

std::vector<std::uint32_t> resolve_records(Terminal& terminal, const LoadedRecords& loaded) {
    Advance advance(terminal, "resolving");
    const auto tell = [&](double share) { advance(share); };
    if (!loaded.candidates)
        return identity::resolve(loaded.model, loaded.features, loaded.constraints, tell);
    return identity::resolve(
        loaded.model, loaded.features, *loaded.candidates, loaded.constraints, tell
    );
}

}  // namespace touchline::app
