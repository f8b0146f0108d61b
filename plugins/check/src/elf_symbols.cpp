#include "elf_symbols.hpp"

#include <elf.h>

#include <cstring>
#include <fstream>
#include <iterator>

namespace touchline::check {

namespace {

/// The file's bytes, read with bounds.
class Image {
public:
    explicit Image(std::string bytes) : bytes_(std::move(bytes)) {}

    template <typename T>
    bool get(std::uint64_t offset, T& out) const {
        if (offset > bytes_.size() || sizeof(T) > bytes_.size() - offset) return false;
        std::memcpy(&out, bytes_.data() + offset, sizeof(T));
        return true;
    }
    std::string text(std::uint64_t offset) const {
        if (offset >= bytes_.size()) return {};
        return bytes_.substr(offset, bytes_.find('\0', offset) - offset);
    }

private:
    std::string bytes_;
};

struct Section {
    Elf64_Shdr header{};
    Elf64_Shdr linked{};  ///< the table of strings that it names
};

std::vector<Section> sections_of(const Image& image, const Elf64_Ehdr& header) {
    std::vector<Elf64_Shdr> headers(header.e_shnum);
    for (std::size_t i = 0; i < headers.size(); ++i) {
        if (!image.get(header.e_shoff + i * sizeof(Elf64_Shdr), headers[i])) return {};
    }
    std::vector<Section> sections;
    for (const Elf64_Shdr& one : headers) {
        sections.push_back({one, one.sh_link < headers.size() ? headers[one.sh_link] : one});
    }
    return sections;
}

void read_symbols(const Image& image, const Section& section, ElfFacts& out) {
    for (std::uint64_t at = 0; at < section.header.sh_size; at += sizeof(Elf64_Sym)) {
        Elf64_Sym symbol{};
        if (!image.get(section.header.sh_offset + at, symbol)) return;
        const auto bind = ELF64_ST_BIND(symbol.st_info);
        if (symbol.st_shndx == SHN_UNDEF || symbol.st_shndx == SHN_ABS || bind == STB_LOCAL)
            continue;
        out.exported.push_back(image.text(section.linked.sh_offset + symbol.st_name));
        if (bind == STB_GNU_UNIQUE) out.unique.push_back(out.exported.back());
    }
}

void read_dynamic(const Image& image, const Section& section, ElfFacts& out) {
    for (std::uint64_t at = 0; at < section.header.sh_size; at += sizeof(Elf64_Dyn)) {
        Elf64_Dyn entry{};
        if (!image.get(section.header.sh_offset + at, entry)) return;
        if (entry.d_tag == DT_NEEDED)
            out.needed.push_back(image.text(section.linked.sh_offset + entry.d_un.d_val));
        if (entry.d_tag == DT_TEXTREL) out.text_relocations = true;
    }
}

void read_needed_versions(const Image& image, const Section& section, ElfFacts& out) {
    std::uint64_t at = section.header.sh_offset;
    for (std::uint32_t library = 0; library < section.header.sh_info; ++library) {
        Elf64_Verneed need{};
        if (!image.get(at, need)) return;
        std::uint64_t detail = at + need.vn_aux;
        for (int i = 0; i < need.vn_cnt; ++i) {
            Elf64_Vernaux version{};
            if (!image.get(detail, version)) return;
            out.needed_versions.push_back(image.text(section.linked.sh_offset + version.vna_name));
            detail += version.vna_next;
        }
        at += need.vn_next;
    }
}

}  // namespace

Result<ElfFacts> read_elf_facts(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    const Image image({std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()});
    Elf64_Ehdr header{};
    if (!image.get(0, header) || std::memcmp(header.e_ident, ELFMAG, SELFMAG) != 0 ||
        header.e_ident[EI_CLASS] != ELFCLASS64) {
        return Error(Code::bad_data, "this is not a 64-bit ELF library");
    }
    ElfFacts facts;
    for (const Section& section : sections_of(image, header)) {
        if (section.header.sh_type == SHT_DYNSYM) read_symbols(image, section, facts);
        if (section.header.sh_type == SHT_DYNAMIC) read_dynamic(image, section, facts);
        if (section.header.sh_type == SHT_GNU_verneed) read_needed_versions(image, section, facts);
    }
    for (std::uint64_t i = 0; i < header.e_phnum; ++i) {
        Elf64_Phdr segment{};
        if (!image.get(header.e_phoff + i * sizeof(segment), segment)) break;
        if (segment.p_type == PT_GNU_STACK) facts.executable_stack = (segment.p_flags & PF_X) != 0;
    }
    return facts;
}

}  // namespace touchline::check
