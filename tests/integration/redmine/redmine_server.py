#!/usr/bin/env python3
"""Runs a private Redmine 5 (Debian's redmine, redmine-sqlite, puma); private_server.py says how such scripts behave.

The line that tells of it: {"url", "admin_key", "reader_key", "version"}. admin_key may do everything; reader_key is an
account with no more rights than the connector's README asks for. Commands: {"do": "sql", "text": …} changes the
database behind Redmine's back, as an import does; {"do": "rows", "text": …} tells what a SELECT finds.
"""

import os
import sqlite3
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.realpath(__file__)), "..", "support", "servers"))
from private_server import answers, installed_version, keep_template, listening_socket, main  # noqa: E402

APPLICATION = "/usr/share/redmine"

SETUP = """
Redmine::DefaultData::Loader.load('en')
Setting.rest_api_enabled = '1'
Setting.login_required = '0'
Setting.mail_handler_api_enabled = '1'
Setting.mail_handler_api_key = 'mail'
admin = User.find_by(login: 'admin')
admin.update!(must_change_passwd: false, mail: 'admin@us.test')
project = Project.new(name: 'Support', identifier: 'support', is_public: false)
project.enabled_module_names = %w[issue_tracking]
project.trackers = Tracker.all
project.save!
tiny = Project.new(name: 'Tiny', identifier: 'tiny', is_public: false, parent: nil)
tiny.enabled_module_names = %w[issue_tracking]
tiny.trackers = Tracker.all
tiny.save!
role = Role.create!(name: 'Touchline', issues_visibility: 'all', users_visibility: 'all',
                    permissions: %i[view_issues view_private_notes])
reader = User.new(firstname: 'Touch', lastname: 'Line', mail: 'touchline@us.test', language: 'en')
reader.login = 'touchline'
reader.password = reader.password_confirmation = 'not needed'
reader.save!
[project, tiny].each { |one| Member.create!(project: one, principal: reader, roles: [role]) }
Token.where(action: 'api').delete_all
{admin => 'ad' * 20, reader => 'be' * 20}.each do |user, key|
  Token.create!(user: user, action: 'api')
  Token.where(user: user, action: 'api').update_all(value: key)
end
"""


def boot(server):
    version = installed_version("redmine")
    installed_version("redmine-sqlite")
    installed_version("puma")
    environment = prepare_instance(server)

    def make_database():
        server.write("setup.rb", SETUP)
        server.run("setup.log", ["rake", "db:migrate"], environment, APPLICATION)
        server.run("setup.log", ["bin/rails", "runner", server.path("setup.rb")], environment, APPLICATION)

    keep_template(server, f"redmine-{version}-2", ["redmine.sqlite"], make_database)

    listener = listening_socket()
    address = f"tcp://127.0.0.1:{listener.getsockname()[1]}"
    environment["PUMA_INHERIT_0"] = f"{listener.fileno()}:{address}"
    puma = ["puma", "--environment", "production", "--bind", address, "--threads", "1:3", "--workers", "0",
            "--config", "-", "config.ru"]
    server.start("server.log", puma, environment, APPLICATION, [listener])
    listener.close()
    url = address.replace("tcp:", "http:")
    server.wait_until(lambda: answers(url + "/users/current.json"))

    def sql(wish):
        with sqlite3.connect(server.path("redmine.sqlite"), timeout=30) as database:
            return {"changed": database.execute(wish["text"]).rowcount}

    def rows(wish):
        with sqlite3.connect(server.path("redmine.sqlite"), timeout=30) as database:
            return {"rows": [[str(cell) for cell in row] for row in database.execute(wish["text"])]}

    about = {"url": url, "admin_key": "ad" * 20, "reader_key": "be" * 20, "version": version}
    return about, {"sql": sql, "rows": rows}


def prepare_instance(server):
    for folder in ("config", "log", "tmp", "files"):
        os.makedirs(server.path(folder))
    server.write("config/database.yml", f"""production:
  adapter: sqlite3
  database: {server.path("redmine.sqlite")}
  timeout: 20000
""")
    server.write("config/secret_key.txt", "0123456789" * 8 + "\n")
    server.write("config/configuration.yml", f"""production:
  email_delivery:
    delivery_method: :test
  attachments_storage_path: {server.path("files")}
""")
    server.write("Gemfile", f"""eval_gemfile '{APPLICATION}/Gemfile'
gem 'sqlite3' unless dependencies.any? {{ |known| known.name == 'sqlite3' }}
gem 'puma'
""")
    # Debian's Redmine looks for its instance below /usr/share/redmine/instances; four levels up is the root, whether
    # or not the link on the way is resolved.
    instance = "../../../.." + server.directory
    return {
        "PATH": os.environ["PATH"], "HOME": server.directory, "LANG": "C.UTF-8", "TZ": "UTC",
        "RUBYOPT": "--yjit",
        "REDMINE_INSTANCE": instance, "RAILS_ENV": "production", "BUNDLE_GEMFILE": server.path("Gemfile"),
        "SCHEMA": server.path("schema.rb")}


main(boot)
