#include "reader.hpp"

#include "touchline/sdk/time_text.hpp"

#include <algorithm>
#include <cstdio>

namespace bluesky {

namespace sdk = touchline::sdk;
using sdk::Error;
using sdk::Result;
using sdk::Status;

namespace {

constexpr std::uint32_t k_wait_ms = 1000;
constexpr int k_quiet_waits = 2;
constexpr int k_full_page = 200;
constexpr std::int64_t k_longest_page_ms = 1000;
/// Then the host gets a word, so that it can see that all is well.
constexpr std::int64_t k_longest_stay_ms = 900'000;
constexpr std::size_t k_remembered = 4000;

std::string mark_of(const std::string& name) {
    std::uint32_t hash = 2166136261U;
    for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
    char mark[12];
    std::snprintf(mark, sizeof(mark), "%08x", hash);
    return mark;
}

}  // namespace

const std::vector<std::string>& Reader::state_members() {
    static const std::vector<std::string> k_members{"floor", "repos", "done", "seq", "marks"};
    return k_members;
}

Reader::Reader(sdk::Job& job, const sdk::ReadArgs& args, const Options& options, sdk::State state)
    : job_(job),
      args_(args),
      options_(options),
      state_(std::move(state)),
      repositories_(job),
      seq_(state_.number("seq")) {}

Result<sdk::ReadEnd> Reader::read() {
    while (true) {
        if (!state_.has("seq")) TL_CHECK(fill_back());
        TL_TRY(const Followed followed, follow());
        if (followed == Followed::end) return sdk::ReadEnd::end;
        if (followed == Followed::more) return sdk::ReadEnd::more;
        state_ = sdk::State();
        seq_ = 0;
    }
}

/// All that is there when it begins. What happens meanwhile is in the firehose, which is read from
/// its beginning: commits up to `floor` are older than this.
Result<void> Reader::fill_back() {
    if (options_.all) {
        TL_CHECK(fill_back_all());
    } else {
        TL_TRY(const auto rev, repositories_.revision(options_.account));
        if (!rev)
            return Error(
                Status::config, "The account " + options_.account + " is not on this server."
            );
        state_.set("floor", *rev);
        TL_CHECK(read_repository({options_.account, *rev, true, {}}));
    }
    state_.drop("repos").drop("done").set("seq", 0);
    seq_ = 0;
    return save();
}

Result<void> Reader::fill_back_all() {
    while (true) {
        TL_TRY(const auto page, repositories_.list(state_.text("repos")));
        if (!state_.has("floor")) {
            std::string floor;
            for (const Repository& one : page.repositories) floor = std::max(floor, one.rev);
            state_.set("floor", floor);
        }
        const std::string done = state_.text("done");
        bool skip = std::any_of(
            page.repositories.begin(),
            page.repositories.end(),
            [&](const Repository& one) { return one.did == done; }
        );
        for (const Repository& repository : page.repositories) {
            if (!skip) {
                TL_CHECK(read_repository(repository));
                state_.set("done", repository.did);
                TL_CHECK(save());
            }
            if (repository.did == done) skip = false;
        }
        if (page.next.empty()) return {};
        state_.set("repos", page.next).drop("done");
    }
}

Result<void> Reader::read_repository(const Repository& repository) {
    Person known;
    known.did = repository.did;
    known.active = repository.active;
    known.status = repository.status;
    known.as_of_ms = tid_time_ms(repository.rev);
    people_[repository.did] = known;
    const std::int64_t latest = tid_time_ms(repository.rev);
    for (std::string cursor; repository.active;) {
        TL_TRY(const auto page, repositories_.posts(repository.did, cursor));
        // It was taken away meanwhile: the firehose tells of it.
        if (!page) break;
        for (const Post& post : page->posts) append_post(page_, post, latest);
        if (!page_.empty()) TL_CHECK(job_.page_lines(args_.stream, page_));
        page_.clear();
        if (page->next.empty() || page->next == cursor) break;
        cursor = page->next;
    }
    return flush();
}

Result<Reader::Followed> Reader::follow() {
    TL_TRY(
        auto stream,
        job_.open_stream(
            "firehose", "/com.atproto.sync.subscribeRepos", {{"cursor", std::to_string(seq_)}}
        )
    );
    const bool stays = job_.stays();
    const std::int64_t begun = job_.now_unix_ms();
    std::int64_t flushed = begun;
    int quiet = 0;
    while (true) {
        TL_TRY(auto received, stream.receive(k_wait_ms));
        const std::int64_t now = job_.now_unix_ms();
        bool caught_up = false;
        if (received.has_frame()) {
            quiet = 0;
            TL_TRY(const auto bytes, received.frame.view());
            const auto event = read_event(bytes);
            if (!event) {
                TL_CHECK(job_.bad_record(args_.stream, "", bytes, "not a frame of the firehose"));
            } else {
                TL_TRY(const bool goes_on, hear(*event));
                if (!goes_on) return Followed::begin_anew;
                caught_up = sdk::parse_time_ms(event->time).value_or(0) >= begun;
            }
        } else {
            ++quiet;
        }
        if (records_ >= k_full_page || now - flushed >= k_longest_page_ms || received.ended ||
            !received.has_frame()) {
            TL_CHECK(flush());
            flushed = now;
        }
        if (!stays && (caught_up || received.ended || quiet >= k_quiet_waits)) {
            TL_CHECK(flush());
            return Followed::end;
        }
        if (received.ended) return Error(Status::unavailable, "The firehose was closed.");
        if (now - begun >= k_longest_stay_ms) {
            TL_CHECK(flush());
            TL_CHECK(save());
            return Followed::more;
        }
    }
}

Result<bool> Reader::hear(const Event& event) {
    if (event.kind == Event::Kind::error) {
        // The server counts from the beginning again.
        if (event.name == "FutureCursor") return false;
        return Error(Status::unavailable, "The firehose says " + event.name + ".");
    }
    if (event.kind == Event::Kind::info) {
        // What was missed is nowhere but in the repositories.
        return event.name != "OutdatedCursor" || seq_ == 0;
    }
    if (event.seq > 0) {
        seq_ = event.seq;
        moved_ = true;
    }
    if (is_read_already(event)) return true;
    if (event.kind == Event::Kind::commit) {
        TL_CHECK(hear_commit(event));
    } else if (event.kind == Event::Kind::sync) {
        if (options_.all || event.did == options_.account)
            TL_CHECK(read_repository({event.did, event.rev, true, {}}));
    } else if (options_.all || is_remembered(event.did) || event.did == options_.account) {
        Person& person = people_[event.did];
        person.did = event.did;
        person.as_of_ms = sdk::parse_time_ms(event.time).value_or(0);
        if (event.kind == Event::Kind::account) {
            person.active = event.active;
            person.status = event.status;
        }
    }
    return true;
}

Result<void> Reader::hear_commit(const Event& event) {
    const std::int64_t latest = sdk::parse_time_ms(event.time).value_or(0);
    if (event.incomplete && event.operations.empty() &&
        (options_.all || event.did == options_.account)) {
        return read_repository({event.did, event.rev, true, {}});
    }
    for (const Operation& operation : event.operations) {
        if (operation.collection == k_profile && (options_.all || is_remembered(event.did)))
            look_up(event.did, latest);
        if (operation.collection != k_post) continue;
        const std::string uri = post_uri(event.did, operation.rkey);
        if (operation.deleted) {
            if (!options_.all && event.did != options_.account && !is_remembered(uri)) continue;
            append_deleted_post(page_, event.did, operation.rkey);
            ++records_;
            continue;
        }
        std::optional<Post> post = Post{event.did, operation.rkey, operation.cid, {}, {}};
        if (operation.value) {
            append_json(post->value, *operation.value);
            post->created_at = operation.value->text("createdAt");
        } else {
            TL_TRY(post, repositories_.post(event.did, operation.rkey));
        }
        if (!post || !concerns(*post)) continue;
        append_post(page_, *post, latest);
        ++records_;
        if (!options_.all) {
            if (!is_remembered(event.did)) look_up(event.did, latest);
            remember(event.did);
            remember(uri);
        }
    }
    return {};
}

void Reader::look_up(const std::string& did, std::int64_t as_of_ms) {
    people_[did].did = did;
    people_[did].as_of_ms = as_of_ms;
}

/// Looks people up, hands everything over, and stores how far it goes.
Result<void> Reader::flush() {
    for (auto& [did, known] : people_) {
        std::optional<Person> person;
        if (known.active) {
            TL_TRY(person, repositories_.person(did));
            if (person) person->as_of_ms = known.as_of_ms;
        } else {
            person = known;
        }
        // One of another server: only its DID is known.
        if (person) append_person(page_, *person);
    }
    people_.clear();
    if (!page_.empty()) TL_CHECK(job_.page_lines(args_.stream, page_));
    page_.clear();
    records_ = 0;
    if (!moved_ || !state_.has("seq")) return {};
    state_.set("seq", seq_);
    return save();
}

bool Reader::is_read_already(const Event& event) const {
    const std::string floor = state_.text("floor");
    if (floor.empty() || (!options_.all && event.did != options_.account)) return false;
    if (!event.rev.empty()) return event.rev <= floor;
    return sdk::parse_time_ms(event.time).value_or(0) <= tid_time_ms(floor);
}

bool Reader::concerns(const Post& post) const {
    // Replies, mentions and quotes name it, each in a place of its own.
    return options_.all || post.did == options_.account ||
           post.value.find(options_.account) != std::string::npos;
}

bool Reader::is_remembered(const std::string& name) const {
    const std::string marks = state_.text("marks"), mark = mark_of(name);
    for (auto at = marks.find(mark); at != std::string::npos; at = marks.find(mark, at + 1)) {
        if (at % mark.size() == 0) return true;
    }
    return false;
}

void Reader::remember(const std::string& name) {
    if (is_remembered(name)) return;
    std::string marks = state_.text("marks") + mark_of(name);
    constexpr std::size_t k_width = 8;
    if (marks.size() > k_remembered * k_width)
        marks.erase(0, marks.size() - k_remembered * k_width);
    state_.set("marks", marks);
}

Result<void> Reader::save() {
    moved_ = false;
    return state_.save(job_, args_.stream);
}

}  // namespace bluesky
