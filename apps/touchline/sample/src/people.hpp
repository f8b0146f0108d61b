// The people of the sample: who they are, and under which key each system knows them.
#pragma once

#include "names.hpp"
#include "random.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace touchline::sample {

struct Person {
    std::uint32_t index = 0;
    const Country* country = nullptr;
    std::string given, family, city;
    std::string email, second_email;       ///< the second one may be empty
    std::string phone;                     ///< E.164; may be a family's or a switchboard's
    std::string company, company_domain;   ///< empty for private customers
    std::string crm_id, crm_duplicate_id;  ///< empty: not in the CRM, not there twice
    std::string helpdesk_id;
    std::string shop_id;  ///< empty: always orders as a guest
    std::string handle;   ///< empty: not on social media
    std::string account;  ///< of billing; colleagues share it

    std::string name() const { return given + " " + family; }
    /// Key in the truth files: "p00017".
    std::string key() const;
};

/// Person 0 is the star of star.hpp. One in ten works for a company; one in twenty shares a phone
/// with the person before, as families do.
std::vector<Person> make_people(std::uint32_t count, Random& random);

/// As a person in Belgium would write it: "0459 12 34 56", abroad "+33 6 39 98 12 34".
std::string as_written(const std::string& phone);

}  // namespace touchline::sample
