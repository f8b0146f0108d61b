#include "touchline/web/assets.hpp"

#include <gtest/gtest.h>

#include <string>

namespace touchline::web {
namespace {

std::string_view text_of(const Asset& asset) {
    return {reinterpret_cast<const char*>(asset.plain.data()), asset.plain.size()};
}

TEST(WebAssets, EveryPageOfTheAppIsTheOneDocument) {
    const Asset* page = find_asset("/");
    ASSERT_NE(page, nullptr);
    EXPECT_EQ(find_asset("/c"), page);
    EXPECT_EQ(find_asset("/c/cu_01h"), page);
    EXPECT_EQ(find_asset("/connections/shop"), page);
    EXPECT_EQ(find_asset("/dead-letters"), page);
    EXPECT_EQ(find_asset("/index.html"), page);
    EXPECT_EQ(page->content_type, "text/html; charset=utf-8");
    EXPECT_FALSE(page->immutable);
    EXPECT_NE(text_of(*page).find("<title>Touchline</title>"), std::string_view::npos);
}

TEST(WebAssets, WhatIsNotPartOfTheAppIsNotFound) {
    EXPECT_EQ(find_asset("/assets/"), nullptr);
    EXPECT_EQ(find_asset("/assets/../index.html"), nullptr);
    EXPECT_EQ(find_asset("/api/v1/lookup"), nullptr);
    EXPECT_EQ(find_asset("/customers"), nullptr);
    EXPECT_EQ(find_asset(""), nullptr);
}

TEST(WebAssets, HelpNeedsNoNetwork) {
    const Asset* help = find_asset("/docs");
    if (help == nullptr) GTEST_SKIP() << "built without the web app";
    EXPECT_EQ(find_asset("/docs/agents"), help);
    EXPECT_NE(find_asset("/docs/operating"), nullptr);
    EXPECT_EQ(find_asset("/docs/nothing"), nullptr);
    EXPECT_EQ(find_asset("/docs/../index.html"), nullptr);
}

TEST(WebAssets, EverythingTheDocumentNamesIsThereAndMayBeKeptForever) {
    const std::string_view page = text_of(*find_asset("/"));
    for (auto at = page.find("/assets/"); at != std::string_view::npos;
         at = page.find("/assets/", at + 1)) {
        const std::string_view path = page.substr(at, page.find('"', at) - at);
        const Asset* asset = find_asset(path);
        ASSERT_NE(asset, nullptr) << path;
        EXPECT_TRUE(asset->immutable) << path;
        EXPECT_FALSE(asset->plain.empty()) << path;
    }
}

TEST(WebAssets, CompressedFormsAreSmallerThanThePlainOne) {
    const Asset* page = find_asset("/");
    if (page->gzip.empty()) GTEST_SKIP() << "built without the web app";
    EXPECT_EQ(page->gzip[0], 0x1F);
    EXPECT_EQ(page->gzip[1], 0x8B);
    EXPECT_LT(page->gzip.size(), page->plain.size());
    EXPECT_LT(page->brotli.size(), page->gzip.size());
}

TEST(WebAssets, ThePolicyAllowsNothingInLine) {
    EXPECT_NE(content_security_policy().find("default-src"), std::string_view::npos);
    EXPECT_EQ(content_security_policy().find("unsafe"), std::string_view::npos);
}

}  // namespace
}  // namespace touchline::web
