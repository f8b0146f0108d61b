#include "subjects.hpp"

#include <stdexcept>

namespace touchline::simulated {

namespace {

const std::vector<Subject>& all() {
    static const std::vector<Subject> k_subjects{
        {"zendesk",
         net::BasicLogin{"agent@acme.test/token", Secret("zd-secret")},
         R"({"url": "$URL"})",
         "zd-secret"},
    };
    return k_subjects;
}

}  // namespace

Subject subject(const std::string& plugin) {
    for (const Subject& one : all()) {
        if (one.plugin == plugin) return one;
    }
    throw std::runtime_error("there is no simulator for " + plugin);
}

std::vector<std::string> subjects() {
    std::vector<std::string> names;
    for (const Subject& one : all()) names.push_back(one.plugin);
    return names;
}

}  // namespace touchline::simulated
