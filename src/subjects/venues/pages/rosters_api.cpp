// Rosters of a venue as files. The download is recorded and the copy marked with who took it.
#include <fmt/format.h>

#include "hanjari/actor/token.h"
#include "hanjari/base/error.h"
#include "hanjari/documents/roster.h"
#include "hanjari/documents/subject_names.h"
#include "hanjari/intake/notice_of_exam.h"
#include "hanjari/site/site.h"
#include "site/pages/pages.h"
#include "site/pages/problems.h"
#include "venues/pages/chiefs/chiefs_page.h"
#include "venues/pages/rosters_api.h"

namespace hanjari::web {
namespace {

// As many digits as a copy of all papers has (own_papers.h).
constexpr std::size_t bytes_of_roster_mark = 6;

struct Format {
  std::string extension;
  std::string media_type;
  documents::Paper (*render)(const PlannedExam&, VenueIndex, const documents::PaperContext&);
};

const std::vector<Format>& formats() {
  static const std::vector<Format> offered{
      {"pdf", "application/pdf", documents::render_roster_pdf},
      {"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", documents::render_roster_xlsx},
      {"csv", "text/csv; charset=utf-8", documents::render_roster_csv}};
  return offered;
}

const Format& chosen_format(const Call& call) {
  const auto extension = call.path.find("format");
  std::vector<std::string> types;
  for (const Format& format : formats()) {
    if (extension != call.path.end() && extension->second == format.extension) return format;
    types.push_back(format.media_type);
  }
  const auto type =
      extension == call.path.end() ? choose_media_type(call.request.header("accept"), types) : std::nullopt;
  for (const Format& format : formats()) {
    if (type == format.media_type) return format;
  }
  throw Refused(406, "format_not_offered",
                {"Rosters are to be had as PDF, XLSX or CSV.", "명부는 PDF, XLSX, CSV로 받을 수 있습니다."});
}

Language language_wanted(const Call& call) {
  const auto found = call.query.find("language");
  if (found == call.query.end()) return call.language;
  return found->second == "en" ? Language::english : Language::korean;
}

}  // namespace

Response download_roster(const Call& call) {
  const Format& format = chosen_format(call);
  const services::LiveExam& exam = call.live_exam();
  const VenueCode venue(call.path.at("venue_code"));
  // Other programs read CSV files: they carry neither name nor digits.
  const std::string mark = format.extension == "csv" ? std::string() : services::draw_token(bytes_of_roster_mark);
  const PlannedExam planned =
      services::open_roster(call.site.plans(), call.site.access(), call.actor(), exam.code, venue, format.extension,
                            call.site.now(), own_venue_of(call, exam.code), mark);
  const auto templates = call.site.printed_templates();
  documents::PaperContext context;
  context.language = language_wanted(call);
  context.printed_at = call.site.now();
  context.plan_digest = exam.plan_digest;
  context.templates = templates.get();
  context.taken_by = call.actor().account;
  context.mark = mark;
  const auto notice = services::find_notice_of_exam(call.site.intake(), exam.code);
  context.subjects = documents::subject_names_of(notice == nullptr ? nullptr : &notice->notice);
  context.portraits = services::portraits_of(call.site.intake(), exam.code);
  Response response;
  response.type = format.media_type;
  response.body = format.render(planned, planned.exam.find(venue), context).bytes;
  // Codes only: a file name tells nothing about anybody.
  response.set_header("Content-Disposition",
                      fmt::format("attachment; filename=\"roster.{0}\"; filename*=UTF-8''roster-{1}.{0}",
                                  format.extension, encode_percent(venue.text())));
  response.set_header("Vary", "Accept");
  return response;
}

}  // namespace hanjari::web
