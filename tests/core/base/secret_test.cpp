#include "touchline/base/secret.hpp"

#include <gtest/gtest.h>

#include <ostream>
#include <sstream>

namespace touchline {
namespace {

template <typename T>
concept Printable = requires(std::ostream& out, const T& value) {
    out << value;
};

TEST(Secret, CannotBePrinted) {
    static_assert(!Printable<Secret>);
}

TEST(Secret, MatchesItsOwnTextOnly) {
    const Secret secret("correct horse");
    EXPECT_TRUE(secret.matches("correct horse"));
    EXPECT_FALSE(secret.matches("correct hors"));
    EXPECT_FALSE(secret.matches(""));
}

}  // namespace
}  // namespace touchline
