#include "touchline/base/sealed.hpp"
#include "touchline/base/text.hpp"
#include "touchline/config/secrets.hpp"
#include "touchline/config/yaml.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace touchline::config {
namespace {

/// Where the line of this name is, its end included; nothing: there is none.
struct Span {
    std::size_t begin = 0, end = 0;
};

std::optional<Span> line_of(std::string_view lines, std::string_view name) {
    for (std::size_t from = 0; from < lines.size();) {
        const std::size_t end = std::min(lines.find('\n', from), lines.size() - 1) + 1;
        const std::string_view line = trim(lines.substr(from, end - from));
        if (trim(line.substr(0, line.find('='))) == name && line.find('=') != line.npos)
            return Span{from, end};
        from = end;
    }
    return std::nullopt;
}

Error cannot(const std::filesystem::path& file) {
    return Error(Code::unavailable, file.string() + " cannot be written: " + std::strerror(errno))
        .cure("Check that the folder is writable and has room.");
}

/// On the disk before anybody relies on it.
Result<void> replace(const std::filesystem::path& file, std::string_view text) {
    const std::string fresh = file.string() + ".new";
    const int descriptor =
        ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (descriptor < 0) return cannot(file);
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    const bool done = written == static_cast<ssize_t>(text.size()) && ::fsync(descriptor) == 0;
    if (::close(descriptor) != 0 || !done || ::rename(fresh.c_str(), file.c_str()) != 0) {
        ::unlink(fresh.c_str());
        return cannot(file);
    }
    return {};
}

}  // namespace

Result<SecretsFile::Text> SecretsFile::read() const {
    if (!std::filesystem::exists(file_)) return Text{"", key_.has_value()};
    TOUCHLINE_TRY(std::string text, read_text_file(file_));
    if (!is_sealed(text)) return Text{std::move(text), false};
    if (!key_) return Error(Code::config, file_.string() + " is sealed, and no key is named");
    auto opened = touchline::unseal(text, *key_);
    if (!opened) return std::move(opened).error().with("opening " + file_.string());
    return Text{std::string(opened->reveal()), true};
}

Result<void> SecretsFile::write(const Text& text) const {
    return replace(file_, text.sealed ? touchline::seal(text.lines, *key_) : text.lines);
}

Result<void> SecretsFile::set(const std::string& name, const Secret& value) const {
    TOUCHLINE_TRY(Text text, read());
    const std::string line = name + "=" + std::string(value.reveal()) + "\n";
    if (const auto place = line_of(text.lines, name)) {
        text.lines.replace(place->begin, place->end - place->begin, line);
    } else {
        if (!text.lines.empty() && text.lines.back() != '\n') text.lines += '\n';
        text.lines += line;
    }
    return write(text);
}

Result<void> SecretsFile::remove(const std::string& name) const {
    TOUCHLINE_TRY(Text text, read());
    const auto place = line_of(text.lines, name);
    if (!place) return Error(Code::not_found, name + " is not in " + file_.string());
    text.lines.erase(place->begin, place->end - place->begin);
    return write(text);
}

Result<void> SecretsFile::seal() const {
    if (!key_) {
        return Error(Code::config, "no key is named that the file could be sealed under")
            .cure("Add it to the configuration: secrets: {key: \"${credential:TOUCHLINE_KEY}\"}.");
    }
    TOUCHLINE_TRY(Text text, read());
    text.sealed = true;
    return write(text);
}

Result<void> SecretsFile::unseal() const {
    TOUCHLINE_TRY(Text text, read());
    text.sealed = false;
    return write(text);
}

}  // namespace touchline::config
