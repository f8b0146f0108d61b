// What of records shows at a glance, and how likely that makes a pair at most. Most pairs that
// share a blocking key are strangers, and that shows in whether values are equal, how long they are
// and which letters they have: few bytes beside what a comparison reads.
#pragma once

#include "touchline/identity/candidates.hpp"
#include "touchline/identity/comparison.hpp"
#include "touchline/identity/model.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace touchline::identity {

/// Where the comparisons of FieldMap::extras() begin.
inline constexpr std::size_t k_extras_from = std::size_t(Aspect::company) + 1;

/// One text: of two marks it can be told whether their texts may be alike, never that they are.
struct Mark {
    /// Longer texts are compared in their beginning only.
    static constexpr std::uint8_t k_long = 64;
    static constexpr int k_steps_per_bit = 8;

    std::uint32_t hash = 0;
    std::uint32_t signs = 0;  ///< which it has, and a few of those it has more than once
    std::uint32_t key = 0;    ///< what else makes it alike: sound, first signs or words
    std::uint8_t length = 0;  ///< 0: unknown
    char first = 0;
    std::uint8_t common = 0;  ///< so many steps is it less rare than any value

    bool empty() const { return length == 0; }
};

struct Outline {
    Mark given, surname, street, postcode, city, mail, phone, company;
    std::uint32_t forms = 0;  ///< of the given name, one bit for some of the groups
    std::uint32_t birth = 0;  ///< a digit in four bits each; 0 unless all is known
    std::uint32_t line = 0, domain = 0, website = 0;
    std::uint8_t birth_common = 0, line_common = 0;  ///< as in Mark
    bool part_of_birth = false;                      ///< a date of which not all is known
    bool other_names = false;
    bool several_mails = false, several_phones = false;
};

/// About 160 bytes for each record. Any thread, once made.
class Outlines {
public:
    /// Of the model, the frequencies.
    Outlines(const Model& model, std::span<const Features> features);

    const Outline& operator[](Index record) const { return outlines_[record]; }
    /// The fields of FieldMap::extras().
    const Mark* extras(Index record) const { return extras_.data() + record * extras_each_; }
    /// Has it in the cache when it is looked at a little later.
    void fetch(Index record) const;

private:
    std::vector<Outline> outlines_;
    std::size_t extras_each_ = 0;
    std::vector<Mark> extras_;
};

}  // namespace touchline::identity
