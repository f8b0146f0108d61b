#!/usr/bin/env python3
"""Makes a connector's cassette: `touchline plugin record` against the real server that its integration test starts.

    python3 record.py <the program touchline> <plugins, a folder> tryton [vendure ...]

writes connectors/*/<name>/cassettes/<server>.json. SCENES says what happened there before it is read. TEMPLATES (see
private_server.py) saves making the server's database anew.
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile

INTEGRATION = pathlib.Path(__file__).resolve().parents[2]
CONNECTORS = INTEGRATION.parents[1] / "connectors"


class Server:
    """One of the scripts of these tests, running."""

    def __init__(self, script, folder):
        self.process = subprocess.Popen(
            [sys.executable, INTEGRATION / script, folder], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.about = json.loads(self.process.stdout.readline())
        if "failed" in self.about:
            sys.exit(self.about["failed"])

    def tell(self, **command):
        self.process.stdin.write(json.dumps(command) + "\n")
        self.process.stdin.flush()
        told = json.loads(self.process.stdout.readline())
        if "error" in told:
            sys.exit(told["error"])
        return told

    def stop(self):
        self.process.stdin.close()
        self.process.wait()


def tryton(server):
    """Two people, two opportunities of which one was lost, and a sale."""

    def model(method, *params):
        return server.tell(do="call", method=f"model.{method}", params=params)["result"]

    company = int(server.about["company"])
    mechanisms = [["create", [{"type": "email", "value": "ana@globex.test"}, {"type": "phone", "value": "+4930123456"}]]]
    [ana] = model("party.party.create", [{"name": "Ana Nunez", "contact_mechanisms": mechanisms}])
    [bo] = model("party.party.create", [{"name": "Bo Berg", "contact_mechanisms": [["create", [
        {"type": "email", "value": "bo@initech.test"}]]]}])
    [lost, _] = model("sale.opportunity.create", [
        {"description": "200 seats", "party": ana, "company": company},
        {"description": "Spare parts", "party": bo, "company": company}])
    model("sale.opportunity.lost", [lost])
    model("sale.sale.create", [{"party": ana, "company": company, "description": "A chair"}])
    # Older than what every read looks at again.
    server.tell(do="age", seconds=3600)
    return {"database": server.about["database"]}


def vendure(server):
    """Two people, and an order that is paid and partly refunded."""

    def ask(query, **variables):
        return server.tell(do="graphql", query=query, variables=variables)["data"]

    def customer(name, mail):
        return ask("mutation ($i: CreateCustomerInput!) {createCustomer(input: $i) {... on Customer {id}}}", i={
            "firstName": name, "lastName": "Nunez", "emailAddress": mail, "phoneNumber": "+4930123456",
        })["createCustomer"]["id"]

    ana = customer("Ana", "ana@globex.test")
    customer("Bo", "bo@initech.test")
    order = ask("mutation {createDraftOrder {id}}")["createDraftOrder"]["id"]
    of = f'(orderId: "{order}", '
    ask("mutation {addItemToDraftOrder" + of + 'input: {productVariantId: "1", quantity: 2}) {__typename}}')
    ask("mutation {setCustomerForDraftOrder" + of + f'customerId: "{ana}") {{__typename}}}}')
    ask("mutation {setDraftOrderShippingAddress" + of + 'input: {streetLine1: "Street 1", countryCode: "DE"}) {id}}')
    ask("mutation {setDraftOrderShippingMethod" + of + 'shippingMethodId: "1") {__typename}}')
    ask(f'mutation {{transitionOrderToState(id: "{order}", state: "ArrangingPayment") {{__typename}}}}')
    ask(f'mutation {{addManualPaymentToOrder(input: {{orderId: "{order}", method: "cash", transactionId: "1", '
        "metadata: {}}) {__typename}}")
    found = ask(f'{{order(id: "{order}") {{lines {{id}} payments {{id}}}}}}')["order"]
    ask("mutation ($i: RefundOrderInput!) {refundOrder(input: $i) {__typename}}", i={
        "lines": [{"orderLineId": found["lines"][0]["id"], "quantity": 1}], "shipping": 0, "adjustment": 0,
        "paymentId": found["payments"][0]["id"], "reason": "Broken"})
    return {}


SCENES = {"tryton": tryton, "vendure": vendure}


def record(program, plugins, name):
    address = f"https://{name}.acme.test"
    with tempfile.TemporaryDirectory() as folder:
        server = Server(f"{name}/{name}_server.py", folder)
        try:
            scene = SCENES[name]
            settings = {"url": server.about["url"], **scene(server)}
            [connector] = CONNECTORS.glob(f"*/{name}")
            return subprocess.run(
                [program, "plugin", "record", pathlib.Path(plugins) / f"{name}.so",
                 *(option for key, value in settings.items() for option in ("--setting", f"{key}={json.dumps(value)}")),
                 "--auth", "session", "--user", server.about["reader"], "--secret", "READER_PASSWORD",
                 "--about", f"{scene.__doc__} Recorded from version {server.about['version']}.",
                 "--replace", f"{server.about['url']}={address}", "--allow-private-network",
                 "-o", connector / "cassettes/server.json"],
                env={**os.environ, "READER_PASSWORD": server.about["reader_password"]}, check=False).returncode
        finally:
            server.stop()


if __name__ == "__main__":
    sys.exit(max(record(*sys.argv[1:3], name) for name in sys.argv[3:]))
