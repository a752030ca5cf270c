// Afterwards: the own applications, and of each what happens next and when, what was said, decided and changed.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/store_errors.h"
#include "hanjari/domain/application_number.h"
#include "hanjari/domain/legible.h"
#include "hanjari/intake/unsent_changes.h"
#include "hanjari/site/site.h"
#include "intake/pages/apply/apply_review.h"
#include "intake/pages/apply/apply_steps.h"
#include "intake/pages/event_words.h"
#include "intake/pages/notice_view.h"
#include "intake/pages/own_application.h"
#include "intake/pages/own_pages.h"
#include "intake/pages/portal_call.h"
#include "site/pages/form_view.h"
#include "site/pages/json_call.h"

namespace hanjari::web {
namespace {

using nlohmann::json;

void describe_state(const Call& call, const Application& application, json& data) {
  const ApplicationState state = application.state;
  data["state"] = name_of_state(application).in(call.language);
  data["good"] = state == ApplicationState::paid;
  data["waiting"] = state == ApplicationState::submitted;
  data["ended"] = state == ApplicationState::withdrawn || state == ApplicationState::lapsed;
}

// Where a step is done, and what the button says; no address for what is only waited for.
struct StepAction {
  std::string_view code;
  std::string_view place;  // below the application's address
  const char* button;      // message
};

constexpr std::array<StepAction, 5> step_actions{{{"pay_fee", "/payment", "pay.title"},
                                                  {"cancel_possible", "/withdraw", "withdraw.title"},
                                                  {"seat_known", "/seat", "own_seat.see"},
                                                  {"result_awaited", "/result", "status.result"},
                                                  {"self_report", "/report", "report.title"}}};

// When a step happens, or until when it may be done; false for what has no moment.
json moment_of_step(const Call& call, const Recruitment& notice, const services::NextStep& step) {
  if (!step.until) return false;
  const std::string moment = write_moment(*step.until, notice.header.time_zone, call.language);
  const bool happens = step.code == "entry" || step.code == "wait_number";
  return happens ? moment : call.site.pages().text(call.language, "status.until", {{"moment", moment}});
}

json describe_step(const Call& call, const Own& own, const services::NextStep& step, bool first) {
  json data{{"what", step.what.in(call.language)}, {"first", first}, {"address", false}};
  data["until"] = step.code == "exam_day" ? json(write_day(own.calendar().exam_on, call.language))
                                          : moment_of_step(call, own.notice(), step);
  for (const StepAction& action : step_actions) {
    if (action.code != step.code) continue;
    data["address"] = application_address(call, own.application.id) + std::string(action.place);
    data["button"] = call.site.pages().text(call.language, action.button);
  }
  return data;
}

// What an application still waits for before it is received.
enum class Due { nothing, fee, identity };

Due due_of_own(const Application& application) {
  if (application.state != ApplicationState::submitted) return Due::nothing;
  return application.fee > 0 ? Due::fee : Due::identity;
}

// What was just done, said once above the page.

std::string done_words(const Call& call, Due due) {
  const auto found = call.query.find("done");
  if (found == call.query.end()) return {};
  const Pages& pages = call.site.pages();
  if (found->second == "submitted") {
    if (due == Due::identity) return pages.text(call.language, "status.done_submitted_unproven");
    return pages.text(call.language, due == Due::fee ? "status.done_submitted_unpaid" : "status.done_submitted");
  }
  if (found->second == "withdrawn") return pages.text(call.language, "status.done_withdrawn");
  if (found->second == "reported") return pages.text(call.language, "status.done_reported");
  if (found->second == "discarded") return pages.text(call.language, "discard.done");
  return {};
}

// A change that was begun and does not count: until it is submitted, and after closing that it never will.
std::optional<json> describe_unsent(const Call& call, services::UseCases& intake, const services::Applicant& applicant,
                                    const services::StoredRecruitment& stored, const Application& application) {
  if (application.is_over()) return std::nullopt;
  const auto draft = intake.forms.find_draft(applicant, application.exam);
  if (!draft || !services::has_unsent_changes(*draft, application)) return std::nullopt;
  // By the unit that the change names: it may lead to one that is open longer, or to one that is not. While the notice is off
  // the portal nobody can review it.
  const bool retracted = stored.state == services::RecruitmentState::prepared;
  const bool open = services::takes_applications(stored, call.site.now()) &&
                    (retracted || find_bar(intake.forms.review_draft(*draft)) == nullptr);
  const Pages& pages = call.site.pages();
  return json{
      {"what", pages.text(call.language, open ? "my.unsent" : "my.unsent_over")},
      {"open", open},
      {"button", pages.text(call.language, "my.unsent_review")},
      {"discard", pages.text(call.language, "discard.change_title")},
      {"discard_address", fmt::format("/{}/apply/{}/discard", code_of(call.language), encode_percent(application.exam.text()))},
      {"address", fmt::format("/{}/apply/{}/review", code_of(call.language), encode_percent(application.exam.text()))}};
}

json describe_support(const Call& call, const Application& application) {
  json list = json::array();
  for (const AccommodationRequest& request : application.form.accommodations) {
    const auto decided = std::find_if(application.decisions.begin(), application.decisions.end(),
                                      [&](const AccommodationDecision& one) { return one.item == request.item; });
    const ItemDecision decision = decided == application.decisions.end() ? ItemDecision::asked : decided->decision;
    const std::string reason = decided == application.decisions.end() ? "" : decided->reason;
    list.push_back({{"item", name_of_accommodation(request.item).in(call.language)},
                    {"decision", name_of(decision).in(call.language)},
                    {"granted", decision == ItemDecision::granted},
                    {"refused", decision == ItemDecision::refused},
                    {"asked", decision == ItemDecision::asked},
                    {"reason", reason.empty() ? json(false) : json(reason)}});
  }
  return list;
}

json describe_actions(const Call& call, const Own& own, Instant now) {
  const Pages& pages = call.site.pages();
  const std::string here = application_address(call, own.application.id);
  json actions = json::array();
  const auto add = [&](const char* name, const std::string& address, bool file) {
    actions.push_back({{"name", pages.text(call.language, name)}, {"address", address}, {"file", file}});
  };
  if (!own.application.is_over() && services::takes_applications(*own.stored, own.calendar(), now))
    add("status.edit", fmt::format("/{}/apply/{}", code_of(call.language), encode_percent(own.application.exam.text())),
        false);
  add("status.receipt_paper", here + "/receipt/paper", true);
  add("status.receipt", here + "/receipt", true);
  // Whatever the outcome will be: who has a number is shown the way to the own result, long before there is one.
  if (own.seat) add("status.result", here + "/result", false);
  if (!own.application.is_over() && now < own.calendar().cancel_until) add("withdraw.title", here + "/withdraw", false);
  return actions;
}

}  // namespace

namespace {

// One line of the list. What cannot be read of it is said in its own line.
json describe_own(const Call& call, services::UseCases& intake, const services::Applicant& applicant,
                  const Application& application) {
  const Pages& pages = call.site.pages();
  json row{{"exam", application.exam.text()},
           {"unit", ""},
           {"address", application_address(call, application.id)},
           {"button", pages.text(call.language, "my.open")},
           {"unsent", false},
           {"discard", false},
           {"until", false},
           {"next_label", pages.text(call.language, "my.next")},
           {"next", false}};
  describe_state(call, application, row);
  Legible legible = application.legible;
  const Legible notice = services::read_legibly([&] {
    const auto stored = intake.notices.find_notice(application.exam);
    if (!stored) return;
    row["exam"] = name_of_exam(stored->notice.header, call.language);
    if (legible != Legible::yes) return;
    const NoticeUnit* unit = stored->notice.find_unit(application.form.unit);
    if (unit != nullptr) row["unit"] = write_unit(pages, unit->unit, call.language);
    legible = services::read_legibly([&] {
      if (const auto unsent = describe_unsent(call, intake, applicant, *stored, application)) row["unsent"] = *unsent;
    });
    if (legible != Legible::yes) return;
    std::optional<PlannedExam> seat;
    legible = services::read_legibly([&] { seat = intake.own.find_own_seat(applicant, application.id); });
    if (legible != Legible::yes) return;
    const bool withdrawn = !seat && intake.own.are_seats_withdrawn(*stored, application);
    const auto steps = services::list_next_steps(*stored, application, seat, call.site.now(), withdrawn);
    if (steps.empty()) return;
    row["next"] = steps.front().what.in(call.language);
    if (steps.front().code != "exam_day") row["until"] = moment_of_step(call, stored->notice, steps.front());
  });
  if (legible == Legible::yes) legible = notice;
  if (legible != Legible::yes)
    row["next"] = pages.text(call.language, legible == Legible::destroyed ? "my.destroyed" : "my.damaged");
  return row;
}

// What the own unit says where other units of the notice are open: its own closing, or that another one is to be chosen.
void describe_unit_of_begun(const Call& call, const services::StoredRecruitment& stored, const services::Draft& draft, json& row) {
  const NoticeUnit* unit = stored.notice.find_unit(draft.form.unit);
  if (unit == nullptr) return;
  const Calendar& calendar = stored.notice.calendar_of(*unit);
  row["next"] = write_moment(calendar.applications.closes, stored.notice.header.time_zone, call.language);
  if (services::takes_applications(stored, calendar, call.site.now())) return;
  const Pages& pages = call.site.pages();
  row["unit"] = pages.text(call.language, "my.unit_not_open");
  row["button"] = pages.text(call.language, "my.choose_unit");
  row["address"] = fmt::format("/{}/apply/{}/unit", code_of(call.language), encode_percent(stored.notice.header.code.text()));
  row["next"] = false;
}

// A form that was begun and not submitted, also when the notice has closed.
json describe_begun(const Call& call, const services::BegunForm& begun) {
  const Pages& pages = call.site.pages();
  const services::StoredRecruitment& stored = *begun.stored;
  const Recruitment& notice = stored.notice;
  const ExamCode& code = notice.header.code;
  const bool open = window_of(stored, call.site.now()) == WindowState::open;
  const auto closes = next_closing(stored, call.site.now());
  json row{
      {"exam", name_of_exam(notice.header, call.language)},
      {"unit", pages.text(call.language, open ? "my.not_submitted" : "my.never_submitted")},
      {"address",
       fmt::format("/{}/{}/{}", code_of(call.language), open ? "apply" : "notices", encode_percent(code.text()))},
      {"button", pages.text(call.language, open ? "my.go_on" : "my.see_notice")},
      {"state", pages.text(call.language, open ? "my.draft" : "my.draft_over")},
      {"unsent", false},
      {"until", false},
      {"discard", open ? json{{"address", fmt::format("/{}/apply/{}/discard", code_of(call.language),
                                                      encode_percent(code.text()))}}
                       : json(false)},
      {"waiting", open},
      {"good", false},
      {"ended", !open},
      {"next_label", pages.text(call.language, "my.submit_by")},
      {"next", closes ? json(write_moment(*closes, notice.header.time_zone, call.language)) : json(false)}};
  if (begun.draft && open) describe_unit_of_begun(call, stored, *begun.draft, row);
  if (begun.legible != Legible::yes) {
    row["next_label"] = pages.text(call.language, "my.next");
    row["next"] = pages.text(call.language, begun.legible == Legible::destroyed ? "my.destroyed" : "my.damaged");
  }
  return row;
}

nlohmann::ordered_json unsent_as_json(const ExamCode& exam, const json& name, const json& told) {
  return {{"exam_code", exam.text()},
          {"exam", name},
          {"what", told.at("what")},
          {"button", told.at("button")},
          {"address", told.at("address")}};
}

}  // namespace

Response list_own_unsent(const Call& call) {
  nlohmann::ordered_json answer{{"unsent", nlohmann::ordered_json::array()}};
  if (!call.session || call.site.intake() == nullptr) return answer_json(answer);
  services::UseCases& intake = load_intake(call);
  const services::Applicant applicant = applicant_of(call);
  const auto own = intake.own.list_own_applications(applicant);
  for (const Application& application : own) {
    if (application.legible != Legible::yes) continue;
    services::read_legibly([&] {
      const auto stored = intake.notices.find_notice(application.exam);
      if (!stored) return;
      const auto unsent = describe_unsent(call, intake, applicant, *stored, application);
      if (unsent && unsent->at("open") == true)
        answer["unsent"].push_back(
            unsent_as_json(application.exam, name_of_exam(stored->notice.header, call.language), *unsent));
    });
  }
  for (const services::BegunForm& begun : services::list_begun_forms(intake.notices, intake.forms, applicant, own,
                                                                     services::BegunIn::open_notices, call.site.now())) {
    json told = describe_begun(call, begun);
    told["what"] = call.site.pages().text(call.language, "my.not_submitted");
    answer["unsent"].push_back(unsent_as_json(begun.stored->notice.header.code, told.at("exam"), told));
  }
  return answer_json(answer);
}

Response show_own_applications(const Call& call) {
  services::UseCases& intake = load_intake(call);
  const services::Applicant applicant = applicant_of(call);
  Page page{.name = "my", .title = call.site.pages().text(call.language, "my.title")};
  page.data["applications"] = json::array();
  const auto own = intake.own.list_own_applications(applicant);
  for (const Application& application : own)
    page.data["applications"].push_back(describe_own(call, intake, applicant, application));
  // Forms that were begun and not submitted; after closing too, because whoever began one may believe to have applied.
  for (const services::BegunForm& begun : services::list_begun_forms(intake.notices, intake.forms, applicant, own,
                                                                     services::BegunIn::all_notices, call.site.now()))
    page.data["applications"].push_back(describe_begun(call, begun));
  page.data["any"] = !page.data["applications"].empty();
  const std::string done = done_words(call, Due::nothing);
  page.data["done"] = done.empty() ? json(false) : json(done);
  return show(call, page);
}

Response show_own_application(const Call& call) {
  Own own = load_own(call);
  const Pages& pages = call.site.pages();
  const Application& application = own.application;
  const std::string& zone = own.notice().header.time_zone;
  Page page{.name = "status", .title = pages.text(call.language, "status.title")};
  json& data = page.data;
  data["exam"] = name_of_exam(own.notice().header, call.language);
  data["unit"] = write_unit(pages, own.unit().unit, call.language);
  data["my_address"] = my_address(call);
  const std::string done = done_words(call, due_of_own(application));
  data["done"] = done.empty() ? json(false) : json(done);
  describe_state(call, application, data);
  describe_seat_change(call, own, data);
  data["unsent"] = false;
  // A change that does not open leaves what was submitted to be seen.
  services::read_legibly([&] {
    if (const auto unsent = describe_unsent(call, own.intake, own.applicant, *own.stored, application))
      data["unsent"] = *unsent;
  });

  data["steps"] = json::array();
  for (const auto& step :
       services::list_next_steps(*own.stored, application, own.seat, call.site.now(), own.are_seats_withdrawn()))
    data["steps"].push_back(describe_step(call, own, step, data["steps"].empty()));

  data["rows"] = json::array();
  const auto add = [&](const char* what, const std::string& value) {
    data["rows"].push_back({{"what", pages.text(call.language, what)}, {"value", value}});
  };
  add("status.id", write_application_number(application.id));
  add("status.submitted_at", write_moment(application.submitted_at, zone, call.language));
  add("notice.fee", write_won(pages, application.fee, call.language));
  // Who owes nothing has paid nothing, although the application counts from that moment.
  if (application.paid_at && application.fee > 0)
    add("status.paid_at", write_moment(*application.paid_at, zone, call.language));
  if (own.seat) add("seat.number", own.seat->plan.placements.front().number.text());
  for (auto& row : describe_person_rows(call, own.notice(), application.form)) data["rows"].push_back(row);
  for (auto& row : describe_claim_rows(call, &own.unit(), application.form)) data["rows"].push_back(row);
  for (auto& row : data["rows"]) {
    if (row["value"] == false) row["value"] = "–";
  }
  data["photo_address"] =
      application.form.photo.empty() ? json(false) : json(photo_address(call, application.form.photo));
  data["actions"] = describe_actions(call, own, call.site.now());
  data["support"] = describe_support(call, application);
  data["any_support"] = !data["support"].empty();
  data["reports"] = describe_reports(call, own);
  data["any_report"] = !data["reports"].empty();
  data["events"] = json::array();
  for (const ApplicationEvent& event : own.intake.own.list_own_history(own.applicant, application.id))
    data["events"].push_back({{"at", write_moment(event.at, zone, call.language)}, {"what", write_event_kind(call, event.kind)}});
  return show(call, page);
}

Response download_receipt(const Call& call) {
  services::UseCases& intake = load_intake(call);
  Response response;
  response.type = "text/plain; charset=utf-8";
  response.body = intake.own.load_own_receipt(applicant_of(call), ApplicationId(call.path.at("application")));
  response.set_header("Content-Disposition", "attachment; filename=\"receipt.txt\"");
  return response;
}

namespace {

Response show_withdraw_form(const Call& call, const Own& own, const std::string& fault) {
  const Pages& pages = call.site.pages();
  const auto say = [&](const char* name) { return pages.text(call.language, name); };
  Page page{.name = "simple_form", .title = say("withdraw.title")};
  const bool open = !own.application.is_over() && call.site.now() < own.calendar().cancel_until;
  page.data = {
      {"heading", page.title},
      {"lead", say("withdraw.lead")},
      {"back_address", application_address(call, own.application.id)},
      {"back_name", say("my.back")},
      {"action", call.request.path},
      {"open", open},
      {"closed", say("withdraw.closed")},
      {"danger", true},
      {"button", say("withdraw.button")},
      {"aside", say(own.application.state == ApplicationState::paid && own.application.fee > 0 ? "withdraw.refund"
                                                                                               : "withdraw.no_refund")},
      {"facts_title", name_of_exam(own.notice().header, call.language)}};
  page.data["facts"] = {
      {{"what", say("notice.unit")}, {"value", write_unit(pages, own.unit().unit, call.language)}},
      {{"what", say("notice.cancel_until")},
       {"value", write_moment(own.calendar().cancel_until, own.notice().header.time_zone, call.language)}}};
  // With the application its begun change goes too, and until then it does not count.
  services::read_legibly([&] {
    if (auto unsent = describe_unsent(call, own.intake, own.applicant, *own.stored, own.application))
      page.data["unsent"] = std::move(*unsent);
  });
  FormView form;
  form.add({.kind = FieldKind::line,
            .id = "reason",
            .label = say("withdraw.reason"),
            .presence = Presence::optional,
            .longest = 200});
  form.add({.kind = FieldKind::checks,
            .id = "sure",
            .label = say("withdraw.sure"),
            .choices = {{"sure", say("withdraw.sure_yes"), {}, false}}});
  if (!fault.empty()) form.add_fault("sure", fault);
  form.describe(page.data);
  if (form.any_fault()) page.status = 422;
  return show(call, page);
}

}  // namespace

Response show_withdraw(const Call& call) {
  return show_withdraw_form(call, load_own(call), "");
}

Response keep_withdrawal(const Call& call) {
  return keep_timed_step(call, services::TimedStep::withdrawal, "withdraw.unknown_title", "withdraw.unknown_lead",
                         {{"reason", typed(call, "reason")}, {"sure", typed(call, "sure")}});
}

Response withdraw_application(const Call& call) {
  try {
    Own own = load_own(call);
    if (!is_ticked(call, "sure"))
      return show_withdraw_form(call, own, call.site.pages().text(call.language, "withdraw.sure_missing"));
    const Instant sent_at = own.intake.submitting.first_moment(own.application.id, services::TimedStep::withdrawal, sent_step(call));
    own.intake.own.withdraw(own.applicant, own.application.id, typed(call, "reason"), sent_at);
    return redirect(application_address(call, own.application.id) + "?done=withdrawn");
  } catch (const DatabaseUnavailable&) {
    // What came before the deadline stays so although the database is away.
    return keep_withdrawal(call);
  }
}

}  // namespace hanjari::web
