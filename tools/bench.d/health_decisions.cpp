// Health reports decided at the founding size, as the office decides them: one alone, fifty one after the other, and fifty by two
// officers at once. Prints the seconds of each; every decision is judged and made live in its own transaction.
//
// usage: health_decisions DATA [PEOPLE]
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include "hanjari/base/error.h"
#include "hanjari/domain/exam.h"
#include "hanjari/intake/submission_queue.h"
#include "hanjari/intake/use_cases.h"
#include "hanjari/package/exam_package.h"
#include "hanjari/package/plan_package.h"
#include "hanjari/program/opening/database.h"
#include "hanjari/sample/sample.h"
#include "hanjari/seating/geometry.h"
#include "hanjari/seating/seats.h"
#include "stage/sample_notice.h"

namespace {

using namespace hanjari;

constexpr int batch = 50;
const ExamCode code("seoul-2021-1");
const services::Actor officer{"officer", services::Role::exam_officer, {}};

// While applications are open; the work is measured by the machine's clock.
class OpenDay : public Clock {
 public:
  Instant now() const override { return tests::at("2021-03-04T10:00:00+09:00"); }
  std::chrono::nanoseconds elapsed() const override { return system_clock().elapsed(); }
};

// A school at the end of the city is for isolation; the first people are those who will report.
Exam exam_of(const std::vector<ApplicationId>& reporting, int people) {
  sample::SampleRequest request;
  request.applicants = people;
  Exam exam = sample::make_sample(request);
  exam.header.code = code;
  exam.policy.detour_cap_m = std::nullopt;
  for (std::size_t at = 0; at < reporting.size(); ++at) exam.applicants[at].id = ApplicantId(reporting[at].text());
  exam.venues.push_back(exam.venues.back());
  exam.venues.back().code = VenueCode("W1");
  exam.venues.back().kind = VenueKind::isolation;
  for (int room = 1; room <= 60; ++room) {
    exam.rooms.push_back(exam.rooms.front());
    exam.rooms.back().venue = VenueIndex(exam.venues.size() - 1);
    exam.rooms.back().room_no = room;
  }
  make_canonical(exam);
  exam.input_sha256 = package::digest_exam(exam);
  return exam;
}

// Rooms in their order, one unit after the other: what the decisions cost does not depend on how far people travel.
Plan plan_of(const Exam& exam) {
  const auto capacities = seating::room_capacities(exam);
  Assignment assignment;
  assignment.status = PlanStatus::feasible;
  assignment.room_of.assign(exam.applicants.size(), RoomIndex::none());
  std::size_t room = 0;
  for (std::size_t unit = 0; unit < exam.units.size(); ++unit) {
    int seated = 0;
    for (std::size_t at = 0; at < exam.applicants.size(); ++at) {
      if (exam.applicants[at].unit.value != unit) continue;
      while (seated >= capacities.at(room).people) {
        ++room;
        seated = 0;
      }
      assignment.room_of[at] = RoomIndex(room);
      ++seated;
    }
    if (seated > 0) ++room;
  }
  Plan plan = seating::seat(exam, assignment, *parse_seed("1"));
  plan.report.input_sha256 = exam.input_sha256;
  plan.digest = package::digest_plan(exam, plan);
  return plan;
}

template <class Work>
double seconds_of(Work work) {
  const auto began = system_clock().elapsed();
  work();
  return std::chrono::duration<double>(system_clock().elapsed() - began).count();
}

}  // namespace

int main(int argc, char** argv) try {
  if (argc < 2) return 64;
  const int people = argc > 2 ? std::atoi(argv[2]) : 36'109;
  const OpenDay clock;
  storage::DatabaseSettings settings;
  settings.data = argv[1];
  storage::Database database(settings, storage::SchemaUpgrade::automatic, clock, no_progress());
  const auto signer = services::ReceiptSigner::make(settings.data / "keys" / "receipt.key");
  services::SubmissionQueue queue(database.applications(), clock);
  services::FormFilling forms({database.recruitments(), database.applications(), database.identity(), clock});
  services::Submitting submitting({database.recruitments(), database.applications(), signer, queue});
  services::HealthDecisions health({database.recruitments(), database.applications(), database.self_reports(),
                                    database.exams(), database.accesses(), clock});
  const services::Change change{"officer", "", clock.now()};
  database.recruitments().save_recruitment(tests::sample_notice(), services::RecruitmentState::published, 0, change);
  std::vector<ApplicationId> ids;
  for (int person = 1; person <= 1 + 2 * batch; ++person) {
    const services::Applicant who{"p-" + std::to_string(person)};
    const auto begun = forms.open_draft(who, code);
    const auto draft = forms.save_draft(who, code, begun.version, tests::sample_form(person));
    ids.push_back(submitting.submit(who, code, {draft.submission_key, draft.version, clock.now()}).application.id);
  }
  {
    const Exam exam = exam_of(ids, people);
    const Plan plan = plan_of(exam);
    database.exams().save_exam(exam, &plan, change, no_progress());
  }
  database.exams().set_live_plan(code, database.exams().list_plans(code).front(), 0, change);
  std::vector<std::int64_t> reports;
  for (const ApplicationId& id : ids) {
    services::SelfReport report;
    report.application = id;
    report.exam = code;
    report.since = *parse_date("2021-06-01");
    report.reported_at = clock.now();
    reports.push_back(database.self_reports().add_report(report, {}, change));
  }
  std::atomic<std::size_t> next{0};
  std::atomic<int> conflicts{0};
  const auto decide = [&] {
    const std::int64_t report = reports.at(next++);
    try {
      health.decide_report(officer, report, services::ReportDecision::isolation, "격리실", change, no_progress());
    } catch (const Conflict&) {
      ++conflicts;
    }
  };
  std::printf("people                      %8d\n", people);
  std::printf("one decision, s             %8.2f\n", seconds_of(decide));
  std::printf("fifty in a row, s           %8.2f\n", seconds_of([&] {
                for (int at = 0; at < batch; ++at) decide();
              }));
  std::printf("fifty by two at once, s     %8.2f\n", seconds_of([&] {
                const auto half = [&] {
                  for (int at = 0; at < batch / 2; ++at) decide();
                };
                std::thread other(half);
                half();
                other.join();
              }));
  std::printf("given up for conflicts      %8d\n", conflicts.load());
  return 0;
} catch (const hanjari::Error& error) {
  std::fprintf(stderr, "%s: %s\n", error.code().c_str(), error.message().en.c_str());
  return 1;
}
