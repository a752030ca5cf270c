#include "results/pages/special_case_api.h"

#include "hanjari/base/clock.h"
#include "results/pages/result_calls.h"

namespace hanjari::web {
namespace {

using ordered = nlohmann::ordered_json;

// Whether somebody of the live plan has the number; null while no plan is live and for a case that does not open.
ordered find_in_live_plan(const Call& call, const services::RecordedCase& one) {
  if (one.kind == selection::SpecialCase::none || !call.site.exams()->find_live_plan(one.exam)) return nullptr;
  return call.site.plans().find_place(one.exam, one.number).has_value();
}

ordered special_case_json(const Call& call, const services::RecordedCase& one) {
  return {{"case", one.case_no},
          {"applicant_number", one.number.text()},
          {"in_live_plan", find_in_live_plan(call, one)},
          {"kind", selection::spell(one.kind)},
          {"reason", one.reason},
          {"step", services::spell(one.step)},
          {"entered_by", one.entered_by},
          {"entered_at", format_instant(one.entered_at)},
          {"confirmed_by", one.confirmed_by},
          {"taken_back_by", one.taken_back_by},
          {"taking_back", one.taking_back},
          {"lifted_by", one.lifted_by},
          {"changed_at", format_instant(one.changed_at)},
          {"used_in", one.used_in == 0 ? ordered(nullptr) : ordered(one.used_in)},
          {"version", one.version}};
}

Response answer_cases(const Call& call, const services::CaseQuery& query, const std::vector<services::RecordedCase>& cases) {
  ordered answer{{"special_cases", ordered::array()}};
  for (const services::RecordedCase& one : cases) answer["special_cases"].push_back(special_case_json(call, one));
  const std::int64_t next = next_page_of_cases(query, cases);
  answer["next"] = next == 0 ? ordered(nullptr) : ordered(next);
  return answer_json(answer);
}

}  // namespace

Response list_special_cases_by_api(const Call& call) {
  const services::CaseQuery query = case_query_of(call);
  return answer_cases(call, query, open_sent_cases(call, query));
}

Response find_special_cases_by_api(const Call& call) {
  results_of(call);
  const services::CaseQuery query = case_query_of_number(text_in(read_json(call), "applicant_number"));
  return answer_cases(call, query, open_sent_cases(call, query));
}

Response enter_special_case_by_api(const Call& call) {
  results_of(call);
  const nlohmann::json body = read_json(call);
  return answer_json(special_case_json(call, enter_sent_case(call, text_in(body, "applicant_number"), text_in(body, "kind"), text_in(body, "reason"))),
                     201);
}

Response step_special_case_by_api(const Call& call) {
  results_of(call);
  const nlohmann::json body = read_json(call);
  return answer_json(special_case_json(call, step_sent_case(call, text_in(body, "step"), count_in(body, "case").value_or(0),
                                                      count_in(body, "version").value_or(0), text_in(body, "reason"))));
}

}  // namespace hanjari::web
