#include "replanning/room_table.h"

#include <algorithm>
#include <tuple>

namespace hanjari::replanning {
namespace {

bool pool_has(const RoomPool& pool, RoomIndex room) {
  return std::binary_search(pool.rooms.begin(), pool.rooms.end(), room);
}

}  // namespace

RoomTable::RoomTable(const ChangeProblem& problem, const RoomChooser& chooser)
    : problem_(&problem),
      chooser_(&chooser),
      owner_(problem.exam->rooms.size(), none),
      pool_of_(problem.exam->rooms.size(), none),
      used_(problem.pools.size(), 0),
      district_used_(problem.districts.size(), 0),
      residents_in_(problem.exam->rooms.size(), 0) {
  std::vector<Count> largest(owner_.size(), 0);
  for (const Residents& group : chooser.residents()) {
    const auto count = static_cast<Count>(group.people.size());
    residents_in_[group.room.value] += count;
    const std::uint32_t held = chooser.held_for()[group.room.value];
    if (held != none ? held != group.people_class : count <= largest[group.room.value]) continue;
    largest[group.room.value] = count;
    owner_[group.room.value] = group.people_class;
  }
  for (std::uint32_t room = 0; room < owner_.size(); ++room) {
    if (owner_[room] == none) continue;
    const VenueIndex venue = problem.exam->rooms[room].venue;
    const PeopleClass& people = problem.classes.list[owner_[room]];
    for (std::uint32_t pool = problem.first_pool[venue.value]; pool < problem.first_pool[venue.value + 1]; ++pool) {
      if (people.access(problem.pools[pool]) == Access::nobody || !pool_has(problem.pools[pool], RoomIndex(room)))
        continue;
      take(RoomIndex(room), owner_[room], pool);
      break;
    }
  }
}

void RoomTable::take(RoomIndex room, std::uint32_t people_class, std::uint32_t pool) {
  owner_[room.value] = people_class;
  pool_of_[room.value] = pool;
  ++used_[pool];
  const RoomPool& of = problem_->pools[pool];
  const std::uint32_t district = problem_->district_of[of.venue.value];
  if (district != none && of.routing == Routing::none && !of.assisted) ++district_used_[district];
}

void RoomTable::give(RoomIndex room, std::uint32_t people_class, std::uint32_t pool) {
  take(room, people_class, pool);
}

void RoomTable::exchange(RoomIndex a, RoomIndex b) {
  std::swap(owner_[a.value], owner_[b.value]);
  std::swap(pool_of_[a.value], pool_of_[b.value]);
}

void RoomTable::release(RoomIndex room) {
  const std::uint32_t pool = pool_of_[room.value];
  owner_[room.value] = pool_of_[room.value] = none;
  if (pool == none) return;
  --used_[pool];
  const RoomPool& of = problem_->pools[pool];
  const std::uint32_t district = problem_->district_of[of.venue.value];
  if (district != none && of.routing == Routing::none && !of.assisted) --district_used_[district];
}

void RoomTable::follow(const RoomChoice& choice) {
  std::vector<std::uint32_t> before = owner_;
  std::fill(used_.begin(), used_.end(), 0);
  std::fill(district_used_.begin(), district_used_.end(), 0);
  for (std::uint32_t room = 0; room < owner_.size(); ++room) {
    const bool stays = chooser_->held_for()[room] != none || problem_->shared_before[room] != 0;
    const std::uint32_t own = before[room];
    const std::uint32_t pool = pool_of_[room];
    owner_[room] = pool_of_[room] = none;
    if (stays && own != none && pool != none) take(RoomIndex(room), own, pool);
  }
  for (const ClassRooms& rooms : choice.rooms) {
    for (const RoomIndex room : rooms.kept) {
      if (owner_[room.value] == none) take(room, rooms.people_class, rooms.pool);
    }
  }
  // Whoever has more people waiting at the venue chooses first, and takes the larger room.
  struct Wish {
    std::uint32_t people_class;
    std::uint32_t pool;
    Count waiting;
    bool accessible;
  };
  std::vector<Count> waiting(problem_->classes.list.size() * problem_->exam->venues.size(), 0);
  std::vector<char> wheelchairs(problem_->classes.list.size(), 0);
  for (std::uint32_t person = 0; person < problem_->row_of.size(); ++person) {
    const std::uint32_t own = problem_->classes.of[person];
    const RoomIndex room = problem_->old_room[person];
    if (problem_->may_keep_room[person] != 0 && owner_[room.value] == own) continue;
    if (problem_->may_keep_venue[person] != 0)
      ++waiting[own * problem_->exam->venues.size() + problem_->old_venue[person].value];
    if (problem_->exam->applicants[person].accommodation.wheelchair) wheelchairs[own] = 1;
  }
  std::vector<Wish> wishes;
  for (const ClassRooms& rooms : choice.rooms) {
    for (Count i = 0; i < rooms.fresh; ++i) {
      const VenueIndex venue = problem_->pools[rooms.pool].venue;
      wishes.push_back({rooms.people_class, rooms.pool,
                        waiting[rooms.people_class * problem_->exam->venues.size() + venue.value],
                        wheelchairs[rooms.people_class] != 0 && i == 0});
    }
  }
  std::stable_sort(wishes.begin(), wishes.end(), [](const Wish& a, const Wish& b) {
    return std::tuple(a.pool, !a.accessible, -a.waiting) < std::tuple(b.pool, !b.accessible, -b.waiting);
  });
  for (const Wish& wish : wishes) {
    if (const auto room = find_free(wish.pool, wish.accessible)) take(*room, wish.people_class, wish.pool);
  }
}

std::optional<RoomIndex> RoomTable::find_free(std::uint32_t pool, bool accessible) const {
  const RoomPool& of = problem_->pools[pool];
  if (used_[pool] >= of.allowed) return std::nullopt;
  const std::uint32_t district = problem_->district_of[of.venue.value];
  if (district != none && of.routing == Routing::none && !of.assisted &&
      district_used_[district] >= problem_->district_allowed[district])
    return std::nullopt;
  const auto rank = [&](RoomIndex room) {
    const Room& candidate = (*problem_->exam)[room];
    return std::tuple(candidate.accessible != accessible, -problem_->capacity[room.value], residents_in_[room.value],
                      room);
  };
  std::optional<RoomIndex> best;
  for (const RoomIndex room : of.rooms) {
    if (owner_[room.value] != none || problem_->shared_before[room.value] != 0) continue;
    if (!best || rank(room) < rank(*best)) best = room;
  }
  return best;
}

std::vector<GivenRoom> RoomTable::rooms_of(std::uint32_t people_class) const {
  std::vector<GivenRoom> rooms;
  const PeopleClass& people = problem_->classes.list[people_class];
  for (std::uint32_t room = 0; room < owner_.size(); ++room) {
    if (owner_[room] != people_class || pool_of_[room] == none || problem_->shared_before[room] != 0) continue;
    const bool some = people.access(problem_->pools[pool_of_[room]]) == Access::some;
    rooms.push_back({RoomIndex(room), some});
  }
  return rooms;
}

bool RoomTable::overdrawn() const {
  for (std::size_t pool = 0; pool < used_.size(); ++pool) {
    if (used_[pool] > problem_->pools[pool].allowed) return true;
  }
  for (std::size_t district = 0; district < district_used_.size(); ++district) {
    if (district_used_[district] > problem_->district_allowed[district]) return true;
  }
  return false;
}

}  // namespace hanjari::replanning
