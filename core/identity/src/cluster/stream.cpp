#include "touchline/identity/stream.hpp"

#include "sharers.hpp"

#include "touchline/identity/blocking.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <unordered_map>
#include <utility>

namespace touchline::identity {

namespace {

using Index = std::uint32_t;

struct Block {
    std::vector<Index> members;
};

struct Entry {
    std::string id;
    Features features;
    std::vector<BlockingKey> keys;
    std::set<Index> neighbours;  // scored as one
    std::string customer;
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
           m.postcode == n.postcode && a.company == b.company && a.website == b.website &&
           a.extras == b.extras;
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
    }
    return "created";
}

class StreamResolver::State {
public:
    explicit State(Model model) : model_(std::move(model)) {}

    std::vector<Change> add(const std::string& id, Features features) {
        std::vector<Change> changes;
        if (const auto known = place_.find(id); known != place_.end()) {
            if (same_values(entries_[known->second].features, features)) return changes;
            changes = remove(id);
        }
        const auto index = Index(entries_.size());
        auto keys = blocking_keys(features);
        place_.emplace(id, index);
        entries_.push_back({id, std::move(features), std::move(keys), {}, {}, true});
        touched_ = {index};
        count_sharers(index, true);
        join_blocks(index);
        relink(index);
        const auto settled = settle();
        changes.insert(changes.end(), settled.begin(), settled.end());
        return changes;
    }

    std::vector<Change> remove(const std::string& id) {
        const auto known = place_.find(id);
        if (known == place_.end()) return {};
        const auto index = known->second;
        place_.erase(known);
        touched_.clear();
        drop_edges(index);
        entries_[index].alive = false;
        leave_blocks(index);
        count_sharers(index, false);
        entries_[index].features = {};
        return settle();
    }

    std::map<std::string, std::string> customers() const {
        std::map<std::string, std::string> found;
        for (const auto& [id, index] : place_) found.emplace(id, entries_[index].customer);
        return found;
    }

private:
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
        for (const auto member : block.members) {
            for (const auto other : std::vector(
                     entries_[member].neighbours.begin(), entries_[member].neighbours.end()
                 ))
                if (!share_key(member, other)) drop_edge(member, other);
        }
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

    void drop_edge(Index a, Index b) {
        entries_[a].neighbours.erase(b);
        entries_[b].neighbours.erase(a);
        touched_.insert(a);
        touched_.insert(b);
    }

    void drop_edges(Index index) {
        for (const auto other :
             std::vector(entries_[index].neighbours.begin(), entries_[index].neighbours.end()))
            drop_edge(index, other);
    }

    void relink(Index index) {
        drop_edges(index);
        touched_.insert(index);
        std::set<Index> candidates;
        for (const auto key : entries_[index].keys)
            if (const auto& block = blocks_.at(key); open(block))
                candidates.insert(block.members.begin(), block.members.end());
        candidates.erase(index);
        for (const auto other : candidates) {
            if (bits(index, other) < 0) continue;
            entries_[index].neighbours.insert(other);
            entries_[other].neighbours.insert(index);
        }
    }

    double bits(Index a, Index b) const {
        return model_.score(entries_[a].features, entries_[b].features).bits;
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
            std::erase(records, index);
        }
        const bool after = users.sharers.more_than(value, model_.sharers_max);
        if (before == after) {
            if (comes && after) mark(index, value, true);
            return;
        }
        for (const auto record : records) mark(record, value, after);
        for (const auto record : std::vector(records))
            if (record != index) relink(record);
    }

    void mark(Index index, std::uint64_t value, bool shared) {
        for (auto& mail : entries_[index].features.mails)
            if (mail.address.hash == value) mail.shared = shared || mail.role;
        for (auto& phone : entries_[index].features.phones)
            if (phone.digits.hash == value) phone.shared = shared;
    }

    std::vector<Index> component_of(Index start) const {
        std::set<Index> seen = {start};
        std::vector<Index> waiting = {start};
        while (!waiting.empty()) {
            const auto index = waiting.back();
            waiting.pop_back();
            for (const auto other : entries_[index].neighbours)
                if (seen.insert(other).second) waiting.push_back(other);
        }
        std::vector<Index> component(seen.begin(), seen.end());
        std::ranges::sort(component, {}, [&](Index i) -> const std::string& {
            return entries_[i].id;
        });
        return component;
    }

    /// Links again what was touched, and says what that changed.
    std::vector<Change> settle() {
        std::vector<Change> changes;
        std::set<Index> done;
        std::vector<std::vector<Index>> clusters;
        for (const auto index : touched_) {
            if (!entries_[index].alive || done.contains(index)) continue;
            const auto component = component_of(index);
            done.insert(component.begin(), component.end());
            for (auto& cluster : linked(component)) clusters.push_back(std::move(cluster));
        }
        for (const auto& cluster : clusters) assign(cluster, changes);
        return changes;
    }

    std::vector<std::vector<Index>> linked(const std::vector<Index>& component) const {
        std::unordered_map<Index, Index> place;
        for (Index i = 0; i < component.size(); ++i) place.emplace(component[i], i);
        std::vector<Edge> edges;
        for (Index i = 0; i < component.size(); ++i)
            for (const auto other : entries_[component[i]].neighbours)
                if (const auto j = place.at(other); i < j)
                    edges.push_back({i, j, bits(component[i], other)});
        const auto names = link(Index(component.size()), edges, [&](Index a, Index b) {
            return bits(component[a], component[b]);
        });
        std::map<Index, std::vector<Index>> groups;
        for (Index i = 0; i < component.size(); ++i) groups[names[i]].push_back(component[i]);
        std::vector<std::vector<Index>> clusters;
        for (auto& [name, group] : groups) clusters.push_back(std::move(group));
        return clusters;
    }

    /// The oldest customer whose first record is inside lives on.
    void assign(const std::vector<Index>& cluster, std::vector<Change>& changes) {
        const auto oldest = *std::ranges::min_element(cluster);
        std::optional<Index> anchor;
        for (const auto index : cluster)
            if (entries_[index].customer == name_of(index) && (!anchor || index < *anchor))
                anchor = index;
        const auto customer = name_of(anchor.value_or(oldest));
        for (const auto index : cluster) {
            auto& entry = entries_[index];
            if (entry.customer == customer) continue;
            const auto before = std::exchange(entry.customer, customer);
            if (before.empty()) {
                changes.push_back(
                    {customer == name_of(index) ? ChangeKind::created : ChangeKind::joined,
                     customer,
                     entry.id,
                     {}}
                );
            } else if (before == name_of(index)) {
                changes.push_back({ChangeKind::merged, before, entry.id, customer});
            } else {
                changes.push_back({ChangeKind::split, customer, entry.id, before});
            }
        }
    }

    std::string name_of(Index index) const { return "c:" + entries_[index].id; }

    Model model_;
    std::vector<Entry> entries_;  // in the order in which they came
    std::unordered_map<std::string, Index> place_;
    std::unordered_map<BlockingKey, Block> blocks_;
    Users mails_, phones_;
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

std::map<std::string, std::string> StreamResolver::customers() const {
    return state_->customers();
}

}  // namespace touchline::identity
