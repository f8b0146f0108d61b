// How single values are read before they are compared.
#include "text/similarity.hpp"
#include "text/sound.hpp"
#include "values/birth_date.hpp"
#include "values/company_name.hpp"
#include "values/mail_address.hpp"
#include "values/nicknames.hpp"
#include "values/person_name.hpp"
#include "values/phone_digits.hpp"
#include "values/postal_address.hpp"

#include "touchline/identity/fields.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace touchline::identity {
namespace {

std::string random_word(std::mt19937& random) {
    std::string word(random() % 9, 'a');
    for (char& c : word) c = char('a' + random() % 4);
    return word;
}

/// By the book: a table, row by row.
int slow_edit_distance(const std::string& a, const std::string& b) {
    std::vector<std::vector<int>> table(a.size() + 1, std::vector<int>(b.size() + 1));
    for (std::size_t i = 0; i <= a.size(); ++i)
        for (std::size_t j = 0; j <= b.size(); ++j) {
            if (i == 0 || j == 0) {
                table[i][j] = int(i + j);
                continue;
            }
            table[i][j] = std::min(
                {table[i - 1][j] + 1,
                 table[i][j - 1] + 1,
                 table[i - 1][j - 1] + (a[i - 1] != b[j - 1])}
            );
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                table[i][j] = std::min(table[i][j], table[i - 2][j - 2] + 1);
        }
    return table[a.size()][b.size()];
}

FeatureText text(const std::string& value) {
    return {value, 1, signs_of(value)};
}

TEST(Similarity, AgreesWithTheBookAndIsSymmetric) {
    std::mt19937 random(1);
    for (int i = 0; i < 20000; ++i) {
        const auto a = random_word(random), b = random_word(random);
        const int edits = slow_edit_distance(a, b);
        ASSERT_EQ(edit_distance(a, b), edits) << a << " " << b;
        ASSERT_EQ(within_one_edit(a, b), edits <= 1) << a << " " << b;
        ASSERT_EQ(jaro_winkler(a, b), jaro_winkler(b, a)) << a << " " << b;
    }
}

TEST(Similarity, RulesOutOnlyWhatIsNotAlike) {
    std::mt19937 random(2);
    for (int i = 0; i < 20000; ++i) {
        const auto a = random_word(random) + "x", b = random_word(random) + "y";
        if (jaro_winkler(a, b) >= 0.9) {
            ASSERT_TRUE(may_be_alike(text(a), text(b), 0.9)) << a << " " << b;
        }
        if (edit_distance(a, b) <= 2) {
            ASSERT_TRUE(may_be_within(text(a), text(b), 2)) << a << " " << b;
        }
    }
}

TEST(Similarity, IsThatOfThePublishedExamples) {
    EXPECT_NEAR(jaro_winkler("martha", "marhta"), 0.961, 0.001);
    EXPECT_NEAR(jaro_winkler("dixon", "dicksonx"), 0.813, 0.001);
    EXPECT_EQ(edit_distance("kitten", "sitting"), 3);
}

TEST(Sound, IsEqualForSpellingsOfOneName) {
    EXPECT_EQ(sound_of("ivanov"), sound_of("iwanow"));
    EXPECT_EQ(sound_of("tchaikovsky"), sound_of("chaikovsky"));
    EXPECT_EQ(sound_of("mohammed"), sound_of("mhmd"));
    EXPECT_NE(sound_of("smith"), sound_of("jones"));
    EXPECT_EQ(sound_of(""), 0U);
}

TEST(Nicknames, ShareTheirFormalName) {
    EXPECT_TRUE(name_groups_of("bill").share_with(name_groups_of("william")));
    EXPECT_TRUE(name_groups_of("sasha").share_with(name_groups_of("alexander")));
    EXPECT_TRUE(name_groups_of("peggy").share_with(name_groups_of("greta")));
    EXPECT_FALSE(name_groups_of("bill").share_with(name_groups_of("james")));
    EXPECT_TRUE(name_groups_of("zaphod").empty());
}

PersonName full(std::string_view name) {
    return read_person_name({{}, {}, {}, name, {}});
}

TEST(PersonName, IsFoundInOneField) {
    EXPECT_EQ(full("eddinger, janet m.").given, "janet");
    EXPECT_EQ(full("eddinger, janet m.").surname, "eddinger");
    EXPECT_EQ(full("dr misty graziano sr").suffix, "sr");
    EXPECT_EQ(full("dr misty graziano sr").surname, "graziano");
    EXPECT_EQ(full("ana van der meer").surname, "vandermeer");
    EXPECT_EQ(full("patrick staber, jr").given, "patrick");
    EXPECT_EQ(full("patrick staber, jr").suffix, "jr");
    EXPECT_EQ(full("cher").surname, "cher");
    EXPECT_TRUE(full("").empty());
}

TEST(PersonName, IsReadFromItsPartsFirst) {
    const auto name = read_person_name({"mary ann", {}, "o'brien jr", "mary quinn o'brien", {}});
    EXPECT_EQ(name.given, "mary");
    EXPECT_EQ(name.surname, "obrien");
    EXPECT_EQ(name.suffix, "jr");
    EXPECT_EQ(name.others, (std::vector<std::string>{"ann", "quinn"}));
}

TEST(MailAddress, LosesWhatDoesNotIdentify) {
    EXPECT_EQ(read_mail_address("Jane.Doe+shop@GMail.com").text(), "janedoe@gmail.com");
    EXPECT_EQ(read_mail_address("jane.doe@gmial.com").text(), "janedoe@gmail.com");
    EXPECT_EQ(read_mail_address("jane.doe@firm.example").text(), "jane.doe@firm.example");
    EXPECT_TRUE(read_mail_address("info@firm.example").role);
    EXPECT_TRUE(read_mail_address("test@test.com").empty());
    EXPECT_TRUE(read_mail_address("n/a").empty());
}

TEST(PhoneDigits, AreThoseDialledInsideTheCountry) {
    EXPECT_EQ(read_phone_digits("+1 (570) 397-7427"), "5703977427");
    EXPECT_EQ(read_phone_digits("1-570-397-7427"), "5703977427");
    EXPECT_EQ(read_phone_digits("570.397.7427 x12"), "5703977427");
    EXPECT_EQ(read_phone_digits("+49 171 1234567"), read_phone_digits("0171 1234567"));
    EXPECT_EQ(read_phone_digits("0000000000"), "");
    EXPECT_EQ(read_phone_digits("1234567890"), "");
    EXPECT_EQ(read_phone_digits("555-0100"), "");
}

TEST(BirthDate, IsReadInEveryUsualForm) {
    const BirthDate expected{1961, 10, 18};
    for (const auto* written :
         {"1961-10-18",
          "19611018",
          "18.10.1961",
          "10/18/1961",
          "18 October 1961",
          "1961-10-18T00:00:00Z"})
        EXPECT_EQ(read_birth_date(written), expected) << written;
    EXPECT_EQ(read_birth_date("1875"), (BirthDate{1875, 0, 0}));
    EXPECT_EQ(birth_date_of_parts("1949", "7", "22"), (BirthDate{1949, 7, 22}));
    for (const auto* placeholder :
         {"1900-01-01", "1970-01-01", "0000-00-00", "9999-12-31", "unknown"})
        EXPECT_TRUE(read_birth_date(placeholder).empty()) << placeholder;
}

TEST(PostalAddress, HasOneSpelling) {
    const auto one =
        read_postal_address({"12", "north oak drive", {}, {}, "st. james", {}, "AB1 2CD", {}});
    const auto other =
        read_postal_address({{}, {}, {}, {}, "st james", {}, "AB12CD", "12 n oak dr"});
    EXPECT_EQ(one.number, other.number);
    EXPECT_EQ(one.street, other.street);
    EXPECT_EQ(one.city, other.city);
    EXPECT_EQ(read_postal_address({{}, "hauptstrasse 5", {}, {}, {}, {}, {}, {}}).number, "5");
}

TEST(CompanyName, LosesItsLegalForm) {
    EXPECT_EQ(read_company_name("wren labs, inc."), "wren labs");
    EXPECT_EQ(read_company_name("wren labs l.l.c."), "wren labs");
    EXPECT_EQ(read_company_name("limited"), "limited");
    EXPECT_EQ(read_domain("https://www.wren.example/about"), "wren.example");
}

Role role_of(const std::string& field, const std::string& a = "x", const std::string& b = "y") {
    const std::vector<Record> records = {{"1", "", {{field, a}}}, {"2", "", {{field, b}}}};
    return recognise_fields(records).role_of(field);
}

TEST(Fields, AreRecognisedByTheirName) {
    EXPECT_EQ(role_of("first_name"), Role::given_name);
    EXPECT_EQ(role_of("Vorname"), Role::given_name);
    EXPECT_EQ(role_of("fname_c1"), Role::given_name);
    EXPECT_EQ(role_of("lastName"), Role::surname);
    EXPECT_EQ(role_of("dateOfBirth"), Role::birth_date);
    EXPECT_EQ(role_of("by"), Role::birth_year);
    EXPECT_EQ(role_of("E-Mail"), Role::email);
    EXPECT_EQ(role_of("mobile_phone"), Role::phone);
    EXPECT_EQ(role_of("postcode_fake"), Role::postcode);
    EXPECT_EQ(role_of("soc_sec_id"), Role::exclusive_id);
    EXPECT_EQ(role_of("company_name"), Role::company);
    EXPECT_EQ(role_of("occupation"), Role::text);
    EXPECT_EQ(role_of("birth_place"), Role::text);
    EXPECT_EQ(role_of("updated_at"), Role::updated_at);
    EXPECT_EQ(role_of("created_at"), Role::ignored);
}

TEST(Fields, AreRecognisedByTheirValuesWhereTheNameTellsNothing) {
    EXPECT_EQ(role_of("f1", "ana@souza.example", "bob@gmail.com"), Role::email);
    EXPECT_EQ(role_of("f2", "1961-10-18", "1975-01-30"), Role::birth_date);
    EXPECT_EQ(role_of("f3", "+1 570 397 7427", "(303) 425-0749"), Role::phone);
    EXPECT_EQ(role_of("f4", "sculptor", "painter"), Role::text);
}

TEST(Fields, NamedOnlyANameAreOfFirmsWhereTheValuesAre) {
    EXPECT_EQ(role_of("name", "Wren Labs, Inc.", "Orbis Foods"), Role::company);
    EXPECT_EQ(role_of("name", "Ana Souza", "Bob Vance"), Role::full_name);
}

TEST(Fields, WithOneValueThroughoutAreLeftOut) {
    EXPECT_EQ(role_of("kind", "person", "person"), Role::ignored);
}

}  // namespace
}  // namespace touchline::identity
