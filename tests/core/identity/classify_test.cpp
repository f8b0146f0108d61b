#include "touchline/identity/classify.hpp"

#include <gmock/gmock.h>

namespace touchline::identity {

void PrintTo(const Candidate& candidate, std::ostream* out) {
    *out << (candidate.lookup == Lookup::exact ? "exact " : "term ") << candidate.ns << ":"
         << candidate.value;
}

namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<Candidate> classify(std::string_view text, std::string_view region = "BE") {
    const Policy policy;
    return classify_query(Normaliser(policy), text, region);
}
Candidate exact(std::string ns, std::string value) {
    return {Lookup::exact, std::move(ns), std::move(value)};
}
Candidate term(std::string ns, std::string value) {
    return {Lookup::term, std::move(ns), std::move(value)};
}

TEST(ClassifyQuery, KnowsAnEmailAddress) {
    EXPECT_THAT(classify(" Ana@Example.org"), ElementsAre(exact("email", "ana@example.org")));
    EXPECT_THAT(classify("info@acme.example"), ElementsAre(exact("email", "info@acme.example")))
        << "a blocked value is still looked for";
}

TEST(ClassifyQuery, KnowsAPhoneNumberInAnyFormat) {
    for (const auto* text :
         {"0470 12 34 56", "+32 470/12.34.56", "0032470123456", "(0470) 123-456"})
        EXPECT_EQ(classify(text).front(), exact("phone", "+32470123456")) << text;
}

TEST(ClassifyQuery, FindsANumberByItsLastDigits) {
    EXPECT_THAT(classify("12 34 56"), ElementsAre(term("phone", "123456")));
    EXPECT_THAT(
        classify("0470123456", ""), ElementsAre(term("phone", "470123456"), exact("", "0470123456"))
    );
}

TEST(ClassifyQuery, KnowsReferences) {
    EXPECT_THAT(classify("crm.contact:7"), ElementsAre(exact("crm.contact", "7")));
    EXPECT_THAT(classify("email:Ana@example.org"), ElementsAre(exact("email", "ana@example.org")));
    EXPECT_THAT(classify("#1001"), ElementsAre(exact("", "1001")));
    EXPECT_THAT(classify("ORD-22"), ElementsAre(exact("", "ORD-22")));
}

TEST(ClassifyQuery, TakesTheRestForAName) {
    EXPECT_THAT(classify("Silva, Ana"), ElementsAre(term("name", "ana"), term("name", "silva")));
    EXPECT_THAT(classify("Петров"), ElementsAre(term("name", "petrov")));
}

TEST(ClassifyQuery, FindsNothingInNothing) {
    EXPECT_THAT(classify(""), IsEmpty());
    EXPECT_THAT(classify("  ?! "), IsEmpty());
    EXPECT_THAT(classify("\xff\xfe"), IsEmpty());
}

}  // namespace
}  // namespace touchline::identity
