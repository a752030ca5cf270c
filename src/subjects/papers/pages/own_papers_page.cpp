#include "papers/pages/own_papers_page.h"

#include <algorithm>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/local_time.h"
#include "hanjari/documents/papers.h"
#include "hanjari/documents/subject_names.h"
#include "hanjari/intake/notice_of_exam.h"
#include "hanjari/papers/own_papers.h"
#include "hanjari/site/site.h"
#include "hanjari/venues/venue_chiefs.h"
#include "papers/pages/unsaid_units.h"
#include "site/pages/json_call.h"
#include "site/pages/pages.h"

namespace hanjari::web {
namespace {

using nlohmann::json;

// From a list with commas, and from the boxes of a form.
std::vector<std::string> words_in_query(const Values& query, const char* list, const std::string& box) {
  std::vector<std::string> words;
  const std::string listed = field_of(query, list);
  for (std::size_t at = 0; at < listed.size();) {
    const std::size_t end = std::min(listed.find(',', at), listed.size());
    if (end > at) words.push_back(listed.substr(at, end - at));
    at = end + 1;
  }
  for (const auto& [name, value] : query) {
    if (name.starts_with(box) && !value.empty()) words.push_back(name.substr(box.size()));
  }
  return words;
}

services::OwnPapersWish own_wish_of(const Call& call) {
  services::OwnPapersWish wish;
  wish.venue = VenueCode(field_of(call.query, "venue"));
  wish.papers = words_in_query(call.query, "papers", "paper_");
  wish.formats = words_in_query(call.query, "formats", "format_");
  const std::string language = field_of(call.query, "language");
  wish.language = language.empty() ? call.language : language == "en" ? Language::english : Language::korean;
  wish.since = field_of(call.query, "since");
  return wish;
}

std::optional<VenueCode> venue_of_chief(const Call& call) {
  if (call.site.venue_chiefs() == nullptr) return std::nullopt;
  return services::find_own_venue(*call.site.venue_chiefs(), call.actor(), call.live_exam().code);
}

// Asks the database anew what session and venue are by now.
bool has_rights_still(const Call& call, const std::optional<VenueCode>& venue) {
  const auto session = services::find_session(call.site.accounts(), call.session_token, call.site.now());
  if (!session || session->actor.role != call.actor().role || session->actor.district != call.actor().district) return false;
  return venue_of_chief(call) == venue;
}

services::OwnPapersDesk own_papers_desk(const Call& call) {
  services::OwnPapersDesk desk{call.site.plans(), call.site.access(), call.site.audit(), call.actor(), venue_of_chief(call), {}, {}};
  const auto notice = services::find_notice_of_exam(call.site.intake(), call.live_exam().code);
  desk.subjects = documents::subject_names_of(notice == nullptr ? nullptr : &notice->notice);
  desk.portraits = services::portraits_of(call.site.intake(), call.live_exam().code);
  desk.has_rights_still = [&call, venue = desk.own_venue] { return has_rights_still(call, venue); };
  return desk;
}

std::vector<services::OwnEdition> own_editions_of(const services::OwnPapersDesk& desk, const ExamCode& exam) {
  if (desk.trail == nullptr) return {};
  return services::list_own_editions(*desk.trail, desk.actor, exam);
}

json shown_editions(const Call& call, const services::OwnPapersDesk& desk, const services::LiveExam& exam) {
  constexpr std::size_t digits_shown = 12;
  json rows = json::array();
  for (const services::OwnEdition& edition : own_editions_of(desk, exam.code)) {
    rows.push_back({{"value", edition.plan},
                    {"label", call.site.pages().text(call.language, "own_papers.edition",
                                                     {{"at", write_moment(edition.taken_at, exam.time_zone)},
                                                      {"plan", edition.plan.substr(0, digits_shown)}})}});
  }
  return rows;
}

Response give_own_papers(const Call& call, const services::OwnPapersWish& wish) {
  const auto templates = call.site.printed_templates();
  services::OwnPapers taken =
      services::take_own_papers(own_papers_desk(call), call.live_exam(), wish, templates.get(), call.site.now());
  Response response;
  response.type = "application/zip";
  response.body = std::move(taken.bytes);
  response.set_header("Content-Disposition", fmt::format("attachment; filename=\"papers.zip\"; filename*=UTF-8''{}", encode_percent(taken.name)));
  return response;
}

}  // namespace

Response show_own_papers(const Call& call) {
  const Pages& pages = call.site.pages();
  const services::LiveExam& exam = call.live_exam();
  const services::OwnPapersDesk desk = own_papers_desk(call);
  const bool is_chief = call.actor().role == services::Role::venue_chief;
  Page page{.name = "own_papers", .title = pages.text(call.language, "own_papers.title")};
  page.data = {{"exam", {{"name", call.language == Language::korean ? exam.name_ko : exam.name_en},
                         {"on", write_day(exam.exam_on, call.language)}}},
               {"action", fmt::format("/api/v1/exams/{}/own-papers", encode_percent(exam.code.text()))},
               {"back", is_chief ? fmt::format("/{}/own-venues", code_of(call.language))
                                 : fmt::format("/{}/exams/{}/venues", code_of(call.language), encode_percent(exam.code.text()))},
               {"back_words", pages.text(call.language, is_chief ? "chiefs.own_title" : "own_papers.back")},
               {"editions", shown_editions(call, desk, exam)},
               {"korean", call.language == Language::korean},
               {"venues", json::array()},
               {"papers", json::array()}};
  for (const services::VenueSummary& venue : services::list_own_venues(desk.plans, desk.actor, exam.code, desk.own_venue)) {
    if (venue.people > 0)
      page.data["venues"].push_back({{"code", venue.code.text()}, {"label", fmt::format("{} ({})", venue.name, venue.code.text())}});
  }
  page.data["any"] = !page.data["venues"].empty();
  page.data["any_edition"] = !page.data["editions"].empty();
  page.data["unsaid"] = show_unsaid_times(call, find_unsaid_units(call, desk.plans.list_units(exam.code)));
  for (const documents::PaperKind& kind : documents::paper_kinds()) {
    std::string formats;
    for (const documents::PaperFormat format : kind.formats)
      formats += (formats.empty() ? "" : ", ") + std::string(documents::spell(format));
    page.data["papers"].push_back({{"name", "paper_" + kind.name},
                                   {"label", kind.title.in(call.language)},
                                   {"formats", formats},
                                   {"chosen", kind.name == "roster"}});
  }
  return show(call, page);
}

Response download_own_papers(const Call& call) {
  return give_own_papers(call, own_wish_of(call));
}

Response list_own_editions_by_api(const Call& call) {
  const services::OwnPapersDesk desk = own_papers_desk(call);
  const ExamCode& exam = call.live_exam().code;
  services::list_own_venues(desk.plans, desk.actor, exam, desk.own_venue);  // whose venue was taken back is told nothing
  nlohmann::ordered_json answer{{"editions", nlohmann::ordered_json::array()}};
  for (const services::OwnEdition& edition : own_editions_of(desk, exam)) {
    answer["editions"].push_back({{"plan", edition.plan},
                                  {"taken_at", format_instant(edition.taken_at)},
                                  {"files", edition.prints.size()}});
  }
  const UnsaidUnits unsaid = find_unsaid_units(call, desk.plans.list_units(exam));
  answer["without_start"] = unsaid.without_start;
  answer["without_seating"] = unsaid.without_seating;
  return answer_json(answer);
}

Response download_papers_of_venue(const Call& call) {
  services::OwnPapersWish wish = own_wish_of(call);
  wish.venue = VenueCode(call.path.at("venue_code"));
  return give_own_papers(call, wish);
}

}  // namespace hanjari::web
