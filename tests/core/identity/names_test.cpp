#include "touchline/identity/names.hpp"

#include <gtest/gtest.h>

namespace touchline::identity {
namespace {

struct Case {
    const char* a;
    const char* b;
    bool compatible;
    friend void PrintTo(const Case& c, std::ostream* out) { *out << c.a << " / " << c.b; }
};

class Names : public testing::TestWithParam<Case> {};

TEST_P(Names, AreCompatibleOrNot) {
    const auto& [a, b, compatible] = GetParam();
    EXPECT_EQ(names_compatible(a, b), compatible) << a << " / " << b;
    EXPECT_EQ(names_compatible(b, a), compatible) << "the other way round: " << b << " / " << a;
}

INSTANTIATE_TEST_SUITE_P(
    Table,
    Names,
    testing::Values(
        Case{"ana silva", "ana silva", true},
        Case{"silva ana", "ana silva", true},
        Case{"a silva", "ana silva", true},
        Case{"silva a", "ana silva", true},
        Case{"ana maria silva", "ana silva", true},
        Case{"ana m silva", "ana maria silva", true},
        Case{"ana", "ana silva", true},
        Case{"silva", "ana silva", true},
        Case{"", "ana silva", true},
        Case{"jonathan smith", "jonatan smith", true},
        Case{"jonathan smith", "jonahtan smith", true},
        Case{"alex brown", "alexander brown", true},
        Case{"maria de la cruz", "maria delacruz", true},
        Case{"muller", "mueller", true},
        Case{"ana silva", "bob jones", false},
        Case{"john smith", "james smith", false},
        Case{"john smith jr", "john smith sr", false},
        Case{"ana silva", "ana oliveira", false},
        Case{"a s", "ana silva", false},
        Case{"a", "ana silva", false},
        Case{"jon smit", "jan smit", false},
        Case{"john smith", "john smithson", false},
        Case{"brown alex", "alexander brown", true},
        Case{"ana s", "ana silva", true},
        Case{"jonatan smithe", "jonathan smith", false}
    )
);

TEST(NamesCompatible, TakesAnyLengthOfName) {
    std::string many;
    for (int i = 0; i < 40; ++i) many += "word" + std::to_string(i) + " ";
    EXPECT_TRUE(names_compatible(many, many));
    EXPECT_FALSE(names_compatible(many, "ana silva"));
}

}  // namespace
}  // namespace touchline::identity
