// What is asked for. docs: https://shopify.dev/docs/api/admin-graphql
#pragma once

#include <string>
#include <string_view>

namespace shopify {

struct Collection {
    std::string_view stream;  ///< also the name of its list
    std::string_view one;     ///< the name of a single one
    std::string_view type;    ///< in Shopify's ids: gid://shopify/Order/7
    std::string_view fields;
    int page = 0;  ///< as many as the most that a query may cost allows
};

/// nullptr: there is none.
const Collection* collection_of(std::string_view stream);

/// A page of what was changed, by the time of the last change.
std::string list_query(const Collection& collection);
std::string single_query(const Collection& collection);

}  // namespace shopify
