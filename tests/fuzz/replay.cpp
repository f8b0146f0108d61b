// The driver for every compiler: the seeds as they stand, then a fixed number of damaged ones, the
// same in every run. `fuzz_NAME ROUNDS SEED_FILE...`; a file alone, with 0 rounds, replays a find.
#include "fuzz.hpp"

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

namespace {

/// Damages a text the way senders, disks and mischief do.
class Damage {
public:
    explicit Damage(const std::vector<std::string>& seeds) : seeds_(seeds) {}

    std::string next() {
        std::string text = pick();
        for (auto times = 1 + below(6); times > 0; --times) hurt(text);
        return text;
    }

private:
    std::size_t below(std::size_t limit) { return limit == 0 ? 0 : random_() % limit; }
    const std::string& pick() { return seeds_[below(seeds_.size())]; }

    void hurt(std::string& text) {
        static const std::string likely(
            "\"'[]{}(),:|&*?@`\\\n\r\t -+0919eE.#<>=!~\0\x7f\xc3\xff", 43
        );
        const std::size_t at = below(text.size() + 1);
        switch (below(6)) {
            case 0:
                if (at < text.size()) text[at] = likely[below(likely.size())];
                break;
            case 1:
                text.insert(at, 1 + below(3), likely[below(likely.size())]);
                break;
            case 2:
                text.erase(at, 1 + below(8));
                break;
            case 3:
                text.insert(at, text.substr(below(text.size()), below(40)));
                break;
            case 4: {
                const std::string& other = pick();
                text.replace(at, below(20), other.substr(below(other.size()), below(60)));
                break;
            }
            default:
                text.resize(at);
        }
    }

    const std::vector<std::string>& seeds_;
    std::mt19937 random_{20260211};
};

std::string read(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        std::fprintf(stderr, "%s cannot be read\n", path.c_str());
        std::exit(2);
    }
    return {std::istreambuf_iterator<char>(file), {}};
}

/// The input in hand, for the one who has to find out what it did.
std::string in_hand;

extern "C" void keep_and_die(int signal) {
    std::signal(signal, SIG_DFL);
    if (std::FILE* file = std::fopen("crash.bin", "wb")) {
        std::fwrite(in_hand.data(), 1, in_hand.size(), file);
        std::fclose(file);
        std::fputs("the input is in crash.bin\n", stderr);
    }
    std::raise(signal);
}

void try_out(std::string input) {
    in_hand = std::move(input);
    touchline::fuzz::run(in_hand);
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 3) {
        std::fprintf(stderr, "usage: %s ROUNDS SEED_FILE...\n", argv[0]);
        return 2;
    }
    std::vector<std::string> seeds;
    for (int i = 2; i < argc; ++i) seeds.push_back(read(argv[i]));
    for (const int signal : {SIGABRT, SIGSEGV, SIGFPE}) std::signal(signal, keep_and_die);
    for (const std::string& seed : seeds) try_out(seed);
    Damage damage(seeds);
    for (long round = std::atol(argv[1]); round > 0; --round) try_out(damage.next());
    return 0;
}
