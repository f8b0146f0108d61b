#include "touchline/identity/normalise.hpp"

#include <gmock/gmock.h>

namespace touchline::identity {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

Policy belgian() {
    return std::move(Policy::make({}, "BE")).value();
}

Normalised normalise(std::string ns, std::string value, NormaliserOptions options = {}) {
    const auto policy = belgian();
    const Normaliser normaliser(policy, options);
    return normaliser.normalise({.ns = std::move(ns), .value = std::move(value)}).value();
}

struct Case {
    const char* ns;
    const char* raw;
    const char* normalised;
    friend void PrintTo(const Case& c, std::ostream* out) { *out << c.ns << ":" << c.raw; }
};

class Normalises : public testing::TestWithParam<Case> {};

TEST_P(Normalises, ToOneText) {
    const auto& [ns, raw, expected] = GetParam();
    const auto result = normalise(ns, raw);
    EXPECT_EQ(result.status, Status::usable) << raw << ": " << result.reason;
    EXPECT_EQ(result.value, expected) << raw;
    EXPECT_EQ(normalise(ns, expected).value, expected) << "normalising again changes nothing";
}

INSTANTIATE_TEST_SUITE_P(
    Emails,
    Normalises,
    testing::Values(
        Case{"email", "  Ana.Silva@Example.ORG ", "ana.silva@example.org"},
        Case{"email", "mailto:ana@example.org", "ana@example.org"},
        Case{"email", "ana+shop@example.org", "ana+shop@example.org"},
        Case{"email", "ana@example.org.", "ana@example.org"},
        Case{"email", "ａｎａ＠ｅｘａｍｐｌｅ．ｏｒｇ", "ana@example.org"},
        Case{"email", "jörg@müller.example", "jörg@xn--mller-kva.example"},
        Case{"email", "JÖRG@MÜLLER.example", "jörg@xn--mller-kva.example"},
        Case{"email", "ana@почта.example", "ana@xn--80a1acny.example"},
        Case{"email", "o'brien@example.co.uk", "o'brien@example.co.uk"},
        Case{"email", "\u00a0ana@example.org\u2003", "ana@example.org"}
    )
);

INSTANTIATE_TEST_SUITE_P(
    Phones,
    Normalises,
    testing::Values(
        Case{"phone", "0470 12 34 56", "+32470123456"},
        Case{"phone", "+32 (0)470/12.34.56", "+32470123456"},
        Case{"phone", "0032470123456", "+32470123456"},
        Case{"phone", "tel:+32-470-12-34-56", "+32470123456"},
        Case{"phone", "+32 470 12 34 56 ext. 12", "+32470123456"},
        Case{"phone", "０４７０１２３４５６", "+32470123456"},
        Case{"phone", "٠٤٧٠١٢٣٤٥٦", "+32470123456"},
        Case{"phone", "+1 (202) 456-1111", "+12024561111"},
        Case{"phone", "+39 06 698 12345", "+390669812345"}
    )
);

INSTANTIATE_TEST_SUITE_P(
    Names,
    Normalises,
    testing::Values(
        Case{"name", "Ana Silva", "ana silva"},
        Case{"name", "Silva, Ana", "ana silva"},
        Case{"name", "SILVA,ANA  MARIA", "ana maria silva"},
        Case{"name", "Dr. Ana Silva", "ana silva"},
        Case{"name", "Ana Silva, PhD", "ana silva"},
        Case{"name", "Frau Prof. Dr. Jörg-Änne Müller", "jorg anne muller"},
        Case{"name", "Mme Chloé Lefèvre", "chloe lefevre"},
        Case{"name", "O'Brien, Sinéad", "sinead obrien"},
        Case{"name", "O’Brien, Sinéad", "sinead obrien"},
        Case{"name", "Иван Петров", "ivan petrov"},
        Case{"name", "Юлия Щербакова", "yuliya shcherbakova"},
        Case{"name", "Γιώργος Παπαδόπουλος", "yiorgos papadhopoulos"},
        Case{"name", "محمد", "mhmd"},
        Case{"name", "王小明", "wang xiao ming"},
        Case{"name", "Łukasz Żółć", "lukasz zolc"},
        Case{"name", "Straße", "strasse"},
        Case{"name", "Ａｎａ　Ｓｉｌｖａ", "ana silva"},
        Case{"name", "Anto\u0301nio", "antonio"},
        Case{"name", "Mr", "mr"},
        Case{"name", "J.R. Smith", "j r smith"}
    )
);

INSTANTIATE_TEST_SUITE_P(
    Keys,
    Normalises,
    testing::Values(
        Case{"crm.contact", " 0037-A ", "0037-A"},
        Case{"x.user", "AnaSilva", "AnaSilva"},
        Case{"crm.contact", "Anto\u0301nio", "Ant\u00f3nio"}
    )
);

struct Bad {
    const char* ns;
    std::string raw;
    Status status;
    const char* reason;
    friend void PrintTo(const Bad& bad, std::ostream* out) {
        *out << bad.ns << ":" << bad.raw.substr(0, 40);
    }
};

class Refuses : public testing::TestWithParam<Bad> {};

TEST_P(Refuses, WithAReason) {
    const auto& [ns, raw, status, reason] = GetParam();
    const auto result = normalise(ns, raw);
    EXPECT_EQ(result.status, status) << raw;
    EXPECT_THAT(result.reason, HasSubstr(reason)) << raw;
    EXPECT_THAT(result.search_terms, IsEmpty());
    EXPECT_EQ(result.value.empty(), status == Status::invalid);
}

INSTANTIATE_TEST_SUITE_P(
    Table,
    Refuses,
    testing::Values(
        Bad{"email", "", Status::invalid, "empty"},
        Bad{"email", "   ", Status::invalid, "empty"},
        Bad{"email", "ana.example.org", Status::invalid, "has an @"},
        Bad{"email", "ana@example@org", Status::invalid, "one @ only"},
        Bad{"email", "@example.org", Status::invalid, "before the @"},
        Bad{"email", "ana silva@example.org", Status::invalid, "space"},
        Bad{"email", "ana@", Status::invalid, "not a domain"},
        Bad{"email", "ana@local", Status::invalid, "not a domain"},
        Bad{"email", "ana@-x.org", Status::invalid, "not a domain"},
        Bad{"email", "ana@ex ample.org", Status::invalid, "not a domain"},
        Bad{"email", "ana@192.168.0.1", Status::invalid, "not a domain"},
        Bad{"email", std::string(65, 'a') + "@example.org", Status::invalid, "64 bytes"},
        Bad{"email", "ana@exam\nple.org", Status::invalid, "control"},
        Bad{"email", "noreply@shop.example", Status::blocked, "nothing about anybody"},
        Bad{"email", "Unknown@Example.org", Status::blocked, "nothing about anybody"},
        Bad{"email", "noreply@acme.example", Status::blocked, "nothing about anybody"},
        Bad{"phone", "0000000000", Status::invalid, "placeholder"},
        Bad{"phone", "+32 444 44 44 44", Status::invalid, "placeholder"},
        Bad{"phone", "123456789", Status::invalid, "placeholder"},
        Bad{"phone", "17", Status::invalid, "no number of that country"},
        Bad{"phone", "ana", Status::invalid, "not a phone number"},
        Bad{"phone", "+999 123 456", Status::invalid, "no country has this code"},
        Bad{"phone", "+32 470 12", Status::invalid, "no number of that country"},
        Bad{"name", "???", Status::invalid, "no letters"},
        Bad{"name", "Unknown", Status::blocked, "nothing"},
        Bad{"crm.contact", "", Status::invalid, "empty"},
        Bad{"crm.contact", std::string("a\0b", 3), Status::invalid, "control"},
        Bad{"crm.contact", "a\u0085b", Status::invalid, "control"},
        Bad{"crm.contact", "\xc3\x28", Status::invalid, "UTF-8"},
        Bad{"crm.contact", std::string(321, 'a'), Status::invalid, "320 bytes"},
        Bad{"crm.contact", "NULL", Status::blocked, "placeholder"},
        Bad{"crm.contact", "00000000-0000-0000-0000-000000000000", Status::blocked, "placeholder"}
    )
);

TEST(Normaliser, CutsThePlusTagWhenAsked) {
    EXPECT_EQ(
        normalise("email", "ana+shop@example.org", {.cut_plus_tag = true}).value, "ana@example.org"
    );
    EXPECT_EQ(
        normalise("email", "+ana@example.org", {.cut_plus_tag = true}).value, "+ana@example.org"
    );
}

TEST(Normaliser, SaysThatANumberWithoutCountryCodeNeedsARegion) {
    const Policy policy;
    const auto result =
        Normaliser(policy).normalise({.ns = "phone", .value = "0470 12 34 56"}).value();
    EXPECT_EQ(result.status, Status::invalid);
    EXPECT_THAT(result.reason, HasSubstr("no region is configured"));
    EXPECT_EQ(
        Normaliser(policy).normalise({.ns = "phone", .value = "0032 470 12 34 56"})->value,
        "+32470123456"
    );
}

TEST(Normaliser, GivesTermsToSearchBy) {
    EXPECT_THAT(normalise("email", "Ana@example.org").search_terms, ElementsAre("ana@example.org"));
    EXPECT_THAT(normalise("name", "Silva, Ana Silva").search_terms, ElementsAre("ana", "silva"));
    EXPECT_THAT(
        normalise("phone", "0470123456").search_terms,
        ElementsAre("32470123456", "2470123456", "470123456", "70123456", "0123456", "123456")
    );
    EXPECT_THAT(normalise("crm.contact", "7").search_terms, ElementsAre("7"));
}

TEST(Normaliser, TakesTheStrengthFromThePolicy) {
    EXPECT_EQ(normalise("email", "ana@example.org").strength, model::Strength::strong);
    EXPECT_EQ(normalise("name", "ana").strength, model::Strength::weak);
    EXPECT_EQ(normalise("crm.contact", "7").strength, model::Strength::unique);
}

}  // namespace
}  // namespace touchline::identity
