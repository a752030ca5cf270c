// What replanning promises, on random changes of small exams.
#include "hanjari/replanning/replan.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "hanjari/verification/verify.h"
#include "replanning/small_change.h"

namespace hanjari::replanning {
namespace {

std::string findings(const Exam& exam, const Plan& plan) {
  std::string text;
  for (const verification::Violation& violation : verification::verify_plan(exam, rows_of(exam, plan)).violations)
    text += violation.code + " " + violation.subject + ": " + violation.message.en + "\n";
  return text;
}

Replanned replan_quietly(const Exam& exam, const PlanRows& published) {
  return replan(exam, published, 1, no_progress());
}

std::int64_t moved(const Replanned& replanned) {
  const ChangeFigures& change = *replanned.plan.report.change;
  return change.venue + change.room + change.seat;
}

std::map<std::string, std::string> numbers_of(const PlanRows& rows) {
  std::map<std::string, std::string> numbers;
  for (const PlacementRow& row : rows.placements) numbers[row.applicant_id.text()] = row.applicant_number.text();
  return numbers;
}

TEST(Replan, MovesNobodyWhenNothingChanged) {
  for (int round = 0; round < 60; ++round) {
    RandomStream stream(Seed{}, fmt::format("unchanged/{}", round));
    const Exam exam = small_exam(
        stream, {.venues = draw(stream, 2, 5), .rooms = draw(stream, 5, 8), .accommodations = round % 2 == 0});
    const Plan plan = naive_plan(exam);
    if (!plan.unseated.empty()) continue;
    const PlanRows published = rows_of(exam, plan);
    const Replanned again = replan_quietly(exam, published);
    EXPECT_TRUE(again.changes.empty()) << round;
    ASSERT_EQ(again.plan.placements.size(), plan.placements.size());
    for (std::size_t i = 0; i < plan.placements.size(); ++i) {
      EXPECT_EQ(again.plan.placements[i].number, plan.placements[i].number);
      EXPECT_EQ(again.plan.placements[i].desk, plan.placements[i].desk);
      EXPECT_EQ(again.plan.placements[i].room, plan.placements[i].room);
    }
  }
}

TEST(Replan, OfAnyChangeIsLawfulKeepsNumbersAndLiesAboveItsFloors) {
  int feasible = 0;
  for (int round = 0; round < 120; ++round) {
    RandomStream stream(Seed{}, fmt::format("lawful/{}", round));
    Exam exam = small_exam(
        stream, {.venues = draw(stream, 2, 5), .rooms = draw(stream, 5, 8), .accommodations = round % 2 == 0});
    const Plan plan = naive_plan(exam);
    const PlanRows published = rows_of(exam, plan);
    change_at_random(exam, stream);
    const Replanned after = replan_quietly(exam, published);
    EXPECT_EQ(findings(exam, after.plan), "") << "round " << round;
    EXPECT_EQ(after.plan.placements.size() + after.plan.unseated.size(), exam.applicants.size());
    const ChangeFigures& change = *after.plan.report.change;
    EXPECT_LE(change.floor_weighted, change.weighted) << "round " << round;
    EXPECT_LE(change.floor_venue, change.venue) << "round " << round;
    EXPECT_LE(change.floor_room, change.room) << "round " << round;
    EXPECT_LE(change.floor_left_room, change.venue + change.room) << "round " << round;
    feasible += after.plan.unseated.empty() ? 1 : 0;
    const auto before = numbers_of(published);
    std::set<std::string> given;
    for (const auto& [id, number] : before) given.insert(number);
    for (const auto& [id, number] : numbers_of(rows_of(exam, after.plan))) {
      if (const auto known = before.find(id); known != before.end()) {
        EXPECT_EQ(number, known->second);
      } else {
        EXPECT_FALSE(given.contains(number)) << number;
      }
    }
  }
  EXPECT_GT(feasible, 70);
}

// Red while somebody with a need, whose unit sits in rooms of its own, never left the seat among others for a separate room that stood
// empty: a re-plan left more people without a seat than a plan of the same exam. More people than the exact search takes.
TEST(Replan, SendsWhoeverMayIntoASeparateRoomWhereSeatsAreFew) {
  RandomStream stream(Seed{}, "separate");
  Exam exam = small_exam(stream, {.venues = 30, .rooms = 4, .units = 1, .people = 600, .cap = 5});
  const Plan plan = naive_plan(exam);
  ASSERT_TRUE(plan.unseated.empty());
  const PlanRows published = rows_of(exam, plan);
  exam.policy.mixing = Mixing::never;
  for (const std::size_t person : {std::size_t{3}, std::size_t{77}, std::size_t{300}}) exam.applicants[person].accommodation.large_print = true;
  for (int more = 0; more < 3; ++more) add_person(exam, 10, fmt::format("B{:04}", more));
  add_rooms(exam, 0, 1);
  const RoomIndex added(std::size_t{exam.venues[0].first_room} + exam.venues[0].room_count - 1);
  exam.rooms[added.value].use = RoomUse::separate;
  const Replanned after = replan_quietly(exam, published);
  EXPECT_EQ(findings(exam, after.plan), "");
  EXPECT_TRUE(after.plan.unseated.empty()) << after.plan.unseated.size();
}

TEST(Replan, TakenBackMovesNoMorePeopleThanTheChangeDid) {
  for (int round = 0; round < 80; ++round) {
    RandomStream stream(Seed{}, fmt::format("undo/{}", round));
    const Exam before = small_exam(stream, {.venues = draw(stream, 2, 4), .rooms = draw(stream, 5, 8)});
    const Plan plan = naive_plan(before);
    if (!plan.unseated.empty()) continue;
    Exam after = before;
    change_at_random(after, stream);
    const Replanned changed = replan_quietly(after, rows_of(before, plan));
    if (!changed.plan.unseated.empty()) continue;
    const Replanned undone = replan_quietly(before, rows_of(after, changed.plan));
    EXPECT_TRUE(undone.plan.unseated.empty()) << round;
    EXPECT_LE(undone.plan.report.change->weighted, changed.plan.report.change->weighted) << round;
    EXPECT_LE(moved(undone), moved(changed)) << round;
    // Where the plan is lawful under the old exam too, nobody moves.
    if (before.applicants.size() != after.applicants.size()) continue;
    PlanRows same = rows_of(after, changed.plan);
    same.has_report = false;
    bool lawful = true;
    for (const PlacementRow& row : same.placements) {
      const VenueIndex venue = before.find(row.venue_code);
      lawful = lawful && venue.exists() && before.find(venue, static_cast<int>(row.room_no)).exists();
    }
    if (lawful && verification::verify_plan(before, same).clean()) {
      EXPECT_EQ(moved(undone), 0) << round;
    }
  }
}

// The least weighted sum by trying every way to put people into rooms: one unit a room, caps, wheelchairs, extra time.
class EveryWay {
 public:
  EveryWay(const Exam& exam, const PlanRows& published) : exam_(exam) {
    for (const Applicant& applicant : exam.applicants) {
      const auto row = std::find_if(published.placements.begin(), published.placements.end(),
                                    [&](const PlacementRow& one) { return one.applicant_id == applicant.id; });
      before_.push_back(row == published.placements.end() ? nullptr : &*row);
    }
    count_.assign(exam.rooms.size(), 0);
    holder_.assign(exam.rooms.size(), none_yet);
  }
  // Nothing when not everybody can be seated.
  std::optional<std::int64_t> least() {
    descend(0, 0);
    return best_;
  }

 private:
  static constexpr int none_yet = -1;

  int class_of(const Applicant& person) const {
    const bool own_time = person.accommodation.multiplier != TimeMultiplier::x1_0;
    return own_time ? 1000 + static_cast<int>(person.accommodation.multiplier) : static_cast<int>(person.unit.value);
  }
  std::int64_t cost(std::size_t person, std::size_t room) const {
    if (before_[person] == nullptr) return 0;
    const Room& where = exam_.rooms[room];
    const bool venue = before_[person]->venue_code != exam_[where.venue].code;
    return venue ? 400 : before_[person]->room_no != where.room_no ? 20 : 0;
  }
  void descend(std::size_t person, std::int64_t sum) {
    if (best_ && sum >= *best_) return;
    if (person == exam_.applicants.size()) {
      best_ = sum;
      return;
    }
    const Applicant& who = exam_.applicants[person];
    for (std::size_t room = 0; room < exam_.rooms.size(); ++room) {
      const Room& where = exam_.rooms[room];
      const int cap = std::min(*exam_.policy.people_cap, where.people_cap.value_or(9));
      if (count_[room] >= std::min(cap, 9) || (who.accommodation.wheelchair && !where.accessible)) continue;
      if (count_[room] > 0 && holder_[room] != class_of(who)) continue;
      const int held = holder_[room];
      holder_[room] = class_of(who);
      ++count_[room];
      descend(person + 1, sum + cost(person, room));
      --count_[room];
      holder_[room] = held;
    }
  }

  const Exam& exam_;
  std::vector<const PlacementRow*> before_;
  std::vector<int> count_;
  std::vector<int> holder_;
  std::optional<std::int64_t> best_;
};

TEST(Replan, IsAsGoodAsTryingEveryWayInSmallExams) {
  int compared = 0;
  int moved_people = 0;
  for (int round = 0; round < 1'200; ++round) {
    RandomStream stream(Seed{}, fmt::format("every-way/{}", round));
    // Every third exam has more rooms than are divided at once.
    const bool wide = round % 3 == 2;
    Exam exam = small_exam(stream, {.venues = wide ? 4 : 2,
                                    .rooms = 3,
                                    .units = 2,
                                    .people = wide ? draw(stream, 5, 7) : draw(stream, 5, 8),
                                    .cap = draw(stream, 2, 3)});
    const Plan plan = naive_plan(exam);
    if (!plan.unseated.empty()) continue;
    const PlanRows published = rows_of(exam, plan);
    // One change without seats: what this reading does not try.
    const auto somewhere = static_cast<std::size_t>(draw(stream, 0, static_cast<int>(exam.rooms.size()) - 1));
    switch (draw(stream, 0, 4)) {
      case 0:
        exam.policy.people_cap = *exam.policy.people_cap - 1;
        break;
      case 1:
        remove_room(exam, somewhere);
        break;
      case 2:
        exam.rooms[somewhere].people_cap = 1;
        break;
      case 3:
        exam.applicants[0].accommodation.wheelchair = true;
        break;
      case 4:
        exam.applicants[0].accommodation.multiplier = TimeMultiplier::x1_5;
        break;
    }
    const std::optional<std::int64_t> least = EveryWay(exam, published).least();
    const Replanned after = replan_quietly(exam, published);
    ++compared;
    if (!least) {
      EXPECT_FALSE(after.plan.unseated.empty()) << round;
      continue;
    }
    ASSERT_TRUE(after.plan.unseated.empty()) << round;
    const ChangeFigures& change = *after.plan.report.change;
    EXPECT_LE(change.floor_weighted, *least) << "round " << round;  // a floor is a floor
    EXPECT_EQ(change.weighted - exam.policy.change_weights.seat * change.seat, *least) << "round " << round;
    moved_people += *least > 0 ? 1 : 0;
  }
  EXPECT_GT(compared, 800);
  EXPECT_GT(moved_people, 400);
}

TEST(Replan, NeverGivesANumberAgain) {
  RandomStream stream(Seed{}, "numbers");
  Exam exam = small_exam(stream, {.units = 1, .people = 12});
  const PlanRows first = rows_of(exam, naive_plan(exam));
  // The person with the last number withdraws, then somebody is added.
  const auto last =
      std::max_element(first.placements.begin(), first.placements.end(),
                       [](const auto& a, const auto& b) { return a.applicant_number < b.applicant_number; });
  const std::string lost_number = last->applicant_number.text();
  remove_person(exam, exam.find(last->applicant_id).value);
  const Replanned without = replan_quietly(exam, first);
  EXPECT_EQ(without.plan.report.change->removed, 1);
  add_person(exam, 0, "B0001");
  const Replanned with = replan_quietly(exam, rows_of(exam, without.plan));
  EXPECT_EQ(with.plan.report.change->added, 1);
  const Placement& added = with.plan.placements.back();
  EXPECT_EQ(exam[added.applicant].id.text(), "B0001");
  EXPECT_NE(added.number.text(), lost_number);
  EXPECT_EQ(added.number.text(), "01000013");
}

TEST(Replan, LeavesPinnedPeopleWhereTheyAre) {
  for (int round = 0; round < 40; ++round) {
    RandomStream stream(Seed{}, fmt::format("pins/{}", round));
    Exam exam = small_exam(stream, {.venues = 3, .rooms = 8, .people = 40});
    const Plan plan = naive_plan(exam);
    if (!plan.unseated.empty()) continue;
    const PlanRows published = rows_of(exam, plan);
    exam.policy.people_cap = 4;
    const auto pinned = static_cast<std::size_t>(draw(stream, 0, 39));
    exam.pins.push_back({.kind = PinKind::person, .applicant = ApplicantIndex(pinned)});
    const Replanned after = replan_quietly(exam, published);
    if (!after.plan.unseated.empty()) continue;
    for (const Change& change : after.changes) EXPECT_NE(change.applicant, exam.applicants[pinned].id) << round;
  }
}

TEST(Replan, SaysWhenAPinCannotBeKept) {
  RandomStream stream(Seed{}, "pin that cannot be");
  Exam exam = small_exam(stream, {.venues = 3, .rooms = 8, .units = 1, .people = 20});
  const Plan plan = naive_plan(exam);
  const PlanRows published = rows_of(exam, plan);
  exam.policy.people_cap = 4;
  exam.pins.push_back({.kind = PinKind::room, .venue = plan.placements[0].venue, .room = plan.placements[0].room});
  const Replanned after = replan_quietly(exam, published);
  EXPECT_EQ(after.plan.report.status, PlanStatus::infeasible);
  ASSERT_FALSE(after.plan.unseated.empty());
  EXPECT_EQ(after.plan.unseated.front().reason, "pinned");
}

TEST(Replan, ClosesAMergedVenueAndSendsItsPeopleToTheOther) {
  RandomStream stream(Seed{}, "merged");
  Exam exam = small_exam(stream, {.venues = 3, .rooms = 6, .people = 40});
  const Plan plan = naive_plan(exam);
  const PlanRows published = rows_of(exam, plan);
  const auto before = std::count_if(plan.placements.begin(), plan.placements.end(),
                                    [](const Placement& placed) { return placed.venue.value == 0; });
  ASSERT_GT(before, 0);
  exam.venues[0].merged_into = exam.venues[2].code;
  add_rooms(exam, 2, 6);
  const Replanned after = replan_quietly(exam, published);
  EXPECT_EQ(after.plan.report.change->venue, before);
  EXPECT_EQ(after.plan.report.change->weighted, 400 * before);
  for (const Change& change : after.changes) EXPECT_EQ(change.to.substr(0, 3), "V3/") << change.from;
  EXPECT_EQ(findings(exam, after.plan), "");
}

TEST(Replan, NamesTheFewestRoomsThatWouldSeatEverybody) {
  RandomStream stream(Seed{}, "missing");
  Exam exam = small_exam(stream, {.venues = 2, .rooms = 4, .units = 1, .people = 40});
  const PlanRows published = rows_of(exam, naive_plan(exam));
  exam.policy.people_cap = 4;
  const Replanned after = replan_quietly(exam, published);
  EXPECT_EQ(after.plan.report.status, PlanStatus::infeasible);
  EXPECT_EQ(after.plan.unseated.size(), 8U);
  ASSERT_EQ(after.missing.size(), 1U);
  EXPECT_EQ(after.missing[0].rooms, 2);
  EXPECT_EQ(after.missing[0].district_code, "D0");
  EXPECT_TRUE(after.missing_is_enough);
  EXPECT_FALSE(after.plan.report.conflicts.empty());
}

// Red when rooms were only counted: her class had rooms enough, none of which she can enter, and she was left without a
// seat beside two empty rooms that are for her.
TEST(Replan, LeavesNobodyOutBesideAnEmptyRoomThatIsForThem) {
  RandomStream stream(Seed{}, "left out");
  Exam exam = small_exam(stream, {.venues = 7, .rooms = 8, .units = 2, .people = 60});
  exam.applicants[7].accommodation.wheelchair = true;
  const PlanRows published = rows_of(exam, naive_plan(exam));
  exam.policy.people_cap = 4;
  for (Room& room : exam.rooms) room.accessible = false;
  Venue& added = exam.venues.emplace_back();
  added.code = VenueCode("V8");
  added.kind = VenueKind::accommodation;
  added.district = exam.venues.front().district;
  added.at = {37.50, 127.25};
  for (int number = 1; number <= 2; ++number) {
    Room room = exam.rooms.front();
    room.venue = VenueIndex(exam.venues.size() - 1);
    room.room_no = number;
    room.accessible = true;
    exam.rooms.push_back(room);
  }
  make_canonical(exam);
  const Replanned after = replan_quietly(exam, published);
  EXPECT_TRUE(after.plan.unseated.empty());
  EXPECT_EQ(findings(exam, after.plan), "");
}

// Red while whoever had no room of the own unit was left out beside free seats: whole rooms of every unit would be more
// than there are.
TEST(Replan, SeatsPeopleBesideOtherUnitsWhereLeftoverAllowsIt) {
  for (int round = 0; round < 6; ++round) {
    RandomStream stream(Seed{}, fmt::format("shared seats/{}", round));
    Exam exam = small_exam(stream, {.venues = 10, .rooms = 6, .units = 8, .people = 230});
    const PlanRows published = rows_of(exam, naive_plan(exam));
    exam.policy.people_cap = 4;
    exam.policy.mixing = Mixing::leftover;
    const Replanned after = replan_quietly(exam, published);
    EXPECT_TRUE(after.plan.unseated.empty()) << round << ": " << after.plan.unseated.size();
    EXPECT_EQ(findings(exam, after.plan), "") << round;
  }
}

TEST(Replan, IsTheSameForAnyNumberOfThreads) {
  RandomStream stream(Seed{}, "threads");
  Exam exam = small_exam(stream, {.venues = 6, .rooms = 8, .units = 5, .people = 200, .accommodations = true});
  const PlanRows published = rows_of(exam, naive_plan(exam));
  exam.policy.people_cap = 4;
  for (std::size_t venue = 0; venue < 6; ++venue) add_rooms(exam, venue, 3);
  const Replanned one = replan(exam, published, 1, no_progress());
  const Replanned four = replan(exam, published, 4, no_progress());
  EXPECT_GT(one.changes.size(), 20U);
  EXPECT_EQ(one.changes, four.changes);
}

}  // namespace
}  // namespace hanjari::replanning
