// Which rooms every class keeps and where it gets new ones, so that the fewest people move: one min-cost flow whose
// unit is a room (README.md, Rooms).
#pragma once

#include <vector>

#include "hanjari/domain/policy.h"
#include "hanjari/seating/reseat.h"
#include "replanning/change_problem.h"
#include "replanning/min_cost_flow.h"

namespace hanjari::replanning {

// plan: what is to be carried out. bound: whatever could make a plan cheaper is allowed, so that no plan costs less.
enum class Aim { plan, bound };

// People of one class who sat in one room and may stay in it.
struct Residents {
  RoomIndex room;
  std::uint32_t people_class = 0;
  std::vector<std::uint32_t> people;  // applicants, ascending
  Count pinned = 0;
  Count keep_seats = 0;  // how many of them could keep their seats, whatever happens to the others
};

// What a room that is not chosen yet is taken to hold: the average of its venue, which other classes want too, or the
// largest.
enum class SeatEstimate { average, largest };

// Rooms of one class in one pool.
struct ClassRooms {
  std::uint32_t people_class = 0;
  std::uint32_t pool = 0;
  std::vector<RoomIndex> kept;  // with people of the class who stay
  Count fresh = 0;              // further rooms of the pool
};

struct RoomChoice {
  std::vector<ClassRooms> rooms;  // by class, pool
  Count weighted = 0;             // sum of change weights, constants included
  Count unseated = 0;             // people beyond the seats of all rooms
  std::vector<Count> additions;   // by pool: rooms to be added, when asked for
};

// What a further room costs a class in a pool when the change weights leave a choice: a travel estimate.
struct FreshCosts {
  std::size_t pools = 0;
  std::vector<Amount> cost;  // by class, pool
  Amount most = 0;
  Amount operator()(std::size_t people_class, std::size_t pool) const {
    return cost.empty() ? 0 : cost[people_class * pools + pool];
  }
};

class VenueCosts;

class RoomChooser {
 public:
  RoomChooser(const ChangeProblem& problem, Aim aim, seating::Reseating& seats);

  struct Request {
    ChangeWeights weights;
    const FreshCosts* fresh = nullptr;
    // By class: seats to be planned for beyond the number of people; 0 by default.
    const std::vector<Count>* extra_seats = nullptr;
    SeatEstimate estimate = SeatEstimate::largest;  // a bound needs the largest
    // Rooms may be added to every pool, as few as possible, so that everybody has a seat.
    bool additions = false;
  };
  RoomChoice choose(const Request& request) const;

  const std::vector<Residents>& residents() const { return residents_; }
  // By room: the class that pinned people hold it for; `none`.
  const std::vector<std::uint32_t>& held_for() const { return held_for_; }
  // Rooms that pinned people of two classes hold, that hold more pinned people than they may, or pinned people who may
  // not be there.
  const std::vector<RoomIndex>& impossible_pins() const { return impossible_pins_; }

 private:
  struct Network;
  const Classes& classes() const;
  bool counts(std::uint32_t person) const;
  void find_residents(seating::Reseating& seats);
  void hold_pinned();
  Count constant(const ChangeWeights& weights) const;

  const ChangeProblem& problem_;
  Aim aim_;
  std::vector<char> plain_only_;         // by class: its people with accommodations are left out of the flow
  std::vector<Residents> residents_;     // by room, class
  std::vector<std::uint32_t> held_for_;  // by room
  std::vector<RoomIndex> impossible_pins_;
  std::vector<std::vector<Count>> people_at_;  // by class, venue: may stay at the venue
  std::vector<Count> people_of_;               // by class: to be seated by the flow
};

// What a further room is worth to a class by travel: the sum over the people who would gain most there.
FreshCosts estimate_fresh_costs(const ChangeProblem& problem, const RoomChooser& chooser, const VenueCosts& costs,
                                int threads);

}  // namespace hanjari::replanning
