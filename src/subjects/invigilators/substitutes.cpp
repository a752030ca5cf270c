#include "hanjari/invigilators/substitutes.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <map>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "hanjari/actor/token.h"
#include "hanjari/base/error.h"
#include "hanjari/base/local_time.h"
#include "hanjari/base/written_day.h"
#include "hanjari/domain/duty_history.h"
#include "hanjari/invigilators/staffing_job.h"
#include "hanjari/package/duty_history_package.h"
#include "hanjari/package/staffing_package.h"
#include "invigilators/vacant_places.h"

namespace hanjari::services {
namespace {

constexpr std::size_t call_code_bytes = 8;
constexpr std::size_t most_kept_calls = 20;  // of a person
// Of a person for a place: every call and the notice that it is taken back are messages, and nobody is to be sent them without end.
constexpr int most_calls_taken_back = 3;

struct CallStateWords {
  std::string_view word;
  const char* en;
  const char* ko;
};
constexpr std::array<CallStateWords, 6> call_states{{{"waiting", "called, not answered yet", "응답 대기"},
                                                     {"accepted", "has accepted, not placed yet", "수락, 배치 전"},
                                                     {"declined", "declined", "사양"},
                                                     {"expired", "did not answer in time", "기한 지남"},
                                                     {"taken_back", "taken back", "요청 철회"},
                                                     {"filled", "had accepted, the place was filled", "수락했으나 자리가 채워짐"}}};

std::optional<CallState> state_of_call(const ListedPerson& person, const SubstituteCall& call, bool is_last, bool stands_somewhere,
                                       Instant now) {
  if (call.answer == CallAnswer::declined) return CallState::declined;
  if (call.answer == CallAnswer::taken_back) return CallState::taken_back;
  if (call.answer == CallAnswer::filled) return CallState::filled;
  if (call.answer == CallAnswer::open) {
    if (person.state == PersonState::declined || person.state == PersonState::withdrawn) return CallState::declined;
    return is_last && now <= call.until ? CallState::waiting : CallState::expired;
  }
  if (person.state != PersonState::consented) return CallState::declined;
  // Whoever stands somewhere by now is no substitute any more.
  if (stands_somewhere) return std::nullopt;
  return CallState::accepted;
}

std::vector<CalledPerson> list_called(const std::vector<ListedPerson>& people, const VacantKey& key,
                                      const std::set<InvigilatorId>& standing, Instant now) {
  std::vector<CalledPerson> called;
  for (const ListedPerson& person : people) {
    for (const SubstituteCall& call : person.calls) {
      if (call.venue != key.first || call.role != key.second) continue;
      const bool is_last = &call == &person.calls.back();
      const auto state = state_of_call(person, call, is_last, standing.contains(person.facts.id), now);
      if (state) called.push_back({person.facts.id, *state, call.called_at, call.until});
    }
  }
  std::stable_sort(called.begin(), called.end(),
                   [](const CalledPerson& a, const CalledPerson& b) { return a.called_at < b.called_at; });
  return called;
}

// Whoever has said no, or waits for a place, is not to be called. `vacant`: of the whole exam.
bool may_be_called(const ListedPerson& person, const VacantMap& vacant, Instant now) {
  if (person.state == PersonState::declined || person.state == PersonState::withdrawn) return false;
  if (find_open_call(person, now) != nullptr) return false;
  if (person.calls.empty() || person.calls.back().answer != CallAnswer::accepted) return true;
  return person.state != PersonState::consented || !vacant.contains({person.calls.back().venue, person.calls.back().role});
}

struct CallGround {
  std::vector<ListedPerson> people;
  DutyRows rows;
  std::shared_ptr<const PlanCopy> copy;
  Staff staff;  // in which whoever can be called counts as consenting
  std::vector<DutyRow> staying;
  std::set<InvigilatorId> standing;
  std::set<InvigilatorId> own;  // people of the reader's part
  VacantMap vacant;
  std::map<InvigilatorId, TakenOff> taken_off;
};

// The plan of the duties, where it is stored still.
std::shared_ptr<const PlanCopy> copy_of_duties(ExamRepository& exams, PlanCopies& copies, const ExamCode& code,
                                               const std::string& digest) {
  for (const StoredPlan& plan : exams.list_plans(code)) {
    if (plan.digest == digest) return copies.find(exams, code, plan);
  }
  throw NotFound("plan_not_found", {"The plan of these duties is not stored any more.",
                                    "이 배치가 근거로 삼은 배정안이 더 이상 저장되어 있지 않습니다."});
}

CallGround read_call_ground(InvigilatorRepository& invigilators, ExamRepository& exams, PlanCopies& copies,
                            const ExamCode& code, const DutyPart& part, Instant now) {
  require_not_destroyed(exams, code);
  CallGround ground;
  NewestDuties newest = load_newest_duties(invigilators, code);
  if (!newest.staffing) return ground;
  ground.rows = std::move(newest.rows);
  ground.people = invigilators.list_people(code);
  const std::set<InvigilatorId> coming = people_who_come(ground.people);
  ground.vacant = find_vacant_places(ground.rows, coming, part);
  for (const ListedPerson& person : own_people(ground.people, ground.rows, part)) {
    ground.own.insert(person.facts.id);
    // Where the place is filled by now the call stays on the list, to be taken back.
    const SubstituteCall* open = find_open_call(person, now);
    if (open != nullptr && part.has(open->venue)) ground.vacant.try_emplace({open->venue, open->role});
  }
  for (const DutyRow& row : ground.rows.duties) {
    if (!coming.contains(row.invigilator_id)) continue;
    ground.staying.push_back(row);
    ground.standing.insert(row.invigilator_id);
  }
  if (ground.vacant.empty()) return ground;
  if (newest.staffing->by_hand)
    ground.taken_off = find_taken_off(package::load_duty_history(invigilators.load_staffing(*newest.staffing)));
  ground.copy = copy_of_duties(exams, copies, code, newest.staffing->plan_digest);
  ground.staff =
      package::load_staff(ground.copy->planned.exam, people_folder(invigilators, code, ground.people),
                          package::Encoding::utf8)
          .staff;
  DutyPart all;
  all.everything = true;
  const VacantMap everywhere = find_vacant_places(ground.rows, coming, all);
  std::map<InvigilatorId, const ListedPerson*> listed;
  for (const ListedPerson& person : ground.people) listed.emplace(person.facts.id, &person);
  for (Invigilator& person : ground.staff.people) {
    const auto found = listed.find(person.id);
    if (found == listed.end()) continue;
    person.consent = ground.standing.contains(person.id) || may_be_called(*found->second, everywhere, now);
  }
  return ground;
}

// Whoever an officer took off a place, for an illness say, is not asked to come back to it; elsewhere it is said of them.
void leave_out_taken_off(const CallGround& ground, const VacantKey& key, Vacancy& vacancy) {
  std::erase_if(vacancy.next, [&](const staffing::Substitute& one) {
    const auto off = ground.taken_off.find(one.id);
    if (off == ground.taken_off.end()) return false;
    vacancy.taken_off_for.emplace(one.id, off->second.reason);
    const bool was_here = off->second.from.venue_code == key.first && off->second.from.role == key.second;
    if (was_here) vacancy.taken_off.push_back(one.id);
    return was_here;
  });
  std::sort(vacancy.taken_off.begin(), vacancy.taken_off.end());
}

// `able`: who may take one of the places by the rules.
Vacancy describe_vacancy(const CallGround& ground, const VacantKey& key, const VacantPlaces& vacant,
                         std::vector<staffing::Substitute> able, Instant now) {
  const std::set<InvigilatorId>& own = ground.own;
  Vacancy vacancy;
  vacancy.venue = key.first;
  vacancy.role = key.second;
  vacancy.places = static_cast<std::int64_t>(vacant.places.size());
  vacancy.left = vacant.left;
  // In an order that tells nothing of rooms.
  std::sort(vacancy.left.begin(), vacancy.left.end());
  vacancy.called = list_called(ground.people, key, ground.standing, now);
  std::set<InvigilatorId> called_before;
  std::map<InvigilatorId, int> taken_back;
  std::int64_t awaited = 0;
  for (const CalledPerson& called : vacancy.called) {
    // Whose call was taken back has given no answer, and whose place was filled said yes: they can be called again.
    const bool ended_by_us = called.state == CallState::taken_back || called.state == CallState::filled;
    const bool free = ended_by_us && ++taken_back[called.id] < most_calls_taken_back;
    if (!free) called_before.insert(called.id);
    awaited += called.state == CallState::waiting || called.state == CallState::accepted ? 1 : 0;
  }
  std::erase_if(vacancy.called, [&](const CalledPerson& called) { return !own.contains(called.id); });
  vacancy.next = std::move(able);
  std::erase_if(vacancy.next, [&](const staffing::Substitute& one) {
    return !own.contains(one.id) || called_before.contains(one.id);
  });
  leave_out_taken_off(ground, key, vacancy);
  vacancy.may_call = awaited < vacancy.places;
  return vacancy;
}

std::vector<Vacancy> vacancies_of(const CallGround& ground, const DutyPart& part, Instant now) {
  std::vector<Vacancy> vacancies;
  if (ground.vacant.empty()) return vacancies;
  std::vector<std::vector<DutyPlace>> groups;
  for (const auto& [key, vacant] : ground.vacant) groups.push_back(vacant.places);
  const PlannedExam& planned = ground.copy->planned;
  auto able = staffing::find_substitutes(planned.exam, planned.plan, ground.staff, ground.staying, groups,
                                         part.rooms ? staffing::RoomRules::kept : staffing::RoomRules::unknown);
  for (const auto& [key, vacant] : ground.vacant)
    vacancies.push_back(describe_vacancy(ground, key, vacant, std::move(able[vacancies.size()]), now));
  return vacancies;
}

std::string spaced_call_code(const std::string& code) {
  std::string spaced;
  for (std::size_t at = 0; at < code.size(); ++at) {
    if (at > 0 && at % 4 == 0) spaced += '-';
    spaced += code[at];
  }
  return spaced;
}

Message call_message(const ListedPerson& person, const ExamCode& code, const ExamHead& head, const std::string& page) {
  const SubstituteCall& call = person.calls.back();
  const LocalTime local = local_deadline(call.until, head.time_zone);
  const Text day = write_plain_day(local.day);
  const std::string time = format_time_of_day(local.minute);
  const Text role = hanjari::name_of(call.role);
  const Text exam_day = write_plain_day(head.exam_on);
  Message message;
  message.dedupe_id = fmt::format("invigilator/{}/{}/{}", code.text(), person.facts.id.text(), person.version);
  message.channel = person.email.empty() ? Channel::sms : Channel::email;
  message.to = person.email.empty() ? person.phone : person.email;
  message.exam = code.text();
  message.useless_after = call.until;
  message.body = fmt::format("{} {} 자리가 비어 대신 맡아 주실 수 있는지 여쭙니다.\n시험일: {}\n아래 코드로 본인 페이지를 열어 {} {}까지 알려 주십시오.\n코드: {}",
                             head.name_ko, role.ko, exam_day.ko, day.ko, time, spaced_call_code(person.new_code));
  if (message.channel == Channel::email) {
    message.subject = fmt::format("[{}] 대체 감독 요청", head.name_ko);
    message.body += fmt::format("\n\n{}: a place has become free ({}). Can you take it?\nExam day: {}.\nOpen your page with this code "
                                "and answer by {} {}.\nCode: {}",
                                head.name_en, role.en, exam_day.en, time, day.en, spaced_call_code(person.new_code));
  }
  if (!page.empty()) message.body += "\n" + page;
  return message;
}

// No answer is of use once the day of the exam is over.
Instant end_of_call(Instant now, std::int64_t minutes, const ExamHead& head) {
  const Instant until = now + std::chrono::minutes(minutes);
  const Instant ends = instant_of(head.exam_on, 0, head.time_zone) + std::chrono::hours(24);
  return ends > now ? std::min(until, ends) : until;
}

// What makes a person a called one; the version is the next.
ListedPerson called_person(ListedPerson person, const CallWish& wish, Instant until, const Change& change) {
  if (person.state != PersonState::consented) {
    // An invitation that runs longer keeps its end: the call takes nothing from it.
    const bool runs_longer = person.state == PersonState::invited && person.invited_until && *person.invited_until > until;
    if (!runs_longer) {
      person.invited_until = until;
      person.reminded_for = until;  // a call is short; one message is enough
    }
    person.state = PersonState::invited;
    person.reason.clear();
  }
  person.calls.push_back({wish.venue, wish.role, change.at, until, change.author, CallAnswer::open});
  if (person.calls.size() > most_kept_calls) person.calls.erase(person.calls.begin());
  person.new_code = draw_token(call_code_bytes);
  ++person.version;
  return person;
}

std::size_t require_callable(const Vacancy& vacancy, const InvigilatorId& person) {
  if (!vacancy.may_call) {
    throw Conflict("already_called", {"As many people as places are free have been called. Wait for their answers.",
                                      "빈자리만큼 이미 요청했습니다. 응답을 기다려 주십시오."});
  }
  const auto found = std::find_if(vacancy.next.begin(), vacancy.next.end(), [&](const auto& one) { return one.id == person; });
  if (found == vacancy.next.end()) {
    throw InvalidInput("no_substitute", {fmt::format("{} cannot be called for this place.", person.text()),
                                         fmt::format("이 자리에 요청할 수 없는 사람입니다: {}", person.text())});
  }
  return static_cast<std::size_t>(found - vacancy.next.begin()) + 1;
}

}  // namespace

std::string_view spell(CallState state) {
  return call_states[static_cast<std::size_t>(state)].word;
}

Text name_of(CallState state) {
  const CallStateWords& known = call_states[static_cast<std::size_t>(state)];
  return {known.en, known.ko};
}

std::vector<Vacancy> list_vacancies(InvigilatorRepository& invigilators, ExamRepository& exams, PlanCopies& copies,
                                    const ExamCode& code, const DutyPart& part, Instant now) {
  return vacancies_of(read_call_ground(invigilators, exams, copies, code, part, now), part, now);
}

Instant call_substitute(InvigilatorRepository& invigilators, ExamRepository& exams, PlanCopies& copies, const ExamCode& code,
                        const CallWish& wish, const DutyPart& part, const std::string& page, const Change& change) {
  if (wish.minutes < least_call_minutes || wish.minutes > most_call_minutes) {
    throw InvalidInput("bad_request", {"The time for an answer is 10 minutes to 7 days.", "응답 기한은 10분에서 7일까지입니다."});
  }
  PeopleStep step;
  // Of two calls at one moment the second finds that the first has changed the list.
  step.seen_mark = invigilators.mark_of_people(code);
  const CallGround ground = read_call_ground(invigilators, exams, copies, code, part, change.at);
  const std::vector<Vacancy> vacancies = vacancies_of(ground, part, change.at);
  const auto vacancy = std::find_if(vacancies.begin(), vacancies.end(), [&](const Vacancy& one) {
    return one.venue == wish.venue && one.role == wish.role;
  });
  if (vacancy == vacancies.end()) {
    throw NotFound("no_vacancy", {"No place of this venue and role is free.", "이 시험장에는 그 역할의 빈자리가 없습니다."});
  }
  const std::size_t rank = require_callable(*vacancy, wish.person);
  const auto listed = std::find_if(ground.people.begin(), ground.people.end(),
                                   [&](const ListedPerson& one) { return one.facts.id == wish.person; });
  if (listed->email.empty() && listed->phone.empty()) {
    throw InvalidInput("unreachable", {"The person has no e-mail and no phone. Call by phone and note the consent.",
                                       "이메일과 전화번호가 없는 사람입니다. 직접 연락한 뒤 동의를 기록해 주십시오."});
  }
  const ExamHead head = exams.find_head(code).value_or(ExamHead{});
  const Instant until = end_of_call(change.at, wish.minutes, head);
  ListedPerson person = called_person(*listed, wish, until, change);
  step.messages.push_back(call_message(person, code, head, page));
  step.note = {"invigilators.call", fmt::format("{}/{}", code.text(), wish.venue.text()),
               fmt::format("{}, number {} of {}", hanjari::spell(wish.role), rank, vacancy->next.size())};
  step.note.exam = code.text();
  step.note.whose = {wish.person.text()};
  step.people.push_back(std::move(person));
  invigilators.save_people(code, step, change);
  return until;
}

}  // namespace hanjari::services
