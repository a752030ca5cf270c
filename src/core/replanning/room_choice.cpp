#include "replanning/room_choice.h"

#include <algorithm>
#include <functional>
#include <map>
#include <numeric>

#include "replanning/people_moves.h"
#include "replanning/workers.h"

namespace hanjari::replanning {
namespace {

constexpr std::size_t sample_size = 2'000;  // people of a class whose travel says what a new room is worth
constexpr Metres travel_step = 100;         // metres

// No weight above the one of a higher change: whoever changes venue need not be counted as changing room.
ChangeWeights in_order(ChangeWeights weights) {
  weights.room = std::min(weights.room, weights.venue);
  weights.seat = std::min(weights.seat, weights.room);
  return weights;
}

// Seats of the next room, of the one after it and so on.
std::vector<Count> seats_by_rank(std::vector<int> capacities, SeatEstimate estimate) {
  std::sort(capacities.rbegin(), capacities.rend());
  std::vector<Count> seats(capacities.begin(), capacities.end());
  if (estimate == SeatEstimate::largest || seats.empty()) return seats;
  const Count sum = std::accumulate(seats.begin(), seats.end(), Count{0});
  std::fill(seats.begin(), seats.end(), sum / static_cast<Count>(seats.size()));
  return seats;
}

}  // namespace

RoomChooser::RoomChooser(const ChangeProblem& problem, Aim aim, seating::Reseating& seats)
    : problem_(problem), aim_(aim), held_for_(problem.exam->rooms.size(), none) {
  const auto& list = classes().list;
  plain_only_.assign(list.size(), 0);
  for (std::size_t i = 0; i < list.size(); ++i) {
    plain_only_[i] =
        aim == Aim::bound && std::any_of(problem.pools.begin(), problem.pools.end(),
                                         [&](const RoomPool& pool) { return list[i].access(pool) == Access::some; });
  }
  find_residents(seats);
  hold_pinned();
  people_at_.assign(list.size(), std::vector<Count>(problem.exam->venues.size(), 0));
  people_of_.assign(list.size(), 0);
  std::vector<char> settled(problem.exam->applicants.size(), 0);  // stays outside the flow
  if (aim == Aim::plan) {
    for (const Residents& group : residents_) {
      const RoomPool* pool = nullptr;
      const VenueIndex venue = (*problem.exam)[group.room].venue;
      for (std::uint32_t i = problem.first_pool[venue.value]; i < problem.first_pool[venue.value + 1]; ++i) {
        const auto& rooms = problem.pools[i].rooms;
        if (problem.pools[i].routing == list[group.people_class].routing &&
            std::binary_search(rooms.begin(), rooms.end(), group.room))
          pool = &problem.pools[i];
      }
      const bool aside = pool != nullptr && list[group.people_class].access(*pool) == Access::some;
      if (!aside && problem.shared_before[group.room.value] == 0) continue;
      for (const std::uint32_t person : group.people) settled[person] = 1;
    }
  }
  for (std::uint32_t person = 0; person < problem.exam->applicants.size(); ++person) {
    if (!counts(person) || settled[person] != 0) continue;
    const std::uint32_t own = classes().of[person];
    ++people_of_[own];
    if (problem.may_keep_venue[person] != 0) ++people_at_[own][problem.old_venue[person].value];
  }
}

const Classes& RoomChooser::classes() const {
  return aim_ == Aim::bound ? problem_.classes_of_bound : problem_.classes;
}

bool RoomChooser::counts(std::uint32_t person) const {
  return plain_only_[classes().of[person]] == 0 || !problem_.exam->applicants[person].accommodation.any();
}

void RoomChooser::find_residents(seating::Reseating& seats) {
  std::vector<std::uint32_t> people;
  for (std::uint32_t person = 0; person < problem_.may_keep_room.size(); ++person) {
    if (problem_.may_keep_room[person] != 0 && counts(person)) people.push_back(person);
  }
  const auto key = [&](std::uint32_t person) {
    return std::pair(problem_.old_room[person].value, classes().of[person]);
  };
  std::stable_sort(people.begin(), people.end(), [&](std::uint32_t a, std::uint32_t b) { return key(a) < key(b); });
  std::vector<int> seat_nos;
  for (std::size_t i = 0; i < people.size();) {
    Residents group{.room = problem_.old_room[people[i]], .people_class = classes().of[people[i]]};
    seat_nos.clear();
    for (const auto own = key(people[i]); i < people.size() && key(people[i]) == own; ++i) {
      group.people.push_back(people[i]);
      group.pinned += problem_.pinned[people[i]];
      seat_nos.push_back(problem_.old_seat[people[i]]);
    }
    group.keep_seats = seats.most_that_can_stay(group.room, seat_nos);
    residents_.push_back(std::move(group));
  }
}

// Rooms with pinned people stay what they are, outside the flow.
void RoomChooser::hold_pinned() {
  const auto refuse = [&](RoomIndex room) {
    if (impossible_pins_.empty() || impossible_pins_.back() != room) impossible_pins_.push_back(room);
  };
  for (const Residents& group : residents_) {
    if (group.pinned == 0) continue;
    std::uint32_t& held = held_for_[group.room.value];
    if (held != none || group.pinned > problem_.capacity[group.room.value]) {
      refuse(group.room);
    } else {
      held = group.people_class;
    }
  }
}

// What is paid whatever the rooms are: by people who can stay neither in their room nor at their venue, and the full
// venue change of everybody else, from which the flow takes away.
Count RoomChooser::constant(const ChangeWeights& weights) const {
  Count sum = 0;
  for (std::uint32_t person = 0; person < problem_.row_of.size(); ++person) {
    if (problem_.row_of[person] == none) continue;
    if (problem_.may_keep_venue[person] == 0) {
      sum += weights.venue;
    } else if (!counts(person) && problem_.may_keep_room[person] == 0) {
      sum += weights.room;
    }
  }
  for (const auto& at : people_at_) sum += weights.venue * std::accumulate(at.begin(), at.end(), Count{0});
  return sum;
}

// The network of one request.
struct RoomChooser::Network {
  Network(const RoomChooser& chooser_in, const Request& request_in)
      : chooser(chooser_in), problem(chooser_in.problem_), request(request_in), weights(in_order(request_in.weights)) {}

  struct KeptArc {
    MinCostFlow::Arc arc;
    std::size_t residents;
    std::uint32_t pool;
  };
  struct FreshArc {
    MinCostFlow::Arc arc;
    std::uint32_t people_class;
    std::uint32_t pool;
  };

  const RoomChooser& chooser;
  const ChangeProblem& problem;
  const Request& request;
  ChangeWeights weights;
  MinCostFlow flow;
  Amount scale = 1;     // of the change weights over fresh costs
  Amount addition = 0;  // cost of a room that is added
  Amount unseated = 0;  // cost of a person without a seat
  MinCostFlow::Node source = 0;
  MinCostFlow::Node sink = 0;
  std::vector<MinCostFlow::Node> pool_node;
  std::vector<MinCostFlow::Arc> addition_arc;
  std::map<std::uint32_t, MinCostFlow::Node> contested;  // by room
  std::vector<KeptArc> kept_arcs;
  std::vector<FreshArc> fresh_arcs;
  std::vector<Count> pool_allowed;
  Count gained = 0;           // change weights saved by rooms that are held outside the flow
  Count unseated_people = 0;  // if no class had a room beyond those held
  struct Gain {
    MinCostFlow::Arc arc;
    Count weighted;  // saved per room
    Count seats;
  };
  std::vector<Gain> gains;

  MinCostFlow::Arc add_gain(MinCostFlow::Node from, MinCostFlow::Node to, Count rooms, Count weighted, Count seats) {
    const auto arc = flow.add_arc(from, to, rooms, -weighted * scale - seats * unseated);
    gains.push_back({arc, weighted, seats});
    return arc;
  }

  // In any exchange of rooms every class and every venue takes part once, so a cost that outweighs such an exchange
  // comes before everything on lower levels.
  void set_scale() {
    Amount largest = 1;
    for (const int capacity : problem.capacity) largest = std::max<Amount>(largest, capacity);
    const auto steps = static_cast<Amount>(
        2 * std::min(chooser.classes().list.size(), std::max<std::size_t>(problem.pools.size(), 1)) + 4);
    if (request.fresh != nullptr) scale = request.fresh->most * steps + 1;
    addition = (weights.venue * largest * steps + 1) * scale;
    unseated = 2 * addition + weights.venue * scale;
  }

  void add_pools() {
    Count rooms = 1;
    for (const RoomPool& pool : problem.pools) {
      pool_allowed.push_back(chooser.aim_ == Aim::bound ? pool.allowed_at_best : pool.allowed);
    }
    std::vector<Count> district_allowed = problem.district_allowed;
    const auto take = [&](RoomIndex room, std::uint32_t of_class) {  // a room that is held outside the flow
      const VenueIndex venue = (*problem.exam)[room].venue;
      for (std::uint32_t i = problem.first_pool[venue.value]; i < problem.first_pool[venue.value + 1]; ++i) {
        const RoomPool& pool = problem.pools[i];
        if (of_class != none && pool.routing != chooser.classes().list[of_class].routing) continue;
        if (!std::binary_search(pool.rooms.begin(), pool.rooms.end(), room)) continue;
        pool_allowed[i] = std::max<Count>(0, pool_allowed[i] - 1);
        if (pool.routing == Routing::none && problem.district_of[venue.value] != none && !pool.assisted)
          --district_allowed[problem.district_of[venue.value]];
        return;
      }
    };
    for (std::uint32_t room = 0; room < problem.exam->rooms.size(); ++room) {
      if (chooser.held_for_[room] != none) {
        take(RoomIndex(room), chooser.held_for_[room]);
      } else if (chooser.aim_ == Aim::plan && problem.shared_before[room] != 0) {
        take(RoomIndex(room), none);
      }
    }
    for (const Count allowed : pool_allowed) rooms += allowed;
    Count additions = 0;
    if (request.additions) {
      for (const Count people : chooser.people_of_) additions += people;
    }
    source = flow.add_node(rooms + additions);
    sink = flow.add_node(-(rooms + additions));
    flow.add_arc(source, sink, rooms + additions, 0);
    std::vector<MinCostFlow::Node> district_node;
    for (const Count allowed : district_allowed) {
      district_node.push_back(flow.add_node());
      flow.add_arc(district_node.back(), sink, std::max<Count>(0, allowed), 0);
    }
    for (std::uint32_t i = 0; i < problem.pools.size(); ++i) {
      const RoomPool& pool = problem.pools[i];
      pool_node.push_back(flow.add_node());
      const std::uint32_t district = problem.district_of[pool.venue.value];
      const bool in_district = district != none && pool.routing == Routing::none && !pool.assisted;
      flow.add_arc(pool_node[i], in_district ? district_node[district] : sink, pool_allowed[i], 0);
      addition_arc.push_back(request.additions ? flow.add_arc(pool_node[i], sink, no_limit, addition) : 0);
    }
  }

  // Adds what the rooms of the pool hold that nobody is pinned to.
  void collect_capacities(const RoomPool& pool, std::vector<int>& capacities) const {
    for (const RoomIndex room : pool.rooms) {
      if (chooser.held_for_[room.value] == none) capacities.push_back(problem.capacity[room.value]);
    }
  }

  // Every further room of a class saves people from being unseated.
  MinCostFlow::Node add_class(std::uint32_t number) {
    const PeopleClass& people = chooser.classes().list[number];
    const auto node = flow.add_node();
    std::vector<int> capacities;
    for (const RoomPool& pool : problem.pools) {
      if (people.access(pool) == Access::everybody) collect_capacities(pool, capacities);
    }
    Count left = chooser.people_of_[number] + (request.extra_seats != nullptr ? (*request.extra_seats)[number] : 0);
    for (std::uint32_t room = 0; room < chooser.held_for_.size(); ++room) {
      if (chooser.held_for_[room] == number) left -= problem.capacity[room];
    }
    unseated_people += std::max<Count>(0, left);
    Count rooms = 0;
    Count gain = 0;
    const auto add = [&](Count next_gain) {
      if (rooms > 0 && next_gain != gain) {
        add_gain(source, node, rooms, 0, gain);
        rooms = 0;
      }
      gain = next_gain;
      ++rooms;
    };
    const std::vector<Count> seats = seats_by_rank(capacities, request.estimate);
    for (const Count here : seats) {
      if (left <= 0) break;
      add(std::min(here, left));
      left -= here;
    }
    // Rooms that would have to be added are like the largest there are.
    const Count largest = seats.empty() ? 0 : seats.front();
    for (; request.additions && largest > 0 && left > 0; left -= largest) add(std::min(largest, left));
    if (rooms > 0) add_gain(source, node, rooms, 0, gain);
    flow.add_arc(source, node, no_limit, 0);
    return node;
  }

  // The rooms of a class at a venue: each lets some more people stay there.
  void add_class_at(std::uint32_t number, MinCostFlow::Node class_node, std::uint32_t venue,
                    const std::vector<std::size_t>& own_residents) {
    const PeopleClass& people = chooser.classes().list[number];
    std::vector<std::uint32_t> pools;
    std::vector<int> capacities;
    for (std::uint32_t i = problem.first_pool[venue]; i < problem.first_pool[venue + 1]; ++i) {
      if (people.access(problem.pools[i]) != Access::everybody) continue;
      pools.push_back(i);
      collect_capacities(problem.pools[i], capacities);
    }
    Count left = chooser.people_at_[number][venue];
    for (const std::size_t group : own_residents) {
      const RoomIndex room = chooser.residents_[group].room;
      if (chooser.held_for_[room.value] != number) continue;
      const Count stay = std::min<Count>(left, problem.capacity[room.value]);
      gained += (weights.venue - weights.room) * stay + keep_gain(chooser.residents_[group]);
      left -= stay;
    }
    if (pools.empty()) return;
    const auto node = flow.add_node();
    const auto is_free = [&](std::size_t group) {
      const std::uint32_t room = chooser.residents_[group].room.value;
      return chooser.held_for_[room] == none && (chooser.aim_ == Aim::bound || problem.shared_before[room] == 0);
    };
    const auto fresh_cost = [&](std::uint32_t pool) {
      return request.fresh != nullptr ? (*request.fresh)(number, pool) : 0;
    };
    const auto [least, most] = std::minmax_element(capacities.begin(), capacities.end());
    if (request.estimate == SeatEstimate::largest || least == most || *least == *most) {
      for (const Count here : seats_by_rank(capacities, request.estimate)) {
        if (left <= 0) break;
        add_gain(class_node, node, 1, (weights.venue - weights.room) * std::min(here, left), 0);
        left -= here;
      }
      flow.add_arc(class_node, node, no_limit, 0);
      for (const std::size_t group : own_residents) {
        if (!is_free(group)) continue;
        for (const std::uint32_t pool : pools) add_kept(group, node, pool, keep_gain(chooser.residents_[group]));
      }
      for (const std::uint32_t pool : pools)
        fresh_arcs.push_back({flow.add_arc(node, pool_node[pool], no_limit, fresh_cost(pool)), number, pool});
      return;
    }
    // Rooms of unequal size: what a room that the class has already is worth is known, so it is counted by itself, and
    // further rooms count for those whom these rooms do not hold.
    flow.add_arc(class_node, node, no_limit, 0);
    for (const std::size_t group : own_residents) {
      if (!is_free(group)) continue;
      const Residents& residents = chooser.residents_[group];
      const auto keep =
          std::min<Count>(static_cast<Count>(residents.people.size()), problem.capacity[residents.room.value]);
      for (const std::uint32_t pool : pools)
        add_kept(group, node, pool, keep_gain(residents) + (weights.venue - weights.room) * keep);
      left -= problem.capacity[residents.room.value];
    }
    for (const std::uint32_t pool : pools) {
      std::vector<int> own;
      collect_capacities(problem.pools[pool], own);
      Count waiting = left;
      for (const Count here : seats_by_rank(own, request.estimate)) {
        if (waiting <= 0) break;
        const Count weighted = (weights.venue - weights.room) * std::min(here, waiting);
        const auto arc = flow.add_arc(node, pool_node[pool], 1, fresh_cost(pool) - weighted * scale);
        gains.push_back({arc, weighted, 0});
        fresh_arcs.push_back({arc, number, pool});
        waiting -= here;
      }
      fresh_arcs.push_back({flow.add_arc(node, pool_node[pool], no_limit, fresh_cost(pool)), number, pool});
    }
  }

  Count keep_gain(const Residents& group) const {
    const Count keep = std::min<Count>(static_cast<Count>(group.people.size()), problem.capacity[group.room.value]);
    return (weights.room - weights.seat) * keep + weights.seat * std::min(keep, group.keep_seats);
  }

  void add_kept(std::size_t number, MinCostFlow::Node node, std::uint32_t pool, Count weighted) {
    const Residents& group = chooser.residents_[number];
    const auto& rooms = problem.pools[pool].rooms;
    if (!std::binary_search(rooms.begin(), rooms.end(), group.room)) return;
    MinCostFlow::Node to = pool_node[pool];
    // A room that two classes may keep: only one of them does.
    if (is_contested(number)) {
      const auto [entry, is_new] = contested.emplace(group.room.value, 0);
      if (is_new) {
        entry->second = flow.add_node();
        flow.add_arc(entry->second, to, 1, 0);
      }
      to = entry->second;
    }
    kept_arcs.push_back({add_gain(node, to, 1, weighted, 0), number, pool});
  }

  bool is_contested(std::size_t number) const {
    const auto& all = chooser.residents_;
    const auto same = [&](std::size_t other) { return other < all.size() && all[other].room == all[number].room; };
    return (number > 0 && same(number - 1)) || same(number + 1);
  }

  // People with accommodations in rooms that only some of their class may use: they keep these, outside the flow.
  void settle(std::size_t number, std::uint32_t pool) {
    const Residents& group = chooser.residents_[number];
    if (chooser.held_for_[group.room.value] != none) return;
    const auto node = flow.add_node();
    flow.add_arc(source, node, 1, 0);
    const Count keep = std::min<Count>(static_cast<Count>(group.people.size()), problem.capacity[group.room.value]);
    add_kept(number, node, pool, keep_gain(group) + (weights.venue - weights.room) * keep);
  }
};

RoomChoice RoomChooser::choose(const Request& request) const {
  Network network(*this, request);
  network.set_scale();
  network.add_pools();
  std::vector<std::map<std::uint32_t, std::vector<std::size_t>>> groups(classes().list.size());  // by class, venue
  for (std::size_t i = 0; i < residents_.size(); ++i) {
    groups[residents_[i].people_class][(*problem_.exam)[residents_[i].room].venue.value].push_back(i);
  }
  for (std::uint32_t number = 0; number < classes().list.size(); ++number) {
    const auto node = network.add_class(number);
    for (std::uint32_t venue = 0; venue < problem_.exam->venues.size(); ++venue) {
      network.add_class_at(number, node, venue, groups[number][venue]);
      if (aim_ == Aim::bound) continue;
      for (const std::size_t group : groups[number][venue]) {
        for (std::uint32_t pool = problem_.first_pool[venue]; pool < problem_.first_pool[venue + 1]; ++pool) {
          if (classes().list[number].access(problem_.pools[pool]) == Access::some) network.settle(group, pool);
        }
      }
    }
  }
  network.flow.solve();

  RoomChoice choice;
  std::map<std::pair<std::uint32_t, std::uint32_t>, ClassRooms> rooms;
  const auto entry = [&](std::uint32_t people_class, std::uint32_t pool) -> ClassRooms& {
    ClassRooms& own = rooms[{people_class, pool}];
    own.people_class = people_class;
    own.pool = pool;
    return own;
  };
  for (const Network::KeptArc& kept : network.kept_arcs) {
    if (network.flow.flow(kept.arc) == 0) continue;
    const Residents& group = residents_[kept.residents];
    entry(group.people_class, kept.pool).kept.push_back(group.room);
  }
  for (const Network::FreshArc& fresh : network.fresh_arcs) {
    if (const Count count = network.flow.flow(fresh.arc); count > 0)
      entry(fresh.people_class, fresh.pool).fresh += count;
  }
  choice.weighted = constant(network.weights) - network.gained;
  choice.unseated = network.unseated_people;
  for (const Network::Gain& gain : network.gains) {
    choice.weighted -= gain.weighted * network.flow.flow(gain.arc);
    choice.unseated -= gain.seats * network.flow.flow(gain.arc);
  }
  if (request.additions) {
    for (const auto arc : network.addition_arc) choice.additions.push_back(network.flow.flow(arc));
  }
  for (auto& [key, own] : rooms) {
    std::sort(own.kept.begin(), own.kept.end());
    choice.rooms.push_back(std::move(own));
  }
  return choice;
}

FreshCosts estimate_fresh_costs(const ChangeProblem& problem, const RoomChooser& chooser, const VenueCosts& costs,
                                int threads) {
  const Exam& exam = *problem.exam;
  FreshCosts fresh;
  fresh.pools = problem.pools.size();
  fresh.cost.assign(problem.classes.list.size() * fresh.pools, 0);
  std::vector<char> overfull(exam.rooms.size(), 0);
  for (const Residents& group : chooser.residents())
    overfull[group.room.value] = static_cast<Count>(group.people.size()) > problem.capacity[group.room.value];
  for_each_item(threads, problem.classes.list.size(), [&](std::size_t number) {
    const PeopleClass& people = problem.classes.list[number];
    std::vector<std::uint32_t> movers;
    for (const std::uint32_t person : people.people) {
      if (problem.may_keep_room[person] == 0 || overfull[problem.old_room[person].value] != 0)
        movers.push_back(person);
    }
    const std::size_t stride = movers.size() / sample_size + 1;
    std::vector<std::int64_t> here;
    for (std::size_t i = 0; i < movers.size(); i += stride) {
      const VenueIndex venue = problem.old_venue[movers[i]];
      const bool knows = venue.exists() && costs(movers[i], venue) != VenueCosts::impossible;
      here.push_back(knows ? costs(movers[i], venue) : 0);
    }
    for (std::size_t pool = 0; pool < fresh.pools; ++pool) {
      if (people.access(problem.pools[pool]) != Access::everybody) continue;
      std::vector<std::int64_t> more;
      for (std::size_t i = 0; i < movers.size(); i += stride) {
        if (problem.old_venue[movers[i]] == problem.pools[pool].venue) continue;
        const std::int64_t there = costs(movers[i], problem.pools[pool].venue);
        if (there != VenueCosts::impossible) more.push_back(there - here[i / stride]);
      }
      const auto count =
          std::min<std::size_t>(more.size(), static_cast<std::size_t>(problem.pools[pool].capacities.front()));
      std::partial_sort(more.begin(), more.begin() + static_cast<std::ptrdiff_t>(count), more.end());
      std::int64_t sum = exam.policy.weights.room;
      for (std::size_t i = 0; i < count; ++i) sum += more[i];
      fresh.cost[number * fresh.pools + pool] = std::clamp<std::int64_t>(sum / travel_step, 0, 1'000'000);
    }
  });
  for (const Amount cost : fresh.cost) fresh.most = std::max(fresh.most, cost);
  return fresh;
}

}  // namespace hanjari::replanning
