#include "seats/pages/slip_response.h"

#include <fmt/format.h>

#include "hanjari/documents/slip.h"
#include "hanjari/documents/subject_names.h"
#include "hanjari/site/site.h"
#include "site/pages/pages.h"
#include "site/protection.h"

namespace hanjari::web {
namespace {

// A name of this machine for itself, with or without a port.
bool is_this_machine(std::string_view host) {
  for (const std::string_view name : {"localhost", "127.0.0.1", "[::1]"}) {
    if (!host.starts_with(name)) continue;
    const std::string_view rest = host.substr(name.size());
    if (rest.empty()) return true;
    if (rest.front() == ':' && rest.find_first_not_of("0123456789", 1) == std::string_view::npos) return true;
  }
  return false;
}

}  // namespace

std::string check_address_for(const Call& call) {
  const std::string& configured = call.site.settings().check_url;
  if (!configured.empty()) return configured;
  // Whoever asks says the Host as they like, and a printed code leads whoever scans it there. So it counts on this machine only.
  const auto host = call.request.header("host");
  return is_this_machine(host) ? fmt::format("{}://{}/check", is_encrypted(call) ? "https" : "http", host) : std::string();
}

Response answer_slip(const Call& call, const PlannedExam& seat, const Recruitment* notice, const std::string& plan_digest,
                     const std::string& portrait) {
  const auto templates = call.site.shown_templates();
  documents::PaperContext context;
  context.language = call.language;
  context.printed_at = call.site.now();
  context.plan_digest = plan_digest;
  context.templates = templates.get();
  context.portraits = [&portrait](const Applicant&) { return portrait; };
  context.check_url = check_address_for(call);
  context.subjects = documents::subject_names_of(notice);
  Response response;
  response.type = "application/pdf";
  response.body = documents::render_slip_pdf(seat, seat.plan.placements.front().applicant, context).bytes;
  response.set_header("Content-Disposition",
                      "attachment; filename=\"admission-slip.pdf\"; filename*=UTF-8''" +
                          encode_percent(call.site.pages().text(call.language, "seat.slip_file")));
  return response;
}

}  // namespace hanjari::web
