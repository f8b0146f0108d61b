// Average linkage over a few hundred items at once.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace touchline::identity {

/// Joins the two clusters of the highest mean similarity again and again, until none reaches the
/// limit. Ties go to the lowest numbers.
class Agglomeration {
public:
    explicit Agglomeration(std::size_t count);

    /// Sums over pairs of the two clusters; symmetric.
    void set(std::size_t i, std::size_t j, double sum);
    void add(std::size_t i, std::size_t j, double sum);
    void set_size(std::size_t i, double size) { size_[i] = size; }

    /// The cluster of each item, named by its lowest.
    std::vector<std::uint32_t> run(double stop_below);

private:
    double mean(std::size_t i, std::size_t j) const;
    void find_best(std::size_t i);
    void merge(std::size_t i, std::size_t j);

    std::size_t count_;
    std::vector<double> sum_;  // square, by item
    std::vector<double> size_;
    std::vector<std::size_t> best_;  // the best partner among the higher ones; itself: none
    std::vector<std::uint32_t> cluster_;
    std::vector<char> alive_;
};

}  // namespace touchline::identity
