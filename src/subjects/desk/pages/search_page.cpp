// One search over applications, seats and venues.
#include <fmt/format.h>

#include "desk/pages/desk_pages.h"
#include "hanjari/base/error.h"
#include "hanjari/base/people.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/desk/search.h"
#include "hanjari/domain/application_number.h"
#include "hanjari/domain/district_facts.h"
#include "hanjari/site/site.h"
#include "site/pages/json_call.h"
#include "site/pages/pages.h"

namespace hanjari::web {
namespace {

using nlohmann::json;

services::Found found_by(const Call& call, const std::string& query) {
  const services::SearchNeeds needs{call.site.intake(), call.site.plans(), call.site.access()};
  return services::search_office(needs, call.actor(), query, call.site.now());
}

std::string venues_of_exam(const Call& call, const ExamCode& exam) {
  return fmt::format("/{}/exams/{}/venues", code_of(call.language), encode_percent(exam.text()));
}

json describe_found_people(const Call& call, const services::Found& found) {
  json rows = json::array();
  for (const Application& person : found.people) {
    const std::string& id = person.id.text();
    rows.push_back({{"name", person.form.name.empty() ? id : person.form.name},
                    {"number", write_application_number(person.id)},
                    {"exam", person.exam.text()},
                    {"state", name_of(person.state).in(call.language)},
                    {"address", fmt::format("/{}/recruitments/{}/applications/{}", code_of(call.language),
                                            encode_percent(person.exam.text()), encode_percent(id))}});
  }
  return rows;
}

json describe_found_seats(const Call& call, const services::Found& found) {
  json rows = json::array();
  for (const services::FoundSeat& seat : found.seats) {
    rows.push_back({{"number", seat.number.text()},
                    {"exam", seat.exam.text()},
                    {"venue", seat.venue_name},
                    {"room", std::to_string(seat.room_no)},
                    {"address", venues_of_exam(call, seat.exam)}});
  }
  return rows;
}

json describe_found_venues(const Call& call, const services::Found& found) {
  json rows = json::array();
  for (const services::FoundVenue& one : found.venues) {
    rows.push_back({{"name", one.venue.name},
                    {"code", one.venue.code.text()},
                    {"exam", one.exam.text()},
                    {"district", name_of_district(one.venue.district.text()).in(call.language)},
                    {"place", one.venue.address},
                    {"address", venues_of_exam(call, one.exam)}});
  }
  return rows;
}

Page search_page(const Call& call, const std::string& query) {
  Page page{.name = "desk_search", .title = call.site.pages().text(call.language, "desk_search.title")};
  page.data = {{"back", fmt::format("/{}/exams", code_of(call.language))},
               {"action", fmt::format("/{}/searches", code_of(call.language))},
               {"form_token", call.form_token},
               {"query", query}};
  return page;
}

}  // namespace

Response show_desk_search(const Call& call) {
  return show(call, search_page(call, ""));
}

Response search_shown(const Call& call) {
  const std::string query = clean_line(field_of(call.form, "query"));
  Page page = search_page(call, query);
  page.repost = call.form;
  try {
    const services::Found found = found_by(call, query);
    const Pages& pages = call.site.pages();
    json result{{"heading", pages.text(call.language, "desk_search.found", {{"query", query}})},
                {"nothing", found.empty()},
                {"people", describe_found_people(call, found)},
                {"seats", describe_found_seats(call, found)},
                {"venues", describe_found_venues(call, found)},
                {"any_person", !found.people.empty()},
                {"any_seat", !found.seats.empty()},
                {"any_venue", !found.venues.empty()}};
    if (found.more) {
      result["more"] = {{"sentence", pages.text(call.language, "desk_search.more",
                                                {{"count", std::to_string(services::most_found)}})}};
    }
    page.data["result"] = std::move(result);
  } catch (const InvalidInput& refused) {
    page.status = 422;
    page.data["error"] = {{"sentence", refused.message().in(call.language)}};
  }
  return show(call, page);
}

Response search_by_api(const Call& call) {
  using nlohmann::ordered_json;
  const services::Found found = found_by(call, text_in(read_json(call), "query"));
  ordered_json answer{{"applications", ordered_json::array()},
                      {"seats", ordered_json::array()},
                      {"venues", ordered_json::array()},
                      {"more", found.more}};
  for (const Application& person : found.people) {
    answer["applications"].push_back({{"id", person.id.text()},
                                      {"exam", person.exam.text()},
                                      {"name", person.form.name},
                                      {"state", spell(person.state)}});
  }
  for (const services::FoundSeat& seat : found.seats) {
    answer["seats"].push_back({{"number", seat.number.text()},
                               {"exam", seat.exam.text()},
                               {"venue_code", seat.venue.text()},
                               {"room_no", seat.room_no}});
  }
  for (const services::FoundVenue& one : found.venues) {
    answer["venues"].push_back({{"venue_code", one.venue.code.text()},
                                {"name", one.venue.name},
                                {"exam", one.exam.text()},
                                {"district_code", one.venue.district.text()}});
  }
  return answer_json(answer);
}

}  // namespace hanjari::web
