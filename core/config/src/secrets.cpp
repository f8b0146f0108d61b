#include "touchline/config/secrets.hpp"

#include "touchline/base/sealed.hpp"
#include "touchline/base/text.hpp"
#include "touchline/config/yaml.hpp"

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace touchline::config {
namespace {

bool is_name(std::string_view name) {
    const auto is_letter = [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
    };
    return !name.empty() && is_letter(name.front()) &&
           std::all_of(name.begin(), name.end(), [&](char c) {
               return is_letter(c) || (c >= '0' && c <= '9');
           });
}

std::optional<std::string> process_environment(const std::string& name) {
    const char* value = std::getenv(name.c_str());
    return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

std::string_view unquoted(std::string_view value) {
    const bool quoted = value.size() >= 2 && value.front() == value.back() &&
                        (value.front() == '"' || value.front() == '\'');
    return quoted ? value.substr(1, value.size() - 2) : value;
}

bool is_path(std::string_view path) {
    return path.starts_with('/') && path.find_first_of("\n\r{}") == std::string_view::npos;
}

struct Form {
    std::string_view begin;
    SecretRef::From from;
};
constexpr Form k_forms[] = {
    {"${secret:", SecretRef::From::file},
    {"${env:", SecretRef::From::environment},
    {"${credential:", SecretRef::From::credential},
    {"${file:", SecretRef::From::path}};

/// What a person sees of a reference.
std::string shown(const SecretRef& ref) {
    for (const Form& form : k_forms) {
        if (form.from == ref.from) return std::string(form.begin) + ref.name + "}";
    }
    return {};
}

/// The whole file, without the line end that editors put behind it.
Result<Secret> from_file(const SecretRef& ref, const std::filesystem::path& file) {
    auto text = read_text_file(file);
    if (!text) {
        return Error(Code::config, shown(ref) + " cannot be read: " + text.error().message())
            .at(ref.place)
            .cure("Put the secret into that file, readable for the account that touchline runs as."
            );
    }
    while (text->ends_with('\n') || text->ends_with('\r')) text->pop_back();
    if (text->empty()) return Error(Code::config, shown(ref) + " is empty").at(ref.place);
    return Secret(std::move(*text));
}

}  // namespace

Result<SecretRef> parse_secret_ref(std::string_view text, Place place) {
    for (const auto& [begin, from] : k_forms) {
        if (!text.starts_with(begin) || !text.ends_with('}')) continue;
        const std::string_view name = text.substr(begin.size(), text.size() - begin.size() - 1);
        if (from == SecretRef::From::path ? is_path(name) : is_name(name))
            return SecretRef{from, std::string(name), std::move(place)};
    }
    return Error(Code::config, "a secret is never written into this file")
        .at(std::move(place))
        .cure("put it into the secrets file and write \"${secret:NAME}\" here, or \"${env:NAME}\"");
}

Secrets::Secrets() : Secrets(process_environment) {}

Secrets::Secrets(Environment environment) : environment_(std::move(environment)) {}

Result<Secrets> Secrets::load(const std::filesystem::path& file, const SecretRef& key) {
    return load(file, key, process_environment);
}

Result<Secrets> Secrets::load(
    const std::filesystem::path& file, const SecretRef& key, Environment environment
) {
    using std::filesystem::perms;
    TOUCHLINE_TRY(std::string text, read_text_file(file));
    Secrets secrets(std::move(environment));
    Secret unsealed;
    if (is_sealed(text)) {
        if (key.empty()) {
            return Error(Code::config, file.string() + " is sealed, and no key is named")
                .cure("Add the key: secrets: {file: …, key: \"${credential:TOUCHLINE_KEY}\"}.");
        }
        TOUCHLINE_TRY(const Secret opener, secrets.resolve(key));
        auto opened = unseal(text, opener);
        if (!opened) return std::move(opened).error().with("opening " + file.string());
        unsealed = *std::move(opened);
        secrets.sealed_ = true;
    } else {
        unsealed = Secret(std::move(text));
    }
    secrets.file_name_ = file.string();
    std::error_code failed;
    const perms mode = std::filesystem::status(file, failed).permissions();
    secrets.readable_by_others_ = !failed && !secrets.sealed_ &&
                                  (mode & (perms::group_read | perms::others_read)) != perms::none;

    std::string_view rest = unsealed.reveal();
    for (int number = 1; !rest.empty(); ++number) {
        const auto end = rest.find('\n');
        const std::string_view line = trim(rest.substr(0, end));
        rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
        if (line.empty() || line.starts_with('#')) continue;
        const auto equals = line.find('=');
        const std::string_view name = trim(line.substr(0, equals));
        if (equals == std::string_view::npos || !is_name(name)) {
            return Error(Code::config, "this line is not NAME=value")
                .at({secrets.file_name_, number, 1})
                .cure("Names are letters, digits and \"_\"; a comment begins with \"#\".");
        }
        secrets.values_.insert_or_assign(
            std::string(name), Secret(std::string(unquoted(trim(line.substr(equals + 1)))))
        );
    }
    return secrets;
}

std::vector<std::string> Secrets::names() const {
    std::vector<std::string> names;
    for (const auto& [name, value] : values_) names.push_back(name);
    return names;
}

Result<Secret> Secrets::resolve(const SecretRef& ref) const {
    if (ref.empty()) return Error(Code::config, "no secret is named here").at(ref.place);
    if (ref.from == SecretRef::From::environment) {
        if (auto value = environment_(ref.name); value && !value->empty()) {
            return Secret(std::move(*value));
        }
        return Error(Code::config, shown(ref) + " is not set in the environment")
            .at(ref.place)
            .cure("Set " + ref.name + " where touchline is started.");
    }
    if (ref.from == SecretRef::From::path) return from_file(ref, ref.name);
    if (ref.from == SecretRef::From::credential) {
        const auto folder = environment_("CREDENTIALS_DIRECTORY");
        if (folder && !folder->empty())
            return from_file(ref, std::filesystem::path(*folder) / ref.name);
        return Error(Code::config, shown(ref) + " is used, but systemd has handed nothing over")
            .at(ref.place)
            .cure("Add LoadCredential=" + ref.name + ":FILE to the unit.");
    }
    const auto found = values_.find(ref.name);
    if (found != values_.end() && !found->second.empty()) return found->second;
    if (file_name_.empty()) {
        return Error(Code::config, shown(ref) + " is used, but there is no secrets file")
            .at(ref.place)
            .cure("Add secrets: {file: secrets.env} and put " + ref.name + "=... into that file.");
    }
    return Error(Code::config, shown(ref) + " is not in " + file_name_)
        .at(ref.place)
        .cure("Add the line " + ref.name + "=... to " + file_name_ + ".");
}

}  // namespace touchline::config
