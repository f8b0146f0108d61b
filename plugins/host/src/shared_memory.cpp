#include "shared_memory.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <iterator>
#include <utility>

namespace touchline::host {
namespace {

// Since Linux 6.3; Debian's headers are older.
constexpr unsigned k_never_executable = 0x0008U;
constexpr std::uint64_t k_alignment = 64;

Error failed() {
    return Error(
        Code::unavailable, std::string("shared memory cannot be made: ") + std::strerror(errno)
    );
}

int make_descriptor() {
    constexpr unsigned flags = MFD_CLOEXEC | MFD_ALLOW_SEALING;
    const int descriptor = memfd_create("touchline", flags | k_never_executable);
    return descriptor >= 0 ? descriptor : memfd_create("touchline", flags);
}

}  // namespace

Result<SharedMemory> SharedMemory::make(std::size_t bytes, Writers writers) {
    const int descriptor = make_descriptor();
    if (descriptor < 0) return failed();
    SharedMemory memory(descriptor, nullptr, bytes);
    if (ftruncate(descriptor, static_cast<off_t>(bytes)) != 0) return failed();
    void* const data = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
    if (data == MAP_FAILED) return failed();
    memory.data_ = static_cast<char*>(data);
    // The host's own mapping stays writable; what is mapped from now on is not.
    const int seals = F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL |
                      (writers == Writers::host ? F_SEAL_FUTURE_WRITE : 0);
    if (fcntl(descriptor, F_ADD_SEALS, seals) != 0) return failed();
    return memory;
}

SharedMemory::SharedMemory(SharedMemory&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      data_(std::exchange(other.data_, nullptr)),
      size_(other.size_) {}

SharedMemory& SharedMemory::operator=(SharedMemory&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    std::swap(data_, other.data_);
    std::swap(size_, other.size_);
    return *this;
}

SharedMemory::~SharedMemory() {
    if (data_ != nullptr) munmap(data_, size_);
    if (descriptor_ >= 0) close(descriptor_);
}

Result<std::uint64_t> Places::take(std::uint64_t bytes) {
    const std::uint64_t wanted =
        std::max(k_alignment, (bytes + k_alignment - 1) / k_alignment * k_alignment);
    const auto gap =
        std::ranges::find_if(gaps_, [&](const auto& one) { return one.second >= wanted; });
    if (gap == gaps_.end()) {
        return Error(Code::denied, "the connector asks for more than its arena holds")
            .cure("Ask for less at once, and release bodies that are done.");
    }
    const auto [begin, length] = *gap;
    gaps_.erase(gap);
    if (length > wanted) gaps_.emplace(begin + wanted, length - wanted);
    taken_.emplace(begin, wanted);
    return begin;
}

void Places::give_back(std::uint64_t place) {
    const auto found = taken_.find(place);
    if (found == taken_.end()) return;
    auto [begin, length] = *found;
    taken_.erase(found);
    auto next = gaps_.upper_bound(begin);
    if (next != gaps_.end() && next->first == begin + length) {
        length += next->second;
        next = gaps_.erase(next);
    }
    if (next != gaps_.begin()) {
        const auto before = std::prev(next);
        if (before->first + before->second == begin) {
            before->second += length;
            return;
        }
    }
    gaps_.emplace(begin, length);
}

}  // namespace touchline::host
