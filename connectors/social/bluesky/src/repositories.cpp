#include "repositories.hpp"

#include "event.hpp"

namespace bluesky {

namespace sdk = touchline::sdk;
using sdk::Error;
using sdk::Result;
using sdk::Status;

namespace {

/// The most that the protocol allows; one build of the server answers 500 to more.
constexpr const char* k_page = "100";

std::string last_segment(const std::string& uri) {
    return uri.substr(uri.rfind('/') + 1);
}

}  // namespace

Result<std::optional<sdk::HttpResponse>> Repositories::ask(
    const std::string& method, const sdk::Pairs& query
) {
    sdk::HttpRequest request("api", "/" + method);
    request.query = query;
    // Whether something is there is told by a 400 with a name, not by a 404.
    request.with_flags(TL_HTTP_ANY_STATUS);
    TL_TRY(auto answer, job_.send(request));
    if (answer.ok()) return std::optional(std::move(answer));
    const std::string said =
        "The server answered " + std::to_string(answer.status()) + " to " + method;
    if (answer.status() == 429)
        return Error(Status::rate_limited, said + ".", answer.retry_after_ms().value_or(60'000));
    if (answer.status() == 401 || answer.status() == 403)
        return Error(Status::auth, said + ": it lets nobody read who has not signed in.");
    if (answer.status() >= 500) return Error(Status::unavailable, said + ".");
    auto name = answer.pick("/error");
    const std::string error = name ? name->as_text() : std::string();
    // Methods that are not there are another matter than repositories that are not.
    if (answer.status() == 404 || error == "MethodNotImplemented" || error.empty())
        return Error(Status::config, said + ": this is no server of the AT Protocol.");
    return std::optional<sdk::HttpResponse>();
}

Result<RepositoryPage> Repositories::list(const std::string& cursor) {
    sdk::Pairs query{{"limit", k_page}};
    if (!cursor.empty()) query.emplace_back("cursor", cursor);
    TL_TRY(const auto answer, ask("com.atproto.sync.listRepos", query));
    if (!answer) return Error(Status::bad_data, "The server does not list its repositories.");
    TL_TRY(const auto count, answer->body().count("/repos"));
    std::vector<std::string> pointers{"/cursor"};
    for (std::uint64_t i = 0; i < count; ++i) {
        for (const char* member : {"/did", "/rev", "/active", "/status"})
            pointers.push_back("/repos/" + std::to_string(i) + member);
    }
    TL_TRY(const auto values, answer->body().pick(pointers));
    RepositoryPage page;
    page.next = values[0].as_text();
    for (std::size_t i = 1; i + 3 < values.size(); i += 4) {
        page.repositories.push_back(
            {values[i].as_text(),
             values[i + 1].as_text(),
             values[i + 2].as_bool().value_or(true),
             values[i + 3].as_text()}
        );
    }
    if (page.repositories.empty()) page.next.clear();
    return page;
}

Result<std::optional<std::string>> Repositories::revision(const std::string& did) {
    TL_TRY(const auto answer, ask("com.atproto.sync.getLatestCommit", {{"did", did}}));
    if (!answer) return std::optional<std::string>();
    TL_TRY(const auto rev, answer->pick("/rev"));
    return std::optional(rev.as_text());
}

Result<std::optional<PostPage>> Repositories::posts(
    const std::string& did, const std::string& cursor
) {
    sdk::Pairs query{{"repo", did}, {"collection", std::string(k_post)}, {"limit", k_page}};
    if (!cursor.empty()) query.emplace_back("cursor", cursor);
    TL_TRY(const auto answer, ask("com.atproto.repo.listRecords", query));
    if (!answer) return std::optional<PostPage>();
    TL_TRY(const auto count, answer->body().count("/records"));
    std::vector<std::string> pointers{"/cursor"};
    for (std::uint64_t i = 0; i < count; ++i) {
        for (const char* member : {"/uri", "/cid", "/value", "/value/createdAt"})
            pointers.push_back("/records/" + std::to_string(i) + member);
    }
    TL_TRY(const auto values, answer->body().pick(pointers));
    PostPage page;
    page.next = count == 0 ? std::string() : values[0].as_text();
    for (std::size_t i = 1; i + 3 < values.size(); i += 4) {
        page.posts.push_back(
            {did,
             last_segment(values[i].as_text()),
             values[i + 1].as_text(),
             values[i + 2].text,
             values[i + 3].as_text()}
        );
    }
    return std::optional(std::move(page));
}

Result<std::optional<Post>> Repositories::post(const std::string& did, const std::string& rkey) {
    TL_TRY(
        const auto answer,
        ask("com.atproto.repo.getRecord",
            {{"repo", did}, {"collection", std::string(k_post)}, {"rkey", rkey}})
    );
    if (!answer) return std::optional<Post>();
    TL_TRY(const auto values, answer->body().pick({"/cid", "/value", "/value/createdAt"}));
    return std::optional(Post{did, rkey, values[0].as_text(), values[1].text, values[2].as_text()});
}

Result<std::optional<Person>> Repositories::person(const std::string& did) {
    TL_TRY(const auto described, ask("com.atproto.repo.describeRepo", {{"repo", did}}));
    if (!described) return std::optional<Person>();
    TL_TRY(const auto handle, described->pick("/handle"));
    Person person;
    person.did = did;
    person.handle = handle.as_text();
    TL_TRY(
        const auto profile,
        ask("com.atproto.repo.getRecord",
            {{"repo", did}, {"collection", std::string(k_profile)}, {"rkey", "self"}})
    );
    if (profile) {
        TL_TRY(
            const auto values, profile->body().pick({"/value/displayName", "/value/description"})
        );
        person.name = values[0].as_text();
        person.description = values[1].as_text();
    }
    return std::optional(std::move(person));
}

}  // namespace bluesky
