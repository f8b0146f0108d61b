// What a source says about one person or organisation, before anything is read into it.
#pragma once

#include <string>
#include <vector>

namespace touchline::identity {

struct RecordField {
    std::string name, value;  ///< as the source wrote them
};

/// `id` is unique within the set that is resolved. A field that is left out, or empty, is unknown.
struct Record {
    std::string id;
    std::string source;
    std::vector<RecordField> fields;
};

}  // namespace touchline::identity
