// What a solved program proves, in integers: whatever rounding the method met, these bounds hold.
#include <algorithm>
#include <cmath>
#include <utility>

#include "exact/simplex.h"

namespace hanjari::exact {
namespace {

constexpr int fine_bits = 26;
constexpr auto fine = static_cast<double>(std::int64_t{1} << fine_bits);

// Of either sign, so that sums of products stay inside the wide integers.
std::int64_t to_fine(double multiplier) {
  return static_cast<std::int64_t>(std::llround(std::clamp(multiplier, -1e10, 1e10) * fine));
}

}  // namespace

// Of the shaken costs, or of the costs themselves at the same basis.
std::vector<std::int64_t> Simplex::whole_multipliers(bool shaken) const {
  std::vector<double> exact(rows(), 0);
  for (std::size_t i = 0; i < rows() && !shaken; ++i) {
    const std::uint32_t variable = basic_[i];
    if (variable >= columns() || cost_[variable] == 0) continue;
    const double* line = &inverse_[i * stride_];
    for (std::size_t k = 0; k < rows(); ++k) exact[k] += static_cast<double>(cost_[variable]) * line[k];
  }
  std::vector<std::int64_t> multipliers(rows());
  for (std::size_t row = 0; row < rows(); ++row) {
    const std::int64_t multiplier = to_fine(shaken ? -reduced_[columns() + row] : exact[row]);
    multipliers[row] = equal_[row] != 0 ? multiplier : std::min<std::int64_t>(0, multiplier);
  }
  return multipliers;
}

// For any multipliers (not above zero for <=): what is left is smallest with every column at the better bound.
Wide Simplex::sum_bound(const std::vector<std::int64_t>& multipliers, bool with_costs) const {
  Wide sum = 0;
  for (std::size_t row = 0; row < rows(); ++row) sum += Wide{multipliers[row]} * most_[row];
  for (std::size_t column = 0; column < columns(); ++column) {
    Wide left = with_costs ? Wide{cost_[column]} << fine_bits : Wide{0};
    for (const Entry& entry : by_column_[column]) left -= Wide{multipliers[entry.at]} * entry.factor;
    sum += left * (left >= 0 ? lower_[column] : upper_[column]);
  }
  return sum;
}

std::int64_t Simplex::prove_bound() {
  bool first = true;
  Wide best = 0;
  for (const bool shaken : {false, true}) {
    std::vector<std::int64_t> multipliers = whole_multipliers(shaken);
    const Wide sum = sum_bound(multipliers, true);
    if (!first && sum <= best) continue;
    best = sum;
    proven_multipliers_ = std::move(multipliers);
    first = false;
  }
  work_ += rows() * rows();
  proven_bound_ = best <= 0 ? 0 : static_cast<std::int64_t>((best + (Wide{1} << fine_bits) - 1) >> fine_bits);
  return proven_bound_;
}

bool Simplex::prove_infeasible() const {
  double largest = 0;
  for (const double part : ray_) largest = std::max(largest, std::abs(part));
  if (ray_.size() != rows() || largest == 0) return false;
  std::vector<std::int64_t> multipliers(rows());
  for (std::size_t row = 0; row < rows(); ++row) {
    const std::int64_t multiplier = to_fine(ray_[row] / largest * 1024);
    multipliers[row] = equal_[row] != 0 ? multiplier : std::min<std::int64_t>(0, multiplier);
  }
  return sum_bound(multipliers, false) > 0;
}

std::vector<Simplex::Resistance> Simplex::resistances() const {
  const std::vector<std::int64_t>& multipliers = proven_multipliers_;
  std::vector<Resistance> all(columns());
  for (std::size_t column = 0; column < columns(); ++column) {
    Wide left = Wide{cost_[column]} << fine_bits;
    for (const Entry& entry : by_column_[column]) left -= Wide{multipliers[entry.at]} * entry.factor;
    all[column].at_lower = left >= 0;
    all[column].per_unit = static_cast<std::int64_t>((left >= 0 ? left : -left) >> fine_bits);
  }
  return all;
}

}  // namespace hanjari::exact
