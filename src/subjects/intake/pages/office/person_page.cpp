// One person's application, its files, and the end of a claim to a number.
#include <algorithm>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/domain/application_number.h"
#include "hanjari/plans/seat_views.h"
#include "hanjari/site/site.h"
#include "http/sent_file.h"
#include "intake/pages/apply/apply_steps.h"
#include "intake/pages/event_words.h"
#include "intake/pages/notice_view.h"
#include "intake/pages/office/office_pages.h"
#include "intake/pages/office/office_words.h"
#include "intake/pages/office/person_view.h"
#include "intake/pages/portal_call.h"
#include "site/pages/pages.h"

namespace hanjari::web {
namespace {

using nlohmann::json;

// Receipt, payment, decision, ...: kinds of messages by the first part of their ids.
std::string write_message_kind(const Call& call, const std::string& kind) {
  constexpr std::pair<std::string_view, const char*> words[]{
      {"receipt", "told.receipt"},         {"paid", "told.paid"},           {"returned", "told.returned"},
      {"withdrawn", "told.withdrawn"},     {"question", "told.question"},   {"accommodation", "told.accommodation"},
      {"claim_released", "told.released"}, {"corrected", "told.corrected"}, {"self_report", "told.self_report"},
      {"taken_back", "told.taken_back"},   {"taken_back_decided", "told.taken_back_decided"}};
  for (const auto& [known, message] : words) {
    if (known == kind) return call.site.pages().text(call.language, message);
  }
  return kind;
}

std::string write_message_state(const Call& call, const services::ToldMessage& message) {
  const Pages& pages = call.site.pages();
  if (message.state == "sent") return pages.text(call.language, "told.sent");
  if (message.state == "waiting") return pages.text(call.language, "told.waits");
  return message.why.empty() ? pages.text(call.language, "told.failed")
                             : fmt::format("{} ({})", pages.text(call.language, "told.failed"), message.why);
}

json describe_messages(const Call& call, const services::PersonFile& person) {
  const std::string& zone = person.stored->notice.header.time_zone;
  json messages = json::array();
  for (const services::ToldMessage& message : person.messages) {
    messages.push_back({{"made_at", write_moment(message.made_at, zone)},
                        {"about", write_message_kind(call, message.what)},
                        {"channel", services::spell(message.channel)},
                        {"how", write_message_state(call, message)},
                        {"settled", message.settled_at ? write_moment(*message.settled_at, zone) : std::string("-")}});
  }
  return messages;
}

json describe_person_payments(const Call& call, const services::PersonFile& person) {
  const std::string& zone = person.stored->notice.header.time_zone;
  json payments = json::array();
  for (const services::Payment& payment : person.payments) {
    payments.push_back({{"begun", write_moment(payment.begun_at, zone)},
                        {"amount", write_won(call.site.pages(), payment.amount, call.language)},
                        {"payment_state", write_payment_state(call, payment.state)},
                        {"reason", payment.why.empty() ? std::string("-") : payment.why}});
  }
  return payments;
}

json describe_history(const Call& call, const services::PersonFile& person) {
  json events = json::array();
  for (const ApplicationEvent& event : person.events) {
    events.push_back({{"version", std::to_string(event.version)},
                      {"happened", write_moment(event.at, person.stored->notice.header.time_zone)},
                      {"what_happened", write_event_kind(call, event.kind)},
                      {"author", event.author},
                      {"detail", event.detail.empty() ? std::string("-") : event.detail}});
  }
  return events;
}

json describe_claimants(const Call& call, const services::PersonFile& person) {
  json claimants = json::array();
  for (const services::Claimant& one : person.claimants) {
    json shown{{"claimant", write_application_number(one.id)},
               {"claimant_exam", one.exam.text()},
               {"claimant_state", name_of(one.state).in(call.language)},
               {"claimant_address", person_address(call, one.exam, one.id)}};
    claimants.push_back(std::move(shown));
  }
  return claimants;
}

// Of messages nobody knows whether they were read; of the seat it is known when it was opened last.
void describe_seat_opened(const Call& call, const services::PersonFile& person, json& data) {
  if (call.site.seat_views() == nullptr) return;
  const auto view = call.site.seat_views()->find_seat_view(person.application.id);
  if (view) data["seat"] = {{"opened", write_moment(view->seen_at, person.stored->notice.header.time_zone)}};
}

}  // namespace

Response show_person(const Call& call) {
  const ExamCode exam = notice_of(call);
  const services::PersonFile person =
      load_intake(call).table.open_person(call.actor(), exam, application_of(call));
  const Pages& pages = call.site.pages();
  const std::string here = person_address(call, exam, person.application.id);
  Page page{.name = "application", .title = pages.text(call.language, "person.title")};
  page.data = {{"number", write_application_number(person.application.id)},
               {"table_address", recruitment_address(call, exam) + "/applications"},
               {"facts", describe_person_facts(call, person)},
               {"items", describe_items(call, person)},
               {"messages", describe_messages(call, person)},
               {"payments", describe_person_payments(call, person)},
               {"events", describe_history(call, person)},
               {"claimants", describe_claimants(call, person)},
               {"form_token", call.form_token}};
  page.data["any_item"] = !page.data["items"].empty();
  page.data["any_message"] = !page.data["messages"].empty();
  page.data["any_payment"] = !page.data["payments"].empty();
  page.data["any_event"] = !page.data["events"].empty();
  page.data["any_claimant"] = !page.data["claimants"].empty();
  if (!person.application.form.photo.empty())
    page.data["portrait"] = {{"portrait_address", file_address(call, person.application, person.application.form.photo)}};
  describe_seat_opened(call, person, page.data);
  if (!person.application.is_over())
    page.data["alive"] = {{"correction_address", here + "/correction"}, {"release_action", here + "/releases"}};
  if (std::any_of(person.payments.begin(), person.payments.end(), services::is_taken_back))
    page.data["taken_back"] = {{"decision_action", here + "/payment-decisions"}};
  if (field_of(call.query, "done") == "payment") page.data["done"] = pages.text(call.language, "person.payment_decided");
  if (field_of(call.query, "done") == "corrected") page.data["done"] = pages.text(call.language, "correction.done");
  if (field_of(call.query, "done") == "released") page.data["done"] = pages.text(call.language, "person.released");
  return show(call, page);
}

Response send_person_file(const Call& call) {
  services::Attachment file = load_intake(call).table.open_file(
      call.actor(), notice_of(call), application_of(call), AttachmentId(call.path.at("attachment")));
  Response response;
  response.body = std::move(file.bytes);
  if (file.kind == services::AttachmentKind::photo) {
    response.type = "image/jpeg";
    return response;
  }
  send_as_file(response, file.media_type, file.name);
  return response;
}

Response decide_shown_payment(const Call& call) {
  const ExamCode exam = notice_of(call);
  const ApplicationId id = application_of(call);
  const auto decision = services::parse_taken_back_decision(typed(call, "decision"));
  if (!decision) throw InvalidInput("no_decision", {"Choose a decision.", "결정을 선택하십시오."});
  load_intake(call).table.decide_taken_back(call.actor(), exam, id, *decision, typed_lines(call, "told"),
                                            services::change_of(call.actor(), typed(call, "reason"), call.site.now()));
  return redirect(person_address(call, exam, id) + "?done=payment");
}

Response release_shown_claim(const Call& call) {
  const ExamCode exam = notice_of(call);
  const ApplicationId id = application_of(call);
  services::UseCases& intake = load_intake(call);
  // One of another recruitment is refused before anything happens.
  intake.table.require_person_of(call.actor(), exam, id);
  intake.claims.release_claim(call.actor(), id, typed_lines(call, "told"),
                              services::change_of(call.actor(), typed(call, "reason"), call.site.now()));
  return redirect(person_address(call, exam, id) + "?done=released");
}

}  // namespace hanjari::web
