// How a change of prices moves people from site to site: a symmetric matrix with few entries, filled again and again,
// and the change of prices that moves as many as there are too many.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace hanjari::allocation {

class Slopes {
 public:
  // The last site has a fixed price.
  explicit Slopes(std::size_t sites);

  void clear();
  // People who move from one site to the other per unit of the difference of their prices.
  void add(std::uint32_t a, std::uint32_t b, double people) {
    if (a > b) std::swap(a, b);
    std::size_t at = place(a, b);
    for (; slots_[at] != 0; at = (at + 1) & (slots_.size() - 1)) {
      Pair& pair = pairs_[slots_[at] - 1];
      if (pair.low != a || pair.high != b) continue;
      pair.people += people;
      return;
    }
    pairs_.push_back({a, b, people});
    slots_[at] = static_cast<std::uint32_t>(pairs_.size());
    if (pairs_.size() * 2 > slots_.size()) grow();
  }
  // Makes the matrix of what was added. `own`: by site, seats that come on offer per unit of the site's own price.
  // `least`: by site, what its diagonal is at least, so that a site that nobody is near to does not leap.
  void build(std::span<const double> own, std::span<const double> least);
  // Solves (matrix + damping x diagonal) change = excess by conjugate gradients, to a thousandth.
  void solve(std::span<const double> excess, double damping, std::vector<double>& change);

 private:
  struct Pair {
    std::uint32_t low = 0;
    std::uint32_t high = 0;
    double people = 0;
  };
  struct Entry {
    std::uint32_t to;
    double people;
  };
  std::size_t place(std::uint32_t a, std::uint32_t b) const {
    return (((std::uint64_t{a} << 32 | b) * 0x9e3779b97f4a7c15ULL) >> 32) & (slots_.size() - 1);
  }
  void grow();

  std::vector<Pair> pairs_;  // in the order in which they first came
  std::vector<std::uint32_t> slots_;
  std::vector<std::vector<Entry>> rows_;
  std::vector<double> diagonal_;
  std::vector<double> residual_;
  std::vector<double> direction_;
  std::vector<double> product_;
};

}  // namespace hanjari::allocation
