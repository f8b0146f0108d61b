// The web app in a real browser, before the real daemon with the sample company.
#include "daemon.hpp"

#include <cstdlib>

namespace touchline::e2e {
namespace {

TEST(Browser, FindsACustomerAndReadsTheTimeline) {
    const Folder folder;
    Daemon daemon(
        {"demo", "--dir", "demo", "--port", "0", "--customers", "300", "--records", "6000"},
        folder.path()
    );
    ASSERT_TRUE(daemon.is_ready()) << read_file(folder.path() / "stderr.txt");
    std::string email = read_file(folder.path() / "demo/look-at-first.txt");
    email.erase(email.find('\n'));
    ::setenv("TOUCHLINE_CHROMIUM", CHROMIUM, 1);
    ::setenv("TOUCHLINE_WEB_BUILD", TOUCHLINE_BINARY_DIR "/web", 1);
    Child walk(
        {NODE, TOUCHLINE_SOURCE_DIR "/tests/web/e2e.mjs", daemon.url(), "", email}, folder.path()
    );
    std::cout << walk.output();
    EXPECT_EQ(walk.wait(), 0) << read_file(folder.path() / "stderr.txt");
}

}  // namespace
}  // namespace touchline::e2e
