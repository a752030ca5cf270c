// A package that was sent as a ZIP, imported by a job over a real database: killed at every step, refused with all of its
// faults, and its file kept sealed until the job is over.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "hanjari/base/error.h"
#include "hanjari/base/file.h"
#include "hanjari/package/exam_package.h"
#include "hanjari/plans/exam_workbook.h"
#include "hanjari/plans/import_job.h"
#include "hanjari/plans/import_preview.h"
#include "hanjari/plans/plan_job.h"
#include "hanjari/plans/replan_job.h"
#include "hanjari/rekeying/keys.h"
#include "hanjari/sample/sample.h"
#include "stage/code_thrown.h"
#include "stage/killed_programs.h"
#include "stage/made_workbook.h"
#include "stage/test_database.h"
#include "stage/zip_of.h"

namespace hanjari::services {
namespace {

using hanjari::tests::code_thrown;
using hanjari::tests::kill_at_every_step;
using hanjari::tests::ManyPrograms;
using hanjari::tests::StepByStep;
using hanjari::tests::TestDatabase;
using hanjari::tests::TestFolder;
using hanjari::tests::zip_of_folder;

Exam sample_to_send() {
  sample::SampleRequest request;
  request.applicants = 300;
  request.units = 3;
  request.venues = 4;
  request.rooms = 36;
  request.seed = 7;
  Exam exam = sample::make_sample(request);
  exam.header.code = ExamCode("sent-1");
  return exam;
}

class SentPackages : public testing::Test {
 protected:
  SentPackages() { package::save_exam(exam, packed.path() / "exam"); }

  std::string zip() const { return zip_of_folder(packed.path() / "exam", "exam/"); }
  void spoil(const char* file, const std::string& old, const std::string& now) const {
    const auto path = packed.path() / "exam" / file;
    std::string text = read_file(path);
    const std::size_t at = text.find(old);
    ASSERT_NE(at, std::string::npos) << old;
    write_file(path, text.replace(at, old.size(), now));
  }
  Job order(const std::string& bytes) {
    return order_import(database->jobs(), bytes, package::Encoding::utf8, hanjari::tests::change_of(database.clock));
  }
  static hanjari::tests::MakeWork work(const Clock& clock) {
    return [&clock](storage::Database& program) { return import_work(program.exams(), program.jobs(), clock); };
  }
  ManyPrograms run(const Job& job) { return kill_at_every_step(database, job.id, work(database.clock)); }
  // As a program does that nobody kills, with what the work tells beside its result.
  Job run_once(const Job& ordered) {
    JobRunnerSettings quick;
    quick.look = quick.keep = std::chrono::milliseconds(5);
    const JobRunner runner(database->jobs(), {{import_job_kind, import_work(database->exams(), database->jobs(), database.clock)}},
                           database.clock, [](const Error& error) { ADD_FAILURE() << error.what(); }, quick);
    while (!is_over(database->jobs().find_job(ordered.id)->state)) std::this_thread::sleep_for(quick.look);
    return *database->jobs().find_job(ordered.id);
  }
  std::int64_t count(const char* what) { return database.number(std::string("SELECT COUNT(*) FROM ") + what); }

  TestDatabase database;
  TestFolder packed{"packed"};
  const Exam exam = sample_to_send();
};

// Red when the file goes before the job is over, and when a package that is there is an error.
TEST_F(SentPackages, AreStoredOnceHoweverOftenTheProgramIsKilled) {
  const Job ordered = order(zip());
  EXPECT_EQ(ordered.order.exam, "sent-1");
  const ManyPrograms programs = run(ordered);
  EXPECT_GE(programs.kills, 4) << "unpacked, read, stored, and told nobody";
  ASSERT_EQ(programs.ended.state, JobState::done) << programs.ended.fault.en;
  const auto made = parse_import_made(programs.ended.result);
  ASSERT_TRUE(made);
  EXPECT_EQ(made->people, static_cast<std::int64_t>(exam.applicants.size()));
  EXPECT_EQ(made->rooms, static_cast<std::int64_t>(exam.rooms.size()));
  EXPECT_FALSE(made->again) << "it is this job that has stored it";
  EXPECT_EQ(made->input_sha256, package::load_exam(packed.path() / "exam", package::Encoding::utf8, no_progress()).exam.input_sha256);
  EXPECT_EQ(count("populations"), 1);
  EXPECT_EQ(count("audit_entries WHERE action = 'exam.import'"), 1);
  EXPECT_EQ(count("job_files"), 0);
  EXPECT_EQ(database->exams().find_exam(ExamCode("sent-1"), {})->input_sha256, made->input_sha256);
  // The same once more, on purpose.
  const ManyPrograms again = run(order(zip()));
  ASSERT_TRUE(parse_import_made(again.ended.result));
  EXPECT_TRUE(parse_import_made(again.ended.result)->again);
  EXPECT_EQ(count("populations"), 1);
}

// Red when the file is stored as it came.
TEST_F(SentPackages, StandSealedUntilTheJobIsOver) {
  const std::string bytes = zip();
  const Job job = order(bytes);
  EXPECT_GE(count("job_files"), 1);
  EXPECT_EQ(count("job_files WHERE content_sealed LIKE '%exam.json%'"), 0);
  EXPECT_EQ(database->jobs().load_job_file(job), bytes);
  EXPECT_EQ(code_thrown([&] { order(bytes); }), "job_running") << "its file would be another one";
  EXPECT_EQ(count("jobs"), 1);
  database->jobs().cancel_job(job.id, hanjari::tests::change_of(database.clock));
  EXPECT_EQ(count("job_files"), 0);
  EXPECT_EQ(code_thrown([&] { database->jobs().load_job_file(job); }), "job_file_gone");
}

TEST_F(SentPackages, OfAnySizeComeBackAsTheyWere) {
  std::string large(3'500'000, '\0');
  for (std::size_t at = 0; at < large.size(); ++at) large[at] = static_cast<char>(at * 2'654'435'761U >> 13U);
  const Job job = database->jobs().add_job_with_file({import_job_kind, "sent-1", "{}"}, "large", large,
                                                     hanjari::tests::change_of(database.clock));
  EXPECT_EQ(count("job_files"), 4);
  EXPECT_EQ(database->jobs().load_job_file(job), large);
  // New keys reach it too.
  storage::rotate_keys(hanjari::tests::hasty_settings(database), hanjari::tests::change_of(database.clock), system_clock(),
                       no_progress());
  storage::Database again(hanjari::tests::test_settings(database.folder.path()), storage::SchemaUpgrade::never,
                          database.clock, no_progress());
  EXPECT_EQ(again.jobs().load_job_file(job), large);
}

// Red when only the first fault is kept, and when some tables are stored although others have faults.
TEST_F(SentPackages, WithFaultsAreStoredInNoPartAndTellOfAllOfThem) {
  spoil("applicants.csv", ",F,", ",Q,");
  spoil("rooms.csv", "exam", "playground");
  std::vector<std::string> told;
  try {
    package::load_exam(packed.path() / "exam", package::Encoding::utf8, no_progress());
  } catch (const InvalidInput& refused) {
    for (const Fault& fault : refused.faults().kept()) told.push_back(fault.format(Language::korean));
  }
  ASSERT_GE(told.size(), 2U);
  const Job ended = run_once(order(zip()));
  EXPECT_EQ(ended.state, JobState::failed);
  std::vector<std::string> lines;
  for (const Text& fault : database->jobs().list_faults(ended)) lines.push_back(fault.ko);
  EXPECT_EQ(lines, told);
  EXPECT_EQ(count("populations"), 0);
  EXPECT_EQ(count("applicants"), 0);
  EXPECT_EQ(count("job_files WHERE what = 'input'"), 0);
  EXPECT_EQ(count("job_files WHERE content_sealed LIKE '%playground%'"), 0) << "faults quote what was sent";
  // Red while nothing took away the faults of an exam that was never stored.
  EXPECT_FALSE(database->jobs().remove_faults(*ended.ended_at));
  EXPECT_EQ(database->jobs().list_faults(ended).size(), told.size());
  EXPECT_TRUE(database->jobs().remove_faults(*ended.ended_at + std::chrono::hours(1)));
  EXPECT_TRUE(database->jobs().list_faults(ended).empty());
}

// Red while only their number was kept, so that whoever sent the package could not know what was read how.
// Red while a refused package said nothing of the headings that may explain its faults.
TEST_F(SentPackages, WithFaultsTellHowTheirHeadingsWereUnderstoodToo) {
  spoil("applicants.csv", "applicant_id,", "수험번호,");
  spoil("rooms.csv", "exam", "playground");
  try {
    package::load_exam(packed.path() / "exam", package::Encoding::utf8, no_progress());
    FAIL() << "read";
  } catch (const package::RefusedPackage& refused) {
    ASSERT_FALSE(refused.warnings().empty());
    EXPECT_THAT(refused.warnings().front().what.ko, testing::HasSubstr("'수험번호' → applicant_id"));
  }
  const Job ended = run_once(order(zip()));
  EXPECT_EQ(ended.state, JobState::failed);
  const std::vector<Text> lines = database->jobs().list_faults(ended);
  ASSERT_FALSE(lines.empty());
  EXPECT_THAT(lines.back().ko, testing::StartsWith("주의: applicants.csv:1: 열 이름을 다음과 같이 읽었습니다"));
}

TEST_F(SentPackages, WithWarningsAreStoredAndTellThem) {
  spoil("applicants.csv", "applicant_id,", "수험번호,");
  spoil("venues.csv", "venue_code,", "Venue Code,");
  const auto told = package::load_exam(packed.path() / "exam", package::Encoding::utf8, no_progress()).warnings;
  ASSERT_GE(told.size(), 2U);
  const Job ended = run_once(order(zip()));
  ASSERT_EQ(ended.state, JobState::done) << ended.fault.en;
  EXPECT_EQ(parse_import_made(ended.result)->warnings, static_cast<std::int64_t>(told.size()));
  std::vector<std::string> lines;
  for (const Text& line : database->jobs().list_faults(ended)) lines.push_back(line.ko);
  std::vector<std::string> wanted;
  for (const Fault& warning : told) wanted.push_back(warning.format(Language::korean));
  EXPECT_EQ(lines, wanted);
  EXPECT_EQ(count("job_files WHERE content_sealed LIKE '%수험번호%'"), 0) << "they quote what was sent";
}

TEST_F(SentPackages, ThatAreNoneAreRefusedBeforeAnythingIsKept) {
  EXPECT_THROW(order("not a ZIP"), InvalidInput);
  spoil("exam.json", "\"code\"", "\"cod\"");
  EXPECT_THROW(order(zip()), InvalidInput);
  EXPECT_EQ(count("jobs"), 0);
  EXPECT_EQ(count("job_files"), 0);
}

// A preview stores nothing, tells what would change, and keeps the file for its import; red when it stores, or when the import of an
// outdated preview goes on.
TEST_F(SentPackages, AreShownBeforeTheyAreStored) {
  const Change change = hanjari::tests::change_of(database.clock);
  const auto look = [&](const std::string& bytes) {
    const Job job = order_import(database->jobs(), bytes, package::Encoding::utf8, change, ImportStep::preview);
    return run(job).ended;
  };
  const Job looked = look(zip());
  ASSERT_EQ(looked.state, JobState::done) << looked.fault.en;
  auto preview = parse_import_preview(looked.result);
  ASSERT_TRUE(preview);
  EXPECT_EQ(preview->against, "");
  EXPECT_EQ(preview->people, static_cast<std::int64_t>(exam.applicants.size()));
  EXPECT_FALSE(parse_import_made(looked.result)) << "nothing was imported";
  EXPECT_EQ(count("populations"), 0);
  EXPECT_EQ(count("job_files WHERE what = 'input'"), 0);
  EXPECT_GE(count("job_files WHERE what = 'sent'"), 1);
  EXPECT_EQ(count("job_files WHERE content_sealed LIKE '%exam.json%'"), 0);
  EXPECT_EQ(database->jobs().find_reason(looked), "because") << "kept for the form that confirms";
  EXPECT_EQ(count("job_files WHERE what = 'reason' AND content_sealed LIKE '%because%'"), 0);
  ASSERT_EQ(run(confirm_import(database->jobs(), database->exams(), looked.id, change)).ended.state, JobState::done);
  EXPECT_EQ(count("populations"), 1);
  EXPECT_EQ(count("audit_entries WHERE action = 'job.take_file'"), 1);
  EXPECT_EQ(code_thrown([&] { confirm_import(database->jobs(), database->exams(), looked.id, change); }), "preview_outdated")
      << "another package is stored now: this very one";

  spoil("policy.json", "\"min_gap_cm\": ", "\"min_gap_cm\": 1");
  const Job again = look(zip());
  ASSERT_EQ(again.state, JobState::done) << again.fault.en;
  preview = parse_import_preview(again.result);
  ASSERT_TRUE(preview);
  ASSERT_EQ(preview->tables.size(), 1U);
  EXPECT_EQ(preview->tables[0].file, "policy.json");
  // What is kept goes after a day, long before faults do.
  database->jobs().remove_faults(*again.ended_at + outputs_are_kept + std::chrono::hours(1) - faults_are_kept);
  EXPECT_FALSE(database->jobs().has_output(again, JobOutput::sent));
  EXPECT_EQ(code_thrown([&] { confirm_import(database->jobs(), database->exams(), again.id, change); }), "job_file_gone");
  // Red while ids in other spelling were people who are gone and people who are new, without a word of the reason.
  spoil("applicants.csv", "\nA", "\na");
  const Job spelled = run_once(order_import(database->jobs(), zip(), package::Encoding::utf8, change, ImportStep::preview));
  ASSERT_EQ(spelled.state, JobState::done) << spelled.fault.en;
  std::string told;
  for (const Text& line : database->jobs().list_faults(spelled)) told += line.en + "\n";
  EXPECT_THAT(told, testing::HasSubstr("they are taken for two people"));
  EXPECT_GE(parse_import_preview(spelled.result)->warnings, 1);
}

// Red when the table takes the place of the whole package, or when a header makes it another exam's.
TEST_F(SentPackages, MayBeOneTableOfAStoredExam) {
  const Change change = hanjari::tests::change_of(database.clock);
  const auto send = [&](const Exam& of, const char* table, ImportStep step = ImportStep::store) {
    return run_once(order_table_import(database->jobs(), database->exams(), exam.header.code, table,
                                       write_exam_workbook(of, no_progress(), table), change, step));
  };
  EXPECT_EQ(code_thrown([&] { send(exam, "rooms"); }), "exam_not_found") << "there is nothing that it could be put into";
  ASSERT_EQ(run_once(order(zip())).state, JobState::done);
  EXPECT_EQ(code_thrown([&] {
              order_table_import(database->jobs(), database->exams(), exam.header.code, "people", "a", change);
            }),
            "table_not_found");

  Exam other = exam;
  ++other.rooms.front().row_count;
  const Job looked = send(other, "rooms", ImportStep::preview);
  const auto preview = parse_import_preview(looked.result);
  ASSERT_TRUE(preview) << looked.fault.en;
  ASSERT_EQ(preview->tables.size(), 1U);
  EXPECT_EQ(preview->tables[0].file, "rooms.csv");
  EXPECT_EQ(preview->tables[0].changed, 1U);
  EXPECT_EQ(count("populations"), 1);
  ASSERT_EQ(run_once(confirm_import(database->jobs(), database->exams(), looked.id, change)).state, JobState::done);
  EXPECT_EQ(count("populations"), 2);
  const Exam stored = *database->exams().find_exam(exam.header.code, newest_population(database->exams(), exam.header.code));
  EXPECT_EQ(stored.applicants.size(), exam.applicants.size());

  Exam stranger = exam;
  stranger.header.code = ExamCode("stranger-1");
  EXPECT_EQ(send(stranger, "exam").state, JobState::failed);
  EXPECT_EQ(count("populations"), 2);
}

// Red when only whoever confirms is asked: another package may be stored before the job begins.
TEST_F(SentPackages, AreNotImportedOverWhatWasStoredSinceTheirPreview) {
  const Change change = hanjari::tests::change_of(database.clock);
  const Job looked =
      run_once(order_import(database->jobs(), zip(), package::Encoding::utf8, change, ImportStep::preview));
  ASSERT_EQ(looked.state, JobState::done) << looked.fault.en;
  const Job ordered = confirm_import(database->jobs(), database->exams(), looked.id, change);
  Exam other = exam;
  ++other.rooms.front().row_count;
  other.input_sha256 = package::digest_exam(other);
  database->exams().save_exam(other, nullptr, change, no_progress());
  const Job ended = run_once(ordered);
  EXPECT_EQ(ended.state, JobState::failed);
  EXPECT_EQ(ended.fault_code, "preview_outdated");
  EXPECT_EQ(count("populations"), 1);
}

// Red when the faults are told and the marked file is not there, or stands in the clear.
TEST_F(SentPackages, ThatAreAWorkbookWithFaultsComeBackMarked) {
  Exam wrong = exam;
  wrong.applicants[0].birth_on = Date{200'000};
  const Change change = hanjari::tests::change_of(database.clock);
  const Job ended = run(order(write_exam_workbook(wrong, no_progress()))).ended;
  EXPECT_EQ(ended.state, JobState::failed);
  EXPECT_TRUE(database->jobs().has_output(ended, JobOutput::marked));
  EXPECT_EQ(count("job_files WHERE what = 'marked' AND content_sealed LIKE 'PK%'"), 0);
  const std::string marked = database->jobs().take_output(ended, JobOutput::marked, change);
  std::size_t notes = 0;
  for (const auto& [name, text] : hanjari::tests::unzipped(marked)) {
    for (std::size_t at = text.find("<comment "); at != std::string::npos; at = text.find("<comment ", at + 1)) ++notes;
  }
  EXPECT_EQ(notes, 1U);
  EXPECT_EQ(count("audit_entries WHERE action = 'job.take_file'"), 1);
}

// Red when the destruction of an exam does not know the table.
TEST_F(SentPackages, GoWithTheirExamAndComeNotBack) {
  const std::string bytes = zip();
  const Job job = order(bytes);
  const auto settings = hanjari::tests::hasty_settings(database);
  const Change change = hanjari::tests::change_of(database.clock);
  storage::order_destruction(settings, "sent-1", database.clock.now(), change);
  storage::destroy_due(settings, change, database.clock, no_progress());
  EXPECT_EQ(count("job_files"), 0);
  EXPECT_EQ(code_thrown([&] { database->jobs().load_job_file(job); }), "job_file_gone");
  database->jobs().cancel_job(job.id, change);
  EXPECT_NE(code_thrown([&] { order(bytes); }), "nothing") << "nothing is sealed for a destroyed exam";
  EXPECT_EQ(count("jobs"), 1);
}

// The older kinds of jobs, held to the same. Their work tells of many figures that depend on the machine, so that
// programs are killed at every stage.
class PlansOfKilledPrograms : public testing::Test {
 protected:
  PlansOfKilledPrograms() { database->exams().save_exam(exam, nullptr, hanjari::tests::change_of(database.clock), no_progress()); }

  TestDatabase database;
  const Exam exam = hanjari::tests::small_exam("killed-1");
};

TEST_F(PlansOfKilledPrograms, AreStoredOnce) {
  PlanWish wish;
  wish.seconds = 1;
  const Job job = order_plan(database->exams(), database->jobs(), exam.header.code, wish, hanjari::tests::change_of(database.clock));
  const ManyPrograms programs = kill_at_every_step(
      database, job.id, [](storage::Database& program) { return plan_work(program.exams(), system_clock(), "test"); },
      StepByStep::Count::stages);
  EXPECT_GE(programs.kills, 3) << "read, seated, stored, and told nobody";
  ASSERT_EQ(programs.ended.state, JobState::done) << programs.ended.fault.en;
  const auto plans = database->exams().list_plans(exam.header.code);
  ASSERT_EQ(plans.size(), 1U);
  EXPECT_EQ(plans[0].digest, parse_plan_made(programs.ended.result)->digest);
}

TEST_F(PlansOfKilledPrograms, MadeFromTheLivePlanAreStoredOnceAndMakeNothingLive) {
  const Change change = hanjari::tests::change_of(database.clock);
  const Plan plan = hanjari::tests::plan_of(exam);
  database->exams().save_exam(exam, &plan, change, no_progress());
  make_plan_live(database->exams(), exam.header.code, plan.digest, change);
  const Job job = order_replan(database->exams(), database->jobs(), exam.header.code, {}, change);
  const ManyPrograms programs = kill_at_every_step(
      database, job.id, [](storage::Database& program) { return replan_work(program.exams(), system_clock(), "test"); },
      StepByStep::Count::stages);
  EXPECT_GE(programs.kills, 3) << "read, moved, stored, and told nobody";
  ASSERT_EQ(programs.ended.state, JobState::done) << programs.ended.fault.en;
  EXPECT_EQ(database->exams().find_live_plan(exam.header.code)->plan_digest, plan.digest);
  const auto made = parse_replan_made(programs.ended.result);
  ASSERT_TRUE(made);
  std::int64_t stored = 0;
  for (const StoredPlan& one : database->exams().list_plans(exam.header.code)) stored += one.digest == made->digest ? 1 : 0;
  EXPECT_EQ(stored, 1);
}

}  // namespace
}  // namespace hanjari::services
