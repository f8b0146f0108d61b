#include "attacks.hpp"

#include <poll.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <new>
#include <vector>

namespace hostile {

Result<ReadEnd> eat_memory(Job&) {
    std::vector<char*> eaten;
    while (true) {
        constexpr std::size_t k_bite = 1U << 20U;
        eaten.push_back(new char[k_bite]);
        std::memset(eaten.back(), 1, k_bite);
    }
}
Result<ReadEnd> spin(Job&) {
    volatile bool forever = true;
    while (forever) {
    }
    return ReadEnd::end;
}
Result<ReadEnd> spin_and_talk(Job& job) {
    while (true) job.now_unix_ms();
}
Result<ReadEnd> chatter(Job& job) {
    while (true) {
        job.now_unix_ms();
        poll(nullptr, 0, 1);
    }
}
Result<ReadEnd> hang(Job&) {
    while (true) poll(nullptr, 0, -1);
}
Result<ReadEnd> throw_number(Job&) {
    throw 42;
}
Result<ReadEnd> abort_it(Job&) {
    std::abort();
}
Result<ReadEnd> fault(Job&) {
    *reinterpret_cast<volatile int*>(8) = 1;
    return ReadEnd::end;
}
Result<ReadEnd> leave(Job&) {
    _exit(0);
}
Result<ReadEnd> pretend_to_be_idle(Job&) {
    _exit(10);
}
Result<ReadEnd> print_without_end(Job&) {
    const std::vector<char> line(65536, 'x');
    for (int i = 0; i < 1600; ++i) {
        [[maybe_unused]] const ssize_t written = write(1, line.data(), line.size());
    }
    return touchline::sdk::Error(touchline::sdk::Status::internal, "nobody stops to read it");
}

}  // namespace hostile
