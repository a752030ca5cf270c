// Travel, read from the contract a second time.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

#include "hanjari/domain/exam.h"

namespace hanjari::verification {

class OwnTravel {
 public:
  explicit OwnTravel(const Exam& exam);

  // Metres; nothing when the travel table has rows of the person's origin but none to this venue.
  std::optional<Metres> between(const Applicant& person, VenueIndex venue) const;
  // Metres to the nearest reachable regular venue with an exam room; nothing if there is none.
  std::optional<Metres> nearest(const Applicant& person) const;

 private:
  // On the unit sphere: the nearer along the chord, the nearer along the ground.
  using Vector = std::array<double, 3>;
  struct Place {
    Vector at{};
    VenueIndex venue;
  };
  struct TableRows {
    std::uint32_t first = 0;
    std::uint32_t end = 0;
    std::optional<Metres> nearest;
  };
  struct Best {
    double chord_squared = std::numeric_limits<double>::infinity();
    VenueIndex venue;
  };
  static Vector on_sphere(Point point);
  void grow(std::size_t first, std::size_t end, std::size_t axis);
  void descend(const Vector& from, std::size_t first, std::size_t end, std::size_t axis, Best& best) const;
  const TableRows* table_rows(const Applicant& person) const;

  const Exam& exam_;
  std::vector<Place> tree_;        // a k-d tree of the regular venues: every range has its root in the middle
  std::vector<TableRows> tables_;  // by origin; empty when the policy does not say `table`
};

}  // namespace hanjari::verification
