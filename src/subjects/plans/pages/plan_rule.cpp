#include "plans/pages/plan_rule.h"

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/plans/approvals.h"
#include "hanjari/site/site.h"
#include "site/pages/json_call.h"
#include "site/pages/pages.h"

namespace hanjari::web {
namespace {

// The exam of the path, which is stored. Throws NotFound.
ExamCode exam_of_rule(const Call& call) {
  if (call.site.exams() == nullptr || call.site.approvals() == nullptr)
    throw NotFound("no_plans", {"This program makes no plans.", "이 프로그램은 배정안을 만들지 않습니다."});
  const ExamCode code(call.path.at("code"));
  services::require_not_destroyed(*call.site.exams(), code);
  services::choose_population(*call.site.exams(), code, {});
  return code;
}

void turn_on(const Call& call, const ExamCode& code, const std::string& reason) {
  services::set_second_officer(*call.site.approvals(), code, true,
                               services::change_of(call.actor(), reason, call.site.now()));
}

}  // namespace

Response ask_shown_second_officer(const Call& call) {
  const ExamCode code = exam_of_rule(call);
  turn_on(call, code, field_of(call.form, "reason"));
  return redirect(fmt::format("/{}/exams/{}/plans", code_of(call.language), encode_percent(code.text())));
}

Response describe_plan_rule(const Call& call) {
  const ExamCode code = exam_of_rule(call);
  return answer_json({{"second_officer", call.site.approvals()->find_rule(code).second_officer}});
}

Response ask_second_officer_by_api(const Call& call) {
  const ExamCode code = exam_of_rule(call);
  turn_on(call, code, text_in(read_json(call), "reason"));
  return answer_json({{"second_officer", true}});
}

}  // namespace hanjari::web
