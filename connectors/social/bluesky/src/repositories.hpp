// A server's repositories over HTTP (com.atproto.sync and com.atproto.repo), which anybody may
// read.
#pragma once

#include "record.hpp"

#include "touchline/sdk/job.hpp"

#include <optional>
#include <string>
#include <vector>

namespace bluesky {

struct Repository {
    std::string did, rev;
    bool active = true;
    std::string status;
};
struct RepositoryPage {
    std::vector<Repository> repositories;
    std::string next;  ///< empty: the last one
};
struct PostPage {
    std::vector<Post> posts;
    std::string next;
};

class Repositories {
public:
    explicit Repositories(touchline::sdk::Job& job) : job_(job) {}

    touchline::sdk::Result<RepositoryPage> list(const std::string& cursor);
    /// The newest revision; nothing: there is no such repository here, or it is not active.
    touchline::sdk::Result<std::optional<std::string>> revision(const std::string& did);
    /// Nothing: as above.
    touchline::sdk::Result<std::optional<PostPage>> posts(
        const std::string& did, const std::string& cursor
    );
    touchline::sdk::Result<std::optional<Post>> post(
        const std::string& did, const std::string& rkey
    );
    /// Its handle and what its profile says.
    touchline::sdk::Result<std::optional<Person>> person(const std::string& did);

private:
    /// Nothing where the server says that it is not there.
    touchline::sdk::Result<std::optional<touchline::sdk::HttpResponse>> ask(
        const std::string& method, const touchline::sdk::Pairs& query
    );

    touchline::sdk::Job& job_;
};

}  // namespace bluesky
