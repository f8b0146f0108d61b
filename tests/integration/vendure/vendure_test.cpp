// The connector against a real Vendure 3.
#include "real_server_test.hpp"

#include "touchline/json/writer.hpp"

namespace touchline::integration {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;

class Vendure : public RealServerTest<Vendure> {
public:
    static constexpr const char* k_script = "vendure/vendure_server.py";

protected:
    static Configured as_reader(const std::string& password) {
        return {
            "vendure",
            R"({"url": ")" + server().url() + R"("})",
            in_session("vendure", server().about("reader"), password)};
    }
    static Configured reader() { return as_reader(server().about("reader_password")); }

    /// As the administrator; fails the test on errors.
    static json::Document ask(const std::string& query, const std::string& variables = "{}") {
        json::Writer command;
        command.begin_object()
            .member("do", "graphql")
            .member("query", query)
            .key("variables")
            .raw(variables)
            .end_object();
        auto told = server().tell(command.text());
        EXPECT_TRUE(told) << query << ": " << told.error().text();
        return told ? std::move(*told) : std::move(json::Document::parse("{}")).value();
    }
    static std::string text_at(const json::Document& document, const std::string& pointer) {
        const auto value = json::find(document.root(), "/data" + pointer);
        const auto text = value ? value->as_string() : std::nullopt;
        return text ? std::string(*text) : value ? value->text() : std::string();
    }
    static std::size_t count(const std::string& list) {
        return std::stoul(text_at(ask("{" + list + " {totalItems}}"), "/" + list + "/totalItems"));
    }
    static std::string customer(const std::string& name) {
        const auto made =
            ask("mutation ($i: CreateCustomerInput!) {createCustomer(input: $i) {... on Customer "
                "{id}}}",
                R"({"i": {"firstName": ")" + name + R"(", "lastName": "Nunez", "emailAddress": ")" +
                    name + R"(@globex.test", "phoneNumber": "+4930123456"}})");
        return text_at(made, "/createCustomer/id");
    }
    static void rename(const std::string& id, const std::string& name) {
        ask("mutation ($i: UpdateCustomerInput!) {updateCustomer(input: $i) {__typename}}",
            R"({"i": {"id": ")" + id + R"(", "firstName": ")" + name + R"("}})");
    }
    /// Many at once, in one request: they share a second.
    static void import_customers(int count) {
        static int number = 0;
        std::string query = "mutation {";
        for (int i = 0; i < count; ++i) {
            const std::string n = std::to_string(++number);
            query += "c" + n + ": createCustomer(input: {firstName: \"Imported\", lastName: \"" +
                     n + "\", emailAddress: \"i" + n + "@x.test\"}) {__typename} ";
        }
        ask(query + "}");
    }
    /// An order of two printers, paid by hand. Its id.
    static std::string order_of(const std::string& customer) {
        const std::string id =
            text_at(ask("mutation {createDraftOrder {id}}"), "/createDraftOrder/id");
        const std::string of = "(orderId: \"" + id + "\", ";
        ask("mutation {addItemToDraftOrder" + of +
            "input: {productVariantId: \"1\", quantity: 2}) {__typename}}");
        ask("mutation {setCustomerForDraftOrder" + of + "customerId: \"" + customer +
            "\") {__typename}}");
        ask("mutation {setDraftOrderShippingAddress" + of +
            "input: {streetLine1: \"Street 1\", countryCode: \"DE\"}) {id}}");
        ask("mutation {setDraftOrderShippingMethod" + of + "shippingMethodId: \"1\") {__typename}}"
        );
        ask("mutation {transitionOrderToState(id: \"" + id +
            "\", state: \"ArrangingPayment\") {__typename}}");
        ask("mutation {addManualPaymentToOrder(input: {orderId: \"" + id +
            "\", method: \"cash\", transactionId: \"1\", metadata: {}}) {__typename}}");
        return id;
    }
    static void refund(const std::string& order) {
        const auto found = ask("{order(id: \"" + order + "\") {lines {id} payments {id}}}");
        ask("mutation {refundOrder(input: {lines: [{orderLineId: \"" +
            text_at(found, "/order/lines/0/id") +
            "\", quantity: 1}], shipping: 0, adjustment: 0, " + "paymentId: \"" +
            text_at(found, "/order/payments/0/id") + "\", reason: \"Broken\"}) {__typename}}");
    }
    static std::string updated(const std::string& order) {
        return text_at(ask("{order(id: \"" + order + "\") {updatedAt}}"), "/order/updatedAt");
    }
};

TEST_F(Vendure, IsReadAsOrdersAndPeople) {
    const auto ana = customer("ana");
    order_of(ana);
    ConnectorBench bench(reader());
    EXPECT_THAT(bench.check(), HasSubstr("orders"));
    ASSERT_THAT(said(bench.run()), IsEmpty());
    EXPECT_EQ(bench.records("orders").size(), count("orders"));
    EXPECT_EQ(bench.records("customers").size(), count("customers"));
    EXPECT_THAT(bench.kinds("orders"), ElementsAre("inbound order.paid", "inbound order.placed"));
    const auto placed = bench.mapped("orders").touchpoints.front();
    ASSERT_TRUE(placed.amount);
    EXPECT_EQ(placed.amount->value, "243.00");
    EXPECT_EQ(placed.identities[0].value, "vendure/" + ana);
    const auto facts = bench.mapped("customers").facts;
    ASSERT_THAT(facts, SizeIs(3));
    EXPECT_EQ(facts[0].value, "\"ana Nunez\"");
}

TEST_F(Vendure, IsReadWholeWhenAnImportGaveAllOneSecond) {
    import_customers(130);
    import_customers(130);
    ConnectorBench bench(reader());
    ASSERT_THAT(said(bench.run()), IsEmpty());
    EXPECT_EQ(bench.records("customers").size(), count("customers"));
    ASSERT_THAT(said(bench.run()), IsEmpty());
    EXPECT_EQ(bench.handed_over("customers"), 0u);
    const auto fresh = customer("fresh");
    ASSERT_THAT(said(bench.run()), IsEmpty());
    EXPECT_EQ(bench.handed_over("customers"), 1u);
    EXPECT_THAT(bench.records("customers").at(fresh), HasSubstr("fresh@globex.test"));
}

TEST_F(Vendure, MissesNothingThatChangesWhileItIsRead) {
    ConnectorBench bench(reader());
    std::string id;
    bench.door().before_call = [&](const net::Request& request) {
        if (!id.empty() || request.body.find("CustomerListOptions") == std::string::npos) return;
        if (bench.records("customers").empty()) return;
        // By offset, this would move a row of the second page to the first.
        id = bench.records("customers").begin()->first;
        rename(id, "Changed");
    };
    ASSERT_THAT(said(bench.run()), IsEmpty());
    ASSERT_THAT(said(bench.run()), IsEmpty());
    EXPECT_EQ(bench.records("customers").size(), count("customers"));
    EXPECT_THAT(bench.records("customers").at(id), HasSubstr("Changed"));
}

TEST_F(Vendure, HearsOfARefundThatLeavesItsOrdersTimeWithinAnHour) {
    const auto order = order_of(customer("bo"));
    ConnectorBench bench(reader());
    ASSERT_THAT(said(bench.run()), IsEmpty());
    int windows = 0;
    bench.door().before_call = [&](const net::Request& request) {
        if (request.body.find(R"("orderPlacedAt":{"after")") != std::string::npos) ++windows;
    };
    ASSERT_THAT(said(bench.run()), IsEmpty());
    EXPECT_EQ(windows, 0) << "not at every read";
    const std::string before = updated(order);
    refund(order);
    ASSERT_EQ(updated(order), before) << "if this changes, the window is of no use any more";
    bench.pass(std::chrono::minutes(61));
    ASSERT_THAT(said(bench.run()), IsEmpty());
    EXPECT_EQ(windows, 1);
    EXPECT_THAT(bench.records("orders").at(order), HasSubstr("Broken"));
    EXPECT_THAT(bench.kinds("orders"), Contains("outbound order.refunded"));
}

TEST_F(Vendure, TellsOfDeletionsAtTheNextRead) {
    const auto gone = customer("gone"), kept = customer("kept");
    ConnectorBench bench(reader());
    ASSERT_THAT(said(bench.run()), IsEmpty());
    ask("mutation {deleteCustomer(id: \"" + gone + "\") {result}}");
    ASSERT_THAT(said(bench.run()), IsEmpty());
    EXPECT_EQ(bench.records("customers").at(gone), R"({"id":)" + gone + R"(,"deleted":true})");
    EXPECT_THAT(bench.records("customers").at(kept), Not(HasSubstr("deleted")));
}

TEST_F(Vendure, SignsInAgainWhenItsSessionEndsWith200AndForbidden) {
    ConnectorBench bench(reader());
    ASSERT_THAT(said(bench.run()), IsEmpty());
    int logins = 0;
    bool ended = false;
    bench.door().before_call = [&](const net::Request& request) {
        if (request.body.find("login(") != std::string::npos) ++logins;
        if (ended) return;
        ended = true;
        // Whoever holds the token can end the session: as its owner would elsewhere.
        call(
            "POST",
            server().url() + "/admin-api",
            {{"Authorization", std::string(request.headers.get("authorization").value_or(""))}},
            R"({"query": "mutation {logout {success}}"})"
        );
    };
    ASSERT_THAT(said(bench.run()), IsEmpty());
    EXPECT_EQ(logins, 1);
}

TEST_F(Vendure, SaysThatItIsNotLetIn) {
    ConnectorBench stranger(as_reader("wrong-password"));
    EXPECT_THAT(stranger.check(), StartsWith("error"));
    const auto errors = stranger.run();
    ASSERT_THAT(errors, SizeIs(2));
    for (const auto& [stream, error] : errors) {
        EXPECT_EQ(error.code(), Code::auth) << stream;
        EXPECT_THAT(error.text(), Not(HasSubstr("wrong-password")));
    }
}

TEST_F(Vendure, EndsTheSameWhereverItIsKilled) {
    ConnectorBench bench(reader());
    EXPECT_THAT(after_kills(bench, 25, 1), IsEmpty());
}

}  // namespace
}  // namespace touchline::integration
