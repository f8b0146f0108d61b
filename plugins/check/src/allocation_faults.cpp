#include "allocation_faults.hpp"

#include <dlfcn.h>
#include <elf.h>
#include <link.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <new>
#include <string_view>

namespace touchline::check {

namespace {

// A connector's function pointers lead here, so these cannot be members of anything.
std::uint64_t g_made = 0;
std::uint64_t g_failing = 0;

bool fails() {
    return ++g_made == g_failing;
}

void* counted_malloc(std::size_t size) {
    return fails() ? nullptr : std::malloc(size);
}
void* counted_calloc(std::size_t count, std::size_t size) {
    return fails() ? nullptr : std::calloc(count, size);
}
void* counted_realloc(void* old, std::size_t size) {
    return fails() ? nullptr : std::realloc(old, size);
}
int counted_memalign(void** out, std::size_t alignment, std::size_t size) {
    return fails() ? ENOMEM : posix_memalign(out, alignment, size);
}
void* counted_new(std::size_t size) {
    if (fails()) throw std::bad_alloc();
    return ::operator new(size);
}

struct Replacement {
    std::string_view name;
    void* function;
};
const Replacement k_replacements[] = {
    {"malloc", reinterpret_cast<void*>(&counted_malloc)},
    {"calloc", reinterpret_cast<void*>(&counted_calloc)},
    {"realloc", reinterpret_cast<void*>(&counted_realloc)},
    {"posix_memalign", reinterpret_cast<void*>(&counted_memalign)},
    {"_Znwm", reinterpret_cast<void*>(&counted_new)},
    {"_Znam", reinterpret_cast<void*>(&counted_new)},
};

/// The parts of a library's dynamic section that relocations need.
struct Dynamic {
    const Elf64_Sym* symbols = nullptr;
    const char* names = nullptr;
    const Elf64_Rela* jumps = nullptr;
    std::size_t jump_bytes = 0;
    const Elf64_Rela* others = nullptr;
    std::size_t other_bytes = 0;
};

Dynamic dynamic_of(const link_map& map) {
    Dynamic out;
    for (const Elf64_Dyn* entry = map.l_ld; entry->d_tag != DT_NULL; ++entry) {
        const auto* const at = reinterpret_cast<const void*>(entry->d_un.d_ptr);
        if (entry->d_tag == DT_SYMTAB) out.symbols = static_cast<const Elf64_Sym*>(at);
        if (entry->d_tag == DT_STRTAB) out.names = static_cast<const char*>(at);
        if (entry->d_tag == DT_JMPREL) out.jumps = static_cast<const Elf64_Rela*>(at);
        if (entry->d_tag == DT_PLTRELSZ) out.jump_bytes = entry->d_un.d_val;
        if (entry->d_tag == DT_RELA) out.others = static_cast<const Elf64_Rela*>(at);
        if (entry->d_tag == DT_RELASZ) out.other_bytes = entry->d_un.d_val;
    }
    return out;
}

/// The slot may be read-only by now (RELRO).
void write_slot(std::uintptr_t slot, void* function) {
    const auto page = static_cast<std::uintptr_t>(sysconf(_SC_PAGESIZE));
    auto* const begin = reinterpret_cast<void*>(slot / page * page);
    mprotect(begin, page, PROT_READ | PROT_WRITE);
    std::memcpy(reinterpret_cast<void*>(slot), &function, sizeof(function));
}

int redirect(
    const link_map& map, const Dynamic& dynamic, const Elf64_Rela* relocations, std::size_t bytes
) {
    int redirected = 0;
    for (std::size_t i = 0; i < bytes / sizeof(Elf64_Rela); ++i) {
        const std::size_t symbol = ELF64_R_SYM(relocations[i].r_info);
        if (symbol == 0 || relocations[i].r_addend != 0) continue;
        const std::string_view name = dynamic.names + dynamic.symbols[symbol].st_name;
        for (const Replacement& replacement : k_replacements) {
            if (name != replacement.name) continue;
            write_slot(map.l_addr + relocations[i].r_offset, replacement.function);
            ++redirected;
        }
    }
    return redirected;
}

}  // namespace

Result<void> watch_allocations(const std::filesystem::path& loaded_library) {
    const auto whole = std::filesystem::absolute(loaded_library);
    void* const handle = dlopen(whole.c_str(), RTLD_NOW | RTLD_NOLOAD);
    link_map* map = nullptr;
    if (handle == nullptr || dlinfo(handle, RTLD_DI_LINKMAP, &map) != 0)
        return Error(Code::unavailable, "the library is not loaded");
    const Dynamic dynamic = dynamic_of(*map);
    int redirected = 0;
    if (dynamic.symbols != nullptr && dynamic.names != nullptr) {
        redirected += redirect(*map, dynamic, dynamic.jumps, dynamic.jump_bytes);
        redirected += redirect(*map, dynamic, dynamic.others, dynamic.other_bytes);
    }
    if (redirected == 0) return Error(Code::unavailable, "it calls no allocator by name");
    return {};
}

void fail_allocation(std::uint64_t nth) {
    g_made = 0;
    g_failing = nth;
}

std::uint64_t allocations() {
    return g_made;
}

}  // namespace touchline::check
