#include "allocation/sites/slopes.h"

#include <algorithm>

namespace hanjari::allocation {
namespace {

constexpr std::size_t first_slots = 4096;
constexpr int most_solver_steps = 200;
constexpr double solver_precision = 1e-3;

}  // namespace

Slopes::Slopes(std::size_t sites) : slots_(first_slots, 0), rows_(sites), diagonal_(sites) {}

void Slopes::clear() {
  for (Pair& pair : pairs_) pair.people = 0;
}

void Slopes::grow() {
  slots_.assign(slots_.size() * 2, 0);
  for (std::size_t i = 0; i < pairs_.size(); ++i) {
    std::size_t at = place(pairs_[i].low, pairs_[i].high);
    while (slots_[at] != 0) at = (at + 1) & (slots_.size() - 1);
    slots_[at] = static_cast<std::uint32_t>(i + 1);
  }
}

void Slopes::build(std::span<const double> own, std::span<const double> least) {
  for (auto& row : rows_) row.clear();
  std::copy(own.begin(), own.end(), diagonal_.begin());
  for (const Pair& pair : pairs_) {
    if (pair.people == 0) continue;
    rows_[pair.low].push_back({pair.high, pair.people});
    rows_[pair.high].push_back({pair.low, pair.people});
    diagonal_[pair.low] += pair.people;
    diagonal_[pair.high] += pair.people;
  }
  for (std::size_t site = 0; site < diagonal_.size(); ++site) diagonal_[site] = std::max(diagonal_[site], least[site]);
}

void Slopes::solve(std::span<const double> excess, double damping, std::vector<double>& change) {
  const std::size_t sites = rows_.size() - 1;
  const auto damped = [&](std::size_t site) { return (1 + damping) * diagonal_[site]; };
  for (auto* vector : {&change, &residual_, &direction_, &product_}) vector->assign(sites + 1, 0);
  double size = 0;
  for (std::size_t site = 0; site < sites; ++site) {
    residual_[site] = excess[site];
    direction_[site] = excess[site] / damped(site);
    size += residual_[site] * direction_[site];
  }
  const double enough = size * solver_precision * solver_precision;
  for (int step = 0; step < most_solver_steps && size > enough; ++step) {
    double curvature = 0;
    for (std::size_t site = 0; site < sites; ++site) {
      double sum = damped(site) * direction_[site];
      for (const Entry& entry : rows_[site]) sum -= entry.people * direction_[entry.to];
      product_[site] = sum;
      curvature += sum * direction_[site];
    }
    if (!(curvature > 0)) break;
    const double length = size / curvature;
    double next = 0;
    for (std::size_t site = 0; site < sites; ++site) {
      change[site] += length * direction_[site];
      residual_[site] -= length * product_[site];
      next += residual_[site] * residual_[site] / damped(site);
    }
    const double keep = next / size;
    size = next;
    for (std::size_t site = 0; site < sites; ++site) {
      direction_[site] = residual_[site] / damped(site) + keep * direction_[site];
    }
  }
}

}  // namespace hanjari::allocation
