// The health self-report before the exam, until its hour; what became of it stands on the application's page.
#include <algorithm>

#include "hanjari/base/error.h"
#include "hanjari/base/local_time.h"
#include "hanjari/base/store_errors.h"
#include "hanjari/site/site.h"
#include "intake/pages/apply/apply_steps.h"
#include "intake/pages/notice_view.h"
#include "intake/pages/own_application.h"
#include "intake/pages/own_pages.h"
#include "intake/pages/portal_call.h"
#include "site/pages/birth_date_field.h"
#include "site/pages/form_view.h"

namespace hanjari::web {
namespace {

using services::HealthStatus;

struct Typed {
  std::string status;
  std::string since;
  std::string note;
};

struct Misread {
  std::string field;
  std::string what;
};

Response show_report_form(const Call& call, const Own& own, const Typed& given, const std::vector<Misread>& faults) {
  const Pages& pages = call.site.pages();
  const auto say = [&](const char* name) { return pages.text(call.language, name); };
  const std::string& zone = own.notice().header.time_zone;
  const Period& window = own.calendar().self_reports;
  const auto reports = own.intake.self_reports.list_own_reports(own.applicant, own.application.id);
  const bool waiting = std::any_of(reports.begin(), reports.end(), [](const services::SelfReport& one) {
    return one.decision == services::ReportDecision::asked;
  });
  const bool open = window.contains(call.site.now()) && !own.application.is_over() && !waiting;
  Page page{.name = "simple_form", .title = say("report.title")};
  page.data = {{"heading", page.title},
               {"lead", say("report.lead")},
               {"back_address", application_address(call, own.application.id)},
               {"back_name", say("my.back")},
               {"action", call.request.path},
               {"open", open},
               {"closed", say(waiting ? "report.waits" : "report.closed")},
               {"danger", false},
               {"button", say("report.button")},
               {"aside", say("report.aside")},
               {"facts_title", say("report.window")}};
  page.data["facts"] = {{{"what", say("notice.self_reports")}, {"value", write_period(window, zone, call.language)}},
                        {{"what", say("report.clock")}, {"value", write_moment(call.site.now(), zone, call.language)}}};
  FormView form;
  Field status{.kind = FieldKind::choice, .id = "status", .label = say("report.status")};
  for (const HealthStatus one : {HealthStatus::confirmed, HealthStatus::quarantined, HealthStatus::symptoms})
    status.choices.push_back(
        {std::string(services::spell(one)), name_of(one).in(call.language), {}, given.status == services::spell(one)});
  form.add(std::move(status));
  form.add({.kind = FieldKind::date,
            .id = "since",
            .label = say("report.since"),
            .hint = say("report.since_hint"),
            .value = given.since,
            .longest = 20});
  form.add({.kind = FieldKind::lines,
            .id = "note",
            .label = say("report.note"),
            .hint = say("report.note_hint"),
            .value = given.note,
            .presence = Presence::optional,
            .longest = 500});
  for (const Misread& fault : faults) form.add_fault(fault.field, fault.what);
  form.describe(page.data);
  if (form.any_fault()) {
    page.status = 422;
    page.title = pages.text(call.language, "seat_form.error_title", {{"title", page.title}});
  }
  return show(call, page);
}

Response take_self_report(const Call& call) {
  Own own = load_own(call);
  const Pages& pages = call.site.pages();
  const Typed given{typed(call, "status"), typed(call, "since"), typed_lines(call, "note")};
  const auto status = services::parse_health_status(given.status);
  const Date today = local_time(call.site.now(), own.notice().header.time_zone).day;
  // Days to come are read too, so that they can be told apart from what is no day.
  const auto since = read_birth_date(given.since, Date{today.days + 366});
  std::vector<Misread> faults;
  if (!status) faults.push_back({"status", pages.text(call.language, "report.status_missing")});
  if (!since) faults.push_back({"since", pages.text(call.language, "report.since_unreadable")});
  if (since && *since > today) faults.push_back({"since", pages.text(call.language, "report.since_future")});
  if (!faults.empty()) return show_report_form(call, own, given, faults);
  const Instant sent_at = own.intake.submitting.first_moment(own.application.id, services::TimedStep::self_report, sent_step(call));
  try {
    own.intake.self_reports.report_health(own.applicant, own.application.id, *status, *since, given.note, sent_at);
  } catch (const InvalidInput& refused) {
    return show_report_form(call, own, given, {{"note", refused.message().in(call.language)}});
  } catch (const Conflict& conflict) {
    return show_report_form(call, own, given, {{"", conflict.message().in(call.language)}});
  }
  return redirect(application_address(call, own.application.id) + "?done=reported");
}

}  // namespace

Response show_self_report(const Call& call) {
  return show_report_form(call, load_own(call), {}, {});
}

Response keep_self_report(const Call& call) {
  return keep_timed_step(call, services::TimedStep::self_report, "report.unknown_title", "report.unknown_lead",
                         {{"status", typed(call, "status")}, {"since", typed(call, "since")}, {"note", typed_lines(call, "note")}});
}

Response send_self_report(const Call& call) {
  try {
    return take_self_report(call);
  } catch (const DatabaseUnavailable&) {
    // What came before the hour stays so although the database is away.
    return keep_self_report(call);
  }
}

}  // namespace hanjari::web
