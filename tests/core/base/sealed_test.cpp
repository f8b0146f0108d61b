#include "touchline/base/sealed.hpp"

#include <gtest/gtest.h>

namespace touchline {
namespace {

const Secret k_key("correct horse battery staple");

TEST(Sealed, IsReadWithItsKeyOnly) {
    const std::string sealed = seal("CRM=hunter2\n", k_key);
    EXPECT_TRUE(is_sealed(sealed));
    EXPECT_EQ(sealed.find("hunter2"), std::string::npos);
    EXPECT_EQ(unseal(sealed, k_key)->reveal(), "CRM=hunter2\n");
    EXPECT_EQ(unseal(sealed, Secret("another")).error().code(), Code::denied);
}

TEST(Sealed, IsAnotherTextEachTime) {
    EXPECT_NE(seal("same", k_key), seal("same", k_key));
}

TEST(Sealed, NoticesEveryChangedByte) {
    const std::string sealed = seal("CRM=hunter2\n", k_key);
    for (const std::size_t at : {std::size_t{19}, std::size_t{45}, sealed.size() - 6}) {
        std::string changed = sealed;
        changed[at] = changed[at] == 'A' ? 'B' : 'A';
        EXPECT_FALSE(unseal(changed, k_key)) << at;
    }
    EXPECT_EQ(unseal(sealed.substr(0, 40), k_key).error().code(), Code::bad_data);
    EXPECT_EQ(unseal("CRM=hunter2\n", k_key).error().code(), Code::bad_data);
}

TEST(Sealed, TakesNothingAndMuch) {
    EXPECT_EQ(unseal(seal("", k_key), k_key)->reveal(), "");
    const std::string much(100'000, 'x');
    EXPECT_EQ(unseal(seal(much, k_key), k_key)->reveal(), much);
}

}  // namespace
}  // namespace touchline
