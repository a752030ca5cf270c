#include "replanning/room_exchange.h"

#include <algorithm>
#include <bit>
#include <map>
#include <optional>
#include <tuple>

namespace hanjari::replanning {
namespace {

using Mask = std::uint32_t;  // of the rooms of one window

// Rooms and classes of a window around people who move.
constexpr std::size_t window_rooms = 6;
constexpr std::size_t window_classes = 4;

}  // namespace

ClassOutcome& ClassOutcome::operator+=(const ClassOutcome& other) {
  unseated += other.unseated;
  weighted += other.weighted;
  travel += other.travel;
  return *this;
}

// The pool that people without routing use the room in; `none` for other rooms.
std::uint32_t RoomExchange::pool_for(RoomIndex room) const {
  const VenueIndex venue = (*problem_.exam)[room].venue;
  for (std::uint32_t pool = problem_.first_pool[venue.value]; pool < problem_.first_pool[venue.value + 1]; ++pool) {
    const RoomPool& of = problem_.pools[pool];
    if (of.routing == Routing::none && std::binary_search(of.rooms.begin(), of.rooms.end(), room)) return pool;
  }
  return none;
}

// Free, or with a class that may give it away. Rooms of pinned people, of people with a routing, and rooms that units
// share stay what they are.
bool RoomExchange::is_open(RoomIndex room) const {
  if (problem_.shared_before[room.value] != 0 || problem_.capacity[room.value] == 0 || table_.is_held(room))
    return false;
  const std::uint32_t owner = table_.owner(room);
  return owner == none || problem_.classes.list[owner].routing == Routing::none;
}

ClassOutcome RoomExchange::outcome_of(std::uint32_t people_class, const std::vector<RoomIndex>& room_of) const {
  const Exam& exam = *problem_.exam;
  const ChangeWeights& weights = exam.policy.change_weights;
  ClassOutcome outcome;
  for (const std::uint32_t person : problem_.classes.list[people_class].people) {
    const RoomIndex room = room_of[person];
    if (!room.exists()) {
      ++outcome.unseated;
      continue;
    }
    outcome.travel += costs_(person, exam[room].venue);
    if (problem_.row_of[person] == none || room == problem_.old_room[person]) continue;
    outcome.weighted += exam[room].venue == problem_.old_venue[person] ? weights.room : weights.venue;
  }
  return outcome;
}

ClassOutcome RoomExchange::try_rooms(std::uint32_t people_class, const std::vector<RoomIndex>& rooms,
                                     std::vector<RoomIndex>& room_of) {
  const PeopleClass& people = problem_.classes.list[people_class];
  std::vector<GivenRoom> given;
  for (const RoomIndex room : rooms) {
    const std::uint32_t pool = pool_for(room);
    given.push_back({room, people.access(problem_.pools[pool]) == Access::some});
  }
  for (const std::uint32_t person : people.people) room_of[person] = RoomIndex::none();
  move_people(problem_, people, given, costs_, seats_, room_of);
  ClassOutcome outcome = outcome_of(people_class, room_of);
  outcome.travel += problem_.exam->policy.weights.room * static_cast<std::int64_t>(rooms.size());
  return outcome;
}

bool RoomExchange::divide(std::vector<RoomIndex> rooms, const std::vector<std::uint32_t>& classes) {
  std::sort(rooms.begin(), rooms.end());
  const Mask all = (Mask{1} << rooms.size()) - 1;
  std::vector<std::uint32_t> pools;
  for (const RoomIndex room : rooms) pools.push_back(pool_for(room));

  // Rooms of a class outside the window, and what it has of the window now.
  std::vector<std::vector<RoomIndex>> fixed(classes.size());
  std::vector<Mask> now(classes.size(), 0);
  std::vector<Mask> usable(classes.size(), 0);
  for (std::size_t i = 0; i < classes.size(); ++i) {
    for (const GivenRoom& given : table_.rooms_of(classes[i])) {
      const auto at = std::lower_bound(rooms.begin(), rooms.end(), given.room);
      if (at == rooms.end() || *at != given.room) {
        fixed[i].push_back(given.room);
      } else {
        now[i] |= Mask{1} << (at - rooms.begin());
      }
    }
    for (std::size_t room = 0; room < rooms.size(); ++room) {
      if (problem_.classes.list[classes[i]].access(problem_.pools[pools[room]]) != Access::nobody)
        usable[i] |= Mask{1} << room;
    }
  }

  // Rooms of a pool or a district that may be in use at once.
  const auto allowed = [&](Mask used) {
    RoomTable table = table_;
    for (std::size_t room = 0; room < rooms.size(); ++room) {
      if (table.owner(rooms[room]) != none) table.release(rooms[room]);
      if ((used >> room & 1) != 0) table.give(rooms[room], classes.front(), pools[room]);
    }
    return !table.overdrawn();
  };

  // best[used] after some classes: the least they come to with exactly these rooms; `with` says what the last one had.
  std::vector<std::optional<ClassOutcome>> best(std::size_t{all} + 1);
  std::vector<std::vector<Mask>> with(classes.size(), std::vector<Mask>(std::size_t{all} + 1, 0));
  best[0] = ClassOutcome{};
  std::vector<RoomIndex> room_of = room_of_;
  for (std::size_t i = 0; i < classes.size(); ++i) {
    const PeopleClass& people = problem_.classes.list[classes[i]];
    const Count unseated_now = outcome_of(classes[i], room_of_).unseated;
    Count seats_fixed = 0;
    for (const RoomIndex room : fixed[i]) seats_fixed += problem_.capacity[room.value];
    std::vector<std::optional<ClassOutcome>> alone(best.size());
    for (Mask mask = 0; mask <= all; ++mask) {
      if ((mask & ~usable[i]) != 0) continue;
      Count seats = seats_fixed;
      std::vector<RoomIndex> given = fixed[i];
      for (std::size_t room = 0; room < rooms.size(); ++room) {
        if ((mask >> room & 1) == 0) continue;
        seats += problem_.capacity[rooms[room].value];
        given.push_back(rooms[room]);
      }
      if (seats + unseated_now < static_cast<Count>(people.people.size())) continue;
      std::sort(given.begin(), given.end());
      alone[mask] = try_rooms(classes[i], given, room_of);
    }
    std::vector<std::optional<ClassOutcome>> next(best.size());
    for (Mask used = 0; used <= all; ++used) {
      if (!best[used]) continue;
      const Mask rest = all & ~used;
      for (Mask mask = rest;; mask = (mask - 1) & rest) {
        if (alone[mask]) {
          ClassOutcome sum = *best[used];
          sum += *alone[mask];
          auto& entry = next[used | mask];
          if (!entry || sum < *entry) {
            entry = sum;
            with[i][used | mask] = mask;
          }
        }
        if (mask == 0) break;
      }
    }
    best = std::move(next);
  }

  ClassOutcome before;
  for (std::size_t i = 0; i < classes.size(); ++i) {
    before += outcome_of(classes[i], room_of_);
    before.travel += problem_.exam->policy.weights.room * (std::ssize(fixed[i]) + std::popcount(now[i]));
  }
  std::optional<Mask> chosen;
  for (Mask used = 0; used <= all; ++used) {
    if (!best[used] || !(*best[used] < (chosen ? *best[*chosen] : before)) || !allowed(used)) continue;
    chosen = used;
  }
  if (!chosen) return false;
  for (const RoomIndex room : rooms) {
    if (table_.owner(room) != none) table_.release(room);
  }
  Mask used = *chosen;
  for (std::size_t i = classes.size(); i-- > 0;) {
    const Mask mask = with[i][used];
    std::vector<RoomIndex> given = fixed[i];
    for (std::size_t room = 0; room < rooms.size(); ++room) {
      if ((mask >> room & 1) == 0) continue;
      table_.give(rooms[room], classes[i], pools[room]);
      given.push_back(rooms[room]);
    }
    std::sort(given.begin(), given.end());
    try_rooms(classes[i], given, room_of_);
    used &= ~mask;
  }
  return true;
}

// The rooms of the class at the venue, free ones, and those of other classes that fewest people would have to leave.
bool RoomExchange::divide_around(std::uint32_t people_class, VenueIndex venue) {
  const Exam& exam = *problem_.exam;
  std::vector<Count> people_in(exam.venues[venue.value].room_count, 0);
  const std::uint32_t first = exam.venues[venue.value].first_room;
  std::vector<std::uint32_t> owners;
  for (std::uint32_t i = 0; i < people_in.size(); ++i) {
    const std::uint32_t owner = table_.owner(RoomIndex(std::size_t{first} + i));
    if (owner != none && std::find(owners.begin(), owners.end(), owner) == owners.end()) owners.push_back(owner);
  }
  bool wheelchair = false;
  for (const std::uint32_t owner : owners) {
    for (const std::uint32_t person : problem_.classes.list[owner].people) {
      const RoomIndex room = room_of_[person];
      if (room.exists() && exam[room].venue == venue) ++people_in[room.value - first];
    }
  }
  for (const std::uint32_t person : problem_.classes.list[people_class].people) {
    wheelchair = wheelchair ||
                 (exam.applicants[person].accommodation.wheelchair && room_of_[person] != problem_.old_room[person]);
  }
  struct Choice {
    int order;
    Count people;
    RoomIndex room;
  };
  std::vector<Choice> choices;
  for (std::uint32_t i = 0; i < people_in.size(); ++i) {
    const RoomIndex room(std::size_t{first} + i);
    if (!is_open(room) || pool_for(room) == none) continue;
    const std::uint32_t owner = table_.owner(room);
    const bool wanted = wheelchair && exam[room].accessible;
    choices.push_back({wanted ? 0 : owner == none ? 1 : owner == people_class ? 2 : 3, people_in[i], room});
  }
  std::sort(choices.begin(), choices.end(), [](const Choice& a, const Choice& b) {
    return std::tie(a.order, a.people, a.room) < std::tie(b.order, b.people, b.room);
  });
  // Two of every kind, then whatever comes first.
  std::vector<RoomIndex> rooms;
  std::vector<std::uint32_t> classes{people_class};
  const auto add = [&](const Choice& choice) {
    if (rooms.size() == window_rooms || std::find(rooms.begin(), rooms.end(), choice.room) != rooms.end()) return;
    const std::uint32_t owner = table_.owner(choice.room);
    if (owner != none && std::find(classes.begin(), classes.end(), owner) == classes.end()) {
      if (classes.size() == window_classes) return;
      classes.push_back(owner);
    }
    rooms.push_back(choice.room);
  };
  for (int order = 0; order < 4; ++order) {
    int taken = 0;
    for (const Choice& choice : choices) {
      if (choice.order == order && taken++ < 2) add(choice);
    }
  }
  for (const Choice& choice : choices) add(choice);
  if (rooms.size() < 2) return false;
  std::int64_t people = 0;
  for (const std::uint32_t number : classes)
    people += static_cast<std::int64_t>(problem_.classes.list[number].people.size()) << rooms.size();
  if (people > people_left_) return false;
  people_left_ -= people;
  return divide(rooms, classes);
}

bool RoomExchange::improve(std::int64_t most_people) {
  people_left_ = most_people;
  const Exam& exam = *problem_.exam;
  std::vector<RoomIndex> open;
  for (std::uint32_t room = 0; room < exam.rooms.size(); ++room) {
    if (is_open(RoomIndex(room)) && pool_for(RoomIndex(room)) != none) open.push_back(RoomIndex(room));
    if (open.size() > most_rooms) break;
  }
  if (open.size() <= most_rooms) {
    std::vector<std::uint32_t> classes;
    for (std::uint32_t number = 0; number < problem_.classes.list.size(); ++number) {
      const PeopleClass& people = problem_.classes.list[number];
      if (people.routing == Routing::none && !people.people.empty()) classes.push_back(number);
    }
    return !open.empty() && !classes.empty() && divide(open, classes);
  }
  // By class and venue: what is paid for those who alone could have stayed.
  bool any = false;
  for (bool better = true; better && people_left_ > 0;) {
    better = false;
    std::map<std::pair<std::uint32_t, VenueIndex>, Count> paid;
    for (std::uint32_t person = 0; person < room_of_.size(); ++person) {
      if (problem_.row_of[person] == none ||
          problem_.classes.list[problem_.classes.of[person]].routing != Routing::none)
        continue;
      const RoomIndex room = room_of_[person];
      if (room.exists() && room == problem_.old_room[person]) continue;
      const bool away = !room.exists() || exam[room].venue != problem_.old_venue[person];
      const bool needless = problem_.may_keep_room[person] != 0 || (problem_.may_keep_venue[person] != 0 && away);
      if (!needless) continue;
      paid[{problem_.classes.of[person], problem_.old_venue[person]}] += !room.exists() ? 1'000'000
                                                                         : away ? exam.policy.change_weights.venue
                                                                                : exam.policy.change_weights.room;
    }
    std::vector<std::pair<Count, std::pair<std::uint32_t, VenueIndex>>> worst;
    for (const auto& [where, sum] : paid) worst.emplace_back(-sum, where);
    std::sort(worst.begin(), worst.end());
    for (const auto& [sum, where] : worst) {
      if (people_left_ <= 0) break;
      if (divide_around(where.first, where.second)) better = any = true;
    }
  }
  return any;
}

}  // namespace hanjari::replanning
