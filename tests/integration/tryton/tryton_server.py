#!/usr/bin/env python3
"""Runs a private Tryton 6 (Debian's tryton-server and modules); private_server.py says how such scripts behave.

The line that tells of it: {"url", "database", "admin_password", "reader", "reader_password", "company", "version"}.
The account `reader` has no more rights than the connector's README asks for. Commands: {"do": "call", "method",
"params"} as the administrator; {"do": "age", "seconds"}; {"do": "end_sessions"} of all others.
"""

import base64
import json
import os
import sqlite3
import sys
import urllib.request

sys.path.insert(0, os.path.join(os.path.dirname(os.path.realpath(__file__)), "..", "support", "servers"))
from private_server import answers, free_port, installed_version, keep_template, main  # noqa: E402

MODULES = ["party", "sale_opportunity", "sale"]
PASSWORD = "Kq7-zw2-Vm9-xp4"


def boot(server):
    version = installed_version("tryton-server")
    for module in ("party", "sale-opportunity", "sale"):
        installed_version("tryton-modules-" + module)
    port = free_port()
    os.makedirs(server.path("data"))
    server.write("trytond.conf", f"""[web]
listen = 127.0.0.1:{port}
[database]
uri = sqlite://
path = {server.path("data")}
[session]
authentications = password
""")
    server.write("password", PASSWORD + "\n", 0o600)
    environment = {"PATH": os.environ["PATH"], "HOME": server.directory, "LANG": "C.UTF-8", "TZ": "UTC",
                   "TRYTONPASSFILE": server.path("password")}

    def make_database():
        open(server.path("data", "shop.sqlite"), "w", encoding="utf-8").close()
        admin = ["trytond-admin", "-c", server.path("trytond.conf"), "-d", "shop"]
        server.run("setup.log", [*admin, "--email", "admin@us.test", "--all"], environment)
        server.run("setup.log", [*admin, "-u", *MODULES, "--activate-dependencies"], environment)

    keep_template(server, f"tryton-{version}-1", ["data"], make_database)
    server.start("server.log", ["trytond", "-c", server.path("trytond.conf")], environment)
    url = f"http://127.0.0.1:{port}"
    server.wait_until(lambda: answers(url + "/"))
    rpc = Rpc(url + "/shop/")
    company = set_up(rpc)
    about = {"url": url, "database": "shop", "admin_password": PASSWORD, "reader": "touchline",
             "reader_password": PASSWORD + "!", "company": str(company), "version": version}

    def sql(*statements):
        with sqlite3.connect(server.path("data", "shop.sqlite"), timeout=30) as database:
            for statement in statements:
                database.execute(statement)

    def age(wish):
        """As if all there is had been written so much earlier."""
        shift = f"'-{int(wish['seconds'])} seconds'"
        sql(*(f"UPDATE {table} SET {column} = strftime('%Y-%m-%d %H:%M:%f', {column}, {shift})"
              for table in ("party_party", "party_contact_mechanism", "sale_opportunity", "sale_sale")
              for column in ("create_date", "write_date")))

    def end_sessions(_):
        sql("DELETE FROM ir_session WHERE create_uid <> 1")

    return about, {"call": lambda wish: {"result": rpc.call(wish["method"], *wish["params"])},
                   "age": age, "end_sessions": end_sessions}


class Rpc:
    def __init__(self, url):
        self.url = url
        self.context = {}
        self.headers = {"Content-Type": "application/json"}
        uid, session = self.call("common.db.login", "admin", {"password": PASSWORD})
        token = base64.b64encode(f"admin:{uid}:{session}".encode()).decode()
        self.headers["Authorization"] = "Session " + token

    def call(self, method, *params):
        if method.startswith("model."):
            params = (*params, self.context)
        body = json.dumps({"id": 0, "method": method, "params": params}).encode()
        with urllib.request.urlopen(urllib.request.Request(self.url, body, self.headers), timeout=120) as answer:
            told = json.load(answer)
        if told.get("error"):
            raise RuntimeError(json.dumps(told["error"]))
        return told.get("result")


def set_up(rpc):
    """A company with a currency, and the reader's account."""
    [euro] = rpc.call("model.currency.currency.create", [{
        "name": "Euro", "symbol": "€", "code": "EUR", "rounding": {"__class__": "Decimal", "decimal": "0.01"},
        "digits": 2}])
    [us] = rpc.call("model.party.party.create", [{"name": "Us"}])
    [company] = rpc.call("model.company.company.create", [{"party": us, "currency": euro}])
    rpc.call("model.res.user.write", [1], {"companies": [["add", [company]]], "company": company})
    rpc.context = {"company": company, "active_test": False}
    rpc.call("model.res.user.create", [{
        "name": "Touchline", "login": "touchline", "password": PASSWORD + "!",
        "companies": [["add", [company]]], "company": company,
        "groups": [["add", reader_groups(rpc)]]}])
    return company


def reader_groups(rpc):
    """The groups that may read sales; Tryton's parties are open to everybody who signs in."""
    return [row["id"] for row in rpc.call(
        "model.res.group.search_read", [["name", "in", ["Sales", "Sale Opportunity"]]], 0, 10, None, ["name"])]


main(boot)
