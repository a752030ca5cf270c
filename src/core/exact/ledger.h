// Which rooms are still to be given to whom, when they are given one by one.
#pragma once

#include <vector>

#include "exact/integer_program.h"

namespace hanjari::exact {

class Ledger {
 public:
  Ledger(const Reading& reading, const Model& model)
      : reading_(reading),
        model_(model),
        slot_taken_(model.slots.size(), 0),
        others_(reading.others_allowed),
        district_others_(reading.district_others),
        district_reserve_(reading.district_reserve),
        reserve_used_(reading.others_allowed.size(), 0) {
    for (const RoomKind& kind : reading.kinds) left_.push_back(static_cast<std::int64_t>(kind.rooms.size()));
  }

  bool may_add(std::uint32_t number) const {
    const Bin& bin = model_.bins[number];
    if (left_[bin.kind] == 0 || (bin.slot != nothing && slot_taken_[bin.slot] != 0)) return false;
    const RoomKind& kind = reading_.kinds[bin.kind];
    if (!kind.may_be_set_aside) return true;
    const std::uint32_t district = reading_.district_of[kind.venue.value];
    if (!is_reserve(bin)) return others_[kind.venue.value] > 0 && district_others_[district] > 0;
    return reserve_used_[kind.venue.value] < reading_.venue_reserve || district_reserve_[district] > 0;
  }

  void add(std::uint32_t number) {
    const Bin& bin = model_.bins[number];
    const RoomKind& kind = reading_.kinds[bin.kind];
    --left_[bin.kind];
    if (bin.slot != nothing) slot_taken_[bin.slot] = 1;
    if (!kind.may_be_set_aside) return;
    const std::uint32_t district = reading_.district_of[kind.venue.value];
    if (!is_reserve(bin)) {
      --others_[kind.venue.value];
      --district_others_[district];
    } else if (++reserve_used_[kind.venue.value] > reading_.venue_reserve) {
      --district_reserve_[district];
    }
  }

  // Takes all the rooms, `rooms` by bin; false when they are not there.
  bool add_all(const std::vector<std::int64_t>& rooms) {
    for (std::uint32_t bin = 0; bin < rooms.size(); ++bin) {
      for (std::int64_t room = 0; room < rooms[bin]; ++room) {
        if (!may_add(bin)) return false;
        add(bin);
      }
    }
    return true;
  }

 private:
  bool is_reserve(const Bin& bin) const {
    const std::uint32_t company = bin.company != nothing ? bin.company : reading_.types[bin.shares[0].type].company;
    return reading_.companies[company].routing == Routing::reserve;
  }

  const Reading& reading_;
  const Model& model_;
  std::vector<std::int64_t> left_;  // by kind
  std::vector<char> slot_taken_;
  std::vector<std::int64_t> others_;  // by venue
  std::vector<std::int64_t> district_others_;
  std::vector<std::int64_t> district_reserve_;
  std::vector<std::int64_t> reserve_used_;  // by venue
};

}  // namespace hanjari::exact
