#include "touchline/sdk/plugin.hpp"

#include "reader.hpp"

#include <memory>

namespace bluesky {

namespace sdk = touchline::sdk;
using sdk::Error;
using sdk::Job;
using sdk::Result;
using sdk::Status;

class Bluesky : public sdk::Source<Bluesky> {
public:
    static Result<std::unique_ptr<Bluesky>> create(const sdk::Config& config) {
        auto made = std::make_unique<Bluesky>();
        made->options_.account = config.text("account");
        made->options_.all = config.text("watch") == "all";
        if (made->options_.account.rfind("did:", 0) != 0) {
            return Error(
                Status::config,
                "\"" + made->options_.account + "\" is a handle, which can change: name the DID."
            );
        }
        return made;
    }

    Result<std::string> check(Job& job) {
        TL_TRY(const auto person, Repositories(job).person(options_.account));
        if (!person)
            return Error(
                Status::config, "The account " + options_.account + " is not on this server."
            );
        TL_CHECK(job.open_stream("firehose", "/com.atproto.sync.subscribeRepos"));
        return "The server answers for @" + person->handle + ", and its firehose is open.";
    }

    Result<sdk::ReadEnd> read(Job& job, const sdk::ReadArgs& args) {
        TL_TRY(auto state, sdk::State::parse(job, args, Reader::state_members()));
        return Reader(job, args, options_, std::move(state)).read();
    }

private:
    Options options_;
};

}  // namespace bluesky

TOUCHLINE_PLUGIN(bluesky::Bluesky)
