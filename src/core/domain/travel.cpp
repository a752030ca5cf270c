#include "hanjari/domain/travel.h"

#include <algorithm>

namespace hanjari {

TravelTable::TravelTable(const Exam& exam) : exam_(&exam) {
  for (std::size_t venue = 0; venue < exam.venues.size(); ++venue) {
    const auto rooms = exam.rooms_of(VenueIndex(venue));
    if (exam.venues[venue].kind == VenueKind::regular &&
        std::any_of(rooms.begin(), rooms.end(), [](const Room& room) { return room.use == RoomUse::exam; })) {
      regular_.push_back(VenueIndex(venue));
    }
  }
  if (exam.policy.travel != TravelSource::table) return;
  rows_.resize(exam.words.size(), {0, 0});
  for (std::size_t row = 0; row < exam.travel.size(); ++row) {
    auto& [first, end] = rows_[exam.travel[row].origin.value];
    if (end == 0) first = row;
    end = row + 1;
  }
  for (const Applicant& applicant : exam.applicants) {
    const auto [first, end] = rows_[applicant.origin.value];
    if (applicant.origin == empty_word || first == end) ++without_origin_;
  }
}

bool TravelTable::is_great_circle(ApplicantIndex applicant) const {
  const WordIndex origin = (*exam_)[applicant].origin;
  return rows_.empty() || origin == empty_word || rows_[origin.value].first == rows_[origin.value].second;
}

Metres TravelTable::between(ApplicantIndex applicant_index, VenueIndex venue) const {
  const Applicant& applicant = (*exam_)[applicant_index];
  if (is_great_circle(applicant_index)) return haversine_m(applicant.home, (*exam_)[venue].at);
  const auto [first, end] = rows_[applicant.origin.value];
  const auto begin = exam_->travel.begin() + static_cast<std::ptrdiff_t>(first);
  const auto last = exam_->travel.begin() + static_cast<std::ptrdiff_t>(end);
  const auto row = std::lower_bound(begin, last, venue, [](const TravelRow& a, VenueIndex b) { return a.venue < b; });
  return row != last && row->venue == venue ? row->metres : unreachable;
}

Metres TravelTable::nearest(ApplicantIndex applicant) const {
  Metres best = unreachable;
  for (const VenueIndex venue : regular_) best = std::min(best, between(applicant, venue));
  return best;
}

}  // namespace hanjari
