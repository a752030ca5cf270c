// Duties changed by hand, under the check of `hanjari edit-duties`.
#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "hanjari/actor/token.h"
#include "hanjari/base/digest.h"
#include "hanjari/base/error.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/invigilators/staffing_job.h"
#include "hanjari/package/duty_history_package.h"
#include "hanjari/package/staffing_package.h"
#include "hanjari/staffing/desk.h"
#include "hanjari/verification/verify_duties.h"
#include "invigilators/staffed_plan.h"

namespace hanjari::services {
namespace {

constexpr std::size_t longest_edit_reason = 600;

[[noreturn]] void throw_no_longer_newest() {
  throw Conflict("staffings_changed", {"The duties were changed meanwhile. Look again.",
                                       "그사이 배치가 바뀌었습니다. 다시 확인하십시오."});
}

Staffing newest_of(InvigilatorRepository& invigilators, const ExamCode& code, std::int64_t version) {
  auto staffings = invigilators.list_staffings(code);
  if (staffings.empty()) throw NotFound("no_duties", {"This exam has no duties yet.", "이 시험에는 아직 배치가 없습니다."});
  if (staffings.front().version != version) throw_no_longer_newest();
  return std::move(staffings.front());
}

DutySwap swap_of(InvigilatorRepository& invigilators, const ExamCode& code, const std::string& id) {
  for (DutySwap& swap : invigilators.list_swaps(code)) {
    if (swap.id == id) return std::move(swap);
  }
  throw NotFound("duty_swap_not_found", {"There is no such exchange.", "그런 교대 요청이 없습니다."});
}

std::shared_ptr<const PlanCopy> copy_of_plan(ExamRepository& exams, PlanCopies& copies, const ExamCode& code,
                                             const std::string& digest) {
  require_not_destroyed(exams, code);
  for (const StoredPlan& plan : exams.list_plans(code)) {
    if (plan.digest == digest) return copies.find(exams, code, plan);
  }
  throw NotFound("plan_not_found", {"The plan of these duties is not stored any more.",
                                    "이 배치가 근거로 삼은 배정안이 더 이상 저장되어 있지 않습니다."});
}

// What the edits break that was not broken before, a fault each.
void refuse_new_violations(const std::vector<verification::Violation>& broken) {
  Faults faults;
  for (const verification::Violation& violation : broken) {
    faults.add({violation.code, 0, violation.subject, violation.message,
                {"choose another person or place", "다른 사람이나 자리를 고르십시오"}});
  }
  if (faults.empty()) return;
  throw InvalidInput("duties_refused",
                     {"The change breaks rules; nothing was changed.", "규칙에 어긋나므로 아무것도 바꾸지 않았습니다."},
                     std::move(faults));
}

std::string required_reason(const std::string& typed) {
  std::string reason = clean_line(typed);
  if (reason.empty()) throw InvalidInput("reason_missing", {"Say why.", "사유를 적어 주십시오."});
  if (reason.size() > longest_edit_reason)
    throw InvalidInput("reason_too_long", {"The reason has at most 600 bytes.", "사유는 600바이트까지 쓸 수 있습니다."});
  return reason;
}

// Reports that are stored from before do not say of whom their bounds speak, and nothing of them could be kept once anything changes.
// They are proven anew with the first change, which therefore takes as long as a run; once, because the history keeps it. Nothing where
// there is no need.
std::optional<DutyReport> prove_first_bounds(const PlannedExam& planned, const StaffedPlan& of, const DutyRows& given,
                                             const DutyHistory& history) {
  if (!history.steps.empty() || !history.base || !staffing::speaks_of_nobody(*history.base)) return std::nullopt;
  staffing::ProvenAnew proven = staffing::prove_anew(planned.exam, planned.plan, of.staff, given);
  DutyRows rows = given;
  rows.report = proven.report;
  // Duties against a rule of now may be better than what is proven by the rules: a bound would be held against changes of them.
  if (!verification::DutyJudge(*of.judge, proven.people).verify(rows).clean()) return std::nullopt;
  return std::move(proven.report);
}

// The duties after the edits, with their history.
package::PackedFiles edited_files(const PlannedExam& planned, const StaffedPlan& of, const package::PackedFiles& files,
                                  const std::vector<DutyEdit>& edits, const staffing::Signature& signature,
                                  DutyReport& report) {
  const DutyRows given = package::load_duties(files, package::Encoding::utf8, package::Repetition::fault);
  DutyHistory history = package::load_duty_history(files);
  // Bounds of a report whose figures are wrong prove nothing.
  if (history.steps.empty() && !of.judge->has_right_figures(given)) history.base.reset();
  staffing::DutyDesk desk(of.places, given.duties, history);
  desk.apply(edits, signature);
  DutyRows edited = desk.rows();
  refuse_new_violations(of.judge->judge_change(given, edited));
  DutyHistory after = desk.history();
  // After the edits were judged: what is refused waits for no proof.
  if (auto proven = prove_first_bounds(planned, of, given, history)) {
    history.base = std::move(proven);
    staffing::DutyDesk again(of.places, given.duties, std::move(history));
    again.apply(edits, signature);
    edited = again.rows();
    after = again.history();
  }
  report = edited.report;
  return package::pack_duties(edited, &after);
}

}  // namespace

Staffing edit_stored_duties(InvigilatorRepository& invigilators, ExamRepository& exams, PlanCopies& copies,
                            const ExamCode& code, const DutyEditWish& wish, const Change& change) {
  const Staffing newest = newest_of(invigilators, code, wish.version);
  std::vector<DutyEdit> edits = wish.edits;
  std::optional<DutySwap> swap;
  if (!wish.swap.empty()) {
    swap = swap_of(invigilators, code, wish.swap);
    if (swap->state != SwapState::agreed)
      throw Conflict("wrong_swap", {"Both have to record the exchange first.", "먼저 두 사람이 모두 동의해야 합니다."});
    DutyEdit edit;
    edit.kind = DutyEditKind::swap;
    edit.person = swap->first;
    edit.with = swap->second;
    edits = {edit};
    swap->state = SwapState::done;
    ++swap->version;
  }
  const staffing::Signature signature{change.author, required_reason(change.reason), format_instant(change.at)};
  const auto copy = copy_of_plan(exams, copies, code, newest.plan_digest);
  const auto staffed = find_staffed_plan(invigilators, code, *copy);
  DutyReport report;
  const package::PackedFiles files =
      edited_files(copy->planned, *staffed, invigilators.load_staffing(newest), edits, signature, report);
  Staffing made;
  made.id = draw_token();
  made.exam = code;
  made.before = newest.version;
  made.by_hand = true;
  made.plan_digest = newest.plan_digest;
  made.duties_sha256 = sha256(files.at("duties.csv")).hex();
  made.places = report.places;
  made.unfilled = report.unfilled;
  made.author = change.author;
  made.at = change.at;
  return invigilators.add_staffing(made, files, swap ? &*swap : nullptr, change);
}

void refuse_swap(InvigilatorRepository& invigilators, const ExamCode& code, const std::string& id,
                 const Change& change) {
  DutySwap swap = swap_of(invigilators, code, id);
  if (swap.state == SwapState::done || swap.state == SwapState::refused)
    throw Conflict("wrong_swap", {"This exchange is settled already.", "이미 처리된 교대 요청입니다."});
  swap.state = SwapState::refused;
  ++swap.version;
  invigilators.save_swap(swap, change);
}

}  // namespace hanjari::services
