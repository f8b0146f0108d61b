// One read: the repositories first, then the firehose from where the repositories leave off.
#pragma once

#include "event.hpp"
#include "repositories.hpp"

#include "touchline/sdk/paging/state.hpp"
#include "touchline/sdk/source.hpp"

#include <cstdint>
#include <map>
#include <string>

namespace bluesky {

struct Options {
    std::string account;  ///< the company's DID
    bool all = false;     ///< every post, not only what concerns the account
};

class Reader {
public:
    Reader(
        touchline::sdk::Job& job,
        const touchline::sdk::ReadArgs& args,
        const Options& options,
        touchline::sdk::State state
    );
    touchline::sdk::Result<touchline::sdk::ReadEnd> read();

    static const std::vector<std::string>& state_members();

private:
    enum class Followed { end, more, begin_anew };

    touchline::sdk::Result<void> fill_back();
    touchline::sdk::Result<void> fill_back_all();
    touchline::sdk::Result<void> read_repository(const Repository& repository);
    touchline::sdk::Result<Followed> follow();
    /// False: what was read so far is worth nothing, since the server has been reset.
    touchline::sdk::Result<bool> hear(const Event& event);
    touchline::sdk::Result<void> hear_commit(const Event& event);
    /// With the next page.
    void look_up(const std::string& did, std::int64_t as_of_ms);
    touchline::sdk::Result<void> flush();
    bool is_read_already(const Event& event) const;
    bool concerns(const Post& post) const;
    /// Whether something of this name was handed over not long ago.
    bool is_remembered(const std::string& name) const;
    void remember(const std::string& name);
    touchline::sdk::Result<void> save();

    touchline::sdk::Job& job_;
    const touchline::sdk::ReadArgs& args_;
    const Options& options_;
    touchline::sdk::State state_;
    Repositories repositories_;
    std::string page_;
    int records_ = 0;
    std::int64_t seq_ = 0;
    bool moved_ = false;                    ///< `seq_` is not saved yet
    std::map<std::string, Person> people_;  ///< to be looked up, with what is known of them
};

}  // namespace bluesky
