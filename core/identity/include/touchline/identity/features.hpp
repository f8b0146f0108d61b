// A record made ready for comparison: every value normalised, once.
#pragma once

#include "touchline/base/result.hpp"
#include "touchline/identity/fields.hpp"
#include "touchline/identity/record.hpp"

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace touchline::identity {

/// A normalised value and its hash, which is 0 exactly when the text is empty.
struct FeatureText {
    std::string text;
    std::uint64_t hash = 0;
    std::uint64_t signs = 0;  ///< which letters and digits occur, one bit each

    bool empty() const { return hash == 0; }
    bool operator==(const FeatureText& other) const { return hash == other.hash; }
};

struct NameFeature {
    FeatureText text;
    std::uint32_t sound = 0;               ///< equal for what sounds alike; 0: unknown
    std::array<std::uint16_t, 6> forms{};  ///< groups of given names that it belongs to; 0: none
};

struct BirthFeature {
    int year = 0, month = 0, day = 0;  ///< 0: unknown
    FeatureText digits;                ///< "19611018"; empty unless all is known
};

struct MailFeature {
    FeatureText address, local, domain;
    bool role = false;             ///< info@, sales@
    bool shared = false;           ///< a mailbox of many: by its name, or because the data say so
    bool public_provider = false;  ///< the domain says nothing about an organisation
    bool name_made = false;        ///< before the @ stands the name of its owner, but for digits
};

struct PhoneFeature {
    FeatureText digits;
    bool shared = false;
};

struct AddressFeature {
    FeatureText line;  ///< number and street
    FeatureText number, street, unit, city, state, postcode;
};

/// Everything that comparisons read, and nothing about one record that depends on another except
/// the two `shared` flags. About 1 kB; copy and move freely.
struct Features {
    NameFeature given, surname;
    std::vector<NameFeature> other_names;  ///< middle names and parts of a double surname
    std::string suffix;                    ///< "jr", "sr", "ii" to "iv"
    BirthFeature birth;
    std::vector<MailFeature> mails;
    std::vector<PhoneFeature> phones;
    AddressFeature address;
    FeatureText company;
    FeatureText website;              ///< its domain
    std::int32_t day = 0;             ///< when the source last touched it, since 1970; 0: unknown
    std::vector<FeatureText> extras;  ///< one for each of FieldMap::extras()
};

/// Dates of birth that stand for "not known" in the set that a model was learnt from: hashes of
/// their digits, sorted.
using Placeholders = std::vector<std::uint64_t>;

/// Finds the dates that people of many differing initials were born on, as the records have it: far
/// more than birthdays come together by chance. Takes them out of the features; of a first of
/// January the year stays. Depends on the set alone.
Placeholders take_out_placeholders(std::span<Features> features);

/// Reads records by a field map. Keeps what it transliterated, so use one for many records. One
/// thread at a time.
class FeatureReader {
public:
    explicit FeatureReader(FieldMap fields, Placeholders placeholders = {});
    ~FeatureReader();
    FeatureReader(FeatureReader&&) noexcept;
    FeatureReader& operator=(FeatureReader&&) noexcept;

    const FieldMap& fields() const;
    /// Error: internal, when ICU itself fails.
    Result<Features> read(const Record& record);

private:
    class Reading;
    std::unique_ptr<Reading> reading_;
};

}  // namespace touchline::identity
