#include "intake/pages/api/office_applications_api.h"

#include <charconv>

#include "hanjari/base/error.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/site/site.h"
#include "intake/pages/api/applying_json.h"
#include "intake/pages/office/office_words.h"
#include "intake/pages/office/table_view.h"

namespace hanjari::web {
namespace {

using nlohmann::ordered_json;
using services::Role;

constexpr std::size_t api_form_bytes = 16 * 1024;
constexpr int api_rows = 200;

services::Change change_in_office_body(const Call& call, const nlohmann::json& body) {
  return services::change_of(call.actor(), text_member(body, "reason"), call.site.now());
}

ordered_json place_as_json(const services::TablePlace& place) {
  ordered_json value{{"after", place.id.text()}};
  if (place.value) value["at"] = *place.value;
  return value;
}

ordered_json row_as_json(const services::TableRow& row, bool personal) {
  const Application& application = row.application;
  ordered_json value;
  if (personal) value = as_json(application);
  value["id"] = application.id.text();
  value["unit_code"] = application.form.unit.text();
  value["state"] = spell(application.state);
  value["submitted_at"] = format_instant(application.submitted_at);
  if (application.paid_at) value["paid_at"] = format_instant(*application.paid_at);
  value["destroyed"] = row.destroyed;
  if (application.legible != Legible::yes) value["unreadable"] = spell(application.legible);
  if (!personal) return value;
  if (row.accommodation) value["accommodation_stage"] = services::spell(*row.accommodation);
  if (row.photo) value["photo_there"] = *row.photo;
  value["suspected"] = row.suspected;
  return value;
}

Response list_table(const Call& call) {
  TableView view = read_view(call, notice_of(call));
  view.wish.most = api_rows;
  const bool personal = field_of(call.query, "personal") == "yes";
  const auto answer = intake_of(call).table.look_through(call.actor(), view.wish, personal);
  ordered_json value{{"count", answer.count.people},
                     {"count_is_a_minimum", answer.count.more},
                     {"not_indexed", answer.unkeyed},
                     {"applications", ordered_json::array()}};
  for (const services::TableRow& row : answer.page.rows) value["applications"].push_back(row_as_json(row, personal));
  if (answer.page.next) value["next"] = place_as_json(*answer.page.next);
  return answer_json(value);
}

Response key_by_api(const Call& call) {
  const nlohmann::json body = read_json(call);
  return answer_json(
      {{"name_key", intake_of(call).table.key_of_name(call.actor(), notice_of(call), text_member(body, "name"))}});
}

Response describe_person(const Call& call) {
  const auto person = intake_of(call).table.open_person(call.actor(), notice_of(call), application_of(call));
  ordered_json value{{"application", as_json(person.application)},
                     {"events", ordered_json::array()},
                     {"messages", ordered_json::array()},
                     {"payments", ordered_json::array()},
                     {"claimants", ordered_json::array()}};
  for (const ApplicationEvent& event : person.events)
    value["events"].push_back({{"version", event.version}, {"at", format_instant(event.at)}, {"author", event.author},
                               {"kind", event.kind},       {"detail", event.detail}});
  for (const services::ToldMessage& message : person.messages)
    value["messages"].push_back({{"about", message.what}, {"channel", services::spell(message.channel)},
                                 {"state", message.state}, {"why", message.why},
                                 {"made_at", format_instant(message.made_at)}});
  for (const services::Payment& payment : person.payments) value["payments"].push_back(as_json(payment));
  for (const services::Claimant& one : person.claimants)
    value["claimants"].push_back({{"id", one.id.text()}, {"exam", one.exam.text()}, {"state", spell(one.state)}});
  return answer_json(value);
}

// What the body does not name stays as it is.
Response correct_by_api(const Call& call) {
  const nlohmann::json body = read_json(call);
  services::OfficeTable& table = intake_of(call).table;
  const auto person = table.open_person(call.actor(), notice_of(call), application_of(call));
  ApplicationForm form = person.application.form;
  form.name = text_member(body, "name", form.name);
  form.phone = text_member(body, "phone", form.phone);
  form.email = text_member(body, "email", form.email);
  form.address = text_member(body, "address", form.address);
  form.area = text_member(body, "area", form.area);
  form.licence_number = text_member(body, "licence_number", form.licence_number);
  form.quota_proof = text_member(body, "quota_proof", form.quota_proof);
  const Application corrected =
      table.correct(call.actor(), notice_of(call), person.application.id, number_member(body, "version", 0), form,
                    text_member(body, "told"), change_in_office_body(call, body));
  return answer_json({{"version", corrected.version}}, 201);
}

Response ask_by_api(const Call& call) {
  const nlohmann::json body = read_json(call);
  intake_of(call).table.ask_back(call.actor(), notice_of(call), application_of(call), number_member(body, "version", 0),
                                 text_member(body, "item"), text_member(body, "told"), change_in_office_body(call, body));
  return answer_json({{"asked", true}}, 201);
}

Response release_by_api(const Call& call) {
  const nlohmann::json body = read_json(call);
  services::UseCases& intake = intake_of(call);
  intake.table.require_person_of(call.actor(), notice_of(call), application_of(call));
  intake.claims.release_claim(call.actor(), application_of(call), text_member(body, "told"), change_in_office_body(call, body));
  return answer_json({{"released", true}}, 201);
}

Response decide_payment_by_api(const Call& call) {
  const nlohmann::json body = read_json(call);
  intake_of(call).table.require_person_of(call.actor(), notice_of(call), application_of(call));
  const auto decision = services::parse_taken_back_decision(text_member(body, "decision"));
  if (!decision) throw InvalidInput("no_decision", {"decision is keep or end.", "decision은 keep 또는 end입니다."});
  intake_of(call).table.decide_taken_back(call.actor(), notice_of(call), application_of(call), *decision,
                                          text_member(body, "told"), change_in_office_body(call, body));
  return answer_json({{"decided", services::spell(*decision)}}, 201);
}

Response preview_many_by_api(const Call& call) {
  const auto concerned = intake_of(call).table.list_concerned(call.actor(), notice_of(call), field_of(call.query, "item"),
                                                              UnitCode(field_of(call.query, "unit")));
  ordered_json value{{"people", concerned.people.size()},
                     {"too_many", concerned.too_many},
                     {"digest", concerned.digest},
                     {"applications", ordered_json::array()}};
  for (const ApplicationId& id : concerned.people) value["applications"].push_back(id.text());
  value["unreadable"] = ordered_json::array();
  for (const ApplicationId& id : concerned.unreadable) value["unreadable"].push_back(id.text());
  return answer_json(value);
}

Response decide_many_by_api(const Call& call) {
  // Whose it is comes before what is wrong with the entry.
  intake_of(call).setup.load_notice(call.actor(), notice_of(call));
  const nlohmann::json body = read_json(call);
  const auto decision = parse_meant(text_member(body, "decision"), parse_item_decision);
  if (!decision || *decision == ItemDecision::asked)
    throw InvalidInput("no_decision", {"decision is granted or refused.", "decision은 granted 또는 refused입니다."});
  const auto done = intake_of(call).table.decide_many(
      call.actor(), notice_of(call), text_member(body, "item"), UnitCode(text_member(body, "unit")), *decision,
      text_member(body, "told"), text_member(body, "digest"), change_in_office_body(call, body));
  ordered_json value{{"decided", done.decided}, {"changed_meanwhile", ordered_json::array()}};
  for (const ApplicationId& id : done.changed_meanwhile) value["changed_meanwhile"].push_back(id.text());
  return answer_json(value);
}

Response list_refunds_by_api(const Call& call) {
  const std::string wanted = field_of(call.query, "state");
  const auto state = wanted == services::taken_back_word ? services::PaymentState::paid
                     : wanted == "refunded"              ? services::PaymentState::refunded
                                                         : services::PaymentState::refunding;
  const auto listed =
      intake_of(call).table.list_refunds(call.actor(), notice_of(call), state, field_of(call.query, "after"), api_rows);
  ordered_json value{{"refunds", ordered_json::array()}};
  for (const services::Payment& payment : listed.payments) {
    ordered_json one = as_json(payment);
    one["application"] = payment.application.text();
    value["refunds"].push_back(std::move(one));
  }
  if (!listed.last.empty()) value["next_after"] = listed.last;
  return answer_json(value);
}

ordered_json figures_as_json(const services::FiguresOfExam& figures) {
  ordered_json value{{"code", figures.stored->notice.header.code.text()},
                     {"total", figures.curve.total},
                     {"hours_before_closing", ordered_json::object()},
                     {"units", ordered_json::object()},
                     {"districts", ordered_json::object()},
                     {"traits", ordered_json::array()}};
  for (const auto& [hour, people] : figures.curve.until)
    value["hours_before_closing"][std::to_string(-hour - 1)] = people;
  for (const auto& [unit, people] : figures.units) value["units"][unit.text()] = people;
  for (const auto& [district, people] : figures.districts)
    value["districts"][district.empty() ? "outside" : district.text()] = people;
  for (const services::TraitCount& one : figures.traits.counts)
    value["traits"].push_back({{"kind", one.kind}, {"word", one.word}, {"people", one.people}});
  return value;
}

Response count_by_api(const Call& call) {
  const auto figures =
      intake_of(call).table.count_figures(call.actor(), notice_of(call), ExamCode(field_of(call.query, "beside")));
  ordered_json value{{"recruitment", figures_as_json(figures.own)}, {"over", figures.over}};
  if (figures.beside) value["beside"] = figures_as_json(*figures.beside);
  if (figures.forecast)
    value["forecast"] = {{"people", figures.forecast->people},
                         {"least", figures.forecast->least},
                         {"most", figures.forecast->most}};
  return answer_json(value);
}

Response order_keys_by_api(const Call& call) {
  const nlohmann::json body = read_json(call);
  if (call.site.jobs() == nullptr)
    throw NotFound("no_jobs", {"This program keeps no jobs.", "이 프로그램에는 작업이 없습니다."});
  const services::Job job = services::order_application_keys(intake_of(call).table, *call.site.jobs(), call.actor(),
                                                             notice_of(call), change_in_office_body(call, body));
  Response response = answer_json({{"job", job.id}}, 202);
  response.set_header("Location", "/api/v1/jobs/" + job.id);
  return response;
}

ApiDescription table_api(const char* en, const char* ko, std::vector<std::string> query = {}) {
  return {{en, ko}, {"application/json"}, std::move(query)};
}

void add_members_of_intake_office(std::vector<Route>& routes) {
  // What the body of each may hold; read_json takes nothing else.
  take_members(routes, {
      {"/api/v1/recruitments/{notice}/name-keys", {"name"}},
      {"/api/v1/recruitments/{notice}/applications/{application}/corrections",
       {"version", "name", "phone", "email", "address", "area", "licence_number", "quota_proof", "told", "reason"}},
      {"/api/v1/recruitments/{notice}/applications/{application}/accommodation-questions",
       {"version", "item", "told", "reason"}},
      {"/api/v1/recruitments/{notice}/applications/{application}/releases", {"told", "reason"}},
      {"/api/v1/recruitments/{notice}/applications/{application}/payment-decisions", {"decision", "told", "reason"}},
      {"/api/v1/recruitments/{notice}/accommodation-decisions",
       {"decision", "item", "unit", "told", "digest", "reason"}},
      {"/api/v1/recruitments/{notice}/application-keys", {"reason"}}});
}

}  // namespace

void add_office_applications_api(std::vector<Route>& routes) {
  const auto officer = Permission::staff({{Role::exam_officer, Reach::everything}});
  const auto reader =
      Permission::staff({{Role::exam_officer, Reach::everything}, {Role::auditor, Reach::everything}});
  const auto get = [&](const char* pattern, const Permission& who, Handler handler, ApiDescription description) {
    routes.push_back({Method::get, pattern, Listener::office, who, handler, {}, std::move(description)});
  };
  const auto post = [&](const char* pattern, Handler handler, ApiDescription description) {
    routes.push_back(
        {Method::post, pattern, Listener::office, officer, handler, {api_form_bytes, 0}, std::move(description)});
  };
  get("/api/v1/recruitments/{notice}/application-table", reader, list_table,
      table_api("Applications filtered and sorted, page by page; personal=yes for officers only, recorded of everybody shown",
                "조건과 정렬에 따른 원서 목록. personal=yes는 시험 담당자만, 열람이 기록됨",
                {"state", "unit", "district", "accommodation", "photo", "suspected", "name_key", "order", "direction", "after",
                 "at", "personal"}));
  post("/api/v1/recruitments/{notice}/name-keys", key_by_api,
       table_api("What the table is filtered by for a whole name: name", "성명으로 목록을 거르는 값: name"));
  get("/api/v1/recruitments/{notice}/applications/{application}", officer, describe_person,
      table_api("Everything of one application; the reading is recorded", "원서 한 건의 모든 내용. 열람이 기록됨"));
  post("/api/v1/recruitments/{notice}/applications/{application}/corrections", correct_by_api,
       table_api("Corrects a form of this version: told, and the fields that change; the applicant gets a new receipt",
                 "해당 version의 원서 정정: told와 바꿀 항목. 응시자에게 새 접수증"));
  post("/api/v1/recruitments/{notice}/applications/{application}/accommodation-questions", ask_by_api,
       table_api("Asks the applicant about an item before deciding: version, item, told",
                 "결정 전 보완 요청: version, item, told"));
  post("/api/v1/recruitments/{notice}/applications/{application}/releases", release_by_api,
       table_api("Ends an application so that its resident number is free: told", "주민등록번호를 놓아주도록 접수 종료: told"));
  get("/api/v1/recruitments/{notice}/accommodation-decisions", officer, preview_many_by_api,
      table_api("Whom a decision on an item would concern", "한 항목의 일괄 결정 대상자", {"item", "unit"}));
  post("/api/v1/recruitments/{notice}/accommodation-decisions", decide_many_by_api,
       table_api("Decides an item for exactly the people of this digest: item, unit, decision, told, digest",
                 "digest가 가리키는 사람들에 대하여 한 항목 결정: item, unit, decision, told, digest"));
  get("/api/v1/recruitments/{notice}/refunds", officer, list_refunds_by_api,
      table_api("Fees that go back; state=taken_back: payments that the provider took back and nobody has decided yet",
                "환불. state=taken_back는 결제 대행사가 취소하였고 아직 결정되지 않은 결제", {"state", "after"}));
  post("/api/v1/recruitments/{notice}/applications/{application}/payment-decisions", decide_payment_by_api,
       table_api("Decides on a payment that the provider took back: decision (keep or end), told",
                 "결제 대행사가 취소한 결제에 대한 결정: decision(keep 또는 end), told"));
  get("/api/v1/recruitments/{notice}/figures", reader, count_by_api,
      table_api("Counts beside another recruitment at the same hour before closing, with a forecast",
                "마감 전 같은 시각의 다른 시험과 비교한 접수 현황과 예상", {"beside"}));
  post("/api/v1/recruitments/{notice}/application-keys", order_keys_by_api,
       table_api("Makes anew what applications are found by, and counts: 202 with the job", "원서 색인과 집계: 202와 작업 주소"));
  add_members_of_intake_office(routes);
}

}  // namespace hanjari::web
