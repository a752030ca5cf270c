// Submitting: once, however often the button is pressed. Who comes while too many submit is told the place in the queue;
// who comes after closing is told by which clock.
#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/intake/refusals.h"
#include "hanjari/site/site.h"
#include "intake/pages/apply/apply_pages.h"
#include "intake/pages/apply/apply_steps.h"
#include "intake/pages/notice_view.h"
#include "intake/pages/portal_call.h"

namespace hanjari::web {
namespace {

std::string submit_address(const Call& call) {
  return fmt::format("/{}/apply/{}/submit", code_of(call.language), encode_percent(call.path.at("notice")));
}

Page again_page(const Call& call, const std::string& time_zone, const services::SubmitRequest& request,
                const char* title) {
  Page page{.name = "apply_queue", .title = call.site.pages().text(call.language, title), .status = 503};
  page.data = {{"heading", page.title},
               {"action", submit_address(call)},
               {"lead", call.site.pages().text(call.language, "queue.unknown_lead")},
               {"received", write_second(request.received_at, time_zone)},
               {"place", false}};
  send_once_more(page, {{"key", request.key}, {"version", std::to_string(request.version)}, {"ticket", request.ticket}, {"draft", request.draft}});
  return page;
}

services::SubmitRequest read_submission(const Call& call) {
  services::SubmitRequest request;
  request.key = typed(call, "key");
  request.ticket = typed(call, "ticket");
  request.draft = typed(call, "draft");
  request.received_at = call.request.received_at.value_or(call.site.now());
  for (const char digit : typed(call, "version").substr(0, 9)) {
    if (digit >= '0' && digit <= '9') request.version = request.version * 10 + (digit - '0');
  }
  return request;
}

// The answer to a submission that came after the closing minute, by which clock and why nothing was stored.
Response show_late(const Call& call, const Recruitment& notice, const services::SubmitRequest& request,
                   const Conflict& conflict) {
  const Pages& pages = call.site.pages();
  Page page{.name = "simple_form", .title = pages.text(call.language, "late.title"), .status = 409};
  page.data = {{"heading", page.title},
               {"lead", conflict.message().in(call.language)},
               {"back_address", my_address(call)},
               {"back_name", pages.text(call.language, "my.title")},
               {"any_fault", false},
               {"open", false},
               {"closed", pages.text(call.language, "late.rule")},
               {"facts_title", pages.text(call.language, "late.facts")}};
  page.data["facts"] = nlohmann::json::array();
  std::optional<Instant> closed;
  for (const Calendar& calendar : notice.calendars) {
    if (calendar.applications.closes <= call.site.now() && (!closed || *closed < calendar.applications.closes))
      closed = calendar.applications.closes;
  }
  if (closed)
    page.data["facts"].push_back({{"what", pages.text(call.language, "late.closed")},
                                  {"value", write_moment(*closed, notice.header.time_zone, call.language)}});
  page.data["facts"].push_back({{"what", pages.text(call.language, "late.received")},
                                {"value", write_second(request.received_at, notice.header.time_zone)}});
  return show(call, page);
}

// Of the notice as it was last read; the exams are held in one country.
std::string known_time_zone(services::UseCases& intake, const ExamCode& code) {
  try {
    if (const auto stored = intake.notices.find_notice(code)) return stored->notice.header.time_zone;
  } catch (const Error&) {
    // Nobody has looked at the notice since the program began.
  }
  return "Asia/Seoul";
}

}  // namespace

Response keep_submission(const Call& call) {
  services::UseCases& intake = load_intake(call);
  const ExamCode code(call.path.at("notice"));
  services::SubmitRequest request = read_submission(call);
  request.ticket = intake.submitting.keep_moment(code, request);
  return send_again(call, again_page(call, known_time_zone(intake, code), request, "queue.unknown_title"),
                    std::chrono::seconds(5));
}

Response submit_application(const Call& call) {
  services::UseCases& intake = load_intake(call);
  const services::Applicant applicant = applicant_of(call);
  const ExamCode code(call.path.at("notice"));
  services::SubmitRequest request = read_submission(call);
  const std::string review = fmt::format("/{}/apply/{}/review", code_of(call.language), encode_percent(code.text()));
  try {
    const services::Submitted submitted = intake.submitting.submit(applicant, code, request);
    return redirect(application_address(call, submitted.application.id) + "?done=submitted");
  } catch (const services::InQueue& waits) {
    // What the person sees and sends again is the first try.
    request.received_at = waits.first_received();
    request.ticket = waits.ticket();
    Page page = again_page(call, known_time_zone(intake, code), request, "queue.title");
    page.data["place"] = group_digits(waits.place());
    page.data["lead"] = call.site.pages().text(call.language, "queue.lead");
    return send_again(call, std::move(page), waits.retry_after());
  } catch (const Unavailable&) {
    // What was complete before closing stays so however long the database is away.
    request.ticket = intake.submitting.keep_moment(code, request);
    return send_again(call, again_page(call, known_time_zone(intake, code), request, "queue.unknown_title"),
                      std::chrono::seconds(5));
  } catch (const services::FormIncomplete&) {
    return redirect(review);
  } catch (const services::DraftChanged&) {
    return redirect(review + "?changed=yes");
  } catch (const services::OtherForm&) {
    return redirect(review + "?changed=form");
  } catch (const services::NotOpen& late) {
    return show_late(call, intake.notices.load_notice(code)->notice, request, late);
  }
}

}  // namespace hanjari::web
