// Travel of an applicant to a venue, whatever the policy's source.
#pragma once

#include <limits>
#include <vector>

#include "hanjari/domain/exam.h"

namespace hanjari {

constexpr Metres unreachable = std::numeric_limits<Metres>::max();

// The detour as people are told it: nobody travels less than to the nearest venue. An accommodation or isolation venue may be nearer
// than every regular one, to which `nearest` refers; the difference is negative then in report.json, whose sums need it, and 0 here.
constexpr Metres told_detour(Metres travel, Metres nearest) {
  return travel > nearest ? travel - nearest : 0;
}

// Answers from the exam's points or its travel table. Keeps a reference to the exam. Safe to use from many threads.
class TravelTable {
 public:
  explicit TravelTable(const Exam& exam);
  // Metres, or `unreachable` when the table has rows of the applicant's origin but not this venue.
  Metres between(ApplicantIndex applicant, VenueIndex venue) const;
  // Whether the applicant's travel is the great-circle distance; the table has rows of the origin otherwise.
  bool is_great_circle(ApplicantIndex applicant) const;
  // Travel to the nearest reachable regular venue with an exam room; `unreachable` if there is none.
  Metres nearest(ApplicantIndex applicant) const;
  // Applicants whose origin is empty or not in the table although the policy says `table` (counted in one warning).
  std::size_t without_origin() const { return without_origin_; }

 private:
  const Exam* exam_;
  std::vector<VenueIndex> regular_;                        // with an exam room
  std::vector<std::pair<std::size_t, std::size_t>> rows_;  // by word: first row and one past the last in exam.travel
  std::size_t without_origin_ = 0;
};

}  // namespace hanjari
