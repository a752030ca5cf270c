// The rules of an exam as a linear programme whose whole solutions are the plans.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "exact/reading.h"
#include "exact/simplex.h"

namespace hanjari::exact {

enum Level : std::uint8_t { level_unseated, level_changed, level_farther, level_over_cap, level_total };
constexpr std::size_t levels = 5;

// People of a type in a bin.
struct Share {
  std::uint32_t type = 0;
  std::uint32_t place = 0;  // of the type
  std::uint32_t column = 0;
};

// Rooms of a kind that one company has, or the one room of a kind in which companies of a sharing meet.
struct Bin {
  std::uint32_t kind = 0;
  std::uint32_t company = nothing;
  std::uint32_t slot = nothing;
  std::int64_t seats = 0;   // of one room; no more than there are people for it
  std::uint32_t rooms = 0;  // column: how many rooms
  std::vector<Share> shares{};
};

// A room of a venue in which units may meet. Each unit may be in one of the slots of a venue.
struct Slot {
  VenueIndex venue;
  std::uint32_t sharing = 0;
  std::map<UnitIndex, std::uint32_t> member;  // column by unit; empty where every unit may always be in it
};

class Model {
 public:
  explicit Model(const Reading& reading);

  Simplex lp;
  std::vector<Bin> bins;
  std::vector<Slot> slots;
  std::vector<std::uint32_t> whole;                                     // columns that decide everything, ascending
  std::vector<char> priority;                                           // by column: which to decide first
  std::vector<std::uint32_t> venue_open;                                // by venue: column, or `nothing`
  std::map<std::pair<UnitIndex, VenueIndex>, std::uint32_t> pair_open;  // column
  std::vector<std::uint32_t> unseated;                                  // by type: column
  std::array<std::vector<std::int64_t>, levels> cost;                   // by column

  // By column: what the levels after this one prefer, in parts of one that add up to less than one over any plan.
  std::vector<double> guide(Level level) const;
  // A plan may cost no more than so much on the level.
  void limit(Level level, std::int64_t most);
  // Adds rows that the present values break; how many.
  std::size_t cut();

 private:
  std::uint32_t add_column(std::int64_t upper, bool is_whole, char of_priority = 0);
  void make_bins();
  void make_slots();
  void add_share(Bin& bin, std::uint32_t type, std::uint32_t place);
  void make_openings();
  void add_demands();
  void add_capacities();
  void add_kinds();
  void add_reserve();
  void add_members();
  void add_pairs();
  void add_fewest();
  void add_fewest_of(const std::vector<std::uint32_t>& companies);
  void set_costs();

  struct Cut {
    double broken;
    std::vector<Entry> entries;
  };
  void cut_shares(std::vector<Cut>& cuts) const;
  void cut_openings(std::vector<Cut>& cuts) const;
  void cut_members(std::vector<Cut>& cuts) const;

  const Reading& reading_;
};

}  // namespace hanjari::exact
