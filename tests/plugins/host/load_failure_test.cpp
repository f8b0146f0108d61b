// What people read when a file among the connectors cannot be loaded.
#include "load_failure.hpp"

#include "touchline/host/plugin_library.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>

namespace touchline::host {
namespace {

namespace fs = std::filesystem;

/// What is said of a file with these bytes.
std::string said_of(const std::string& bytes) {
    const fs::path file = fs::temp_directory_path() / ("said-" + std::to_string(getpid()) + ".so");
    std::ofstream(file, std::ios::binary) << bytes;
    const auto manifest = read_manifest(file);
    fs::remove(file);
    return manifest ? "nothing" : manifest.error().message();
}

std::string probe_with(std::size_t at, char byte) {
    std::ifstream in(std::string(TEST_PLUGINS) + "/test.probe.so", std::ios::binary);
    std::string bytes{std::istreambuf_iterator<char>(in), {}};
    bytes[at] = byte;
    return bytes;
}

TEST(LoadFailure, SaysWhatAFileIsThatIsNoConnector) {
    EXPECT_EQ(said_of(""), "this file is empty");
    EXPECT_EQ(said_of("!<arch>\nlib"), "this is a static library (.a), not a shared one");
    EXPECT_EQ(said_of("#!/bin/sh\n"), "this is a script, not a shared library");
    EXPECT_EQ(said_of("MZ\x90 and more"), "this is a library for Windows");
    EXPECT_EQ(said_of("some text"), "this is not a 64-bit ELF shared library");
}

TEST(LoadFailure, NamesTheArchitectureThatAConnectorWasBuiltFor) {
    EXPECT_NE(said_of(probe_with(18, '\xF3')).find("(RISC-V)"), std::string::npos);
    EXPECT_NE(said_of(probe_with(4, 1)).find("another architecture"), std::string::npos);
    EXPECT_EQ(said_of(probe_with(16, 1)), "this is an object file (.o), not a shared library");
}

TEST(LoadFailure, NamesALibraryThatIsMissing) {
    const Error error = explain_load_failure(
        "libacme.so.3: cannot open shared object file: No such file or directory"
    );
    EXPECT_EQ(error.message(), "the connector needs libacme.so.3, which this system lacks");
}

TEST(LoadFailure, NamesASystemThatIsTooOld) {
    const Error error = explain_load_failure(
        "/lib/x86_64-linux-gnu/libc.so.6: version `GLIBC_2.38' not found (required by ./acme.so)"
    );
    EXPECT_NE(error.message().find("it needs GLIBC_2.38"), std::string::npos);
    EXPECT_NE(error.cure().find("oldest system"), std::string::npos);
}

TEST(LoadFailure, NamesAFunctionThatNobodyDefines) {
    const Error error = explain_load_failure("./acme.so: undefined symbol: acme_parse");
    EXPECT_NE(error.message().find("the function acme_parse"), std::string::npos);
}

TEST(LoadFailure, KeepsTheSystemsWordsForTheRest) {
    EXPECT_NE(explain_load_failure("no reason").message().find("no reason"), std::string::npos);
}

}  // namespace
}  // namespace touchline::host
