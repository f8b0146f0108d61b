#include "shelf.hpp"

#include "touchline/base/time.hpp"
#include "touchline/json/view.hpp"

#include <algorithm>
#include <fstream>
#include <optional>

namespace touchline::sample {

namespace {

std::optional<std::int64_t> time_of(json::View value) {
    if (const auto seconds = value.as_int()) return seconds;
    const auto text = value.as_string();
    if (!text) return std::nullopt;
    // WooCommerce leaves the zone out.
    const auto time = parse_rfc3339(std::string(*text) + (text->size() == 19 ? "Z" : ""));
    if (!time) return std::nullopt;
    return std::chrono::duration_cast<std::chrono::seconds>(time->time_since_epoch()).count();
}

/// Numbers and texts alike.
std::string text_of(json::View value) {
    const auto text = value.as_string();
    return text ? std::string(*text) : value.text();
}

Result<Object> object_of(json::Parser& parser, const StreamFile& file, std::string line) {
    TOUCHLINE_TRY(const json::View root, parser.parse(line));
    const auto id = json::find(root, file.id);
    const auto when = file.time.empty() ? std::nullopt : json::find(root, file.time);
    const auto time = when ? time_of(*when) : std::nullopt;
    if (!id || (!file.time.empty() && !time))
        return Error(Code::bad_data, "an object without its id or its time");
    Object object{text_of(*id), time.value_or(0), ""};
    object.json = std::move(line);
    return object;
}

}  // namespace

bool is_smaller_id(std::string_view a, std::string_view b) {
    return a.size() != b.size() ? a.size() < b.size() : a < b;
}

Result<Shelf> Shelf::load(const std::filesystem::path& directory, Stream stream) {
    const StreamFile& file = file_of(stream);
    const std::filesystem::path path = directory / path_of(file);
    std::ifstream in(path, std::ios::binary);
    if (!in) return Error(Code::unavailable, path.string() + " cannot be read");
    Shelf shelf;
    json::Parser parser;
    std::string line;
    while (std::getline(in, line)) {
        auto object = object_of(parser, file, std::move(line));
        if (!object) return std::move(object).error().with("reading " + path.string());
        shelf.objects_.push_back(*std::move(object));
    }
    std::sort(shelf.objects_.begin(), shelf.objects_.end(), [](const Object& a, const Object& b) {
        return a.time != b.time ? a.time < b.time : is_smaller_id(a.id, b.id);
    });
    for (std::size_t i = 0; i < shelf.objects_.size(); ++i)
        shelf.places_.emplace(shelf.objects_[i].id, i);
    return shelf;
}

std::span<const Object> Shelf::page(std::size_t from, std::size_t most) const {
    from = std::min(from, objects_.size());
    return std::span(objects_).subspan(from, std::min(most, objects_.size() - from));
}

std::size_t Shelf::place_of(std::int64_t time) const {
    const auto first = std::lower_bound(
        objects_.begin(),
        objects_.end(),
        time,
        [](const Object& object, std::int64_t wanted) { return object.time < wanted; }
    );
    return static_cast<std::size_t>(first - objects_.begin());
}

const Object* Shelf::find(std::string_view id) const {
    const auto place = places_.find(std::string(id));
    return place == places_.end() ? nullptr : &objects_[place->second];
}

std::string listed(std::span<const Object> objects) {
    std::string text = "[";
    for (const Object& object : objects) {
        if (text.size() > 1) text += ',';
        text += object.json;
    }
    return text + "]";
}

}  // namespace touchline::sample
