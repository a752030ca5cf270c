// Health reports decided at the founding size, as the office decides them: the first of a program, which reads the exam, the next
// one, fifty in a row, fifty by two officers of one program at once, and fifty by officers of two programs, who follow each other's
// decisions. Prints the seconds of each, those of one decision, and the peak memory; every decision is judged and made live in its
// own transaction.
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

#include <sys/resource.h>

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
#include "stage/planted_files.h"
#include "stage/sample_notice.h"

namespace {

using namespace hanjari;

constexpr int batch = 50;
constexpr int all_decisions = 2 + 3 * batch;
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

// What a program has beside its database.
struct Program {
  Program(storage::Database& database, const storage::DatabaseSettings& settings, const Clock& clock)
      : signer(services::ReceiptSigner::make(settings.data / "keys" / "receipt.key")),
        queue(database.applications(), clock),
        files(database.attachments()),
        forms({database.recruitments(), database.applications(), files, database.identity(), clock}),
        submitting({database.recruitments(), database.applications(), signer, queue}),
        health({database.recruitments(), database.applications(), database.self_reports(), database.exams(),
                database.accesses(), clock}) {}
  services::ReceiptSigner signer;
  services::SubmissionQueue queue;
  tests::PlantedFiles files;
  services::FormFilling forms;
  services::Submitting submitting;
  services::HealthDecisions health;
};

// People who have applied and reported, in an exam with a live plan.
std::vector<std::int64_t> prepare(storage::Database& database, Program& program, const Clock& clock, int people) {
  const services::Change change{"officer", "", clock.now()};
  database.recruitments().save_recruitment(tests::sample_notice(), services::RecruitmentState::published, 0, change);
  std::vector<ApplicationId> ids;
  for (int person = 1; person <= all_decisions; ++person) {
    const services::Applicant who{"p-" + std::to_string(person)};
    const auto begun = program.forms.open_draft(who, code);
    const auto draft = program.forms.save_draft(who, code, begun.version, tests::sample_form(person));
    ids.push_back(program.submitting.submit(who, code, {draft.submission_key, draft.version, clock.now()})
                      .application.id);
  }
  const Exam exam = exam_of(ids, people);
  const Plan plan = plan_of(exam);
  database.exams().save_exam(exam, &plan, change, no_progress());
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
  return reports;
}

template <class Work>
double seconds_of(Work work) {
  const auto began = system_clock().elapsed();
  work();
  return std::chrono::duration<double>(system_clock().elapsed() - began).count();
}

void print_seconds(const char* what, double seconds, int decisions) {
  std::printf("%-34s %8.2f s %8.3f s each\n", what, seconds, seconds / decisions);
  std::fflush(stdout);
}

long peak_mb() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss / 1024;
}

}  // namespace

int main(int argc, char** argv) try {
  if (argc < 2) return 64;
  const int people = argc > 2 ? std::atoi(argv[2]) : 36'109;
  const OpenDay clock;
  storage::DatabaseSettings settings;
  settings.data = argv[1];
  storage::Database database(settings, storage::SchemaUpgrade::automatic, clock, no_progress());
  Program program(database, settings, clock);
  const std::vector<std::int64_t> reports = prepare(database, program, clock, people);
  storage::Database other_database(settings, storage::SchemaUpgrade::never, clock, no_progress());
  Program other(other_database, settings, clock);
  std::atomic<std::size_t> next{0};
  std::atomic<int> failed{0};
  const auto decide = [&](services::HealthDecisions& health, int times) {
    for (int at = 0; at < times; ++at) {
      try {
        health.decide_report(officer, reports.at(next++), services::ReportDecision::isolation, "격리실",
                                {"officer", "", clock.now()}, no_progress());
      } catch (const Error& error) {
        ++failed;
        std::fprintf(stderr, "%s: %s\n", error.code().c_str(), error.message().en.c_str());
      }
    }
  };
  const auto decide_beside = [&](services::HealthDecisions& one, services::HealthDecisions& another) {
    std::thread beside([&] { decide(another, batch / 2); });
    decide(one, batch / 2);
    beside.join();
  };
  std::printf("people %d; peak memory before the first decision, with the making of the exam: %ld MB\n", people,
              peak_mb());
  print_seconds("first of a program", seconds_of([&] { decide(program.health, 1); }), 1);
  print_seconds("one", seconds_of([&] { decide(program.health, 1); }), 1);
  print_seconds("fifty in a row", seconds_of([&] { decide(program.health, batch); }), batch);
  print_seconds("fifty by two officers at once", seconds_of([&] { decide_beside(program.health, program.health); }), batch);
  print_seconds("fifty by two programs at once", seconds_of([&] { decide_beside(program.health, other.health); }), batch);
  std::printf("failed: %d; peak memory of both programs, without the database's: %ld MB\n", failed.load(), peak_mb());
  return failed == 0 ? 0 : 1;
} catch (const hanjari::Error& error) {
  std::fprintf(stderr, "%s: %s\n", error.code().c_str(), error.message().en.c_str());
  return 1;
}
