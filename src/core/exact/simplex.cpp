#include "exact/simplex.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace hanjari::exact {
namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();
constexpr double nearly_zero = 1e-9;
constexpr double least_shake = 1e-6;  // well above what counts as zero, or equal costs make the method stand still
constexpr double too_far = 1e-7;    // beyond its bound
constexpr double too_small = 1e-7;  // for a pivot
constexpr std::size_t steps_between_refactors = 300;

// A number of [0.5, 1) that depends on the column alone.
double shake(std::uint64_t column) {
  std::uint64_t mixed = (column + 1) * 0x9e3779b97f4a7c15U;
  mixed ^= mixed >> 29;
  mixed *= 0xbf58476d1ce4e5b9U;
  mixed ^= mixed >> 32;
  return 0.5 + static_cast<double>(mixed >> 12) / static_cast<double>(std::uint64_t{1} << 53);
}

}  // namespace

std::uint32_t Simplex::add_column(std::int64_t lower, std::int64_t upper) {
  lower_.push_back(lower);
  upper_.push_back(upper);
  cost_.push_back(0);
  by_column_.emplace_back();
  return static_cast<std::uint32_t>(lower_.size() - 1);
}

double Simplex::low(std::uint32_t variable) const {
  return variable < columns() ? static_cast<double>(lower_[variable]) : 0;
}

double Simplex::high(std::uint32_t variable) const {
  if (variable < columns()) return static_cast<double>(upper_[variable]);
  return equal_[variable - columns()] != 0 ? 0 : infinite;
}

void Simplex::set_costs(std::vector<std::int64_t> costs, const std::vector<double>& guide) {
  cost_ = std::move(costs);
  cost_.resize(columns(), 0);
  double largest = 1;
  for (const std::int64_t cost : cost_) largest = std::max(largest, static_cast<double>(cost));
  shaken_cost_.resize(columns());
  for (std::uint32_t column = 0; column < columns(); ++column) {
    const auto cost = static_cast<double>(cost_[column]);
    const double most = std::max(cost * 1e-7 + largest * 1e-9, least_shake);
    shaken_cost_[column] = cost + guide[column] + most * shake(column);
  }
  restart();
}

void Simplex::restart() {
  const std::size_t all = columns() + rows();
  value_.assign(all, 0);
  reduced_.assign(all, 0);
  place_.assign(all, Place::at_lower);
  pivot_row_.assign(all, 0);
  is_touched_.assign(all, 0);
  basic_.resize(rows());
  stride_ = std::max(stride_, rows());
  inverse_.assign(stride_ * stride_, 0);
  for (std::size_t row = 0; row < rows(); ++row) {
    basic_[row] = static_cast<std::uint32_t>(columns() + row);
    place_[basic_[row]] = Place::basic;
    inverse_[row * stride_ + row] = 1;
  }
  for (std::uint32_t column = 0; column < columns(); ++column) reduced_[column] = shaken_cost_[column];
  pivots_since_refactor_ = 0;
}

void Simplex::add_row(const std::vector<Entry>& entries, bool equal, std::int64_t most) {
  const std::size_t row = rows();
  by_row_.push_back(entries);
  for (const Entry& entry : entries) {
    by_column_[entry.at].push_back({static_cast<std::uint32_t>(row), entry.factor});
  }
  most_.push_back(most);
  equal_.push_back(equal ? 1 : 0);
  is_cut_.push_back(0);
  if (place_.empty()) return;
  if (rows() > stride_) {
    const std::size_t wider = rows() + rows() / 4 + 32;
    std::vector<double> grown(wider * wider, 0);
    for (std::size_t i = 0; i < row; ++i) {
      std::copy_n(inverse_.begin() + static_cast<std::ptrdiff_t>(i * stride_), row,
                  grown.begin() + static_cast<std::ptrdiff_t>(i * wider));
    }
    inverse_ = std::move(grown);
    stride_ = wider;
  }
  // The slack of the row enters the basis; its line of the inverse is the row taken over the other lines.
  std::vector<double> of_basic(columns() + row, 0);
  for (const Entry& entry : entries) of_basic[entry.at] = static_cast<double>(entry.factor);
  double* line = &inverse_[row * stride_];
  std::fill(line, line + stride_, 0.0);
  for (std::size_t i = 0; i < row; ++i) {
    inverse_[i * stride_ + row] = 0;
    const double factor = of_basic[basic_[i]];
    if (factor == 0) continue;
    const double* other = &inverse_[i * stride_];
    for (std::size_t k = 0; k < row; ++k) line[k] -= factor * other[k];
  }
  line[row] = 1;
  basic_.push_back(static_cast<std::uint32_t>(columns() + row));
  value_.push_back(0);
  reduced_.push_back(0);
  place_.push_back(Place::basic);
  pivot_row_.push_back(0);
  is_touched_.push_back(0);
  work_ += row * entries.size();
}

void Simplex::add_cut(const std::vector<Entry>& entries, std::int64_t most) {
  add_row(entries, false, most);
  is_cut_.back() = 1;
}

// A row whose slack is in the basis has no multiplier: its line and its column are left out of the inverse, and nothing else
// changes.
void Simplex::drop_idle_cuts() {
  if (place_.empty()) return;
  const std::size_t before = rows();
  std::vector<std::uint32_t> number(before, nobody);  // of the rows that stay
  std::uint32_t kept = 0;
  for (std::size_t row = 0; row < before; ++row) {
    if (is_cut_[row] == 0 || place_[columns() + row] != Place::basic) number[row] = kept++;
  }
  if (kept == before) return;
  std::size_t line_kept = 0;
  for (std::size_t line = 0; line < before; ++line) {
    std::uint32_t variable = basic_[line];
    if (variable >= columns()) {
      if (number[variable - columns()] == nobody) continue;
      variable = static_cast<std::uint32_t>(columns()) + number[variable - columns()];
    }
    basic_[line_kept] = variable;
    for (std::size_t row = 0; row < before; ++row) {
      if (number[row] != nobody) inverse_[line_kept * stride_ + number[row]] = inverse_[line * stride_ + row];
    }
    ++line_kept;
  }
  for (std::size_t row = 0; row < before; ++row) {
    if (number[row] == nobody) continue;
    const std::size_t to = number[row];
    const auto keep = [&](auto& all, std::size_t first) { all[first + to] = all[first + row]; };
    if (to != row) by_row_[to] = std::move(by_row_[row]);
    keep(most_, 0);
    keep(equal_, 0);
    keep(is_cut_, 0);
    keep(value_, columns());
    keep(reduced_, columns());
    keep(place_, columns());
  }
  by_row_.resize(kept);
  for (auto* all : {&equal_, &is_cut_}) all->resize(kept);
  most_.resize(kept);
  basic_.resize(kept);
  for (auto* all : {&value_, &reduced_}) all->resize(columns() + kept);
  place_.resize(columns() + kept);
  pivot_row_.assign(columns() + kept, 0);
  is_touched_.assign(columns() + kept, 0);
  touched_.clear();
  for (auto& entries : by_column_) {
    std::erase_if(entries, [&](const Entry& entry) { return number[entry.at] == nobody; });
    for (Entry& entry : entries) entry.at = number[entry.at];
  }
  proven_multipliers_.clear();
  work_ += before * before;
}

void Simplex::set_bounds(std::uint32_t column, std::int64_t lower, std::int64_t upper) {
  lower_[column] = lower;
  upper_[column] = upper;
}

// Whoever is not in the basis rests at the bound that its reduced cost asks for.
void Simplex::place_resting() {
  for (std::uint32_t variable = 0; variable < value_.size(); ++variable) {
    if (place_[variable] == Place::basic) continue;
    const double doubt = place_[variable] == Place::at_upper ? nearly_zero : -nearly_zero;  // who rests stays at rest
    const bool lower = reduced_[variable] >= doubt || high(variable) == infinite;
    place_[variable] = lower ? Place::at_lower : Place::at_upper;
    value_[variable] = lower ? low(variable) : high(variable);
  }
}

void Simplex::compute_values() {
  std::vector<double> left(rows());
  for (std::size_t row = 0; row < rows(); ++row) {
    left[row] = static_cast<double>(most_[row]);
    for (const Entry& entry : by_row_[row]) {
      if (place_[entry.at] != Place::basic) left[row] -= static_cast<double>(entry.factor) * value_[entry.at];
    }
    const auto slack = static_cast<std::uint32_t>(columns() + row);
    if (place_[slack] != Place::basic) left[row] -= value_[slack];
  }
  for (std::size_t i = 0; i < rows(); ++i) {
    const double* line = &inverse_[i * stride_];
    double sum = 0;
    for (std::size_t k = 0; k < rows(); ++k) sum += line[k] * left[k];
    value_[basic_[i]] = sum;
  }
  work_ += rows() * rows();
}

void Simplex::compute_reduced() {
  std::vector<double> multiplier(rows(), 0);
  for (std::size_t i = 0; i < rows(); ++i) {
    if (basic_[i] >= columns()) continue;
    const double cost = shaken_cost_[basic_[i]];
    const double* line = &inverse_[i * stride_];
    for (std::size_t k = 0; k < rows(); ++k) multiplier[k] += cost * line[k];
  }
  for (std::uint32_t column = 0; column < columns(); ++column) {
    double sum = shaken_cost_[column];
    for (const Entry& entry : by_column_[column]) sum -= multiplier[entry.at] * static_cast<double>(entry.factor);
    reduced_[column] = place_[column] == Place::basic ? 0 : sum;
  }
  for (std::size_t row = 0; row < rows(); ++row) {
    const std::size_t slack = columns() + row;
    reduced_[slack] = place_[slack] == Place::basic ? 0 : -multiplier[row];
  }
  work_ += rows() * rows();
}

void Simplex::multiply_column(std::uint32_t variable, std::vector<double>& into) {
  into.assign(rows(), 0);
  const auto add = [&](std::size_t row, double factor) {
    for (std::size_t i = 0; i < rows(); ++i) into[i] += inverse_[i * stride_ + row] * factor;
    work_ += rows();
  };
  if (variable >= columns()) {
    add(variable - columns(), 1);
  } else {
    for (const Entry& entry : by_column_[variable]) add(entry.at, static_cast<double>(entry.factor));
  }
}

void Simplex::pivot_inverse(std::size_t row, const std::vector<double>& column) {
  double* line = &inverse_[row * stride_];
  std::vector<std::uint32_t> filled;
  const double pivot = column[row];
  for (std::uint32_t k = 0; k < rows(); ++k) {
    if (line[k] == 0) continue;
    line[k] /= pivot;
    filled.push_back(k);
  }
  for (std::size_t i = 0; i < rows(); ++i) {
    const double factor = column[i];
    if (i == row || std::abs(factor) < 1e-13) continue;
    double* other = &inverse_[i * stride_];
    for (const std::uint32_t k : filled) other[k] -= factor * line[k];
    work_ += filled.size();
  }
  work_ += rows();
}

// The inverse made again from nothing. False when the basis cannot be inverted; then it is the one of slacks.
bool Simplex::refactor() {
  std::vector<std::uint32_t> wanted;
  for (const std::uint32_t variable : basic_) {
    if (variable < columns()) wanted.push_back(variable);
  }
  std::sort(wanted.begin(), wanted.end());
  std::fill(inverse_.begin(), inverse_.end(), 0.0);
  std::vector<char> free(rows(), 1);
  for (std::size_t row = 0; row < rows(); ++row) {
    if (place_[columns() + row] == Place::basic) free[row] = 0;
    inverse_[row * stride_ + row] = 1;
    basic_[row] = static_cast<std::uint32_t>(columns() + row);
  }
  bool whole = true;
  std::vector<double> column;
  for (const std::uint32_t variable : wanted) {
    multiply_column(variable, column);
    std::size_t best = rows();
    for (std::size_t row = 0; row < rows(); ++row) {
      if (free[row] != 0 && (best == rows() || std::abs(column[row]) > std::abs(column[best]))) best = row;
    }
    if (best == rows() || std::abs(column[best]) < 1e-9) {
      whole = false;
      break;
    }
    free[best] = 0;
    pivot_inverse(best, column);
    basic_[best] = variable;
  }
  pivots_since_refactor_ = 0;
  if (!whole) {
    restart();
    return false;
  }
  for (std::size_t row = 0; row < rows(); ++row) place_[basic_[row]] = Place::basic;
  compute_reduced();
  return true;
}

std::size_t Simplex::choose_leaving() const {
  std::size_t best = rows();
  double best_score = 0;
  for (std::size_t row = 0; row < rows(); ++row) {
    const std::uint32_t variable = basic_[row];
    const double value = value_[variable];
    const double beyond = std::max(low(variable) - value, value - high(variable));
    if (beyond <= too_far) continue;
    const double* line = &inverse_[row * stride_];
    double length = 0;
    for (std::size_t k = 0; k < rows(); ++k) length += line[k] * line[k];
    const double score = beyond * beyond / std::max(length, 1e-12);
    if (score > best_score) {
      best = row;
      best_score = score;
    }
  }
  return best;
}

void Simplex::compute_pivot_row(std::size_t row) {
  for (const std::uint32_t variable : touched_) {
    pivot_row_[variable] = 0;
    is_touched_[variable] = 0;
  }
  touched_.clear();
  const auto touch = [&](std::uint32_t variable) {
    if (is_touched_[variable] != 0) return;
    is_touched_[variable] = 1;
    touched_.push_back(variable);
  };
  const double* line = &inverse_[row * stride_];
  for (std::size_t k = 0; k < rows(); ++k) {
    if (std::abs(line[k]) < 1e-12) continue;
    for (const Entry& entry : by_row_[k]) {
      touch(entry.at);
      pivot_row_[entry.at] += line[k] * static_cast<double>(entry.factor);
    }
    const auto slack = static_cast<std::uint32_t>(columns() + k);
    touch(slack);
    pivot_row_[slack] += line[k];
    work_ += by_row_[k].size();
  }
  work_ += rows();
}

// The column whose reduced cost is used up first, after those that may change their bound instead on the way.
std::uint32_t Simplex::choose_entering(bool falls, double distance) {
  struct Candidate {
    double ratio;
    double strength;
    std::uint32_t variable;
  };
  std::vector<Candidate> candidates;
  for (const std::uint32_t variable : touched_) {
    if (place_[variable] == Place::basic || low(variable) == high(variable)) continue;
    const double strength = falls ? pivot_row_[variable] : -pivot_row_[variable];
    const bool lower = place_[variable] == Place::at_lower;
    if (lower ? strength <= too_small : strength >= -too_small) continue;
    const double slope = std::abs(strength);
    candidates.push_back({std::max(0.0, lower ? reduced_[variable] : -reduced_[variable]) / slope, slope, variable});
  }
  std::sort(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) {
    return a.ratio != b.ratio ? a.ratio < b.ratio : a.variable < b.variable;
  });
  passed_.clear();
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    const std::uint32_t variable = candidates[i].variable;
    distance -= candidates[i].strength * (high(variable) - low(variable));
    if (distance > too_far) {
      passed_.push_back(variable);
      continue;
    }
    // Of those with nearly the same ratio the strongest one is the safest.
    std::size_t best = i;
    for (std::size_t j = i + 1; j < candidates.size() && candidates[j].ratio <= candidates[i].ratio + 1e-9; ++j) {
      if (candidates[j].strength > candidates[best].strength) best = j;
    }
    return candidates[best].variable;
  }
  return nobody;
}

void Simplex::flip_passed() {
  if (passed_.empty()) return;
  std::vector<double> change(rows(), 0);
  for (const std::uint32_t variable : passed_) {
    const bool rises = place_[variable] == Place::at_lower;
    const double by = rises ? high(variable) - low(variable) : low(variable) - high(variable);
    place_[variable] = rises ? Place::at_upper : Place::at_lower;
    value_[variable] = rises ? high(variable) : low(variable);
    if (by == 0) continue;
    for (const Entry& entry : by_column_[variable]) change[entry.at] += by * static_cast<double>(entry.factor);
  }
  for (std::size_t k = 0; k < rows(); ++k) {
    if (change[k] == 0) continue;
    for (std::size_t i = 0; i < rows(); ++i) value_[basic_[i]] -= inverse_[i * stride_ + k] * change[k];
    work_ += rows();
  }
}

// One exchange. False when the numbers are too uncertain for it.
bool Simplex::step(std::size_t row, std::uint32_t entering, bool falls) {
  multiply_column(entering, entering_column_);
  const double pivot = entering_column_[row];
  if (std::abs(pivot) < 1e-9 || std::abs(pivot - pivot_row_[entering]) > 1e-6 * (1 + std::abs(pivot))) return false;
  flip_passed();
  const double rate = reduced_[entering] / pivot_row_[entering];
  for (const std::uint32_t variable : touched_) {
    if (place_[variable] != Place::basic) reduced_[variable] -= rate * pivot_row_[variable];
  }
  const std::uint32_t leaving = basic_[row];
  const double bound = falls ? high(leaving) : low(leaving);
  const double length = (value_[leaving] - bound) / pivot;
  for (std::size_t i = 0; i < rows(); ++i) value_[basic_[i]] -= length * entering_column_[i];
  value_[entering] += length;
  value_[leaving] = bound;
  reduced_[leaving] = -rate;
  reduced_[entering] = 0;
  place_[leaving] = falls ? Place::at_upper : Place::at_lower;
  place_[entering] = Place::basic;
  basic_[row] = entering;
  pivot_inverse(row, entering_column_);
  ++pivots_since_refactor_;
  return true;
}

Simplex::Outcome Simplex::solve(double enough, std::uint64_t most_steps) {
  place_resting();
  compute_values();
  int troubles = 0;
  for (std::uint64_t steps = 0;; ++steps) {
    if (steps > 0 && steps % 16 == 0 && cost() > enough) return Outcome::gave_up;
    if (pivots_since_refactor_ >= steps_between_refactors) {
      refactor();
      place_resting();
      compute_values();
    }
    const std::size_t row = choose_leaving();
    work_ += rows() * 4;
    if (row == rows()) return Outcome::optimal;
    if (steps >= most_steps || work_ > most_work_) return Outcome::gave_up;
    compute_pivot_row(row);
    const std::uint32_t variable = basic_[row];
    const bool falls = value_[variable] > high(variable);
    const double distance = falls ? value_[variable] - high(variable) : low(variable) - value_[variable];
    const std::uint32_t entering = choose_entering(falls, distance);
    if (entering == nobody) {
      ray_.assign(rows(), 0);
      for (std::size_t k = 0; k < rows(); ++k) ray_[k] = (falls ? 1 : -1) * inverse_[row * stride_ + k];
      return Outcome::infeasible;
    }
    if (step(row, entering, falls)) continue;
    if (++troubles > 4) return Outcome::gave_up;
    refactor();
    place_resting();
    compute_values();
  }
}

double Simplex::cost() const {
  double sum = 0;
  for (std::size_t column = 0; column < columns(); ++column) sum += static_cast<double>(cost_[column]) * value_[column];
  return sum;
}

}  // namespace hanjari::exact
