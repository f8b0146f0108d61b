#include "sound.hpp"

#include <array>
#include <cstddef>

namespace touchline::identity {

namespace {

constexpr int k_groups_max = 6;
constexpr int k_bits = 5;

enum Group : std::uint32_t {
    silent = 0,
    vowel,
    lip,
    teeth,
    throat,
    hiss,
    soft,
    liquid_l,
    nose,
    liquid_r,
    blown
};

constexpr std::array<Group, 26> k_groups = {
    vowel,                                                                  // a
    lip,    throat,   teeth, vowel, blown, throat, silent, vowel,    soft,  // b c d e f g h i j
    throat, liquid_l, nose,  nose,  vowel, lip,    throat, liquid_r,        // k l m n o p q r
    hiss,   teeth,    vowel, blown, blown, hiss,   vowel,  hiss,            // s t u v w x y z
};

struct Spelling {
    std::string_view letters;
    Group group;
    bool only_first;
};

/// Longest first among those with a common beginning.
constexpr auto k_spellings = std::to_array<Spelling>({
    {"tsch", soft, false},
    {"tch", soft, false},
    {"sch", hiss, false},
    {"ph", blown, false},
    {"gh", throat, false},
    {"ck", throat, false},
    {"ch", soft, false},
    {"sh", hiss, false},
    {"zh", soft, false},
    {"dj", soft, false},
    {"kn", nose, true},
    {"gn", nose, true},
    {"wr", liquid_r, true},
    {"ps", hiss, true},
    {"ye", vowel, true},
});

const Spelling* spelling_at(std::string_view word, std::size_t at) {
    for (const auto& spelling : k_spellings)
        if ((at == 0 || !spelling.only_first) && word.substr(at).starts_with(spelling.letters))
            return &spelling;
    return nullptr;
}

}  // namespace

std::uint32_t sound_of(std::string_view word) {
    std::uint32_t code = 0;
    int groups = 0;
    Group previous = silent;
    for (std::size_t at = 0; at < word.size() && groups < k_groups_max;) {
        const auto* spelling = spelling_at(word, at);
        const char c = word[at];
        const bool letter = c >= 'a' && c <= 'z';
        const Group group = spelling ? spelling->group
                            : letter ? k_groups[std::size_t(c - 'a')]
                                     : silent;
        at += spelling ? spelling->letters.size() : 1;
        const bool counts = group != silent && group != previous && (group != vowel || groups == 0);
        if (counts) {
            code = (code << k_bits) | group;
            ++groups;
        }
        if (letter) previous = group;
    }
    return code;
}

}  // namespace touchline::identity
