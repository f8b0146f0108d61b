#include "touchline/access/directory.hpp"
#include "touchline/access/door.hpp"
#include "touchline/access/password.hpp"

#include <gtest/gtest.h>

namespace touchline::access {
namespace {

TEST(Passwords, AreHashedWithASaltOfTheirOwn) {
    const Secret password("a long pass phrase");
    const std::string one = hash_password(password), other = hash_password(password);
    EXPECT_TRUE(one.starts_with("$argon2id$v=19$m=19456,t=2,p=1$")) << one;
    EXPECT_NE(one, other);
    EXPECT_TRUE(verify_password(one, password));
    EXPECT_FALSE(verify_password(one, Secret("a long pass phrasE")));
    EXPECT_FALSE(verify_password("", password));
    EXPECT_FALSE(verify_password("not a hash", password));
}

TEST(Passwords, HaveToBeLongEnoughInCharactersNotBytes) {
    EXPECT_TRUE(check_password(Secret("ten chars!")));
    EXPECT_FALSE(check_password(Secret("nine char")));
    EXPECT_FALSE(check_password(Secret("ééééééééé")));
    EXPECT_TRUE(check_password(Secret("éééééééééé")));
    EXPECT_FALSE(check_password(Secret(std::string(2000, 'x'))));
    EXPECT_FALSE(check_password(Secret("\xff\xfe not any text")));
}

TEST(OwnPaths, LeadNowhereElse) {
    EXPECT_EQ(own_path("/c/cu_1?show=talk"), "/c/cu_1?show=talk");
    for (const char* const path :
         {"",
          "c",
          "//evil.example",
          "https://evil.example",
          "/\\evil.example",
          "/a\r\nX: y",
          "/a b"})
        EXPECT_EQ(own_path(path), "/") << path;
}

TEST(Accounts, RefuseNamesThatSurprise) {
    Directory directory(std::filesystem::temp_directory_path() / "touchline-never-made");
    for (const char* const name : {"", "Ana", "a b", "../x", "a\n", "<b>"}) {
        const auto added = directory.add_user(
            {name, "", Role::agent, "", {}, {}}, Secret("a long pass phrase"), {}
        );
        ASSERT_FALSE(added) << name;
        EXPECT_EQ(added.error().code(), Code::bad_data);
    }
}

}  // namespace
}  // namespace touchline::access
