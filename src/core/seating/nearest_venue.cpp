#include "seating/nearest_venue.h"

#include <algorithm>
#include <cmath>

namespace hanjari::seating {
namespace {

constexpr std::size_t leaf_size = 8;

// Chords are compared instead of distances, on the unit sphere. Two chords that differ by less than this (3 m near by,
// the rounding of the haversine formula at the other end of the earth) are decided by the rounded metres themselves.
constexpr double doubtful = 5e-7;

}  // namespace

NearestVenue::NearestVenue(const Exam& exam, const TravelTable& travel) : exam_(exam), travel_(travel) {
  for (std::size_t venue = 0; venue < exam.venues.size(); ++venue) {
    const auto rooms = exam.rooms_of(VenueIndex(venue));
    if (exam.venues[venue].kind == VenueKind::regular &&
        std::any_of(rooms.begin(), rooms.end(), [](const Room& room) { return room.use == RoomUse::exam; })) {
      spots_.push_back({on_sphere(exam.venues[venue].at), VenueIndex(venue)});
    }
  }
  if (!spots_.empty()) build(0, 0, spots_.size());
  if (exam.policy.travel != TravelSource::table) return;
  in_table_.resize(exam.words.size(), 0);
  of_origin_.resize(exam.words.size(), -1);
  for (const TravelRow& row : exam.travel) in_table_[row.origin.value] = 1;
  in_table_[empty_word.value] = 0;
}

Metres NearestVenue::metres(ApplicantIndex applicant) {
  const WordIndex origin = exam_[applicant].origin;
  if (in_table_.empty() || in_table_[origin.value] == 0) return nearest_by_air(exam_[applicant].home);
  Metres& known = of_origin_[origin.value];
  if (known < 0) known = travel_.nearest(applicant);
  return known;
}

NearestVenue::Vector NearestVenue::on_sphere(Point point) {
  constexpr double radians = 3.14159265358979323846 / 180.0;
  const double lat = point.lat * radians;
  const double lon = point.lon * radians;
  return {std::cos(lat) * std::cos(lon), std::cos(lat) * std::sin(lon), std::sin(lat)};
}

void NearestVenue::build(std::size_t node, std::size_t first, std::size_t end) {
  if (boxes_.size() <= node) boxes_.resize(node + 1);
  Box box{spots_[first].at, spots_[first].at};
  for (std::size_t i = first; i < end; ++i) {
    for (std::size_t axis = 0; axis < 3; ++axis) {
      box.low[axis] = std::min(box.low[axis], spots_[i].at[axis]);
      box.high[axis] = std::max(box.high[axis], spots_[i].at[axis]);
    }
  }
  boxes_[node] = box;
  if (end - first <= leaf_size) return;
  std::size_t widest = 0;
  for (std::size_t axis = 1; axis < 3; ++axis) {
    if (box.high[axis] - box.low[axis] > box.high[widest] - box.low[widest]) widest = axis;
  }
  const std::size_t middle = (first + end) / 2;
  const auto begin = spots_.begin();
  std::nth_element(begin + static_cast<std::ptrdiff_t>(first), begin + static_cast<std::ptrdiff_t>(middle),
                   begin + static_cast<std::ptrdiff_t>(end),
                   [widest](const Spot& a, const Spot& b) { return a.at[widest] < b.at[widest]; });
  build(2 * node + 1, first, middle);
  build(2 * node + 2, middle, end);
}

void NearestVenue::search(std::size_t node, std::size_t first, std::size_t end, const Vector& from) {
  if (end - first <= leaf_size) {
    for (std::size_t i = first; i < end; ++i) {
      double square = 0;
      for (std::size_t axis = 0; axis < 3; ++axis) {
        const double step = spots_[i].at[axis] - from[axis];
        square += step * step;
      }
      const double chord = std::sqrt(square);
      if (chord > best_ + doubtful) continue;
      best_ = std::min(best_, chord);
      close_.emplace_back(chord, spots_[i].venue);
    }
    return;
  }
  const auto chord_to = [&](const Box& box) {
    double square = 0;
    for (std::size_t axis = 0; axis < 3; ++axis) {
      const double step = std::max({box.low[axis] - from[axis], 0.0, from[axis] - box.high[axis]});
      square += step * step;
    }
    return std::sqrt(square);
  };
  const std::size_t middle = (first + end) / 2;
  const double to_left = chord_to(boxes_[2 * node + 1]);
  const double to_right = chord_to(boxes_[2 * node + 2]);
  const bool left_first = to_left <= to_right;
  if (left_first && to_left <= best_ + doubtful) search(2 * node + 1, first, middle, from);
  if (to_right <= best_ + doubtful) search(2 * node + 2, middle, end, from);
  if (!left_first && to_left <= best_ + doubtful) search(2 * node + 1, first, middle, from);
}

Metres NearestVenue::nearest_by_air(Point home) {
  Metres best = unreachable;
  if (spots_.empty()) return best;
  best_ = 3;  // no chord is longer than 2
  close_.clear();
  search(0, 0, spots_.size(), on_sphere(home));
  for (const auto& [chord, venue] : close_) {
    if (chord <= best_ + doubtful) best = std::min(best, haversine_m(home, exam_[venue].at));
  }
  return best;
}

}  // namespace hanjari::seating
