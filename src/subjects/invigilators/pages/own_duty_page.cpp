#include "invigilators/pages/own_duty_page.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <initializer_list>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/local_time.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/invigilators/duty_people.h"
#include "hanjari/invigilators/substitutes.h"
#include "hanjari/plans/exams.h"
#include "hanjari/site/site.h"
#include "invigilators/pages/duty_calls.h"
#include "invigilators/pages/load_drawing.h"
#include "site/pages/form_view.h"
#include "site/pages/pages.h"
#include "site/protection.h"

namespace hanjari::web {
namespace {

using nlohmann::json;
using services::OwnDuty;
using services::PersonState;

// The code that let somebody in lets the same browser in again for a while, so that the page has an address of its own and
// can be loaded anew. Scripts and addresses do not see it.
constexpr const char* duty_cookie = "hanjari_duty";
constexpr std::chrono::minutes duty_session{30};

std::string address_of_own_duty(const Call& call) {
  return fmt::format("/{}/duty", code_of(call.language));
}

Response remember_duty_code(const Call& call, const std::string& code, Response response) {
  const auto lasts = code.empty() ? std::chrono::minutes(0) : duty_session;
  response.set_header("Set-Cookie", write_cookie(duty_cookie, code, SameSite::strict, lasts, is_encrypted(call)));
  return response;
}

services::InvigilatorRepository& invigilators_of_portal(const Call& call) {
  if (call.site.invigilators() != nullptr && call.site.exams() != nullptr) return *call.site.invigilators();
  throw NotFound("no_invigilators_kept", {"This program keeps no invigilators.", "이 프로그램은 감독관을 다루지 않습니다."});
}

void add_own_faults(const Call& call, const InvalidInput* refused, const std::string& sentence, Page& page) {
  FormView form;
  if (refused != nullptr) form.add_fault("", refused->message().in(call.language));
  if (!sentence.empty()) form.add_fault("", sentence);
  if (form.any_fault()) {
    page.status = 422;
    page.title = call.site.pages().text(call.language, "seat_form.error_title", {{"title", page.title}});
  }
  form.describe(page.data);
}

// The form for the code; nothing of a code is ever part of an address.
Response show_code_form(const Call& call, const InvalidInput* refused) {
  Page page{.name = "own_duty", .title = call.site.pages().text(call.language, "own_duty.title")};
  page.data = {{"ask", {{"action", address_of_own_duty(call)}}}, {"form_token", call.form_token}};
  add_own_faults(call, refused, {}, page);
  if (call.request.method == Method::post) page.repost = Values{};
  return show(call, page);
}

// What the picture shows, in rows.
json describe_load_table(const Call& call, const services::LoadPlace& load) {
  json rows = json::array();
  std::int64_t people = 0;
  for (const LoadBar& bar : bars_of_load(load)) {
    people += bar.people;
    rows.push_back({{"duties", called_bar(bar)}, {"people", group_digits(bar.people)}, {"own", bar.own}});
  }
  if (rows.empty()) return false;
  return {{"caption", call.site.pages().text(call.language, "own_duty.picture", {{"people", group_digits(people)}})},
          {"rows", std::move(rows)}};
}

// A group of people by its number, in a language that tells one from several.
struct LoadGroup {
  std::int64_t people;
  const char* one;
  const char* several;
};

// The groups that there are: one of nobody is not told of.
std::string write_groups(const Call& call, std::initializer_list<LoadGroup> groups) {
  std::string words;
  for (const LoadGroup& group : groups) {
    if (group.people == 0) continue;
    words += words.empty() ? "" : ", ";
    words += call.site.pages().text(call.language, group.people == 1 ? group.one : group.several,
                                    {{"people", group_digits(group.people)}});
  }
  return words;
}

std::string write_load_place(const Call& call, const services::LoadPlace& load, bool has_duty) {
  const Pages& pages = call.site.pages();
  const std::string groups = write_groups(call, {{load.more, "own_duty.load_more_one", "own_duty.load_more"},
                                                 {load.equal, "own_duty.load_equal_one", "own_duty.load_equal"},
                                                 {load.fewer, "own_duty.load_fewer_one", "own_duty.load_fewer"}});
  std::string words = pages.text(call.language, load.past_duties == 1 ? "own_duty.load_have_one" : "own_duty.load_have",
                                 {{"past", group_digits(load.past_duties)}});
  if (!groups.empty())
    words += " " + pages.text(call.language, has_duty ? "own_duty.load_others" : "own_duty.load_used", {{"groups", groups}});
  return words;
}

std::string write_load_free(const Call& call, const services::LoadPlace& load) {
  const Pages& pages = call.site.pages();
  if (load.free_fewer == 0) return pages.text(call.language, "own_duty.load_free_none");
  const std::string groups =
      write_groups(call, {{load.free_no_consent, "own_duty.load_consent_one", "own_duty.load_consent"},
                          {load.free_other_role, "own_duty.load_role_one", "own_duty.load_role"},
                          {load.free_no_place, "own_duty.load_no_place_one", "own_duty.load_no_place"}});
  return pages.text(call.language, load.free_fewer == 1 ? "own_duty.load_free_one" : "own_duty.load_free",
                    {{"people", group_digits(load.free_fewer)}, {"groups", groups}});
}

// `has_duty`: why it is this person is told to whoever is used; to others only where they stand.
json describe_own_load(const Call& call, const services::LoadPlace& load, bool has_duty) {
  const Pages& pages = call.site.pages();
  json described{{"heading", pages.text(call.language, has_duty ? "own_duty.why" : "own_duty.your_load")},
                 {"picture", render_own_load(pages, load, call.language)},
                 {"table", describe_load_table(call, load)},
                 {"place", write_load_place(call, load, has_duty)},
                 {"free", false},
                 {"proven", has_duty && load.proven}};
  if (has_duty) described["free"] = {{"words", write_load_free(call, load)}};
  return described;
}

// One by one, years of which only the number is known, and what is left of the number that counts.
json describe_own_history(const Call& call, const OwnDuty& own) {
  const Pages& pages = call.site.pages();
  json rows = json::array();
  std::int64_t told = 0;
  for (const services::KnownDuty& known : own.history) {
    told += known.duty.duties;
    std::string what = known.duty.role ? hanjari::name_of(*known.duty.role).in(call.language) : std::string("–");
    if (known.duty.duties > 1)
      what = pages.text(call.language, "own_duty.history_counted", {{"duties", group_digits(known.duty.duties)}});
    const auto day = parse_date(known.duty.held_on);
    const std::string exam = known.exam.in(call.language);
    rows.push_back({{"day", day ? write_day(*day, call.language) : known.duty.held_on},
                    {"exam", exam.empty() ? std::string("–") : exam},
                    {"what", what}});
  }
  const std::int64_t rest = own.person.facts.past_duties - told;
  json described{{"rows", rows}, {"any", !rows.empty()}, {"none", rows.empty() && rest <= 0}, {"rest", false}};
  if (rest > 0) {
    described["rest"] = {{"words", pages.text(call.language, rest == 1 ? "own_duty.history_rest_one" : "own_duty.history_rest",
                                              {{"duties", group_digits(rest)}})}};
  }
  return described;
}

std::string called_venue(const Call& call, const OwnDuty& own, const VenueCode& code) {
  for (const services::VenueSummary& venue : call.site.plans().list_venues(own.exam, std::nullopt)) {
    if (venue.code == code) return fmt::format("{} ({})", venue.name, venue.address);
  }
  return code.text();
}

// The room with where it is in the school; by its number alone where the live plan has no such room.
json describe_own_room(const Call& call, const OwnDuty& own) {
  const std::int64_t number = *own.duty->room_no;
  json described{{"number", std::to_string(number)}, {"place", false}};
  const auto room = call.site.plans().find_room(own.exam, own.duty->venue, number);
  if (!room) return described;
  const std::string floor = write_floor(call.site.pages(), room->floor, call.language);
  const std::string place = room->building + (room->building.empty() || floor.empty() ? "" : " ") + floor;
  if (!place.empty()) described["place"] = {{"words", place}};
  return described;
}

// Whether the live plan has nobody at the venue of the duty, or no such room, because it gave way to another one. Of a decision on
// somebody else nobody is alarmed.
bool is_place_gone(const Call& call, const OwnDuty& own) {
  if (!own.other_plan_live) return false;
  if (own.duty->room_no && !call.site.plans().find_room(own.exam, own.duty->venue, *own.duty->room_no)) return true;
  for (const services::VenueSummary& venue : call.site.plans().list_venues(own.exam, std::nullopt)) {
    if (venue.code == own.duty->venue) return venue.people == 0;
  }
  return true;
}

json describe_open_call(const Call& call, const OwnDuty& own, const std::string& zone) {
  const services::SubstituteCall* open = services::find_open_call(own.person, call.site.now());
  if (open == nullptr) return false;
  return {{"venue", called_venue(call, own, open->venue)},
          {"role", hanjari::name_of(open->role).in(call.language)},
          {"until", write_deadline(open->until, zone, call.language)}};
}

json describe_own_swaps(const Call& call, const OwnDuty& own) {
  json rows = json::array();
  for (const services::DutySwap& swap : own.swaps) {
    const bool asked_me = swap.second == own.person.facts.id;
    const bool open = swap.state == services::SwapState::asked || swap.state == services::SwapState::agreed;
    const bool waits_for_me = asked_me && swap.state == services::SwapState::asked;
    rows.push_back({{"id", swap.id},
                    {"with", asked_me ? swap.first.text() : swap.second.text()},
                    {"state", waits_for_me ? call.site.pages().text(call.language, "own_duty.waits_for_you")
                                           : services::name_of(swap.state).in(call.language)},
                    {"may_agree", waits_for_me},
                    {"may_refuse", open && asked_me},
                    {"may_take_back", open && !asked_me}});
  }
  return rows;
}

// Whoever cannot come: asked before it is taken, told once it is.
void describe_no(const Call& call, const OwnDuty& own, json& described) {
  const PersonState state = own.person.state;
  // What was sent with this tap is a question still, unless it was answered meanwhile.
  const std::string reason = clean_line(field_of(call.form, "reason"));
  const bool asks = field_of(call.form, "answer") == "ask_withdraw" && !reason.empty() && state == PersonState::consented;
  described["sure"] = asks ? json{{"reason", reason}} : json(false);
  described["may_withdraw"] = state == PersonState::consented && !asks;
  described["has_withdrawn"] = state == PersonState::withdrawn;
  described["has_declined"] = state == PersonState::declined;
}

// What became of the newest call that was answered.
void describe_answered_call(const Call& call, const OwnDuty& own, json& described) {
  const bool stands_nowhere = !own.duty && !own.person.calls.empty();
  const auto ended_as = [&](services::CallAnswer answer) { return stands_nowhere && own.person.calls.back().answer == answer; };
  described["call_taken"] = false;
  const bool consented = own.person.state == PersonState::consented;
  if (ended_as(services::CallAnswer::accepted) && consented && !own.accepted_in_vain) {
    const services::SubstituteCall& taken = own.person.calls.back();
    described["call_taken"] = {{"venue", called_venue(call, own, taken.venue)},
                               {"role", hanjari::name_of(taken.role).in(call.language)}};
  }
  described["call_taken_back"] = ended_as(services::CallAnswer::taken_back);
  described["call_filled"] = consented && (ended_as(services::CallAnswer::filled) || own.accepted_in_vain);
}

json describe_own(const Call& call, const std::string& code, const OwnDuty& own, const std::string& zone, Date exam_on) {
  const PersonState state = own.person.state;
  const bool expired = services::has_expired(own.person, call.site.now());
  json described{{"code", code},
                 {"name", own.person.facts.name},
                 {"number", own.person.facts.id.text()},
                 {"on", write_day(exam_on, call.language)},
                 {"state", services::name_of(state).in(call.language)},
                 {"action", address_of_own_duty(call) + "/answers"},
                 {"page", address_of_own_duty(call)},
                 {"may_answer", state == PersonState::invited && !expired},
                 {"expired", expired},
                 {"consented", state == PersonState::consented},
                 {"past", group_digits(own.person.facts.past_duties)},
                 {"no_duty", state == PersonState::consented && !own.duty}};
  describe_no(call, own, described);
  if (own.person.invited_until && state == PersonState::invited)
    described["until"] = {{"at", write_deadline(*own.person.invited_until, zone, call.language)}};
  if (own.duty) {
    described["duty"] = {{"venue", called_venue(call, own, own.duty->venue)}, {"role", hanjari::name_of(own.duty->role).in(call.language)}};
    const bool open = own.rooms_open;
    if (own.duty->room_no) described["duty"]["room"] = describe_own_room(call, own);
    described["duty"]["replaced"] = is_place_gone(call, own);
    described["duty"]["later"] = is_in_room(own.duty->role) && !open;
    if (own.board.rooms_open_at && !open && call.site.now() < *own.board.rooms_open_at)
      described["duty"]["opens"] = {{"at", write_moment(*own.board.rooms_open_at, zone, call.language)}};
  }
  if (own.load) described["load"] = describe_own_load(call, *own.load, own.duty.has_value());
  described["history"] = describe_own_history(call, own);
  described["called"] = describe_open_call(call, own, zone);
  if (described["called"].is_object()) described["may_answer"] = false;
  describe_answered_call(call, own, described);
  // Whoever is called, or has taken a call, is not told beside it that a call may come.
  if (described["called"].is_object() || described["call_taken"].is_object()) described["no_duty"] = false;
  if (state != PersonState::consented) return described;
  described["swaps"] = describe_own_swaps(call, own);
  described["any_swap"] = !described["swaps"].empty();
  if (own.board.briefing_at) {
    described["briefing"] = {{"at", write_moment(*own.board.briefing_at, zone, call.language)}, {"place", own.board.briefing_place},
                             {"attended", own.person.briefed_at.has_value()}};
  }
  if (own.board.instruction_no > 0 && !own.board.instructions.empty()) {
    const bool read = own.person.read_instruction == own.board.instruction_no;
    described["instructions"] = {{"words", own.board.instructions},
                                 {"read", read},
                                 {"may_confirm", !read},
                                 {"shown_no", std::to_string(own.board.instruction_no)}};
  }
  return described;
}

Response show_own_page(const Call& call, const std::string& code, const InvalidInput* refused, const std::string& sentence) {
  services::InvigilatorRepository& invigilators = invigilators_of_portal(call);
  services::ExamRepository& exams = *call.site.exams();
  const OwnDuty own = services::open_own_duty(invigilators, exams, call.site.attempts(), code, call.request.source,
                                              call.site.now());
  services::ExamHead head = exams.find_head(own.exam).value_or(services::ExamHead{});
  if (head.time_zone.empty()) head.time_zone = machine_time_zone();
  Page page{.name = "own_duty", .title = call.site.pages().text(call.language, "own_duty.title")};
  page.data = {{"own", describe_own(call, code, own, head.time_zone, head.exam_on)},
               {"exam", call.language == Language::korean ? head.name_ko : head.name_en},
               {"form_token", call.form_token}};
  if (call.request.method == Method::post) page.repost = Values{{"code", code}};
  add_own_faults(call, refused, sentence, page);
  return show(call, page);
}

void take_own_answer(const Call& call) {
  services::InvigilatorRepository& invigilators = invigilators_of_portal(call);
  services::AttemptLimit& attempts = call.site.attempts();
  const std::string code = field_of(call.form, "code");
  const std::string answer = field_of(call.form, "answer");
  const std::string& source = call.request.source;
  const Instant now = call.site.now();
  if (answer == "ask_swap") return services::ask_swap(invigilators, attempts, code, field_of(call.form, "with"), source, now);
  if (answer == "agree_swap" || answer == "refuse_swap") {
    return services::answer_swap(invigilators, attempts, code, field_of(call.form, "swap"), answer == "agree_swap", source,
                                 now);
  }
  using services::OwnStep;
  constexpr std::array<std::pair<std::string_view, OwnStep>, 7> own_steps{{{"consent", OwnStep::consent},
                                                                           {"decline", OwnStep::decline},
                                                                           {"withdraw", OwnStep::withdraw},
                                                                           {"ask_withdraw", OwnStep::withdraw},
                                                                           {"read", OwnStep::read},
                                                                           {"take_call", OwnStep::take_call},
                                                                           {"decline_call", OwnStep::decline_call}}};
  for (const auto& [word, step] : own_steps) {
    if (answer == word) {
      services::OwnWords words;
      words.reason = field_of(call.form, "reason");
      const std::string shown = field_of(call.form, "instruction");
      std::from_chars(shown.data(), shown.data() + shown.size(), words.instruction);
      const services::CodeOwner owner = services::take_own_step(invigilators, attempts, code, step, words, source, now);
      if (step == OwnStep::take_call)
        services::place_substitute(invigilators, *call.site.exams(), *plan_copies_of(call), owner.exam, owner.person, now);
      return;
    }
  }
  throw InvalidInput("answer_missing", {"Choose an answer.", "답을 골라 주십시오."});
}

}  // namespace

Response show_own_duty(const Call& call) {
  invigilators_of_portal(call);  // whether there is such a page comes first
  const std::string code = call.request.cookie(duty_cookie).value_or("");
  if (code.empty()) return show_code_form(call, nullptr);
  // A code that a newer message has made useless, or of somebody who is no longer there, is asked for again.
  try {
    return show_own_page(call, code, nullptr, {});
  } catch (const InvalidInput&) {
    return remember_duty_code(call, "", show_code_form(call, nullptr));
  } catch (const NotFound&) {
    return remember_duty_code(call, "", show_code_form(call, nullptr));
  }
}

Response take_duty_code(const Call& call) {
  try {
    const std::string code = services::check_duty_code(invigilators_of_portal(call), call.site.attempts(),
                                                       field_of(call.form, "code"), call.request.source, call.site.now());
    return remember_duty_code(call, code, redirect(address_of_own_duty(call)));
  } catch (const InvalidInput& refused) {
    return show_code_form(call, &refused);
  }
}

Response answer_own_duty(const Call& call) {
  const std::string answer = field_of(call.form, "answer");
  if (answer == "leave") return remember_duty_code(call, "", redirect(address_of_own_duty(call)));
  // The page in the other language is asked for with the code alone.
  if (answer.empty()) return take_duty_code(call);
  const std::string code = field_of(call.form, "code");
  try {
    try {
      // A withdrawal takes two taps: the page asks first. Without a reason it is refused at the first.
      if (answer == "ask_withdraw" && !clean_line(field_of(call.form, "reason")).empty()) return show_own_page(call, code, nullptr, {});
      take_own_answer(call);
      return take_duty_code(call);
    } catch (const InvalidInput& refused) {
      return show_own_page(call, code, &refused, {});
    } catch (const Conflict& refused) {
      return show_own_page(call, code, nullptr, refused.message().in(call.language));
    }
  } catch (const InvalidInput& refused) {
    return show_code_form(call, &refused);
  }
}

}  // namespace hanjari::web
