// Travel to the nearest venue for millions of people.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "hanjari/domain/travel.h"

namespace hanjari::seating {

// Gives exactly the metres of TravelTable::nearest, without going through all venues for everybody. Keeps references to
// both arguments.
class NearestVenue {
 public:
  NearestVenue(const Exam& exam, const TravelTable& travel);
  // Metres; `unreachable` when there is no reachable regular venue with an exam room.
  Metres metres(ApplicantIndex applicant);

 private:
  using Vector = std::array<double, 3>;
  struct Spot {
    Vector at;  // on the unit sphere
    VenueIndex venue;
  };
  // A box around spots [first, end); the children of node n are 2n + 1 and 2n + 2 and halve the spots.
  struct Box {
    Vector low, high;
  };

  static Vector on_sphere(Point point);
  void build(std::size_t node, std::size_t first, std::size_t end);
  void search(std::size_t node, std::size_t first, std::size_t end, const Vector& from);
  Metres nearest_by_air(Point home);

  const Exam& exam_;
  const TravelTable& travel_;
  std::vector<char> in_table_;     // by word: an origin with rows in travel.csv
  std::vector<Metres> of_origin_;  // by word: its nearest travel, -1 before it was asked for
  std::vector<Spot> spots_;
  std::vector<Box> boxes_;
  double best_ = 0;                                   // chord to the nearest spot so far
  std::vector<std::pair<double, VenueIndex>> close_;  // spots hardly farther than the nearest
};

}  // namespace hanjari::seating
