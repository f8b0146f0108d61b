// Bundles: packing, looking into, and taking in.
#include "../plugin_files.hpp"

#include "touchline/host/bundle_file.hpp"
#include "touchline/json/writer.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <fstream>
#include <iterator>

namespace touchline::app {
namespace {

Result<std::string> read_file(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) return Error(Code::not_found, "cannot read " + file.string());
    return std::string(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
}

Result<host::SigningKey> read_key(const std::filesystem::path& file) {
    TOUCHLINE_TRY(std::string text, read_file(file));
    while (!text.empty() && text.back() == '\n') text.pop_back();
    return host::SigningKey::parse(Secret(std::move(text))).with("reading " + file.string());
}

/// The bundle, if the wanted key signed it.
Result<host::Bundle> trusted_bundle(const BundleArguments& arguments) {
    TOUCHLINE_TRY(const std::string bytes, read_file(arguments.file));
    auto opened = host::open_bundle(bytes);
    if (!opened) return std::move(opened).error().at({arguments.file.string(), 0, 0});
    if (arguments.signer.empty()) return opened;
    TOUCHLINE_TRY(const host::PublicKey wanted, host::PublicKey::parse(arguments.signer));
    if (opened->signer == wanted) return opened;
    return Error(
        Code::denied,
        opened->signer ? "the bundle is signed by another key, " + opened->signer->text()
                       : "the bundle is not signed"
    );
}

void describe(Terminal& terminal, const host::Bundle& bundle) {
    const std::string signer = bundle.signer ? bundle.signer->text() : "nobody";
    if (terminal.json) {
        json::Writer writer;
        writer.begin_object().member("id", bundle.contents.id);
        writer.member("version", bundle.contents.version);
        writer.member_unless_empty("signer", bundle.signer ? signer : "")
            .key("files")
            .begin_array();
        for (const host::BundledFile& file : bundle.contents.files) writer.value(file.path);
        terminal.print(writer.end_array().end_object().text());
        return;
    }
    terminal.print(bundle.contents.id + " " + bundle.contents.version + ", signed by " + signer);
    for (const host::BundledFile& file : bundle.contents.files)
        terminal.print(
            "  " + file.path + "  " + counted(static_cast<std::int64_t>(file.bytes), "byte")
        );
}

}  // namespace

int plugin_key(Terminal& terminal, const std::filesystem::path& file) {
    const host::SigningKey key = host::SigningKey::generate();
    const int out = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    const std::string text = std::string(key.text().reveal()) + "\n";
    const bool good =
        out >= 0 && ::write(out, text.data(), text.size()) == static_cast<ssize_t>(text.size());
    if (out >= 0) ::close(out);
    if (!good) {
        return terminal.fail(
            Error(Code::conflict, file.string() + " is there already, or cannot be written")
                .cure("Name another file: a key is never overwritten.")
        );
    }
    terminal.print(key.public_key().text());
    terminal.say(
        "Keep " + file.string() +
        " to yourself, and give the line above to those who are to trust you."
    );
    return k_ok;
}

int plugin_pack(Terminal& terminal, const Globals& globals, const BundleArguments& arguments) {
    const auto plugin = plugin_file(globals, arguments.plugin);
    if (!plugin) return terminal.fail(plugin.error(), "touchline plugin list");
    const auto manifest = host::read_manifest(*plugin);
    if (!manifest) return terminal.fail(manifest.error());
    std::optional<host::SigningKey> key;
    if (!arguments.key.empty()) {
        auto read = read_key(arguments.key);
        if (!read)
            return terminal.fail(read.error(), "touchline plugin key " + arguments.key.string());
        key = *std::move(read);
    }
    const auto bytes = host::pack_bundle(*plugin, key ? &*key : nullptr);
    if (!bytes) return terminal.fail(bytes.error());
    std::filesystem::path file = arguments.file;
    if (file.empty()) file = manifest->id + "-" + manifest->version + ".tlp";
    std::ofstream out(file, std::ios::binary);
    out << *bytes;
    if (!out.flush())
        return terminal.fail(Error(Code::unavailable, "cannot write " + file.string()));
    terminal.print(file.string());
    if (!key) terminal.say("It is not signed. To sign it: --key FILE");
    return k_ok;
}

int plugin_verify(Terminal& terminal, const BundleArguments& arguments) {
    const auto bundle = trusted_bundle(arguments);
    if (!bundle) {
        terminal.fail(bundle.error());
        return k_bad;
    }
    describe(terminal, *bundle);
    return k_ok;
}

int plugin_install(Terminal& terminal, const BundleArguments& arguments) {
    const auto bundle = trusted_bundle(arguments);
    if (!bundle) {
        terminal.fail(bundle.error());
        return k_bad;
    }
    if (!bundle->signer && !arguments.allow_unsigned) {
        return terminal.fail(
            Error(Code::denied, "the bundle is not signed")
                .cure("Ask its vendor for a signed one, or allow it with --allow-unsigned.")
        );
    }
    if (auto installed = host::install_bundle(*bundle, arguments.directory); !installed)
        return terminal.fail(installed.error());
    describe(terminal, *bundle);
    terminal.say(
        "next: touchline plugin info " +
        (arguments.directory / (bundle->contents.id + ".so")).string()
    );
    return k_ok;
}

}  // namespace touchline::app
