// Health reports decided on a real database, many at the same moment and by several programs: each person moves alone,
// nobody is forgotten, earlier plans stay to the last byte, and what a decision asks of the database does not grow with
// the exam.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <thread>

#include "hanjari/base/error.h"
#include "hanjari/intake/intake.h"
#include "hanjari/intake/submission_queue.h"
#include "hanjari/package/exam_package.h"
#include "hanjari/package/plan_package.h"
#include "hanjari/rekeying/keys.h"
#include "hanjari/replanning/reroute.h"
#include "hanjari/sample/sample.h"
#include "stage/code_thrown.h"
#include "stage/machine.h"
#include "stage/memory_intake.h"
#include "stage/sample_notice.h"
#include "stage/test_database.h"

namespace hanjari::tests::health_decisions {
namespace {

const ExamCode exam("seoul-2021-1");
const services::Actor officer{"officer", services::Role::exam_officer, {}};

// Regular schools, the last of them with a reserve room, and an isolation venue behind them. The first people are those
// who report.
Exam exam_of_people(const std::vector<ApplicationId>& ids, std::int64_t applicants) {
  sample::SampleRequest request;
  request.applicants = applicants;
  request.units = 3;
  request.venues = static_cast<int>(applicants / 30);
  request.rooms = static_cast<int>(applicants / 15) + 8;
  request.cap = 15;
  request.seed = 7;
  Exam planned = sample::make_sample(request);
  planned.header.code = exam;
  planned.policy.detour_cap_m = 3'000;
  for (std::size_t at = 0; at < ids.size(); ++at) planned.applicants[at].id = ApplicantId(ids[at].text());
  const Room like = planned.rooms.front();
  planned.rooms.push_back(like);
  planned.rooms.back().venue = VenueIndex(planned.venues.size() - 1);
  planned.rooms.back().room_no = 999;
  planned.rooms.back().use = RoomUse::reserve;
  planned.venues.push_back(planned.venues.back());
  planned.venues.back().code = VenueCode("W1");
  planned.venues.back().kind = VenueKind::isolation;
  for (int room = 1; room <= 12; ++room) {
    planned.rooms.push_back(like);
    planned.rooms.back().venue = VenueIndex(planned.venues.size() - 1);
    planned.rooms.back().room_no = room;
  }
  make_canonical(planned);
  planned.input_sha256 = package::digest_exam(planned);
  return planned;
}

// What one program has beside its database.
struct Program {
  Program(storage::Database& database, const Clock& clock)
      : provider(database.test_orders(), clock, "test secret"),
        signer(services::ReceiptSigner::from_seed("0123456789abcdef0123456789abcdef")),
        queue(database.applications(), clock),
        intake{database.recruitments(), database.applications(), database.attachments(),
               database.payments(),     database.self_reports(), database.outbox(),
               database.exams(),        database.plans(),        database.accesses(),
               provider,                signer,                  database.identity(),
               queue,                   clock} {}
  services::TestProvider provider;
  services::ReceiptSigner signer;
  services::SubmissionQueue queue;
  services::Intake intake;
};

struct HealthDecisions : testing::Test {
  explicit HealthDecisions(int people = 6, std::int64_t applicants = 120) {
    database->recruitments().save_recruitment(sample_notice(), services::RecruitmentState::published, 0, change());
    for (int person = 1; person <= people; ++person) apply(person);
    const Exam planned = exam_of_people(ids, applicants);
    const Plan plan = plan_of(planned);
    database->exams().save_exam(planned, &plan, change(), no_progress());
    database->exams().set_live_plan(exam, database->exams().list_plans(exam).front(), 0, change());
    for (const ApplicationId& id : ids) reports.push_back(report(id));
  }
  services::Change change() const { return {"officer", "", clock.now()}; }
  void apply(int person) {
    services::Intake& intake = program.intake;
    const services::Applicant who{"p-" + std::to_string(person)};
    const auto begun = services::open_draft(intake, who, exam);
    const auto draft = services::save_draft(intake, who, exam, begun.version, sample_form(person));
    ids.push_back(services::submit(intake, who, exam, {draft.submission_key, draft.version, clock.now()}).application.id);
  }
  std::int64_t report(const ApplicationId& id) {
    services::SelfReport report;
    report.application = id;
    report.exam = exam;
    report.since = *parse_date("2021-06-01");
    report.reported_at = clock.now();
    return database->self_reports().add_report(report, {}, change());
  }
  services::SelfReport decide(std::int64_t report, services::ReportDecision how = services::ReportDecision::isolation) {
    return decide_by(program, report, how);
  }
  services::SelfReport decide_by(Program& by, std::int64_t report,
                                 services::ReportDecision how = services::ReportDecision::isolation) const {
    return services::decide_report(by.intake, officer, report, how, "격리실", change(), no_progress());
  }
  PlannedExam stored(const services::LivePointer& pointer) {
    PlannedExam planned{database->exams().find_exam(exam, pointer.input_sha256).value(), {}};
    planned.plan = database->exams().find_plan(planned.exam, pointer.plan_digest).value();
    return planned;
  }
  services::LivePointer pointer() { return database->exams().find_live_plan(exam).value(); }
  PlannedExam live() { return stored(pointer()); }
  // Both digests are of what is there.
  void expect_whole(const services::LivePointer& pointer) {
    const PlannedExam read = stored(pointer);
    EXPECT_EQ(package::digest_exam(read.exam), pointer.input_sha256);
    EXPECT_EQ(package::digest_plan(read.exam, read.plan), pointer.plan_digest);
    EXPECT_EQ(read.plan.history.back().digest, pointer.plan_digest);
    EXPECT_NO_THROW(services::judge_plan(read.exam, package::rows_of_plan(read.exam, read.plan), no_progress()));
  }
  std::set<std::string> isolated() {
    const PlannedExam now = live();
    std::set<std::string> people;
    for (const Placement& placed : now.plan.placements) {
      if (now.exam[placed.venue].kind == VenueKind::isolation) people.insert(now.exam[placed.applicant].id.text());
    }
    return people;
  }
  std::set<std::string> reported() const {
    std::set<std::string> people;
    for (const ApplicationId& id : ids) people.insert(id.text());
    return people;
  }

  TestDatabase database;
  SetClock clock{at("2021-03-04T10:00:00+09:00")};
  Program program{*database, clock};
  std::vector<ApplicationId> ids;
  std::vector<std::int64_t> reports;
};

struct FiftyHealthDecisions : HealthDecisions {
  FiftyHealthDecisions() : HealthDecisions(50) {}
};

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
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM moved_seats"), static_cast<std::int64_t>(ids.size()));
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

// The oracle takes the live plan away as files, reads them back and re-routes on nothing else.
TEST_F(HealthDecisions, GiveTheSameBytesAsTheWholeExamWould) {
  for (std::size_t at = 0; at < reports.size(); ++at) {
    const PlannedExam before = live();
    const TestFolder folder("whole");
    package::save_exam(before.exam, folder.path() / "exam");
    package::save_plan(before.exam, before.plan, folder.path() / "plan", system_clock());
    Exam whole = package::load_exam(folder.path() / "exam", package::Encoding::utf8, no_progress()).exam;
    const Plan plan = package::resolve_plan(whole, package::load_plan_rows(folder.path() / "plan"));
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
  decide(report(ids[0]), services::ReportDecision::reserve);
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
  std::swap(another.placements[0].booklet, another.placements[1].booklet);
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
    return services::decide_reports(program.intake, officer, wishes, change(), no_progress());
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
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM audit_entries WHERE action = 'self_report.decide'"), 5 - 1);
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
    return stage.database.number(std::string("SELECT SUM(variable_value) FROM information_schema.global_status WHERE "
                                             "variable_name IN (") +
                                 of + ")");
  };
  const auto count = [&] {
    return Asked{sum("'COM_STMT_EXECUTE'"), sum("'HANDLER_READ_KEY', 'HANDLER_READ_NEXT', 'HANDLER_READ_PREV', "
                                                "'HANDLER_READ_RND', 'HANDLER_READ_FIRST', 'HANDLER_READ_LAST'")};
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

TEST_F(HealthDecisions, OpenAfterTheKeysHaveChangedAndNoMoreAfterDestruction) {
  decide(reports[0]);
  const services::LivePointer earlier = pointer();
  decide(reports[1]);
  decide(report(ids[0]), services::ReportDecision::reserve);
  const PlannedExam before = live();
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM moved_seats WHERE routing_sealed IS NOT NULL"), 1);
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
}  // namespace hanjari::tests::health_decisions
