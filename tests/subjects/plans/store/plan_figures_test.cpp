// What pages say of plans without reading them whole, on a real database.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <future>
#include <set>

#include "hanjari/base/file.h"
#include "hanjari/plans/exams.h"
#include "places.h"
#include "stage/test_database.h"

namespace hanjari::services {
namespace {

using hanjari::tests::change_of;
using hanjari::tests::TestDatabase;

class PlanFigures : public testing::Test {
 protected:
  PlanFigures() : exam(hanjari::tests::small_exam()), plan(hanjari::tests::plan_of(exam)), code(exam.header.code) {
    database->exams().save_exam(exam, &plan, change_of(database.clock), no_progress());
  }

  TestDatabase database;
  Exam exam;
  Plan plan;
  ExamCode code;
};

// Seen red: the columns were empty, and a page read the whole exam instead.
TEST_F(PlanFigures, AreKeptBesideThePlan) {
  const StoredPlan stored = find_stored_plan(database->exams(), code, plan.digest);
  Metres travel = 0;
  std::set<std::uint32_t> venues;
  for (const Placement& placed : plan.placements) {
    travel += placed.travel_m;
    venues.insert(placed.venue.value);
  }
  EXPECT_EQ(stored.travel_m, travel);
  EXPECT_EQ(stored.venues, static_cast<std::int64_t>(venues.size()));
  EXPECT_EQ(database->exams().list_venues(code, stored).size(), venues.size());
  const auto head = database->exams().find_head(code);
  ASSERT_TRUE(head);
  EXPECT_EQ(head->people, static_cast<std::int64_t>(exam.applicants.size()));
  EXPECT_EQ(head->name_ko, exam.header.name_ko);
  EXPECT_EQ(head->time_zone, exam.header.time_zone);
  const auto people = database->exams().find_people(code, stored, {exam.applicants[2].id, ApplicantId("nobody")});
  ASSERT_EQ(people.size(), 1U);
  EXPECT_EQ(people[0].name, exam.applicants[2].name);
}

TEST_F(PlanFigures, GiveTheUnitsOfAPackageWithoutItsPeople) {
  const std::vector<Unit> units = database->exams().list_units(code, exam.input_sha256);
  ASSERT_EQ(units.size(), exam.units.size());
  for (std::size_t at = 0; at < units.size(); ++at) {
    EXPECT_EQ(units[at].code, exam.units[at].code);
    EXPECT_EQ(units[at].starts_at, exam.units[at].starts_at);
    EXPECT_EQ(units[at].seated_by, exam.units[at].seated_by);
  }
  EXPECT_TRUE(database->exams().list_units(code, std::string(64, '0')).empty());
}

TEST_F(PlanFigures, NameTheVenuesThatTheNewestPackageNoLongerHas) {
  ExamRepository& exams = database->exams();
  EXPECT_EQ(exams.list_exams(), std::vector<ExamCode>{code});
  const StoredPlan stored = find_stored_plan(exams, code, plan.digest);
  EXPECT_TRUE(exams.list_venues_gone(code, stored).empty());
  Exam newer = exam;
  newer.input_sha256 = std::string(64, '9');
  Venue& renamed = newer.venues[plan.placements.front().venue.value];
  renamed.code = VenueCode(renamed.code.text() + "x");
  exams.save_exam(newer, nullptr, change_of(database.clock), no_progress());
  EXPECT_EQ(exams.list_venues_gone(code, stored), std::vector<std::string>{renamed.name});
}

TEST_F(PlanFigures, OfDifferencesAreCountedOnceAndReadBackTheSame) {
  ExamRepository& exams = database->exams();
  const StoredPlan stored = find_stored_plan(exams, code, plan.digest);
  exams.set_live_plan(code, stored, 0, change_of(database.clock));
  Plan other = plan;
  // Two people of one room change seats.
  const auto mate = std::find_if(other.placements.begin() + 1, other.placements.end(), [&](const Placement& placed) {
    return placed.room == other.placements.front().room;
  });
  ASSERT_NE(mate, other.placements.end());
  std::swap(other.placements.front().seat_no, mate->seat_no);
  std::swap(other.placements.front().desk, mate->desk);
  other.digest = std::string(64, 'd');
  exams.save_exam(exam, &other, change_of(database.clock), no_progress());
  const LiveDifference first = compare_with_live(exams, code, other.digest);
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM plan_differences"), 1);
  const LiveDifference again = compare_with_live(exams, code, other.digest);
  EXPECT_EQ(write_figures(first), write_figures(again));
  EXPECT_EQ(again.told, first.told);
  EXPECT_EQ(again.live_version, 1);
  // What another version of the program kept is counted anew.
  database.connect()->execute("UPDATE plan_differences SET figures = '{\"form\":0}'");
  EXPECT_EQ(write_figures(compare_with_live(exams, code, other.digest)), write_figures(first));
}

// Red while the figures were kept for the plan that a decision made of the row in the meantime.
TEST_F(PlanFigures, AreNotKeptForWhatADecisionMakesOfTheRowMeanwhile) {
  ExamRepository& exams = database->exams();
  Plan other = plan;
  std::swap(other.placements[0].booklet, other.placements[1].booklet);
  other.digest = std::string(64, 'd');
  exams.save_exam(exam, &other, change_of(database.clock), no_progress());
  const StoredPlan stored = find_stored_plan(exams, code, plan.digest);
  const StoredPlan told = find_stored_plan(exams, code, other.digest);
  const auto deciding = database.connect();
  deciding->execute("BEGIN");
  deciding->execute("UPDATE plans SET digest = REPEAT('e', 64) WHERE digest = '" + plan.digest + "'");
  auto keeping = std::async(std::launch::async, [&] { exams.keep_figures(code, stored, told, "{}"); });
  EXPECT_EQ(keeping.wait_for(std::chrono::milliseconds(200)), std::future_status::timeout)
      << "it waits for the decision";
  deciding->execute("COMMIT");
  keeping.get();
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM plan_differences"), 0);
}

// Plans that were stored before the figures were kept get them by a migration, once.
TEST_F(PlanFigures, OfOlderPlansAreCountedByTheMigration) {
  const StoredPlan before = find_stored_plan(database->exams(), code, plan.digest);
  const auto connection = database.connect();
  connection->execute("UPDATE plans SET used_venues = NULL, travel_m = NULL");
  EXPECT_EQ(find_stored_plan(database->exams(), code, plan.digest).venues, 0);
  connection->execute(read_file(std::filesystem::path(hanjari::tests::source_dir) / "sql" / "206_figures_of_plans.sql"));
  const StoredPlan after = find_stored_plan(database->exams(), code, plan.digest);
  EXPECT_EQ(after.venues, before.venues);
  EXPECT_EQ(after.travel_m, before.travel_m);
  EXPECT_GT(after.travel_m, 0);
}

}  // namespace
}  // namespace hanjari::services
