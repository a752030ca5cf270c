#include "verification/own_travel.h"

#include <algorithm>
#include <cmath>

namespace hanjari::verification {
namespace {

constexpr double earth_radius_m = 6'371'008.8;

double in_radians(double degrees) {
  constexpr double half_turn = 3.141592653589793;
  return degrees * half_turn / 180;
}

Metres on_the_ground(Point home, Point venue) {
  const double phi_1 = in_radians(home.lat);
  const double phi_2 = in_radians(venue.lat);
  const double sin_half_phi = std::sin((phi_2 - phi_1) / 2);
  const double sin_half_lambda = std::sin(in_radians(venue.lon - home.lon) / 2);
  const double a = std::pow(sin_half_phi, 2) + std::cos(phi_1) * std::cos(phi_2) * std::pow(sin_half_lambda, 2);
  return static_cast<Metres>(std::floor(2 * earth_radius_m * std::asin(std::min(1.0, std::sqrt(a))) + 0.5));
}

bool has_exam_room(const Exam& exam, const Venue& venue) {
  for (std::uint32_t room = 0; room < venue.room_count; ++room) {
    if (exam.rooms[venue.first_room + room].use == RoomUse::exam) return true;
  }
  return false;
}

}  // namespace

OwnTravel::Vector OwnTravel::on_sphere(Point point) {
  const double phi = in_radians(point.lat);
  const double lambda = in_radians(point.lon);
  return {std::cos(phi) * std::cos(lambda), std::cos(phi) * std::sin(lambda), std::sin(phi)};
}

OwnTravel::OwnTravel(const Exam& exam) : exam_(exam) {
  std::vector<bool> is_near_choice(exam.venues.size(), false);
  for (std::size_t at = 0; at < exam.venues.size(); ++at) {
    const Venue& venue = exam.venues[at];
    if (venue.kind != VenueKind::regular || !has_exam_room(exam, venue)) continue;
    is_near_choice[at] = true;
    tree_.push_back({on_sphere(venue.at), VenueIndex(at)});
  }
  grow(0, tree_.size(), 0);
  if (exam.policy.travel != TravelSource::table) return;
  tables_.resize(exam.words.size());
  for (std::uint32_t at = 0; at < exam.travel.size(); ++at) {
    const TravelRow& row = exam.travel[at];
    TableRows& rows = tables_[row.origin.value];
    if (rows.end == 0) rows.first = at;
    rows.end = at + 1;
    if (is_near_choice[row.venue.value]) rows.nearest = std::min(rows.nearest.value_or(row.metres), row.metres);
  }
}

void OwnTravel::grow(std::size_t first, std::size_t end, std::size_t axis) {
  if (end - first < 2) return;
  const std::size_t middle = first + (end - first) / 2;
  const auto begin = tree_.begin();
  std::nth_element(begin + static_cast<std::ptrdiff_t>(first), begin + static_cast<std::ptrdiff_t>(middle),
                   begin + static_cast<std::ptrdiff_t>(end),
                   [&](const Place& a, const Place& b) { return a.at[axis] < b.at[axis]; });
  grow(first, middle, (axis + 1) % 3);
  grow(middle + 1, end, (axis + 1) % 3);
}

void OwnTravel::descend(const Vector& from, std::size_t first, std::size_t end, std::size_t axis, Best& best) const {
  if (first == end) return;
  const std::size_t middle = first + (end - first) / 2;
  const Vector& here = tree_[middle].at;
  double chord_squared = 0;
  for (std::size_t i = 0; i < 3; ++i) chord_squared += (here[i] - from[i]) * (here[i] - from[i]);
  if (chord_squared < best.chord_squared) best = {chord_squared, tree_[middle].venue};
  const double beyond = from[axis] - here[axis];
  const std::size_t next = (axis + 1) % 3;
  if (beyond < 0) {
    descend(from, first, middle, next, best);
    if (beyond * beyond < best.chord_squared) descend(from, middle + 1, end, next, best);
  } else {
    descend(from, middle + 1, end, next, best);
    if (beyond * beyond <= best.chord_squared) descend(from, first, middle, next, best);
  }
}

// The rows of the person's origin; an empty or unlisted origin has none and travels as the crow flies.
const OwnTravel::TableRows* OwnTravel::table_rows(const Applicant& person) const {
  if (tables_.empty() || exam_.words[person.origin].empty()) return nullptr;
  const TableRows& rows = tables_[person.origin.value];
  return rows.end == 0 ? nullptr : &rows;
}

std::optional<Metres> OwnTravel::between(const Applicant& person, VenueIndex venue) const {
  const TableRows* rows = table_rows(person);
  if (rows == nullptr) return on_the_ground(person.home, exam_[venue].at);
  // The rows of an origin stand together, by venue.
  const auto first = exam_.travel.begin() + rows->first;
  const auto end = exam_.travel.begin() + rows->end;
  const auto found = std::partition_point(first, end, [&](const TravelRow& row) { return row.venue < venue; });
  if (found == end || found->venue != venue) return std::nullopt;
  return found->metres;
}

std::optional<Metres> OwnTravel::nearest(const Applicant& person) const {
  if (const TableRows* rows = table_rows(person)) return rows->nearest;
  Best best;
  descend(on_sphere(person.home), 0, tree_.size(), 0, best);
  if (!best.venue.exists()) return std::nullopt;
  return on_the_ground(person.home, exam_[best.venue].at);
}

}  // namespace hanjari::verification
