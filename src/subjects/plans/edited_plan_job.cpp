// From a session of edits to a stored plan.
#include <set>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "hanjari/actor/token.h"
#include "hanjari/base/error.h"
#include "hanjari/package/plan_package.h"
#include "hanjari/plans/edit_sessions.h"
#include "hanjari/plans/plan_job.h"

namespace hanjari::services {
namespace {

using nlohmann::json;

constexpr std::size_t longest_joined_reason = 3'000;  // bytes; a history takes 4,000

[[noreturn]] void throw_edited_meanwhile() {
  throw SessionChanged({"The plan has been edited since this was ordered. Order it again.",
                        "요청한 뒤에 배정안이 더 편집되었습니다. 다시 요청하십시오."});
}

// Every reason once, in the order of the edits.
std::string join_reasons(const std::vector<StoredEdit>& edits) {
  std::string joined;
  std::set<std::string> said;
  for (const StoredEdit& edit : edits) {
    if (edit.state != EditState::done || !said.insert(edit.reason).second) continue;
    if (joined.size() + edit.reason.size() > longest_joined_reason) return joined + "; ...";
    joined += (joined.empty() ? "" : "; ") + edit.reason;
  }
  return joined;
}

}  // namespace

Job order_edited_plan(ExamRepository& exams, Workbench& workbench, JobRepository& jobs, const EditSession& session,
                      std::int64_t seen_version, const Change& change) {
  require_not_destroyed(exams, session.exam);
  if (session.version != seen_version) throw_edited_meanwhile();
  // Edits after which everybody sits where the stored plan has them make no other plan.
  if (load_edited_plan(exams, workbench, session).moves.empty()) {
    throw InvalidInput("no_edits", {"Nobody sits elsewhere than in the stored plan, so there is no other plan to store.",
                                    "저장된 배정안과 자리가 다른 사람이 없어 따로 저장할 것이 없습니다."});
  }
  const json request{{"session", session.id}, {"version", seen_version}};
  return jobs.add_job({edited_plan_job_kind, session.exam.text(), request.dump()}, draw_token(), change);
}

JobWork edited_plan_work(ExamRepository& exams, Workbench& workbench, const Clock& clock, std::string version) {
  return [&exams, &workbench, &clock, version = std::move(version)](const JobCall& call) {
    const ExamCode code(call.job.order.exam);
    const json request = json::parse(call.job.order.request);
    call.progress.stage({"Reading the exam and the edited plan", "시험과 편집한 배정안 읽기"}, 0);
    const EditSession session = find_edits(workbench, code, request.at("session").get<std::string>());
    if (session.version != request.at("version").get<std::int64_t>()) throw_edited_meanwhile();
    EditedPlan edited = load_edited_plan(exams, workbench, session);
    const Exam& exam = edited.base->planned.exam;
    edited.plan.report.version = version;
    const Change change{call.job.author, fmt::format("job {}", call.job.id), clock.now(), "program"};
    edited.plan.history = edited.base->planned.plan.history;
    HistoryStep& step = edited.plan.history.emplace_back();
    step.kind = StepKind::edit;
    step.input_sha256 = exam.input_sha256;
    step.digest = edited.plan.digest;
    step.version = version;
    step.author = call.job.author;
    step.reason = join_reasons(edited.edits);
    step.at = format_instant(change.at);
    step.moves = edited.moves;
    const PlanRows rows = package::rows_of_plan(exam, edited.plan);
    import_exam(exams, exam, &rows, change, call.progress);
    count_difference_ahead(exams, code, rows.digest, call.progress);
    return write_plan_made(edited.plan);
  };
}

}  // namespace hanjari::services
