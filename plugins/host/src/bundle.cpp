#include "touchline/host/bundle.hpp"

#include "text_lines.hpp"

#include <algorithm>
#include <charconv>

namespace touchline::host {
namespace {

constexpr std::string_view k_first_line = "touchline-bundle 1";

Error wrong(std::size_t line, const std::string& what) {
    return Error(Code::bad_data, what)
        .at({std::string(BundleContents::k_name), static_cast<int>(line + 1), 0});
}

/// Relative, of plain parts: what is unpacked stays below its folder.
bool is_allowed(std::string_view path) {
    if (path.empty() || path.size() > 200) return false;
    while (true) {
        const auto slash = path.find('/');
        const std::string_view part = path.substr(0, slash);
        if (part.empty() || part == "." || part == "..") return false;
        const bool plain = std::ranges::all_of(part, [](char c) {
            return static_cast<unsigned char>(c) >= 0x20 && c != 0x7f && c != '\\';
        });
        if (!plain) return false;
        if (slash == std::string_view::npos) return true;
        path.remove_prefix(slash + 1);
    }
}

Result<BundledFile> parse_file(std::string_view line, std::size_t number) {
    const auto words = words_of(line, 4);
    if (words.size() != 4 || words[0] != "file") {
        return wrong(number, "a line has four parts: file, sha256:…, the size and the path");
    }
    const auto digest = parse_digest(words[1]);
    if (!digest) return wrong(number, "the second part has to be sha256: and 64 digits");
    BundledFile file{std::string(words[3]), *digest, 0};
    const char* const end = words[2].data() + words[2].size();
    const auto read = std::from_chars(words[2].data(), end, file.bytes);
    if (read.ec != std::errc() || read.ptr != end)
        return wrong(number, "the third part has to be a size in bytes");
    if (!is_allowed(file.path)) return wrong(number, "the path leads out of the bundle");
    return file;
}

}  // namespace

Result<BundleContents> BundleContents::parse(std::string_view text) {
    const auto lines = lines_of(text);
    if (lines.empty() || lines[0] != k_first_line) {
        return wrong(0, "the first line has to be \"" + std::string(k_first_line) + "\"");
    }
    const auto plugin = lines.size() > 1 ? words_of(lines[1], 4) : std::vector<std::string_view>();
    if (plugin.size() != 3 || plugin[0] != "plugin") {
        return wrong(1, "the second line has to be \"plugin\", an id and a version");
    }
    BundleContents contents{std::string(plugin[1]), std::string(plugin[2]), {}};
    for (std::size_t i = 2; i < lines.size(); ++i) {
        TOUCHLINE_TRY(BundledFile file, parse_file(lines[i], i));
        if (contents.find(file.path) != nullptr) return wrong(i, file.path + " stands here twice");
        contents.files.push_back(std::move(file));
    }
    return contents;
}

std::string BundleContents::text() const {
    std::vector<BundledFile> sorted = files;
    std::ranges::sort(sorted, {}, &BundledFile::path);
    std::string out = std::string(k_first_line) + "\nplugin " + id + ' ' + version + '\n';
    for (const BundledFile& file : sorted) {
        out += "file " + digest_text(file.sha256) + ' ' + std::to_string(file.bytes) + ' ' +
               file.path + '\n';
    }
    return out;
}

Result<void> BundleContents::add(std::string path, std::string_view bytes) {
    if (!is_allowed(path))
        return Error(Code::bad_data, "\"" + path + "\" is not a path inside of a bundle");
    files.push_back({std::move(path), touchline::sha256(bytes), bytes.size()});
    return {};
}

Result<void> BundleContents::check(std::string_view path, std::string_view bytes) const {
    const BundledFile* const file = find(path);
    if (file == nullptr)
        return Error(Code::denied, std::string(path) + " is not among the bundle's contents");
    if (file->bytes == bytes.size() && file->sha256 == touchline::sha256(bytes)) return {};
    return Error(Code::denied, std::string(path) + " is not the file that was packed")
        .cure("Fetch the bundle again.");
}

const BundledFile* BundleContents::find(std::string_view path) const {
    const auto found = std::ranges::find(files, path, &BundledFile::path);
    return found == files.end() ? nullptr : &*found;
}

std::string sign_contents(std::string_view contents, const SigningKey& key) {
    return key.public_key().text() + ' ' + key.sign(contents) + '\n';
}

Result<PublicKey> verify_contents(std::string_view contents, std::string_view signature_file) {
    const auto lines = lines_of(signature_file);
    const auto words = lines.size() == 1 ? words_of(lines[0], 3) : std::vector<std::string_view>();
    if (words.size() != 2) {
        return Error(Code::bad_data, "a signature file has one line: the key and the signature");
    }
    TOUCHLINE_TRY(const PublicKey key, PublicKey::parse(words[0]));
    if (key.verifies(contents, words[1])) return key;
    return Error(Code::denied, "the bundle's signature does not fit its contents")
        .cure("Fetch the bundle again; if it stays so, somebody has changed it.");
}

}  // namespace touchline::host
