// Clears a class from a venue, or a venue of everybody, room after room: what no move of a single room can see, because
// the weight of a pair or a venue falls away with the last room only (README.md, B).
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "allocation/rooms/rooming.h"

namespace hanjari::allocation {

class BlockMoves {
 public:
  explicit BlockMoves(Rooming& rooming);

  // Whether the weights ask for any of it.
  static bool wanted(const Problem& problem);

  // Tries a slice of the venues. Returns the change of the cost: negative, or 0 when nothing improves.
  Cost run_slice();
  static constexpr std::size_t slices = 16;

  struct Changed {
    std::uint32_t people_class;
    std::uint32_t place;
  };
  // Places that the last slice has changed.
  const std::vector<Changed>& changed() const { return changed_; }

 private:
  // Where a room of the class goes: to a free room, or to one that another class leaves for the room given up.
  struct Option {
    Cost change = 0;  // at least
    std::uint32_t to = 0;
    std::optional<std::uint32_t> other;  // class
  };
  struct Counted {
    std::uint32_t people_class;
    std::uint32_t place;
    std::int32_t difference;
  };

  bool clear_class(std::uint32_t people_class, VenueIndex venue);
  bool close_venue(VenueIndex venue);
  bool move_rooms(std::uint32_t people_class, VenueIndex venue, bool only_free, Cost most, Cost& spent);
  std::optional<Cost> move_room(std::uint32_t people_class, std::uint32_t from, bool only_free, Cost most);
  void list_options(std::uint32_t people_class, std::uint32_t from, bool only_free);
  Cost take(std::uint32_t people_class, const Option& option, std::uint32_t from_group);
  Cost entering(std::uint32_t people_class, VenueIndex venue) const;
  Cost leaving(std::uint32_t people_class, VenueIndex venue) const;
  std::optional<std::uint32_t> place_of(std::uint32_t people_class, std::uint32_t group) const;
  void touch(std::uint32_t people_class);
  void count(std::uint32_t people_class, std::uint32_t place, std::int32_t difference);
  bool finish(bool accepted);

  Rooming& rooming_;
  std::size_t slice_ = 0;
  std::vector<std::vector<std::uint32_t>> place_;  // by class and group: place + 1
  std::vector<char> touched_;                      // by class: a trial is open
  std::vector<Counted> counted_;
  std::vector<Option> options_;
  std::vector<Changed> changed_;
};

}  // namespace hanjari::allocation
