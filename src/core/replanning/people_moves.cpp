#include "replanning/people_moves.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "replanning/min_cost_flow.h"

namespace hanjari::replanning {
namespace {

constexpr std::size_t many_arcs = 400'000;
constexpr std::size_t nearest_venues = 24;  // that a person may go to when there are many arcs

// What a person needs of a room beyond its class.
struct Needs {
  bool wheelchair = false;
  bool assisted = false;
  auto operator<=>(const Needs&) const = default;
};

class ClassMoves {
 public:
  ClassMoves(const ChangeProblem& problem, const PeopleClass& people, const std::vector<GivenRoom>& given,
             const VenueCosts& costs, seating::Reseating& seats, std::vector<RoomIndex>& room_of)
      : problem_(problem), exam_(*problem.exam), people_(people), costs_(costs), seats_(seats), room_of_(room_of) {
    weights_ = exam_.policy.change_weights;
    weights_.room = std::min(weights_.room, weights_.venue);
    weights_.seat = std::min(weights_.seat, weights_.room);
    for (const GivenRoom& room : given) rooms_.push_back({.room = room.room, .assisted = room.assisted});
  }

  void run() {
    stand();
    if (displaced_.empty() && std::all_of(rooms_.begin(), rooms_.end(), [](const Own& own) { return own.excess == 0; }))
      return;
    if (!solve(true)) solve(false);
    spread_fresh();
  }

 private:
  struct Own {
    RoomIndex room;
    bool assisted = false;
    std::vector<std::uint32_t> residents;
    std::vector<char> keeps_seat;  // by resident
    Count spare = 0;
    Count excess = 0;     // residents who have to leave
    Count evictable = 0;  // residents who may make room for wheelchair users
    bool fresh() const { return residents.empty(); }
  };
  struct Candidate {
    std::uint32_t person;
    std::size_t own;
    std::size_t resident;
  };

  Needs needs_of(std::uint32_t person) const {
    const Accommodation& needs = exam_.applicants[person].accommodation;
    return {needs.wheelchair, needs.any()};
  }
  bool takes(const Own& own, Needs needs) const {
    return (!needs.wheelchair || exam_[own.room].accessible) && (!own.assisted || needs.assisted);
  }
  VenueIndex venue_of(const Own& own) const { return exam_[own.room].venue; }

  // Who stays for the moment, and who has no room.
  void stand() {
    std::map<RoomIndex, std::size_t> own_of;
    for (std::size_t i = 0; i < rooms_.size(); ++i) own_of.emplace(rooms_[i].room, i);
    for (const std::uint32_t person : people_.people) {
      const auto own = problem_.may_keep_room[person] != 0 ? own_of.find(problem_.old_room[person]) : own_of.end();
      if (own == own_of.end()) {
        if (problem_.pinned[person] == 0) displaced_.push_back(person);
        continue;
      }
      rooms_[own->second].residents.push_back(person);
      room_of_[person] = problem_.old_room[person];
    }
    Count wheelchairs = 0;
    for (const std::uint32_t person : displaced_) wheelchairs += needs_of(person).wheelchair ? 1 : 0;
    for (Own& own : rooms_) {
      const auto count = static_cast<Count>(own.residents.size());
      const auto capacity = static_cast<Count>(problem_.capacity[own.room.value]);
      own.spare = std::max<Count>(0, capacity - count);
      own.excess = std::max<Count>(0, count - capacity);
      if (wheelchairs > 0 && exam_[own.room].accessible) {
        const Count others = std::count_if(own.residents.begin(), own.residents.end(), [&](std::uint32_t person) {
          return problem_.pinned[person] == 0 && !needs_of(person).wheelchair;
        });
        own.evictable = std::min(others - std::min(others, own.excess), wheelchairs);
      }
      if (own.excess == 0) continue;
      std::vector<int> seat_nos;
      for (const std::uint32_t person : own.residents) seat_nos.push_back(problem_.old_seat[person]);
      own.keeps_seat = seats_.choose_that_can_stay(own.room, seat_nos);
    }
  }

  using EntryKey = std::pair<VenueIndex, Needs>;

  // False when somebody is left without a place although the search did not look at all venues.
  bool solve(bool may_prune) {
    MinCostFlow flow;
    const auto sink = flow.add_node(-no_limit);
    // Entries: the rooms of a venue that people with the same needs may use.
    std::map<EntryKey, MinCostFlow::Node> entries;
    std::vector<std::pair<EntryKey, std::vector<std::pair<MinCostFlow::Arc, std::size_t>>>> to_rooms;
    std::vector<MinCostFlow::Node> room_node;
    for (const Own& own : rooms_) {
      room_node.push_back(flow.add_node(own.excess));
      if (own.spare > 0) flow.add_arc(room_node.back(), sink, own.spare, 0);
    }
    std::vector<Needs> kinds;
    for (const std::uint32_t person : people_.people) {
      const Needs needs = needs_of(person);
      if (std::find(kinds.begin(), kinds.end(), needs) == kinds.end()) kinds.push_back(needs);
      if (kinds.size() == 4) break;
    }
    std::sort(kinds.begin(), kinds.end());
    Amount rank = 0;  // rooms in use are filled before new ones, new ones one after the other
    std::vector<Amount> rank_of;
    for (const Own& own : rooms_) rank_of.push_back(own.fresh() ? std::min<Amount>(++rank, 62) : 0);
    for (const Needs needs : kinds) {
      for (std::size_t i = 0; i < rooms_.size(); ++i) {
        const Own& own = rooms_[i];
        if (!takes(own, needs) || (own.spare == 0 && (own.evictable == 0 || !needs.wheelchair))) continue;
        const EntryKey key(venue_of(own), needs);
        const auto [entry, is_new] = entries.try_emplace(key, 0);
        if (is_new) {
          entry->second = flow.add_node();
          to_rooms.push_back({key, {}});
        }
        // Rooms come by venue, so the entry is the one made last.
        to_rooms.back().second.emplace_back(flow.add_arc(entry->second, room_node[i], no_limit, rank_of[i]), i);
      }
    }
    const Amount finest = 64;  // ranks come after travel
    const Amount level = std::min((2 * costs_.most() * finest + finest) * static_cast<Amount>(entries.size() + 2) + 1,
                                  (Amount{1} << 48) / std::max<Amount>(weights_.venue, 1));
    const auto arc_cost = [&](std::uint32_t person, VenueIndex to, bool had_room) -> Amount {
      const std::int64_t there = costs_(person, to);
      if (there == VenueCosts::impossible) return there;
      if (problem_.row_of[person] == none) return there * finest;  // added: no change to be counted
      const bool stays = problem_.may_keep_venue[person] != 0 && to == problem_.old_venue[person];
      if (stays) return weights_.room * level;
      const std::int64_t here = had_room ? costs_(person, problem_.old_venue[person]) : 0;
      return weights_.venue * level + (there - here) * finest;
    };

    // Residents who may leave: of equal needs those for whom some venue is cheapest.
    std::vector<Candidate> candidates;
    std::vector<std::vector<std::pair<MinCostFlow::Node, Amount>>> ways;  // by candidate, then displaced person
    std::vector<std::pair<Amount, std::size_t>> by_cost;
    for (std::size_t i = 0; i < rooms_.size(); ++i) {
      const Own& own = rooms_[i];
      const auto limit = static_cast<std::size_t>(own.excess + own.evictable);
      if (limit == 0) continue;
      for (const Needs needs : kinds) {
        std::vector<std::size_t> group;
        for (std::size_t resident = 0; resident < own.residents.size(); ++resident) {
          const std::uint32_t person = own.residents[resident];
          if (problem_.pinned[person] == 0 && needs_of(person) == needs) group.push_back(resident);
        }
        if (group.empty()) continue;
        std::vector<std::vector<std::pair<MinCostFlow::Node, Amount>>> found(group.size());
        for (const auto& [key, node] : entries) {
          if (key.second != needs) continue;
          by_cost.clear();
          for (std::size_t j = 0; j < group.size(); ++j) {
            const Amount cost = arc_cost(own.residents[group[j]], key.first, true);
            if (cost != VenueCosts::impossible) by_cost.emplace_back(cost - seat_gain(own, group[j], level), j);
          }
          const std::size_t keep = std::min(limit, by_cost.size());
          std::partial_sort(by_cost.begin(), by_cost.begin() + static_cast<std::ptrdiff_t>(keep), by_cost.end());
          for (std::size_t j = 0; j < keep; ++j)
            found[by_cost[j].second].emplace_back(node,
                                                  by_cost[j].first + seat_gain(own, group[by_cost[j].second], level));
        }
        for (std::size_t j = 0; j < group.size(); ++j) {
          if (found[j].empty()) continue;
          candidates.push_back({own.residents[group[j]], i, group[j]});
          ways.push_back(std::move(found[j]));
        }
      }
    }
    for (const std::uint32_t person : displaced_) {
      auto& own = ways.emplace_back();
      for (const auto& [key, node] : entries) {
        if (key.second != needs_of(person)) continue;
        if (const Amount cost = arc_cost(person, key.first, false); cost != VenueCosts::impossible)
          own.emplace_back(node, cost);
      }
    }
    bool pruned = false;
    std::size_t arcs = 0;
    for (const auto& own : ways) arcs += own.size();
    if (may_prune && arcs > many_arcs) {
      for (auto& own : ways) {
        if (own.size() <= nearest_venues) continue;
        pruned = true;
        const auto by_second = [](const auto& a, const auto& b) {
          return std::tie(a.second, a.first) < std::tie(b.second, b.first);
        };
        std::nth_element(own.begin(), own.begin() + nearest_venues, own.end(), by_second);
        own.resize(nearest_venues);
        std::sort(own.begin(), own.end());
      }
    }

    std::vector<MinCostFlow::Arc> leaves;     // by candidate
    std::vector<MinCostFlow::Arc> first_way;  // by candidate, displaced person
    std::vector<MinCostFlow::Node> person_node;
    for (std::size_t i = 0; i < ways.size(); ++i) {
      const bool resident = i < candidates.size();
      const auto node = flow.add_node(resident ? 0 : 1);
      person_node.push_back(node);
      if (resident) {
        const Candidate& who = candidates[i];
        leaves.push_back(flow.add_arc(room_node[who.own], node, 1, -seat_gain(rooms_[who.own], who.resident, level)));
      }
      first_way.push_back(static_cast<MinCostFlow::Arc>(flow.arcs()));
      for (const auto& [entry, cost] : ways[i]) flow.add_arc(node, entry, 1, cost);
    }
    flow.solve();
    if (pruned && flow.stranded() > 0) return false;

    // Newcomers of every entry in order, then by the arcs to rooms.
    std::map<MinCostFlow::Node, std::vector<std::uint32_t>> newcomers;
    std::vector<Count> left(rooms_.size(), 0);
    for (std::size_t i = 0; i < ways.size(); ++i) {
      const bool resident = i < candidates.size();
      if (resident && flow.flow(leaves[i]) == 0) continue;
      const std::uint32_t person = resident ? candidates[i].person : displaced_[i - candidates.size()];
      room_of_[person] = RoomIndex::none();
      if (resident) ++left[candidates[i].own];
      for (std::size_t way = 0; way < ways[i].size(); ++way) {
        if (flow.flow(first_way[i] + static_cast<MinCostFlow::Arc>(way)) > 0)
          newcomers[ways[i][way].first].push_back(person);
      }
    }
    for (std::size_t i = 0; i < rooms_.size(); ++i) unseat_rest(rooms_[i], left[i]);
    for (auto& [key, arcs_to_rooms] : to_rooms) {
      auto& people = newcomers[entries.at(key)];
      std::sort(people.begin(), people.end(), [&](std::uint32_t a, std::uint32_t b) {
        return std::pair(exam_.applicants[a].unit, a) < std::pair(exam_.applicants[b].unit, b);
      });
      std::size_t next = 0;
      for (const auto& [arc, own] : arcs_to_rooms) {
        for (Count count = flow.flow(arc); count > 0 && next < people.size(); --count) {
          room_of_[people[next++]] = rooms_[own].room;
        }
      }
    }
    return true;
  }

  // What is saved when a resident leaves who could not keep the seat anyway.
  Amount seat_gain(const Own& own, std::size_t resident, Amount level) const {
    return own.keeps_seat.empty() || own.keeps_seat[resident] != 0 ? 0 : weights_.seat * level;
  }

  // Nobody else has a place for them: the last ones of an overfull room stay without a seat, pinned ones only where
  // even the pinned are too many.
  void unseat_rest(const Own& own, Count left) {
    for (const char pinned : {char{0}, char{1}}) {
      for (std::size_t i = own.residents.size(); i-- > 0 && left < own.excess;) {
        const std::uint32_t person = own.residents[i];
        if (problem_.pinned[person] != pinned || !room_of_[person].exists()) continue;
        room_of_[person] = RoomIndex::none();
        ++left;
      }
    }
  }

  // People in new rooms of one venue share them evenly.
  void spread_fresh() {
    std::map<RoomIndex, std::vector<std::uint32_t>> people_in;
    for (const std::uint32_t person : people_.people) {
      if (room_of_[person].exists()) people_in[room_of_[person]].push_back(person);
    }
    std::map<VenueIndex, std::vector<RoomIndex>> fresh;
    for (const Own& own : rooms_) {
      if (own.fresh() && !own.assisted && people_in.contains(own.room)) fresh[venue_of(own)].push_back(own.room);
    }
    for (const auto& [venue, own_rooms] : fresh) {
      std::vector<std::uint32_t> people;
      bool plain = own_rooms.size() > 1;
      for (const RoomIndex room : own_rooms) {
        people.insert(people.end(), people_in[room].begin(), people_in[room].end());
        plain = plain && problem_.capacity[room.value] == problem_.capacity[own_rooms.front().value];
      }
      for (const std::uint32_t person : people) plain = plain && !needs_of(person).wheelchair;
      if (!plain) continue;
      std::sort(people.begin(), people.end(), [&](std::uint32_t a, std::uint32_t b) {
        return std::pair(exam_.applicants[a].unit, a) < std::pair(exam_.applicants[b].unit, b);
      });
      for (std::size_t i = 0; i < people.size(); ++i)
        room_of_[people[i]] = own_rooms[i * own_rooms.size() / people.size()];
    }
  }

  const ChangeProblem& problem_;
  const Exam& exam_;
  const PeopleClass& people_;
  const VenueCosts& costs_;
  seating::Reseating& seats_;
  std::vector<RoomIndex>& room_of_;
  ChangeWeights weights_;
  std::vector<Own> rooms_;
  std::vector<std::uint32_t> displaced_;
};

}  // namespace

VenueCosts::VenueCosts(const ChangeProblem& problem, const TravelTable& travel) : problem_(problem), travel_(travel) {
  // The longest way there can be, from a box around everything.
  const Exam& exam = *problem.exam;
  Point low{90, 180};
  Point high{-90, -180};
  const auto widen = [&](Point at) {
    low = {std::min(low.lat, at.lat), std::min(low.lon, at.lon)};
    high = {std::max(high.lat, at.lat), std::max(high.lon, at.lon)};
  };
  for (const Applicant& applicant : exam.applicants) widen(applicant.home);
  for (const Venue& venue : exam.venues) widen(venue.at);
  Metres longest = 1 + 2 * haversine_m(low, high) + 2 * haversine_m({low.lat, high.lon}, {high.lat, low.lon});
  if (exam.policy.travel == TravelSource::table) {
    for (const TravelRow& row : exam.travel) longest = std::max(longest, row.metres + 1);
  }
  weight_ = std::clamp<std::int64_t>(exam.policy.weights.travel, 0, 10);
  // A fee as large as the longest way keeps people below the cap wherever somebody else can go there.
  if (exam.policy.detour_cap_m) fee_ = std::max<std::int64_t>(weight_, 1) * longest;
  // Above everything that a chain of a few others could save.
  if (exam.policy.moved_farther_m) farther_fee_ = 4 * (std::max<std::int64_t>(weight_, 1) * longest + fee_);
  most_ = weight_ * longest + fee_ + farther_fee_;
}

std::int64_t VenueCosts::operator()(std::uint32_t person, VenueIndex venue) const {
  const ApplicantIndex applicant(person);
  const Metres metres = travel_.between(applicant, venue);
  if (metres == unreachable) return impossible;
  const std::int64_t farther = is_farther(problem_, person, venue, metres) ? farther_fee_ : 0;
  if (merged_venue(problem_, problem_.old_venue[person]) == venue) return farther;
  const Exam& exam = *problem_.exam;
  std::int64_t cost = weight_ * metres + farther;
  if (fee_ > 0) {
    const Metres nearest = travel_.nearest(applicant);
    if (nearest != unreachable && metres - nearest > *exam.policy.detour_cap_m) cost += fee_;
  }
  return cost;
}

void move_people(const ChangeProblem& problem, const PeopleClass& people, const std::vector<GivenRoom>& rooms,
                 const VenueCosts& costs, seating::Reseating& seats, std::vector<RoomIndex>& room_of) {
  ClassMoves(problem, people, rooms, costs, seats, room_of).run();
}

}  // namespace hanjari::replanning
