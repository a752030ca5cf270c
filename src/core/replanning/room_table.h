// Which room belongs to which class: from counts to rooms, and the small exchanges that counts do not see.
#pragma once

#include <optional>
#include <vector>

#include "replanning/people_moves.h"
#include "replanning/room_choice.h"

namespace hanjari::replanning {

class RoomTable {
 public:
  // Every class has the rooms in which its people may stay; `residents` by room, class. Where two classes meet in a
  // room the larger one has it.
  RoomTable(const ChangeProblem& problem, const RoomChooser& chooser);
  // Gives every class what was chosen for it.
  void follow(const RoomChoice& choice);

  std::vector<GivenRoom> rooms_of(std::uint32_t people_class) const;
  std::uint32_t owner(RoomIndex room) const { return owner_[room.value]; }
  // More of a pool's or district's rooms are in use than may be.
  bool overdrawn() const;
  // A free room of the pool for the class; nothing when its rooms are all taken. Accessible ones last unless asked for.
  std::optional<RoomIndex> find_free(std::uint32_t pool, bool accessible) const;
  void give(RoomIndex room, std::uint32_t people_class, std::uint32_t pool);
  void exchange(RoomIndex a, RoomIndex b);
  // The room has no class any more.
  void release(RoomIndex room);
  // Pinned people keep the room for their class.
  bool is_held(RoomIndex room) const { return chooser_->held_for()[room.value] != none; }

 private:
  void take(RoomIndex room, std::uint32_t people_class, std::uint32_t pool);

  const ChangeProblem* problem_;
  const RoomChooser* chooser_;
  std::vector<std::uint32_t> owner_;    // class by room
  std::vector<std::uint32_t> pool_of_;  // by room, where it has an owner
  std::vector<Count> used_;             // by pool
  std::vector<Count> district_used_;
  std::vector<Count> residents_in_;  // by room: people who sat there and may stay
};

}  // namespace hanjari::replanning
