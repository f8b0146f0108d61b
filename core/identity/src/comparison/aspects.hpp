// How each aspect is compared. All exactly symmetric.
#pragma once

#include "touchline/identity/comparison.hpp"

#include <cstddef>
#include <cstdint>
#include <span>

namespace touchline::identity {

struct Agreement {
    std::uint8_t level = 0;
    std::uint8_t kind = 0;    ///< of `value`
    std::uint64_t value = 0;  ///< hash of what is shared, where rarity counts
};

struct NamesAgreement {
    Agreement given, surname;
};

/// Fills in one comparison; the first also the second, as names are compared together.
void compare_at(
    std::span<const Comparison> comparisons,
    std::size_t place,
    const Features& a,
    const Features& b,
    Compared& compared
);
/// What Compared says of the two records as wholes.
void compare_wholes(const Features& a, const Features& b, Compared& compared);
/// The comparisons that a record tells anything for, one bit each: what one of two does not tell is
/// not compared.
std::uint32_t told_by(std::span<const Comparison> comparisons, const Features& features);

/// Given name and surname together, since either may stand in the other's place.
NamesAgreement compare_names(const Features& a, const Features& b);
Agreement compare_births(const BirthFeature& a, const BirthFeature& b);
/// The best of all their pairs.
Agreement compare_mails(const std::vector<MailFeature>& a, const std::vector<MailFeature>& b);
Agreement compare_phones(const std::vector<PhoneFeature>& a, const std::vector<PhoneFeature>& b);
Agreement compare_addresses(const AddressFeature& a, const AddressFeature& b);
Agreement compare_companies(const Features& a, const Features& b);
Agreement compare_ids(const FeatureText& a, const FeatureText& b);
Agreement compare_handles(const FeatureText& a, const FeatureText& b);
Agreement compare_texts(const FeatureText& a, const FeatureText& b);

}  // namespace touchline::identity
