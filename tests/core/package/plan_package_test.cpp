#include "hanjari/package/plan_package.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hanjari/base/digest.h"
#include "hanjari/base/error.h"
#include "package/package_folder.h"
#include "package/places_of_faults.h"

namespace hanjari::package {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

// A plan of the small exam: A1 and A2 seated, A3 not.
Plan small_plan(const Exam& exam) {
  Plan plan;
  plan.placements = {{ApplicantIndex(std::size_t{0}),
                      ApplicantNumber("01000001"),
                      VenueIndex(std::size_t{0}),
                      RoomIndex(std::size_t{0}),
                      1,
                      {1, 1},
                      'A',
                      142},
                     {ApplicantIndex(std::size_t{1}),
                      ApplicantNumber("01000002"),
                      VenueIndex(std::size_t{1}),
                      RoomIndex(std::size_t{2}),
                      6,
                      {2, 2},
                      'A',
                      142}};
  plan.unseated = {{ApplicantIndex(std::size_t{2}), "no_capacity", {"no room is left, not one", "시험실이 없습니다"}}};
  plan.over_detour = {{ApplicantIndex(std::size_t{1}), 142, 17}};
  plan.report.status = PlanStatus::gave_up;
  plan.report.seated = 2;
  plan.report.unseated = 1;
  plan.report.objective = {284, 284, 2, 2, 2};
  plan.report.detour_m = {17, 8.5, 0, 17, 17};
  plan.report.over_detour_cap = 1;
  plan.report.bound = Bound{200, BoundOf::plan};
  plan.report.gap = {0.42, std::nullopt};
  plan.report.seed = "ff";
  plan.report.rounds = 3;
  plan.report.input_sha256 = exam.input_sha256;
  plan.report.version = "0.1.0";
  plan.report.keep_apart_broken = {
      {"K1", ApplicantIndex(std::size_t{0}), ApplicantIndex(std::size_t{1}), {"one room", "한 시험실"}}};
  plan.report.conflicts = {{"too few rooms", "시험실이 모자랍니다"}};
  return plan;
}

TEST(SavePlan, IsReadBackAsTheSamePlan) {
  const PackageFolder folder;
  const Exam exam = folder.load().exam;
  const Plan plan = small_plan(exam);
  const std::string digest = save_plan(exam, plan, folder.path() / "plan", system_clock());
  const PlanRows rows = load_plan_rows(folder.path() / "plan");
  EXPECT_TRUE(rows.has_report);
  EXPECT_EQ(rows.digest, digest);
  EXPECT_EQ(digest, sha256(folder.read("plan/placements.csv")).hex());
  const Plan back = resolve_plan(exam, rows);
  ASSERT_EQ(back.placements.size(), 2U);
  EXPECT_EQ(back.placements[1].number, ApplicantNumber("01000002"));
  EXPECT_EQ(back.placements[1].room, RoomIndex(std::size_t{2}));
  EXPECT_EQ(back.placements[1].seat_no, 6);
  EXPECT_EQ(back.placements[1].desk, (Desk{2, 2}));
  EXPECT_EQ(back.placements[1].travel_m, 142);
  ASSERT_EQ(back.unseated.size(), 1U);
  EXPECT_EQ(back.unseated[0].reason, "no_capacity");
  EXPECT_EQ(back.unseated[0].detail.en, "no room is left, not one");
  ASSERT_EQ(back.over_detour.size(), 1U);
  EXPECT_EQ(back.over_detour[0].detour_m, 17);
  EXPECT_EQ(back.report.status, PlanStatus::gave_up);
  EXPECT_EQ(back.report.objective, plan.report.objective);
  EXPECT_EQ(back.report.detour_m, plan.report.detour_m);
  EXPECT_EQ(back.report.bound, plan.report.bound);
  EXPECT_EQ(back.report.gap, plan.report.gap);
  EXPECT_EQ(back.report.seed, "ff");
  EXPECT_EQ(back.report.rounds, 3);
  EXPECT_EQ(back.report.keep_apart_broken.size(), 1U);
  EXPECT_EQ(back.digest, digest);
}

TEST(SavePlan, WritesTheColumnsOfTheContract) {
  const PackageFolder folder;
  const Exam exam = folder.load().exam;
  save_plan(exam, small_plan(exam), folder.path() / "plan", system_clock());
  EXPECT_EQ(folder.read("plan/placements.csv"),
            "applicant_id,applicant_number,unit_code,venue_code,room_no,seat_no,row,column,booklet,travel_m\n"
            "A1,01000001,010,V1,1,1,1,1,A,142\nA2,01000002,010,V2,1,6,2,2,A,142\n");
  EXPECT_EQ(folder.read("plan/unseated.csv"),
            "applicant_id,reason,detail\nA3,no_capacity,\"no room is left, not one\"\n");
  EXPECT_EQ(folder.read("plan/over_detour.csv"), "applicant_id,travel_m,detour_m\nA2,142,17\n");
  const std::string report = folder.read("plan/report.json");
  EXPECT_THAT(report, HasSubstr("\"status\": \"gave_up\""));
  EXPECT_THAT(report, HasSubstr("\"of_detour\": null"));
  EXPECT_THAT(report, ::testing::Not(HasSubstr("replanned_from")));
}

TEST(LoadPlanRows, TakesAHandMadePlanWithoutTheOtherFilesAndKeepsWhatIsWrong) {
  const TemporaryFolder folder;
  folder.write("placements.csv",
               "booklet,applicant_id,applicant_number,unit_code,venue_code,room_no,seat_no,row,column,travel_m\r\n"
               "Z,nobody,,010,V9,-1,0,99,99,-5\r\n");
  const PlanRows rows = load_plan_rows(folder.path());
  EXPECT_FALSE(rows.has_report);
  ASSERT_EQ(rows.placements.size(), 1U);
  EXPECT_EQ(rows.placements[0].applicant_id, ApplicantId("nobody"));
  EXPECT_EQ(rows.placements[0].room_no, -1);
  EXPECT_EQ(rows.placements[0].booklet, "Z");
  EXPECT_EQ(rows.placements[0].line, 2U);
}

TEST(LoadPlanRows, RefusesWhatIsNoPlan) {
  const TemporaryFolder folder;
  EXPECT_THROW(load_plan_rows(folder.path()), NotFound);
  folder.write("placements.csv",
               "applicant_id,applicant_number,unit_code,venue_code,room_no,seat_no,row,column,booklet,"
               "travel_m\nA1,1,010,V1,one,1,1,1,A,0\n");
  folder.write("report.json", "{\"status\": \"fine\"}");
  try {
    load_plan_rows(folder.path());
    FAIL() << "loaded";
  } catch (const InvalidInput& refused) {
    ASSERT_EQ(refused.faults().count(), 2U);
    EXPECT_THAT(refused.faults().kept()[0].format(Language::english), StartsWith("placements.csv:2: room_no: 'one'"));
    EXPECT_THAT(refused.faults().kept()[1].format(Language::english), StartsWith("report.json:1: status: "));
  }
}

TEST(ResolvePlan, NamesEveryRowThatDoesNotBelongToTheExam) {
  const PackageFolder folder;
  const Exam exam = folder.load().exam;
  folder.write("placements.csv",
               "applicant_id,applicant_number,unit_code,venue_code,room_no,seat_no,row,column,booklet,travel_m\n"
               "A9,1,010,V1,1,1,1,1,A,0\nA1,1,010,V9,1,1,1,1,A,0\nA1,1,010,V1,9,1,1,1,A,0\nA1,1,010,V1,1,1,9,1,A,0\n"
               "A1,1,010,V1,1,1,1,1,E,0\nA2,1,010,V1,1,1,1,1,A,0\nA2,1,010,V1,1,2,2,1,B,0\n");
  EXPECT_THAT(hanjari::tests::places_of_faults([&] { resolve_plan(exam, load_plan_rows(folder.path())); }),
              ElementsAre("2 applicant_id", "3 venue_code", "4 room_no", "5 seat_no", "6 booklet", "8 applicant_id"));
}

TEST(ResolvePlan, NamesTheCodeThatIsMeantAndTellsACauseOnce) {
  const PackageFolder folder;
  const Exam exam = folder.load().exam;
  const std::string header =
      "applicant_id,applicant_number,unit_code,venue_code,room_no,seat_no,row,column,booklet,travel_m\n";
  const auto faults = [&](const std::string& rows) {
    folder.write("placements.csv", header + rows);
    std::vector<std::string> told;
    try {
      resolve_plan(exam, load_plan_rows(folder.path()));
    } catch (const InvalidInput& refused) {
      for (const Fault& fault : refused.faults().kept()) told.push_back(fault.format(Language::english));
    }
    return told;
  };
  EXPECT_THAT(faults("A1,1,010,v1,1,1,1,1,A,0\n"), ::testing::ElementsAre(HasSubstr("but 'V1' does")));
  EXPECT_THAT(faults("a1,1,010,V1,1,1,1,1,A,0\n"), ::testing::ElementsAre(HasSubstr("but 'A1' does")));
  std::string rows;
  for (int at = 0; at < 40; ++at) rows += "X" + std::to_string(at) + ",1,010,V1,1,1,1,1,A,0\n";
  EXPECT_THAT(faults(rows), ::testing::ElementsAre(HasSubstr("40 rows: 'X0' does not stand in the exam")));
  // Red while the first twenty alone were held against the exam, and the others were said to be of another one.
  rows.clear();
  for (int at = 0; at < 40; ++at) rows += "a" + std::to_string(at % 3 + 1) + ",1,010,V1,1,1,1,1,A,0\n";
  std::string blanks;
  for (int at = 0; at < 40; ++at) blanks += "A1,1,010," + std::string(static_cast<std::size_t>(at), ' ') + "v1,1,1,1,1,A,0\n";
  EXPECT_THAT(faults(rows), ::testing::ElementsAre(HasSubstr("40 rows: 'a1' does not stand in applicants.csv, but 'A1' does")));
  EXPECT_THAT(faults(blanks), ::testing::ElementsAre(HasSubstr("39 rows: ' v1' is not 'v1', which it looks like")))
      << "blanks around a code of a plan are told before it is looked for";
}

}  // namespace
}  // namespace hanjari::package
