#include "record.hpp"

#include "event.hpp"

#include "touchline/sdk/json_text.hpp"
#include "touchline/sdk/time_text.hpp"
#include "touchline/sdk/utf8.hpp"

namespace bluesky {

namespace sdk = touchline::sdk;

std::string post_uri(std::string_view did, std::string_view rkey) {
    return "at://" + std::string(did) + "/" + std::string(k_post) + "/" + std::string(rkey);
}

void append_post(std::string& page, const Post& post, std::int64_t latest_ms) {
    const auto claimed = sdk::parse_time_ms(post.created_at);
    const bool believable = claimed && (latest_ms == 0 || *claimed <= latest_ms);
    const std::int64_t occurred = believable ? *claimed : latest_ms;
    sdk::JsonObject record(page);
    record.text("uri", post_uri(post.did, post.rkey)).text("kind", "post");
    record.boolean("deleted", false).text("did", post.did).text("rkey", post.rkey);
    record.text("cid", post.cid);
    if (occurred != 0) record.text("occurred", sdk::time_text_ms(occurred));
    record.raw("value", post.value).end();
    page += '\n';
}

void append_deleted_post(std::string& page, std::string_view did, std::string_view rkey) {
    sdk::JsonObject(page)
        .text("uri", post_uri(did, rkey))
        .text("kind", "post")
        .boolean("deleted", true)
        .text("did", did)
        .end();
    page += '\n';
}

void append_person(std::string& page, const Person& person) {
    sdk::JsonObject record(page);
    record.text("uri", "at://" + person.did).text("kind", "person").text("did", person.did);
    record.boolean("active", person.active).text("as_of", sdk::time_text_ms(person.as_of_ms));
    if (person.active) {
        record.text("handle", person.handle).text("name", person.name);
        record.text("description", person.description);
    } else {
        record.text("status", person.status);
    }
    record.end();
    page += '\n';
}

}  // namespace bluesky
