#include "identity_rows.hpp"
#include "link_rows.hpp"
#include "sqlite_reader.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

namespace touchline::store::sqlite {
namespace {

/// So many beside those asked for do not belong to one customer: a wrong link ties them.
constexpr std::size_t k_most_members = 5'000;

void sort_unique(std::vector<StoredLink>& links) {
    std::sort(links.begin(), links.end(), [](auto& x, auto& y) { return x.key < y.key; });
    const auto same = [](auto& x, auto& y) { return x.key == y.key; };
    links.erase(std::unique(links.begin(), links.end(), same), links.end());
}

/// Walks the live links from the seeds, breadth first.
class Walk {
public:
    /// With a time: the links as they stood then.
    explicit Walk(Connection& db, std::optional<Time> time = std::nullopt) : db_(db), time_(time) {}

    Result<Component> from(std::span<const IdentityKey> seeds) {
        for (const IdentityKey seed : seeds) TOUCHLINE_CHECK(meet(seed));
        for (std::size_t next = 0; next < order_.size(); ++next) {
            const IdentityKey member = order_[next];
            TOUCHLINE_TRY(std::vector<StoredLink> links, onward(member));
            if (links.size() > most_links_) {
                most_links_ = links.size();
                busiest_ = member;
            }
            for (StoredLink& link : links) {
                const IdentityKey end = other_end(link, member);
                TOUCHLINE_TRY(const bool leads, leads_on(link));
                if (!leads) {
                    if (link.a == member) asides_.push_back(std::move(link));
                    continue;
                }
                TOUCHLINE_CHECK(meet(end));
                if (is_weak(end)) {
                    names_.insert({member, end});
                } else if (link.a == member || met_.at(end).shared) {
                    links_.push_back(std::move(link));  // perhaps twice, from both ends
                }
            }
            if (order_.size() > seeds.size() + k_most_members) return too_many();
        }
        for (StoredLink& link : asides_)
            if (met_.contains(link.b)) links_.push_back(std::move(link));
        Component component = take();
        if (join_from_) TOUCHLINE_CHECK(note_profiles(component));
        return component;
    }

    Result<std::optional<Component>> around(IdentityKey centre) {
        TOUCHLINE_CHECK(meet(centre));
        TOUCHLINE_TRY(links_, links_at(db_, centre, false));
        for (const StoredLink& link : links_) TOUCHLINE_CHECK(meet(other_end(link, centre)));
        for (const IdentityKey member : std::vector(order_)) {
            TOUCHLINE_TRY(const auto weak, weak_ends(member));
            for (const IdentityKey end : weak) {
                TOUCHLINE_CHECK(meet(end));
                names_.insert({member, end});
            }
        }
        std::erase_if(links_, [&](const StoredLink& link) {
            return is_weak(other_end(link, centre));
        });
        return std::optional(take());
    }

private:
    Result<std::vector<IdentityKey>> weak_ends(IdentityKey member) {
        static_assert(static_cast<int>(model::Strength::weak) == 2, "the query knows it");
        TOUCHLINE_TRY(
            Query query,
            db_.query("SELECT id FROM identity WHERE strength = 2 AND id IN"
                      " (SELECT b FROM link WHERE a = ?1 AND ended = 0"
                      " UNION SELECT a FROM link WHERE b = ?1 AND ended = 0)")
        );
        query.bind(member);
        std::vector<IdentityKey> ends;
        TOUCHLINE_CHECK(query.each([&] { ends.push_back(query.as<IdentityKey>(0)); }));
        return ends;
    }

    /// What is less like than joins brings nobody closer, but counts where both ends are here.
    Result<bool> leads_on(const StoredLink& link) {
        if (!is_likeness(link)) return true;
        if (!join_from_) {
            TOUCHLINE_TRY(join_from_, limit_in_force());
        }
        return *link.score >= *join_from_;
    }

    Result<double> limit_in_force() {
        // The first ones hold for what was before them.
        TOUCHLINE_TRY(
            Query query,
            db_.query("SELECT join_from FROM matching_limits"
                      " ORDER BY at <= ?1 DESC, CASE WHEN at <= ?1 THEN -id ELSE id END LIMIT 1")
        );
        TOUCHLINE_TRY(const bool found, query.bind(time_.value_or(Time::max())).next());
        return found ? query.real(0) : 0.0;
    }

    Result<void> note_profiles(Component& component) {
        component.join_from = *join_from_;
        TOUCHLINE_TRY(Query query, db_.query("SELECT 1 FROM profile WHERE identity = ?1"));
        for (const Identity& member : component.members) {
            TOUCHLINE_TRY(const bool found, query.bind(member.key).next());
            if (found) component.profiled.push_back(member.key);
            query.reset();
        }
        return {};
    }

    bool is_weak(IdentityKey key) const { return met_.at(key).strength == model::Strength::weak; }

    /// Where the walk goes on: what sources say of a shared identity leads nowhere.
    Result<std::vector<StoredLink>> onward(IdentityKey member) {
        const bool shared = met_.at(member).shared;
        if (!time_) return shared ? agent_links_at(db_, member) : links_at(db_, member, false);
        TOUCHLINE_TRY(auto links, links_at(db_, member, true));
        std::erase_if(links, [&](const StoredLink& link) {
            const bool stood =
                link.recorded_at <= *time_ && (!link.retracted_at || *link.retracted_at > *time_);
            return !stood || (shared && link.by != model::By::agent);
        });
        return links;
    }

    Result<void> meet(IdentityKey key) {
        if (met_.contains(key)) return {};
        TOUCHLINE_TRY(std::vector<Identity> found, identities_by_key(db_, {&key, 1}));
        if (found.empty()) return Error(Code::not_found, "there is no such identity");
        const bool weak = found.front().strength == model::Strength::weak;
        met_.emplace(key, std::move(found.front()));
        if (!weak) order_.push_back(key);
        return {};
    }

    Error too_many() const {
        const Identity& busiest = met_.at(busiest_);
        return Error(
                   Code::conflict,
                   "more than " + std::to_string(k_most_members) +
                       " identities hang together around " + busiest.ns + ":" + busiest.value
        )
            .cure("Block this value in its namespace, or make the namespace weak.");
    }

    Component take() {
        Component component;
        for (const auto& [member, weak] : names_) {
            component.names.push_back({member, met_.at(weak).ns, met_.at(weak).value});
        }
        std::sort(order_.begin(), order_.end());
        for (const IdentityKey key : order_) component.members.push_back(std::move(met_.at(key)));
        sort_unique(links_);
        component.links = std::move(links_);
        return component;
    }

    Connection& db_;
    std::optional<Time> time_;
    std::map<IdentityKey, Identity> met_;
    std::vector<IdentityKey> order_;
    std::vector<StoredLink> links_;
    std::vector<StoredLink> asides_;
    std::set<std::pair<IdentityKey, IdentityKey>> names_;
    std::optional<double> join_from_;  // once it matters
    std::size_t most_links_ = 0;
    IdentityKey busiest_ = IdentityKey::none;
};

}  // namespace

Result<std::vector<Identity>> SqliteReader::neighbours(std::span<const IdentityKey> keys) {
    TOUCHLINE_CHECK(settle());
    std::vector<IdentityKey> ends;
    for (const IdentityKey key : keys) {
        TOUCHLINE_TRY(const std::vector<StoredLink> links, links_at(db_, key, false));
        for (const StoredLink& link : links) ends.push_back(other_end(link, key));
    }
    std::sort(ends.begin(), ends.end());
    ends.erase(std::unique(ends.begin(), ends.end()), ends.end());
    const auto is_given = [&](IdentityKey end) {
        return std::find(keys.begin(), keys.end(), end) != keys.end();
    };
    ends.erase(std::remove_if(ends.begin(), ends.end(), is_given), ends.end());
    return identities_by_key(db_, ends);
}

Result<Component> SqliteReader::component(std::span<const IdentityKey> seeds) {
    TOUCHLINE_CHECK(settle());
    return Walk(db_).from(seeds);
}

Result<Component> SqliteReader::component_at(std::span<const IdentityKey> seeds, Time time) {
    TOUCHLINE_CHECK(settle());
    return Walk(db_, time).from(seeds);
}

Result<std::optional<Component>> SqliteReader::star(IdentityKey centre, std::size_t most) {
    TOUCHLINE_CHECK(settle());
    TOUCHLINE_TRY(
        Query count,
        db_.query("SELECT count(*) FROM (SELECT 1 FROM"
                  " (SELECT b AS other FROM link WHERE a = ?1 AND ended = 0"
                  " UNION SELECT a FROM link WHERE b = ?1 AND ended = 0) LIMIT ?2)")
    );
    count.bind(centre, most + 1);
    TOUCHLINE_TRY([[maybe_unused]] const bool counted, count.next());
    if (count.integer(0) > static_cast<std::int64_t>(most)) return std::optional<Component>();
    return Walk(db_).around(centre);
}

Result<std::vector<StoredLink>> SqliteReader::links_of(
    std::span<const IdentityKey> keys, bool with_retracted
) {
    TOUCHLINE_CHECK(settle());
    std::vector<StoredLink> all;
    for (const IdentityKey key : keys) {
        TOUCHLINE_TRY(std::vector<StoredLink> links, links_at(db_, key, with_retracted));
        std::move(links.begin(), links.end(), std::back_inserter(all));
    }
    sort_unique(all);
    return all;
}

Result<std::optional<StoredLink>> SqliteReader::link(LinkKey key) {
    TOUCHLINE_CHECK(settle());
    return link_by_key(db_, key);
}

}  // namespace touchline::store::sqlite
