// The connector's face to the host: which streams there are, and whether the Graph API answers.
#include "graph.hpp"

#include <memory>

namespace meta {

class Meta : public sdk::Source<Meta> {
public:
    static Result<std::unique_ptr<Meta>> create(const sdk::Config& config) {
        auto source = std::make_unique<Meta>();
        source->page_ = {config.text("page"), config.integer("days", 60)};
        if (source->page_.id.find_first_not_of("0123456789") != std::string::npos)
            return Error(Status::config, "the setting \"page\" is the page's number");
        return source;
    }

    Result<std::string> check(Job& job) {
        TL_TRY(const auto answer, job.get("api", "/" + page_.id, {{"fields", "id,name"}}));
        TL_TRY(const auto name, answer.pick("/name"));
        if (!name.is_set())
            return Error(Status::config, "What answers at this address is not Meta's Graph API.");
        return "Meta answers for the page " + name.as_text() + ".";
    }

    Result<sdk::ReadEnd> read(Job& job, const sdk::ReadArgs& args) {
        if (args.stream == "posts")
            TL_CHECK(read_posts(job, page_, args));
        else if (args.stream == "comments")
            TL_CHECK(read_comments(job, page_, args));
        else if (args.stream == "messages")
            TL_CHECK(read_messages(job, page_, args));
        else
            return Error(Status::config, "Meta has no stream \"" + args.stream + "\".");
        return sdk::ReadEnd::end;
    }

    Result<void> webhook(Job& job, const sdk::Webhook& webhook) {
        return take_webhook(job, webhook);
    }

private:
    Page page_;
};

}  // namespace meta

TOUCHLINE_PLUGIN(meta::Meta)
