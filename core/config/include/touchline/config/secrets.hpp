// Secrets by reference: "${secret:NAME}" is looked up in the secrets file, "${env:NAME}" in the
// environment, "${credential:NAME}" among what systemd hands over (LoadCredential=), and
// "${file:PATH}" is the content of a file. A configuration never holds a secret itself.
#pragma once

#include "touchline/base/result.hpp"
#include "touchline/base/secret.hpp"

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

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

    /// Reads NAME=value lines ("#" begins a comment, quotes around a value are taken off). Error:
    /// not_found, config.
    static Result<Secrets> load(const std::filesystem::path& file, Environment environment);
    static Result<Secrets> load(const std::filesystem::path& file);

    /// Error: config, naming the reference and where to put the value; never the value.
    Result<Secret> resolve(const SecretRef& ref) const;
    /// True when the file may be read by others than its owner.
    bool readable_by_others() const { return readable_by_others_; }

private:
    std::string file_name_;
    std::map<std::string, Secret> values_;
    Environment environment_;
    bool readable_by_others_ = false;
};

}  // namespace touchline::config
