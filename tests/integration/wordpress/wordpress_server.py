#!/usr/bin/env python3
"""Runs a private WordPress 6 (Debian's wordpress, mariadb-server, php8.2); private_server.py says how such scripts behave.

The line that tells of it: {"url", "admin_password", "version"}: an application password of the user admin, who may list
users and moderate comments as the connector's README asks. PHP's own web server stands in for nginx: what answers is
WordPress. Commands: {"do": "sql", "text": …} changes the database as an import does.
"""

import os
import pwd
import shutil
import subprocess
import sys
import urllib.parse
import urllib.request

sys.path.insert(0, os.path.join(os.path.dirname(os.path.realpath(__file__)), "..", "support", "servers"))
from private_server import answers, free_port, installed_version, keep_template, main  # noqa: E402

SOURCE = "/usr/share/wordpress"

CONFIG = """<?php
define('DB_NAME', 'wordpress');
define('DB_USER', 'wordpress');
define('DB_PASSWORD', 'wordpress');
define('DB_HOST', 'localhost:%(socket)s');
define('DB_CHARSET', 'utf8mb4');
define('DB_COLLATE', '');
define('WP_HOME', '%(url)s');
define('WP_SITEURL', '%(url)s');
define('WP_ENVIRONMENT_TYPE', 'local');
define('WP_HTTP_BLOCK_EXTERNAL', true);
define('DISABLE_WP_CRON', true);
define('AUTOMATIC_UPDATER_DISABLED', true);
foreach (['AUTH_KEY', 'SECURE_AUTH_KEY', 'LOGGED_IN_KEY', 'NONCE_KEY', 'AUTH_SALT', 'SECURE_AUTH_SALT',
          'LOGGED_IN_SALT', 'NONCE_SALT'] as $name) define($name, str_repeat($name, 4));
$table_prefix = 'wp_';
if (!defined('ABSPATH')) define('ABSPATH', __DIR__ . '/');
require_once ABSPATH . 'wp-settings.php';
"""

ROUTER = """<?php
$path = parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);
$file = __DIR__ . '/site' . $path;
if ($path !== '/' && is_file($file)) {
    if (substr($file, -4) !== '.php') return false;
    chdir(dirname($file));
    $_SERVER['SCRIPT_FILENAME'] = $file;
    $_SERVER['SCRIPT_NAME'] = $path;
    require $file;
    return;
}
chdir(__DIR__ . '/site');
$_SERVER['SCRIPT_NAME'] = '/index.php';
require __DIR__ . '/site/index.php';
"""

SET_UP = """<?php
define('WP_INSTALLING', true);
$_SERVER['HTTP_HOST'] = 'localhost';
require %(site)r . '/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
if (!is_blog_installed()) {
    wp_install('Shop', 'admin', 'admin@us.test', false, '', 'not used');
}
update_option('permalink_structure', '/%%postname%%/');
update_option('comment_moderation', 0);
update_option('comment_previously_approved', 0);
update_option('require_name_email', 1);
update_option('comments_notify', 0);
add_filter('wp_is_application_passwords_available', '__return_true');
list($password) = WP_Application_Passwords::create_new_application_password(1, ['name' => 'touchline']);
file_put_contents(%(out)r, $password);
"""


def boot(server):
    version = installed_version("wordpress")
    for package in ("mariadb-server", "php8.2-cli", "php8.2-mysql"):
        installed_version(package)
    environment = {"PATH": os.environ["PATH"] + ":/usr/sbin:/sbin", "HOME": server.directory, "LANG": "C.UTF-8",
                   "TZ": "UTC", "PHP_CLI_SERVER_WORKERS": "3"}
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    socket = server.path("db.sock")
    shutil.copytree(SOURCE, server.path("site"), symlinks=False, ignore_dangling_symlinks=True,
                    ignore=shutil.ignore_patterns("wp-config.php", "languages"))
    os.makedirs(server.path("site", "wp-content", "uploads"), exist_ok=True)
    server.write("site/wp-config.php", CONFIG % {"socket": socket, "url": url})
    server.write("router.php", ROUTER)
    server.write("setup.php", SET_UP % {"site": server.path("site"), "out": server.path("password")})

    user = ["--user=" + pwd.getpwuid(os.getuid()).pw_name]
    data = server.path("data")

    def make_database():
        server.run("setup.log", ["mariadb-install-db", "--no-defaults", *user, "--datadir=" + data,
                                 "--auth-root-authentication-method=normal", "--skip-test-db"], environment)

    keep_template(server, f"mariadb-{installed_version('mariadb-server')}-1", ["data"], make_database)
    server.start("database.log", ["mariadbd", "--no-defaults", *user, "--datadir=" + data, "--socket=" + socket,
                                  "--skip-networking", "--pid-file=" + server.path("db.pid"),
                                  "--innodb-buffer-pool-size=32M", "--innodb-flush-log-at-trx-commit=0"], environment)

    def query(text):
        done = subprocess.run(["mariadb", "--no-defaults", "--socket=" + socket, "--user=root", "--batch",
                               "--skip-column-names"], input=text, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise RuntimeError(done.stderr.strip())
        return done.stdout

    def database_answers():
        try:
            query("SELECT 1")
        except RuntimeError:
            return False
        return True

    server.wait_until(database_answers)
    query("CREATE DATABASE IF NOT EXISTS wordpress; CREATE USER IF NOT EXISTS wordpress@localhost IDENTIFIED BY "
          "'wordpress'; GRANT ALL ON wordpress.* TO wordpress@localhost;")
    server.run("setup.log", ["php", server.path("setup.php")], environment)
    server.start("server.log", ["php", "-S", f"127.0.0.1:{port}", "-t", server.path("site"), server.path("router.php")],
                 environment)
    server.wait_until(lambda: answers(url + "/wp-json/"))
    with open(server.path("password"), encoding="utf-8") as kept:
        password = kept.read().strip()
    return ({"url": url, "admin_password": password, "version": version},
            {"sql": lambda wish: {"rows": query("USE wordpress; " + wish["text"])}})


main(boot)
