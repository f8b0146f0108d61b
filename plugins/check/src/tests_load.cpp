// Is this a library that a host can take in without harm?
#include "elf_symbols.hpp"
#include "scene.hpp"

#include "touchline/plugin.h"

#include <algorithm>
#include <array>
#include <filesystem>

namespace touchline::check {

namespace {

std::string list_of(const std::vector<std::string>& names) {
    std::string list;
    for (std::size_t i = 0; i < names.size() && i < 5; ++i)
        list.append(i == 0 ? "" : ", ").append(names[i]);
    if (names.size() > 5) list += " and " + std::to_string(names.size() - 5) + " more";
    return list;
}

Finding opens(const Scene& scene) {
    const auto library = scene.load();
    return library ? passed() : failed(library.error().text());
}

Finding exports_the_entry_only(const Scene& scene) {
    const auto facts = read_elf_facts(scene.plugin);
    if (!facts) return failed(facts.error().text());
    std::vector<std::string> others;
    for (const std::string& name : facts->exported) {
        if (name != TL_ENTRY) others.push_back(name);
    }
    if (others.empty()) return passed();
    return failed(
        "it also exports " + list_of(others) +
        "; build it with touchline_add_plugin(), or with hidden visibility and a version script"
    );
}

Finding pins_nothing(const Scene& scene) {
    const auto facts = read_elf_facts(scene.plugin);
    if (!facts) return failed(facts.error().text());
    if (facts->unique.empty()) return passed();
    return failed("unique symbols: " + list_of(facts->unique) + "; compile with -fno-gnu-unique");
}

Finding needs_common_libraries(const Scene& scene) {
    constexpr std::array<std::string_view, 10> k_common{
        "libc.so.6",
        "libm.so.6",
        "libdl.so.2",
        "libpthread.so.0",
        "librt.so.1",
        "libgcc_s.so.1",
        "ld-linux-x86-64.so.2",
        "ld-linux-aarch64.so.1",
        "libstdc++.so.6",
        "linux-vdso.so.1"};
    const auto facts = read_elf_facts(scene.plugin);
    if (!facts) return failed(facts.error().text());
    std::vector<std::string> others;
    for (const std::string& name : facts->needed) {
        const bool sanitizer = name.find("san.so") != std::string::npos;
        if (std::ranges::count(k_common, name) == 0 && !sanitizer) others.push_back(name);
    }
    if (others.empty()) return passed();
    return failed(
        "it needs " + list_of(others) +
        ", which may be missing or different elsewhere; link "
        "statically, or let the host do that work"
    );
}

/// "GLIBC_2.9" < "GLIBC_2.34"
bool older(const std::string& a, const std::string& b) {
    return a.size() != b.size() ? a.size() < b.size() : a < b;
}

Finding says_its_oldest_system(const Scene& scene) {
    const auto facts = read_elf_facts(scene.plugin);
    if (!facts) return failed(facts.error().text());
    std::string newest;
    for (const std::string& version : facts->needed_versions) {
        if (version.starts_with("GLIBC_") && older(newest, version)) newest = version;
    }
    if (newest.empty()) return passed("it runs on any glibc");
    return passed("it runs on glibc " + newest.substr(6) + " and newer");
}

Finding is_hardened(const Scene& scene) {
    const auto facts = read_elf_facts(scene.plugin);
    if (!facts) return failed(facts.error().text());
    if (facts->executable_stack)
        return failed("it asks for an executable stack; link with -Wl,-z,noexecstack");
    if (facts->text_relocations)
        return failed("its code is changed while it is loaded; compile with -fPIC");
    return passed();
}

std::ptrdiff_t threads_now() {
    std::error_code ignored;
    const std::filesystem::directory_iterator tasks("/proc/self/task", ignored);
    return std::distance(begin(tasks), end(tasks));
}

Finding starts_no_threads(const Scene& scene) {
    const auto before = threads_now();
    const auto library = scene.load();
    if (!library) return failed(library.error().text());
    return threads_now() == before ? passed() : failed("loading it started a thread");
}

Finding knows_what_it_lacks(const Scene& scene) {
    const auto library = scene.load();
    if (!library) return failed(library.error().text());
    for (const char* id : {"", "tl.source/999", "tl.unknown/1", "tl.source", "TL.SOURCE/1"}) {
        if ((*library)->table().capability(id) != nullptr) {
            return failed(
                std::string("it answers with a table when asked for \"") + id +
                "\"; unknown ids have to give NULL"
            );
        }
    }
    return passed();
}

Finding keeps_its_tables(const Scene& scene) {
    const auto first = scene.load();
    if (!first) return failed(first.error().text());
    const auto second = scene.load();
    if (!second) return failed(second.error().text());
    if (&(*first)->table() != &(*second)->table())
        return failed(TL_ENTRY " gave two different tables");
    for (const std::string& id : scene.manifest.capabilities) {
        if ((*first)->table().capability(id.c_str()) != (*first)->table().capability(id.c_str()))
            return failed("asked twice for " + id + ", it gave two different tables");
    }
    return passed();
}

}  // namespace

std::vector<Test> load_tests() {
    return {
        {{"load.opens", "The library loads, and its table says what its manifest says.", 'F'},
         Applies::everyone,
         &opens},
        {{"load.one-symbol",
          "It exports its entry and nothing else, so that it cannot get in the way of others.",
          'B'},
         Applies::everyone,
         &exports_the_entry_only},
        {{"load.no-unique-symbols", "It has no symbols that outlive it.", 'B'},
         Applies::everyone,
         &pins_nothing},
        {{"load.libraries", "It needs no libraries that another system may lack.", 'B'},
         Applies::everyone,
         &needs_common_libraries},
        {{"load.oldest-system", "Says on which systems it can run.", 'A'},
         Applies::everyone,
         &says_its_oldest_system},
        {{"load.hardened", "Its stack cannot be executed and its code cannot be changed.", 'B'},
         Applies::everyone,
         &is_hardened},
        {{"load.no-threads", "Loading it starts no threads.", 'D'},
         Applies::everyone,
         &starts_no_threads},
        {{"load.unknown-capability", "Asked for a capability that it lacks, it gives none.", 'D'},
         Applies::everyone,
         &knows_what_it_lacks},
        {{"load.static-tables", "Its tables stay the same for ever.", 'D'},
         Applies::everyone,
         &keeps_its_tables},
    };
}

}  // namespace touchline::check
