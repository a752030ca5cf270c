// What decisions on single people leave behind: every earlier plan to the last byte, also under new keys, for plans that
// come later and for going back, and nothing after destruction.
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "database/driver_error.h"
#include "hanjari/rekeying/keys.h"
#include "stage/machine.h"
#include "subjects/intake/store/health_stage.h"

namespace hanjari::tests::health {
namespace {

TEST_F(HealthDecisions, LeaveEveryEarlierPlanToTheLastByte) {
  std::vector<services::LivePointer> pointers = {pointer()};
  std::vector<std::string> over;
  const auto detours = [&](const services::LivePointer& of) {
    std::string text;
    for (const OverDetour& one : stored(of).plan.over_detour)
      text += std::to_string(one.applicant.value) + " " + std::to_string(one.detour_m) + "\n";
    return text;
  };
  over.push_back(detours(pointers.back()));
  const auto note = [&] {
    pointers.push_back(pointer());
    over.push_back(detours(pointers.back()));
  };
  for (const std::int64_t one : {reports[0], reports[1]}) {
    decide(one);
    note();
  }
  // The same person twice.
  decide(add_report(ids[0]), services::ReportDecision::reserve);
  note();
  for (std::size_t at = 0; at < pointers.size(); ++at) {
    EXPECT_EQ(detours(pointers[at]), over[at]) << at;
    if (at > 0) expect_whole(pointers[at]);
  }
  const PlannedExam first = stored(pointers.front());
  EXPECT_EQ(package::digest_exam(first.exam), pointers.front().input_sha256);
  EXPECT_EQ(package::digest_plan(first.exam, first.plan), pointers.front().plan_digest);
  // Newest first, each once.
  const auto plans = database->exams().list_plans(exam);
  const auto populations = database->exams().list_populations(exam);
  ASSERT_EQ(plans.size(), pointers.size());
  ASSERT_EQ(populations.size(), pointers.size());
  for (std::size_t at = 0; at < plans.size(); ++at) {
    EXPECT_EQ(plans[at].digest, pointers[pointers.size() - 1 - at].plan_digest);
    EXPECT_EQ(populations[at].input_sha256, pointers[pointers.size() - 1 - at].input_sha256);
  }
  const auto changes = database->approvals().list_live_changes(exam);
  ASSERT_EQ(changes.size(), pointers.size());
  for (std::size_t at = 0; at < changes.size(); ++at) {
    const std::size_t from_first = changes.size() - 1 - at;
    EXPECT_EQ(changes[at].plan_digest, pointers[from_first].plan_digest);
    EXPECT_EQ(changes[at].before, from_first == 0 ? "" : pointers[from_first - 1].plan_digest);
    EXPECT_EQ(changes[at].by_decision, from_first != 0);
  }
}

// Red while pages found neither a venue nor a person in a plan without rows of its own, and papers of it were refused.
TEST_F(HealthDecisions, LeaveVenuesAndPeopleOfEarlierPlansToPages) {
  std::vector<services::LivePointer> pointers = {pointer()};
  for (const std::int64_t one : {reports[0], reports[1]}) {
    decide(one);
    pointers.push_back(pointer());
  }
  // The same person twice.
  decide(add_report(ids[0]), services::ReportDecision::reserve);
  pointers.push_back(pointer());
  for (const services::LivePointer& at : pointers) {
    const PlannedExam planned = stored(at);
    std::map<std::string, std::pair<std::set<std::uint64_t>, std::int64_t>> used;  // rooms and people by venue
    for (const Placement& placed : planned.plan.placements) {
      auto& [rooms, count] = used[planned.exam[placed.venue].code.text()];
      rooms.insert(placed.room.value);
      ++count;
    }
    const services::StoredPlan plan = services::find_stored_plan(database->exams(), exam, at.plan_digest);
    const auto venues = database->exams().list_venues(exam, plan);
    ASSERT_EQ(venues.size(), used.size());
    EXPECT_EQ(plan.venues, static_cast<std::int64_t>(used.size()));
    for (const services::VenueSummary& venue : venues) {
      EXPECT_EQ(venue.rooms, static_cast<std::int64_t>(used[venue.code.text()].first.size())) << venue.code.text();
      EXPECT_EQ(venue.people, used[venue.code.text()].second) << venue.code.text();
    }
    const ApplicantId moved(ids[0].text());
    const auto people = database->exams().find_people(exam, plan, {moved});
    ASSERT_EQ(people.size(), 1U);
    EXPECT_EQ(people[0].name, planned.exam[planned.exam.find(moved)].name);
  }
}

TEST_F(HealthDecisions, LetAnEarlierPlanGoLiveAgainAndBeDecidedOn) {
  decide(reports[0]);
  const services::LivePointer wanted = pointer();
  decide(reports[1]);
  services::make_plan_live(database->exams(), exam, wanted.plan_digest, change(),
                           {.instead_of = pointer().plan_digest});
  EXPECT_EQ(pointer().plan_digest, wanted.plan_digest);
  EXPECT_EQ(isolated(), std::set<std::string>{ids[0].text()});
  const auto own = database->plans().find_own_seat(exam, ApplicantId(ids[1].text()));
  ASSERT_TRUE(own);
  EXPECT_EQ(own->plan.digest, wanted.plan_digest);
  EXPECT_NE(own->exam.venues.at(0).kind, VenueKind::isolation);
  decide(reports[2]);
  EXPECT_EQ(isolated(), (std::set<std::string>{ids[0].text(), ids[2].text()}));
  expect_whole(pointer());
  expect_whole(wanted);
}

TEST_F(HealthDecisions, CopyWhereAnotherPlanHasTheSamePeople) {
  const PlannedExam before = live();
  Plan another = before.plan;
  another.placements[0].booklet = another.placements[0].booklet == 'A' ? 'B' : 'A';
  another.history.clear();
  another.digest = package::digest_plan(before.exam, another);
  database->exams().save_exam(before.exam, &another, change(), no_progress());
  const services::LivePointer first = pointer();
  const auto people = static_cast<std::int64_t>(before.exam.applicants.size());
  decide(reports[0]);
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM applicants"), 2 * people);
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM applicants WHERE sealed_in IS NULL"), people + 1)
      << "one person of the copied population was sealed for it";
  decide(reports[1]);
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM applicants"), 2 * people) << "the copy is nobody else's";
  expect_whole(pointer());
  EXPECT_EQ(package::digest_plan(before.exam, stored(first).plan), first.plan_digest);
  EXPECT_TRUE(database->exams().find_plan(before.exam, another.digest));
}

TEST_F(HealthDecisions, LetAPlanBeStoredForAnEarlierPopulation) {
  const PlannedExam before = live();
  Plan late = before.plan;
  late.placements[0].booklet = late.placements[0].booklet == 'A' ? 'B' : 'A';
  late.history.clear();
  late.digest = package::digest_plan(before.exam, late);
  decide(reports[0]);
  database->exams().save_exam(before.exam, &late, change(), no_progress());
  const auto read = database->exams().find_plan(before.exam, late.digest);
  ASSERT_TRUE(read);
  EXPECT_EQ(package::digest_plan(before.exam, *read), late.digest);
  EXPECT_EQ(package::digest_exam(*database->exams().find_exam(exam, before.exam.input_sha256)),
            before.exam.input_sha256);
  expect_whole(pointer());
}

TEST_F(HealthDecisions, KeepOnlyWhatCanHaveBeen) {
  decide(reports[0]);
  const auto owner = database.connect();
  for (const char* statement :
       {"UPDATE moved_seats SET plan_id = kept_in_plan_id", "UPDATE moved_seats SET seat_no = 0",
        "UPDATE moved_seats SET booklet = 'E'", "UPDATE moved_seats SET room_position = 99999",
        "UPDATE plans SET kept_in_plan_id = 99999 WHERE kept_in_plan_id IS NOT NULL",
        "UPDATE populations SET kept_in_population_id = 99999 WHERE kept_in_population_id IS NOT NULL",
        "DELETE FROM plans WHERE kept_in_plan_id IS NOT NULL"})
    EXPECT_THROW(owner->execute(statement), storage::DriverError) << statement;
  expect_whole(pointer());
}

TEST_F(HealthDecisions, OpenAfterTheKeysHaveChangedAndNoMoreAfterDestruction) {
  decide(reports[0]);
  const services::LivePointer earlier = pointer();
  decide(reports[1]);
  decide(add_report(ids[0]), services::ReportDecision::reserve);
  const PlannedExam before = live();
  EXPECT_GE(database.number("SELECT COUNT(*) FROM moved_seats WHERE routing_sealed IS NOT NULL"), 1);
  const storage::DatabaseSettings settings = hasty_settings(database);
  const auto rotated = storage::rotate_keys(settings, {"operator", "", clock.now()}, clock, no_progress());
  EXPECT_EQ(rotated.unopened, 0);
  storage::Database again(settings, storage::SchemaUpgrade::never, clock, no_progress());
  const auto read = again.exams().find_exam(exam, before.exam.input_sha256);
  ASSERT_TRUE(read);
  EXPECT_EQ(package::digest_exam(*read), before.exam.input_sha256);
  const auto read_earlier = again.exams().find_exam(exam, earlier.input_sha256);
  ASSERT_TRUE(read_earlier);
  EXPECT_EQ(package::digest_exam(*read_earlier), earlier.input_sha256);
  storage::order_destruction(settings, exam.text(), clock.now(), {"operator", "", clock.now()});
  storage::destroy_due(settings, {"operator", "", clock.now()}, clock, no_progress());
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM applicants"), 0);
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM placements"), 0);
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM moved_seats"), 0);
}

}  // namespace
}  // namespace hanjari::tests::health
