#include "shared_values.hpp"

#include "touchline/identity/names.hpp"

#include <algorithm>
#include <optional>
#include <span>

namespace touchline::identity {

namespace {

using model::Strength;
using Names = std::span<const std::pair<Rank, std::uint32_t>>;

struct Held {
    Rank value = 0, holder = 0;
    auto operator<=>(const Held&) const = default;
};

class Counter {
public:
    Counter(const Component& component, const Ranked& ranked, const Policy& policy)
        : component_(component), ranked_(ranked), policy_(policy) {}

    std::vector<bool> run() {
        std::vector<bool> shared(ranked_.position.size());
        const auto ends = count_ends();
        for (Rank r = 0; r < shared.size(); ++r) shared[r] = member(r).shared || ends[r] > k_crowd;
        const auto held = all_held();
        for (auto begin = held.begin(); begin != held.end();) {
            const auto value = begin->value;
            const auto end = std::find_if(begin, held.end(), [&](const Held& one) {
                return one.value != value;
            });
            if (!shared[value]) shared[value] = is_shared(value, {begin, end});
            begin = end;
        }
        for (Rank r = 0; r < shared.size(); ++r)
            if (!shared[r] && member(r).strength == Strength::strong)
                shared[r] = groups_by_name(names_of(r)) > limit(r);
        return shared;
    }

private:
    const Member& member(Rank r) const { return component_.members[ranked_.position[r]]; }
    std::size_t limit(Rank r) const { return policy_.max_holders(member(r).ns, member(r).value); }

    /// Links and names of each strong member.
    std::vector<std::uint32_t> count_ends() const {
        std::vector<std::uint32_t> ends(ranked_.position.size());
        const auto count = [&](Rank r) {
            if (member(r).strength == Strength::strong) ++ends[r];
        };
        for (const auto& pair : ranked_.links) {
            if (pair.score) continue;  // who is like the holder holds nothing
            count(pair.a);
            count(pair.b);
        }
        for (const auto& [r, name] : ranked_.names) count(r);
        return ends;
    }

    /// The end that is held, when one of the two tells more than the other.
    std::optional<Held> held(const Pair& pair) const {
        const auto &a = member(pair.a), &b = member(pair.b);
        if (pair.score) return std::nullopt;
        if (a.strength == Strength::weak || b.strength == Strength::weak) return std::nullopt;
        const auto order = [&](const Member& m) {
            return m.strength == Strength::strong ? std::int64_t{policy_.rule(m.ns).order} : -1;
        };
        if (order(a) == order(b)) return std::nullopt;
        return order(a) > order(b) ? Held{pair.a, pair.b} : Held{pair.b, pair.a};
    }

    std::vector<Held> all_held() const {
        std::vector<Held> out;
        out.reserve(ranked_.links.size());
        for (const auto& pair : ranked_.links)
            if (const auto one = held(pair)) out.push_back(*one);
        std::ranges::sort(out);
        return out;
    }

    /// Holders are sorted, so those of one namespace stand together.
    bool is_shared(Rank value, std::span<const Held> holders) const {
        if (holders.size() <= limit(value)) return false;
        for (auto begin = holders.begin(); begin != holders.end();) {
            const auto& ns = member(begin->holder).ns;
            const auto end = std::find_if(begin, holders.end(), [&](const Held& one) {
                return member(one.holder).ns != ns;
            });
            if (different({begin, end}) > limit(value)) return true;
            begin = end;
        }
        return false;
    }

    std::size_t different(std::span<const Held> holders) const {
        std::size_t nameless = 0;
        std::vector<Names> named;
        for (const auto& one : holders) {
            const auto names = names_of(one.holder);
            names.empty() ? void(++nameless) : named.push_back(names);
        }
        return nameless + groups(named);
    }

    Names names_of(Rank r) const {
        const auto found =
            std::ranges::equal_range(ranked_.names, r, {}, &std::pair<Rank, std::uint32_t>::first);
        return {found.begin(), found.end()};
    }

    std::size_t groups_by_name(Names names) const {
        std::vector<Names> each;
        for (std::size_t i = 0; i < names.size(); ++i) each.push_back(names.subspan(i, 1));
        return groups(each);
    }

    /// How many of these contradict each other: each joins the first group that has a compatible
    /// name.
    std::size_t groups(std::span<const Names> holders) const {
        std::vector<std::vector<Names>> found;
        for (const auto& names : holders) {
            const auto fits = [&](const std::vector<Names>& group) {
                return std::ranges::any_of(group, [&](const Names& other) {
                    return compatible(names, other);
                });
            };
            const auto group = std::ranges::find_if(found, fits);
            group == found.end() ? found.push_back({names}) : group->push_back(names);
        }
        return found.size();
    }

    bool compatible(Names some, Names others) const {
        for (const auto& [r, a] : some)
            for (const auto& [s, b] : others)
                if (names_compatible(component_.names[a].name, component_.names[b].name))
                    return true;
        return false;
    }

    const Component& component_;
    const Ranked& ranked_;
    const Policy& policy_;
};

}  // namespace

std::vector<bool> shared_values(
    const Component& component, const Ranked& ranked, const Policy& policy
) {
    return Counter(component, ranked, policy).run();
}

}  // namespace touchline::identity
