// The connector against a real Tryton 6.
#include "real_server_test.hpp"

#include "touchline/json/writer.hpp"
#include "touchline/net/session.hpp"

namespace touchline::integration {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;

constexpr auto k_day = std::chrono::hours(25);

class Tryton : public RealServerTest<Tryton> {
public:
    static constexpr const char* k_script = "tryton/tryton_server.py";

protected:
    static Configured as_reader(const std::string& password) {
        return {
            "tryton",
            R"({"url": ")" + server().url() + R"(", "database": ")" + server().about("database") +
                R"("})",
            in_session("tryton", server().about("reader"), password)};
    }
    static Configured reader() { return as_reader(server().about("reader_password")); }

    /// As the administrator: the method's result, as JSON.
    static std::string call_model(const std::string& method, const std::string& params) {
        const auto told = server().tell(
            R"({"do": "call", "method": "model.)" + method + R"(", "params": [)" + params + "]}"
        );
        EXPECT_TRUE(told) << method << ": " << told.error().text();
        const auto result = told ? told->root().get("result") : std::nullopt;
        return result ? result->text() : std::string();
    }
    static void tell(const std::string& command) {
        const auto told = server().tell(command);
        EXPECT_TRUE(told) << told.error().text();
    }
    static std::size_t count(const std::string& model) {
        return std::stoul(call_model(model + ".search_count", "[]"));
    }
    /// Its id.
    static std::string create(const std::string& model, const std::string& values) {
        const auto ids = call_model(model + ".create", "[" + values + "]");
        return ids.size() > 2 ? ids.substr(1, ids.size() - 2) : "0";
    }
    static std::string party(const std::string& name, const std::string& mechanisms = "") {
        return create(
            "party.party",
            R"({"name": ")" + name + R"(", "contact_mechanisms": [["create", [)" + mechanisms +
                "]]]}"
        );
    }
    static std::string mail(const std::string& address) {
        return R"({"type": "email", "value": ")" + address + R"("})";
    }
    static void write(const std::string& model, const std::string& id, const std::string& values) {
        call_model(model + ".write", "[" + id + "]," + values);
    }
    static void remove(const std::string& model, const std::string& id) {
        call_model(model + ".delete", "[" + id + "]");
    }
    /// So many at once: they share one microsecond.
    static void import_parties(int count) {
        std::string list;
        for (int i = 0; i < count; ++i)
            list += (i > 0 ? "," : "") + std::string(R"({"name": "Imported )") + std::to_string(i) +
                    "\"}";
        call_model("party.party.create", "[" + list + "]");
    }
    static std::string opportunity(const std::string& party, const std::string& description) {
        return create(
            "sale.opportunity",
            R"({"description": ")" + description + R"(", "party": )" + party + R"(, "company": )" +
                server().about("company") + "}"
        );
    }
};

TEST_F(Tryton, IsReadAsPeopleDealsAndOrders) {
    const auto ana = party(
        "Ana Nunez", mail("ana@globex.test") + R"(,{"type": "phone", "value": "+4930123456"})"
    );
    const auto lead = opportunity(ana, "200 seats");
    ConnectorBench bench(reader());
    EXPECT_THAT(bench.check(), HasSubstr("parties"));
    ASSERT_THAT(said(bench.run()), IsEmpty());
    EXPECT_EQ(bench.records("parties").size(), count("party.party"));
    EXPECT_EQ(bench.records("contact_mechanisms").size(), count("party.contact_mechanism"));
    EXPECT_EQ(bench.records("opportunities").size(), count("sale.opportunity"));
    EXPECT_EQ(bench.records("sales").size(), count("sale.sale"));
    EXPECT_THAT(bench.kinds("opportunities"), Contains("internal lead.created"));
    std::vector<std::string> values;
    for (const auto& fact : bench.mapped("contact_mechanisms").facts) values.push_back(fact.value);
    EXPECT_THAT(values, Contains("\"ana@globex.test\""));
    EXPECT_THAT(values, Contains("\"+4930123456\""));
    const auto deals = bench.mapped("opportunities").touchpoints;
    ASSERT_THAT(deals, SizeIs(1));
    const auto& opened = deals.front();
    EXPECT_EQ(opened.subject, "200 seats");
    EXPECT_EQ(opened.identities[0].value, "tryton/" + ana);

    call_model("sale.opportunity.lost", "[" + lead + "]");
    ASSERT_THAT(said(bench.run()), IsEmpty());
    EXPECT_THAT(bench.kinds("opportunities"), Contains("internal deal.lost"));
}

TEST_F(Tryton, IsReadWholeWhenAnImportGaveAllOneMicrosecond) {
    import_parties(430);
    ConnectorBench bench(reader());
    ASSERT_THAT(said(bench.run()), IsEmpty());
    EXPECT_EQ(bench.records("parties").size(), count("party.party"));
}

TEST_F(Tryton, ReadsOnlyWhatIsNewAfterwards) {
    ConnectorBench bench(reader());
    ASSERT_THAT(said(bench.run()), IsEmpty());
    ASSERT_THAT(said(bench.run()), IsEmpty());
    for (const auto& [stream, records] : bench.records())
        EXPECT_EQ(bench.handed_over(stream), 0u) << stream;
    // Older than the minute that is read again.
    tell(R"({"do": "age", "seconds": 7200})");
    const auto fresh = party("Fresh");
    ASSERT_THAT(said(bench.run()), IsEmpty());
    EXPECT_EQ(bench.handed_over("parties"), 1u);
    EXPECT_THAT(bench.records("parties").at(fresh), HasSubstr("Fresh"));
}

TEST_F(Tryton, MissesNothingThatChangesWhileItIsRead) {
    ConnectorBench bench(reader());
    std::string id;
    bench.door().before_call = [&](const net::Request& request) {
        if (!id.empty() || request.body.find("search_read") == std::string::npos) return;
        if (bench.records("parties").empty()) return;
        id = bench.records("parties").begin()->first;
        write("party.party", id, R"({"name": "Changed meanwhile"})");
    };
    ASSERT_THAT(said(bench.run()), IsEmpty());
    ASSERT_THAT(said(bench.run()), IsEmpty());
    EXPECT_THAT(bench.records("parties").at(id), HasSubstr("Changed meanwhile"));
}

TEST_F(Tryton, HearsOfAnAddressThatLeavesItsPartyUntouched) {
    const auto bo = party("Bo", mail("bo@old.test"));
    ConnectorBench bench(reader());
    ASSERT_THAT(said(bench.run()), IsEmpty());
    std::string mechanism;
    for (const auto& [id, text] : bench.records("contact_mechanisms")) {
        if (text.find("bo@old.test") != std::string::npos) mechanism = id;
    }
    const std::string before = bench.records("parties").at(bo);
    write("party.contact_mechanism", mechanism, R"({"value": "bo@new.test"})");
    ASSERT_THAT(said(bench.run()), IsEmpty());
    EXPECT_EQ(bench.records("parties").at(bo), before);
    EXPECT_THAT(bench.records("contact_mechanisms").at(mechanism), HasSubstr("bo@new.test"));
}

TEST_F(Tryton, TellsOfDeletionsAtTheNextRead) {
    const auto gone = party("Gone", mail("gone@x.test")), kept = party("Kept");
    ConnectorBench bench(reader());
    ASSERT_THAT(said(bench.run()), IsEmpty());
    const auto mechanisms = bench.mapped("contact_mechanisms").facts.size();
    remove("party.party", gone);
    ASSERT_THAT(said(bench.run()), IsEmpty());
    EXPECT_EQ(bench.records("parties").at(gone), R"({"id":)" + gone + R"(,"deleted":true})");
    EXPECT_THAT(bench.records("parties").at(kept), Not(HasSubstr("deleted")));
    EXPECT_EQ(bench.mapped("contact_mechanisms").facts.size(), mechanisms - 1);
}

TEST_F(Tryton, TellsOfMergesAsLinks) {
    const auto survivor = party("Cy"), absorbed = party("C. Y.");
    ConnectorBench bench(reader());
    ASSERT_THAT(said(bench.run()), IsEmpty());
    write("party.party", absorbed, R"({"active": false, "replaced_by": )" + survivor + "}");
    ASSERT_THAT(said(bench.run()), IsEmpty());
    const auto links = bench.mapped("parties").links;
    ASSERT_THAT(links, SizeIs(1));
    EXPECT_EQ(links[0].a.value, "tryton/" + survivor);
    EXPECT_EQ(links[0].b.value, "tryton/" + absorbed);
}

TEST_F(Tryton, SignsInAgainOnceItsSessionHasEnded) {
    ConnectorBench bench(reader());
    ASSERT_THAT(said(bench.run()), IsEmpty());
    int logins = 0;
    bool ended = false;
    bench.door().before_call = [&](const net::Request& request) {
        if (request.body.find("common.db.login") != std::string::npos) ++logins;
        if (ended) return;
        ended = true;
        tell(R"({"do": "end_sessions"})");
    };
    ASSERT_THAT(said(bench.run()), IsEmpty());
    EXPECT_EQ(logins, 1);
    EXPECT_EQ(bench.records("parties").size(), count("party.party"));
}

TEST_F(Tryton, SaysThatItIsNotLetIn) {
    ConnectorBench stranger(as_reader("Wrong-1-password"));
    EXPECT_THAT(stranger.check(), StartsWith("error"));
    const auto errors = stranger.run();
    ASSERT_THAT(errors, SizeIs(4));
    for (const auto& [stream, error] : errors) {
        EXPECT_EQ(error.code(), Code::auth);
        EXPECT_THAT(error.text(), Not(HasSubstr("Wrong-1-password")));
    }
    EXPECT_THAT(stranger.records(), IsEmpty());
}

TEST_F(Tryton, EndsTheSameWhereverItIsKilled) {
    ConnectorBench bench(reader());
    EXPECT_THAT(after_kills(bench, 25, 1), IsEmpty());
}

}  // namespace
}  // namespace touchline::integration
