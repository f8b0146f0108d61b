#!/usr/bin/env python3
"""Runs a private Vendure 3 (npm's @vendure/core on SQLite); private_server.py says how such scripts behave.

The line that tells of it: {"url", "admin_token", "reader", "reader_password", "version"}. The account `reader` has no more
rights than the connector's README asks for. Command: {"do": "graphql", "query", "variables"} as the administrator.
"""

import json
import os
import shutil
import subprocess
import sys
import urllib.error
import urllib.request

HERE = os.path.dirname(os.path.realpath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "support", "servers"))
from private_server import Failed, answers, free_port, keep_template, main  # noqa: E402

SCRIPT = os.path.join(HERE, "vendure_server.js")
OLDEST_NODE = 20


def boot(server):
    modules = installed_modules(server)
    version = json.loads(read(os.path.join(modules, "node_modules", "@vendure", "core", "package.json")))["version"]
    database = server.path("shop.sqlite")
    run = ["node", SCRIPT, modules, database]
    environment = {"PATH": os.environ["PATH"], "HOME": server.directory, "LANG": "C.UTF-8", "TZ": "UTC"}
    keep_template(server, f"vendure-{version}-1", ["shop.sqlite"],
                  lambda: server.run("setup.log", [*run, "0"], environment))
    port = free_port()
    server.start("server.log", [*run, str(port)], environment)
    url = f"http://127.0.0.1:{port}"
    server.wait_until(lambda: answers(url + "/health"))
    admin = Admin(url + "/admin-api")
    role = next(role["id"] for role in admin.ask("{roles {items {id code}}}")["roles"]["items"]
                if role["code"] == "touchline")
    admin.ask("mutation($input: CreateAdministratorInput!) {createAdministrator(input: $input) {id}}", {"input": {
        "firstName": "Touch", "lastName": "Line", "emailAddress": "touchline@us.test", "password": "reader",
        "roleIds": [role]}})
    return ({"url": url, "admin_token": admin.token, "reader": "touchline@us.test", "reader_password": "reader",
             "version": version},
            {"graphql": lambda wish: {"data": admin.ask(wish["query"], wish.get("variables"))}})


def installed_modules(server):
    """npm's packages, by the committed lock file; once for each build."""
    node = subprocess.run(["node", "--version"], capture_output=True, text=True, check=False).stdout
    if not node or int(node.strip("v\n").split(".")[0]) < OLDEST_NODE:
        raise Failed(f"not installed: Node.js {OLDEST_NODE} or newer, which Vendure needs")
    folder = os.path.join(os.environ.get("TEMPLATES", "") or server.directory, "vendure-modules")
    lock = os.path.join(folder, "package-lock.json")
    if os.path.isdir(os.path.join(folder, "node_modules")) and read(lock) == read(
            os.path.join(HERE, "package-lock.json")):
        return folder
    os.makedirs(folder, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(os.path.join(HERE, name), os.path.join(folder, name))
    try:
        server.run("npm.log", ["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"], dict(os.environ), folder)
    except (Failed, OSError) as failed:
        shutil.rmtree(os.path.join(folder, "node_modules"), ignore_errors=True)
        raise Failed(f"not installed: Vendure's packages: {failed}") from failed
    return folder


def read(path):
    with open(path, encoding="utf-8") as text:
        return text.read()


class Admin:
    def __init__(self, url):
        self.url = url
        self.token = None
        self.ask('mutation {login(username: "superadmin", password: "superadmin") {__typename}}')

    def ask(self, query, variables=None):
        request = urllib.request.Request(
            self.url, json.dumps({"query": query, "variables": variables or {}}).encode(),
            {"Content-Type": "application/json", **({"Authorization": "Bearer " + self.token} if self.token else {})})
        try:
            with urllib.request.urlopen(request, timeout=120) as answer:
                self.token = self.token or answer.headers.get("vendure-auth-token")
                told = json.load(answer)
        except urllib.error.HTTPError as error:
            raise RuntimeError(error.read().decode()) from error
        if told.get("errors"):
            raise RuntimeError(json.dumps(told["errors"])[:1500])
        return told["data"]


main(boot)
