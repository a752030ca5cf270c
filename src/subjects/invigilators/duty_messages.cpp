#include "hanjari/invigilators/duty_messages.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/local_time.h"
#include "hanjari/base/written_day.h"
#include "hanjari/invigilators/duty_views.h"
#include "invigilators/vacant_places.h"

namespace hanjari::services {
namespace {

using namespace std::chrono_literals;

constexpr int first_told_minute = 8 * 60;
constexpr int last_told_minute = 21 * 60;
constexpr std::chrono::minutes settled{10};
constexpr std::chrono::minutes settled_on_the_day{2};

// What a round goes by.
struct Telling {
  const ExamCode& code;
  const ExamHead& head;
  const DutyBoard& board;
  Instant now;
  const std::string& page;  // address of the invigilators' own page; empty: not known
  bool filled = false;  // whether it is told in this round that accepted places are filled
  bool duties = false;  // whether places are told too
  std::map<InvigilatorId, ShownDuty> places;
  std::map<VenueCode, std::string> venues;
  VacantMap vacant{};
};

Message told_message(const ListedPerson& person, const Telling& of, const char* subject, Text body) {
  Message message;
  message.dedupe_id = fmt::format("invigilator/{}/{}/{}", of.code.text(), person.facts.id.text(), person.version);
  message.channel = person.email.empty() ? Channel::sms : Channel::email;
  message.to = person.email.empty() ? person.phone : person.email;
  message.exam = of.code.text();
  message.body = std::move(body.ko);
  if (message.channel == Channel::email) {
    message.subject = fmt::format("[{}] {}", of.head.name_ko, subject);
    message.body += "\n\n" + body.en;
  }
  if (!of.page.empty()) message.body += "\n" + of.page;
  return message;
}

// With the day, so that whoever is told of a place is told too when the exam is moved.
std::string place_told(const ShownDuty& duty, Date exam_on) {
  return fmt::format("{}/{} {}", duty.venue.text(), hanjari::spell(duty.role), format_date(exam_on));
}

// Before the day was kept it was not told either; whoever was told then of the same place is told nothing anew.
bool was_told_of(const std::string& place, const std::string& told) {
  return place == told || (!told.empty() && place.starts_with(told + " "));
}

Message place_message(const ListedPerson& person, const Telling& of, const ShownDuty& duty, bool is_move) {
  const auto venue = of.venues.find(duty.venue);
  const std::string& called = venue == of.venues.end() ? duty.venue.text() : venue->second;
  const Text role = hanjari::name_of(duty.role);
  const Text day = write_plain_day(of.head.exam_on);
  return told_message(
      person, of, is_move ? "감독 배치 변경 안내" : "감독 배치 안내",
      {fmt::format("{}: your place as an invigilator {}.\nExam day: {}\nVenue: {}\nRole: {}\nYour room is shown on your page on the day.",
                   of.head.name_en, is_move ? "has changed" : "is fixed", day.en, called, role.en),
       fmt::format("{} 감독 배치가 {}.\n시험일: {}\n시험장: {}\n역할: {}\n시험실은 시험 당일 본인 페이지에서 확인하실 수 있습니다.",
                   of.head.name_ko, is_move ? "변경되었습니다" : "정해졌습니다", day.ko, called, role.ko)});
}

Message freed_message(const ListedPerson& person, const Telling& of) {
  return told_message(person, of, "감독 배치 취소 안내",
                      {fmt::format("{}: you are not needed as an invigilator at present. Your earlier place no longer holds.",
                                   of.head.name_en),
                       fmt::format("{} 감독 배치가 취소되었습니다. 앞서 안내해 드린 배치는 더 이상 유효하지 않습니다.", of.head.name_ko)});
}

Message filled_message(const ListedPerson& person, const Telling& of) {
  const SubstituteCall& call = person.calls.back();
  const auto venue = of.venues.find(call.venue);
  const std::string& called = venue == of.venues.end() ? call.venue.text() : venue->second;
  const Text role = hanjari::name_of(call.role);
  return told_message(
      person, of, "대체 감독 자리 마감 안내",
      {fmt::format("{}: the place that you had accepted ({}, {}) is not free any more. You need not come for it. Thank you.",
                   of.head.name_en, called, role.en),
       fmt::format("{} 수락해 주신 대체 감독 자리({}, {})가 이미 채워졌습니다. 그 자리로 오지 않으셔도 됩니다. 감사합니다.", of.head.name_ko,
                   called, role.ko)});
}

Message reminder_message(const ListedPerson& person, const Telling& of) {
  const LocalTime until = local_deadline(*person.invited_until, of.head.time_zone);
  const Text day = write_plain_day(until.day);
  const std::string time = format_time_of_day(until.minute);
  Message message = told_message(
      person, of, "감독 동의 요청 기한 안내",
      {fmt::format("{}: please answer by {} {} whether you will invigilate, with the code that you were sent.", of.head.name_en,
                   time, day.en),
       fmt::format("{} 감독 동의 요청에 아직 답하지 않으셨습니다.\n앞서 보내 드린 코드로 {}까지 동의 또는 사양을 알려 주십시오.",
                   of.head.name_ko, day.ko + " " + time)});
  message.useless_after = person.invited_until;
  return message;
}

// The last day of an invitation, or the second half of one of a day.
bool is_reminder_due(const ListedPerson& person, const Telling& of) {
  if (person.state != PersonState::invited || !person.invited_until || *person.invited_until <= of.now) return false;
  if (*person.invited_until - of.now > std::min<std::chrono::hours>(24h, 12h * of.board.invitation_days)) return false;
  // What is kept of it counts seconds.
  return !person.reminded_for || std::chrono::floor<std::chrono::seconds>(*person.reminded_for) !=
                                     std::chrono::floor<std::chrono::seconds>(*person.invited_until);
}

// Whoever was told of a place of their own meanwhile is told of both at once, when the duties have settled; others need not wait that
// long: somebody who keeps a day free for a place that is gone is told soon.
bool is_told_of_filled(const ListedPerson& person, const Telling& of) {
  if (!of.filled || of.places.contains(person.facts.id) || !has_accepted_in_vain(person, of.vacant)) return false;
  return of.duties || person.told_place.empty();
}

// Whoever stood there meanwhile and was told so is told that it no longer holds: one message, not two.
void end_acceptance(ListedPerson& person, const Telling& of, PeopleStep& step, DutyMessages& told) {
  const bool reachable = !person.email.empty() || !person.phone.empty();
  const bool stood_there = !person.told_place.empty();
  if (reachable) step.messages.push_back(stood_there ? freed_message(person, of) : filled_message(person, of));
  if (reachable && stood_there) {
    person.told_place.clear();
    ++told.freed;
  }
  person.calls.back().answer = CallAnswer::filled;
  ++told.filled;
}

// Adds the message that is due to this person, and what is to be remembered of it. False: nothing is due.
bool tell_person(ListedPerson person, const Telling& of, PeopleStep& step, DutyMessages& told) {
  const bool reachable = !person.email.empty() || !person.phone.empty();
  ++person.version;
  if (is_reminder_due(person, of)) {
    if (!reachable) return false;
    person.reminded_for = person.invited_until;
    step.messages.push_back(reminder_message(person, of));
    ++told.reminded;
    step.people.push_back(std::move(person));
    return true;
  }
  if (is_told_of_filled(person, of)) {
    end_acceptance(person, of, step, told);
    step.people.push_back(std::move(person));
    return true;
  }
  if (!of.duties) return false;
  const auto place = of.places.find(person.facts.id);
  const bool comes = person.state == PersonState::consented;
  const std::string now = comes && place != of.places.end() ? place_told(place->second, of.head.exam_on) : std::string();
  if (was_told_of(now, person.told_place)) return false;
  // Whoever said no knows it; of them it is only forgotten that they had a place.
  if (comes) {
    if (!reachable) return false;
    if (now.empty()) {
      step.messages.push_back(freed_message(person, of));
      ++told.freed;
    } else {
      const bool is_move = !person.told_place.empty();
      step.messages.push_back(place_message(person, of, place->second, is_move));
      ++(is_move ? told.moved : told.placed);
    }
  }
  person.told_place = now;
  step.people.push_back(std::move(person));
  return true;
}

bool are_duties_told(ExamRepository& exams, const Telling& of, const std::optional<Staffing>& staffing, std::chrono::minutes wait) {
  if (!staffing || staffing->at + wait > of.now) return false;
  return exams.find_live_plan(of.code) && !is_plan_replaced(exams, of.code, *staffing);
}

}  // namespace

DutyMessages tell_invigilators(InvigilatorRepository& invigilators, ExamRepository& exams, PlanRepository& plans,
                               const ExamCode& code, Instant now, const std::string& page) {
  DutyMessages told;
  const auto head = exams.find_head(code);
  if (!head) return told;
  const LocalTime there = local_time(now, head->time_zone);
  if (head->exam_on < there.day) return told;
  const bool on_the_day = head->exam_on == there.day;
  if (!on_the_day && (there.minute < first_told_minute || there.minute >= last_told_minute)) return told;
  const std::vector<ListedPerson> people = invigilators.list_people(code);
  if (people.empty()) return told;
  const DutyBoard board = invigilators.find_board(code);
  Telling of{code, *head, board, now, page, false, false, {}, {}, {}};
  const NewestDuties newest = load_newest_duties(invigilators, code);
  of.filled = are_duties_told(exams, of, newest.staffing, settled_on_the_day);
  of.duties = of.filled && newest.staffing->at + (on_the_day ? settled_on_the_day : settled) <= now;
  if (of.filled) {
    DutyPart all;
    all.everything = true;
    for (ShownDuty& duty : show_duties(newest.rows, all)) of.places.emplace(duty.person, duty);
    for (VenueSummary& venue : plans.list_venues(code, std::nullopt)) of.venues.emplace(venue.code, std::move(venue.name));
    of.vacant = find_vacant_places(newest.rows, people_who_come(people), all);
  }
  PeopleStep step;
  for (const ListedPerson& person : people) {
    if (!tell_person(person, of, step, told)) continue;
    step.note.whose.push_back(person.facts.id.text());
    told.more = static_cast<std::int64_t>(step.people.size()) >= most_told_at_once;
    if (told.more) break;
  }
  if (step.people.empty()) return told;
  step.note.action = "invigilators.tell";
  step.note.subject = code.text();
  step.note.detail = fmt::format("{} placed, {} moved, {} freed, {} reminded, {} accepted in vain", told.placed, told.moved,
                                 told.freed, told.reminded, told.filled);
  step.note.exam = code.text();
  try {
    invigilators.save_people(code, step, {"program", "on schedule", now, "program"});
  } catch (const Conflict&) {
    return {};
  }
  return told;
}

}  // namespace hanjari::services
