#include "slots.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

namespace touchline::abi_gate {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::IsEmpty;

const fs::path k_abi = fs::path(TOUCHLINE_SOURCE_DIR) / "plugins/abi";

std::string text_of(const fs::path& file) {
    std::ifstream in(file);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// All headers of a folder as one text.
std::string headers_below(const fs::path& folder) {
    std::string all;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        if (entry.path().extension() == ".h") all += text_of(entry.path());
    }
    return all;
}

std::vector<std::string> broken(const char* old, const char* now) {
    return broken_promises(read_declarations(old), read_declarations(now));
}

TEST(AbiGate, KeepsEveryPromiseOfEveryRelease) {
    const Declarations now = read_declarations(headers_below(k_abi / "include"));
    EXPECT_GE(now.structs.size(), 20u);
    for (const auto& release : fs::directory_iterator(k_abi / "history")) {
        const Declarations old = read_declarations(headers_below(release.path()));
        EXPECT_GE(old.structs.size(), 20u) << release.path();
        EXPECT_THAT(broken_promises(old, now), IsEmpty()) << release.path();
    }
}

TEST(AbiGate, WantsAWordForEveryHeaderThatChanged) {
    const std::string changes = text_of(k_abi / "CHANGES.md");
    fs::path latest;
    for (const auto& release : fs::directory_iterator(k_abi / "history"))
        latest = std::max(latest, release.path());
    for (const auto& entry : fs::recursive_directory_iterator(k_abi / "include")) {
        if (entry.path().extension() != ".h") continue;
        const fs::path relative = fs::relative(entry.path(), k_abi);
        if (text_of(entry.path()) == text_of(latest / relative)) continue;
        EXPECT_NE(changes.find(entry.path().filename().string()), std::string::npos)
            << relative << " differs from " << latest.filename()
            << "; say in plugins/abi/CHANGES.md what changed";
    }
}

constexpr const char* k_old =
    "typedef struct tl_a { uint32_t size; /* of it */ int32_t (*f)(tl_job* job); } tl_a;\n"
    "enum { TL_OK = 0, TL_BAD = -1 };\n#define TL_MAX 7u\n";

TEST(AbiGate, AllowsASizedStructToGrowAtItsEnd) {
    EXPECT_THAT(
        broken(
            k_old,
            "typedef struct tl_a { uint32_t size; int32_t (*f)(tl_job*  job); int32_t g; } tl_a;\n"
            "enum { TL_OK = 0, TL_BAD = -1, TL_WORSE = -2 };\n#define TL_MAX 7u\n"
        ),
        IsEmpty()
    );
}

TEST(AbiGate, NoticesAMemberInTheMiddle) {
    EXPECT_EQ(
        broken(
            k_old,
            "typedef struct tl_a { uint32_t size; int32_t g; int32_t (*f)(tl_job* job); } tl_a;\n"
            "enum { TL_OK = 0, TL_BAD = -1 };\n#define TL_MAX 7u\n"
        )
            .size(),
        1u
    );
}

TEST(AbiGate, NoticesWhatWentAndWhatHasAnotherValue) {
    EXPECT_THAT(
        broken(k_old, "enum { TL_OK = 0, TL_BAD = -2 };\n#define TL_MAX 7u\n"),
        ElementsAre("tl_a is gone", "TL_BAD was -1")
    );
}

TEST(AbiGate, NoticesAStructThatMayNotGrow) {
    EXPECT_THAT(
        broken(
            "typedef struct tl_s { const char* p; } tl_s;",
            "typedef struct tl_s { const char* p; uint64_t n; } tl_s;"
        ),
        ElementsAre("tl_s has no size, so it may not grow")
    );
}

}  // namespace
}  // namespace touchline::abi_gate
