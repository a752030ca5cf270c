// Travel of everybody to every venue in metres: in memory where that is little, computed when asked where it would be
// gigabytes.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "hanjari/domain/exam.h"
#include "hanjari/domain/travel.h"

namespace hanjari::allocation {

class Travel {
 public:
  static constexpr std::int32_t no_way = INT32_MAX;
  // Pairs of a person and a venue that are kept in memory.
  static constexpr std::size_t most_kept = std::size_t{1} << 26;

  Travel() = default;
  // Keeps a reference to the exam.
  Travel(const Exam& exam, int threads);

  std::int32_t metres(std::size_t person, std::size_t venue) const {
    return kept_.empty() ? computed(person, venue) : kept_[person * venues_ + venue];
  }
  bool has_way(std::size_t person, std::size_t venue) const {
    if (!kept_.empty()) return kept_[person * venues_ + venue] != no_way;
    return is_great_circle(person) || computed(person, venue) != no_way;
  }
  // To the nearest regular venue with an exam room; no_way if there is none.
  std::int32_t nearest(std::size_t person) const { return nearest_[person]; }
  // No way is longer.
  std::int64_t longest() const { return longest_; }
  std::size_t venues() const { return venues_; }
  // Whether all pairs are in memory: exams for which they are can be solved class by class in memory.
  bool is_kept() const { return !kept_.empty() || venues_ == 0; }
  // Whether the person's travel is by the great circle; by the exam's table otherwise.
  bool is_great_circle(std::size_t person) const { return table_->is_great_circle(ApplicantIndex(person)); }

 private:
  std::int32_t computed(std::size_t person, std::size_t venue) const;
  void keep_all(const Exam& exam, const std::vector<bool>& counts_for_nearest, int threads);
  void find_nearest(const Exam& exam, const std::vector<bool>& counts_for_nearest, int threads);

  std::optional<TravelTable> table_;
  std::size_t venues_ = 0;
  std::int64_t longest_ = 0;
  std::vector<std::int32_t> kept_;
  std::vector<std::int32_t> nearest_;
};

}  // namespace hanjari::allocation
