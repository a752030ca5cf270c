// The best plan of a small exam, with its proof: every rule of the contract is part of the problem, also the choice of
// the rooms that policy sets aside.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "hanjari/domain/exam.h"

namespace hanjari::exact {

// What counts, in this order: the fewest people without a seat, the smallest sum of change weights, the fewest people
// who were moved farther than the policy's moved_farther_m, the fewest beyond the detour cap, the smallest objective.
struct Values {
  std::int64_t unseated = 0;
  std::int64_t changed = 0;
  std::int64_t farther = 0;
  std::int64_t over_cap = 0;
  std::int64_t total = 0;
  auto operator<=>(const Values&) const = default;
};

// Where people stood in a published plan, by applicant; empty lists for a first plan.
struct Standing {
  std::vector<RoomIndex> room;    // none() when the person was not in the plan, or the room is gone
  std::vector<VenueIndex> venue;  // the same for the venue
  std::vector<char> counts;       // was in the plan: a change costs
  std::vector<char> keeps_seat;   // the published seat is still there
  std::vector<char> pinned;       // sits in the old room, whatever it costs
  std::vector<char> closed;       // by venue: takes nobody
  std::vector<Metres> travel{};   // to the published venue, of those who count; may be empty without moved_farther_m
  // By applicant: the venue that the old one was merged into, else none(). Who goes there goes along with the others, so
  // that neither the way nor the detour cap counts. Empty when nothing was merged.
  std::vector<VenueIndex> merged_into;

  // Whether the way to this venue is more than so much longer than the one to the published venue.
  bool goes_farther(std::size_t person, VenueIndex to, Metres metres, const std::optional<Metres>& moved_farther_m) const {
    return moved_farther_m && counts[person] != 0 && to != venue[person] && metres - travel[person] > *moved_farther_m;
  }

  bool goes_along(std::size_t person, VenueIndex to) const {
    return !merged_into.empty() && merged_into[person].exists() && merged_into[person] == to;
  }
};

struct Question {
  const Exam* exam = nullptr;
  const std::vector<int>* capacity = nullptr;     // by room
  const Standing* standing = nullptr;             // null for a first plan
  const std::vector<RoomIndex>* start = nullptr;  // a plan to begin with, by applicant; may leave people out
  bool changes_only = false;                      // nothing is asked beyond the sum of change weights
};

// How much is done. Work is counted in steps of arithmetic, so that the answer is the same on every machine.
struct Budget {
  std::uint64_t work = 100'000'000;
  std::function<bool()> stop = [] { return false; };  // asked now and then; an answer that was stopped says so
};

struct Answer {
  std::vector<RoomIndex> room_of;  // by applicant; none() without a seat
  Values values;                   // of room_of
  // Lower bounds, each of all plans whose values before it are no larger than those of this plan.
  Values bound;
  bool stopped = false;  // by Budget::stop: the answer depends on time

  bool proven() const { return values == bound; }
};

// Whether the exam is small enough for solve() to be worth its time.
bool is_small(const Question& question);

// The best plan found and the bounds that were proven; the plan is the best there is when both are equal. The same
// question and work give the same answer. Nothing when the exam is not small.
std::optional<Answer> solve(const Question& question, const Budget& budget);

// The values of a plan; nothing when it breaks a rule of the contract about rooms.
std::optional<Values> judge(const Question& question, const std::vector<RoomIndex>& room_of);

}  // namespace hanjari::exact
