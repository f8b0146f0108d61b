// Stands in for the generated table when Touchline is built without its web app.
#include "asset_table.hpp"

namespace touchline::web {

namespace {

constexpr unsigned char k_page[] =
    "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Touchline</title>"
    "<h1>Touchline is running</h1>"
    "<p>It was built without the web app. The API answers under <a href=\"/api/v1/connections\">"
    "/api/v1</a>; configure with -DTOUCHLINE_WEB=ON to have the app.</p></html>\n";

const Asset k_assets[] = {
    {"/index.html", "text/html; charset=utf-8", "\"absent\"", {k_page, sizeof k_page - 1}, {}, {}}};

}  // namespace

std::span<const Asset> asset_table() {
    return k_assets;
}

std::string_view content_security_policy() {
    return "default-src 'none'; base-uri 'none'; frame-ancestors 'none'";
}

}  // namespace touchline::web
