// Vendure's two lists, read the same way.
#pragma once

#include "graphql.hpp"

#include <string_view>

namespace vendure {

struct List {
    std::string_view name;     ///< the stream, and the query's name
    std::string_view one;      ///< the query for one of them, by id
    std::string_view options;  ///< the GraphQL type of the list's options
    std::string_view fields;
};

/// nullptr: there is none.
const List* list_named(std::string_view name);

/// How many there are, as Vendure counts.
Result<std::int64_t> count(Job& job, const List& list);
/// `window_days` > 0: what was placed in so many days is read again, once an hour.
Result<void> read_list(
    Job& job, const sdk::ReadArgs& args, const List& list, std::int64_t window_days
);

}  // namespace vendure
