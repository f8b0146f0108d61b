#include "dovecot_server.hpp"

#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>

namespace touchline::imap_test {

namespace fs = std::filesystem;

namespace {

/// Whose files the mails are: Dovecot refuses to be root for them.
struct MailUser {
    uid_t user = ::getuid();
    gid_t group = ::getgid();
};
MailUser mail_user() {
    MailUser who;
    if (who.user != 0) return who;
    const passwd* nobody = ::getpwnam("nobody");
    if (nobody != nullptr) who = {nobody->pw_uid, nobody->pw_gid};
    return who;
}

std::string configuration(const fs::path& directory, std::uint16_t tls, std::uint16_t plain) {
    const MailUser who = mail_user();
    const std::string d = directory.string();
    std::string out =
        "base_dir = " + d + "/run\nlog_path = " + d + "/dovecot.log\n" +
        "protocols = imap\nlisten = 127.0.0.1\nfirst_valid_uid = 1\n" +
        "ssl = required\nssl_cert = <" + d + "/cert.pem\nssl_key = <" + d +
        "/key.pem\nssl_dh =\nmail_location = maildir:" + d + "/mail/%n\n" +
        "mail_max_userip_connections = 100\nauth_failure_delay = 0\n" +
        "passdb {\n driver = passwd-file\n args = scheme=PLAIN " + d + "/users\n}\n" +
        "userdb {\n driver = static\n args = uid=" + std::to_string(who.user) +
        " gid=" + std::to_string(who.group) + " home=" + d + "/home/%n\n}\n" +
        "service imap-login {\n inet_listener imap {\n  port = " + std::to_string(plain) +
        "\n }\n inet_listener imaps {\n  port = " + std::to_string(tls) + "\n  ssl = yes\n }\n}\n";
    if (::getuid() != 0) {
        const passwd* me = ::getpwuid(::getuid());
        const std::string name = me == nullptr ? "nobody" : me->pw_name;
        out += "default_internal_user = " + name + "\ndefault_login_user = " + name + "\n";
        for (const char* service : {"anvil", "imap-login", "stats"})
            out += "service " + std::string(service) + " {\n chroot =\n}\n";
    }
    return out;
}

}  // namespace

bool DovecotServer::is_installed() {
    return ::access("/usr/sbin/dovecot", X_OK) == 0 && fs::exists("/usr/lib/dovecot/imap");
}

Result<std::unique_ptr<DovecotServer>> DovecotServer::start() {
    std::string pattern = (fs::temp_directory_path() / "touchline-dovecot-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr)
        return Error(Code::unavailable, "no temporary directory can be made");
    std::unique_ptr<DovecotServer> server(new DovecotServer(pattern));
    TOUCHLINE_CHECK(server->launch());
    return server;
}

Result<void> DovecotServer::launch() {
    fs::permissions(directory_, fs::perms(0755));
    const MailUser who = mail_user();
    for (const char* folder : {"mail", "home"}) {
        fs::create_directory(directory_ / folder);
        if (::chown((directory_ / folder).c_str(), who.user, who.group) != 0)
            return Error(Code::unavailable, "the mail folder cannot be given away");
    }
    TOUCHLINE_TRY(tls_port_, integration::free_port());
    TOUCHLINE_TRY(plain_port_, integration::free_port());
    TOUCHLINE_CHECK(integration::run(
        {{"openssl",
          "req",
          "-x509",
          "-newkey",
          "rsa:2048",
          "-nodes",
          "-days",
          "2",
          "-subj",
          "/CN=localhost",
          "-addext",
          "subjectAltName=DNS:localhost",
          "-keyout",
          (directory_ / "key.pem").string(),
          "-out",
          ca_file()},
         {},
         {},
         0}
    ));
    std::ofstream(directory_ / "users") << "ana:" << k_password << '\n';
    std::ofstream(directory_ / "dovecot.conf") << configuration(directory_, tls_port_, plain_port_);
    TOUCHLINE_TRY(
        server_,
        integration::Server::start(
            {{"/usr/sbin/dovecot", "-F", "-c", (directory_ / "dovecot.conf").string()}, {}, {}, 0},
            directory_ / "output.log"
        )
    );
    auto listening = server_->wait_for(tls_port_);
    if (listening) return {};
    return std::move(listening).error().with(integration::tail_of(directory_ / "dovecot.log"));
}

DovecotServer::~DovecotServer() {
    server_.reset();
    std::error_code ignored;
    fs::remove_all(directory_, ignored);
}

Result<void> DovecotServer::doveadm(std::vector<std::string> arguments, std::string_view input) {
    arguments.insert(arguments.begin(), {"doveadm", "-c", (directory_ / "dovecot.conf").string()});
    auto done = integration::run({std::move(arguments), {}, {}, 0}, input);
    return done ? Result<void>() : Result<void>(std::move(done).error());
}

Result<void> DovecotServer::deliver(std::string_view mail, const std::string& folder) {
    return doveadm({"save", "-u", "ana", "-m", folder}, mail);
}

Result<void> DovecotServer::deliver_many(int count, const std::string& folder) {
    // Each is a file that the folder finds when it is opened next.
    const MailUser who = mail_user();
    const fs::path fresh =
        directory_ / "mail" / "ana" / (folder == "INBOX" ? "" : "." + folder) / "new";
    for (int i = 0; i < count; ++i) {
        const fs::path file = fresh / ("1790000000.M" + std::to_string(1000 + i) + "P1.test");
        std::ofstream(file
        ) << "From: Bo <bo@globex.test>\r\nTo: support@acme.test\r\nSubject: Number "
          << i << "\r\nMessage-ID: <many-" << i
          << "@globex.test>\r\nDate: Fri, 23 Oct 2026 10:00:00 +0000\r\n\r\nHello " << i << "\r\n";
        if (::chown(file.c_str(), who.user, who.group) != 0)
            return Error(Code::unavailable, "the mail cannot be given away");
    }
    return {};
}

Result<void> DovecotServer::flag(const std::string& flag, const std::string& folder, int uid) {
    return doveadm(
        {"flags", "add", "-u", "ana", flag, "mailbox", folder, "uid", std::to_string(uid)}
    );
}

Result<void> DovecotServer::expunge(const std::string& folder, int uid) {
    return doveadm({"expunge", "-u", "ana", "mailbox", folder, "uid", std::to_string(uid)});
}

Result<void> DovecotServer::create(const std::string& folder) {
    return doveadm({"mailbox", "create", "-u", "ana", folder});
}

Result<void> DovecotServer::remove(const std::string& folder) {
    return doveadm({"mailbox", "delete", "-u", "ana", folder});
}

}  // namespace touchline::imap_test
