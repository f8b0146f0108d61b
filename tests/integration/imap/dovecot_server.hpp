// A private Dovecot for a test, and what happens to its mailboxes. Needs Debian's dovecot-imapd.
#pragma once

#include "process.hpp"

#include "touchline/base/result.hpp"

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace touchline::imap_test {

class DovecotServer {
public:
    static bool is_installed();
    /// With one user, ana. Returns when it listens. Error unavailable.
    static Result<std::unique_ptr<DovecotServer>> start();
    ~DovecotServer();
    DovecotServer(const DovecotServer&) = delete;
    DovecotServer& operator=(const DovecotServer&) = delete;

    std::uint16_t tls_port() const { return tls_port_; }
    std::uint16_t plain_port() const { return plain_port_; }  ///< with STARTTLS
    /// The authority that its certificate is from.
    std::string ca_file() const { return (directory_ / "cert.pem").string(); }
    static constexpr std::string_view k_password = "Tr0ub4dor&3";

    Result<void> deliver(std::string_view mail, const std::string& folder = "INBOX");
    /// So many small mails at once.
    Result<void> deliver_many(int count, const std::string& folder = "INBOX");
    /// "doveadm flags add -u ana \Seen mailbox INBOX uid 2"
    Result<void> flag(const std::string& flag, const std::string& folder, int uid);
    Result<void> expunge(const std::string& folder, int uid);
    Result<void> create(const std::string& folder);
    Result<void> remove(const std::string& folder);

private:
    explicit DovecotServer(std::filesystem::path directory) : directory_(std::move(directory)) {}
    Result<void> launch();
    Result<void> doveadm(std::vector<std::string> arguments, std::string_view input = {});

    std::filesystem::path directory_;
    std::uint16_t tls_port_ = 0, plain_port_ = 0;
    std::unique_ptr<integration::Server> server_;
};

}  // namespace touchline::imap_test
