#include "people.hpp"

#include <array>
#include <cstdio>
#include <map>
#include <set>

namespace touchline::sample {
namespace {

/// Numbers that ring nowhere but are well formed: France (Arcep), Germany (BNetzA) and Great
/// Britain (Ofcom) keep ranges for fiction; Belgium and Portugal do not, so blocks without
/// subscribers stand in.
struct PhoneRange {
    std::string_view country, prefix;
    int digits;
};

constexpr PhoneRange k_ranges[] = {
    {"BE", "32459", 6},
    {"FR", "3319900", 4},
    {"FR", "3335301", 4},
    {"DE", "493023125", 3},
    {"DE", "496990009", 3},
    {"DE", "494066969", 3},
    {"DE", "498999998", 3},
    {"GB", "442079460", 3},
    {"GB", "441614960", 3},
    {"GB", "441134960", 3},
    {"GB", "441214960", 3},
    {"GB", "441314960", 3},
    {"PT", "35192999", 4}};

std::string padded(std::uint32_t number, int digits) {
    char text[16];
    std::snprintf(text, sizeof text, "%0*u", digits, number);
    return text;
}

std::uint32_t capacity(int digits) {
    std::uint32_t count = 1;
    for (int i = 0; i < digits; ++i) count *= 10;
    return count;
}

/// Hands out every number once, in an order that does not look like counting; Belgium never runs
/// out.
class PhoneBook {
public:
    std::string next(std::string_view country) {
        std::uint32_t index = given_[country]++;
        for (const PhoneRange& range : k_ranges) {
            if (range.country != country) continue;
            const std::uint32_t size = capacity(range.digits);
            if (index < size) return number(range, index);
            index -= size;
        }
        return number(k_ranges[0], given_["BE"]++);
    }

private:
    static std::string number(const PhoneRange& range, std::uint32_t index) {
        const std::uint32_t size = capacity(range.digits);
        return "+" + std::string(range.prefix) +
               padded((index * 7919u + 123u) % size, range.digits);
    }

    std::map<std::string_view, std::uint32_t> given_;
};

class PeopleMaker {
public:
    explicit PeopleMaker(Random& random) : random_(random) {
        for (const std::string_view name : company_names()) {
            switchboards_[name] = phones_.next(random_.pick(countries()).code);
        }
    }

    Person make(std::uint32_t index, const Person* before) {
        Person person;
        person.index = index;
        // Half of the customers live where the company does.
        person.country = random_.chance(500) ? &countries()[0] : &random_.pick(countries());
        const Name given = random_.pick(person.country->given);
        const Name family = random_.pick(person.country->family);
        person.given = written(given);
        person.family = written(family);
        person.city = random_.pick(person.country->cities);
        const bool is_family = before != nullptr && before->company.empty() && random_.chance(50);
        if (is_family) {
            person.country = before->country;
            person.family = before->family;
            person.city = before->city;
        }
        person.phone = is_family ? before->phone : phones_.next(person.country->code);
        if (random_.chance(100)) join_company(person);
        person.email = unique_email(in_ascii(given), in_ascii(family), person.company_domain);
        if (random_.chance(300)) person.second_email = unique_email(in_ascii(given), "", "");
        give_keys(person, in_ascii(given));
        return person;
    }

private:
    void join_company(Person& person) {
        const auto companies = company_names();
        const std::uint32_t number = random_.below(static_cast<std::uint32_t>(companies.size()));
        person.company = companies[number];
        person.company_domain = in_ascii(companies[number]) + ".example";
        person.account = "cus_" + padded(2000 + number, 5);
        if (random_.chance(500)) person.phone = switchboards_[companies[number]];
    }

    std::string unique_email(
        const std::string& given, const std::string& family, const std::string& domain
    ) {
        constexpr std::array<std::string_view, 3> k_domains = {
            "example.org", "example.com", "example.net"};
        const std::string at =
            "@" + (domain.empty() ? std::string(random_.pick(std::span(k_domains))) : domain);
        std::string local = given + (family.empty() ? padded(random_.below(100), 2) : "." + family);
        for (int number = 2; !emails_.insert(local + at).second; ++number) {
            local =
                given + (family.empty() ? std::string() : "." + family) + std::to_string(number);
        }
        return local + at;
    }

    void give_keys(Person& person, const std::string& given) {
        const std::uint32_t i = person.index;
        if (random_.chance(720)) person.crm_id = std::to_string(10000 + i * 3);
        if (!person.crm_id.empty() && random_.chance(50))
            person.crm_duplicate_id = std::to_string(10001 + i * 3);
        person.helpdesk_id = std::to_string(360000000 + i * 37);
        if (random_.chance(750)) person.shop_id = std::to_string(7000 + i);
        if (random_.chance(450)) person.handle = "@" + given + padded(i % 1000, 3);
        if (person.account.empty()) person.account = "cus_" + padded(30000 + i, 5);
    }

    Random& random_;
    PhoneBook phones_;
    std::map<std::string_view, std::string> switchboards_;
    std::set<std::string> emails_;
};

Person star() {
    Person person;
    person.country = &countries()[0];
    person.given = "Inês";
    person.family = "Carvalho Peeters";
    person.city = "Gent";
    person.email = "ines.carvalho@example.org";
    person.second_email = "i.peeters@velowerkplaats.example";
    person.phone = "+32458112233";
    person.company = "Velowerkplaats Peeters";
    person.company_domain = "velowerkplaats.example";
    person.crm_id = "4711";
    person.helpdesk_id = "359999001";
    person.shop_id = "1001";
    person.handle = "@inespedals";
    person.account = "cus_01001";
    return person;
}

}  // namespace

std::string Person::key() const {
    return "p" + padded(index, 5);
}

std::vector<Person> make_people(std::uint32_t count, Random& random) {
    std::vector<Person> people;
    people.reserve(count);
    people.push_back(star());
    PeopleMaker maker(random);
    for (std::uint32_t i = 1; i < count; ++i) {
        people.push_back(maker.make(i, i > 1 ? &people.back() : nullptr));
    }
    return people;
}

std::string as_written(const std::string& phone) {
    const bool is_belgian = phone.starts_with("+32");
    std::string text =
        is_belgian ? "0" + phone.substr(3, 3) : phone.substr(0, phone.starts_with("+351") ? 4 : 3);
    const std::string rest = phone.substr(is_belgian ? 6 : text.size());
    for (std::size_t i = 0; i < rest.size(); ++i) {
        if (i % 2 == 0) text += ' ';
        text += rest[i];
    }
    return text;
}

}  // namespace touchline::sample
