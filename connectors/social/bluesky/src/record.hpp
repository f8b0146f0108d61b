// Posts and people as records, the same whether they came over HTTP or over the firehose.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace bluesky {

struct Post {
    std::string did, rkey, cid;
    std::string value;       ///< as JSON
    std::string created_at;  ///< the author's word
};

std::string post_uri(std::string_view did, std::string_view rkey);
/// `latest_ms`: it was there by then, whatever its author says; 0: unknown.
void append_post(std::string& page, const Post& post, std::int64_t latest_ms);
void append_deleted_post(std::string& page, std::string_view did, std::string_view rkey);

struct Person {
    std::string did, handle, name, description;
    bool active = true;
    std::string status;         ///< why it is not active
    std::int64_t as_of_ms = 0;  ///< by the server's clock
};
void append_person(std::string& page, const Person& person);

}  // namespace bluesky
