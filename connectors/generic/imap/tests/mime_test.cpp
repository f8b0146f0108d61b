#include "src/mime.hpp"

#include <gtest/gtest.h>

namespace imap {
namespace {

TEST(EncodedWords, AreReadInBothEncodingsAndManyCharacterSets) {
    EXPECT_EQ(decode_words("=?utf-8?q?Caf=C3=A9_cr=C3=A8me?="), "Café crème");
    EXPECT_EQ(decode_words("=?ISO-8859-1?B?4m5h?= Nunez"), "âna Nunez");
    EXPECT_EQ(decode_words("=?windows-1252?q?=93ok=94?="), "“ok”");
    EXPECT_EQ(decode_words("=?iso-8859-15?q?=A4?="), "€");
    EXPECT_EQ(decode_words("=?utf-8*en?q?hi?="), "hi");
}

TEST(EncodedWords, LoseTheSpaceBetweenThemAndNoOther) {
    EXPECT_EQ(decode_words("=?utf-8?q?a?= =?utf-8?q?b?= c"), "ab c");
    EXPECT_EQ(decode_words("=?utf-8?q?a?=\r\n =?utf-8?q?b?="), "ab");
    EXPECT_EQ(decode_words("x =?utf-8?q?a?="), "x a");
}

TEST(EncodedWords, ThatAreBrokenStayAsTheyAre) {
    EXPECT_EQ(decode_words("=?utf-8?q?never ends"), "=?utf-8?q?never ends");
    EXPECT_EQ(decode_words("=?utf-8?x?what?="), "=?utf-8?x?what?=");
    EXPECT_EQ(decode_words("raw \xe9 byte"), "raw \xef\xbf\xbd byte");
}

TEST(TransferEncodings, AreTakenAway) {
    EXPECT_EQ(decode_transfer("SGVs\r\nbG8=", "BASE64"), "Hello");
    EXPECT_EQ(decode_transfer("so=\r\nft =3D hard", "quoted-printable"), "soft = hard");
    EXPECT_EQ(decode_transfer("as it is", "7bit"), "as it is");
}

TEST(ExtendedParameters, NameTheirCharacterSet) {
    EXPECT_EQ(decode_extended("utf-8'de'%e2%82%ac%20rates"), "€ rates");
    EXPECT_EQ(decode_extended("iso-8859-1''%A3"), "£");
}

TEST(MailDates, AreReadInTheFormsThatMailsAndServersUse) {
    EXPECT_EQ(parse_mail_date("Fri, 21 Nov 1997 09:55:06 -0600"), 880127706000);
    EXPECT_EQ(parse_mail_date("21-Nov-1997 09:55:06 -0600"), 880127706000);
    EXPECT_EQ(parse_mail_date(" 1-Jan-2026 00:00:00 +0000"), 1767225600000);
    EXPECT_EQ(parse_mail_date("1 Jan 26 00:00 +0000 (UTC)"), 1767225600000);
    EXPECT_FALSE(parse_mail_date("yesterday"));
    EXPECT_FALSE(parse_mail_date(""));
}

}  // namespace
}  // namespace imap
