#include "hanjari/invigilators/staffing_job.h"

#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "hanjari/actor/token.h"
#include "hanjari/base/digest.h"
#include "hanjari/base/error.h"
#include "hanjari/invigilators/duty_views.h"
#include "hanjari/package/plan_package.h"
#include "hanjari/package/staffing_package.h"
#include "hanjari/staffing/staff.h"
#include "hanjari/verification/verify_duties.h"

namespace hanjari::services {
namespace {

using nlohmann::json;

struct StaffingOrder {
  std::string plan;
  std::int64_t before = 0;
  bool keep = false;
};

StaffingOrder read_staffing_order(const std::string& text) {
  const json read = json::parse(text, nullptr, false);
  StaffingOrder order;
  if (!read.is_object()) return order;
  order.plan = read.value("plan", std::string());
  order.before = read.value("before", std::int64_t{0});
  order.keep = read.value("keep", false);
  return order;
}

// What a program that died after its commit has stored for this very job.
std::optional<Staffing> made_before(InvigilatorRepository& invigilators, const Job& job) {
  if (job.starts < 2) return std::nullopt;
  for (Staffing& staffing : invigilators.list_staffings(ExamCode(job.order.exam))) {
    if (staffing.job == job.id) return std::move(staffing);
  }
  return std::nullopt;
}

// Made duties are judged whole before they are stored: a hand edit later is judged by what it touches.
void refuse_unlawful_duties(const PlannedExam& stored, const Staff& staff, const DutyRows& rows) {
  const verification::Verdict verdict = verification::verify_duties(
      stored.exam, package::rows_of_plan(stored.exam, stored.plan), staff, rows);
  if (verdict.clean()) return;
  Faults faults;
  for (const verification::Violation& violation : verdict.violations) {
    faults.add({violation.code, 0, violation.subject, violation.message,
                {"send this list to whoever maintains the program", "이 목록을 프로그램 관리자에게 보내 주십시오"}});
  }
  throw InvalidInput("duties_refused",
                     {"The duties that were made do not pass the check; they are not stored.",
                      "만들어진 배치가 검증을 통과하지 못하여 저장하지 않았습니다."},
                     std::move(faults));
}

std::string write_staffing_made(const Staffing& staffing, const DutyReport& report) {
  json made{{"version", staffing.version}, {"places", staffing.places}, {"unfilled", staffing.unfilled}};
  if (report.changed) made["changed"] = report.changed->value;
  return made.dump();
}

DutyRows duties_of(InvigilatorRepository& invigilators, const Staffing& staffing) {
  return package::load_duties(invigilators.load_staffing(staffing), package::Encoding::utf8,
                              package::Repetition::allowed);
}

// The duties to keep to: those that were newest when it was ordered.
std::vector<DutyRow> duties_to_keep(InvigilatorRepository& invigilators, const ExamCode& code, std::int64_t version) {
  for (const Staffing& staffing : invigilators.list_staffings(code)) {
    if (staffing.version == version) return duties_of(invigilators, staffing).duties;
  }
  throw NotFound("no_duties", {"The duties to keep to are not there any more.", "유지할 배치가 더 이상 없습니다."});
}

}  // namespace

package::PackedFiles people_folder(InvigilatorRepository& invigilators, const ExamCode& code) {
  return people_folder(invigilators, code, invigilators.list_people(code));
}

package::PackedFiles people_folder(InvigilatorRepository& invigilators, const ExamCode& code,
                                   const std::vector<ListedPerson>& listed) {
  package::PackedFiles files = invigilators.load_beside(code);
  std::vector<Invigilator> people;
  people.reserve(listed.size());
  for (const ListedPerson& person : listed) people.push_back(person.facts);
  files["invigilators.csv"] = package::render_invigilators(people);
  // Without rules of its own an exam has those that absent keys stand for.
  if (!files.contains("staffing.json")) files["staffing.json"] = "{}\n";
  return files;
}

Job order_staffing(InvigilatorRepository& invigilators, ExamRepository& exams, JobRepository& jobs,
                   const ExamCode& code, bool keep, const Change& change) {
  require_not_destroyed(exams, code);
  if (invigilators.list_people(code).empty()) {
    throw NotFound("no_invigilators", {"Nobody is in the list of invigilators yet.", "감독관 명단이 아직 비어 있습니다."});
  }
  const auto live = exams.find_live_plan(code);
  const auto plans = exams.list_plans(code);
  if (!live && plans.empty())
    throw NotFound("plan_not_found", {"This exam has no plan yet.", "이 시험에는 아직 배정안이 없습니다."});
  const auto staffings = invigilators.list_staffings(code);
  if (keep && staffings.empty())
    throw NotFound("no_duties", {"There are no duties to keep to yet.", "유지할 배치가 아직 없습니다."});
  const json request{{"plan", live ? live->plan_digest : plans.front().digest},
                     {"before", staffings.empty() ? 0 : staffings.front().version},
                     {"keep", keep}};
  return jobs.add_job({staffing_job_kind, code.text(), request.dump()}, draw_token(), change);
}

std::optional<StaffingMade> parse_staffing_made(const std::string& result) {
  const json read = json::parse(result, nullptr, false);
  if (!read.is_object() || !read.contains("places")) return std::nullopt;
  StaffingMade made;
  made.version = read.value("version", std::int64_t{0});
  made.places = read.value("places", std::int64_t{0});
  made.unfilled = read.value("unfilled", std::int64_t{0});
  made.changed = read.value("changed", std::int64_t{-1});
  return made;
}

JobWork staffing_work(ExamRepository& exams, InvigilatorRepository& invigilators, const Clock& clock) {
  return [&exams, &invigilators, &clock](const JobCall& call) {
    const ExamCode code(call.job.order.exam);
    const StaffingOrder order = read_staffing_order(call.job.order.request);
    if (const auto made = made_before(invigilators, call.job))
      return write_staffing_made(*made, duties_of(invigilators, *made).report);
    call.progress.stage({"Reading exam and people", "시험과 명단 읽기"}, 0);
    // Who sits where is all that duties need of applicants.
    const PlannedExam stored = load_listed_exam(exams, code, order.plan);
    const package::LoadedStaff loaded =
        package::load_staff(stored.exam, people_folder(invigilators, code), package::Encoding::utf8);
    tell_warnings(call, loaded.warnings);
    std::vector<DutyRow> old;
    if (order.keep) old = duties_to_keep(invigilators, code, order.before);
    const DutyRows rows = staffing::staff_exam(stored.exam, stored.plan, loaded.staff, order.keep ? &old : nullptr, {},
                                               call.progress);
    call.progress.stage({"Verifying the duties", "배치 검증"}, 0);
    refuse_unlawful_duties(stored, loaded.staff, rows);
    const package::PackedFiles files = package::pack_duties(rows);
    Staffing made;
    made.id = draw_token();
    made.exam = code;
    made.before = order.before;
    made.plan_digest = stored.plan.digest;
    made.duties_sha256 = sha256(files.at("duties.csv")).hex();
    made.places = rows.report.places;
    made.unfilled = rows.report.unfilled;
    made.job = call.job.id;
    made.author = call.job.author;
    made.at = clock.now();
    const Change change{call.job.author, fmt::format("job {}", call.job.id), clock.now(), "program"};
    return write_staffing_made(invigilators.add_staffing(made, files, nullptr, change), rows.report);
  };
}

}  // namespace hanjari::services
