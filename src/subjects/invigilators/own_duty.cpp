// What people see and do themselves, by the code that they were sent.
#include <algorithm>
#include <chrono>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "hanjari/actor/attempts.h"
#include "hanjari/actor/token.h"
#include "hanjari/base/error.h"
#include "hanjari/base/korean.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/invigilators/duty_people.h"
#include "invigilators/vacant_places.h"

namespace hanjari::services {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t longest_typed_code = 100;
constexpr std::size_t longest_own_reason = 600;

// As it was made: without what makes it legible, in small letters.
std::string plain_code(const std::string& typed) {
  std::string code;
  for (const char c : clean_code(typed.substr(0, longest_typed_code)))
    code += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return code;
}

CodeOwner owner_of(InvigilatorRepository& invigilators, AttemptLimit& attempts, const std::string& typed,
                   const std::string& source, Instant now) {
  const std::string code = plain_code(typed);
  // An empty field is no guess.
  if (code.empty()) throw InvalidInput("duty_code_missing", {"Enter your code.", "코드를 입력해 주십시오."});
  // Nobody guesses 64 bits, but a school full of invigilators comes from one address: whoever has the right code gets in,
  // however often others there were wrong. Only wrong ones count.
  if (auto owner = invigilators.find_code(code)) return std::move(*owner);
  LookUpGuess guess(attempts, {{"duty/source/" + source_of_limits(source), 20, 60min}}, now);
  guess.was_wrong();
  throw InvalidInput("wrong_duty_code", {"This code is not right. Look at the newest message that you were sent.",
                                         "코드가 맞지 않습니다. 가장 최근에 받은 메시지를 확인해 주십시오."});
}

ListedPerson person_of(InvigilatorRepository& invigilators, const CodeOwner& owner) {
  auto person = invigilators.find_person(owner.exam, owner.person);
  if (person) return std::move(*person);
  throw NotFound("invigilator_not_found", {"There is nobody of this code any more.", "이 코드에 해당하는 사람이 더 이상 없습니다."});
}

Change own_change(const ListedPerson& person, const std::string& reason, const std::string& source, Instant now) {
  return {person.facts.id.text(), reason, now, "program", source, ""};
}

void save_own(InvigilatorRepository& invigilators, const CodeOwner& owner, ListedPerson person, const char* action,
              const Change& change) {
  person.facts.consent = person.state == PersonState::consented;
  ++person.version;
  PeopleStep step;
  step.note = {action, fmt::format("{}/{}", owner.exam.text(), owner.person.text())};
  step.note.exam = owner.exam.text();
  step.people.push_back(std::move(person));
  invigilators.save_people(owner.exam, step, change);
}

void require_state(const ListedPerson& person, PersonState state) {
  if (person.state == state) return;
  throw Conflict("wrong_invigilator_state",
                 {fmt::format("This cannot be done now. You are noted as \"{}\".", name_of(person.state).en),
                  fmt::format("지금은 할 수 없습니다. 현재 상태: {}", name_of(person.state).ko)});
}

void require_not_expired(const ListedPerson& person, Instant now) {
  if (!has_expired(person, now)) return;
  throw Conflict("invitation_expired", {"The time for an answer is over. Ask the office for a new invitation.",
                                        "응답 기한이 지났습니다. 담당 부서에 다시 요청해 주십시오."});
}

void require_own_reason(const std::string& reason) {
  if (reason.empty()) throw InvalidInput("reason_missing", {"Say why.", "사유를 적어 주십시오."});
  if (reason.size() > longest_own_reason)
    throw InvalidInput("reason_too_long", {"The reason has at most 600 bytes.", "사유는 600바이트까지 쓸 수 있습니다."});
}

void say_no(ListedPerson& person, PersonState state, const std::string& why, Instant now) {
  require_own_reason(why);
  person.state = state;
  person.reason = why;
  person.answered_at = now;
}

// `shown`: number of the instructions that were on the page.
void take_receipt(ListedPerson& person, std::int64_t shown, std::int64_t current, Instant now) {
  if (shown == 0 || current != shown) {
    throw Conflict("instructions_changed", {"The instructions were changed meanwhile. Read them again, then confirm.",
                                            "그사이 안내문이 바뀌었습니다. 다시 읽고 확인해 주십시오."});
  }
  person.read_instruction = shown;
  person.read_at = now;
}

void answer_call(ListedPerson& person, bool takes, const std::string& why, Instant now) {
  if (find_open_call(person, now) == nullptr) {
    throw Conflict("no_open_call", {"The time for an answer to this call is over, or it was answered already or taken back.",
                                    "이 요청은 기한이 지났거나, 이미 답하셨거나, 철회되었습니다."});
  }
  const bool was_invited = person.state == PersonState::invited;
  person.calls.back().answer = takes ? CallAnswer::accepted : CallAnswer::declined;
  if (takes) {
    if (was_invited) person.answered_at = now;
    person.state = PersonState::consented;
  } else if (was_invited) {
    say_no(person, PersonState::declined, why, now);
  } else {
    require_own_reason(why);
  }
}

[[noreturn]] void refuse_swap_wish(Text message) {
  throw Conflict("wrong_swap", std::move(message));
}

// As the duties are now: whoever looks need not wait until they have settled.
bool has_own_acceptance_in_vain(InvigilatorRepository& invigilators, const OwnDuty& own) {
  if (own.duty || !own.newest.staffing || own.person.calls.empty()) return false;
  DutyPart all;
  all.everything = true;
  const std::set<InvigilatorId> coming = outlines_who_come(invigilators.list_outlines(own.exam));
  return has_accepted_in_vain(own.person, find_vacant_places(own.newest.rows, coming, all));
}

bool is_open(const DutySwap& swap) {
  return swap.state == SwapState::asked || swap.state == SwapState::agreed;
}

}  // namespace

std::string check_duty_code(InvigilatorRepository& invigilators, AttemptLimit& attempts, const std::string& typed_code,
                            const std::string& source, Instant now) {
  owner_of(invigilators, attempts, typed_code, source, now);
  return plain_code(typed_code);
}

OwnDuty open_own_duty(InvigilatorRepository& invigilators, ExamRepository& exams, AttemptLimit& attempts,
                      const std::string& typed_code, const std::string& source, Instant now) {
  const CodeOwner owner = owner_of(invigilators, attempts, typed_code, source, now);
  OwnDuty own;
  own.exam = owner.exam;
  own.person = person_of(invigilators, owner);
  own.board = invigilators.find_board(owner.exam);
  own.newest = load_newest_duties(invigilators, owner.exam);
  own.rooms_open = are_rooms_open(own.board, exams.find_head(owner.exam).value_or(ExamHead{}), now);
  if (own.person.state == PersonState::consented)
    own.duty = show_own_duty(own.newest.rows, owner.person, own.rooms_open);
  const bool is_asked = own.person.state == PersonState::consented || own.person.state == PersonState::invited;
  if (own.newest.staffing && is_asked)
    own.load = place_in_load(invigilators.list_outlines(owner.exam), own.newest.rows, owner.person);
  own.other_plan_live = own.duty && is_other_plan_live(exams, owner.exam, *own.newest.staffing);
  own.accepted_in_vain = has_own_acceptance_in_vain(invigilators, own);
  own.history = list_own_history(invigilators, exams, owner.exam, own.person, now);
  // What the page does not show does not leave here either.
  own.newest.rows = {};
  for (DutySwap& swap : invigilators.list_swaps(owner.exam)) {
    if (swap.first == owner.person || swap.second == owner.person) own.swaps.push_back(std::move(swap));
  }
  return own;
}

CodeOwner take_own_step(InvigilatorRepository& invigilators, AttemptLimit& attempts, const std::string& typed_code,
                        OwnStep step, const OwnWords& words, const std::string& source, Instant now) {
  CodeOwner owner = owner_of(invigilators, attempts, typed_code, source, now);
  ListedPerson person = person_of(invigilators, owner);
  const std::string why = clean_line(words.reason);
  const Change change = own_change(person, why, source, now);
  const char* action = "";
  switch (step) {
    case OwnStep::consent:
      require_state(person, PersonState::invited);
      require_not_expired(person, now);
      person.state = PersonState::consented;
      person.answered_at = now;
      action = "invigilators.consent";
      break;
    case OwnStep::decline:
      require_state(person, PersonState::invited);
      say_no(person, PersonState::declined, why, now);
      action = "invigilators.decline";
      break;
    case OwnStep::withdraw:
      require_state(person, PersonState::consented);
      say_no(person, PersonState::withdrawn, why, now);
      action = "invigilators.withdraw";
      break;
    case OwnStep::read:
      require_state(person, PersonState::consented);
      take_receipt(person, words.instruction, invigilators.find_board(owner.exam).instruction_no, now);
      action = "invigilators.receipt";
      break;
    case OwnStep::take_call:
    case OwnStep::decline_call:
      answer_call(person, step == OwnStep::take_call, why, now);
      action = step == OwnStep::take_call ? "invigilators.take_call" : "invigilators.decline_call";
      break;
  }
  save_own(invigilators, owner, std::move(person), action, change);
  if (step == OwnStep::withdraw) end_swaps_of_who_left(invigilators, owner.exam, change);
  return owner;
}

void ask_swap(InvigilatorRepository& invigilators, AttemptLimit& attempts, const std::string& typed_code,
              const std::string& other, const std::string& source, Instant now) {
  const CodeOwner owner = owner_of(invigilators, attempts, typed_code, source, now);
  const ListedPerson person = person_of(invigilators, owner);
  require_state(person, PersonState::consented);
  const InvigilatorId partner(clean_line(other));
  if (partner == owner.person) refuse_swap_wish({"Name somebody else.", "다른 사람의 번호를 적어 주십시오."});
  const auto asked = invigilators.find_person(owner.exam, partner);
  // Whether somebody is in the list is nobody's business: one answer for whoever cannot swap.
  if (!asked || asked->state != PersonState::consented) {
    refuse_swap_wish({"Nobody with this number can change places with you.", "그 번호로는 교대할 수 있는 사람이 없습니다."});
  }
  for (const DutySwap& swap : invigilators.list_swaps(owner.exam)) {
    if (is_open(swap) && (swap.first == owner.person || swap.second == owner.person))
      refuse_swap_wish({"Another exchange of yours is not settled yet.", "아직 처리되지 않은 교대 요청이 있습니다."});
  }
  DutySwap swap;
  swap.id = draw_token();
  swap.exam = owner.exam;
  swap.first = owner.person;
  swap.second = partner;
  swap.asked_at = now;
  swap.version = 1;
  invigilators.save_swap(swap, own_change(person, "", source, now));
}

void answer_swap(InvigilatorRepository& invigilators, AttemptLimit& attempts, const std::string& typed_code,
                 const std::string& id, bool agreed, const std::string& source, Instant now) {
  const CodeOwner owner = owner_of(invigilators, attempts, typed_code, source, now);
  const ListedPerson person = person_of(invigilators, owner);
  const auto swaps = invigilators.list_swaps(owner.exam);
  const auto found = std::find_if(swaps.begin(), swaps.end(), [&](const DutySwap& one) { return one.id == id; });
  if (found == swaps.end() || (found->first != owner.person && found->second != owner.person))
    throw NotFound("duty_swap_not_found", {"There is no such exchange of yours.", "그런 교대 요청이 없습니다."});
  DutySwap swap = *found;
  const bool may_agree = swap.state == SwapState::asked && swap.second == owner.person;
  if (agreed ? !may_agree : !is_open(swap))
    refuse_swap_wish({"This exchange cannot be answered so any more.", "이 교대 요청에는 이제 그렇게 답할 수 없습니다."});
  swap.state = agreed ? SwapState::agreed : SwapState::refused;
  if (agreed) swap.agreed_at = now;
  ++swap.version;
  invigilators.save_swap(swap, own_change(person, "", source, now));
}

void end_swaps_of_who_left(InvigilatorRepository& invigilators, const ExamCode& code, const Change& change) {
  std::vector<DutySwap> open = invigilators.list_swaps(code);
  std::erase_if(open, [](const DutySwap& swap) { return !is_open(swap); });
  if (open.empty()) return;
  const std::set<InvigilatorId> coming = outlines_who_come(invigilators.list_outlines(code));
  for (DutySwap& swap : open) {
    if (coming.contains(swap.first) && coming.contains(swap.second)) continue;
    swap.state = SwapState::refused;
    ++swap.version;
    invigilators.save_swap(swap, change);
  }
}

}  // namespace hanjari::services
