#include "staffing/rooming.h"

#include <algorithm>
#include <map>

namespace hanjari::staffing {
namespace {

enum class Relation : std::uint8_t { none, met_before, may_not_meet };
enum class Found { yes, no, unknown };

// The search for one venue and one number of pairs.
class Tree {
 public:
  Tree(const Problem& problem, const RoomingSolver& rules, std::span<const RoomPerson> people)
      : problem_(problem),
        people_(people),
        relation_(people.size() * people.size(), Relation::none),
        post_of_(people.size(), nowhere) {
    number_rooms();
    relate(rules);
  }

  std::int64_t related_pairs() const { return met_before_; }
  std::int64_t steps() const { return steps_; }
  const std::vector<std::uint32_t>& post_of() const { return post_of_; }

  // Looks for a rooming with at most so many pairs.
  Found find(std::int64_t most_pairs, std::int64_t steps) {
    most_pairs_ = most_pairs;
    last_step_ = steps_ + steps;
    return descend(0, 0);
  }

 private:
  // The rooms of the venue by number, with the free places of each hub.
  void number_rooms() {
    for (const RoomPerson& seat : people_) {
      const Hub& hub = problem_.hubs[seat.hub];
      for (std::uint32_t post = hub.first_post; post < hub.first_post + hub.post_count; ++post) {
        free_.emplace(post, problem_.posts[post].need);
        const auto [room, is_new] =
            room_of_.emplace(problem_.posts[post].room, static_cast<std::uint32_t>(room_of_.size()));
        if (is_new) inside_.emplace_back();
      }
    }
    special_.assign(inside_.size(), 0);
    posts_.resize(people_.size());
    for (std::size_t at = 0; at < people_.size(); ++at) {
      const RoomPerson& seat = people_[at];
      const Hub& hub = problem_.hubs[seat.hub];
      const bool anywhere = !seat.stays && problem_.may_fill_all(seat.person, hub);
      if (seat.stays || problem_.may_fill(seat.person, seat.post)) posts_[at].push_back(seat.post);
      for (std::uint32_t post = hub.first_post; !seat.stays && post < hub.first_post + hub.post_count; ++post) {
        const bool may = anywhere || problem_.may_fill(seat.person, post);
        if (may && post != seat.post) posts_[at].push_back(post);
        if (!may) special_[room_at(post)] = 1;
      }
      if (seat.stays) special_[room_at(seat.post)] = 1;
      picky_.push_back(anywhere ? 0 : 1);
    }
    mark_uncommon_needs();
  }

  // Rooms whose needs differ from the most common ones are told apart too.
  void mark_uncommon_needs() {
    std::map<std::uint32_t, std::map<std::uint32_t, std::uint32_t>> need_of;  // by room, then hub
    for (const auto& [post, need] : free_) need_of[room_at(post)][problem_.posts[post].hub] = need;
    std::map<std::map<std::uint32_t, std::uint32_t>, std::uint32_t> count;
    for (const auto& [room, needs] : need_of) ++count[needs];
    const auto common =
        std::max_element(count.begin(), count.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
    for (const auto& [room, needs] : need_of) {
      if (needs != common->first) special_[room] = 1;
    }
  }

  void relate(const RoomingSolver& rules) {
    std::vector<std::size_t> relations(people_.size());
    for (std::size_t a = 0; a < people_.size(); ++a) {
      for (std::size_t b = a + 1; b < people_.size(); ++b) {
        const auto& before = problem_.people[people_[a].person].before;
        Relation relation = Relation::none;
        if (std::binary_search(before.begin(), before.end(), people_[b].person)) relation = Relation::met_before;
        if (relation == Relation::met_before) ++met_before_;
        if (rules.may_not_meet(people_[a].person, people_[b].person)) relation = Relation::may_not_meet;
        if (relation == Relation::none) continue;
        relation_[a * people_.size() + b] = relation_[b * people_.size() + a] = relation;
        ++relations[a];
        ++relations[b];
      }
    }
    for (std::size_t at = 0; at < people_.size(); ++at) (relations[at] > 0 ? order_ : rest_).push_back(at);
    std::stable_sort(order_.begin(), order_.end(), [&](std::size_t a, std::size_t b) {
      if (people_[a].stays != people_[b].stays) return people_[a].stays;
      if (picky_[a] != picky_[b]) return picky_[a] > picky_[b];
      return relations[a] > relations[b];
    });
  }

  std::uint32_t room_at(std::uint32_t post) const { return room_of_.at(problem_.posts[post].room); }

  // Pairs that `at` would make in a room; negative: somebody is there whom they may not meet.
  std::int64_t pairs_in(std::size_t at, std::uint32_t room) const {
    std::int64_t pairs = 0;
    for (const std::size_t other : inside_[room]) {
      const Relation relation = relation_[at * people_.size() + other];
      if (relation == Relation::may_not_meet) return -1;
      if (relation == Relation::met_before) ++pairs;
    }
    return pairs;
  }

  Found descend(std::size_t depth, std::int64_t pairs) {
    if (depth == order_.size()) return seat_the_rest() ? Found::yes : Found::no;
    if (steps_ >= last_step_) return Found::unknown;
    const std::size_t at = order_[depth];
    bool all_known = true;
    bool tried_an_empty_room = false;
    for (std::int64_t more = 0; pairs + more <= most_pairs_ && more <= std::ssize(order_); ++more) {
      for (const std::uint32_t post : posts_[at]) {
        ++steps_;
        const std::uint32_t room = room_at(post);
        if (free_[post] == 0 || pairs_in(at, room) != more) continue;
        if (inside_[room].empty() && special_[room] == 0) {
          if (tried_an_empty_room) continue;  // empty rooms that nothing tells apart
          tried_an_empty_room = true;
        }
        --free_[post];
        inside_[room].push_back(at);
        post_of_[at] = post;
        const Found found = descend(depth + 1, pairs + more);
        if (found == Found::yes) return found;
        ++free_[post];
        inside_[room].pop_back();
        if (found == Found::unknown) all_known = false;
        if (steps_ >= last_step_) return Found::unknown;
      }
    }
    return all_known ? Found::no : Found::unknown;
  }

  // Whoever has nothing to do with anybody: a matching of those who may not go everywhere, the others fill up.
  bool seat_the_rest() {
    std::map<std::uint32_t, std::vector<std::size_t>> held;  // by post
    for (const std::size_t at : rest_) {
      if (picky_[at] == 0) continue;
      std::map<std::uint32_t, char> seen;
      if (!augment(at, held, seen)) return false;
    }
    for (const auto& [post, people] : held) {
      for (const std::size_t at : people) post_of_[at] = post;
    }
    for (const std::size_t at : rest_) {
      if (picky_[at] != 0) continue;
      for (const std::uint32_t post : posts_[at]) {
        std::vector<std::size_t>& people = held[post];
        if (people.size() >= free_[post]) continue;
        people.push_back(at);
        post_of_[at] = post;
        break;
      }
    }
    return true;
  }

  bool augment(std::size_t at, std::map<std::uint32_t, std::vector<std::size_t>>& held,
               std::map<std::uint32_t, char>& seen) {
    for (const std::uint32_t post : posts_[at]) {
      ++steps_;
      if (free_[post] == 0 || !seen.emplace(post, 1).second) continue;
      std::vector<std::size_t>& people = held[post];
      if (people.size() < free_[post]) {
        people.push_back(at);
        return true;
      }
      for (std::size_t& holder : people) {
        const std::size_t displaced = holder;
        if (!augment(displaced, held, seen)) continue;
        holder = at;
        return true;
      }
    }
    return false;
  }

  const Problem& problem_;
  std::span<const RoomPerson> people_;
  std::vector<Relation> relation_;
  std::map<RoomIndex, std::uint32_t> room_of_;
  std::map<std::uint32_t, std::uint32_t> free_;    // by post
  std::vector<std::vector<std::size_t>> inside_;   // by room: related people who are in
  std::vector<char> special_;                      // by room: somebody may not go in, or must
  std::vector<std::vector<std::uint32_t>> posts_;  // by person: where they may go, the flow's first
  std::vector<char> picky_;                        // by person: not every post of the hub
  std::vector<std::size_t> order_;                 // related people
  std::vector<std::size_t> rest_;
  std::vector<std::uint32_t> post_of_;
  std::int64_t met_before_ = 0;
  std::int64_t most_pairs_ = 0;
  std::int64_t steps_ = 0;
  std::int64_t last_step_ = 0;
};

}  // namespace

bool RoomingSolver::may_not_meet(std::uint32_t a, std::uint32_t b) const {
  const Candidate& first = problem_.people[a];
  const Candidate& second = problem_.people[b];
  if (!problem_.staff->rules.same_organisation_in_room && first.organisation != 0 &&
      first.organisation == second.organisation)
    return true;
  return std::binary_search(first.never.begin(), first.never.end(), b);
}

Rooming RoomingSolver::solve(std::span<const RoomPerson> people, std::int64_t most_pairs, std::int64_t steps) {
  Rooming rooming;
  if (people.empty()) return {true, true, 0, {}};
  Tree tree(problem_, *this, people);
  const std::int64_t last = std::min(most_pairs, tree.related_pairs());
  for (std::int64_t pairs = 0; pairs <= last; ++pairs) {
    const Found found = tree.find(pairs, steps);
    if (found == Found::yes) {
      rooming.possible = true;
      rooming.pairs = pairs;
      rooming.post_of = tree.post_of();
      break;
    }
    if (found == Found::unknown) rooming.proven = false;
  }
  work_ += tree.steps();
  return rooming;
}

}  // namespace hanjari::staffing
