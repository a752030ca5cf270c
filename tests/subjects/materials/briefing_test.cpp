// The page of the day: who may be named and when, whose words a venue reads, and what the check list keeps.
#include "hanjari/materials/briefing.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hanjari/base/error.h"
#include "stage/code_thrown.h"
#include "stage/materials/memory_briefings.h"
#include "stage/materials/memory_materials.h"
#include "stage/memory_attempts.h"

namespace hanjari::services {
namespace {

using hanjari::tests::code_thrown;

// One school of the district 11110 with invented people.
class PlansOfTheDay : public PlanRepository {
 public:
  std::vector<LiveExam> list_live_exams() override { return {}; }
  std::optional<PlannedExam> find_seat(const ExamCode&, const ApplicantNumber&, Date) override { return std::nullopt; }
  std::optional<PlannedExam> find_place(const ExamCode&, const ApplicantNumber&) override { return std::nullopt; }
  std::vector<VenueSummary> list_venues(const ExamCode&, const std::optional<DistrictCode>&) override {
    return {{VenueCode("V1"), "First", DistrictCode("11110"), "Street 1", 3, 45}};
  }
  std::optional<PlannedExam> find_venue_plan(const ExamCode& exam, const VenueCode& venue) override {
    PlannedExam planned = invent_venue(exam);
    planned.exam.venues.front().code = venue;
    planned.exam.venues.front().district = planned.exam.words.intern("11110");
    return planned;
  }
};

// Names somebody from its minute on.
class StaffFromAMinute : public VenueStaff {
 public:
  explicit StaffFromAMinute(Instant from) : from_(from) {}
  std::optional<std::vector<StaffPlace>> staff_at(const Actor&, const ExamCode&, const VenueCode&, Instant now) override {
    if (now < from_) return std::nullopt;
    return std::vector<StaffPlace>{{"1", DutyRole::chief, "Kim Invigilator"}};
  }

 private:
  Instant from_;
};

class RecordedReadings : public AccessRecord {
 public:
  using AccessRecord::record_access;
  void record_access(const Change&, const AuditNote& note) override { actions.push_back(note.action); }
  std::vector<std::string> actions;
};

class TheDay : public ::testing::Test {
 protected:
  MaterialDesk desk_of(const Actor& actor, const std::string& run = "") {
    return {materials, plans, attempts, own, actor, {exam, run}, now};
  }
  Briefing open(const Actor& actor, VenueStaff* staff = nullptr) {
    return open_briefing(desk_of(actor), briefings, staff, readings, nullptr, VenueCode("V1"));
  }

  const ExamCode exam{"seoul-2021-1"};
  hanjari::tests::MemoryMaterials materials;
  hanjari::tests::MemoryBriefings briefings;
  PlansOfTheDay plans;
  hanjari::tests::MemoryAttempts attempts;
  std::shared_ptr<const OwnVenues> own = std::make_shared<VenuesOfDistrict>();
  RecordedReadings readings;
  const Actor city{"officer", Role::exam_officer, {}};
  const Actor jongno{"jongno", Role::district_coordinator, DistrictCode("11110")};
  const Actor jung{"jung", Role::district_coordinator, DistrictCode("11140")};
  Instant now = Instant(std::chrono::hours(24 * 18'700));
};

// Red when the page asks for names of another moment than its own.
TEST_F(TheDay, NamesNobodyBeforeTheMinuteThatIsSet) {
  StaffFromAMinute staff(now + std::chrono::minutes(1));
  EXPECT_FALSE(open(jongno, &staff).staff);
  EXPECT_FALSE(open(jongno).staff) << "and nobody where no duties are kept";
  now += std::chrono::minutes(1);
  const Briefing briefing = open(jongno, &staff);
  ASSERT_TRUE(briefing.staff);
  EXPECT_EQ(briefing.staff->front().name, "Kim Invigilator");
}

TEST_F(TheDay, HasTheClockOfItsUnitsInOrder) {
  const Briefing briefing = open(jongno);
  ASSERT_FALSE(briefing.clock.empty());
  EXPECT_EQ(briefing.clock.front().minute, 8 * 60 + 20) << "an hour before people are seated";
  for (std::size_t at = 1; at < briefing.clock.size(); ++at) EXPECT_LE(briefing.clock[at - 1].minute, briefing.clock[at].minute);
  EXPECT_EQ(briefing.packing.rooms.size(), 3U);
}

TEST_F(TheDay, HasTheWordsOfTheCityAndTheOwnDistrictAndRecordsWhoReadsThem) {
  open(jongno);
  EXPECT_TRUE(readings.actions.empty()) << "nothing to read";
  save_own_note(desk_of(city), briefings, "Call 120", 0);
  save_own_note(desk_of(jung), briefings, "Of another district", 0);
  save_own_note(desk_of(jongno), briefings, "Call Jongno", 0);
  const Briefing briefing = open(jongno);
  ASSERT_EQ(briefing.notes.size(), 2U);
  EXPECT_EQ(briefing.notes[0].words, "Call 120");
  EXPECT_EQ(briefing.notes[1].words, "Call Jongno");
  EXPECT_THAT(readings.actions, ::testing::ElementsAre("briefing_notes.read"));
  EXPECT_EQ(code_thrown([&] { save_own_note(desk_of(city), briefings, std::string(longest_briefing_note + 1, 'a'), 1); }), "value_too_long");
  const Actor chief{"chief", Role::venue_chief, {}};
  EXPECT_EQ(code_thrown([&] { save_own_note(desk_of(chief), briefings, "Mine", 0); }), "not_your_venue");
}

TEST_F(TheDay, IsTickedByTheOwnSideAndSeenByTheCity) {
  EXPECT_EQ(code_thrown([&] { tick(desk_of(jung), briefings, VenueCode("V1"), "signs_posted", true); }), "not_your_venue");
  EXPECT_EQ(code_thrown([&] { tick(desk_of(jongno), briefings, VenueCode("V1"), "nothing", true); }), "no_such_check");
  tick(desk_of(jongno), briefings, VenueCode("V1"), "signs_posted", true);
  tick(desk_of(jongno), briefings, VenueCode("V1"), "clocks_set", true);
  tick(desk_of(jongno), briefings, VenueCode("V1"), "clocks_set", false);
  const auto venues = list_readiness(desk_of(city), briefings);
  ASSERT_EQ(venues.size(), 1U);
  EXPECT_EQ(venues[0].done, 1);
  EXPECT_EQ(venues[0].last, now);
  EXPECT_TRUE(list_readiness(desk_of(jung), briefings).empty());
}

TEST_F(TheDay, OfADryRunHasInventedPeopleOnly) {
  const MaterialDesk run = desk_of(jongno, "jongno");
  StaffFromAMinute staff(now);
  const Briefing briefing = open_briefing(run, briefings, &staff, readings, nullptr, dry_run_venue);
  ASSERT_TRUE(briefing.staff);
  EXPECT_EQ(briefing.staff->size(), 6U);
  for (const StaffPlace& place : *briefing.staff) EXPECT_NE(place.name, "Kim Invigilator");
  EXPECT_TRUE(readings.actions.empty());
}

}  // namespace
}  // namespace hanjari::services
