#include "invigilators/pages/people_page.h"

#include <algorithm>
#include <array>
#include <functional>
#include <utility>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/local_time.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/invigilators/duty_pay.h"
#include "invigilators/pages/duty_calls.h"
#include "invigilators/pages/list_page.h"
#include "invigilators/pages/staffing_rules_page.h"
#include "site/pages/form_view.h"

namespace hanjari::web {
namespace {

using nlohmann::json;
using services::ListedPerson;
using services::PersonOutline;
using services::PersonState;

constexpr std::size_t people_per_page = 25;
constexpr std::size_t most_warned_bytes = 2'000;  // of an import, on the page; the API gives all
constexpr std::array<PersonState, 5> every_state{PersonState::listed, PersonState::invited, PersonState::consented,
                                                 PersonState::declined, PersonState::withdrawn};

std::string roles_in_words(const DutyRoles& roles, Language language) {
  std::string words;
  for (const DutyRole role : all_duty_roles) {
    if (roles.has(role)) words += (words.empty() ? "" : ", ") + hanjari::name_of(role).in(language);
  }
  return words;
}

std::string state_in_words(const Call& call, const ListedPerson& person) {
  if (services::has_expired(person, call.site.now())) return call.site.pages().text(call.language, "invigilators.expired");
  return services::name_of(person.state).in(call.language);
}

// Of a person or an outline.
template <class Person>
bool has_read(const DutyCall& of, const Person& person) {
  return of.board.instruction_no > 0 && person.read_instruction == of.board.instruction_no;
}

// On the day: what was noted, and the buttons for it of whoever stands somewhere.
void add_attendance(const Call& call, const DutyCall& of, const ListedPerson& person, bool stands, json& row) {
  const Pages& pages = call.site.pages();
  if (const auto attendance = services::attendance_of(person)) {
    const bool came = *attendance == services::Attendance::came;
    row["day"] = {{"words", pages.text(call.language, came ? "invigilators.came" : "invigilators.absent")},
                  {"at", write_moment(person.day.back().at, of.head.time_zone)}};
  }
  const bool is_day = local_time(call.site.now(), of.head.time_zone).day >= of.head.exam_on;
  row["notes"] = json::array();
  if (!stands || !is_day || person.state != PersonState::consented) return;
  for (const auto& [word, label] : {std::pair("came", "invigilators.came_of"), std::pair("absent", "invigilators.absent_of")}) {
    row["notes"].push_back({{"word", word},
                            {"button", pages.text(call.language, fmt::format("invigilators.{}", word))},
                            {"label", pages.text(call.language, label, {{"name", person.facts.name}})}});
  }
}

json describe_person(const Call& call, const DutyCall& of, const ListedPerson& person,
                     const std::map<InvigilatorId, services::ShownDuty>& duties,
                     const std::map<VenueCode, std::string>& venues) {
  json row{{"id", person.facts.id.text()},
           {"name", person.facts.name},
           {"organisation", person.facts.organisation},
           {"roles", roles_in_words(person.facts.roles, call.language)},
           {"past", group_digits(person.facts.past_duties)},
           {"state", state_in_words(call, person)},
           {"may_attend", person.state == PersonState::consented && !person.briefed_at},
           {"may_withdraw", person.state != PersonState::withdrawn},
           {"may_consent", person.state != PersonState::consented},
           {"attend_label", call.site.pages().text(call.language, "invigilators.attend_of", {{"name", person.facts.name}})},
           {"receipt", has_read(of, person)}};
  add_attendance(call, of, person, duties.contains(person.facts.id), row);
  row["may_act"] = row["may_attend"] == true || !row["notes"].empty();
  if (!person.reason.empty()) row["reason"] = {{"words", person.reason}};
  if (person.briefed_at) row["briefed"] = {{"at", write_moment(*person.briefed_at, of.head.time_zone)}};
  if (const auto duty = duties.find(person.facts.id); duty != duties.end()) {
    const auto name = venues.find(duty->second.venue);
    row["duty"] = {{"venue", name == venues.end() ? duty->second.venue.text() : name->second},
                   {"role", hanjari::name_of(duty->second.role).in(call.language)}};
    if (duty->second.room_no) row["duty"]["room"] = {{"number", std::to_string(*duty->second.room_no)}};
  }
  return row;
}

json describe_states(const Call& call, const std::vector<PersonOutline>& people, const std::string& chosen) {
  json states = json::array();
  for (const PersonState state : every_state) {
    const auto count = std::count_if(people.begin(), people.end(), [&](const auto& one) { return one.state == state; });
    states.push_back({{"word", services::spell(state)},
                      {"name", services::name_of(state).in(call.language)},
                      {"count", group_digits(count)},
                      {"chosen", chosen == services::spell(state)}});
  }
  return states;
}

std::string won_of(const services::DutyBoard& board, DutyRole role) {
  const auto found = board.pay.find(role);
  return found == board.pay.end() ? std::string() : std::to_string(found->second);
}

// The settings with what was typed, where that was refused.
json describe_board(const Call& call, const DutyCall& of, bool typed_again, Lateness lateness) {
  const services::DutyBoard& board = of.board;
  const std::string& zone = of.head.time_zone;
  const auto time_of = [&](const std::optional<Instant>& at) {
    return at ? format_time_of_day(local_time(*at, zone).minute) : std::string();
  };
  std::string chiefs;
  for (const auto& [account, venue] : board.chiefs) chiefs += account + "=" + venue.text() + "\n";
  Values values{{"rooms_time", time_of(board.rooms_open_at)},
                {"briefing_on", board.briefing_at ? format_date(local_time(*board.briefing_at, zone).day) : ""},
                {"briefing_time", time_of(board.briefing_at)},
                {"briefing_place", board.briefing_place},
                {"invitation_days", std::to_string(board.invitation_days)},
                {"instructions", board.instructions},
                {"chiefs", chiefs}};
  for (const DutyRole role : all_duty_roles) values["pay_" + std::string(hanjari::spell(role))] = won_of(board, role);
  json described{{"version", version_again(call.form, lateness, board.version)}};
  for (auto& [name, value] : values) {
    if (const auto typed = call.form.find(name); typed_again && typed != call.form.end()) value = typed->second;
    described[name] = value;
  }
  const bool sent = typed_again && call.form.contains("pay_several");
  described["sums_duties"] = sent ? field_of(call.form, "pay_several") == "sum" : board.pay_several == services::SeveralDuties::sum;
  return described;
}

// By which a chief's venue is named in the settings.
json describe_codes(const std::map<VenueCode, std::string>& venues) {
  json codes = json::array();
  for (const auto& [code, called] : venues) codes.push_back({{"code", code.text()}, {"called", called}});
  return codes;
}

// Of those who have consented: who was not at the briefing, has not confirmed the instructions of now, or stands on duty without a
// note of whether they came. Of all who may come: of whom no contact is known.
bool is_lacking(const DutyCall& of, const PersonOutline& person, const std::map<InvigilatorId, services::ShownDuty>& duties,
                const std::string& what) {
  if (what.empty()) return true;
  // Whoever cannot be reached is sent no invitation, no place and no reminder, and is to be called.
  if (what == "contact") return !person.reachable && person.state != PersonState::declined && person.state != PersonState::withdrawn;
  if (person.state != PersonState::consented) return false;
  if (what == "day") return !person.noted && duties.contains(person.id);
  return what == "briefing" ? !person.briefed : what == "receipt" && !has_read(of, person);
}

// What the address lets through; empty words let everybody through.
struct PeopleFilter {
  std::string search;
  std::string state;
  std::string lacking;
};

std::vector<InvigilatorId> find_wanted(const DutyCall& of, const std::vector<PersonOutline>& own,
                                       const std::map<InvigilatorId, services::ShownDuty>& duties, const PeopleFilter& filter) {
  std::vector<InvigilatorId> wanted;
  for (const PersonOutline& person : own) {
    if (!filter.state.empty() && filter.state != services::spell(person.state)) continue;
    if (is_lacking(of, person, duties, filter.lacking) && is_found_by(person, filter.search)) wanted.push_back(person.id);
  }
  std::sort(wanted.begin(), wanted.end());
  return wanted;
}

// The part of the list that the address asks for.
ListSpan span_of_people(const Values& query, const std::vector<InvigilatorId>& wanted) {
  const std::string before = field_of(query, "before");
  const auto position = [&](auto found) { return static_cast<std::size_t>(found - wanted.begin()); };
  if (!before.empty()) {
    const auto found = std::lower_bound(wanted.begin(), wanted.end(), InvigilatorId(before));
    return span_before(wanted.size(), position(found), people_per_page);
  }
  const std::string after = field_of(query, "after");
  if (after.empty()) return span_after(wanted.size(), 0, people_per_page);
  const auto found = std::upper_bound(wanted.begin(), wanted.end(), InvigilatorId(after));
  return span_after(wanted.size(), position(found), people_per_page);
}

std::string count_prepared(const Call& call, const DutyCall& of, const std::vector<PersonOutline>& own) {
  std::int64_t consented = 0;
  std::int64_t briefed = 0;
  std::int64_t read = 0;
  for (const PersonOutline& person : own) {
    if (person.state != PersonState::consented) continue;
    ++consented;
    briefed += person.briefed ? 1 : 0;
    read += has_read(of, person) ? 1 : 0;
  }
  return call.site.pages().text(
      call.language, "invigilators.prepared",
      {{"consented", group_digits(consented)}, {"briefed", group_digits(briefed)}, {"read", group_digits(read)}});
}

// Those on this page, who alone are opened, recorded with whoever is shown.
void describe_listed(const Call& call, const DutyCall& of, const std::vector<PersonOutline>& own, const DutyRows& rows,
                     json& data) {
  const std::string search = clean_line(field_of(call.query, "search"));
  const std::string state = field_of(call.query, "state");
  const std::string lacking = field_of(call.query, "lacking");
  std::map<InvigilatorId, services::ShownDuty> duties;
  for (services::ShownDuty& duty : services::show_duties(rows, of.part)) duties.emplace(duty.person, duty);
  const std::vector<InvigilatorId> wanted = find_wanted(of, own, duties, {search, state, lacking});
  const auto venues = name_own_venues(call, of);
  const ListSpan span = span_of_people(call.query, wanted);
  const auto at = [&](std::size_t number) { return wanted.begin() + static_cast<std::ptrdiff_t>(number); };
  const std::vector<InvigilatorId> shown(at(span.begin), at(span.end));
  data["people"] = json::array();
  for (const ListedPerson& person : of.invigilators.find_people(of.code, shown))
    data["people"].push_back(describe_person(call, of, person, duties, venues));
  record_people_shown(call, of, "invigilators.read", shown);
  data["any"] = !wanted.empty();
  data["none"] = own.empty();
  data["none_found"] = wanted.empty() && !own.empty();
  data["search"] = search;
  data["states"] = describe_states(call, own, state);
  data["lacks_briefing"] = lacking == "briefing";
  data["lacks_receipt"] = lacking == "receipt";
  data["lacks_contact"] = lacking == "contact";
  data["lacks_day"] = lacking == "day";
  data["prepared"] = count_prepared(call, of, own);
  if (shown.empty()) return;
  describe_span(call, span,
                {fmt::format("{}?search={}&state={}&lacking={}", address_of_people(call, of.code), encode_percent(search),
                             encode_percent(state), encode_percent(lacking)),
                 shown.front().text(), shown.back().text()},
                data);
}

// What the refused form had held, so that nothing is typed twice.
json describe_typed_person(const Call& call) {
  json typed = json::object();
  for (const char* name : {"person", "name", "organisation", "district", "lat", "lon", "roles", "past_duties", "email", "phone"})
    typed[name] = field_of(call.form, name);
  return typed;
}

// The form of this page that was sent: far below its refusal, which leads there.
std::string place_of_form(const Call& call) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 4> forms{
      {{"/steps", "#step"}, {"/invitations", "#invite"}, {"/imports", "#import"}, {"/settings", "#settings"}}};
  for (const auto& [end, form] : forms) {
    if (call.request.path.ends_with(end)) return std::string(form);
  }
  return "#person-form";
}

Response show_people_page(const Call& call, const InvalidInput* refused, const std::string& done,
                          Lateness lateness = Lateness::in_time) {
  const Pages& pages = call.site.pages();
  const DutyCall of = duties_of_call(call);
  const services::NewestDuties newest = services::load_newest_duties(of.invigilators, of.code);
  const auto own = services::own_people(of.invigilators.list_outlines(of.code), newest.rows, of.part);
  Page page{.name = "invigilators", .title = pages.text(call.language, "invigilators.title")};
  page.data = {{"exam",
                {{"name", call.language == Language::korean ? of.head.name_ko : of.head.name_en},
                 {"on", write_day(of.head.exam_on, call.language)}}},
               {"way_back", describe_way_back(call, of)},
               {"address", address_of_people(call, of.code)},
               {"duties", address_of_duties(call, of.code)},
               {"rules", is_city(of) ? json(address_of_staffing_rules(call, of.code)) : json(false)},
               {"form_token", call.form_token},
               {"limit", pages.text(call.language, "invigilators.limit",
                                    {{"most", std::to_string(services::longest_packed_people / 1'000'000)}})},
               {"rooms", of.part.rooms},
               {"asked", refused == nullptr ? std::string() : field_of(call.form, "people")}};
  describe_listed(call, of, own, newest.rows, page.data);
  if (is_city(of)) {
    page.data["city"] = {{"board", describe_board(call, of, refused != nullptr, lateness)},
                         {"typed", describe_typed_person(call)},
                         {"codes", describe_codes(name_own_venues(call, of))},
                         {"pay", fmt::format("/api/v1/exams/{}/invigilator-pay.xlsx", encode_percent(of.code.text()))}};
  }
  const std::string word = field_of(call.query, "done");
  if (word == "saved") page.data["done"] = {{"words", pages.text(call.language, "invigilators.saved")}};
  if (word == "taken_back") page.data["done"] = {{"words", pages.text(call.language, "take_back.done_invitations")}};
  if (!done.empty()) page.data["done"] = {{"words", done}};
  FormView form;
  if (refused != nullptr) {
    const std::string where = place_of_form(call);
    for (const Fault& fault : refused->faults().kept()) form.add_fault_at(where, fault.format(call.language));
    if (refused->faults().empty()) form.add_fault_at(where, refused->message().in(call.language));
    page.status = lateness == Lateness::late ? 409 : 422;
    page.title = pages.text(call.language, "seat_form.error_title", {{"title", page.title}});
  }
  form.describe(page.data);
  if (call.request.method == Method::post) page.repost = without_token(call.form);
  return show(call, page);
}

Response show_late_people(const Call& call, const Conflict& late) {
  const InvalidInput refused(late.code(), late.message());
  return show_people_page(call, &refused, {}, Lateness::late);
}

// A step of the page: back to it, or the page again with what is wrong. Whoever was slower than somebody else keeps what was typed.
Response after_step(const Call& call, const std::function<void()>& step) {
  try {
    step();
    return redirect(address_of_people(call, ExamCode(call.path.at("code"))) + "?done=saved");
  } catch (const InvalidInput& refused) {
    return show_people_page(call, &refused, {});
  } catch (const Conflict& late) {
    return show_late_people(call, late);
  }
}

}  // namespace

Response show_people(const Call& call) {
  return show_people_page(call, nullptr, {});
}

Response import_shown_people(const Call& call) {
  const auto file =
      std::find_if(call.files.begin(), call.files.end(), [](const FormPart& part) { return part.name == "people"; });
  std::string told;
  try {
    const services::PeopleImported imported =
        import_sent_people(call, file == call.files.end() ? std::string_view{} : file->content, call.form);
    told = call.site.pages().text(call.language, "invigilators.imported",
                                  {{"added", group_digits(imported.added)},
                                   {"changed", group_digits(imported.changed)},
                                   {"people", group_digits(imported.people)}});
    for (const Fault& warning : imported.warnings) {
      if (told.size() > most_warned_bytes) break;
      told += " / " + warning.format(call.language);
    }
  } catch (const InvalidInput& refused) {
    return show_people_page(call, &refused, {});
  }
  return show_people_page(call, nullptr, told);
}

Response save_shown_person(const Call& call) {
  return after_step(call, [&] { save_sent_person(call, call.form); });
}

Response set_shown_board(const Call& call) {
  return after_step(call, [&] { set_sent_board(call, call.form); });
}

Response invite_shown_people(const Call& call) {
  try {
    const services::Invited invited = invite_sent_people(call, call.form);
    const Pages& pages = call.site.pages();
    std::string done = pages.text(call.language, "invigilators.invited",
                                  {{"invited", group_digits(invited.invited - invited.consented)},
                                   {"unreachable", group_digits(invited.unreachable)}});
    if (invited.consented > 0) {
      done += " " + pages.text(call.language, "invigilators.codes_sent", {{"people", group_digits(invited.consented)}});
    }
    if (invited.too_often > 0) {
      done += " " + pages.text(call.language, "invigilators.asked_too_often",
                               {{"most", std::to_string(services::most_asked_a_day)},
                                {"too_often", group_digits(invited.too_often)}});
    }
    return show_people_page(call, nullptr, done);
  } catch (const InvalidInput& refused) {
    return show_people_page(call, &refused, {});
  } catch (const Conflict& late) {
    return show_late_people(call, late);
  }
}

Response take_shown_step(const Call& call) {
  return after_step(call, [&] { take_sent_step(call, call.form); });
}

}  // namespace hanjari::web
