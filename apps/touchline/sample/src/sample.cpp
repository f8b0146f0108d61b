#include "touchline/sample/sample.hpp"

#include "mess.hpp"
#include "star.hpp"
#include "stories.hpp"

#include <algorithm>

namespace touchline::sample {
namespace {

using namespace std::chrono;

/// Some people have many stories, most have few: of three draws the lowest.
std::uint32_t draw_person(Random& random, std::uint32_t count) {
    return 1 +
           std::min({random.below(count - 1), random.below(count - 1), random.below(count - 1)});
}

std::string people_csv(const std::vector<Person>& people) {
    std::string text = "person,name,email,second_email,phone,company\n";
    for (const Person& p : people) {
        text += csv({p.key(), p.name(), p.email, p.second_email, p.phone, p.company}, ',') + "\n";
    }
    return text;
}

}  // namespace

Result<SampleReport> write_sample(
    const std::filesystem::path& directory, const SampleOptions& options
) {
    if (options.customers < 10 || options.months < 1 || options.months > 240) {
        return Error(Code::config, "a sample needs at least 10 customers and 1 to 240 months");
    }
    Random random(options.seed);
    const std::vector<Person> people = make_people(options.customers, random);
    Export out;
    Office office(out, random, options.end);
    const auto span = days(options.months * 365 / 12);
    const Time begin = options.end - span;
    const auto span_minutes = static_cast<std::uint32_t>(duration_cast<minutes>(span).count());

    tell_star(office, people[0]);
    for (const Person& person : people) {
        if (person.index == 0 || person.crm_id.empty()) continue;
        office.contact(person, begin + minutes(random.below(span_minutes / 3)));
    }
    Stories stories(office, random);
    while (out.size() < options.records) {
        const Person& person = people[draw_person(random, options.customers)];
        stories.tell(person, begin + minutes(random.below(span_minutes)));
    }
    add_bad_rows(out, random);

    SampleReport report;
    TOUCHLINE_CHECK(out.write(directory, report));
    TOUCHLINE_CHECK(write_file(directory / "truth" / "people.csv", people_csv(people)));
    const Person& star = people[0];
    report.star = {
        star.key(), star.name(), star.email, star.second_email, star.phone, star.company};
    return report;
}

}  // namespace touchline::sample
