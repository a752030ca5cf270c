// A linear programme with whole coefficients and boxed variables, solved by the dual simplex method, with bounds that
// are proven in whole numbers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace hanjari::exact {

__extension__ typedef __int128 Wide;

struct Entry {
  std::uint32_t at = 0;  // column or row
  std::int64_t factor = 0;
};

// Minimises costs that are not negative. First all columns are added, then costs set; rows and bounds may change at any
// time, and the next solve() goes on from where the last one ended. Floating point only leads the way: what is claimed
// comes from prove_bound() and prove_infeasible(), which round the multipliers and add up in integers.
class Simplex {
 public:
  enum class Outcome { optimal, infeasible, gave_up };

  std::uint32_t add_column(std::int64_t lower, std::int64_t upper);
  // sum of factor x column <= most, or = most.
  void add_row(const std::vector<Entry>& entries, bool equal, std::int64_t most);
  // The same for a row that every solution keeps anyway.
  void add_cut(const std::vector<Entry>& entries, std::int64_t most);
  // Forgets the cuts that do not hold anything back now, so that a step costs less.
  void drop_idle_cuts();
  // `guide`, by column, not negative and small beside the costs: what to prefer among solutions of nearly the same cost.
  // No bound knows of it.
  void set_costs(std::vector<std::int64_t> costs, const std::vector<double>& guide);
  void set_bounds(std::uint32_t column, std::int64_t lower, std::int64_t upper);
  std::int64_t lower(std::uint32_t column) const { return lower_[column]; }
  std::int64_t upper(std::uint32_t column) const { return upper_[column]; }

  // Ends early when the costs pass `enough`, or after so many steps.
  Outcome solve(double enough, std::uint64_t most_steps);

  double value(std::uint32_t column) const { return value_[column]; }
  double cost() const;
  // A lower bound of the cost within the present bounds; rounded up, because costs are whole.
  std::int64_t prove_bound();
  // After Outcome::infeasible: whether whole numbers prove it.
  bool prove_infeasible() const;
  // What the bound rises by at least when a column moves from the bound that is best for it by one, and which bound
  // that is; for fixing columns. Of the last prove_bound(), which gave proven_bound().
  struct Resistance {
    std::int64_t per_unit = 0;
    bool at_lower = true;
  };
  std::vector<Resistance> resistances() const;
  std::int64_t proven_bound() const { return proven_bound_; }

  std::size_t columns() const { return lower_.size(); }
  std::size_t rows() const { return most_.size(); }
  std::uint64_t work() const { return work_; }
  // solve() gives up beyond that.
  void limit_work(std::uint64_t most) { most_work_ = most; }

 private:
  enum class Place : char { basic, at_lower, at_upper };
  static constexpr std::uint32_t nobody = UINT32_MAX;

  double low(std::uint32_t variable) const;
  double high(std::uint32_t variable) const;
  void restart();
  void place_resting();
  void compute_values();
  void compute_reduced();
  bool refactor();
  void pivot_inverse(std::size_t row, const std::vector<double>& column);
  void multiply_column(std::uint32_t variable, std::vector<double>& into);
  std::size_t choose_leaving() const;
  void compute_pivot_row(std::size_t row);
  std::uint32_t choose_entering(bool falls, double distance);
  bool step(std::size_t row, std::uint32_t entering, bool falls);
  void flip_passed();
  std::vector<std::int64_t> whole_multipliers(bool shaken) const;
  Wide sum_bound(const std::vector<std::int64_t>& multipliers, bool with_costs) const;

  std::vector<std::vector<Entry>> by_column_;
  std::vector<std::vector<Entry>> by_row_;
  std::vector<std::int64_t> cost_, lower_, upper_, most_;
  std::vector<double> shaken_cost_;  // a little more than the cost, so that ties are rare
  std::vector<char> equal_, is_cut_;
  // By variable: columns, then the slack of each row.
  std::vector<double> value_, reduced_;
  std::vector<Place> place_;
  std::vector<std::uint32_t> basic_;  // by row
  std::vector<double> inverse_;       // of the basis, row by row
  std::size_t stride_ = 0;
  std::uint64_t work_ = 0;
  std::uint64_t most_work_ = UINT64_MAX;
  std::vector<std::int64_t> proven_multipliers_;
  std::int64_t proven_bound_ = 0;
  std::size_t pivots_since_refactor_ = 0;
  // Of the step at hand.
  std::vector<double> pivot_row_;
  std::vector<std::uint32_t> touched_;
  std::vector<char> is_touched_;
  std::vector<std::uint32_t> passed_;  // columns that change their bound
  std::vector<double> entering_column_;
  std::vector<double> ray_;  // of the last infeasible outcome, by row
};

}  // namespace hanjari::exact
