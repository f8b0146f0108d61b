// Dataverse's tables: one stream each, read the same way.
#pragma once

#include <string_view>

namespace dynamics {

struct Table {
    std::string_view stream;
    std::string_view set;      ///< the entity set that the Web API calls it
    std::string_view key;      ///< the column with its id
    std::string_view columns;  ///< $select
};

/// nullptr: there is none.
const Table* table_named(std::string_view stream);

}  // namespace dynamics
