// Means and deviations of electives, exact (rules 4 and 5).
#pragma once

#include <cstdint>
#include <vector>

#include "hanjari/selection/results.h"
#include "hanjari/selection/rules.h"

namespace hanjari::selection {

// Count, sum and sum of squares of raw marks in hundredths; mean and deviation are never rounded, they are these three.
struct Moments {
  std::int64_t count = 0;
  std::int64_t sum = 0;
  std::int64_t squares = 0;

  void add(Mark raw, std::int64_t times = 1) {
    count += times;
    sum += raw.hundredths * times;
    squares += raw.hundredths * raw.hundredths * times;
  }
  bool operator==(const Moments&) const = default;
};

class ElectiveStatistics {
 public:
  // More people than this in one elective would not fit the exact arithmetic (proof in src/core/selection/adjusted.cpp).
  static constexpr std::int64_t most_takers = 50'000'000;

  ElectiveStatistics(const Results& results, Scope scope);
  const Moments& of(UnitIndex unit, SubjectIndex subject) const { return moments_[position(unit, subject)]; }
  Moments& of(UnitIndex unit, SubjectIndex subject) { return moments_[position(unit, subject)]; }

 private:
  std::size_t position(UnitIndex unit, SubjectIndex subject) const {
    return (scope_ == Scope::exam ? 0 : unit.value) * subjects_ + subject.value;
  }

  Scope scope_;
  std::size_t subjects_;
  std::vector<Moments> moments_;
};

// Rule 4: over raw marks, without bonus, of everybody who sat the subject as an elective.
ElectiveStatistics measure_electives(const Results& results, const Rules& rules);

// What the statistics would be if everybody absent counted as zero in the electives chosen when applying (the mistake
// of July 2021): for the report only.
ElectiveStatistics measure_with_absent_as_zero(const Results& results, const Rules& rules);

}  // namespace hanjari::selection
