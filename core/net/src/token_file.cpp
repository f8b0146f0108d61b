#include "touchline/json/view.hpp"
#include "touchline/json/writer.hpp"
#include "touchline/net/sign_in.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>
#include <system_error>
#include <utility>

namespace touchline::net {

namespace {

namespace fs = std::filesystem;

class Descriptor {
public:
    explicit Descriptor(int number) : number_(number) {}
    ~Descriptor() {
        if (number_ >= 0) ::close(number_);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int get() const { return number_; }
    int release() { return std::exchange(number_, -1); }

private:
    int number_;
};

Error cannot(const std::string& what, const fs::path& file) {
    return Error(Code::config, "cannot " + what + " " + file.string() + ": " + std::strerror(errno))
        .cure("Make the folder writable for the account that touchline runs as.");
}

bool write_all(int descriptor, std::string_view bytes) {
    while (!bytes.empty()) {
        const auto written = ::write(descriptor, bytes.data(), bytes.size());
        if (written <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

std::string text_of(const Tokens& tokens) {
    json::Writer writer;
    writer.begin_object()
        .member("access", tokens.access.reveal())
        .member("refresh", tokens.refresh.reveal());
    if (tokens.expires_at) writer.member("expires_at", format_rfc3339(*tokens.expires_at));
    writer.end_object();
    return writer.take();
}

class FileVault final : public TokenVault {
public:
    explicit FileVault(fs::path file) : file_(std::move(file)) {}
    ~FileVault() override { unlock(); }

    Result<void> lock() override {
        std::error_code ignored;
        fs::create_directories(file_.parent_path(), ignored);
        fs::permissions(file_.parent_path(), fs::perms::owner_all, ignored);
        const fs::path beside = file_.string() + ".lock";
        Descriptor descriptor(::open(beside.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
        if (descriptor.get() < 0 || ::flock(descriptor.get(), LOCK_EX) != 0)
            return cannot("lock", beside);
        lock_ = descriptor.release();
        return {};
    }

    void unlock() override {
        if (lock_ >= 0) ::close(std::exchange(lock_, -1));
    }

    Result<Tokens> load() override {
        Tokens tokens;
        std::ifstream in(file_);
        if (!in) return tokens;
        std::ostringstream text;
        text << in.rdbuf();
        const auto document = json::Document::parse(text.str());
        if (!document) {
            return Error(Code::config, file_.string() + " is damaged")
                .cure("Remove it and sign in again.");
        }
        const auto member = [&](std::string_view name) {
            const auto value = document->root().get(name);
            return std::string(value ? value->as_string().value_or("") : "");
        };
        tokens.access = Secret(member("access"));
        tokens.refresh = Secret(member("refresh"));
        if (const auto expires_at = parse_rfc3339(member("expires_at")))
            tokens.expires_at = *expires_at;
        return tokens;
    }

    /// A new file takes the old one's place: whoever is interrupted leaves one of the two.
    Result<void> save(const Tokens& tokens) override {
        const fs::path fresh = file_.string() + ".new";
        {
            const Descriptor out(
                ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600)
            );
            if (out.get() < 0 || !write_all(out.get(), text_of(tokens)) || ::fsync(out.get()) != 0)
                return cannot("write", fresh);
        }
        if (::rename(fresh.c_str(), file_.c_str()) != 0) return cannot("replace", file_);
        const Descriptor folder(
            ::open(file_.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        );
        if (folder.get() < 0 || ::fsync(folder.get()) != 0) return cannot("write", file_);
        return {};
    }

private:
    const fs::path file_;
    int lock_ = -1;
};

}  // namespace

std::unique_ptr<TokenVault> make_file_vault(std::filesystem::path file) {
    return std::make_unique<FileVault>(std::move(file));
}

}  // namespace touchline::net
