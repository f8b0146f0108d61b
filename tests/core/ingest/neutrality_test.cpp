// The customers are a function of the records, whatever their order, their batches and how often
// they came.
#include "workbench.hpp"

#include <algorithm>
#include <array>
#include <random>
#include <set>

namespace touchline::ingest {
namespace {

struct Contact {
    int id = 0;
    std::string email, phone, name;
    bool deleted = false;
    int version = 1;
};

/// Few people, fewer mailboxes and numbers: names contradict, and limits are crossed on the way.
std::vector<Contact> crowded_office(std::mt19937& random) {
    const auto pick = [&](int n) { return std::uniform_int_distribution<int>(0, n - 1)(random); };
    constexpr const char* k_names[] = {
        "Ana Silva", "A Silva", "Silva Ana", "Bob Jones", "Robert Jones", "Chloe Martin", ""};
    std::vector<Contact> contacts;
    for (int i = 1; i <= 40; ++i) {
        Contact contact;
        contact.id = i;
        const int person = pick(14);
        contact.email =
            pick(3) == 0 ? "office@acme.example" : "p" + std::to_string(person) + "@acme.example";
        contact.phone = pick(2) == 0 ? "+3225551234" : "+324811223" + std::to_string(10 + person);
        contact.name = k_names[pick(4) == 0 ? pick(7) : person % 7];
        contacts.push_back(contact);
    }
    return contacts;
}

std::string json_of(const Contact& contact) {
    return R"({"id":"k)" + std::to_string(contact.id) + R"(","email":")" + contact.email +
           R"(","phone":")" + contact.phone + R"(","name":")" + contact.name + R"(","deleted":)" +
           (contact.deleted ? "true" : "false") + R"(,"version":")" +
           std::to_string(contact.version) + R"(","updated":"2026-01-0)" +
           std::to_string(contact.version) + R"(T00:00:00Z"})";
}

using Customers = std::set<std::set<std::string>>;

class Neutrality : public Workbench {
protected:
    static constexpr const char* k_mapping = R"(
emit: fact
where: =!deleted
set:
  identities: [{ns: crm.contact, value: =id}, {ns: email, value: =email}, {ns: phone, value: =phone}, {ns: name, value: =name}]
  observed_at: =updated
fields: {name.full: =name, email: =email}
)";

    /// A store of its own that the contacts come to in this order, `together` in a page. It is
    /// closed and opened again after the page `restart_after`. The customers of what `shown` names
    /// are returned, or of all contacts.
    Customers after(
        const std::vector<Contact>& contacts,
        std::size_t together,
        std::size_t restart_after = SIZE_MAX,
        const std::vector<Contact>& shown = {}
    ) {
        const auto folder = folder_ / std::to_string(++stores_);
        std::filesystem::create_directories(folder);
        auto store = open(folder);
        ConnectionPlan crm = plan("crm", k_mapping);
        crm.streams[0].info.version = "/version";
        std::size_t pages = 0;
        for (std::size_t i = 0; i < contacts.size(); i += together) {
            std::string page;
            for (std::size_t j = i; j < std::min(i + together, contacts.size()); ++j)
                page.append(page.empty() ? "[" : ",").append(json_of(contacts[j]));
            const Environment environment{*store, policy_, clock_, "default"};
            Ingestor ingestor(environment, crm);
            EXPECT_TRUE(ingestor.page({"rows", page + "]", "", Format::json, model::Via::poll}));
            const auto done = ingestor.finish();
            EXPECT_TRUE(done) << done.error().text();
            if (++pages == restart_after) {
                store.reset();
                store = open(folder);
            }
        }
        return customers_in(*store, shown.empty() ? contacts : shown);
    }

    static Customers customers_in(store::Store& store, const std::vector<Contact>& contacts) {
        std::set<std::pair<std::string, std::string>> names;
        for (const Contact& contact : contacts) {
            if (contact.deleted) continue;
            names.insert({"crm.contact", "k" + std::to_string(contact.id)});
            names.insert({"email", contact.email});
            names.insert({"phone", contact.phone});
        }
        const auto reader = std::move(*store.reader());
        std::map<std::string, std::set<std::string>> by_customer;
        for (const auto& [ns, value] : names) {
            const auto identity = *reader->find_identity(ns, value);
            if (!identity) continue;
            by_customer[reader->resolve(identity->customer)->id].insert(ns + ":" + value);
        }
        Customers out;
        for (auto& [id, set] : by_customer) out.insert(std::move(set));
        return out;
    }

    std::mt19937 random_{20261123};

private:
    int stores_ = 0;
};

TEST_F(Neutrality, IsNotAffectedByOrderOrBatches) {
    for (int round = 0; round < 2; ++round) {
        auto contacts = crowded_office(random_);
        const Customers at_once = after(contacts, contacts.size());
        EXPECT_EQ(after(contacts, 1), at_once) << "round " << round;
        for (int i = 0; i < 2; ++i) {
            std::ranges::shuffle(contacts, random_);
            EXPECT_EQ(after(contacts, 1 + random_() % 7), at_once) << "round " << round;
        }
    }
}

TEST_F(Neutrality, IsNotAffectedByRestartsOrRepetition) {
    auto contacts = crowded_office(random_);
    const Customers at_once = after(contacts, contacts.size());
    EXPECT_EQ(after(contacts, 5, 6), at_once);
    auto twice = contacts;
    twice.insert(twice.end(), contacts.begin(), contacts.end());
    std::ranges::shuffle(twice, random_);
    EXPECT_EQ(after(twice, 4), at_once);
}

TEST_F(Neutrality, EndsWhereAFreshLoadOfTheLastStateEnds) {
    for (int round = 0; round < 2; ++round) {
        const auto first = crowded_office(random_);
        auto last = crowded_office(random_);
        std::vector<Contact> story = first;
        std::vector<Contact> state;
        for (std::size_t i = 0; i < first.size(); ++i) {
            Contact now = first[i];
            if (i % 3 == 0) {
                now = last[i];
                now.version = 2;
                now.deleted = i % 9 == 0;
                story.push_back(now);
            }
            state.push_back(now);
        }
        std::shuffle(
            story.begin() + static_cast<std::ptrdiff_t>(first.size()), story.end(), random_
        );
        const Customers fresh = after(state, state.size());
        for (const std::size_t together : {std::size_t{1}, std::size_t{8}}) {
            EXPECT_EQ(after(story, together, SIZE_MAX, state), fresh) << "round " << round;
        }
    }
}

/// Thousands of towns that know nothing of each other, all in one store. Each is the same six
/// contacts, and in each they come in another order.
class ManyOrders : public Neutrality {
protected:
    static constexpr int k_contacts = 6;
    static constexpr int k_orders = 720;  // of six

    static std::string of_town(const std::string& value, int town) {
        return value.empty() ? "" : value + "x" + std::to_string(town) + "@acme.example";
    }
    static std::string phone_of(int number, int town) {
        if (number < 0) return "";
        const std::string digits = std::to_string(100'000 + 2 * town + number);
        return "+32485" + digits.substr(digits.size() - 6);
    }
    struct Template {
        const char* email;
        int phone;
        const char* name;
    };
    static std::string row(const Template& contact, int index, int town) {
        return R"({"id":"k)" + std::to_string(index) + "x" + std::to_string(town) +
               R"(","email":")" + of_town(contact.email, town) + R"(","phone":")" +
               phone_of(contact.phone, town) + R"(","name":")" + contact.name +
               R"(","deleted":false,"version":"1","updated":"2026-01-01T00:00:00Z"})";
    }

    /// A town's customers, without the town's number.
    static Customers customers_of(
        store::Reader& reader, const std::array<Template, k_contacts>& contacts, int town
    ) {
        std::map<std::string, std::set<std::string>> by_customer;
        const auto put =
            [&](const std::string& ns, const std::string& value, const std::string& shown) {
                const auto identity = *reader.find_identity(ns, value);
                if (identity)
                    by_customer[reader.resolve(identity->customer)->id].insert(ns + shown);
            };
        for (int i = 0; i < k_contacts; ++i) {
            const std::string index = std::to_string(i);
            put("crm.contact", "k" + index + "x" + std::to_string(town), index);
            put("email",
                of_town(contacts[std::size_t(i)].email, town),
                contacts[std::size_t(i)].email);
            const int phone = contacts[std::size_t(i)].phone;
            put("phone", phone_of(phone, town), std::to_string(phone));
        }
        Customers out;
        for (auto& [id, set] : by_customer) out.insert(std::move(set));
        return out;
    }

    void expect_one_outcome(const std::array<Template, k_contacts>& contacts) {
        ConnectionPlan crm = plan("crm", k_mapping);
        crm.streams[0].info.version = "/version";
        // Which contact comes to a town when; some towns get several at once, some the first twice.
        std::array<int, k_contacts> order{};
        for (int i = 0; i < k_contacts; ++i) order[std::size_t(i)] = i;
        std::array<std::string, k_contacts + 1> pages;
        for (int town = 0; town < k_orders; ++town) {
            for (std::size_t place = 0; place < k_contacts; ++place) {
                const int index = order[place];
                const std::string text = row(contacts[std::size_t(index)], index, town);
                const std::size_t together = 1 + std::size_t(town) % 3;
                std::string& page = pages[place / together];
                page.append(page.empty() ? "[" : ",").append(text);
                if (place == 0 && town % 2 == 0)
                    pages.back().append(pages.back().empty() ? "[" : ",").append(text);
            }
            std::next_permutation(order.begin(), order.end());
        }
        const auto folder = folder_ / ("towns" + std::to_string(++worlds_));
        std::filesystem::create_directories(folder);
        auto store = open(folder);
        for (const std::string& page : pages) {
            const Environment environment{*store, policy_, clock_, "default"};
            Ingestor ingestor(environment, crm);
            ASSERT_TRUE(ingestor.page({"rows", page + "]", "", Format::json, model::Via::poll}));
            const auto done = ingestor.finish();
            ASSERT_TRUE(done) << done.error().text();
            store.reset();  // a restart
            store = open(folder);
        }
        const auto reader = std::move(*store->reader());
        const Customers expected = customers_of(*reader, contacts, 0);
        EXPECT_GT(expected.size(), 1U);
        for (int town = 1; town < k_orders; ++town)
            ASSERT_EQ(customers_of(*reader, contacts, town), expected) << "order " << town;
    }

private:
    int worlds_ = 0;
};

TEST_F(ManyOrders, OfAFamilyWithOneMailboxGiveTheSameCustomers) {
    expect_one_outcome(
        {{{"home", 0, "Ana Silva"},
          {"home", 1, "Bob Silva"},
          {"ana", 0, "A Silva"},
          {"bob", 1, "Silva Bob"},
          {"home", -1, ""},
          {"bob", 0, "Chloe Martin"}}}
    );
}

TEST_F(ManyOrders, OfANumberThatIsHandedOnGiveTheSameCustomers) {
    expect_one_outcome(
        {{{"ana", 0, "Ana Silva"},
          {"dirk", 0, "Dirk Maes"},
          {"dirk", -1, "D Maes"},
          {"", 0, "Ana Silva"},
          {"eva", 0, ""},
          {"eva", 1, "Eva Roth"}}}
    );
}

TEST_F(ManyOrders, OfAMailboxThatCrossesItsLimitGiveTheSameCustomers) {
    model::NamespaceSetting email;
    email.name = "email";
    email.max_customers = 2;
    policy_ = identity::Policy::make(std::vector{email}).value();
    expect_one_outcome(
        {{{"desk", 0, "Ana Silva"},
          {"desk", 1, "Bob Jones"},
          {"desk", -1, "Chloe Martin"},
          {"desk", 0, "Ana Silva"},
          {"chloe", -1, "Chloe Martin"},
          {"desk", 1, ""}}}
    );
}

}  // namespace
}  // namespace touchline::ingest
