// The applicants of a sample.
#pragma once

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "hanjari/sample/sample.h"
#include "sample/dice.h"
#include "sample/places.h"
#include "sample/units.h"

namespace hanjari::sample {

// Places with neighbourhoods, drawn by how many people live there.
class Map {
 public:
  // `seed` decides where the neighbourhoods lie.
  Map(std::vector<Place> places, std::uint64_t seed);
  const std::vector<Place>& places() const { return places_; }
  std::size_t draw_place(Dice& dice) const { return dice.weighted(people_); }
  // A point of the place, `spread_m` around one of its neighbourhoods.
  Point draw_point(Dice& dice, std::size_t place, std::int64_t spread_m) const;

 private:
  struct Spot {
    std::int64_t lat_e6;
    std::int64_t lon_e6;
  };
  std::vector<Place> places_;
  std::vector<std::int64_t> people_;      // rising sums
  std::vector<std::vector<Spot>> spots_;  // by place
};

// Fills units, applicants and words.
void add_people(Exam& exam, const SampleRequest& request, const UnitPlan& plan, const Map& area, const Map& around,
                const Map& beyond, Progress& progress);

// How many rooms the people need when every room holds one unit, one duration and one multiplier.
struct RoomNeed {
  std::map<std::pair<int, int>, std::int64_t> extra_time;  // by duration and tenths: people with extra time
  std::map<std::pair<int, int>, std::int64_t> apart;       // the same, people of separate rooms and scribes
  // By unit, people with accommodations too: rooms for them are counted twice, so that they can sit near home.
  std::vector<std::int64_t> with_everybody;
  std::vector<std::int64_t> isolated;     // by unit: routed to isolation
  std::vector<std::int64_t> wheelchairs;  // by unit, without extra time
  std::int64_t wheelchairs_with_extra_time = 0;

  std::int64_t people_apart() const;
  std::int64_t exam_rooms(std::int64_t cap) const;
  std::int64_t accessible_rooms(std::int64_t cap) const;
  std::int64_t separate_rooms(std::int64_t cap) const;
  std::int64_t isolation_rooms(std::int64_t cap) const;
};
RoomNeed count_need(const Exam& exam);

}  // namespace hanjari::sample
