#include "dead_letter.hpp"

namespace touchline::ingest {
namespace {

/// A whole page that cannot be read is kept up to this.
constexpr std::size_t k_max_dead_letter_bytes = 1U << 20;

std::string place_text(const std::optional<Place>& place) {
    if (!place) return {};
    return place->file + ":" + std::to_string(place->line) + ":" + std::to_string(place->column);
}

}  // namespace

BatchDeadLetter dead_letter(
    std::string_view stream,
    std::string_view external_id,
    std::string_view stage,
    const Error& error,
    std::string_view raw
) {
    return {
        std::string(stream),
        std::string(external_id),
        std::string(stage),
        std::string(to_string(error.code())),
        error.text(),
        place_text(error.place()),
        error.cure(),
        std::string(raw.substr(0, k_max_dead_letter_bytes))};
}

}  // namespace touchline::ingest
