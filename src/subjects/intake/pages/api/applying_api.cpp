// The JSON of the portal: notices, drafts, applications, payments.
#include "intake/pages/api/applying_api.h"

#include <string>
#include <vector>

#include "hanjari/base/error.h"
#include "hanjari/base/store_errors.h"
#include "hanjari/base/typed_date.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/domain/legible.h"
#include "hanjari/intake/refusals.h"
#include "hanjari/intake/unsent_changes.h"
#include "hanjari/package/recruitment_file.h"
#include "hanjari/site/site.h"
#include "intake/pages/api/applying_json.h"
#include "intake/pages/own_pages.h"
#include "site/pages/problems.h"

namespace hanjari::web {
namespace {

using nlohmann::ordered_json;

constexpr std::size_t notices_per_page = 100;

ExamCode exam_of(const Call& call) {
  return ExamCode(call.path.at("notice"));
}

ApplicationId own_application_of(const Call& call) {
  return ApplicationId(call.path.at("application"));
}

ordered_json summary_of(const services::StoredRecruitment& stored) {
  const Recruitment& notice = stored.notice;
  const Period window = notice.applications();
  return {{"code", notice.header.code.text()},          {"name_ko", notice.header.name_ko},
          {"name_en", notice.header.name_en},           {"kind", spell(notice.kind)},
          {"state", services::spell(stored.state)},     {"exam_on", format_date(notice.header.exam_on)},
          {"apply_from", format_instant(window.opens)}, {"apply_until", format_instant(window.closes)}};
}

// Problem details with further members.
Response describe_more(const Call& call, int status, const Error& error, const ordered_json& more) {
  Response response = describe_problem({status, error.code(), error.message(), {}}, call.language, call.request.id);
  ordered_json body = ordered_json::parse(response.body);
  body.update(more);
  response.body = body.dump() + "\n";
  return response;
}

// Whether a change of it was begun that does not count. One that does not open is none that can be submitted.
bool says_unsent(services::UseCases& intake, const services::Applicant& who, const Application& application) {
  if (application.is_over() || application.legible != Legible::yes) return false;
  bool unsent = false;
  services::read_legibly([&] {
    const auto draft = intake.forms.find_draft(who, application.exam);
    unsent = draft && services::has_unsent_changes(*draft, application);
  });
  return unsent;
}

// As package::parse_form reads it, and what an answer says of the person, so that an answer can be sent back as it came.
const std::vector<std::string>& members_of_form() {
  static const std::vector<std::string> members{
      "unit",        "name",        "phone",       "email",          "area",          "address",        "lat",      "lon",
      "residence",   "licence",     "licence_number", "quota_proof", "waiver_proof",  "electives",      "bonuses",  "accommodations",
      "photo",       "consents",    "consents_identifier", "consents_sensitive", "consent_text", "language", "identity_hash",
      "identified",  "birth_on",    "sex"};
  return members;
}

// What would be passed over is said: somebody who asks for support under another name would sit without it.
void require_members_of_form(const nlohmann::json& form) {
  require_known_members(form, members_of_form());
  const auto look_into = [&](const char* list, const std::vector<std::string>& known) {
    const auto found = form.find(list);
    if (found == form.end() || !found->is_array()) return;
    for (const auto& one : *found) {
      if (one.is_object()) require_known_members(one, known);
    }
  };
  look_into("bonuses", {"kind", "proof"});
  look_into("accommodations", {"item", "reason", "documents"});
}

// A form from the caller. Who somebody is comes from the resident number alone.
ApplicationForm read_form(services::UseCases& intake, const nlohmann::json& body, const services::Draft& draft) {
  nlohmann::json object = body.value("form", nlohmann::json::object());
  if (!object.is_object()) {
    throw InvalidInput("bad_request", {"'form' is an object with the answers of the form.",
                                       "'form'에는 지원서 항목을 담은 객체를 보내십시오."});
  }
  require_members_of_form(object);
  for (const char* own : {"identity_hash", "identified", "birth_on", "sex"}) object.erase(own);
  ApplicationForm form = package::parse_form(object.dump());
  form.identity_hash = draft.form.identity_hash;
  form.birth_on = draft.form.birth_on;
  form.sex = draft.form.sex;
  if (const std::string number = text_member(body, "resident_number"); !number.empty())
    intake.forms.identify(form, number);
  return form;
}

}  // namespace

Response list_recruitments(const Call& call) {
  ordered_json listed{{"page", 1}, {"per_page", notices_per_page}, {"recruitments", ordered_json::array()}};
  for (const auto& stored : intake_of(call).notices.list_notices())
    listed["recruitments"].push_back(summary_of(*stored));
  listed["total"] = listed["recruitments"].size();
  return answer_json(listed);
}

Response describe_recruitment(const Call& call) {
  services::UseCases& intake = intake_of(call);
  const auto stored = intake.notices.load_notice(exam_of(call));
  ordered_json answer = summary_of(*stored);
  answer["version"] = stored->version;
  answer["definition"] = ordered_json::parse(package::render_recruitment(stored->notice));
  for (const auto& [unit, competition] : intake.notices.list_competition(*stored, call.site.now())) {
    ordered_json line{
        {"unit_code", unit.text()}, {"applications", competition.applications}, {"posts", competition.posts}};
    if (competition.last_year) {
      line["last_year"] = {{"posts", competition.last_year->posts},
                           {"applications", competition.last_year->applications}};
    }
    answer["competition"].push_back(std::move(line));
  }
  return answer_json(answer);
}

Response send_receipt_key(const Call& call) {
  return answer_json({{"algorithm", "Ed25519"}, {"public_key", intake_of(call).submitting.receipt_key()}});
}

Response show_draft(const Call& call) {
  const auto draft = intake_of(call).forms.find_draft(applicant_of(call), exam_of(call));
  if (!draft) throw NotFound("no_draft", {"There is no form yet.", "작성 중인 지원서가 없습니다."});
  return answer_json(as_json(*draft));
}

Response save_draft_step(const Call& call) {
  services::UseCases& intake = intake_of(call);
  const nlohmann::json body = read_json(call);
  services::Draft draft = intake.forms.open_draft(applicant_of(call), exam_of(call));
  if (body.contains("form") || body.contains("resident_number")) {
    const std::int64_t version = number_member(body, "version", draft.version);
    draft = intake.forms.save_draft(applicant_of(call), exam_of(call), version, read_form(intake, body, draft));
  }
  return answer_json(as_json(draft));
}

Response discard_own_draft(const Call& call) {
  services::UseCases& intake = intake_of(call);
  const std::int64_t version = number_member(read_json(call), "version", 0);
  intake.forms.discard_draft(applicant_of(call), exam_of(call), version);
  return answer_json({{"discarded", true}});
}

Response list_draft_faults(const Call& call) {
  services::UseCases& intake = intake_of(call);
  const auto draft = intake.forms.find_draft(applicant_of(call), exam_of(call));
  if (!draft) throw NotFound("no_draft", {"There is no form yet.", "작성 중인 지원서가 없습니다."});
  ordered_json answer{{"version", draft->version}, {"faults", ordered_json::array()}};
  for (const FieldFault& fault : intake.forms.review_draft(*draft))
    answer["faults"].push_back(as_json(fault, call.language));
  return answer_json(answer);
}

namespace {

services::SubmitRequest read_sent_submission(const Call& call) {
  const nlohmann::json body = read_json(call);
  services::SubmitRequest request;
  request.key = call.request.header("idempotency-key");
  request.version = number_member(body, "version", 0);
  request.ticket = text_member(body, "ticket");
  request.received_at = call.request.received_at.value_or(call.site.now());
  return request;
}

Unavailable database_away() {
  return {"database_lost", {"The database does not answer. Send it again with the ticket: the moment of this try counts.",
                            "데이터베이스가 응답하지 않습니다. ticket과 함께 다시 보내면 이번에 보낸 시각으로 인정됩니다."}};
}

}  // namespace

Response keep_draft(const Call& call) {
  const services::SubmitRequest request = read_sent_submission(call);
  return describe_more(call, 503, database_away(), {{"ticket", intake_of(call).submitting.keep_moment(exam_of(call), request)}});
}

Response submit_draft(const Call& call) {
  services::UseCases& intake = intake_of(call);
  const services::SubmitRequest request = read_sent_submission(call);
  try {
    const services::Submitted done = intake.submitting.submit(applicant_of(call), exam_of(call), request);
    ordered_json answer = as_json(done.application);
    answer["receipt"] = done.receipt;
    return answer_json(answer, done.again ? 200 : 201);
  } catch (const services::InQueue& line) {
    Response response = describe_more(call, 503, line, {{"place", line.place()}, {"ticket", line.ticket()}});
    std::erase_if(response.headers, [](const auto& header) { return header.first == "Retry-After"; });
    response.set_header("Retry-After", std::to_string(line.retry_after().count()));
    return response;
  } catch (const Unavailable& away) {
    return describe_more(call, 503, away, {{"ticket", intake.submitting.keep_moment(exam_of(call), request)}});
  } catch (const services::FormIncomplete& refused) {
    ordered_json faults = ordered_json::array();
    for (const Fault& fault : refused.faults().kept())
      faults.push_back({{"field", fault.column}, {"what", fault.what.in(call.language)}});
    return describe_more(call, 422, refused, {{"faults", std::move(faults)}});
  }
}

Response list_applications(const Call& call) {
  services::UseCases& intake = intake_of(call);
  const services::Applicant who = applicant_of(call);
  ordered_json listed{{"applications", ordered_json::array()}, {"begun", ordered_json::array()}};
  const auto own = intake.own.list_own_applications(who);
  for (const Application& application : own) {
    listed["applications"].push_back(as_json(application));
    listed["applications"].back()["unsent_changes"] = says_unsent(intake, who, application);
  }
  for (const services::BegunForm& begun :
       services::list_begun_forms(intake.notices, intake.forms, who, own, services::BegunIn::open_notices, call.site.now())) {
    ordered_json one{{"exam", begun.stored->notice.header.code.text()}};
    if (begun.draft) one["saved_at"] = format_instant(begun.draft->saved_at);
    if (begun.legible != Legible::yes) one["unreadable"] = spell(begun.legible);
    listed["begun"].push_back(std::move(one));
  }
  return answer_json(listed);
}

Response describe_application(const Call& call) {
  services::UseCases& intake = intake_of(call);
  const services::Applicant who = applicant_of(call);
  const ApplicationId id = own_application_of(call);
  const auto events = intake.own.list_own_history(who, id);
  const Application application = intake.own.load_own_application(who, id);
  const auto stored = intake.notices.load_kept_notice(application.exam);
  const auto seat = intake.own.find_own_seat(who, id);
  const bool withdrawn = !seat && intake.own.are_seats_withdrawn(*stored, application);
  ordered_json answer = as_json(application);
  answer["unsent_changes"] = says_unsent(intake, who, application);
  for (const services::NextStep& step :
       services::list_next_steps(*stored, application, seat, call.site.now(), withdrawn)) {
    ordered_json line{{"code", step.code}, {"what", step.what.in(call.language)}};
    if (step.until) line["until"] = format_instant(*step.until);
    answer["next_steps"].push_back(std::move(line));
  }
  for (const ApplicationEvent& event : events) {
    answer["history"].push_back(
        {{"version", event.version}, {"at", format_instant(event.at)}, {"kind", event.kind}, {"detail", event.detail}});
  }
  for (const services::Payment& payment : intake.paying.list_own_payments(who, id))
    answer["payments"].push_back(as_json(payment));
  for (services::SelfReport& report : intake.self_reports.list_own_reports(who, id)) {
    // Where somebody sat by a decision is withdrawn with all seats.
    if (withdrawn) {
      report.old_place.clear();
      report.new_place.clear();
    }
    answer["self_reports"].push_back(as_json(report));
  }
  if (seat) answer["applicant_number"] = seat->plan.placements.front().number.text();
  return answer_json(answer);
}

Response send_receipt(const Call& call) {
  Response response;
  response.type = "text/plain; charset=utf-8";
  response.body = intake_of(call).own.load_own_receipt(applicant_of(call), own_application_of(call));
  return response;
}

Response begin_fee_payment(const Call& call) {
  read_json(call);
  const auto checkout = intake_of(call).paying.begin_payment(applicant_of(call), own_application_of(call));
  ordered_json answer = as_json(checkout.payment);
  answer["address"] = checkout.address;
  return answer_json(answer, 201);
}

namespace {

services::SentMoment sent_moment(const Call& call, const nlohmann::json& body) {
  return {call.request.received_at.value_or(call.site.now()), text_member(body, "ticket")};
}

Response keep_step(const Call& call, services::TimedStep step, const services::SentMoment& sent) {
  return describe_more(call, 503, database_away(),
                       {{"ticket", intake_of(call).submitting.keep_moment(own_application_of(call), step, sent)}});
}

}  // namespace

Response keep_own_withdrawal(const Call& call) {
  return keep_step(call, services::TimedStep::withdrawal, sent_moment(call, read_json(call)));
}

Response withdraw_own(const Call& call) {
  services::UseCases& intake = intake_of(call);
  const nlohmann::json body = read_json(call);
  const services::SentMoment sent = sent_moment(call, body);
  const ApplicationId id = own_application_of(call);
  try {
    return answer_json(as_json(intake.own.withdraw(applicant_of(call), id, text_member(body, "reason"),
                                                   intake.submitting.first_moment(id, services::TimedStep::withdrawal, sent))));
  } catch (const DatabaseUnavailable&) {
    return keep_step(call, services::TimedStep::withdrawal, sent);
  }
}

Response keep_own_self_report(const Call& call) {
  return keep_step(call, services::TimedStep::self_report, sent_moment(call, read_json(call)));
}

Response add_self_report(const Call& call) {
  const nlohmann::json body = read_json(call);
  const auto status = parse_meant(text_member(body, "status"), services::parse_health_status);
  const auto since = parse_typed_date(text_member(body, "since"));
  if (!status || !since) {
    throw InvalidInput("bad_member", {"Give status (confirmed, quarantined, symptoms) and since (YYYY-MM-DD).",
                                      "status(confirmed, quarantined, symptoms)와 since(YYYY-MM-DD)를 주십시오."});
  }
  services::UseCases& intake = intake_of(call);
  const services::SentMoment sent = sent_moment(call, body);
  const ApplicationId id = own_application_of(call);
  try {
    return answer_json(as_json(intake.self_reports.report_health(
                           applicant_of(call), id, *status, *since, text_member(body, "note"),
                           intake.submitting.first_moment(id, services::TimedStep::self_report, sent))),
                       201);
  } catch (const DatabaseUnavailable&) {
    return keep_step(call, services::TimedStep::self_report, sent);
  }
}

Response take_payment_notification(const Call& call) {
  intake_of(call).paying.accept_notification(call.request.body, call.request.header("x-signature"));
  return answer_json({{"taken", true}});
}

// The button that a payer presses at the test provider; `order` is the last part of the page's address.
Response decide_test_order(const Call& call) {
  services::UseCases& intake = intake_of(call);
  services::TestProvider* provider = intake.paying.test_provider();
  if (provider == nullptr)
    throw NotFound("no_such_page", {"There is nothing at this address.", "이 주소에는 페이지가 없습니다."});
  // Whose it is comes before what is wrong with the entry.
  const std::string order = provider->order_of(call.path.at("order"));
  load_own_order(call, order);
  const auto outcome = services::parse_test_outcome(text_member(read_json(call), "outcome"));
  if (!outcome) {
    throw InvalidInput("bad_member",
                       {"outcome is one of success, failure, delay, double_notice, lost_notice.",
                        "outcome은 success, failure, delay, double_notice, lost_notice 가운데 하나입니다."});
  }
  for (const auto& notification : provider->decide(order, *outcome))
    intake.paying.accept_notification(notification.body, notification.signature);
  return answer_json({{"decided", true}});
}

}  // namespace hanjari::web
