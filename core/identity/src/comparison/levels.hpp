// The levels of each aspect by name, for those who decide on them. Their numbers are part of the
// model file's version.
#pragma once

#include <cstdint>

namespace touchline::identity {

namespace given_level {
enum : std::uint8_t {
    unknown,
    equal,
    form,
    close,
    sound,
    initial,
    other_name,
    swapped,
    same_initial,
    different
};
}
namespace surname_level {
enum : std::uint8_t { unknown, equal, close, sound, part, swapped, initial, different };
}
namespace birth_level {
enum : std::uint8_t {
    unknown,
    equal,
    day_month_swapped,
    one_edit,
    two_parts,
    only_year,
    same_year,
    different,
    generation
};
}
namespace email_level {
enum : std::uint8_t {
    unknown,
    equal,
    close,
    same_local,
    like_local,
    same_domain,
    shared,
    different
};
}
namespace phone_level {
enum : std::uint8_t { unknown, equal, close, same_end, shared, different };
}
namespace address_level {
enum : std::uint8_t {
    unknown,
    line,
    line_other_unit,
    line_elsewhere,
    like_line,
    street,
    postcode,
    like_postcode,
    city,
    like_city,
    different
};
}
namespace company_level {
enum : std::uint8_t { unknown, equal, close, part, different };
}
namespace id_level {
enum : std::uint8_t { unknown, equal, one_edit, two_edits, different };
}
namespace handle_level {
enum : std::uint8_t { unknown, equal, close, different };
}
namespace text_level {
enum : std::uint8_t { unknown, equal, close, most_words, some_words, different };
}

/// Kinds of values within a comparison (CountedValue::kind).
namespace value_kind {
enum : std::uint8_t {
    own = 0,
    any_name = 1,
    street = 1,
    postcode = 2,
    city = 3,
    local = 1,
    domain = 2
};
}

}  // namespace touchline::identity
