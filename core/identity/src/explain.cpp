#include "touchline/identity/explain.hpp"

#include "sentences.hpp"

#include <algorithm>
#include <map>
#include <tuple>
#include <unordered_map>

namespace touchline::identity {

namespace {

using Index = std::size_t;

/// The links that hold, as a graph over positions in `members`.
class Graph {
public:
    Graph(const Component& component, const Partition& partition)
        : component_(component), partition_(partition) {
        for (Index i = 0; i < component.members.size(); ++i) index_[component.members[i].id] = i;
        for (const auto& link : component.links) {
            const auto a = index(link.a), b = index(link.b);
            if (link.polarity != model::Polarity::same || !a || !b || a == b) continue;
            if (partition.cluster[*a] != partition.cluster[*b]) continue;
            // Between what is stated to be one, nothing but a likeness joined.
            const bool likeness_joined = partition.side[*a] != partition.side[*b];
            const bool is_alike = link.score && *link.score >= component.join_from;
            if (likeness_joined ? !is_alike : link.score.has_value()) continue;
            links_[std::minmax(*a, *b)].push_back(&link);
            neighbours_[*a].push_back(*b);
            neighbours_[*b].push_back(*a);
        }
        const auto key = [&](Index i) { return std::tie(member(i).ns, member(i).value); };
        for (auto& [from, to] : neighbours_) std::ranges::sort(to, {}, key);
        for (auto& [pair, links] : links_)
            std::ranges::sort(links, {}, [](const auto* link) {
                return std::tie(link->asserted_at, link->id);
            });
    }

    std::optional<Index> index(MemberId id) const {
        const auto found = index_.find(id);
        return found == index_.end() ? std::nullopt : std::optional(found->second);
    }
    const Member& member(Index i) const { return component_.members[i]; }
    const Member* find(MemberId id) const {
        const auto i = index(id);
        return i ? &member(*i) : nullptr;
    }
    std::uint32_t cluster(Index i) const { return partition_.cluster[i]; }

    /// Breadth first from `start`: (reached, from where), nearest first.
    std::vector<std::pair<Index, Index>> spread(Index start) const {
        std::vector<std::pair<Index, Index>> reached{{start, start}};
        std::vector<bool> seen(component_.members.size());
        seen[start] = true;
        for (Index next = 0; next < reached.size(); ++next) {
            const auto at = reached[next].first;
            const auto around = neighbours_.find(at);
            if (around == neighbours_.end()) continue;
            for (const auto neighbour : around->second) {
                if (seen[neighbour]) continue;
                seen[neighbour] = true;
                reached.emplace_back(neighbour, at);
            }
        }
        return reached;
    }

    Step step(Index from, Index to) const {
        const auto& links = links_.at(std::minmax(from, to));
        Step out;
        out.from = member(from).id;
        out.to = member(to).id;
        for (const auto* link : links) out.links.push_back(link->id);
        out.sentence = sentence_for_link(member(from), member(to), links);
        return out;
    }

    std::string sentence(const RefusedLink& refused) const {
        return sentence_for_refusal(
            refused,
            {find(refused.a),
             find(refused.b),
             find(refused.other_a),
             find(refused.other_b),
             find(refused.shared_with),
             word_between(refused.other_a, refused.other_b)}
        );
    }

private:
    /// The oldest word that the two are not the same, a person's before others'.
    const LinkEvidence* word_between(MemberId a, MemberId b) const {
        const LinkEvidence* found = nullptr;
        for (const auto& link : component_.links) {
            const bool of_both = (link.a == a && link.b == b) || (link.a == b && link.b == a);
            if (link.polarity != model::Polarity::not_same || !of_both) continue;
            const auto rank = [](const LinkEvidence& one) {
                return std::tuple(one.by != model::By::agent, one.asserted_at, one.id);
            };
            if (!found || rank(link) < rank(*found)) found = &link;
        }
        return found;
    }

    const Component& component_;
    const Partition& partition_;
    std::unordered_map<MemberId, Index> index_;
    std::unordered_map<Index, std::vector<Index>> neighbours_;
    std::map<std::pair<Index, Index>, std::vector<const LinkEvidence*>> links_;
};

std::vector<Step> path_between(const Graph& graph, Index a, Index b) {
    std::unordered_map<Index, Index> came_from;
    for (const auto& [reached, from] : graph.spread(a)) came_from[reached] = from;
    std::vector<Step> path;
    for (auto at = b; at != a && came_from.contains(at); at = came_from[at])
        path.push_back(graph.step(came_from[at], at));
    std::ranges::reverse(path);
    return path;
}

void add_reasons(const Graph& graph, Explanation& out) {
    for (const auto& step : out.path) out.reasons.push_back(step.sentence);
    for (const auto& refused : out.refused) out.reasons.push_back(graph.sentence(refused));
}

std::string counted(std::size_t count, const std::string& noun) {
    return count == 1 ? "one " + noun : std::to_string(count) + " " + noun + "s";
}

}  // namespace

std::optional<Explanation> explain_pair(
    const Component& component, const Partition& partition, MemberId a, MemberId b
) {
    const Graph graph(component, partition);
    const auto at_a = graph.index(a), at_b = graph.index(b);
    if (!at_a || !at_b) return std::nullopt;
    const auto cluster_a = graph.cluster(*at_a), cluster_b = graph.cluster(*at_b);
    const auto both = label(graph.member(*at_a)) + " and " + label(graph.member(*at_b));
    Explanation out;
    out.same = cluster_a == cluster_b;
    if (out.same) {
        out.path = path_between(graph, *at_a, *at_b);
        out.summary = both + " belong to one customer" +
                      (out.path.empty() ? "." : ", over " + counted(out.path.size(), "link") + ".");
    } else {
        for (const auto& refused : partition.refused) {
            const auto end_a = graph.cluster(*graph.index(refused.a)),
                       end_b = graph.cluster(*graph.index(refused.b));
            if (std::minmax(end_a, end_b) == std::minmax(cluster_a, cluster_b))
                out.refused.push_back(refused);
        }
        out.summary = both + " belong to two customers: " +
                      (out.refused.empty()
                           ? "no link leads from one to the other."
                           : counted(out.refused.size(), "link") + " between them was refused.");
        if (out.refused.size() > 1) out.summary.replace(out.summary.rfind("was"), 3, "were");
    }
    add_reasons(graph, out);
    return out;
}

std::optional<Explanation> explain_customer(
    const Component& component, const Partition& partition, MemberId member
) {
    const Graph graph(component, partition);
    const auto start = graph.index(member);
    if (!start) return std::nullopt;
    Explanation out;
    out.same = true;
    for (const auto& [reached, from] : graph.spread(*start))
        if (reached != from) out.path.push_back(graph.step(from, reached));
    const auto here = graph.cluster(*start);
    for (const auto& refused : partition.refused)
        if (graph.cluster(*graph.index(refused.a)) == here ||
            graph.cluster(*graph.index(refused.b)) == here)
            out.refused.push_back(refused);
    out.summary = out.path.empty()
                      ? label(graph.member(*start)) + " is the only identity of its customer."
                      : "This customer has " + std::to_string(out.path.size() + 1) + " identities.";
    add_reasons(graph, out);
    return out;
}

}  // namespace touchline::identity
