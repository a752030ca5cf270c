// The notice of a recruitment: what can be applied for, by whom, until when; and its dates as a calendar file.
#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/intake/use_cases.h"
#include "hanjari/site/site.h"
#include "intake/pages/notice_pages.h"
#include "intake/pages/notice_view.h"
#include "intake/pages/portal_call.h"
#include "site/pages/pages.h"

namespace hanjari::web {

Response show_notice(const Call& call) {
  services::UseCases& intake = load_intake(call);
  const auto stored = intake.notices.load_notice(ExamCode(call.path.at("notice")));
  const auto competition = intake.notices.list_competition(*stored, call.site.now());
  const std::string code = encode_percent(stored->notice.header.code.text());
  Page page{.name = "notice", .title = name_of_exam(stored->notice.header, call.language)};
  page.data = describe_notice(call.site.pages(), *stored, competition, call.site.now(), call.language);
  page.data["apply_address"] = fmt::format("/{}/apply/{}", code_of(call.language), code);
  page.data["calendar_address"] = fmt::format("/{}/notices/{}/calendar", code_of(call.language), code);
  return show(call, page);
}

Response download_calendar(const Call& call) {
  services::UseCases& intake = load_intake(call);
  const auto stored = intake.notices.load_notice(ExamCode(call.path.at("notice")));
  Response response;
  response.type = "text/calendar; charset=utf-8";
  response.body = write_calendar_file(call.site.pages(), stored->notice, call.site.now(), call.language);
  response.set_header("Content-Disposition", "attachment; filename=\"exam.ics\"");
  return response;
}

}  // namespace hanjari::web
