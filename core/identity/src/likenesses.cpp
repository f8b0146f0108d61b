#include "likenesses.hpp"

#include <algorithm>

namespace touchline::identity {

namespace {

/// One pair counts at most so much, for and against.
constexpr double k_highest = 20, k_lowest = -10;
/// What a pair counts of which nothing was kept: the two have nothing in common that would bring
/// them together.
constexpr double k_unlike = -7;

bool is_surer(const Pair* a, const Pair* b) {
    if (a == nullptr || b == nullptr) return b == nullptr;
    return std::tuple(-*a->score, a->a, a->b) < std::tuple(-*b->score, b->a, b->b);
}

}  // namespace

void Likenesses::add(Rank side_a, Rank side_b, const Pair& pair) {
    Between& between = between_[side_a][side_b];
    leave(side_a, side_b, between);
    between.bits += std::clamp(*pair.score, k_lowest, k_highest);
    ++between.known;
    if (is_surer(&pair, between.surest)) between.surest = &pair;
    between_[side_b][side_a] = between;
    enter(side_a, side_b, between);
}

std::optional<Likenesses::Alike> Likenesses::take() {
    if (queue_.empty()) return std::nullopt;
    const auto [below, a, b] = *queue_.begin();
    queue_.erase(queue_.begin());
    return Alike{a, b, -below, between_.at(a).at(b).surest};
}

void Likenesses::join(Rank kept, Rank gone) {
    auto& of_kept = between_[kept];
    const auto of_gone = std::move(between_[gone]);
    between_.erase(gone);
    for (const auto& [other, between] : of_kept) leave(kept, other, between);
    for (const auto& [other, between] : of_gone) {
        leave(gone, other, between);
        if (other == kept) continue;
        Between& both = of_kept[other];
        both.bits += between.bits;
        both.known += between.known;
        if (is_surer(between.surest, both.surest)) both.surest = between.surest;
        auto& back = between_[other];
        back.erase(gone);
        back[kept] = both;
    }
    of_kept.erase(gone);
    compared_[kept] += compared_[gone];
    for (const auto& [other, between] : of_kept) enter(kept, other, between);
}

std::optional<Likenesses::Place> Likenesses::place(Rank a, Rank b, const Between& between) const {
    const double pairs =
        std::max(double(compared_[a]) * double(compared_[b]), double(between.known));
    const double mean = (between.bits + k_unlike * (pairs - between.known)) / pairs;
    if (between.known == 0 || mean < join_from_) return std::nullopt;
    return Place(-mean, std::min(a, b), std::max(a, b));
}

void Likenesses::leave(Rank a, Rank b, const Between& between) {
    if (const auto found = place(a, b, between)) queue_.erase(*found);
}

void Likenesses::enter(Rank a, Rank b, const Between& between) {
    if (const auto found = place(a, b, between)) queue_.insert(*found);
}

}  // namespace touchline::identity
