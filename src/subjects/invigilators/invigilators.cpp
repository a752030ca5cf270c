#include "hanjari/invigilators/invigilators.h"

#include <array>
#include <chrono>

#include <nlohmann/json.hpp>

namespace hanjari::services {
namespace {

using nlohmann::json;

struct PersonStateWords {
  PersonState state;
  std::string_view word;
  const char* en;
  const char* ko;
};
constexpr std::array<PersonStateWords, 5> person_states{
    {{PersonState::listed, "listed", "not asked yet", "요청 전"},
     {PersonState::invited, "invited", "asked", "응답 대기"},
     {PersonState::consented, "consented", "consented", "동의"},
     {PersonState::declined, "declined", "declined", "사양"},
     {PersonState::withdrawn, "withdrawn", "withdrawn", "철회"}}};

struct SwapStateWords {
  SwapState state;
  std::string_view word;
  const char* en;
  const char* ko;
};
constexpr std::array<SwapStateWords, 4> swap_states{
    {{SwapState::asked, "asked", "asked, not answered", "상대방 응답 대기"},
     {SwapState::agreed, "agreed", "recorded by both", "양쪽 동의"},
     {SwapState::done, "done", "carried out", "반영됨"},
     {SwapState::refused, "refused", "refused", "거절됨"}}};

constexpr std::array<std::string_view, 2> attendances{"came", "absent"};
constexpr std::array<std::string_view, 2> several_duties{"highest", "sum"};
constexpr std::array<std::string_view, 5> call_answers{"open", "accepted", "declined", "taken_back", "filled"};

std::int64_t seconds_of(Instant instant) {
  return std::chrono::duration_cast<std::chrono::seconds>(instant.time_since_epoch()).count();
}

void put_moment(json& object, const char* key, const std::optional<Instant>& moment) {
  if (moment) object[key] = seconds_of(*moment);
}

std::optional<Instant> moment_in(const json& object, const char* key) {
  const auto found = object.find(key);
  if (found == object.end() || !found->is_number_integer()) return std::nullopt;
  return Instant(std::chrono::seconds(found->get<std::int64_t>()));
}

std::optional<DutyRole> duty_role_of(std::string_view word) {
  for (const DutyRole role : all_duty_roles) {
    if (hanjari::spell(role) == word) return role;
  }
  return std::nullopt;
}

json write_history(const std::vector<PastDuty>& history) {
  json rows = json::array();
  for (const PastDuty& duty : history) {
    json row{{"on", duty.held_on}, {"exam", duty.exam}, {"duties", duty.duties}};
    if (duty.role) row["role"] = hanjari::spell(*duty.role);
    rows.push_back(std::move(row));
  }
  return rows;
}

std::vector<PastDuty> read_history(const json& rows) {
  std::vector<PastDuty> history;
  for (const json& row : rows) {
    history.push_back({row.value("on", std::string()), row.value("exam", std::string()),
                       duty_role_of(row.value("role", std::string())), row.value("duties", std::int64_t{1})});
  }
  return history;
}

json write_calls(const std::vector<SubstituteCall>& calls) {
  json rows = json::array();
  for (const SubstituteCall& call : calls) {
    rows.push_back({{"venue", call.venue.text()},
                    {"role", hanjari::spell(call.role)},
                    {"called_at", seconds_of(call.called_at)},
                    {"until", seconds_of(call.until)},
                    {"by", call.by},
                    {"answer", spell(call.answer)}});
  }
  return rows;
}

std::vector<SubstituteCall> read_calls(const json& rows) {
  std::vector<SubstituteCall> calls;
  for (const json& row : rows) {
    SubstituteCall call;
    call.venue = VenueCode(row.value("venue", std::string()));
    call.role = duty_role_of(row.value("role", std::string())).value_or(DutyRole::chief);
    call.called_at = moment_in(row, "called_at").value_or(Instant{});
    call.until = moment_in(row, "until").value_or(Instant{});
    call.by = row.value("by", std::string());
    call.answer = parse_call_answer(row.value("answer", std::string())).value_or(CallAnswer::declined);
    calls.push_back(std::move(call));
  }
  return calls;
}

json write_day_notes(const std::vector<DayNote>& day) {
  json rows = json::array();
  for (const DayNote& note : day) {
    rows.push_back({{"attendance", spell(note.attendance)},
                    {"venue", note.venue.text()},
                    {"role", hanjari::spell(note.role)},
                    {"at", seconds_of(note.at)}});
  }
  return rows;
}

std::vector<DayNote> read_day_notes(const json& rows) {
  std::vector<DayNote> day;
  for (const json& row : rows) {
    day.push_back({parse_attendance(row.value("attendance", std::string())).value_or(Attendance::absent),
                   VenueCode(row.value("venue", std::string())),
                   duty_role_of(row.value("role", std::string())).value_or(DutyRole::chief), moment_in(row, "at").value_or(Instant{})});
  }
  return day;
}

}  // namespace

std::string_view spell(Attendance attendance) {
  return attendances[static_cast<std::size_t>(attendance)];
}

std::optional<Attendance> parse_attendance(std::string_view word) {
  for (const Attendance known : {Attendance::came, Attendance::absent}) {
    if (spell(known) == word) return known;
  }
  return std::nullopt;
}

std::string_view spell(SeveralDuties rule) {
  return several_duties[static_cast<std::size_t>(rule)];
}

std::optional<SeveralDuties> parse_several_duties(std::string_view word) {
  for (const SeveralDuties known : {SeveralDuties::highest, SeveralDuties::sum}) {
    if (spell(known) == word) return known;
  }
  return std::nullopt;
}

std::string_view spell(CallAnswer answer) {
  return call_answers[static_cast<std::size_t>(answer)];
}

std::optional<CallAnswer> parse_call_answer(std::string_view word) {
  for (std::size_t at = 0; at < call_answers.size(); ++at) {
    if (call_answers[at] == word) return static_cast<CallAnswer>(at);
  }
  return std::nullopt;
}

std::string_view spell(PersonState state) {
  return person_states[static_cast<std::size_t>(state)].word;
}

std::optional<PersonState> parse_person_state(std::string_view word) {
  for (const PersonStateWords& known : person_states) {
    if (known.word == word) return known.state;
  }
  return std::nullopt;
}

Text name_of(PersonState state) {
  const PersonStateWords& known = person_states[static_cast<std::size_t>(state)];
  return {known.en, known.ko};
}

std::string_view spell(SwapState state) {
  return swap_states[static_cast<std::size_t>(state)].word;
}

std::optional<SwapState> parse_swap_state(std::string_view word) {
  for (const SwapStateWords& known : swap_states) {
    if (known.word == word) return known.state;
  }
  return std::nullopt;
}

Text name_of(SwapState state) {
  const SwapStateWords& known = swap_states[static_cast<std::size_t>(state)];
  return {known.en, known.ko};
}

PersonOutline outline_of(const ListedPerson& person) {
  const Invigilator& facts = person.facts;
  return {facts.id,      facts.organisation, facts.district_code,           facts.roles,            facts.past_duties,
          facts.consent, person.state,       person.briefed_at.has_value(), person.read_instruction, !person.email.empty() || !person.phone.empty(),
          !person.day.empty()};
}

bool has_expired(const ListedPerson& person, Instant now) {
  return person.state == PersonState::invited && person.invited_until && now > *person.invited_until;
}

const SubstituteCall* find_open_call(const ListedPerson& person, Instant now) {
  if (person.state != PersonState::invited && person.state != PersonState::consented) return nullptr;
  if (person.calls.empty()) return nullptr;
  const SubstituteCall& last = person.calls.back();
  return last.answer == CallAnswer::open && now <= last.until ? &last : nullptr;
}

std::string write_board(const DutyBoard& board) {
  json written{{"briefing_place", board.briefing_place},
               {"instructions", board.instructions},
               {"instruction_no", board.instruction_no},
               {"invitation_days", board.invitation_days},
               {"pay", json::object()},
               {"pay_several", spell(board.pay_several)},
               {"chiefs", json::object()}};
  put_moment(written, "briefing_at", board.briefing_at);
  for (const auto& [role, won] : board.pay) written["pay"][std::string(hanjari::spell(role))] = won;
  for (const auto& [account, venue] : board.chiefs) written["chiefs"][account] = venue.text();
  return written.dump();
}

DutyBoard read_board(const std::string& text) {
  DutyBoard board;
  const json read = json::parse(text, nullptr, false);
  if (!read.is_object()) return board;
  board.briefing_at = moment_in(read, "briefing_at");
  board.briefing_place = read.value("briefing_place", std::string());
  board.instructions = read.value("instructions", std::string());
  board.instruction_no = read.value("instruction_no", std::int64_t{0});
  board.invitation_days = read.value("invitation_days", std::int64_t{7});
  board.pay_several = parse_several_duties(read.value("pay_several", std::string())).value_or(SeveralDuties::highest);
  // Named, because items() refers to what it goes through.
  const json pay = read.value("pay", json::object());
  const json chiefs = read.value("chiefs", json::object());
  for (const auto& [word, won] : pay.items()) {
    if (const auto role = duty_role_of(word)) board.pay[*role] = won.get<std::int64_t>();
  }
  for (const auto& [account, venue] : chiefs.items())
    board.chiefs[account] = VenueCode(venue.get<std::string>());
  return board;
}

std::string write_person(const ListedPerson& person) {
  json written{{"name", person.facts.name},
               {"organisation", person.facts.organisation},
               {"district", person.facts.district_code},
               {"lat", person.facts.home.lat},
               {"lon", person.facts.home.lon},
               {"roles", hanjari::spell(person.facts.roles)},
               {"past_duties", person.facts.past_duties},
               {"email", person.email},
               {"phone", person.phone},
               {"reason", person.reason},
               {"read_instruction", person.read_instruction},
               {"told_place", person.told_place}};
  put_moment(written, "answered_at", person.answered_at);
  put_moment(written, "read_at", person.read_at);
  put_moment(written, "briefed_at", person.briefed_at);
  put_moment(written, "reminded_for", person.reminded_for);
  if (!person.history.empty()) written["history"] = write_history(person.history);
  if (!person.calls.empty()) written["calls"] = write_calls(person.calls);
  if (!person.day.empty()) written["day"] = write_day_notes(person.day);
  for (const Instant& at : person.asked_at) written["asked_at"].push_back(seconds_of(at));
  return written.dump();
}

void read_person(const std::string& text, ListedPerson& person) {
  const json read = json::parse(text, nullptr, false);
  if (!read.is_object()) return;
  person.facts.name = read.value("name", std::string());
  person.facts.organisation = read.value("organisation", std::string());
  person.facts.district_code = read.value("district", std::string());
  person.facts.home.lat = read.value("lat", 0.0);
  person.facts.home.lon = read.value("lon", 0.0);
  person.facts.roles = parse_duty_roles(read.value("roles", std::string())).value_or(DutyRoles());
  person.facts.past_duties = read.value("past_duties", std::int64_t{0});
  person.facts.consent = person.state == PersonState::consented;
  person.email = read.value("email", std::string());
  person.phone = read.value("phone", std::string());
  person.reason = read.value("reason", std::string());
  person.read_instruction = read.value("read_instruction", std::int64_t{0});
  person.answered_at = moment_in(read, "answered_at");
  person.read_at = moment_in(read, "read_at");
  person.briefed_at = moment_in(read, "briefed_at");
  person.told_place = read.value("told_place", std::string());
  person.reminded_for = moment_in(read, "reminded_for");
  person.history = read_history(read.value("history", json::array()));
  person.calls = read_calls(read.value("calls", json::array()));
  person.day = read_day_notes(read.value("day", json::array()));
  person.asked_at.clear();
  const json asked = read.value("asked_at", json::array());
  for (const json& at : asked) person.asked_at.emplace_back(std::chrono::seconds(at.get<std::int64_t>()));
}

}  // namespace hanjari::services
