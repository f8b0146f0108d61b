#include "touchline/identity/stream.hpp"

#include "minted_ids.hpp"
#include "model/pair_scorer.hpp"
#include "sharers.hpp"

#include "touchline/identity/blocking.hpp"

#include <algorithm>
#include <set>
#include <unordered_map>
#include <utility>

namespace touchline::identity {

namespace {

using Index = std::uint32_t;
using Number = MintedIds::Number;

struct Block {
    std::vector<Index> members;
};

struct Entry {
    std::string id;
    Features features;
    std::uint32_t told = 0;
    std::vector<BlockingKey> keys;
    std::map<Index, double> neighbours;  // scored as one, with their bits
    std::vector<Number> anchored;        // the customers' ids that stand for this record
    Number customer = MintedIds::k_none;
    bool alive = true;
};

bool same_values(const Features& a, const Features& b) {
    const auto mails = [](const MailFeature& x, const MailFeature& y) {
        return x.address == y.address;
    };
    const auto phones = [](const PhoneFeature& x, const PhoneFeature& y) {
        return x.digits == y.digits;
    };
    const auto names = [](const NameFeature& x, const NameFeature& y) { return x.text == y.text; };
    const auto &m = a.address, &n = b.address;
    return names(a.given, b.given) && names(a.surname, b.surname) && a.suffix == b.suffix &&
           std::ranges::equal(a.other_names, b.other_names, names) &&
           a.birth.year == b.birth.year && a.birth.month == b.birth.month &&
           a.birth.day == b.birth.day && std::ranges::equal(a.mails, b.mails, mails) &&
           std::ranges::equal(a.phones, b.phones, phones) && m.line == n.line &&
           m.number == n.number && m.street == n.street && m.unit == n.unit && m.city == n.city &&
           m.state == n.state && m.postcode == n.postcode && a.company == b.company &&
           a.website == b.website && a.extras == b.extras && a.day == b.day;
}

}  // namespace

std::string_view to_string(ChangeKind kind) {
    switch (kind) {
        case ChangeKind::created:
            return "created";
        case ChangeKind::joined:
            return "joined";
        case ChangeKind::merged:
            return "merged";
        case ChangeKind::split:
            return "split";
        case ChangeKind::redirect:
            return "redirect";
    }
    return "created";
}

class StreamResolver::State {
public:
    explicit State(Model model) : model_(std::move(model)), scorer_(model_) {}
    State(const State&) = delete;  // scorer_ refers to model_
    State& operator=(const State&) = delete;

    std::vector<Change> add(const std::string& id, Features features) {
        touched_.clear();
        const auto known = place_.find(id);
        if (known == place_.end()) {
            const auto index = Index(entries_.size());
            place_.emplace(id, index);
            entries_.emplace_back().id = id;
            enter(index, std::move(features));
        } else {
            if (same_values(entries_[known->second].features, features)) return {};
            leave(known->second);
            enter(known->second, std::move(features));
        }
        return settle();
    }

    std::vector<Change> remove(const std::string& id) {
        const auto known = place_.find(id);
        if (known == place_.end()) return {};
        const auto index = known->second;
        touched_.clear();
        for (const auto other : said_same(index)) touched_.insert(other);
        hand_on_anchors(index);
        leave(index);
        place_.erase(known);
        entries_[index] = {};
        entries_[index].alive = false;
        return settle();
    }

    std::vector<Change> decide(const std::string& a, const std::string& b, Verdict verdict) {
        touched_.clear();
        if (a == b) return {};
        for (const auto& [one, other] : {std::pair(a, b), std::pair(b, a)}) {
            if (verdict == Verdict::none)
                verdicts_[one].erase(other);
            else
                verdicts_[one][other] = verdict;
            if (const auto known = place_.find(one); known != place_.end())
                touched_.insert(known->second);
        }
        return settle();
    }

    std::map<std::string, std::string> customers() const {
        std::map<std::string, std::string> found;
        for (const auto& [id, index] : place_)
            found.emplace(id, ids_[entries_[index].customer].name);
        return found;
    }

    std::optional<std::string> customer_behind(const std::string& customer) const {
        const auto* minted = ids_.find(customer);
        if (minted == nullptr || !minted->anchor) return std::nullopt;
        return ids_[entries_[*minted->anchor].customer].name;
    }

private:
    void enter(Index index, Features features) {
        auto& entry = entries_[index];
        entry.told = scorer_.told_by(features);
        entry.features = std::move(features);
        count_sharers(index, true);
        entry.keys = blocking_keys(entry.features);
        join_blocks(index);
        relink(index);
    }

    void leave(Index index) {
        drop_edges(index);
        leave_blocks(index);
        count_sharers(index, false);
    }

    bool open(const Block& block) const { return block.members.size() <= model_.block_max; }

    void join_blocks(Index index) {
        for (const auto key : entries_[index].keys) {
            auto& block = blocks_[key];
            block.members.push_back(index);
            // One more than the limit: what rested on this key alone no longer holds.
            if (block.members.size() == model_.block_max + 1) recheck(block);
        }
    }

    void leave_blocks(Index index) {
        std::set<Index> reopened;
        for (const auto key : entries_[index].keys) {
            auto& members = blocks_[key].members;
            std::erase(members, index);
            if (members.size() == model_.block_max) reopened.insert(members.begin(), members.end());
        }
        for (const auto member : reopened) relink(member);
    }

    void recheck(const Block& block) {
        for (const auto member : block.members)
            for (const auto other : neighbours_of(member))
                if (!share_key(member, other)) drop_edge(member, other);
    }

    bool share_key(Index a, Index b) const {
        const auto &x = entries_[a].keys, &y = entries_[b].keys;
        for (auto i = x.begin(), j = y.begin(); i != x.end() && j != y.end();) {
            if (*i == *j && open(blocks_.at(*i))) return true;
            const bool first = *i <= *j, second = *j <= *i;
            i += first;
            j += second;
        }
        return false;
    }

    /// A copy: they change while they are gone through.
    std::vector<Index> neighbours_of(Index index) const {
        std::vector<Index> found;
        for (const auto& [other, bits] : entries_[index].neighbours) found.push_back(other);
        return found;
    }

    void drop_edge(Index a, Index b) {
        entries_[a].neighbours.erase(b);
        entries_[b].neighbours.erase(a);
        touched_.insert(a);
        touched_.insert(b);
    }

    void drop_edges(Index index) {
        for (const auto other : neighbours_of(index)) drop_edge(index, other);
    }

    void relink(Index index) {
        drop_edges(index);
        touched_.insert(index);
        std::vector<Index> candidates;
        for (const auto key : entries_[index].keys)
            if (const auto& block = blocks_.at(key); open(block))
                candidates.insert(candidates.end(), block.members.begin(), block.members.end());
        std::ranges::sort(candidates);
        candidates.erase(std::unique(candidates.begin(), candidates.end()), candidates.end());
        const auto& entry = entries_[index];
        for (const auto other : candidates) {
            if (other == index) continue;
            const auto& theirs = entries_[other];
            const auto bits = scorer_.bits_from(
                options_.join_from, entry.features, theirs.features, entry.told & theirs.told
            );
            if (!bits) continue;
            entries_[index].neighbours.emplace(other, *bits);
            entries_[other].neighbours.emplace(index, *bits);
        }
    }

    /// Marks and unmarks shared addresses and numbers as their users come and go.
    void count_sharers(Index index, bool comes) {
        const auto initials = initials_of(entries_[index].features);
        for (std::size_t i = 0; i < entries_[index].features.mails.size(); ++i)
            count(mails_, entries_[index].features.mails[i].address.hash, initials, index, comes);
        for (std::size_t i = 0; i < entries_[index].features.phones.size(); ++i)
            count(phones_, entries_[index].features.phones[i].digits.hash, initials, index, comes);
    }

    struct Users {
        Sharers sharers;
        std::unordered_map<std::uint64_t, std::vector<Index>> records;
    };

    void count(Users& users, std::uint64_t value, Initials initials, Index index, bool comes) {
        const bool before = users.sharers.more_than(value, model_.sharers_max);
        auto& records = users.records[value];
        if (comes) {
            users.sharers.add(value, initials);
            records.push_back(index);
        } else {
            users.sharers.remove(value, initials);
            if (const auto found = std::ranges::find(records, index); found != records.end())
                records.erase(found);
        }
        const bool after = users.sharers.more_than(value, model_.sharers_max);
        if (before == after) {
            if (comes && after) mark(index, value, true);
            return;
        }
        for (const auto record : records) mark(record, value, after);
        for (const auto record : std::vector(records))
            if (record != index) remake(record);
    }

    void mark(Index index, std::uint64_t value, bool shared) {
        for (auto& mail : entries_[index].features.mails)
            if (mail.address.hash == value) mail.shared = shared || mail.role;
        for (auto& phone : entries_[index].features.phones)
            if (phone.digits.hash == value) phone.shared = shared;
    }

    /// A shared address has other blocking keys, too.
    void remake(Index index) {
        auto keys = blocking_keys(entries_[index].features);
        if (keys != entries_[index].keys) {
            drop_edges(index);
            leave_blocks(index);
            entries_[index].keys = std::move(keys);
            join_blocks(index);
        }
        relink(index);
    }

    std::vector<Index> said_same(Index index) const {
        std::vector<Index> found;
        const auto verdicts = verdicts_.find(entries_[index].id);
        if (verdicts == verdicts_.end()) return found;
        for (const auto& [other, verdict] : verdicts->second)
            if (const auto known = place_.find(other);
                verdict == Verdict::same && known != place_.end())
                found.push_back(known->second);
        return found;
    }

    std::vector<Index> component_of(Index start) const {
        std::set<Index> seen = {start};
        std::vector<Index> waiting = {start};
        while (!waiting.empty()) {
            const auto index = waiting.back();
            waiting.pop_back();
            for (const auto& [other, bits] : entries_[index].neighbours)
                if (seen.insert(other).second) waiting.push_back(other);
            for (const auto other : said_same(index))
                if (seen.insert(other).second) waiting.push_back(other);
        }
        std::vector<Index> component(seen.begin(), seen.end());
        std::ranges::sort(component, {}, [&](Index i) -> const std::string& {
            return entries_[i].id;
        });
        return component;
    }

    /// The ids that stand for a record which goes stand for another of its customer from now on.
    void hand_on_anchors(Index index) {
        if (entries_[index].anchored.empty()) return;
        std::optional<Index> heir;
        for (const auto other : component_of(index))
            if (other != index && entries_[other].customer == entries_[index].customer &&
                (!heir || other < *heir))
                heir = other;
        for (const auto number : entries_[index].anchored) {
            ids_[number].anchor = heir;
            if (heir) entries_[*heir].anchored.push_back(number);
        }
    }

    /// Links again what was touched, and says what that changed.
    std::vector<Change> settle() {
        std::set<Index> done;
        std::vector<std::vector<Index>> clusters;
        for (const auto index : touched_) {
            if (!entries_[index].alive || done.contains(index)) continue;
            const auto component = component_of(index);
            done.insert(component.begin(), component.end());
            for (auto& cluster : linked(component)) clusters.push_back(std::move(cluster));
        }
        std::vector<Change> changes;
        for (const auto& cluster : clusters) assign(cluster, changes);
        return changes;
    }

    std::vector<std::vector<Index>> linked(const std::vector<Index>& component) const {
        std::unordered_map<Index, Index> place;
        for (Index i = 0; i < component.size(); ++i) place.emplace(component[i], i);
        std::vector<Edge> edges;
        for (Index i = 0; i < component.size(); ++i)
            for (const auto& [other, bits] : entries_[component[i]].neighbours)
                if (const auto j = place.at(other); i < j) edges.push_back({i, j, bits});
        const auto names = link(
            Index(component.size()),
            edges,
            [&](Index a, Index b) { return clipped_bits(component[a], component[b]); },
            constraints_of(component, place),
            options_
        );
        std::map<Index, std::vector<Index>> groups;
        for (Index i = 0; i < component.size(); ++i) groups[names[i]].push_back(component[i]);
        std::vector<std::vector<Index>> clusters;
        for (auto& [name, group] : groups) clusters.push_back(std::move(group));
        return clusters;
    }

    double clipped_bits(Index a, Index b) const {
        const auto &x = entries_[a], &y = entries_[b];
        if (const auto edge = x.neighbours.find(b); edge != x.neighbours.end()) return edge->second;
        return scorer_.clipped_bits(options_, x.features, y.features, x.told & y.told);
    }

    Constraints constraints_of(
        const std::vector<Index>& component, const std::unordered_map<Index, Index>& place
    ) const {
        Constraints constraints;
        for (Index i = 0; i < component.size(); ++i) {
            const auto verdicts = verdicts_.find(entries_[component[i]].id);
            if (verdicts == verdicts_.end()) continue;
            for (const auto& [id, verdict] : verdicts->second) {
                const auto known = place_.find(id);
                if (known == place_.end()) continue;
                const auto other = place.find(known->second);
                if (other == place.end() || other->second < i) continue;
                auto& pairs = verdict == Verdict::same ? constraints.same : constraints.different;
                pairs.emplace_back(i, other->second);
            }
        }
        return constraints;
    }

    /// The oldest id that stands for one of the cluster's records is its customer's.
    void assign(const std::vector<Index>& cluster, std::vector<Change>& changes) {
        auto customer = MintedIds::k_none;
        for (const auto index : cluster)
            for (const auto number : entries_[index].anchored)
                customer = std::min(customer, number);
        const bool is_new = customer == MintedIds::k_none;
        if (is_new) {
            const auto oldest = *std::ranges::min_element(cluster);
            customer = ids_.mint(entries_[oldest].id, oldest);
            entries_[oldest].anchored.push_back(customer);
        }
        const auto anchor = ids_[customer].anchor;
        for (const auto index : cluster) {
            auto& entry = entries_[index];
            const auto before = std::exchange(entry.customer, customer);
            const auto& name = ids_[customer].name;
            if (before == MintedIds::k_none)
                changes.push_back(
                    {is_new && index == anchor ? ChangeKind::created : ChangeKind::joined,
                     name,
                     entry.id,
                     {}}
                );
            else if (before != customer && !stands_in(before, cluster))
                changes.push_back({ChangeKind::split, name, entry.id, ids_[before].name});
        }
        tell_where_ids_lead(cluster, customer, changes);
    }

    bool stands_in(Number number, const std::vector<Index>& cluster) const {
        const auto anchor = ids_[number].anchor;
        return anchor && std::ranges::find(cluster, *anchor) != cluster.end();
    }

    void tell_where_ids_lead(
        const std::vector<Index>& cluster, Number customer, std::vector<Change>& changes
    ) {
        for (const auto index : cluster) {
            for (const auto number : entries_[index].anchored) {
                auto& minted = ids_[number];
                if (minted.led == customer) continue;
                const bool was_alive = std::exchange(minted.led, customer) == number;
                if (number == customer) continue;
                changes.push_back(
                    {was_alive ? ChangeKind::merged : ChangeKind::redirect,
                     minted.name,
                     entries_[index].id,
                     ids_[customer].name}
                );
            }
        }
    }

    const Model model_;
    const PairScorer scorer_;
    const LinkageOptions options_;
    std::vector<Entry> entries_;  // in the order in which they came
    std::unordered_map<std::string, Index> place_;
    std::unordered_map<BlockingKey, Block> blocks_;
    Users mails_, phones_;
    std::unordered_map<std::string, std::map<std::string, Verdict>> verdicts_;  // both ways
    MintedIds ids_;
    std::set<Index> touched_;
};

StreamResolver::StreamResolver(Model model) : state_(std::make_unique<State>(std::move(model))) {}
StreamResolver::~StreamResolver() = default;
StreamResolver::StreamResolver(StreamResolver&&) noexcept = default;
StreamResolver& StreamResolver::operator=(StreamResolver&&) noexcept = default;

std::vector<Change> StreamResolver::add(const std::string& id, Features features) {
    return state_->add(id, std::move(features));
}

std::vector<Change> StreamResolver::remove(const std::string& id) {
    return state_->remove(id);
}

std::vector<Change> StreamResolver::decide(
    const std::string& a, const std::string& b, Verdict verdict
) {
    return state_->decide(a, b, verdict);
}

std::map<std::string, std::string> StreamResolver::customers() const {
    return state_->customers();
}

std::optional<std::string> StreamResolver::customer_behind(const std::string& customer) const {
    return state_->customer_behind(customer);
}

}  // namespace touchline::identity
