#include "touchline/view/reading.hpp"

#include <gtest/gtest.h>

namespace touchline::view {
namespace {

TEST(Reading, MasksContactsSoThatPeopleStillRecogniseThem) {
    EXPECT_EQ(masked_contact("ana@example.org"), "a•••@e•••.org");
    EXPECT_EQ(masked_contact("élise@例え.jp"), "é•••@例•••.jp");
    EXPECT_EQ(masked_contact("+32470123456"), "•••56");
    EXPECT_EQ(masked_contact("Main street 5"), "•••");
    EXPECT_EQ(masked_contact(""), "•••");
    EXPECT_EQ(masked_contact("@"), "•••");
}

TEST(Reading, TakesContactsOutOfTexts) {
    EXPECT_EQ(
        without_contacts("Write to <ana@example.org>, or call +32 (0)470 12 34 56."),
        "Write to <a•••@e•••.org>, or call •••56."
    );
    EXPECT_EQ(without_contacts("mail ana@example.org."), "mail a•••@e•••.org.");
    EXPECT_EQ(without_contacts("0470123456"), "•••56");
}

TEST(Reading, LeavesOtherNumbersAndSignsAlone) {
    for (const char* const text :
         {"Order 4100001",
          "2026-10-04",
          "129.00 EUR",
          "at 10:30 @desk",
          "T-48211",
          "€ 1 234 567",
          "",
          "a@b"})
        EXPECT_EQ(without_contacts(text), text);
}

TEST(Reading, TakesAnUnknownClassForTheHighest) {
    EXPECT_EQ(privacy_class("secret"), PrivacyClass::special);
    EXPECT_EQ(privacy_class(""), PrivacyClass::normal);
    EXPECT_LT(privacy_class("public"), privacy_class("normal"));
    EXPECT_LT(privacy_class("sensitive"), privacy_class("special"));
}

}  // namespace
}  // namespace touchline::view
