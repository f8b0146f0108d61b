#include "src/response.hpp"

#include "src/message.hpp"

#include <gtest/gtest.h>

namespace imap {
namespace {

TEST(Responses, AreReadWithLiteralsListsAndBrackets) {
    const auto fetch = parse_response(
        "* 12 FETCH (UID 7 FLAGS (\\Seen) BODY[1]<0> {5}\r\nhe\"l) RFC822.SIZE 44)\r\n"
    );
    EXPECT_EQ(fetch.tag, "*");
    ASSERT_EQ(fetch.values.size(), 3u);
    EXPECT_EQ(fetch.values[2].find("uid")->number(), 7);
    EXPECT_EQ(fetch.values[2].find("BODY[1]<0>")->text, "he\"l)");
    EXPECT_EQ(fetch.values[2].find("RFC822.SIZE")->number(), 44);
    EXPECT_EQ(fetch.values[2].find("FLAGS")->items.front().text, "\\Seen");
}

TEST(Responses, HaveACode) {
    const auto answer = parse_response("t1 NO [AUTHENTICATIONFAILED] Not (you)\r\n");
    EXPECT_EQ(answer.tag, "t1");
    EXPECT_EQ(answer.values.front().text, "NO");
    EXPECT_EQ(answer.code, "AUTHENTICATIONFAILED");
    EXPECT_EQ(parse_response("* OK [UIDNEXT 8] Next\r\n").code_argument, "8");
}

TEST(Responses, ThatAreBrokenEndEarly) {
    for (const char* broken :
         {"", "*", "* 1 FETCH (UID", "* 1 FETCH (A {99}\r\nx", "* \"", "* 1 FETCH )))"})
        parse_response(broken);
    parse_response("* " + std::string(5000, '('));
}

TEST(FolderNames, AreWrittenInModifiedUtf7) {
    EXPECT_EQ(folder_argument("INBOX"), "\"INBOX\"");
    EXPECT_EQ(folder_argument("Größe & Co"), "\"Gr&APYA3w-e &- Co\"");
    EXPECT_EQ(folder_argument("台北"), "\"&U,BTFw-\"");
    EXPECT_EQ(folder_argument("a\"b"), "\"a\\\"b\"");
}

TEST(Mails, ListTheirAttachmentsAndPreferPlainText) {
    const auto fetch = parse_response(
        "* 1 FETCH (UID 3 BODYSTRUCTURE ((((\"text\" \"plain\" (\"charset\" \"utf-8\") NIL NIL "
        "\"7bit\" 5 1)"
        "(\"text\" \"html\" NIL NIL NIL \"7bit\" 12 1) \"alternative\") \"mixed\")"
        "(\"application\" \"pdf\" NIL NIL NIL \"base64\" 900 NIL (\"attachment\" (\"filename*\" "
        "\"utf-8''R%C3%A9sum%C3%A9.pdf\"))) \"mixed\"))\r\n"
    );
    const Mail mail = read_mail(fetch.values[2]);
    ASSERT_EQ(mail.parts.size(), 3u);
    ASSERT_NE(mail.readable(), nullptr);
    EXPECT_EQ(mail.readable()->section, "1.1.1");
    EXPECT_TRUE(mail.parts[2].attached);
    EXPECT_EQ(mail.parts[2].name, "Résumé.pdf");
    EXPECT_EQ(mail.parts[2].section, "2");
}

}  // namespace
}  // namespace imap
