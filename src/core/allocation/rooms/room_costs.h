// What every further room costs a class, by which the rounding chooses.
#pragma once

#include <memory>
#include <vector>

#include "allocation/rooms/room_bound.h"
#include "allocation/rooms/rooming.h"

namespace hanjari::allocation {

class RoomCosts {
 public:
  virtual ~RoomCosts() = default;
  // Of the class's room number `room` (from 0) in the group. Further rooms cost no less.
  virtual Cost of(std::size_t people_class, std::size_t group, std::int32_t room) const = 0;
};

// Near the flow of A (`site_of`, by person): the cost of a room is what the next `capacity` people of the class pay
// there beyond their best choice at the prices, and a toll for seats beyond the flow.
std::unique_ptr<RoomCosts> costs_by_flow(const Rooming& rooming, const std::vector<std::uint32_t>& site_of,
                                         const std::vector<Cost>& group_price, int threads);

// Near the fractional optimum that the bound's steps have circled: the losses at the bound's prices, and a toll for
// rooms away from the mean. Better than the flow of A after some fifty steps.
std::unique_ptr<RoomCosts> costs_by_bound(const Rooming& rooming, const RoomBound& bound, int threads);

}  // namespace hanjari::allocation
