// WordPress filters comments and users by no time of change. So each read takes the newest hundred
// again, with all that are new beyond them, and once a day everything is read.
#include "collection.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace wordpress {

namespace {

constexpr std::int64_t k_day_ms = 24LL * 3600 * 1000;
constexpr std::int64_t k_page = 100;
/// Pages overlap, because what is deleted meanwhile moves the others up.
constexpr std::int64_t k_step = 90;

std::string path_of(const Collection& collection) {
    return "/" + std::string(collection.name);
}

sdk::HttpRequest list_of(const Collection& collection) {
    sdk::HttpRequest request("api", path_of(collection));
    // As an editor sees it; to others WordPress refuses this, instead of leaving things out.
    request.param("context", "edit");
    if (const auto equals = collection.filter.find('='); equals != std::string_view::npos) {
        request.param(
            std::string(collection.filter.substr(0, equals)),
            std::string(collection.filter.substr(equals + 1))
        );
    }
    return request;
}

Result<sdk::HttpResponse> ask(
    Job& job,
    const Collection& collection,
    std::string_view order,
    std::int64_t offset,
    std::string_view fields
) {
    return job.send(list_of(collection)
                        .param("orderby", "id")
                        .param("order", std::string(order))
                        .param("per_page", std::to_string(k_page))
                        .param("offset", std::to_string(offset))
                        .param("_fields", std::string(fields)));
}

bool is_full(const std::vector<sdk::Value>& ids) {
    return ids.size() >= static_cast<std::size_t>(k_page);
}

class CollectionReader {
public:
    CollectionReader(
        Job& job, const sdk::ReadArgs& args, const Collection& collection, sdk::State state
    )
        : job_(&job),
          args_(&args),
          collection_(&collection),
          state_(std::move(state)),
          known_(state_),
          recent_(state_) {}

    Result<void> run() {
        const std::int64_t now_ms = job_->now_unix_ms();
        const bool all = state_.has("offset") || now_ms - state_.number("all") >= k_day_ms;
        TL_CHECK(all ? read_all(now_ms) : read_newest());
        return sdk::sweep(
            *job_,
            *args_,
            {},
            state_,
            known_,
            [&] { return count(*job_, *collection_); },
            [&](sdk::IdSet& present) { return list_ids(present); },
            [&](const auto& ids) { return deleted_of(ids); }
        );
    }

private:
    /// Oldest first: what is added meanwhile comes at the end. May be interrupted at each page.
    Result<void> read_all(std::int64_t now_ms) {
        for (bool more = true; more;) {
            const std::int64_t offset = state_.number("offset");
            TL_TRY(const auto answer, ask(*job_, *collection_, "asc", offset, collection_->fields));
            TL_TRY(const auto ids, hand_over(answer.body()));
            known_.insert(ids);
            more = is_full(ids);
            state_.set("offset", offset + k_step);
            if (!more) state_.drop("offset").set("all", now_ms);
            TL_CHECK(save());
        }
        return {};
    }

    /// Newest first, until something known comes. What was read counts as known once it is all
    /// there: whoever is interrupted begins anew, and leaves no gap.
    Result<void> read_newest() {
        std::vector<sdk::Value> read;
        for (std::int64_t offset = 0;; offset += k_step) {
            TL_TRY(
                const auto answer, ask(*job_, *collection_, "desc", offset, collection_->fields)
            );
            TL_TRY(const auto ids, hand_over(answer.body()));
            read.insert(read.end(), ids.begin(), ids.end());
            const bool met = std::any_of(ids.begin(), ids.end(), [&](const sdk::Value& id) {
                return known_.ids().contains(id.as_int().value_or(0));
            });
            if (met || !is_full(ids)) break;
        }
        known_.insert(read);
        return save();
    }

    Result<void> save() {
        known_.keep_in(state_);
        recent_.keep_in(state_);
        return state_.save(*job_, args_->stream);
    }

    /// Those of a page that are not as they were when they were last read. The ids of all.
    Result<std::vector<sdk::Value>> hand_over(const sdk::Body& page) {
        TL_TRY(auto ids, page.pick_each("", "/id"));
        TL_TRY(const auto records, page.pick_each("", ""));
        std::string lines;
        for (std::size_t i = 0; i < ids.size(); ++i) {
            if (recent_.is_news(ids[i].as_text(), records[i].text)) lines += records[i].text + "\n";
        }
        if (!lines.empty()) TL_CHECK(job_->page_lines(args_->stream, lines));
        return ids;
    }

    Result<void> list_ids(sdk::IdSet& present) {
        for (std::int64_t offset = 0;; offset += k_step) {
            TL_TRY(const auto answer, ask(*job_, *collection_, "asc", offset, "id"));
            TL_TRY(const auto ids, answer.body().pick_each("", "/id"));
            for (const auto& id : ids) present.insert(id.as_int().value_or(0));
            if (!is_full(ids)) return {};
        }
    }

    Result<std::vector<std::int64_t>> deleted_of(const std::vector<std::int64_t>& ids) {
        std::vector<std::int64_t> deleted;
        for (const std::int64_t id : ids) {
            const auto path = path_of(*collection_) + "/" + std::to_string(id);
            const auto found = job_->get("api", path, {{"context", "edit"}, {"_fields", "id"}});
            if (found) continue;
            if (found.error().status != Status::not_found) return found.error();
            deleted.push_back(id);
        }
        // Was all this still said to an account that may know?
        TL_CHECK(count(*job_, *collection_));
        return deleted;
    }

    Job* job_;
    const sdk::ReadArgs* args_;
    const Collection* collection_;
    sdk::State state_;
    sdk::Known known_;
    sdk::Recent recent_;
};

}  // namespace

const Collection* collection_named(std::string_view name) {
    static constexpr std::array<Collection, 2> k_collections{
        {{"comments",
          "status=any",
          "id,post,parent,author,author_name,author_email,date_gmt,content,link,status,type"},
         {"users", "", "id,name,first_name,last_name,email,locale,roles,registered_date,link"}}};
    for (const auto& collection : k_collections) {
        if (collection.name == name) return &collection;
    }
    return nullptr;
}

Result<std::int64_t> count(Job& job, const Collection& collection) {
    TL_TRY(
        const auto answer,
        job.send(list_of(collection).param("per_page", "1").param("_fields", "id"))
    );
    const std::string total = answer.header("X-WP-Total");
    if (total.empty())
        return Error(Status::config, "What answers at this address is not WordPress.");
    return std::strtoll(total.c_str(), nullptr, 10);
}

Result<void> read_collection(Job& job, const sdk::ReadArgs& args, const Collection& collection) {
    TL_TRY(auto state, sdk::State::parse(job, args, {"all", "offset", "recent", "known", "swept"}));
    return CollectionReader(job, args, collection, std::move(state)).run();
}

}  // namespace wordpress
