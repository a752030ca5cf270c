// Calls that nobody has answered yet are taken back: after a question that says how many people are concerned, or by the API.
#include <algorithm>

#include <fmt/format.h>

#include "hanjari/base/typed_text.h"
#include "hanjari/invigilators/substitutes.h"
#include "invigilators/pages/duty_calls.h"
#include "invigilators/pages/substitutes_page.h"

namespace hanjari::web {
namespace {

using nlohmann::json;
using ordered = nlohmann::ordered_json;

bool is_duty_role(const std::string& word) {
  return std::any_of(all_duty_roles.begin(), all_duty_roles.end(), [&](DutyRole role) { return hanjari::spell(role) == word; });
}

services::TakeBackWish take_back_wish_in(const Values& fields) {
  services::TakeBackWish wish;
  wish.venue = VenueCode(clean_line(field_of(fields, "venue")));
  wish.role = duty_role_in(field_of(fields, "role"));
  wish.people = numbers_in(field_of(fields, "people"));
  return wish;
}

std::vector<InvigilatorId> take_back_sent_calls(const Call& call, const Values& fields) {
  const DutyCall of = duties_of_call(call);
  return services::take_back_calls(of.invigilators, of.exams, of.code, take_back_wish_in(fields), of.part, own_page_address(call),
                                   duty_change(call, field_of(fields, "reason")));
}

}  // namespace

Response ask_to_take_back(const Call& call) {
  const Pages& pages = call.site.pages();
  const DutyCall of = duties_of_call(call);
  // Of a place that no address names nobody is awaited, as of one that is not the reader's.
  const bool names_a_place = is_duty_role(field_of(call.query, "role"));
  const services::TakeBackWish wish = names_a_place ? take_back_wish_in(call.query) : services::TakeBackWish{};
  const auto awaited = services::list_awaited(of.invigilators, of.code, wish, of.part, call.site.now());
  const auto venues = name_own_venues(call, of);
  const auto venue = venues.find(wish.venue);
  Page page{.name = "take_back", .title = pages.text(call.language, "take_back.title")};
  json people = json::array();
  std::string numbers;
  std::vector<InvigilatorId> shown;
  for (const services::ListedPerson& person : awaited) {
    shown.push_back(person.facts.id);
    numbers += (numbers.empty() ? "" : " ") + person.facts.id.text();
    people.push_back({{"name", fmt::format("{} ({})", person.facts.name, person.facts.id.text())},
                      {"until", write_moment(person.calls.back().until, of.head.time_zone)}});
  }
  record_people_shown(call, of, "duties.read", shown);
  const std::string count = group_digits(std::ssize(awaited));
  page.data = {{"exam", call.language == Language::korean ? of.head.name_ko : of.head.name_en},
               {"back", address_of_substitutes(call, of.code)},
               {"none", awaited.empty()},
               {"ask", false}};
  if (!awaited.empty()) {
    page.data["ask"] = {
        {"place", fmt::format("{} · {}", venue == venues.end() ? wish.venue.text() : venue->second,
                              hanjari::name_of(wish.role).in(call.language))},
        {"question", pages.text(call.language, awaited.size() == 1 ? "take_back.question_one" : "take_back.question", {{"people", count}})},
        {"people", std::move(people)},
        {"action", address_of_substitutes(call, of.code) + "/take-backs"},
        {"form_token", call.form_token},
        {"venue", wish.venue.text()},
        {"role", hanjari::spell(wish.role)},
        {"numbers", numbers}};
  }
  return show(call, page);
}

Response take_back_shown_calls(const Call& call) {
  take_back_sent_calls(call, call.form);
  return redirect(address_of_substitutes(call, ExamCode(call.path.at("code"))));
}

Response take_back_calls_by_api(const Call& call) {
  ordered answer{{"taken_back", ordered::array()}};
  for (const InvigilatorId& id : take_back_sent_calls(call, fields_of_json(call))) answer["taken_back"].push_back(id.text());
  return answer_json(answer);
}

}  // namespace hanjari::web
