// The Graph API's lists: newest first, with a cursor, and without a way to ask for what is new.
#pragma once

#include "touchline/sdk/paging.hpp"
#include "touchline/sdk/plugin.hpp"

#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace meta {

namespace sdk = touchline::sdk;
using sdk::Error;
using sdk::Job;
using sdk::Result;
using sdk::Status;

struct Page {
    std::string id;
    std::int64_t days = 60;
};

inline const std::string k_comment_fields = "id,message,from,created_time,parent{id},permalink_url";
inline const std::string k_message_fields = "id,message,from,to,created_time";

/// A page of the list that the request asks for. The links of the answer are never followed: they
/// hold the token.
Result<sdk::Fetched> page(Job& job, sdk::HttpRequest request, const std::string& at);
/// All of a list.
Result<void> all(
    Job& job,
    const sdk::HttpRequest& request,
    const std::function<Result<void>(const sdk::Fetched&)>& take
);

/// What a list is sorted by, newest first.
enum class Order {
    created,
    touched,  ///< by updated_time: nothing new follows an old one
};

/// A pass over a list whose elements say when they were touched last. `take` is given a page; what
/// was touched since `since_ms` is new. Only the end of the pass moves that time on, so an
/// interrupted one loses nothing.
Result<void> walk_touched(
    Job& job,
    const sdk::ReadArgs& args,
    const sdk::HttpRequest& request,
    Order order,
    const std::function<Result<void>(const sdk::Fetched&, std::int64_t since_ms)>& take
);

/// Id and JSON of the elements of a page that were touched since.
Result<std::vector<std::pair<std::string, std::string>>> touched_since(
    const sdk::Body& page, std::int64_t since_ms
);

/// The page's posts; also those that others left there.
sdk::HttpRequest feed(Job& job, const Page& page, const std::string& fields);

Result<void> read_posts(Job& job, const Page& page, const sdk::ReadArgs& args);
Result<void> read_comments(Job& job, const Page& page, const sdk::ReadArgs& args);
Result<void> read_messages(Job& job, const Page& page, const sdk::ReadArgs& args);
/// What Meta's calls tell of, fetched as it is now; what was removed is said so.
Result<void> take_webhook(Job& job, const sdk::Webhook& webhook);

}  // namespace meta
