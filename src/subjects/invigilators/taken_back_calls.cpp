// Calls to take a free place that the office takes back before they are answered.
#include <algorithm>
#include <chrono>
#include <utility>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/people.h"
#include "hanjari/invigilators/substitutes.h"

namespace hanjari::services {
namespace {

// Somebody answers between the reading and the writing: then the list is read again.
constexpr int most_take_back_tries = 20;

Message taken_back_message(const ListedPerson& person, const ExamCode& code, const ExamHead& head, const std::string& page) {
  const Text role = hanjari::name_of(person.calls.back().role);
  Message message;
  message.dedupe_id = fmt::format("invigilator/{}/{}/{}", code.text(), person.facts.id.text(), person.version);
  message.channel = person.email.empty() ? Channel::sms : Channel::email;
  message.to = person.email.empty() ? person.phone : person.email;
  message.exam = code.text();
  message.body = fmt::format("{} 대체 감독({}) 요청을 철회합니다. 답하지 않으셔도 됩니다.", head.name_ko, role.ko);
  if (message.channel == Channel::email) {
    message.subject = fmt::format("[{}] 대체 감독 요청 철회", head.name_ko);
    message.body += fmt::format("\n\n{}: the call to take a free place ({}) is taken back. You need not answer it.", head.name_en, role.en);
  }
  if (!page.empty()) message.body += "\n" + page;
  return message;
}

// What is kept of a call counts seconds, what is kept of an invitation does not.
bool is_same_second(Instant a, Instant b) {
  return std::chrono::floor<std::chrono::seconds>(a) == std::chrono::floor<std::chrono::seconds>(b);
}

// The version is the next.
ListedPerson freed_of_call(ListedPerson person) {
  SubstituteCall& call = person.calls.back();
  call.answer = CallAnswer::taken_back;
  // Whoever was asked for consent by the call alone is asked no more; an invitation of its own goes on.
  if (person.state == PersonState::invited && person.invited_until && is_same_second(*person.invited_until, call.until)) {
    person.state = PersonState::listed;
    person.invited_until.reset();
    person.reminded_for.reset();
  }
  ++person.version;
  return person;
}

PeopleStep step_to_take_back(const std::vector<ListedPerson>& awaited, const ExamCode& code, const ExamHead& head,
                             const TakeBackWish& wish, const std::string& page) {
  PeopleStep step;
  step.note = {"invigilators.take_back_call", fmt::format("{}/{}", code.text(), wish.venue.text()),
               fmt::format("{}, {}", hanjari::spell(wish.role), count_people(std::ssize(awaited)))};
  step.note.exam = code.text();
  for (const ListedPerson& listed : awaited) {
    ListedPerson person = freed_of_call(listed);
    // A contact may have been taken out since the call.
    if (!person.email.empty() || !person.phone.empty()) step.messages.push_back(taken_back_message(person, code, head, page));
    step.note.whose.push_back(person.facts.id.text());
    step.people.push_back(std::move(person));
  }
  return step;
}

}  // namespace

std::vector<ListedPerson> list_awaited(InvigilatorRepository& invigilators, const ExamCode& code, const TakeBackWish& wish,
                                       const DutyPart& part, Instant now) {
  const DutyRows rows = part.everything ? DutyRows{} : load_newest_duties(invigilators, code).rows;
  std::vector<ListedPerson> awaited = own_people(invigilators.list_people(code), rows, part);
  std::erase_if(awaited, [&](const ListedPerson& person) {
    const SubstituteCall* open = find_open_call(person, now);
    if (open == nullptr || !part.has(wish.venue) || open->venue != wish.venue || open->role != wish.role) return true;
    return !wish.people.empty() && std::find(wish.people.begin(), wish.people.end(), person.facts.id) == wish.people.end();
  });
  std::sort(awaited.begin(), awaited.end(),
            [](const ListedPerson& a, const ListedPerson& b) { return a.facts.id < b.facts.id; });
  return awaited;
}

std::vector<InvigilatorId> take_back_calls(InvigilatorRepository& invigilators, ExamRepository& exams, const ExamCode& code,
                                           const TakeBackWish& wish, const DutyPart& part, const std::string& page,
                                           const Change& change) {
  require_not_destroyed(exams, code);
  const ExamHead head = exams.find_head(code).value_or(ExamHead{});
  for (int tried = 1;; ++tried) {
    const std::vector<ListedPerson> awaited = list_awaited(invigilators, code, wish, part, change.at);
    std::vector<InvigilatorId> freed;
    if (awaited.empty()) return freed;
    for (const ListedPerson& person : awaited) freed.push_back(person.facts.id);
    try {
      // Every person is compared with the version that was read: an acceptance that came first is never written over.
      invigilators.save_people(code, step_to_take_back(awaited, code, head, wish, page), change);
      return freed;
    } catch (const Conflict&) {
      if (tried == most_take_back_tries) throw;
    }
  }
}

}  // namespace hanjari::services
