#include "touchline/host/bundle_file.hpp"

#include "tar.hpp"

#include "touchline/host/lock_file.hpp"
#include "touchline/host/plugin_library.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <fstream>
#include <iterator>

namespace touchline::host {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t k_longest_path = 100;  // what a tar header holds

Result<std::string> bytes_of(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) return Error(Code::not_found, file.string() + " cannot be read");
    return std::string(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
}

Result<void> write_whole(const fs::path& file, std::string_view bytes, mode_t mode) {
    std::error_code failure;
    fs::create_directories(file.parent_path(), failure);
    const fs::path fresh = file.string() + ".new";
    fs::remove(fresh, failure);
    const int out = open(fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
    bool good = out >= 0;
    for (std::string_view rest = bytes; good && !rest.empty();) {
        const ssize_t wrote = write(out, rest.data(), rest.size());
        good = wrote > 0;
        if (good) rest.remove_prefix(static_cast<std::size_t>(wrote));
    }
    good = good && fsync(out) == 0;
    if (out >= 0) close(out);
    if (good) fs::rename(fresh, file, failure);
    if (good && !failure) return {};
    return Error(Code::unavailable, file.string() + " cannot be written");
}

}  // namespace

Result<std::string> pack_bundle(const fs::path& plugin, const SigningKey* key) {
    TOUCHLINE_TRY(const Manifest manifest, read_manifest(plugin));
    BundleContents contents;
    contents.id = manifest.id;
    contents.version = manifest.version;
    std::map<std::string, std::string> files;
    TOUCHLINE_TRY(files[manifest.id + ".so"], bytes_of(plugin));
    for (const std::string& name : manifest.mappings) {
        const std::string path = manifest.id + "/mappings/" + name;
        TOUCHLINE_TRY(files[path], bytes_of(plugin.parent_path() / path));
    }
    for (const auto& [path, bytes] : files) {
        if (path.size() > k_longest_path)
            return Error(Code::bad_data, "the name " + path + " is too long for a bundle");
        TOUCHLINE_CHECK(contents.add(path, bytes));
    }
    const std::string text = contents.text();
    files[std::string(BundleContents::k_name)] = text;
    if (key != nullptr)
        files[std::string(BundleContents::k_signature_name)] = sign_contents(text, *key);
    return write_tar(files);
}

Result<Bundle> open_bundle(std::string_view bytes) {
    Bundle bundle;
    TOUCHLINE_TRY(bundle.files, read_tar(bytes));
    auto listed = bundle.files.extract(std::string(BundleContents::k_name));
    if (listed.empty())
        return Error(Code::bad_data, "this archive has no CONTENTS: it is no bundle");
    TOUCHLINE_TRY(bundle.contents, BundleContents::parse(listed.mapped()));
    if (auto signature = bundle.files.extract(std::string(BundleContents::k_signature_name))) {
        TOUCHLINE_TRY(bundle.signer, verify_contents(listed.mapped(), signature.mapped()));
    }
    for (const auto& [path, content] : bundle.files)
        TOUCHLINE_CHECK(bundle.contents.check(path, content));
    for (const BundledFile& file : bundle.contents.files) {
        if (!bundle.files.contains(file.path))
            return Error(
                Code::denied, "the bundle lacks " + file.path + ", which its contents name"
            );
    }
    if (!bundle.files.contains(bundle.contents.id + ".so"))
        return Error(Code::bad_data, "the bundle holds no " + bundle.contents.id + ".so");
    return bundle;
}

Result<void> install_bundle(const Bundle& bundle, const fs::path& directory) {
    const fs::path lock_path = directory / LockFile::k_name;
    LockFile lock;
    std::error_code ignored;
    if (fs::exists(lock_path, ignored)) {
        TOUCHLINE_TRY(lock, LockFile::read(lock_path));
    }
    const BundledFile* const library = bundle.contents.find(bundle.contents.id + ".so");
    // The library last: what is named in the lock before it is there is not loaded.
    for (const auto& [path, bytes] : bundle.files) {
        if (path != library->path) TOUCHLINE_CHECK(write_whole(directory / path, bytes, 0644));
    }
    lock.put(
        {bundle.contents.id,
         bundle.contents.version,
         library->sha256,
         bundle.signer ? bundle.signer->text() : std::string()}
    );
    TOUCHLINE_CHECK(write_whole(lock_path, lock.text(), 0644));
    return write_whole(directory / library->path, bundle.files.at(library->path), 0644);
}

}  // namespace touchline::host
