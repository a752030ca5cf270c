// Health reports decided on a real database, many at the same moment: each person moves alone, nobody is forgotten, and
// what was copied opens after new keys and after nothing else.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <thread>

#include "hanjari/base/error.h"
#include "hanjari/intake/submission_queue.h"
#include "hanjari/intake/use_cases.h"
#include "hanjari/package/exam_package.h"
#include "hanjari/package/plan_package.h"
#include "hanjari/rekeying/keys.h"
#include "hanjari/sample/sample.h"
#include "stage/machine.h"
#include "stage/memory_intake.h"
#include "stage/sample_notice.h"
#include "stage/test_database.h"

namespace hanjari::tests::health_decisions {
namespace {

const ExamCode exam("seoul-2021-1");
const services::Actor officer{"officer", services::Role::exam_officer, {}};

// Regular schools, and an isolation venue behind them.
Exam exam_of_people(const std::vector<ApplicationId>& ids) {
  sample::SampleRequest request;
  request.applicants = 120;
  request.units = 3;
  request.venues = 4;
  request.rooms = 16;
  request.seed = 7;
  Exam planned = sample::make_sample(request);
  planned.header.code = exam;
  planned.policy.detour_cap_m = std::nullopt;
  for (std::size_t at = 0; at < ids.size(); ++at) planned.applicants[at].id = ApplicantId(ids[at].text());
  planned.venues.push_back(planned.venues.back());
  planned.venues.back().code = VenueCode("W1");
  planned.venues.back().kind = VenueKind::isolation;
  for (int room = 1; room <= 8; ++room) {
    planned.rooms.push_back(planned.rooms.front());
    planned.rooms.back().venue = VenueIndex(planned.venues.size() - 1);
    planned.rooms.back().room_no = room;
  }
  make_canonical(planned);
  planned.input_sha256 = package::digest_exam(planned);
  return planned;
}

struct HealthDecisions : testing::Test {
  HealthDecisions() {
    database->recruitments().save_recruitment(sample_notice(), services::RecruitmentState::published, 0,
                                              {"officer", "", clock.now()});
    for (int person = 1; person <= people; ++person) apply(person);
    const Exam planned = exam_of_people(ids);
    const Plan plan = plan_of(planned);
    const services::Change change{"officer", "", clock.now()};
    database->exams().save_exam(planned, &plan, change, no_progress());
    database->exams().set_live_plan(exam, database->exams().list_plans(exam).front(), 0, change);
    for (const ApplicationId& id : ids) {
      services::SelfReport report;
      report.application = id;
      report.exam = exam;
      report.since = *parse_date("2021-06-01");
      report.reported_at = clock.now();
      reports.push_back(database->self_reports().add_report(report, {}, change));
    }
  }
  void apply(int person) {
    const services::Applicant who{"p-" + std::to_string(person)};
    const auto begun = intake.forms.open_draft(who, exam);
    const auto draft = intake.forms.save_draft(who, exam, begun.version, sample_form(person));
    ids.push_back(
        intake.submitting.submit(who, exam, {draft.submission_key, draft.version, clock.now()}).application.id);
  }
  services::SelfReport decide(std::int64_t report) {
    return intake.health.decide_report(officer, report, services::ReportDecision::isolation, "격리실",
                                       {"officer", "", clock.now()}, no_progress());
  }
  PlannedExam live() {
    return services::load_stored_exam(database->exams(), exam, database->exams().find_live_plan(exam)->plan_digest);
  }

  static constexpr int people = 6;
  TestDatabase database;
  SetClock clock{at("2021-03-04T10:00:00+09:00")};
  std::vector<ApplicationId> ids;
  std::vector<std::int64_t> reports;
  services::TestProvider provider{database->test_orders(), clock, "test secret"};
  services::ReceiptSigner signer = services::ReceiptSigner::from_seed("0123456789abcdef0123456789abcdef");
  services::SubmissionQueue queue{database->applications(), clock};
  struct {
    services::FormFilling forms;
    services::Submitting submitting;
    services::HealthDecisions health;
  } intake{
      services::FormFilling({database->recruitments(), database->applications(), database->identity(), clock}),
      services::Submitting({database->recruitments(), database->applications(), signer, queue}),
      services::HealthDecisions({database->recruitments(), database->applications(), database->self_reports(),
                                 database->exams(), database->accesses(), clock}),
  };
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
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM audit_entries WHERE action = 'plan.move'"), people);
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM audit_entries WHERE action = 'exam.import'"), 1)
      << "no decision imports the exam anew";
  // One person of each copied population was sealed for it.
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM applicants WHERE sealed_in IS NULL"),
            static_cast<std::int64_t>(before.exam.applicants.size()) + people);
}

TEST_F(HealthDecisions, OpenAfterTheKeysHaveChangedAndNoMoreAfterDestruction) {
  decide(reports[0]);
  decide(reports[1]);
  const PlannedExam before = live();
  const storage::DatabaseSettings settings = hasty_settings(database);
  const auto rotated = storage::rotate_keys(settings, {"operator", "", clock.now()}, clock, no_progress());
  EXPECT_EQ(rotated.unopened, 0);
  storage::Database again(settings, storage::SchemaUpgrade::never, clock, no_progress());
  const auto read = again.exams().find_exam(exam, before.exam.input_sha256);
  ASSERT_TRUE(read);
  EXPECT_EQ(package::digest_exam(*read), before.exam.input_sha256);
  storage::order_destruction(settings, exam.text(), clock.now(), {"operator", "", clock.now()});
  storage::destroy_due(settings, {"operator", "", clock.now()}, clock, no_progress());
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM applicants"), 0);
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM placements"), 0);
}

}  // namespace
}  // namespace hanjari::tests::health_decisions
