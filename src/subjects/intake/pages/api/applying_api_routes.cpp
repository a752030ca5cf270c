#include "intake/pages/api/applying_api_routes.h"

#include "intake/pages/api/applying_api.h"
#include "intake/pages/api/applying_office_api.h"
#include "intake/pages/own_pages.h"

namespace hanjari::web {
namespace {

using services::Role;

constexpr std::size_t draft_bytes = 64 * 1024;
constexpr std::size_t notice_bytes = 4 * 1024 * 1024;
// They wait for the payment provider: however slow it is, threads are left for everybody else.
constexpr int payment_calls_at_once = 8;
constexpr std::size_t small_bytes = 8 * 1024;
constexpr std::size_t list_bytes = 512 * 1024;

ApiDescription json_of(const char* en, const char* ko, std::vector<std::string> query = {}) {
  return {{en, ko}, {"application/json"}, std::move(query)};
}

void add_members_of_intake_api(std::vector<Route>& routes) {
  // What the body of each may hold; read_json takes nothing else.
  take_members(routes, {
      {"/api/v1/recruitments/{notice}/drafts", {"form", "resident_number", "version"}},
      {"/api/v1/recruitments/{notice}/drafts/discards", {"version"}},
      {"/api/v1/recruitments/{notice}/applications", {"version", "ticket"}},
      {"/api/v1/applications/{application}/payments", {}},
      {"/api/v1/applications/{application}/withdrawals", {"reason", "ticket"}},
      {"/api/v1/applications/{application}/self-reports", {"status", "since", "note", "ticket"}},
      {"/api/v1/test-orders/{order}/decisions", {"outcome"}},
      {"/api/v1/recruitments", {"definition", "version", "state", "reason", "pending", "emergency", "concerned"}},
      {"/api/v1/recruitments/{notice}/states", {"state", "concerned", "reason"}},
      {"/api/v1/applications/{application}/accommodation-decisions", {"item", "decision", "told", "reason"}},
      {"/api/v1/self-reports/{report}/decisions", {"decision", "told", "reason"}},
      {"/api/v1/self-reports/decisions", {"decisions", "reason"}},
      {"/api/v1/recruitments/{notice}/self-report-previews", {"decisions", "reason"}},
      {"/api/v1/recruitments/{notice}/self-report-jobs", {"reports", "decision", "language", "reason"}},
      {"/api/v1/recruitments/{notice}/closings", {"concerned", "reason"}}});
}

}  // namespace

void add_applying_api(std::vector<Route>& routes) {
  const auto everybody = Permission::anybody();
  const auto applicant = Permission::staff({{Role::applicant, Reach::own}});
  const auto officer = Permission::staff({{Role::exam_officer, Reach::everything}});
  const auto get = [&](Listener listener, const char* pattern, const Permission& who, Handler handler,
                       ApiDescription description) {
    routes.push_back({Method::get, pattern, listener, who, handler, {}, std::move(description)});
  };
  const auto post = [&](Listener listener, const char* pattern, const Permission& who, Handler handler,
                        std::size_t bytes, ApiDescription description) {
    routes.push_back({Method::post, pattern, listener, who, handler, {bytes, 0}, std::move(description)});
  };
  constexpr Listener portal = Listener::portal;
  constexpr Listener office = Listener::office;

  get(portal, "/api/v1/recruitments", everybody, list_recruitments,
      json_of("Recruitments that are published", "공고된 채용"));
  get(portal, "/api/v1/recruitments/{notice}", everybody, describe_recruitment,
      json_of("A notice with its units, dates and, when shown, counts", "공고, 모집단위, 일정, 공개된 경우 접수 현황"));
  get(portal, "/api/v1/receipt-key", everybody, send_receipt_key,
      json_of("The public key that receipts are checked with", "접수증을 확인하는 공개키"));
  get(portal, "/api/v1/recruitments/{notice}/drafts", applicant, show_draft,
      json_of("The own form being filled in", "작성 중인 본인 지원서"));
  post(portal, "/api/v1/recruitments/{notice}/drafts", applicant, save_draft_step, draft_bytes,
       json_of("Opens the own form or saves a step of it; compare-and-set on version",
               "본인 지원서를 열거나 단계별로 저장. version으로 충돌 확인"));
  get(portal, "/api/v1/recruitments/{notice}/drafts/faults", applicant, list_draft_faults,
      json_of("What is missing or wrong in the own form", "본인 지원서에서 빠지거나 잘못된 항목"));
  post(portal, "/api/v1/recruitments/{notice}/drafts/discards", applicant, discard_own_draft, small_bytes,
       json_of("Gives up the own form of this version; what was submitted stays",
               "해당 version의 작성 내용을 지움. 제출한 원서는 그대로 유효"));
  post(portal, "/api/v1/recruitments/{notice}/applications", applicant, submit_draft, small_bytes,
       json_of(
           "Submits the own form; needs Idempotency-Key; 503 with place and ticket when many submit: send the ticket "
           "with the next try",
           "본인 지원서 제출. Idempotency-Key 필요, 몰리면 503과 대기 순번·번호표, 다음 시도에 번호표를 함께 보냄"));
  routes.back().when_away = keep_draft;
  get(portal, "/api/v1/applications", applicant, list_applications,
      json_of("The own applications, whether a change of one was begun and does not count (unsent_changes), and forms that can still be submitted and never were (begun)",
              "본인 원서 목록, 제출하지 않아 반영되지 않은 수정이 있는지(unsent_changes), 접수 중인 공고에서 작성만 하고 제출하지 않은 지원서(begun)"));
  get(portal, "/api/v1/own-unsent", everybody, list_own_unsent,
      json_of("What was begun and not submitted: unsent, with exam, words and address; empty for who has not signed in",
              "작성하거나 수정하고 제출하지 않은 것: unsent(시험, 안내, 주소). 로그인하지 않았으면 빈 목록"));
  get(portal, "/api/v1/applications/{application}", applicant, describe_application,
      json_of("An own application with what happens next, and its history", "본인 원서, 다음 절차, 이력"));
  routes.push_back({Method::get,
                    "/api/v1/applications/{application}/receipts",
                    portal,
                    applicant,
                    send_receipt,
                    {},
                    ApiDescription{{"The signed receipt", "서명된 접수증"}, {"text/plain"}, {}}});
  post(portal, "/api/v1/applications/{application}/payments", applicant, begin_fee_payment, small_bytes,
       json_of("Begins paying the fee; doing it twice is doing it once", "수수료 결제 시작. 두 번 보내도 한 번"));
  routes.back().limits.at_once = payment_calls_at_once;
  post(portal, "/api/v1/applications/{application}/withdrawals", applicant, withdraw_own, small_bytes,
       json_of("Withdraws the application and gives the fee back; 503 with a ticket while the database is away: send the "
               "ticket with the next try, and the moment of the first one counts",
               "접수 취소와 환불. 데이터베이스가 응답하지 않으면 503과 번호표, 다음 시도에 번호표를 함께 보내면 처음 보낸 시각으로 인정"));
  routes.back().when_away = keep_own_withdrawal;
  post(portal, "/api/v1/applications/{application}/self-reports", applicant, add_self_report, small_bytes,
       json_of("Reports an infection, a quarantine or symptoms; 503 with a ticket while the database is away, as withdrawing",
               "건강 자진신고. 데이터베이스가 응답하지 않으면 접수 취소와 같이 503과 번호표"));
  routes.back().when_away = keep_own_self_report;
  post(portal, "/api/v1/payment-notifications", everybody, take_payment_notification, small_bytes,
       json_of("Signed word of the payment provider", "결제 대행사의 서명된 통지"));

  post(portal, "/api/v1/test-orders/{order}/decisions", applicant, decide_test_order, small_bytes,
       json_of("Pays or refuses an own order at the test provider", "본인의 주문을 시험용 결제 대행사에서 결제 또는 거절"));

  get(office, "/api/v1/recruitments", officer, list_all_recruitments,
      json_of("All recruitments with their definitions", "모든 채용 공고와 정의"));
  post(office, "/api/v1/recruitments", officer, save_recruitment, notice_bytes,
       json_of("Creates or changes a recruitment: definition, version; state of a new one. One that applicants see and "
               "that asks for a second officer is proposed (202, proposed): reason, pending (gives_way: in place of the "
               "own proposal that waits), emergency. What it changes for people who have applied is saved with their number, "
               "concerned (409 names it, and effects)",
               "채용 공고 작성과 변경: definition, version. 새 공고는 state. 게시되었고 다른 담당자의 승인이 필요한 공고는 "
               "상신됨(202, proposed): reason, pending(gives_way: 승인을 기다리는 본인 상신 대신), emergency. 이미 접수한 사람에게 영향을 주는 변경은 그 인원 concerned를 "
               "함께 보내야 저장됨(409가 인원과 effects를 알려 줌)"));
  post(office, "/api/v1/recruitments/{notice}/states", officer, change_recruitment_state, small_bytes,
       json_of("Publishes a recruitment or takes it off the portal: state, and concerned, the number of people with an "
               "application that stands",
               "채용 공고 게시와 게시 중단: state, 접수가 유효한 인원 concerned"));
  get(office, "/api/v1/recruitments/{notice}/applications", officer, list_recruitment_applications,
      json_of("Applications of a recruitment; the reading is recorded", "채용의 원서 목록. 열람이 기록됨",
              {"state", "after"}));
  get(office, "/api/v1/recruitments/{notice}/counts", officer, show_counts,
      json_of("Applications per unit and state", "모집단위별 접수 현황"));
  post(office, "/api/v1/applications/{application}/accommodation-decisions", officer, decide_accommodation_item,
       small_bytes, json_of("Decides one accommodation item", "편의지원 한 항목의 결정"));
  get(office, "/api/v1/recruitments/{notice}/self-reports", officer, list_self_reports,
      json_of("Health reports that wait for a decision", "결정을 기다리는 자진신고"));
  post(office, "/api/v1/self-reports/{report}/decisions", officer, decide_self_report, small_bytes,
       json_of("Decides a health report; a new seat is given in the same step", "자진신고 결정. 새 좌석도 함께 배정"));
  post(office, "/api/v1/self-reports/decisions", officer, decide_self_reports, list_bytes,
       json_of("Decides a list of health reports, each in a step of its own: decisions, with report, decision and told of "
               "each; says of each what was decided or why not",
               "자진신고 여러 건 결정. 건마다 따로 처리: decisions에 report, decision, told. 건별 결과 또는 처리하지 못한 사유"));
  post(office, "/api/v1/recruitments/{notice}/self-report-previews", officer, preview_self_reports, list_bytes,
       json_of("What a list of decisions on health reports would do: decisions as for deciding; of each where the person "
               "sits and would sit, or why not; nothing is stored",
               "자진신고 결정 목록의 미리보기: decisions. 건별 현재 좌석과 배정될 좌석 또는 사유. 저장하지 않음"));
  post(office, "/api/v1/recruitments/{notice}/self-report-jobs", officer, order_self_report_decisions, list_bytes,
       json_of("Decides many health reports alike as a job: reports, decision, language of what applicants are told; 202 "
               "with the job",
               "자진신고 여러 건을 같은 결정으로 처리하는 작업: reports, decision, 안내 언어 language. 202와 작업 주소"));
  get(office, "/api/v1/messages/failures", officer, list_failed_messages,
      json_of("Messages that were given up, with the reason, newest first", "발송을 포기한 알림과 그 사유, 최신순",
              {"before"}));
  post(office, "/api/v1/recruitments/{notice}/closings", officer, close_recruitment, small_bytes,
       json_of("Lapses what is unpaid where applications have closed: concerned, the number of people whom that concerns; "
               "202 with the job that does it",
               "마감된 일정의 미결제 원서 무효 처리: 영향받는 인원 concerned. 202와 작업 주소"));
  add_members_of_intake_api(routes);
}

}  // namespace hanjari::web
