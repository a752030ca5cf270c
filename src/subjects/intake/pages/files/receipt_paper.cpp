// The receipt as people keep it: a page of paper beside the signed text, in the language of the page.
#include <fmt/format.h>

#include "hanjari/documents/fact_sheet.h"
#include "hanjari/domain/application_number.h"
#include "hanjari/site/site.h"
#include "intake/pages/notice_view.h"
#include "intake/pages/own_application.h"
#include "intake/pages/own_pages.h"
#include "site/pages/pages.h"

namespace hanjari::web {

Response download_receipt_paper(const Call& call) {
  const Own own = load_own(call);
  const Pages& pages = call.site.pages();
  const auto say = [&](const char* name) { return pages.text(call.language, name); };
  const Application& application = own.application;
  const std::string& zone = own.notice().header.time_zone;
  documents::FactSheet sheet;
  sheet.title = say("status.receipt_title");
  sheet.heading = name_of_exam(own.notice().header, call.language);
  sheet.made_at = call.site.now();
  sheet.language = call.language;
  sheet.issuer = call.site.settings().institution.name.in(call.language);
  sheet.rows = {{say("status.id"), write_application_number(application.id)},
                {say("apply.name"), application.form.name},
                {say("notice.unit"), write_unit(pages, own.unit().unit, call.language)},
                {say("home.exam_day"), write_day(own.calendar().exam_on, call.language)},
                {say("status.submitted_at"), write_moment(application.submitted_at, zone, call.language)},
                {say("notice.fee"), write_won(pages, application.fee, call.language)},
                {say("recruitment.state"), name_of_state(application).in(call.language)}};
  if (application.paid_at && application.fee > 0)
    sheet.rows.push_back({say("status.paid_at"), write_moment(*application.paid_at, zone, call.language)});
  sheet.rows.push_back({say("status.printed_at"), write_moment(call.site.now(), zone, call.language)});
  if (application.state == ApplicationState::submitted && application.fee > 0)
    sheet.notes.push_back(say("status.receipt_unpaid"));
  sheet.notes.push_back(say("status.receipt_note"));
  Response response;
  response.type = "application/pdf";
  response.body = documents::render_fact_sheet(sheet).bytes;
  response.set_header("Content-Disposition", "attachment; filename=\"receipt.pdf\"");
  return response;
}

}  // namespace hanjari::web
