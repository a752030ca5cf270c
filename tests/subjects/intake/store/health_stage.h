// People who have reported that they are ill, in a stored exam with a live plan, and programs whose officers decide.
#pragma once

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "hanjari/base/error.h"
#include "hanjari/intake/submission_queue.h"
#include "hanjari/intake/use_cases.h"
#include "hanjari/package/exam_package.h"
#include "hanjari/package/plan_package.h"
#include "hanjari/sample/sample.h"
#include "stage/memory_intake.h"
#include "stage/planted_files.h"
#include "stage/sample_notice.h"
#include "stage/test_database.h"

namespace hanjari::tests::health {

inline const ExamCode exam("seoul-2021-1");
inline const services::Actor officer{"officer", services::Role::exam_officer, {}};

// Regular schools, the last of them with reserve rooms, and an isolation venue behind them. The first people are those
// who report.
inline Exam exam_of_people(const std::vector<ApplicationId>& ids, std::int64_t applicants) {
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
  for (int room = 997; room <= 999; ++room) {
    planned.rooms.push_back(like);
    planned.rooms.back().venue = VenueIndex(planned.venues.size() - 1);
    planned.rooms.back().room_no = room;
    planned.rooms.back().use = RoomUse::reserve;
  }
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
        files(database.attachments()),
        forms({database.recruitments(), database.applications(), files, database.identity(), clock}),
        submitting({database.recruitments(), database.applications(), signer, queue}),
        health({database.recruitments(), database.applications(), database.self_reports(), database.exams(),
                database.accesses(), clock}) {}
  services::TestProvider provider;
  services::ReceiptSigner signer;
  services::SubmissionQueue queue;
  PlantedFiles files;
  services::FormFilling forms;
  services::Submitting submitting;
  services::HealthDecisions health;
};

struct HealthDecisions : testing::Test {
  explicit HealthDecisions(int people = 6, std::int64_t applicants = 120) {
    database->recruitments().save_recruitment(sample_notice(), services::RecruitmentState::published, 0, change());
    for (int person = 1; person <= people; ++person) apply(person);
    const Exam planned = exam_of_people(ids, applicants);
    const Plan plan = plan_of(planned);
    database->exams().save_exam(planned, &plan, change(), no_progress());
    database->exams().set_live_plan(exam, database->exams().list_plans(exam).front(), 0, change());
    for (const ApplicationId& id : ids) reports.push_back(add_report(id));
  }
  services::Change change() const { return {"officer", "", clock.now()}; }
  void apply(int person) {
    const services::Applicant who{"p-" + std::to_string(person)};
    const auto begun = program.forms.open_draft(who, exam);
    const auto draft = program.forms.save_draft(who, exam, begun.version, sample_form(person));
    ids.push_back(program.submitting.submit(who, exam, {draft.submission_key, draft.version, clock.now()}).application.id);
  }
  std::int64_t add_report(const ApplicationId& id) {
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
    return by.health.decide_report(officer, report, how, "격리실", change(), no_progress());
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

}  // namespace hanjari::tests::health
