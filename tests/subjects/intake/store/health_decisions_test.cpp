// Health reports decided on a real database, many at the same moment and by several programs: each person moves alone,
// nobody is forgotten, the plan is the one that the whole exam would give, and what a decision asks of the database does
// not grow with the exam.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <set>
#include <thread>
#include <utility>

#include "hanjari/replanning/reroute.h"
#include "stage/code_thrown.h"
#include "subjects/intake/store/health_stage.h"

namespace hanjari::tests::health {
namespace {

TEST_F(HealthDecisions, AtTheSameMomentAllComeTrueAndEverybodyElseStays) {
  const PlannedExam before = live();
  std::vector<std::thread> officers;
  std::vector<std::string> failures(reports.size());
  for (std::size_t at = 0; at < reports.size(); ++at) {
    officers.emplace_back([&, at] {
      try {
        decide(reports[at]);
      } catch (const std::exception& error) {
        failures[at] = error.what();
      }
    });
  }
  for (std::thread& one : officers) one.join();
  EXPECT_THAT(failures, testing::Each(""));
  const PlannedExam after = live();
  ASSERT_EQ(after.plan.placements.size(), before.plan.placements.size());
  std::set<std::string> isolated;
  for (std::size_t at = 0; at < after.plan.placements.size(); ++at) {
    const Placement& now = after.plan.placements[at];
    const Placement& then = before.plan.placements[at];
    EXPECT_EQ(now.applicant, then.applicant);
    EXPECT_EQ(now.number, then.number);
    const std::string id = after.exam[now.applicant].id.text();
    if (after.exam[now.venue].kind == VenueKind::isolation) {
      isolated.insert(id);
      EXPECT_EQ(after.exam[now.applicant].routing, Routing::isolation);
    } else {
      EXPECT_EQ(now.room, then.room) << id;
      EXPECT_EQ(now.seat_no, then.seat_no) << id;
    }
  }
  std::set<std::string> reported;
  for (const ApplicationId& id : ids) reported.insert(id.text());
  EXPECT_EQ(isolated, reported);
  EXPECT_TRUE(database->self_reports().list_waiting(exam).empty());
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM audit_entries WHERE action = 'plan.move'"),
            static_cast<std::int64_t>(ids.size()));
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM audit_entries WHERE action = 'exam.import'"), 1)
      << "no decision imports the exam anew";
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM applicants"), static_cast<std::int64_t>(before.exam.applicants.size()))
      << "no decision writes anybody but the person";
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM placements"), static_cast<std::int64_t>(before.exam.applicants.size()));
  EXPECT_GE(database.number("SELECT COUNT(*) FROM moved_seats"), static_cast<std::int64_t>(ids.size()));
  expect_whole(pointer());
}

// Red without the queue before the work: then officers of one program fail each other.
TEST_F(FiftyHealthDecisions, OfTwoProgramsAllComeTrueAndNobodyIsTwiceInASeat) {
  storage::Database other_database(test_settings(database.folder.path()), storage::SchemaUpgrade::never, clock,
                                   no_progress());
  Program other(other_database, clock);
  const std::vector<Program*> programs = {&program, &other};
  std::vector<std::string> failures(reports.size());
  std::vector<std::thread> officers;
  // Two officers at each program.
  for (std::size_t first = 0; first < 4; ++first) {
    officers.emplace_back([&, first] {
      for (std::size_t at = first; at < reports.size(); at += 4) {
        try {
          decide_by(*programs[first % 2], reports[at]);
        } catch (const std::exception& error) {
          failures[at] = error.what();
        }
      }
    });
  }
  for (std::thread& one : officers) one.join();
  EXPECT_THAT(failures, testing::Each(""));
  EXPECT_EQ(isolated(), reported());
  EXPECT_EQ(pointer().version, 1 + static_cast<std::int64_t>(reports.size()));
  const PlannedExam now = live();
  std::set<std::pair<RoomIndex, int>> seats;
  for (const Placement& placed : now.plan.placements) seats.insert({placed.room, placed.seat_no});
  EXPECT_EQ(seats.size(), now.exam.applicants.size());
  expect_whole(pointer());
  EXPECT_EQ(database.number("SELECT SUM(people) FROM plan_venues"),
            static_cast<std::int64_t>(now.exam.applicants.size()));
}

TEST_F(HealthDecisions, OfTheSamePersonByTwoOneIsTakenAndTheOtherTold) {
  storage::Database other_database(test_settings(database.folder.path()), storage::SchemaUpgrade::never, clock,
                                   no_progress());
  Program other(other_database, clock);
  for (const std::int64_t report : reports) {
    std::vector<std::string> codes(2);
    std::vector<std::string> words(2);
    const auto decide_as = [&](Program& by, std::size_t at) {
      try {
        decide_by(by, report, at == 0 ? services::ReportDecision::isolation : services::ReportDecision::declined);
      } catch (const Error& error) {
        codes[at] = error.code();
        words[at] = error.message().en;
      }
    };
    std::thread one([&] { decide_as(program, 0); });
    decide_as(other, 1);
    one.join();
    ASSERT_THAT(codes, testing::UnorderedElementsAre("", "report_decided")) << report;
    EXPECT_THAT(words, testing::Contains(testing::HasSubstr("by officer")));
  }
  expect_whole(pointer());
}

// A program that is always a little slower would otherwise lose to one that decides on a long list.
TEST_F(HealthDecisions, OfSeveralProgramsTakeTurns) {
  storage::Database other_database(test_settings(database.folder.path()), storage::SchemaUpgrade::never, clock,
                                   no_progress());
  const auto try_elsewhere = [&](const ExamCode& code) {
    return code_thrown([&] { other_database.exams().wait_for_turn(code, std::chrono::seconds(0)); });
  };
  {
    const auto turn = database->exams().wait_for_turn(exam, std::chrono::seconds(0));
    ASSERT_TRUE(turn);
    EXPECT_EQ(try_elsewhere(exam), "live_plan_busy");
    EXPECT_EQ(try_elsewhere(ExamCode("another")), "nothing");
  }
  EXPECT_TRUE(other_database.exams().wait_for_turn(exam, std::chrono::seconds(10)));
  decide(reports[0]);
  EXPECT_EQ(isolated().size(), 1u);
}

// Who serves pages takes a server that is silent for long for one that is away; a long queue is neither.
TEST_F(HealthDecisions, WaitForATurnLongerThanADatabaseMayBeSilent) {
  storage::DatabaseSettings hasty = test_settings(database.folder.path());
  hasty.answer_limit = std::chrono::seconds(6);
  storage::Database other_database(hasty, storage::SchemaUpgrade::never, clock, no_progress());
  const auto turn = database->exams().wait_for_turn(exam, std::chrono::seconds(0));
  ASSERT_TRUE(turn);
  EXPECT_EQ(code_thrown([&] { other_database.exams().wait_for_turn(exam, std::chrono::seconds(8)); }),
            "live_plan_busy");
}

// The oracle takes the live plan away as files, reads them back and re-routes on nothing else.
TEST_F(HealthDecisions, GiveTheSameBytesAsTheWholeExamWould) {
  for (std::size_t at = 0; at < reports.size(); ++at) {
    const PlannedExam before = live();
    const TestFolder exam_folder("exam");
    const TestFolder plan_folder("plan");
    package::save_exam(before.exam, exam_folder.path());
    package::save_plan(before.exam, before.plan, plan_folder.path(), system_clock());
    const Exam whole = package::load_exam(exam_folder.path(), package::Encoding::utf8, no_progress()).exam;
    Plan plan = package::resolve_plan(whole, package::load_plan_rows(plan_folder.path()));
    plan.digest = package::digest_plan(whole, plan);
    const auto how = at % 3 == 2 ? services::ReportDecision::reserve : services::ReportDecision::isolation;
    const ApplicantIndex person = whole.find(ApplicantId(ids[at].text()));
    replanning::Rerouting rerouting(whole, plan);
    const Routing routing = at % 3 == 2 ? Routing::reserve : Routing::isolation;
    ASSERT_TRUE(rerouting.reroute(person, routing)) << at;
    Exam next = whole;
    next.applicants[person.value].routing = routing;
    next.input_sha256 = package::digest_exam(next);
    const Plan expected = rerouting.plan(next);
    decide(reports[at], how);
    EXPECT_EQ(pointer().input_sha256, next.input_sha256) << at;
    EXPECT_EQ(pointer().plan_digest, package::digest_plan(next, expected)) << at;
    const PlannedExam after = live();
    EXPECT_EQ(after.plan.report.objective, expected.report.objective) << at;
    EXPECT_EQ(after.plan.report.over_detour_cap, expected.report.over_detour_cap) << at;
    EXPECT_EQ(after.plan.over_detour.size(), expected.over_detour.size()) << at;
    expect_whole(pointer());
  }
}

// Red while four decisions left five packages that were "imported", and five plans without a word of why.
TEST_F(HealthDecisions, AreSaidOfThePackagesAndPlansThatTheyLeave) {
  decide(reports[0]);
  const auto populations = database->exams().list_populations(exam);
  ASSERT_EQ(populations.size(), 2U);
  EXPECT_TRUE(populations.front().by_decision);
  EXPECT_FALSE(populations.back().by_decision) << "that one was imported";
  const auto plans = database->exams().list_plans(exam);
  ASSERT_EQ(plans.size(), 2U);
  EXPECT_TRUE(plans.front().by_decision);
  EXPECT_FALSE(plans.back().by_decision);
}

TEST_F(HealthDecisions, ShowTheNewSeatAtOnce) {
  const ApplicantId who(ids[0].text());
  ASSERT_TRUE(database->plans().find_own_seat(exam, who));  // keeps what everybody shares
  decide(reports[0]);
  const auto own = database->plans().find_own_seat(exam, who);
  ASSERT_TRUE(own);
  EXPECT_EQ(own->plan.digest, pointer().plan_digest);
  EXPECT_EQ(own->exam.venues.at(0).kind, VenueKind::isolation);
  const auto roster = database->plans().find_venue_plan(exam, VenueCode("W1"));
  ASSERT_TRUE(roster);
  ASSERT_EQ(roster->exam.applicants.size(), 1u);
  EXPECT_EQ(roster->exam.applicants[0].id, who);
  EXPECT_EQ(roster->plan.digest, pointer().plan_digest);
}

TEST_F(HealthDecisions, OfAListAreMadeOneByOne) {
  using services::ReportDecision;
  const auto decide_list = [&](const std::vector<services::ReportWish>& wishes) {
    return program.health.decide_reports(officer, wishes, change(), no_progress());
  };
  EXPECT_EQ(code_thrown([&] { decide_list({}); }), "bad_report_list");
  EXPECT_EQ(code_thrown([&] {
              decide_list({{reports[0], ReportDecision::isolation}, {reports[0], ReportDecision::reserve}});
            }),
            "bad_report_list");
  EXPECT_EQ(database->self_reports().list_waiting(exam).size(), reports.size()) << "nothing was decided";
  decide(reports[3]);
  const auto outcomes = decide_list({{reports[0], ReportDecision::isolation, "격리실"},
                                     {999'999, ReportDecision::isolation, ""},
                                     {reports[3], ReportDecision::isolation, ""},
                                     {reports[1], ReportDecision::declined, "음성"},
                                     {reports[2], ReportDecision::isolation, "격리실"}});
  ASSERT_EQ(outcomes.size(), 5u);
  std::vector<std::string> codes;
  for (const services::ReportOutcome& one : outcomes) codes.push_back(one.code);
  EXPECT_THAT(codes, testing::ElementsAre("", "unknown_report", "report_decided", "", ""));
  EXPECT_TRUE(outcomes[0].decided->new_place.starts_with("W1/"));
  EXPECT_TRUE(outcomes[3].decided->new_place.empty());
  EXPECT_EQ(isolated(), (std::set<std::string>{ids[0].text(), ids[2].text(), ids[3].text()}));
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM audit_entries WHERE action = 'self_report.decide'"), 4);
}

// What one decision asks of the database, of an exam ten times as large and of another program's decision to follow.
struct Asked {
  std::int64_t statements = 0;
  std::int64_t rows = 0;
};
struct LargerHealthDecisions : HealthDecisions {
  LargerHealthDecisions() : HealthDecisions(6, 1'800) {}
};
Asked ask_for_decision(HealthDecisions& stage) {
  storage::Database other_database(test_settings(stage.database.folder.path()), storage::SchemaUpgrade::never,
                                   stage.clock, no_progress());
  Program other(other_database, stage.clock);
  stage.decide(stage.reports[0]);  // reads the exam
  stage.decide_by(other, stage.reports[1]);
  const auto sum = [&](const char* of) {
    return stage.database.number(std::string("SELECT CAST(SUM(CAST(variable_value AS UNSIGNED)) AS SIGNED) FROM "
                                             "information_schema.global_status WHERE variable_name IN (") +
                                 of + ")");
  };
  const auto count = [&] {
    return Asked{sum("'COM_STMT_EXECUTE'"), sum("'HANDLER_READ_KEY', 'HANDLER_READ_NEXT', 'HANDLER_READ_PREV', "
                                                "'HANDLER_READ_RND', 'HANDLER_READ_RND_NEXT', "
                                                "'HANDLER_READ_FIRST', 'HANDLER_READ_LAST'")};
  };
  const Asked before = count();
  stage.decide(stage.reports[2]);
  const Asked after = count();
  return {after.statements - before.statements, after.rows - before.rows};
}

TEST_F(HealthDecisions, AskTheDatabaseNoMoreOfALargerExam) {
  struct Larger : LargerHealthDecisions {
    void TestBody() override {}
  };
  const Asked small = ask_for_decision(*this);
  Larger larger;
  const Asked large = ask_for_decision(larger);
  RecordProperty("statements", static_cast<int>(large.statements));
  RecordProperty("rows", static_cast<int>(large.rows));
  // What the programs do by themselves meanwhile is a few statements; reading or copying everybody would be 1,680 rows
  // more at least.
  EXPECT_LT(large.statements, small.statements + 30);
  EXPECT_LT(large.rows, small.rows + 800);
}

}  // namespace
}  // namespace hanjari::tests::health
