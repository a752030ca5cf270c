#include "intake/pages/api/applying_json.h"

#include "hanjari/base/error.h"
#include "hanjari/package/recruitment_file.h"
#include "hanjari/site/site.h"

namespace hanjari::web {
namespace {

using nlohmann::ordered_json;

[[noreturn]] void throw_bad_member(const char* name) {
  throw InvalidInput("bad_member", {std::string(name) + " has a value of another type.",
                                    std::string(name) + "의 값이 올바른 형식이 아닙니다."});
}

ordered_json form_json(const ApplicationForm& form) {
  ordered_json object = ordered_json::parse(package::render_form(form));
  // Whether it was given, never the hash itself.
  object.erase("identity_hash");
  object["identified"] = !form.identity_hash.empty();
  return object;
}

}  // namespace

services::UseCases& intake_of(const Call& call) {
  if (call.site.intake() != nullptr) return *call.site.intake();
  throw NotFound("no_applications", {"This program takes no applications.", "이 프로그램은 원서를 받지 않습니다."});
}

services::Applicant applicant_of(const Call& call) {
  return {call.actor().account, call.language, call.request.source, call.request.id};
}

std::string text_member(const nlohmann::json& object, const char* name, const std::string& otherwise) {
  const auto found = object.find(name);
  if (found == object.end() || found->is_null()) return otherwise;
  if (!found->is_string()) throw_bad_member(name);
  return found->get<std::string>();
}

std::int64_t number_member(const nlohmann::json& object, const char* name, std::int64_t otherwise) {
  const auto found = object.find(name);
  if (found == object.end() || found->is_null()) return otherwise;
  if (!found->is_number_integer()) throw_bad_member(name);
  return found->get<std::int64_t>();
}

ordered_json as_json(const services::Draft& draft) {
  ordered_json object{{"exam", draft.exam.text()},
                      {"version", draft.version},
                      {"submission_key", draft.submission_key},
                      {"saved_at", format_instant(draft.saved_at)},
                      {"form", form_json(draft.form)}};
  if (!draft.edits.empty()) object["edits"] = draft.edits.text();
  return object;
}

ordered_json as_json(const Application& application) {
  ordered_json object{{"id", application.id.text()},
                      {"exam", application.exam.text()},
                      {"unit", application.form.unit.text()},
                      {"state", spell(application.state)},
                      {"version", application.version},
                      {"fee_won", application.fee},
                      {"submitted_at", format_instant(application.submitted_at)}};
  if (application.paid_at) object["paid_at"] = format_instant(*application.paid_at);
  if (application.legible != Legible::yes) {
    object["unreadable"] = spell(application.legible);
    return object;
  }
  object["form"] = form_json(application.form);
  for (const AccommodationDecision& decision : application.decisions) {
    object["accommodation_decisions"].push_back({{"item", decision.item},
                                                 {"decision", spell(decision.decision)},
                                                 {"told", decision.reason},
                                                 {"at", format_instant(decision.at)}});
  }
  return object;
}

ordered_json as_json(const services::Payment& payment) {
  ordered_json object{{"id", payment.id},
                      {"application", payment.application.text()},
                      {"amount_won", payment.amount},
                      {"state", services::spell(payment.state)},
                      {"begun_at", format_instant(payment.begun_at)},
                      {"expires_at", format_instant(payment.expires_at)}};
  if (!payment.why.empty()) object["why"] = payment.why;
  return object;
}

ordered_json as_json(const services::SelfReport& report) {
  ordered_json object{{"id", report.id},
                      {"application", report.application.text()},
                      {"status", services::spell(report.status)},
                      {"since", format_date(report.since)},
                      {"note", report.note},
                      {"reported_at", format_instant(report.reported_at)},
                      {"decision", services::spell(report.decision)}};
  if (report.legible != Legible::yes) {
    for (const char* sealed : {"status", "since", "note"}) object.erase(sealed);
    object["unreadable"] = spell(report.legible);
  }
  if (report.decided_at) object["decided_at"] = format_instant(*report.decided_at);
  if (!report.reason.empty()) object["told"] = report.reason;
  if (!report.old_place.empty()) object["old_place"] = report.old_place;
  if (!report.new_place.empty()) object["new_place"] = report.new_place;
  return object;
}

ordered_json as_json(const FieldFault& fault, Language language) {
  return {{"field", fault.field}, {"code", fault.code}, {"what", fault.what.in(language)}};
}

}  // namespace hanjari::web
