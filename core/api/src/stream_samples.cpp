#include "stream_samples.hpp"

#include <algorithm>
#include <charconv>

namespace touchline::api {
namespace {

constexpr std::size_t k_most_sample_bytes = 2U << 20;

Sample sample_of(store::StoredRecord record) {
    return {
        "record:" + std::to_string(static_cast<std::int64_t>(record.key)),
        std::move(record.external_id),
        std::move(record.bytes),
        record.received_at,
        {}};
}

Result<Sample> sample_of(store::Reader& reader, const store::DeadLetter& letter) {
    TOUCHLINE_TRY(std::string raw, reader.dead_letter_raw(letter.key));
    return Sample{
        "letter:" + std::to_string(static_cast<std::int64_t>(letter.key)),
        letter.external_id,
        std::move(raw),
        letter.last_at,
        letter.message};
}

/// The latest records of the stream, newest first. Keys ascend with time, so they are looked for
/// from the end on, ever farther back.
Result<std::vector<store::StoredRecord>> latest_records(
    store::Reader& reader, const store::RawSelection& selection, std::size_t count
) {
    constexpr std::size_t k_at_once = 2'000;
    TOUCHLINE_TRY(const store::Counts counts, reader.counts());
    std::vector<store::StoredRecord> records;
    for (std::int64_t window = 2'000;; window *= 8) {
        const auto after =
            static_cast<store::RecordKey>(std::max<std::int64_t>(0, counts.records - window));
        TOUCHLINE_TRY(
            records, reader.stored_records(selection, after, k_at_once, k_most_sample_bytes)
        );
        if (records.size() >= count || after == store::RecordKey::none) break;
    }
    std::ranges::reverse(records);
    if (records.size() > count) records.resize(count);
    return records;
}

}  // namespace

Result<std::vector<Sample>> samples_of(
    store::Reader& reader,
    const std::string& connection,
    const std::string& stream,
    std::size_t count
) {
    constexpr std::int64_t k_letters = 100;
    std::vector<Sample> samples;
    TOUCHLINE_TRY(const auto letters, reader.dead_letters(connection, 0, k_letters));
    for (const store::DeadLetter& letter : letters) {
        if (letter.stream != stream || letter.stage == "read" || letter.stage == "deliver")
            continue;
        if (samples.size() == (count + 1) / 2) break;
        TOUCHLINE_TRY(samples.emplace_back(), sample_of(reader, letter));
    }
    const std::size_t left = count - samples.size();
    store::RawSelection selection;
    selection.connection = connection;
    selection.stream = stream;
    TOUCHLINE_TRY(auto records, latest_records(reader, selection, left));
    for (store::StoredRecord& record : records) samples.push_back(sample_of(std::move(record)));
    return samples;
}

Result<Sample> sample(
    store::Reader& reader,
    const std::string& connection,
    const std::string& stream,
    std::string_view id
) {
    const Error missing(Code::not_found, "there is no sample " + std::string(id.substr(0, 32)));
    const std::size_t colon = id.find(':');
    std::int64_t number = 0;
    const std::string_view digits =
        colon == std::string_view::npos ? std::string_view() : id.substr(colon + 1);
    if (std::from_chars(digits.data(), digits.data() + digits.size(), number).ec != std::errc() ||
        number < 1)
        return missing;
    if (id.starts_with("letter:")) {
        TOUCHLINE_TRY(
            const auto letter, reader.dead_letter(static_cast<store::DeadLetterKey>(number))
        );
        if (!letter || letter->connection != connection || letter->stream != stream) return missing;
        return sample_of(reader, *letter);
    }
    TOUCHLINE_TRY(
        auto records,
        reader.stored_records({}, static_cast<store::RecordKey>(number - 1), 1, SIZE_MAX)
    );
    if (records.empty() || records[0].connection != connection || records[0].stream != stream)
        return missing;
    return sample_of(std::move(records[0]));
}

}  // namespace touchline::api
