#include "agglomeration.hpp"

#include <numeric>

namespace touchline::identity {

Agglomeration::Agglomeration(std::size_t count)
    : count_(count),
      sum_(count * count),
      size_(count, 1),
      best_(count),
      cluster_(count),
      alive_(count, 1) {
    std::iota(cluster_.begin(), cluster_.end(), 0U);
}

void Agglomeration::set(std::size_t i, std::size_t j, double sum) {
    sum_[i * count_ + j] = sum;
    sum_[j * count_ + i] = sum;
}

void Agglomeration::add(std::size_t i, std::size_t j, double sum) {
    set(i, j, sum_[i * count_ + j] + sum);
}

double Agglomeration::mean(std::size_t i, std::size_t j) const {
    return sum_[i * count_ + j] / (size_[i] * size_[j]);
}

void Agglomeration::find_best(std::size_t i) {
    best_[i] = i;
    for (auto j = i + 1; j < count_; ++j)
        if (alive_[j] && (best_[i] == i || mean(i, j) > mean(i, best_[i]))) best_[i] = j;
}

void Agglomeration::merge(std::size_t i, std::size_t j) {
    alive_[j] = 0;
    for (std::size_t k = 0; k < count_; ++k)
        if (alive_[k] && k != i) add(i, k, sum_[j * count_ + k]);
    size_[i] += size_[j];
    for (auto& cluster : cluster_)
        if (cluster == j) cluster = std::uint32_t(i);
    for (std::size_t k = 0; k < count_; ++k) {
        if (!alive_[k]) continue;
        const bool stale = k == i || best_[k] == i || best_[k] == j;
        if (stale)
            find_best(k);
        else if (k < i && (best_[k] == k || mean(k, i) > mean(k, best_[k]) || (mean(k, i) == mean(k, best_[k]) && i < best_[k])))
            best_[k] = i;
    }
}

std::vector<std::uint32_t> Agglomeration::run(double stop_below) {
    for (std::size_t i = 0; i < count_; ++i) find_best(i);
    while (true) {
        auto first = count_;
        for (std::size_t i = 0; i < count_; ++i) {
            if (!alive_[i] || best_[i] == i) continue;
            if (first == count_ || mean(i, best_[i]) > mean(first, best_[first])) first = i;
        }
        if (first == count_ || mean(first, best_[first]) < stop_below) return cluster_;
        merge(first, best_[first]);
    }
}

}  // namespace touchline::identity
