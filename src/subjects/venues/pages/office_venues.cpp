// The venues an officer or coordinator looks after.
#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "hanjari/base/typed_text.h"
#include "hanjari/domain/district_facts.h"
#include "hanjari/site/site.h"
#include "site/pages/counts.h"
#include "site/pages/pages.h"
#include "venues/pages/letters/letter_calls.h"
#include "venues/pages/office_venues.h"

namespace hanjari::web {
namespace {

constexpr std::size_t venues_per_page = 25;

std::string value_of(const Values& values, const char* name) {
  const auto found = values.find(name);
  return found == values.end() ? std::string{} : found->second;
}

// Latin letters without case; everything else as written.
std::string folded(std::string text) {
  for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return text;
}

bool mentions(const services::VenueSummary& venue, const std::string& words) {
  const std::string text = folded(venue.name + "\n" + venue.code.text() + "\n" + venue.address);
  std::size_t at = 0;
  const std::string wanted = folded(words);
  while (at < wanted.size()) {
    const std::size_t end = std::min(wanted.find(' ', at), wanted.size());
    if (end > at && text.find(wanted.substr(at, end - at)) == std::string::npos) return false;
    at = end + 1;
  }
  return true;
}

nlohmann::json describe_venue(const Call& call, const services::LiveExam& exam, const services::VenueSummary& venue) {
  const Pages& pages = call.site.pages();
  const std::string rosters = fmt::format("/api/v1/exams/{}/venues/{}/rosters", encode_percent(exam.code.text()),
                                          encode_percent(venue.code.text()));
  return {{"code", venue.code.text()},
          {"name", venue.name},
          {"district", name_of_district(venue.district.text()).in(call.language)},
          {"address", venue.address},
          {"rooms", write_count(venue.rooms, Counted::rooms, call.language)},
          {"people", write_count(venue.people, Counted::people, call.language)},
          {"empty", venue.people == 0},
          {"has_people", venue.people > 0},
          {"pdf", rosters + ".pdf?language=" + std::string(code_of(call.language))},
          {"xlsx", rosters + ".xlsx?language=" + std::string(code_of(call.language))},
          {"csv", rosters + ".csv?language=" + std::string(code_of(call.language))},
          {"pdf_label", pages.text(call.language, "venues.roster_pdf_of", {{"venue", venue.name}})},
          {"xlsx_label", pages.text(call.language, "venues.roster_xlsx_of", {{"venue", venue.name}})},
          {"csv_label", pages.text(call.language, "venues.roster_csv_of", {{"venue", venue.name}})}};
}

std::string page_address(const Call& call, const std::string& search, const std::string& district, std::size_t page) {
  return fmt::format("{}?search={}&district={}&page={}", call.request.path, encode_percent(search),
                     encode_percent(district), page);
}

std::size_t page_wanted(const Values& query, std::size_t pages) {
  std::size_t wanted = 0;
  for (const char c : value_of(query, "page").substr(0, 6)) {
    if (c < '0' || c > '9') return 1;
    wanted = wanted * 10 + static_cast<std::size_t>(c - '0');
  }
  return std::clamp(wanted, std::size_t{1}, pages);
}

// Other pages of this exam, as far as the reader has any.
void add_pages_of_exam(const Call& call, const services::LiveExam& exam, nlohmann::json& data) {
  const std::string of_exam = fmt::format("/{}/exams/{}", code_of(call.language), encode_percent(exam.code.text()));
  data["papers"] = of_exam + "/own-papers";
  if (call.site.materials() != nullptr) data["materials"] = {{"address", of_exam + "/materials"}};
  // Of the day and of its people a chief has pages of one venue only.
  if (call.actor().role == services::Role::venue_chief) return;
  if (call.site.venue_letters() != nullptr && call.site.venue_offers() != nullptr) {
    data["letters"] = {{"address", of_exam + "/venue-letters"}, {"unread", false}};
    if (const std::int64_t unread = count_unread_letters(call, exam.code); unread > 0)
      data["letters"]["unread"] = {{"count", group_digits(unread)}};
  }
  if (call.site.materials() != nullptr) data["briefings"] = {{"address", of_exam + "/briefings"}};
  if (call.site.invigilators() != nullptr) data["duties"] = {{"address", of_exam + "/duties"}};
}

}  // namespace

Response show_venues(const Call& call) {
  const Pages& pages = call.site.pages();
  const services::LiveExam& exam = call.live_exam();
  const auto own = services::list_own_venues(call.site.plans(), call.actor(), exam.code);
  const std::string search = clean_line(value_of(call.query, "search"));
  const std::string district = clean_signs(value_of(call.query, "district"));

  std::map<DistrictCode, std::size_t> districts;
  for (const auto& venue : own) ++districts[venue.district];
  std::vector<const services::VenueSummary*> shown;
  for (const auto& venue : own) {
    if ((district.empty() || venue.district.text() == district) && mentions(venue, search)) shown.push_back(&venue);
  }

  const std::size_t page_count = std::max<std::size_t>(1, (shown.size() + venues_per_page - 1) / venues_per_page);
  const std::size_t page_no = page_wanted(call.query, page_count);
  Page page{.name = "venues", .title = pages.text(call.language, "venues.title")};
  page.data["exam"] = {{"name", call.language == Language::korean ? exam.name_ko : exam.name_en},
                       {"on", write_day(exam.exam_on, call.language)}};
  page.data["action"] = call.request.path;
  if (call.actor().role == services::Role::exam_officer && call.site.jobs() != nullptr)
    page.data["plans"] = {
        {"address", fmt::format("/{}/exams/{}/plans", code_of(call.language), encode_percent(exam.code.text()))},
        {"jobs", fmt::format("/{}/jobs", code_of(call.language))}};
  add_pages_of_exam(call, exam, page.data);
  page.data["search"] = search;
  page.data["filtered"] = !search.empty() || !district.empty();
  page.data["several_districts"] = districts.size() > 1;
  page.data["districts"] = nlohmann::json::array();
  for (const auto& [code, count] : districts) {
    page.data["districts"].push_back(
        {{"code", code.text()},
         {"name", name_of_district(code.text()).in(call.language)},
         {"count", std::to_string(count)},
         {"chosen", code.text() == district}});
  }
  page.data["scope"] = call.actor().district ? pages.text(call.language, "venues.scope_district",
                                                          {{"district", name_of_district(call.actor().district->text()).in(call.language)}})
                                             : pages.text(call.language, "venues.scope_all");
  std::int64_t people = 0;
  std::int64_t rooms = 0;
  for (const auto* venue : shown) {
    people += venue->people;
    rooms += venue->rooms;
  }
  page.data["summary"] = pages.text(call.language, "venues.summary",
                                    {{"venues", group_digits(static_cast<long long>(shown.size()))},
                                     {"rooms", group_digits(rooms)},
                                     {"people", group_digits(people)}});
  page.data["venues"] = nlohmann::json::array();
  for (std::size_t at = (page_no - 1) * venues_per_page; at < std::min(shown.size(), page_no * venues_per_page); ++at) {
    page.data["venues"].push_back(describe_venue(call, exam, *shown[at]));
  }
  page.data["any"] = !shown.empty();
  page.data["none_at_all"] = own.empty();
  page.data["none_found"] = shown.empty() && !own.empty();
  page.data["paged"] = page_count > 1;
  page.data["page_of"] = pages.text(call.language, "venues.page_of",
                                    {{"page", std::to_string(page_no)}, {"pages", std::to_string(page_count)}});
  if (page_no > 1) page.data["previous"] = {{"address", page_address(call, search, district, page_no - 1)}};
  if (page_no < page_count) page.data["next"] = {{"address", page_address(call, search, district, page_no + 1)}};
  return show(call, page);
}

}  // namespace hanjari::web
