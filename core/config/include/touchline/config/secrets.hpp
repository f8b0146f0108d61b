// Secrets by reference: "${secret:NAME}" is looked up in the secrets file, "${env:NAME}" in the
// environment, "${credential:NAME}" among what systemd hands over (LoadCredential=), and
// "${file:PATH}" is the content of a file. A configuration never holds a secret itself. The secrets
// file is plain text that only its owner may read, or sealed under a key that is kept elsewhere.
#pragma once

#include "touchline/base/result.hpp"
#include "touchline/base/secret.hpp"

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace touchline::config {

struct SecretRef {
    enum class From { nothing, file, environment, credential, path };
    From from = From::nothing;
    std::string name;
    Place place;

    bool empty() const { return from == From::nothing; }
};

/// Error: config, when the text is not a reference (then it may be the secret itself, so the
/// message does not show it).
Result<SecretRef> parse_secret_ref(std::string_view text, Place place);

/// Values of the secrets file and the way to the environment. Immutable after loading: any thread.
class Secrets {
public:
    /// Gives the value of a variable, or nothing.
    using Environment = std::function<std::optional<std::string>(const std::string& name)>;

    /// No file: only the environment is asked.
    Secrets();
    explicit Secrets(Environment environment);

    /// Reads NAME=value lines ("#" begins a comment, quotes around a value are taken off), which
    /// may be sealed under `key`. Error: not_found, config; denied for another key.
    static Result<Secrets> load(
        const std::filesystem::path& file, const SecretRef& key, Environment environment
    );
    static Result<Secrets> load(const std::filesystem::path& file, const SecretRef& key = {});

    /// Error: config, naming the reference and where to put the value; never the value.
    Result<Secret> resolve(const SecretRef& ref) const;
    /// True when the file may be read by others than its owner, and is not sealed.
    bool readable_by_others() const { return readable_by_others_; }
    bool sealed() const { return sealed_; }
    /// The names in the file.
    std::vector<std::string> names() const;

private:
    std::string file_name_;
    std::map<std::string, Secret> values_;
    Environment environment_;
    bool readable_by_others_ = false, sealed_ = false;
};

/// Changes to the secrets file. Each writes a new file beside it, readable by its owner only, and
/// puts that in its place: a crash leaves the old one or the new one. A file that is sealed stays
/// sealed. Errors: as `Secrets::load`; unavailable when it cannot be written.
class SecretsFile {
public:
    /// `key`: under which it is, or will be, sealed; empty when it never is.
    SecretsFile(std::filesystem::path file, std::optional<Secret> key)
        : file_(std::move(file)), key_(std::move(key)) {}

    /// The line of this name, made or replaced; comments and the other lines stay. The value is one
    /// line.
    Result<void> set(const std::string& name, const Secret& value) const;
    /// Error: not_found.
    Result<void> remove(const std::string& name) const;
    /// Error: config without a key.
    Result<void> seal() const;
    Result<void> unseal() const;

private:
    struct Text {
        std::string lines;
        bool sealed = false;
    };
    Result<Text> read() const;
    Result<void> write(const Text& text) const;

    std::filesystem::path file_;
    std::optional<Secret> key_;
};

}  // namespace touchline::config
