#include "touchline/view/catalogue.hpp"

namespace touchline::view {

const std::string& Catalogue::department_name(const std::string& id) const {
    const auto found = departments.find(id);
    return found == departments.end() ? id : found->second;
}

const ConnectionInfo* Catalogue::connection(std::string_view id) const {
    for (const ConnectionInfo& connection : connections) {
        if (connection.id == id) return &connection;
    }
    return nullptr;
}

}  // namespace touchline::view
