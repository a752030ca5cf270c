// Exams and plans: what goes in comes out, once, whole, and never two people on one seat.
#include <gtest/gtest.h>

#include <filesystem>
#include <thread>

#include "database/driver_error.h"
#include "hanjari/base/error.h"
#include "hanjari/base/file.h"
#include "hanjari/domain/spelling.h"
#include "hanjari/package/exam_package.h"
#include "hanjari/package/plan_package.h"
#include "stage/test_database.h"

namespace hanjari::tests {
namespace {

using services::Stored;

TEST(ExamStore, GivesBackTheSamePackageAndPlanByteForByte) {
  TestDatabase database;
  const Exam exam = small_exam();
  const Plan plan = plan_of(exam);
  database->exams().save_exam(exam, &plan, change_of(database.clock), no_progress());

  const PlannedExam stored = services::load_stored_exam(database->exams(), exam.header.code, "");
  EXPECT_EQ(stored.exam.input_sha256, exam.input_sha256);
  EXPECT_EQ(package::digest_exam(stored.exam), exam.input_sha256);
  EXPECT_EQ(stored.plan.digest, plan.digest);
  const TestFolder before("before");
  const TestFolder after("after");
  package::save_exam(exam, before.path());
  package::save_exam(stored.exam, after.path());
  for (const auto& file : std::filesystem::directory_iterator(before.path())) {
    EXPECT_EQ(read_file(file.path()), read_file(after.path() / file.path().filename())) << file.path();
  }
  const TestFolder plan_after("plan");
  EXPECT_EQ(package::save_plan(stored.exam, stored.plan, plan_after.path(), system_clock()), plan.digest);
  EXPECT_EQ(stored.plan.report.objective, plan.report.objective);
  EXPECT_EQ(stored.plan.report.detour_m, plan.report.detour_m);
  EXPECT_EQ(stored.plan.over_detour.size(), plan.over_detour.size());
}

TEST(ExamStore, ChangesNothingWhenTheSamePackageComesAgain) {
  TestDatabase database;
  const Exam exam = small_exam();
  const Plan plan = plan_of(exam);
  const auto first = database->exams().save_exam(exam, &plan, change_of(database.clock), no_progress());
  EXPECT_EQ(first.population, Stored::added);
  EXPECT_EQ(first.plan, Stored::added);
  database.clock.advance(std::chrono::seconds(5));
  const auto second = database->exams().save_exam(exam, &plan, change_of(database.clock), no_progress());
  EXPECT_EQ(second.population, Stored::already_there);
  EXPECT_EQ(second.plan, Stored::already_there);
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM applicants"), 300);
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM placements"), 300);
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM audit_entries"), 2);
}

TEST(ExamStore, KeepsBothVersionsOfACorrectedPackage) {
  TestDatabase database;
  Exam exam = small_exam();
  database->exams().save_exam(exam, nullptr, change_of(database.clock), no_progress());
  const std::string first = exam.input_sha256;
  exam.applicants[7].name = "고친이름";
  exam.input_sha256 = package::digest_exam(exam);
  database->exams().save_exam(exam, nullptr, change_of(database.clock), no_progress());
  EXPECT_EQ(database->exams().find_exam(exam.header.code, "")->applicants[7].name, "고친이름");
  EXPECT_NE(database->exams().find_exam(exam.header.code, first)->applicants[7].name, "고친이름");
}

TEST(ExamStore, StoresOnceWhatTwoProgramsImportAtTheSameTime) {
  TestDatabase database;
  const Exam exam = small_exam();
  std::vector<Stored> outcomes(4, Stored::already_there);
  std::vector<std::thread> programs;
  for (std::size_t at = 0; at < outcomes.size(); ++at) {
    programs.emplace_back([&, at] {
      outcomes[at] = database->exams().save_exam(exam, nullptr, change_of(system_clock()), no_progress()).population;
    });
  }
  for (std::thread& program : programs) program.join();
  EXPECT_EQ(std::count(outcomes.begin(), outcomes.end(), Stored::added), 1);
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM applicants"), 300);
}

TEST(ExamStore, RefusesAPlanWithTwoPeopleOnOneSeatAndKeepsNothingOfIt) {
  TestDatabase database;
  const Exam exam = small_exam();
  Plan plan = plan_of(exam);
  plan.placements[1].room = plan.placements[0].room;
  plan.placements[1].seat_no = plan.placements[0].seat_no;
  EXPECT_THROW(database->exams().save_exam(exam, &plan, change_of(database.clock), no_progress()), Conflict);
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM placements"), 0);
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM populations"), 0);
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM audit_entries"), 0);
}

TEST(ExamStore, RefusesAnApplicantNumberGivenTwice) {
  TestDatabase database;
  const Exam exam = small_exam();
  Plan plan = plan_of(exam);
  plan.placements[1].number = plan.placements[0].number;
  EXPECT_THROW(database->exams().save_exam(exam, &plan, change_of(database.clock), no_progress()), Conflict);
}

TEST(ExamStore, RefusesANonsenseRowWhoeverWritesIt) {
  TestDatabase database;
  const Exam exam = small_exam();
  const Plan plan = plan_of(exam);
  database->exams().save_exam(exam, &plan, change_of(database.clock), no_progress());
  const auto connection = database.connect();
  for (const char* nonsense :
       {"UPDATE placements SET seat_no = 0 WHERE applicant_position = 0",
        "UPDATE placements SET room_position = 99999 WHERE applicant_position = 0",
        "UPDATE placements SET booklet = 'E' WHERE applicant_position = 0",
        "UPDATE placements SET applicant_number = '' WHERE applicant_position = 0",
        "UPDATE applicants SET sex = 'X' WHERE applicant_position = 0",
        "UPDATE applicants SET unit_position = 77 WHERE applicant_position = 0",
        "UPDATE applicants SET name_sealed = '' WHERE applicant_position = 0",
        "UPDATE venues SET lat = 91 WHERE venue_position = 0", "UPDATE rooms SET room_no = 0 WHERE room_position = 0",
        "UPDATE populations SET input_sha256 = 'x'", "DELETE FROM applicants WHERE applicant_position = 0",
        "DELETE FROM populations", "DELETE FROM exams", "UPDATE plans SET unseated = 1",
        "INSERT INTO live_plans VALUES (999, 1, 1, '2021-01-01')",
        "INSERT INTO accounts VALUES ('x y', 'auditor', NULL, '$argon2id$', '2021-01-01')",
        "INSERT INTO accounts VALUES ('good', 'district_coordinator', NULL, '$argon2id$', '2021-01-01')",
        "INSERT INTO accounts VALUES ('good', 'auditor', NULL, 'plain', '2021-01-01')"}) {
    EXPECT_THROW(connection->execute(nonsense), storage::DriverError) << nonsense;
  }
}

TEST(ExamStore, MakesAPlanLiveByCompareAndSetWithAnAuditRow) {
  TestDatabase database;
  const Exam exam = small_exam();
  const Plan plan = plan_of(exam);
  auto& exams = database->exams();
  exams.save_exam(exam, &plan, change_of(database.clock), no_progress());
  const auto outcome =
      services::make_plan_live(exams, exam.header.code, plan.digest.substr(0, 12), change_of(database.clock));
  EXPECT_TRUE(outcome.changed);
  EXPECT_EQ(exams.find_live_plan(exam.header.code)->version, 1);
  EXPECT_FALSE(services::make_plan_live(exams, exam.header.code, plan.digest, change_of(database.clock)).changed);
  const auto entries = database->audit().list_entries({.author = "tester", .action = "plan.live"});
  ASSERT_EQ(entries.size(), 1u);
  EXPECT_EQ(entries.front().change.reason, "because");
  const services::StoredPlan stored = exams.list_plans(exam.header.code).at(0);
  EXPECT_THROW(exams.set_live_plan(exam.header.code, stored, 0, change_of(database.clock)), Conflict);
  EXPECT_THROW(exams.set_live_plan(exam.header.code, stored, 7, change_of(database.clock)), Conflict);
  EXPECT_NO_THROW(exams.set_live_plan(exam.header.code, stored, 1, change_of(database.clock)));
  EXPECT_EQ(exams.find_live_plan(exam.header.code)->version, 2);
}

TEST(ExamStore, LetsOneOfManyWinWhenAllWantToSetTheSamePointer) {
  TestDatabase database;
  const Exam exam = small_exam();
  const Plan plan = plan_of(exam);
  auto& exams = database->exams();
  exams.save_exam(exam, &plan, change_of(database.clock), no_progress());
  const services::StoredPlan stored = exams.list_plans(exam.header.code).at(0);
  for (std::int64_t version = 0; version < 3; ++version) {
    std::atomic<int> won{0};
    std::vector<std::thread> officers;
    for (int officer = 0; officer < 4; ++officer) {
      officers.emplace_back([&] {
        try {
          exams.set_live_plan(exam.header.code, stored, version, change_of(system_clock()));
          ++won;
        } catch (const Conflict&) {
        }
      });
    }
    for (std::thread& officer : officers) officer.join();
    EXPECT_EQ(won, 1);
  }
  EXPECT_EQ(database.number("SELECT version FROM live_plans"), 3);
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM audit_entries WHERE action = 'plan.live'"), 3);
}

TEST(ExamStore, KeepsPersonalMarksOutOfFilesLogsAndMessages) {
  TestDatabase database;
  Exam exam = small_exam();
  const std::vector<std::string> marks = {"남궁표식하나", "1987-03-21", "photo-mark-77.jpg", "household-mark-5",
                                          "origin-mark-9"};
  exam.applicants[0].name = marks[0];
  exam.applicants[0].birth_on = *parse_date(marks[1]);
  exam.applicants[0].photo = marks[2];
  exam.applicants[0].keep_apart = exam.words.intern(marks[3]);
  exam.applicants[0].origin = exam.words.intern(marks[4]);
  exam.applicants[0].accommodation.large_print = true;
  exam.input_sha256 = package::digest_exam(exam);
  Plan plan = plan_of(exam);
  database->exams().save_exam(exam, &plan, change_of(database.clock), no_progress());
  std::string message;
  try {
    plan.placements[1].number = plan.placements[0].number;
    plan.digest = std::string(64, 'a');
    database->exams().save_exam(exam, &plan, change_of(database.clock), no_progress());
  } catch (const Error& error) {
    message = error.message().en + error.message().ko;
  }
  EXPECT_FALSE(message.empty());
  EXPECT_EQ(message.find(plan.placements[0].number.text()), std::string::npos);
  database.database.reset();  // everything is in the files now
  int files = 0;
  for (const auto& file : std::filesystem::recursive_directory_iterator(database.folder.path())) {
    if (!file.is_regular_file()) continue;
    ++files;
    const std::string bytes = read_file(file.path());
    for (const std::string& mark : marks) EXPECT_EQ(bytes.find(mark), std::string::npos) << file.path() << mark;
    EXPECT_EQ(bytes.find("large_print"), std::string::npos) << file.path();
  }
  EXPECT_GT(files, 50);
}

TEST(ExamStore, NoticesAValueThatWasMovedToAnotherPerson) {
  TestDatabase database;
  const Exam exam = small_exam();
  database->exams().save_exam(exam, nullptr, change_of(database.clock), no_progress());
  database.connect()->execute(
      "UPDATE applicants a JOIN applicants b ON b.population_id = a.population_id AND b.applicant_position = 1 "
      "SET a.name_sealed = b.name_sealed WHERE a.applicant_position = 0");
  try {
    database->exams().find_exam(exam.header.code, "");
    FAIL();
  } catch (const Unavailable& error) {
    EXPECT_EQ(error.code(), "personal_data_damaged");
  }
}

TEST(ExamStore, IsTakenAwayOnRecordOnly) {
  TestDatabase database;
  const Exam exam = small_exam();
  database->exams().save_exam(exam, nullptr, change_of(database.clock), no_progress());
  const services::Change change{"officer", "to the printer", database.clock.now(), "program"};
  EXPECT_EQ(services::export_stored_exam(database->exams(), database->accesses(), exam.header.code, "", change)
                .exam.applicants.size(),
            exam.applicants.size());
  const auto entries = database->audit().list_entries({.whose = exam.applicants[7].id.text()});
  ASSERT_EQ(entries.size(), 1U);
  EXPECT_EQ(entries.front().note.action, "exam.export");
  EXPECT_EQ(entries.front().change.reason, "to the printer");
  EXPECT_EQ(entries.front().note.whose.size(), exam.applicants.size());
}

}  // namespace
}  // namespace hanjari::tests
