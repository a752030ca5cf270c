#include "seats/pages/slip_response.h"

#include <fmt/format.h>

#include "hanjari/documents/slip.h"
#include "hanjari/site/site.h"
#include "site/pages/pages.h"
#include "site/protection.h"

namespace hanjari::web {

Response answer_slip(const Call& call, const PlannedExam& seat, const std::string& plan_digest,
                     const std::string& portrait) {
  documents::PaperContext context;
  context.language = call.language;
  context.printed_at = call.site.now();
  context.plan_digest = plan_digest;
  context.templates = &call.site.templates();
  context.portrait = portrait;
  // The check page stands where this one does.
  if (const std::string_view host = call.request.header("host"); !host.empty()) {
    context.check_url = fmt::format("{}://{}/check", is_encrypted(call) ? "https" : "http", host);
  }
  Response response;
  response.type = "application/pdf";
  response.body = documents::render_slip_pdf(seat, seat.plan.placements.front().applicant, context).bytes;
  response.set_header("Content-Disposition",
                      "attachment; filename=\"admission-slip.pdf\"; filename*=UTF-8''" +
                          encode_percent(call.site.pages().text(call.language, "seat.slip_file")));
  return response;
}

}  // namespace hanjari::web
