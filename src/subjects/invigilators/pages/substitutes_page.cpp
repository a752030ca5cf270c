#include "invigilators/pages/substitutes_page.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/local_time.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/invigilators/substitutes.h"
#include "invigilators/pages/duty_calls.h"
#include "site/pages/form_view.h"

namespace hanjari::web {
namespace {

using nlohmann::json;
using ordered = nlohmann::ordered_json;
using services::Vacancy;

constexpr std::size_t most_offered = 10;         // of a vacancy, on the page; the API gives all
constexpr std::size_t most_shown_vacancies = 40;  // on the page
constexpr std::int64_t metres_of_tenth = 100;

struct CallTime {
  const char* minutes;
  const char* called;
};
constexpr std::array<CallTime, 5> call_times{{{"30", "substitutes.half_hour"},
                                              {"120", "substitutes.two_hours"},
                                              {"720", "substitutes.half_day"},
                                              {"1440", "substitutes.day"},
                                              {"2880", "substitutes.two_days"}}};

using ListedById = std::map<InvigilatorId, services::ListedPerson>;

// Opens those who are shown and nobody else.
ListedById people_of_call(const DutyCall& of, const std::vector<Vacancy>& vacancies) {
  std::set<InvigilatorId> shown;
  for (std::size_t at = 0; at < std::min(vacancies.size(), most_shown_vacancies); ++at) {
    const Vacancy& vacancy = vacancies[at];
    shown.insert(vacancy.left.begin(), vacancy.left.end());
    shown.insert(vacancy.taken_off.begin(), vacancy.taken_off.end());
    for (const services::CalledPerson& called : vacancy.called) shown.insert(called.id);
    for (std::size_t one = 0; one < std::min(vacancy.next.size(), most_offered); ++one) shown.insert(vacancy.next[one].id);
  }
  ListedById people;
  for (services::ListedPerson& person : of.invigilators.find_people(of.code, {shown.begin(), shown.end()})) {
    const InvigilatorId id = person.facts.id;
    people.emplace(id, std::move(person));
  }
  return people;
}

std::string name_of_listed(const ListedById& people, const InvigilatorId& id) {
  const auto found = people.find(id);
  return found == people.end() ? id.text() : fmt::format("{} ({})", found->second.facts.name, id.text());
}

std::string kilometres_of(Metres metres) {
  const std::int64_t tenths = (metres + metres_of_tenth / 2) / metres_of_tenth;
  return fmt::format("{}.{} km", group_digits(tenths / 10), tenths % 10);
}

json describe_called(const Call& call, const DutyCall& of, const Vacancy& vacancy, const ListedById& people,
                     std::vector<InvigilatorId>& shown) {
  json rows = json::array();
  for (const services::CalledPerson& called : vacancy.called) {
    shown.push_back(called.id);
    rows.push_back({{"name", name_of_listed(people, called.id)},
                    {"state", services::name_of(called.state).in(call.language)},
                    {"until", write_deadline(called.until, of.head.time_zone)}});
  }
  return rows;
}

json describe_next(const Call& call, const Vacancy& vacancy, const ListedById& people, std::vector<InvigilatorId>& shown) {
  json rows = json::array();
  for (const staffing::Substitute& one : vacancy.next) {
    if (rows.size() == most_offered) break;
    const auto person = people.find(one.id);
    const bool consented = person != people.end() && person->second.state == services::PersonState::consented;
    shown.push_back(one.id);
    const auto off = vacancy.taken_off_for.find(one.id);
    rows.push_back({{"id", one.id.text()},
                    {"off", off == vacancy.taken_off_for.end() ? json(false) : json{{"reason", off->second}}},
                    {"rank", std::to_string(rows.size() + 1)},
                    {"is_first", rows.empty()},
                    {"may_call", vacancy.may_call},
                    {"name", name_of_listed(people, one.id)},
                    {"past", group_digits(one.past_duties)},
                    {"travel", kilometres_of(one.travel_m)},
                    {"consent", call.site.pages().text(call.language, consented ? "substitutes.has_consented" : "substitutes.to_ask")}});
  }
  return rows;
}

std::string count_in_words(const Call& call, std::int64_t places) {
  const char* const key = places == 0 ? "substitutes.filled" : places == 1 ? "substitutes.place_one" : "substitutes.places";
  return call.site.pages().text(call.language, key, {{"places", group_digits(places)}});
}

// Where calls that nobody has answered are taken back.
json describe_take_back(const Call& call, const DutyCall& of, const Vacancy& vacancy, const std::string& what) {
  const bool waits = std::any_of(vacancy.called.begin(), vacancy.called.end(),
                                 [](const auto& called) { return called.state == services::CallState::waiting; });
  if (!waits) return false;
  return {{"address", fmt::format("{}/take-backs?venue={}&role={}", address_of_substitutes(call, of.code),
                                  encode_percent(vacancy.venue.text()), hanjari::spell(vacancy.role))},
          {"what", what}};
}

// Whoever has accepted and stands nowhere yet; to exam officers alone, who see by which rule somebody cannot be placed.
json describe_placing(const Call& call, const DutyCall& of, const std::vector<Vacancy>& vacancies) {
  std::int64_t accepted = 0;
  for (const Vacancy& vacancy : vacancies) {
    accepted += std::count_if(vacancy.called.begin(), vacancy.called.end(),
                              [](const auto& called) { return called.state == services::CallState::accepted; });
  }
  if (!is_city(of) || accepted == 0) return false;
  const char* const key = accepted == 1 ? "substitutes.accepted_one" : "substitutes.accepted";
  return {{"words", call.site.pages().text(call.language, key, {{"people", group_digits(accepted)}})}};
}

json describe_times(const Call& call, const DutyCall& of) {
  const LocalTime there = local_time(call.site.now(), of.head.time_zone);
  // On the day itself an answer is needed within the half hour.
  const std::string usual = there.day == of.head.exam_on ? "30" : "1440";
  json times = json::array();
  for (const CallTime& time : call_times) {
    times.push_back({{"minutes", time.minutes},
                     {"called", call.site.pages().text(call.language, time.called)},
                     {"chosen", usual == time.minutes}});
  }
  return times;
}

// Who stood here: by their own word, and by an officer's.
json describe_left(const Call& call, const Vacancy& vacancy, const ListedById& people, std::vector<InvigilatorId>& shown) {
  json left = json::array();
  for (const InvigilatorId& id : vacancy.left) {
    shown.push_back(id);
    const auto person = people.find(id);
    const std::string reason = person == people.end() ? std::string() : person->second.reason;
    left.push_back({{"name", name_of_listed(people, id)},
                    {"state", person == people.end() ? "" : services::name_of(person->second.state).in(call.language)},
                    {"reason", reason.empty() ? json(false) : json(reason)}});
  }
  for (const InvigilatorId& id : vacancy.taken_off) {
    shown.push_back(id);
    const std::string& why = vacancy.taken_off_for.at(id);
    left.push_back({{"name", name_of_listed(people, id)},
                    {"state", call.site.pages().text(call.language, "substitutes.taken_off")},
                    {"reason", why.empty() ? json(false) : json(why)}});
  }
  return left;
}

json describe_shown_vacancy(const Call& call, const DutyCall& of, const Vacancy& vacancy, const ListedById& people,
                            const std::string& venue, std::size_t number, std::vector<InvigilatorId>& shown) {
  const Pages& pages = call.site.pages();
  const json left = describe_left(call, vacancy, people, shown);
  const std::string role = hanjari::name_of(vacancy.role).in(call.language);
  json described{{"number", std::to_string(number)},
                 {"venue_name", venue},
                 {"venue", vacancy.venue.text()},
                 {"role", hanjari::spell(vacancy.role)},
                 {"role_name", role},
                 {"places", count_in_words(call, vacancy.places)},
                 {"left", left},
                 {"any_left", !left.empty()},
                 {"called", describe_called(call, of, vacancy, people, shown)},
                 {"next", describe_next(call, vacancy, people, shown)},
                 {"enough", !vacancy.may_call},
                 {"awaited", !vacancy.may_call && vacancy.places > 0},
                 {"take_back", describe_take_back(call, of, vacancy, venue + " · " + role)},
                 {"more", vacancy.next.size() > most_offered
                              ? json(pages.text(call.language, "substitutes.more",
                                                {{"people", group_digits(static_cast<std::int64_t>(vacancy.next.size() - most_offered))}}))
                              : json(false)}};
  described["any_called"] = !described["called"].empty();
  described["any_next"] = !described["next"].empty();
  described["nobody"] = described["next"].empty() && vacancy.places > 0;
  described["times"] = describe_times(call, of);
  return described;
}

// What the address says was done; nothing for another word.
json describe_done_call(const Call& call) {
  const std::string word = field_of(call.query, "done");
  if (word == "called") return {{"words", call.site.pages().text(call.language, "substitutes.done_called")}};
  if (word == "placed") return {{"words", call.site.pages().text(call.language, "substitutes.done_placed")}};
  if (word == "none_waits") return {{"words", call.site.pages().text(call.language, "substitutes.done_none_waits")}};
  if (word == "taken_back") return {{"words", call.site.pages().text(call.language, "take_back.done")}};
  return false;
}

Response show_substitutes_page(const Call& call, const Error* refused) {
  const Pages& pages = call.site.pages();
  const DutyCall of = duties_of_call(call);
  const std::vector<Vacancy> vacancies =
      services::list_vacancies(of.invigilators, of.exams, *plan_copies_of(call), of.code, of.part, call.site.now());
  const ListedById people = people_of_call(of, vacancies);
  const auto venues = name_own_venues(call, of);
  Page page{.name = "substitutes", .title = pages.text(call.language, "substitutes.title")};
  page.data = {{"exam",
                {{"name", call.language == Language::korean ? of.head.name_ko : of.head.name_en},
                 {"on", write_day(of.head.exam_on, call.language)}}},
               {"way_back", describe_way_back(call, of)},
               {"address", address_of_substitutes(call, of.code)},
               {"people", address_of_people(call, of.code)},
               {"duties", address_of_duties(call, of.code)},
               {"form_token", call.form_token},
               {"rooms", of.part.rooms},
               {"done", describe_done_call(call)},
               {"placing", describe_placing(call, of, vacancies)},
               {"vacancies", json::array()}};
  std::vector<InvigilatorId> shown;
  for (const Vacancy& vacancy : vacancies) {
    if (page.data["vacancies"].size() == most_shown_vacancies) break;
    const auto name = venues.find(vacancy.venue);
    page.data["vacancies"].push_back(describe_shown_vacancy(call, of, vacancy, people,
                                                            name == venues.end() ? vacancy.venue.text() : name->second,
                                                            page.data["vacancies"].size() + 1, shown));
  }
  record_people_shown(call, of, "duties.read", shown);
  page.data["none"] = vacancies.empty();
  page.data["cut"] = vacancies.size() > most_shown_vacancies
                         ? json(pages.text(call.language, "substitutes.cut", {{"shown", std::to_string(most_shown_vacancies)},
                                                                              {"all", std::to_string(vacancies.size())}}))
                         : json(false);
  FormView form;
  if (refused != nullptr) {
    form.add_refusal(*refused, call.language);
    page.status = dynamic_cast<const Conflict*>(refused) != nullptr ? 409 : 422;
    page.title = pages.text(call.language, "seat_form.error_title", {{"title", page.title}});
  }
  form.describe(page.data);
  if (call.request.method == Method::post) page.repost = without_token(call.form);
  return show(call, page);
}

Instant call_sent_substitute(const Call& call, const Values& fields) {
  const DutyCall of = duties_of_call(call);
  services::CallWish wish;
  wish.venue = VenueCode(clean_line(field_of(fields, "venue")));
  wish.role = duty_role_in(field_of(fields, "role"));
  wish.person = InvigilatorId(clean_line(field_of(fields, "person")));
  const std::string minutes = clean_signs(field_of(fields, "minutes"));
  std::from_chars(minutes.data(), minutes.data() + minutes.size(), wish.minutes);
  return services::call_substitute(of.invigilators, of.exams, *plan_copies_of(call), of.code, wish, of.part,
                                   own_page_address(call), duty_change(call, field_of(fields, "reason")));
}

// Who was not placed and why, a fault each; and how many were.
InvalidInput refusal_of_placing(const services::PlacedSubstitutes& done) {
  Faults faults;
  const auto placed = std::ssize(done.placed);
  if (placed > 0) {
    faults.add({"", 0, "", {fmt::format("Placed: {}. Not placed:", group_digits(placed)),
                            fmt::format("배치한 사람 {}명. 배치하지 못한 사람:", group_digits(placed))}, {}});
  }
  for (const auto& [id, reasons] : done.reasons) {
    for (const Text& reason : reasons) {
      faults.add({"", 0, id.text(), {fmt::format("{} was not placed: {}", id.text(), reason.en),
                                     fmt::format("{} 배치하지 못함: {}", id.text(), reason.ko)}, {}});
    }
  }
  return InvalidInput("substitutes_not_placed",
                      {"Nobody of these could be placed.", "배치하지 못한 사람이 있습니다."}, std::move(faults));
}

}  // namespace

std::string address_of_substitutes(const Call& call, const ExamCode& code) {
  return fmt::format("/{}/exams/{}/substitutes", code_of(call.language), encode_percent(code.text()));
}

Response show_substitutes(const Call& call) {
  return show_substitutes_page(call, nullptr);
}

Response call_shown_substitute(const Call& call) {
  try {
    call_sent_substitute(call, call.form);
    return redirect(address_of_substitutes(call, ExamCode(call.path.at("code"))) + "?done=called");
  } catch (const InvalidInput& refused) {
    return show_substitutes_page(call, &refused);
  } catch (const Conflict& late) {
    // Of two coordinators of a district the slower one sees at once who was called.
    return show_substitutes_page(call, &late);
  }
}

Response describe_substitutes_by_api(const Call& call) {
  const DutyCall of = duties_of_call(call);
  ordered answer{{"rooms_considered", of.part.rooms}, {"vacancies", ordered::array()}};
  std::vector<InvigilatorId> shown;
  for (const Vacancy& vacancy :
       services::list_vacancies(of.invigilators, of.exams, *plan_copies_of(call), of.code, of.part, call.site.now())) {
    ordered row{{"venue_code", vacancy.venue.text()}, {"role", hanjari::spell(vacancy.role)}, {"places", vacancy.places},
                {"left", ordered::array()},           {"called", ordered::array()},           {"next", ordered::array()},
                {"taken_off", ordered::array()},      {"may_call", vacancy.may_call}};
    for (const InvigilatorId& id : vacancy.taken_off) {
      shown.push_back(id);
      row["taken_off"].push_back(id.text());
    }
    for (const InvigilatorId& id : vacancy.left) {
      shown.push_back(id);
      row["left"].push_back(id.text());
    }
    for (const services::CalledPerson& called : vacancy.called) {
      shown.push_back(called.id);
      row["called"].push_back({{"invigilator_id", called.id.text()},
                               {"state", services::spell(called.state)},
                               {"called_at", format_instant(called.called_at)},
                               {"until", format_instant(called.until)}});
    }
    for (const staffing::Substitute& one : vacancy.next) {
      shown.push_back(one.id);
      row["next"].push_back({{"invigilator_id", one.id.text()}, {"past_duties", one.past_duties}, {"travel_m", one.travel_m}});
    }
    answer["vacancies"].push_back(std::move(row));
  }
  record_people_shown(call, of, "duties.read", shown);
  return answer_json(answer);
}

Response call_substitute_by_api(const Call& call) {
  const Instant until = call_sent_substitute(call, fields_of_json(call));
  return answer_json({{"until", format_instant(until)}});
}

Response place_shown_accepted(const Call& call) {
  const DutyCall of = duties_of_call(call);
  const services::PlacedSubstitutes done =
      services::place_accepted(of.invigilators, of.exams, *plan_copies_of(call), of.code, duty_change(call, ""));
  if (done.refused.empty())
    return redirect(address_of_substitutes(call, of.code) + (done.placed.empty() ? "?done=none_waits" : "?done=placed"));
  const InvalidInput refused = refusal_of_placing(done);
  return show_substitutes_page(call, &refused);
}

Response place_accepted_by_api(const Call& call) {
  const DutyCall of = duties_of_call(call);
  const Values fields = fields_of_json(call);
  const services::PlacedSubstitutes done = services::place_accepted(of.invigilators, of.exams, *plan_copies_of(call), of.code,
                                                                    duty_change(call, field_of(fields, "reason")));
  ordered answer{{"placed", ordered::array()}, {"refused", ordered::array()}, {"reasons", ordered::object()}};
  for (const InvigilatorId& id : done.placed) answer["placed"].push_back(id.text());
  for (const InvigilatorId& id : done.refused) answer["refused"].push_back(id.text());
  for (const auto& [id, reasons] : done.reasons) {
    for (const Text& reason : reasons) answer["reasons"][id.text()].push_back(reason.en);
  }
  return answer_json(answer);
}

}  // namespace hanjari::web
