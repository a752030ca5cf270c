// What a limit on how much farther moved people travel does to a re-plan.
#include <gtest/gtest.h>

#include <algorithm>

#include <fmt/format.h>

#include "hanjari/domain/travel.h"
#include "hanjari/replanning/replan.h"
#include "hanjari/verification/verify.h"
#include "replanning/small_change.h"

namespace hanjari::replanning {
namespace {

// Counted from the placements alone.
std::int64_t count_beyond(const Exam& exam, const PlanRows& published, const Plan& plan, Metres limit) {
  std::int64_t count = 0;
  for (const Placement& placed : plan.placements) {
    for (const PlacementRow& row : published.placements) {
      if (row.applicant_id != exam[placed.applicant].id || row.venue_code == exam[placed.venue].code) continue;
      count += haversine_m(exam[placed.applicant].home, exam[placed.venue].at) - row.travel_m > limit ? 1 : 0;
    }
  }
  return count;
}

// The fewest changes by weight, and of those the fewest people moved too far, by trying every way to put people into
// rooms of one unit each.
class EveryFarWay {
 public:
  EveryFarWay(const Exam& exam, const PlanRows& published) : exam_(exam) {
    for (const Applicant& person : exam.applicants) {
      const auto row = std::find_if(published.placements.begin(), published.placements.end(),
                                    [&](const PlacementRow& one) { return one.applicant_id == person.id; });
      before_.push_back(row == published.placements.end() ? nullptr : &*row);
    }
    people_.assign(exam.rooms.size(), 0);
    unit_.assign(exam.rooms.size(), nobody);
  }
  struct Sum {
    std::int64_t weighted = 0;
    std::int64_t beyond = 0;
    auto operator<=>(const Sum&) const = default;
  };
  std::optional<Sum> least() {
    descend(0, {});
    return best_;
  }

 private:
  static constexpr int nobody = -1;

  Sum with(Sum sum, std::size_t person, std::size_t room) const {
    const PlacementRow* before = before_[person];
    if (before == nullptr) return sum;
    const Room& where = exam_.rooms[room];
    if (before->venue_code == exam_[where.venue].code) {
      sum.weighted += before->room_no == where.room_no ? 0 : 20;
      return sum;
    }
    sum.weighted += 400;
    const Metres metres = haversine_m(exam_.applicants[person].home, exam_[where.venue].at);
    sum.beyond += metres - before->travel_m > *exam_.policy.moved_farther_m ? 1 : 0;
    return sum;
  }

  void descend(std::size_t person, Sum sum) {
    if (best_ && sum >= *best_) return;
    if (person == exam_.applicants.size()) {
      best_ = sum;
      return;
    }
    const int unit = static_cast<int>(exam_.applicants[person].unit.value);
    for (std::size_t room = 0; room < exam_.rooms.size(); ++room) {
      if (people_[room] >= *exam_.policy.people_cap || (people_[room] > 0 && unit_[room] != unit)) continue;
      const int held = unit_[room];
      unit_[room] = unit;
      ++people_[room];
      descend(person + 1, with(sum, person, room));
      --people_[room];
      unit_[room] = held;
    }
  }

  const Exam& exam_;
  std::vector<const PlacementRow*> before_;
  std::vector<int> people_;
  std::vector<int> unit_;
  std::optional<Sum> best_;
};

// Takes a venue away whole.
void lose_venue(Exam& exam, std::size_t venue) {
  std::erase_if(exam.rooms, [&](const Room& room) { return room.venue.value == venue; });
  for (Room& room : exam.rooms) {
    if (room.venue.value > venue) room.venue = VenueIndex(std::size_t{room.venue.value} - 1);
  }
  exam.venues.erase(exam.venues.begin() + static_cast<std::ptrdiff_t>(venue));
  make_canonical(exam);
}

TEST(Farther, IsTheFewestPeopleOfAllPlansWithTheFewestChanges) {
  int compared = 0;
  int limited = 0;
  for (int round = 0; round < 300; ++round) {
    RandomStream stream(Seed{}, fmt::format("farther/{}", round));
    Exam exam = small_exam(stream, {.venues = 3, .rooms = 3, .units = 2, .people = draw(stream, 5, 7), .cap = 3});
    const Plan plan = naive_plan(exam);
    if (!plan.unseated.empty()) continue;
    const PlanRows published = rows_of(exam, plan);
    if (draw(stream, 0, 1) == 0) {
      exam.policy.people_cap = 2;
    } else {
      lose_venue(exam, 0);
    }
    exam.policy.moved_farther_m = draw(stream, 0, 3'000);
    const auto least = EveryFarWay(exam, published).least();
    const Replanned after = replan(exam, published, 1, no_progress());
    if (!least) continue;
    ++compared;
    ASSERT_TRUE(after.plan.unseated.empty()) << round;
    const ChangeFigures& change = *after.plan.report.change;
    EXPECT_EQ(change.weighted - change.seat, least->weighted) << round;
    EXPECT_EQ(change.farther, least->beyond) << round;
    EXPECT_EQ(change.farther, count_beyond(exam, published, after.plan, *exam.policy.moved_farther_m)) << round;
    EXPECT_LE(change.floor_farther, least->beyond) << round;
    EXPECT_EQ(change.farther_cap_m, exam.policy.moved_farther_m);
    limited += least->beyond > 0 ? 1 : 0;
  }
  EXPECT_GT(compared, 200);
  EXPECT_GT(limited, 30);
}

// Too large for the search that knows the best: the rounds that every exam goes through.
TEST(Farther, OfALargerExamIsNoMoreThanWithoutALimitAndNeverBelowItsFloor) {
  std::int64_t with_limit = 0;
  std::int64_t without = 0;
  std::int64_t floors = 0;
  for (int round = 0; round < 12; ++round) {
    RandomStream stream(Seed{}, fmt::format("farther at large/{}", round));
    Exam exam = small_exam(stream, {.venues = 8, .rooms = 9, .units = 4, .people = 230, .cap = 5});
    const Plan plan = naive_plan(exam);
    ASSERT_TRUE(plan.unseated.empty());
    const PlanRows published = rows_of(exam, plan);
    lose_venue(exam, static_cast<std::size_t>(draw(stream, 0, 3)));
    const Replanned free = replan(exam, published, 1, no_progress());
    if (!free.plan.unseated.empty()) continue;
    EXPECT_FALSE(free.plan.report.change->farther_cap_m);
    exam.policy.moved_farther_m = draw(stream, 1'000, 9'000);
    const Replanned limited = replan(exam, published, 1, no_progress());
    const ChangeFigures& change = *limited.plan.report.change;
    EXPECT_TRUE(limited.plan.unseated.empty());
    EXPECT_EQ(change.weighted, free.plan.report.change->weighted) << round << ": people moved come first";
    const std::int64_t free_beyond = count_beyond(exam, published, free.plan, *exam.policy.moved_farther_m);
    EXPECT_LE(change.farther, free_beyond) << round;
    EXPECT_LE(change.floor_farther, change.farther) << round;
    EXPECT_EQ(change.farther, count_beyond(exam, published, limited.plan, *exam.policy.moved_farther_m)) << round;
    EXPECT_TRUE(verification::verify_plan(exam, rows_of(exam, limited.plan)).clean()) << round;
    with_limit += change.farther;
    without += free_beyond;
    floors += change.floor_farther;
  }
  EXPECT_LT(with_limit, without);
  EXPECT_GT(floors, 0);
}

}  // namespace
}  // namespace hanjari::replanning
