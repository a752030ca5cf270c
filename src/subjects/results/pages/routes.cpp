#include "results/pages/routes.h"

#include "hanjari/results/interview_entries.h"
#include "hanjari/results/result_jobs.h"
#include "results/pages/interview_pages.h"
#include "results/pages/office_decision.h"
#include "results/pages/office_results.h"
#include "results/pages/results_api.h"
#include "results/pages/special_case_api.h"
#include "results/pages/special_case_pages.h"

namespace hanjari::web {
namespace {

constexpr std::size_t result_order_bytes = 4 * 1024;
// Each opens the sealed report of a whole exam.
constexpr int reports_at_once = 2;
// Each opens every grade of an exam's interviews; a table comes as a file or in a field.
constexpr Limits book_of_interviews{0, reports_at_once};
constexpr Limits sent_interviews{services::longest_interview_table + 200'000, reports_at_once, 1};
// Each decides a whole exam again.
constexpr int paths_at_once = 1;
// A packed package, and what the form adds; unpacking one takes some hundred megabytes.
constexpr Limits sent_results{services::longest_packed_results + 100'000, 2, 1};

void add_members_of_results(std::vector<Route>& routes) {
  // What the body of each may hold; read_json takes nothing else.
  take_members(routes, {
      {"/api/v1/exams/{code}/result-rules", {"step", "package", "rules_sha256", "reason"}},
      {"/api/v1/exams/{code}/decisions", {"package", "marks_are_raw", "reason"}},
      {"/api/v1/exams/{code}/decisions/{decision}/paths", {"applicant_number", "reason"}},
      {"/api/v1/exams/{code}/decisions/{decision}/rule-trials", {"settings", "reason"}},
      {"/api/v1/exams/{code}/special-cases", {"applicant_number", "kind", "reason"}},
      {"/api/v1/exams/{code}/special-case-searches", {"applicant_number"}},
      {"/api/v1/exams/{code}/special-case-steps", {"case", "version", "step", "reason"}},
      {"/api/v1/exams/{code}/interviews", {"rows", "version"}},
      {"/api/v1/exams/{code}/interview-settlements", {"applicant_number", "examiner", "item", "first", "second", "grade", "reason"}}});
}

void add_special_case_routes(std::vector<Route>& routes) {
  const auto officer = Permission::staff({{services::Role::exam_officer, Reach::everything}}, ExamState::any);
  const auto add = [&](Method method, const char* pattern, Handler handler, std::optional<ApiDescription> api = std::nullopt) {
    const Limits limits = method == Method::post ? Limits{result_order_bytes, 0} : Limits{};
    routes.push_back({method, pattern, Listener::office, officer, handler, limits, std::move(api)});
  };
  add(Method::get, "/{language}/exams/{code}/special-cases", show_special_cases);
  add(Method::post, "/{language}/exams/{code}/special-cases", enter_shown_special_case);
  add(Method::post, "/{language}/exams/{code}/special-cases/searches", find_shown_special_cases);
  add(Method::post, "/{language}/exams/{code}/special-cases/steps", step_shown_special_case);
  add(Method::get, "/api/v1/exams/{code}/special-cases", list_special_cases_by_api,
      ApiDescription{{"Special cases of an exam, newest first, 50 a page (before: the `next` of the page before); in_live_plan: whether somebody of the live plan has the "
                      "number, null while no plan is live; recorded",
                      "시험의 특별 결정, 최신순 50건씩(before: 앞쪽의 next). in_live_plan: 확정 배정안에 있는 응시번호인지, 확정 배정안이 없으면 null. 감사 기록에 남음"},
                     {"application/json"},
                     {"before"}});
  add(Method::post, "/api/v1/exams/{code}/special-cases", enter_special_case_by_api,
      ApiDescription{{"Enters a special case (applicant_number; kind: misconduct, withdrawal, late_documents, annulled; reason); in_live_plan of the answer is false where "
                      "nobody of the live plan has the number; another officer confirms it",
                      "특별 결정 입력(applicant_number, kind: misconduct·withdrawal·late_documents·annulled, reason). 확정 배정안에 없는 응시번호이면 응답의 in_live_plan이 false. "
                      "다른 담당자가 확인해야 함"},
                     {"application/json"},
                     {}});
  add(Method::post, "/api/v1/exams/{code}/special-case-searches", find_special_cases_by_api,
      ApiDescription{{"Special cases of one person (applicant_number); recorded with the person", "한 사람의 특별 결정(applicant_number). 그 사람과 함께 감사 기록에 남음"},
                     {"application/json"},
                     {}});
  add(Method::post, "/api/v1/exams/{code}/special-case-steps", step_special_case_by_api,
      ApiDescription{{"Takes a step of a special case (case, version as it was seen): confirm by another officer, or take_back with a reason",
                      "특별 결정의 단계(case, 확인한 version): 다른 담당자의 confirm(확인), 사유를 적은 take_back(철회)"},
                     {"application/json"},
                     {}});
}

void add_interview_routes(std::vector<Route>& routes) {
  const auto officer = Permission::staff({{services::Role::exam_officer, Reach::everything}}, ExamState::any);
  const auto add = [&](Method method, const char* pattern, Handler handler, Limits limits, std::optional<ApiDescription> api = std::nullopt) {
    routes.push_back({method, pattern, Listener::office, officer, handler, limits, std::move(api)});
  };
  const auto json = [](const char* en, const char* ko) { return ApiDescription{{en, ko}, {"application/json"}, {}}; };
  add(Method::get, "/{language}/exams/{code}/interviews", show_interviews, book_of_interviews);
  add(Method::post, "/{language}/exams/{code}/interviews", enter_shown_interviews, sent_interviews);
  add(Method::post, "/{language}/exams/{code}/interviews/settlements", settle_shown_interview, {result_order_bytes, reports_at_once});
  add(Method::get, "/api/v1/exams/{code}/interviews", list_interviews_by_api, book_of_interviews,
      json("Who entered grades of interviews, and where the two entries differ; the other's grades are hidden from who made one; recorded",
           "면접 등급을 입력한 사람과 두 입력이 다른 곳. 입력한 사람에게는 상대의 등급을 숨김. 감사 기록에 남음"));
  add(Method::post, "/api/v1/exams/{code}/interviews", enter_interviews_by_api, sent_interviews,
      json("Enters the grades of interviews as one of two officers: rows as in interview.csv, version of the own entry (0: none)",
           "두 담당자 가운데 한 사람으로 면접 등급 입력: rows(interview.csv의 행), version(본인 입력의 판, 없으면 0)"));
  add(Method::post, "/api/v1/exams/{code}/interview-settlements", settle_interview_by_api, {result_order_bytes, reports_at_once},
      json("Settles one difference as a third officer: the place, both grades as they were seen (none: no row), grade and reason",
           "다른 담당자가 차이 한 건 확정: 위치, 확인한 두 등급(행이 없으면 none), grade와 reason"));
  add(Method::get, "/api/v1/exams/{code}/interview.csv", download_interviews, book_of_interviews,
      ApiDescription{{"The settled grades as interview.csv of a result package, once nothing differs; recorded",
                      "차이가 없을 때 확정된 등급을 결과 자료의 interview.csv로 내려받기. 감사 기록에 남음"},
                     {"text/csv"},
                     {}});
}

}  // namespace

void add_result_routes(std::vector<Route>& routes) {
  const auto officer = Permission::staff({{services::Role::exam_officer, Reach::everything}}, ExamState::any);
  const auto add = [&](Method method, const char* pattern, Handler handler, Limits limits = {},
                       std::optional<ApiDescription> api = std::nullopt) {
    routes.push_back({method, pattern, Listener::office, officer, handler, limits, std::move(api)});
  };
  const auto json = [](const char* en, const char* ko) { return ApiDescription{{en, ko}, {"application/json"}, {}}; };
  const Limits order{result_order_bytes, 0};
  const Limits report{0, reports_at_once};
  const Limits path{result_order_bytes, paths_at_once};
  add(Method::get, "/{language}/exams/{code}/results", show_results);
  add(Method::post, "/{language}/exams/{code}/results", order_shown_results, sent_results);
  add(Method::post, "/{language}/exams/{code}/results/rules", step_shown_rules, order);
  add(Method::post, "/{language}/exams/{code}/results/decisions", order_shown_decision, order);
  add(Method::get, "/{language}/exams/{code}/results/decisions/{decision}", show_decision, report);
  add(Method::post, "/{language}/exams/{code}/results/decisions/{decision}/paths", show_path, path);
  add(Method::post, "/{language}/exams/{code}/results/decisions/{decision}/rule-trials", show_rule_trial, path);
  add(Method::get, "/api/v1/exams/{code}/results", list_results_by_api, {},
      json("Result packages of an exam, how far its rules are, and its decisions; no marks and no verdicts",
           "시험의 결과 자료, 규칙의 단계, 결정 목록. 점수와 합격 여부는 없음"));
  add(Method::post, "/api/v1/exams/{code}/results", order_results_by_api, sent_results,
      ApiDescription{{"Imports a result package, sent as application/zip or as a workbook (.xlsx): 202 with the job that does it",
                      "결과 자료 가져오기. application/zip이나 통합 문서(.xlsx)로 보내면 202와 작업 주소"},
                     {"application/json"},
                     {"encoding", "reason"}});
  add(Method::post, "/api/v1/exams/{code}/result-rules", step_rules_by_api, order,
      json("Takes a step of the rules: propose (package, rules_sha256), freeze (rules_sha256) or take_back",
           "규칙의 단계: 상신(package, rules_sha256), 동결(rules_sha256), 회수"));
  add(Method::post, "/api/v1/exams/{code}/decisions", order_decision_by_api, order,
      json("Orders the decision on a package whose rules are frozen: 202 with the job that makes it; marks with the shape of adjusted ones "
           "stop it unless marks_are_raw says that they are not",
           "규칙이 동결된 결과 자료로 합격자 결정 요청: 202와 작업 주소. 조정점수의 모양인 점수는 marks_are_raw로 원점수임을 확인해야 결정됨"));
  add(Method::get, "/api/v1/exams/{code}/decisions/{decision}", describe_decision_by_api, report,
      json("A decision with its report; recorded", "결정과 보고서. 감사 기록에 남음"));
  add(Method::post, "/api/v1/exams/{code}/decisions/{decision}/paths", open_path_by_api, path,
      json("One person's path through the rules (applicant_number); recorded with the person",
           "한 사람에게 규칙이 적용된 과정(applicant_number). 그 사람과 함께 감사 기록에 남음"));
  add(Method::post, "/api/v1/exams/{code}/decisions/{decision}/rule-trials", try_rules_by_api, path,
      json("What other rules would have made of a decision: settings (a line NAME=VALUE for each); figures per unit beside the "
           "decision's, nobody's verdict; recorded",
           "다른 규칙을 적용했을 때의 모집단위별 숫자: settings(한 줄에 이름=값). 결정의 숫자와 나란히 보여 주며 개인의 합격 여부는 없음. "
           "감사 기록에 남음"));
  add(Method::get, "/api/v1/exams/{code}/decisions/{decision}/files/{part}", download_decision_file, report,
      ApiDescription{{"A file of a decision: decisions.csv, cuts.csv, report.ko.html and the others; recorded",
                      "결정의 파일(decisions.csv, cuts.csv, report.ko.html 등). 감사 기록에 남음"},
                     {"text/csv", "text/html", "application/json"},
                     {}});
  add_special_case_routes(routes);
  add_interview_routes(routes);
  add_members_of_results(routes);
}

}  // namespace hanjari::web
