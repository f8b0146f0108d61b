#include "touchline/host/lock_file.hpp"

#include "text_lines.hpp"

#include "touchline/host/signing.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>

namespace touchline::host {
namespace {

constexpr std::string_view k_first_line = "# touchline plugins.lock 1";
constexpr std::string_view k_unsigned = "unsigned";

Error wrong(std::size_t line, const std::string& what) {
    return Error(Code::bad_data, what)
        .at({std::string(LockFile::k_name), static_cast<int>(line + 1), 0});
}

Result<LockedPlugin> parse_line(std::string_view line, std::size_t number) {
    const auto words = words_of(line, 5);
    if (words.size() != 4) {
        return wrong(number, "a line has four parts: id, version, sha256:… and who signed it");
    }
    const auto digest = parse_digest(words[2]);
    if (!digest) return wrong(number, "the third part has to be sha256: and 64 hexadecimal digits");
    LockedPlugin plugin{std::string(words[0]), std::string(words[1]), *digest, ""};
    if (words[3] != k_unsigned) {
        const auto key = PublicKey::parse(words[3]);
        if (!key) return wrong(number, key.error().message());
        plugin.signer = key->text();
    }
    return plugin;
}

}  // namespace

Result<LockFile> LockFile::parse(std::string_view text) {
    const auto lines = lines_of(text);
    if (lines.empty() || lines.front() != k_first_line) {
        return wrong(0, "the first line has to be \"" + std::string(k_first_line) + "\"");
    }
    LockFile file;
    for (std::size_t i = 1; i < lines.size(); ++i) {
        if (lines[i].empty() || lines[i].starts_with('#')) continue;
        TOUCHLINE_TRY(LockedPlugin plugin, parse_line(lines[i], i));
        if (file.find(plugin.id) != nullptr) return wrong(i, plugin.id + " stands here twice");
        file.put(std::move(plugin));
    }
    return file;
}

Result<LockFile> LockFile::read(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) return Error(Code::not_found, "there is no " + path.string());
    std::ostringstream text;
    text << in.rdbuf();
    auto file = parse(text.str());
    if (file) return file;
    const int line = file.error().place() ? file.error().place()->line : 0;
    return std::move(file).error().at({path.string(), line, 0});
}

std::string LockFile::text() const {
    std::string out(k_first_line);
    out += '\n';
    for (const LockedPlugin& plugin : plugins_) {
        out += plugin.id + ' ' + plugin.version + ' ' + digest_text(plugin.sha256) + ' ' +
               (plugin.signer.empty() ? std::string(k_unsigned) : plugin.signer) + '\n';
    }
    return out;
}

const LockedPlugin* LockFile::find(std::string_view id) const {
    const auto found = std::ranges::lower_bound(plugins_, id, {}, &LockedPlugin::id);
    return found != plugins_.end() && found->id == id ? &*found : nullptr;
}

void LockFile::put(LockedPlugin plugin) {
    const auto at = std::ranges::lower_bound(plugins_, plugin.id, {}, &LockedPlugin::id);
    if (at != plugins_.end() && at->id == plugin.id) {
        *at = std::move(plugin);
    } else {
        plugins_.insert(at, std::move(plugin));
    }
}

bool LockFile::remove(std::string_view id) {
    return std::erase_if(plugins_, [&](const LockedPlugin& one) { return one.id == id; }) > 0;
}

Result<void> LockFile::check(std::string_view id, const Digest& sha256) const {
    const LockedPlugin* const locked = find(id);
    const std::string name(id);
    if (locked == nullptr) {
        return Error(Code::denied, name + " is not in plugins.lock, so it is not loaded")
            .cure("When you trust it: touchline plugin install FILE");
    }
    if (locked->sha256 == sha256) return {};
    return Error(
               Code::denied,
               name + " is not the file that was installed: plugins.lock has " +
                   digest_text(locked->sha256) + ", and the file has " + digest_text(sha256)
    )
        .cure("Restore it, or install the new one: touchline plugin install FILE");
}

}  // namespace touchline::host
