#include "elf_note.hpp"

#include "touchline/plugin.h"

#include <elf.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <optional>
#include <string_view>
#include <vector>

namespace touchline::host {

namespace {

constexpr std::uint64_t k_most_note_bytes = 1U << 20U;
constexpr std::size_t k_most_segments = 64;

constexpr const char* k_what_belongs_here =
    "Connectors are the .so files that their build produces; put nothing else into a plugin "
    "directory.";

#if defined(__x86_64__)
constexpr Elf64_Half k_this_machine = EM_X86_64;
#elif defined(__aarch64__)
constexpr Elf64_Half k_this_machine = EM_AARCH64;
#else
constexpr Elf64_Half k_this_machine = EM_NONE;  // any
#endif

std::string name_of(Elf64_Half machine) {
    switch (machine) {
        case EM_X86_64:
            return "x86-64";
        case EM_386:
            return "32-bit x86";
        case EM_AARCH64:
            return "64-bit ARM";
        case EM_ARM:
            return "32-bit ARM";
        case EM_RISCV:
            return "RISC-V";
        case EM_S390:
            return "IBM Z";
        case EM_PPC64:
            return "POWER";
        default:
            return "machine " + std::to_string(machine);
    }
}

/// By the first bytes of a file that is no ELF file.
Error not_elf(std::string_view beginning) {
    std::string what = "this is not a 64-bit ELF shared library";
    if (beginning.empty()) what = "this file is empty";
    if (beginning.starts_with("!<arch>")) what = "this is a static library (.a), not a shared one";
    if (beginning.starts_with("MZ")) what = "this is a library for Windows";
    if (beginning.starts_with("\xCF\xFA\xED\xFE")) what = "this is a library for macOS";
    if (beginning.starts_with("#!")) what = "this is a script, not a shared library";
    return Error(Code::config, what).cure(k_what_belongs_here);
}

/// ELF, but nothing that this program could load.
std::optional<Error> not_for_us(const Elf64_Ehdr& header) {
    const bool other_width = header.e_ident[EI_CLASS] != ELFCLASS64;
    const bool other_machine = k_this_machine != EM_NONE && header.e_machine != k_this_machine;
    if (other_width || header.e_ident[EI_DATA] != ELFDATA2LSB || other_machine) {
        return Error(
                   Code::config,
                   "this connector was built for another architecture (" +
                       name_of(header.e_machine) + "), and this program is for " +
                       name_of(k_this_machine)
        )
            .cure("Install the connector's release for this architecture, or build it here.");
    }
    if (header.e_type == ET_DYN) return std::nullopt;
    const char* const what = header.e_type == ET_REL    ? "an object file (.o)"
                             : header.e_type == ET_EXEC ? "a program"
                             : header.e_type == ET_CORE ? "a core dump"
                                                        : "no shared library";
    return Error(Code::config, std::string("this is ") + what + ", not a shared library")
        .cure(k_what_belongs_here);
}

Error damaged() {
    return Error(Code::config, "the ELF file is damaged or cut off")
        .cure("Copy or build it again.");
}

class File {
public:
    explicit File(int descriptor) : descriptor_(descriptor) {
        struct stat status {};
        if (fstat(descriptor_, &status) == 0 && status.st_size > 0)
            size_ = static_cast<std::uint64_t>(status.st_size);
    }
    std::uint64_t size() const { return size_; }
    bool read(std::uint64_t offset, void* out, std::uint64_t bytes) const {
        if (offset > size_ || bytes > size_ - offset) return false;
        auto* to = static_cast<char*>(out);
        while (bytes > 0) {
            const ssize_t got = pread(descriptor_, to, bytes, static_cast<off_t>(offset));
            if (got <= 0) return false;
            to += got;
            offset += static_cast<std::uint64_t>(got);
            bytes -= static_cast<std::uint64_t>(got);
        }
        return true;
    }

private:
    int descriptor_;
    std::uint64_t size_ = 0;
};

std::uint64_t padded(std::uint64_t bytes, std::uint64_t alignment) {
    return (bytes + alignment - 1) / alignment * alignment;
}

std::optional<ElfNote> find_note(const std::string& notes, std::uint64_t alignment) {
    const std::string owner = std::string(TL_NOTE_OWNER) + '\0';
    std::uint64_t at = 0;
    while (notes.size() - at >= sizeof(Elf64_Nhdr)) {
        Elf64_Nhdr header;
        std::memcpy(&header, notes.data() + at, sizeof(header));
        const std::uint64_t name = at + sizeof(header);
        const std::uint64_t content = padded(name + header.n_namesz, alignment);
        if (content > notes.size() || header.n_descsz > notes.size() - content) return std::nullopt;
        if (notes.compare(name, header.n_namesz, owner) == 0) {
            return ElfNote{header.n_type, notes.substr(content, header.n_descsz)};
        }
        at = padded(content + header.n_descsz, alignment);
        if (at > notes.size()) return std::nullopt;
    }
    return std::nullopt;
}

}  // namespace

Result<ElfNote> read_elf_note(int descriptor) {
    const File file(descriptor);
    Elf64_Ehdr header{};
    const bool complete = file.read(0, &header, sizeof(header));
    char beginning[8] = {};
    const auto known = std::min<std::uint64_t>(sizeof(beginning), file.size());
    if (!file.read(0, beginning, known) || known < SELFMAG ||
        std::memcmp(beginning, ELFMAG, SELFMAG) != 0) {
        return not_elf({beginning, static_cast<std::size_t>(known)});
    }
    if (!complete) return damaged();
    if (auto stranger = not_for_us(header)) return *std::move(stranger);
    if (header.e_phentsize != sizeof(Elf64_Phdr) || header.e_phnum > k_most_segments)
        return damaged();
    std::vector<Elf64_Phdr> segments(header.e_phnum);
    if (!file.read(header.e_phoff, segments.data(), segments.size() * sizeof(Elf64_Phdr)))
        return damaged();
    for (const Elf64_Phdr& segment : segments) {
        if (segment.p_type == PT_LOAD &&
            (segment.p_offset > file.size() || segment.p_filesz > file.size() - segment.p_offset)) {
            return damaged();
        }
        if (segment.p_type != PT_NOTE) continue;
        if (segment.p_filesz > k_most_note_bytes) return damaged();
        std::string notes(segment.p_filesz, '\0');
        if (!file.read(segment.p_offset, notes.data(), notes.size())) return damaged();
        if (auto note = find_note(notes, segment.p_align == 8 ? 8 : 4)) return *std::move(note);
    }
    return Error(Code::config, "this library has no Touchline note, so it is not a connector")
        .cure("Build connectors with touchline_add_plugin(), which puts the manifest inside.");
}

}  // namespace touchline::host
