// Files of papers on a real database: sealed, whole, offered all at once, and gone on their day.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <thread>

#include "hanjari/base/error.h"
#include "hanjari/jobs/job_runner.h"
#include "hanjari/papers/papers_job.h"
#include "hanjari/plans/exams.h"
#include "stage/code_thrown.h"
#include "stage/test_database.h"

namespace hanjari::services {
namespace {

using namespace std::chrono_literals;
using hanjari::tests::change_of;
using hanjari::tests::TestDatabase;
using testing::ElementsAre;

class PaperSets : public testing::Test {
 protected:
  PaperSets() : exam(hanjari::tests::small_exam()), plan(hanjari::tests::plan_of(exam)) {
    database->exams().save_exam(exam, &plan, change_of(database.clock), no_progress());
    code = exam.header.code;
  }
  PaperBytes made(const std::string& id, std::int64_t run, int number = 1) {
    PaperBytes bytes;
    bytes.file.id = id;
    bytes.file.job = "job";
    bytes.file.run = run;
    bytes.file.number = number;
    bytes.file.exam = code;
    bytes.file.plan = plan.digest;
    bytes.file.name = "papers.zip";
    bytes.file.made_at = database.clock.now();
    bytes.whose = {exam.applicants[0].id.text(), exam.applicants[1].id.text()};
    bytes.file.people = 2;
    // Two portions and a half, with every byte.
    for (std::size_t at = 0; at < (5U << 19U); ++at) bytes.bytes += static_cast<char>(at * 31 % 251);
    bytes.file.bytes = static_cast<std::int64_t>(bytes.bytes.size());
    return bytes;
  }
  void offer(std::int64_t run) {
    sets.offer_files("job", run, code, database.clock.now() + 24h, change_of(database.clock));
  }

  TestDatabase database;
  PaperSetRepository& sets = database->paper_sets();
  Exam exam;
  Plan plan;
  ExamCode code;
};

TEST_F(PaperSets, AreOfferedWholeAndOnlyThen) {
  const PaperBytes file = made("one", 1);
  sets.add_file(file);
  EXPECT_FALSE(sets.find_file(code, "one", database.clock.now()));
  EXPECT_TRUE(sets.list_files(code, "", database.clock.now()).empty());
  offer(1);
  const auto found = sets.find_file(code, "one", database.clock.now());
  ASSERT_TRUE(found);
  EXPECT_TRUE(found->bytes == file.bytes);
  EXPECT_THAT(found->whose, ElementsAre(file.whose[0], file.whose[1]));
  EXPECT_FALSE(sets.find_file(ExamCode("another"), "one", database.clock.now()));
  EXPECT_EQ(sets.list_files(code, plan.digest, database.clock.now()).size(), 1U);
  EXPECT_TRUE(sets.list_files(code, std::string(64, '0'), database.clock.now()).empty());
  EXPECT_EQ(database->audit().list_entries({.action = "papers.make"}).size(), 1U);
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM paper_parts WHERE INSTR(content_sealed, 'PK') = 1"), 0);
  database.clock.advance(24h);
  EXPECT_FALSE(sets.find_file(code, "one", database.clock.now()));
}

TEST_F(PaperSets, OfOneStartAreOfferedOnce) {
  sets.add_file(made("one", 1));
  sets.add_file(made("two", 2));
  offer(2);
  offer(2);
  EXPECT_EQ(hanjari::tests::code_thrown([&] { offer(1); }), "papers_made_elsewhere");
  EXPECT_EQ(sets.list_files_of_job("job").size(), 1U);
  EXPECT_EQ(sets.list_files_of_job("job").front().id, "two");
  EXPECT_EQ(database->audit().list_entries({.action = "papers.make"}).size(), 1U);
}

// Red while a program that was thought dead offered what it had left, and the one that went on was refused.
TEST_F(PaperSets, OfAStartThatAnotherProgramTookOverAreNotOffered) {
  database->jobs().add_job({papers_job_kind, code.text(), "{}"}, "job", change_of(database.clock));
  ASSERT_TRUE(database->jobs().claim_job({papers_job_kind}, "slow", database.clock.now(), 30s));
  sets.add_file(made("slow", 1));
  database.clock.advance(60s);
  ASSERT_TRUE(database->jobs().claim_job({papers_job_kind}, "other", database.clock.now(), 30s));
  EXPECT_EQ(hanjari::tests::code_thrown([&] { offer(1); }), "papers_made_elsewhere");
  EXPECT_TRUE(sets.list_files_of_job("job").empty());
  sets.add_file(made("other", 2));
  offer(2);
  ASSERT_EQ(sets.list_files_of_job("job").size(), 1U);
  EXPECT_EQ(sets.list_files_of_job("job").front().id, "other");
}

TEST_F(PaperSets, GoOnTheirDayAndWithWhatBrokeOff) {
  database->jobs().add_job({papers_job_kind, code.text(), "{}"}, "job", change_of(database.clock));
  ASSERT_TRUE(database->jobs().claim_job({papers_job_kind}, "claim", database.clock.now(), 30s));
  sets.add_file(made("running", 1));
  EXPECT_FALSE(sets.remove_expired(database.clock.now())) << "it is being made";
  sets.discard_files("job", 1);
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM paper_parts"), 0);
  sets.add_file(made("left", 0));
  EXPECT_TRUE(sets.remove_expired(database.clock.now())) << "its job began anew";
  sets.add_file(made("kept", 1));
  offer(1);
  sets.discard_files("job", 1);
  EXPECT_EQ(sets.list_files_of_job("job").size(), 1U) << "what is offered is not discarded";
  EXPECT_FALSE(sets.remove_expired(database.clock.now()));
  EXPECT_TRUE(sets.remove_expired(database.clock.now() + 24h));
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM paper_files"), 0);
}

// The whole way on the database: ordered, printed, taken.
TEST_F(PaperSets, AreMadeByAJob) {
  PaperWish wish;
  wish.plan = plan.digest;
  wish.papers = {"roster"};
  wish.formats = {"csv"};
  const auto venues = database->exams().list_venues(code, find_stored_plan(database->exams(), code, plan.digest));
  ASSERT_FALSE(venues.empty());
  wish.venue = venues.front().code.text();
  const Job ordered = order_papers(database->exams(), database->jobs(), code, wish, change_of(database.clock));
  const auto claimed = database->jobs().claim_job({papers_job_kind}, "claim", database.clock.now(), 30s);
  ASSERT_TRUE(claimed);
  const auto result = parse_papers_made(
      papers_work(database->exams(), sets, database.clock, nullptr)({*claimed, no_progress(), {}}));
  ASSERT_TRUE(result);
  const auto files = sets.list_files(code, plan.digest, database.clock.now());
  ASSERT_EQ(files.size(), 1U);
  EXPECT_EQ(files.front().job, ordered.id);
  EXPECT_EQ(files.front().people, venues.front().people);
  EXPECT_EQ(files.front().venue, venues.front().code) << "which school's it is outlives the store";
  EXPECT_TRUE(list_takings(database->audit(), code, 10).empty());
  const PaperBytes taken =
      take_paper_file(sets, database->accesses(), code, files.front().id, change_of(database.clock));
  EXPECT_EQ(taken.bytes.substr(0, 2), "PK");
  EXPECT_EQ(database->audit().list_entries({.action = "papers.zip"}).size(), 1U);
  const auto takings = list_takings(database->audit(), code, 10);
  ASSERT_EQ(takings.size(), 1U);
  EXPECT_EQ(takings.front().name, files.front().name);
  EXPECT_EQ(takings.front().account, change_of(database.clock).author);
  EXPECT_THAT(list_taken_plans(takings), ElementsAre(plan.digest));
  EXPECT_TRUE(list_takings(database->audit(), ExamCode("another"), 10).empty());
}

// A program died in the middle: another one begins anew, and only what it made whole is offered.
TEST_F(PaperSets, AreMadeAnewAfterARestart) {
  PaperWish wish;
  wish.plan = plan.digest;
  wish.papers = {"room_table"};
  wish.formats = {"csv"};
  wish.venue = database->exams()
                   .list_venues(code, find_stored_plan(database->exams(), code, plan.digest))
                   .front()
                   .code.text();
  const Job ordered = order_papers(database->exams(), database->jobs(), code, wish, change_of(database.clock));
  ASSERT_TRUE(database->jobs().claim_job({papers_job_kind}, "dead", database.clock.now(), 30s));
  PaperBytes half = made("half", 1);
  half.file.job = ordered.id;
  sets.add_file(half);
  database.clock.advance(60s);
  {
    JobRunnerSettings settings;
    settings.look = settings.keep = 5ms;
    const JobRunner runner(
        database->jobs(),
        std::map<std::string, JobWork>{
            {papers_job_kind, papers_work(database->exams(), sets, database.clock, nullptr)}},
        database.clock, [](const Error& error) { ADD_FAILURE() << error.what(); }, settings);
    while (!is_over(database->jobs().find_job(ordered.id)->state)) std::this_thread::sleep_for(10ms);
  }
  ASSERT_EQ(database->jobs().find_job(ordered.id)->state, JobState::done)
      << database->jobs().find_job(ordered.id)->fault.en;
  const auto files = sets.list_files(code, plan.digest, database.clock.now());
  ASSERT_EQ(files.size(), 1U);
  EXPECT_EQ(files.front().run, 2);
  EXPECT_FALSE(sets.find_file(code, "half", database.clock.now()));
  EXPECT_TRUE(sets.remove_expired(database.clock.now()));
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM paper_files"), 1);
}

}  // namespace
}  // namespace hanjari::services
