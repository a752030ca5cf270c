// Calls and invitations that nobody has answered yet are taken back: after a question that says how many people are concerned, or
// by the API.
#include <algorithm>

#include <fmt/format.h>

#include "hanjari/base/typed_text.h"
#include "hanjari/invigilators/duty_people.h"
#include "hanjari/invigilators/substitutes.h"
#include "invigilators/pages/duty_calls.h"
#include "invigilators/pages/substitutes_page.h"

namespace hanjari::web {
namespace {

using nlohmann::json;
using ordered = nlohmann::ordered_json;

constexpr std::size_t most_named = 50;  // on the page

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

std::vector<InvigilatorId> take_back_sent_invitations(const Call& call, const Values& fields) {
  const DutyCall of = duties_of_call(call);
  return services::take_back_invitations(of.invigilators, of.exams, of.code, numbers_in(field_of(fields, "people")), of.part,
                                         own_page_address(call), duty_change(call, field_of(fields, "reason")));
}

Response answer_taken_back(const std::vector<InvigilatorId>& people) {
  ordered answer{{"taken_back", ordered::array()}};
  for (const InvigilatorId& id : people) answer["taken_back"].push_back(id.text());
  return answer_json(answer);
}

struct AwaitedPerson {
  InvigilatorId id;
  std::string name;
  Instant until{};
};

struct TakeBackQuestion {
  const char* title = "";  // keys of messages
  const char* words = "";
  std::string heading;
  std::string back;  // the page that led here, under whose address the answer is sent
  std::string back_name;
  Values kept;  // what the answer says beside the people
  std::vector<AwaitedPerson> people;
};

// The first of them are named; how many there are is said of all, and all are meant.
json describe_question(const Call& call, const DutyCall& of, const TakeBackQuestion& question, std::vector<InvigilatorId>& shown) {
  const Pages& pages = call.site.pages();
  json people = json::array();
  std::string numbers;
  for (const AwaitedPerson& person : question.people) {
    numbers += (numbers.empty() ? "" : " ") + person.id.text();
    // Whose number stands in the form is shown, with the name or without.
    shown.push_back(person.id);
    if (people.size() == most_named) continue;
    people.push_back({{"name", fmt::format("{} ({})", person.name, person.id.text())},
                      {"until", write_deadline(person.until, of.head.time_zone)}});
  }
  json asked{{"heading", question.heading},
             {"question", pages.text(call.language, question.words, {{"people", group_digits(std::ssize(question.people))}})},
             {"people", std::move(people)},
             {"more", false},
             {"action", question.back + "/take-backs"},
             {"form_token", call.form_token},
             {"kept", json::array()}};
  asked["kept"].push_back({{"name", "people"}, {"value", numbers}});
  for (const auto& [name, value] : question.kept) asked["kept"].push_back({{"name", name}, {"value", value}});
  if (question.people.size() > most_named) {
    asked["more"] = pages.text(call.language, "substitutes.more",
                               {{"people", group_digits(static_cast<std::int64_t>(question.people.size() - most_named))}});
  }
  return asked;
}

Response show_question(const Call& call, const DutyCall& of, const TakeBackQuestion& question) {
  Page page{.name = "take_back", .title = call.site.pages().text(call.language, question.title)};
  page.data = {{"exam", call.language == Language::korean ? of.head.name_ko : of.head.name_en},
               {"title", page.title},
               {"back", question.back},
               {"back_name", question.back_name},
               {"none", question.people.empty()},
               {"ask", false}};
  std::vector<InvigilatorId> shown;
  if (!question.people.empty()) page.data["ask"] = describe_question(call, of, question, shown);
  record_people_shown(call, of, "duties.read", shown);
  return show(call, page);
}

}  // namespace

Response ask_to_take_back(const Call& call) {
  const DutyCall of = duties_of_call(call);
  // Of a place that no address names nobody is awaited, as of one that is not the reader's.
  const bool names_a_place = is_duty_role(field_of(call.query, "role"));
  const services::TakeBackWish wish = names_a_place ? take_back_wish_in(call.query) : services::TakeBackWish{};
  const auto awaited = services::list_awaited(of.invigilators, of.code, wish, of.part, call.site.now());
  const auto venues = name_own_venues(call, of);
  const auto venue = venues.find(wish.venue);
  TakeBackQuestion question;
  question.title = "take_back.title";
  question.words = awaited.size() == 1 ? "take_back.question_one" : "take_back.question";
  question.heading = fmt::format("{} · {}", venue == venues.end() ? wish.venue.text() : venue->second,
                                 hanjari::name_of(wish.role).in(call.language));
  question.back = address_of_substitutes(call, of.code);
  question.back_name = call.site.pages().text(call.language, "substitutes.title");
  question.kept = {{"venue", wish.venue.text()}, {"role", std::string(hanjari::spell(wish.role))}};
  for (const services::ListedPerson& person : awaited)
    question.people.push_back({person.facts.id, person.facts.name, person.calls.back().until});
  return show_question(call, of, question);
}

Response ask_to_take_back_invitations(const Call& call) {
  const DutyCall of = duties_of_call(call);
  TakeBackQuestion question;
  question.title = "take_back.invitations_title";
  question.back = address_of_people(call, of.code);
  question.back_name = call.site.pages().text(call.language, "invigilators.title");
  question.heading = call.site.pages().text(call.language, question.title);
  for (const services::ListedPerson& person : services::list_invited(
           of.invigilators, of.code, numbers_in(field_of(call.query, "people")), of.part, call.site.now()))
    question.people.push_back({person.facts.id, person.facts.name, person.invited_until.value_or(Instant{})});
  question.words = question.people.size() == 1 ? "take_back.invited_one" : "take_back.invited";
  return show_question(call, of, question);
}

Response take_back_shown_calls(const Call& call) {
  const bool any = !take_back_sent_calls(call, call.form).empty();
  return redirect(address_of_substitutes(call, ExamCode(call.path.at("code"))) + (any ? "?done=taken_back" : ""));
}

Response take_back_calls_by_api(const Call& call) {
  return answer_taken_back(take_back_sent_calls(call, fields_of_json(call)));
}

Response take_back_shown_invitations(const Call& call) {
  const bool any = !take_back_sent_invitations(call, call.form).empty();
  return redirect(address_of_people(call, ExamCode(call.path.at("code"))) + (any ? "?done=taken_back" : ""));
}

Response take_back_invitations_by_api(const Call& call) {
  return answer_taken_back(take_back_sent_invitations(call, fields_of_json(call)));
}

}  // namespace hanjari::web
