// Calls to take a free place, and invitations, that the office takes back before they are answered.
#include <algorithm>
#include <chrono>
#include <utility>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/people.h"
#include "hanjari/invigilators/duty_people.h"
#include "hanjari/invigilators/substitutes.h"

namespace hanjari::services {
namespace {

// Somebody answers between the reading and the writing: then the list is read again.
constexpr int most_take_back_tries = 20;

struct TakenBackWords {
  std::string subject;
  Text body;
};

Message taken_back_message(const ListedPerson& person, const ExamCode& code, const TakenBackWords& words, const std::string& page) {
  Message message;
  message.dedupe_id = fmt::format("invigilator/{}/{}/{}", code.text(), person.facts.id.text(), person.version);
  message.channel = person.email.empty() ? Channel::sms : Channel::email;
  message.to = person.email.empty() ? person.phone : person.email;
  message.exam = code.text();
  message.body = words.body.ko;
  if (message.channel == Channel::email) {
    message.subject = words.subject;
    message.body += "\n\n" + words.body.en;
  }
  if (!page.empty()) message.body += "\n" + page;
  return message;
}

TakenBackWords words_of_call(const ExamHead& head, DutyRole duty_role) {
  const Text role = hanjari::name_of(duty_role);
  return {fmt::format("[{}] 대체 감독 요청 철회", head.name_ko),
          {fmt::format("{}: the call to take a free place ({}) is taken back. You need not answer it.", head.name_en, role.en),
           fmt::format("{} 대체 감독({}) 요청을 철회합니다. 답하지 않으셔도 됩니다.", head.name_ko, role.ko)}};
}

TakenBackWords words_of_invitation(const ExamHead& head) {
  return {fmt::format("[{}] 감독 위촉 동의 요청 철회", head.name_ko),
          {fmt::format("{}: the invitation to invigilate is taken back. You need not answer it.", head.name_en),
           fmt::format("{} 감독 위촉 동의 요청을 철회합니다. 답하지 않으셔도 됩니다.", head.name_ko)}};
}

// What is kept of a call counts seconds, what is kept of an invitation does not.
bool is_same_second(Instant a, Instant b) {
  return std::chrono::floor<std::chrono::seconds>(a) == std::chrono::floor<std::chrono::seconds>(b);
}

ListedPerson next_version(ListedPerson person) {
  ++person.version;
  return person;
}

// As if nobody had asked; whoever has consented stays so.
ListedPerson freed_of_invitation(ListedPerson person) {
  if (person.state == PersonState::invited) {
    person.state = PersonState::listed;
    person.invited_until.reset();
    person.reminded_for.reset();
  }
  return next_version(std::move(person));
}

// The version is the next.
ListedPerson freed_of_call(ListedPerson person) {
  SubstituteCall& call = person.calls.back();
  call.answer = CallAnswer::taken_back;
  // Whoever was asked for consent by the call alone is asked no more; an invitation of its own goes on.
  const bool by_call = person.invited_until && is_same_second(*person.invited_until, call.until);
  return by_call ? freed_of_invitation(std::move(person)) : next_version(std::move(person));
}

// Adds the person as freed, with the notice.
void free_person(ListedPerson person, const ExamCode& code, const TakenBackWords& words, const std::string& page, PeopleStep& step) {
  // A contact may have been taken out meanwhile.
  if (!person.email.empty() || !person.phone.empty()) step.messages.push_back(taken_back_message(person, code, words, page));
  step.note.whose.push_back(person.facts.id.text());
  step.people.push_back(std::move(person));
}

// `list`: whose answer is awaited now; `step`: what frees them. Every person is compared with the version that was read: an answer
// that came first is never written over, and whoever gave it is not in the list that is read again.
template <class List, class Step>
std::vector<InvigilatorId> free_awaited(InvigilatorRepository& invigilators, const ExamCode& code, const Change& change, List list,
                                        Step step) {
  for (int tried = 1;; ++tried) {
    const std::vector<ListedPerson> awaited = list();
    std::vector<InvigilatorId> freed;
    if (awaited.empty()) return freed;
    for (const ListedPerson& person : awaited) freed.push_back(person.facts.id);
    try {
      invigilators.save_people(code, step(awaited), change);
      return freed;
    } catch (const Conflict&) {
      if (tried == most_take_back_tries) throw;
    }
  }
}

void sort_by_number(std::vector<ListedPerson>& people) {
  std::sort(people.begin(), people.end(), [](const ListedPerson& a, const ListedPerson& b) { return a.facts.id < b.facts.id; });
}

// `named` is sorted; nobody named means everybody.
bool is_named(const std::vector<InvigilatorId>& named, const InvigilatorId& id) {
  return named.empty() || std::binary_search(named.begin(), named.end(), id);
}

// Thousands may be named, as a question about all of a list does.
std::vector<InvigilatorId> sorted_numbers(std::vector<InvigilatorId> named) {
  std::sort(named.begin(), named.end());
  return named;
}

std::vector<ListedPerson> people_of_part(InvigilatorRepository& invigilators, const ExamCode& code, const DutyPart& part) {
  const DutyRows rows = part.everything ? DutyRows{} : load_newest_duties(invigilators, code).rows;
  return own_people(invigilators.list_people(code), rows, part);
}

}  // namespace

std::vector<ListedPerson> list_awaited(InvigilatorRepository& invigilators, const ExamCode& code, const TakeBackWish& wish,
                                       const DutyPart& part, Instant now) {
  const std::vector<InvigilatorId> named = sorted_numbers(wish.people);
  std::vector<ListedPerson> awaited = people_of_part(invigilators, code, part);
  std::erase_if(awaited, [&](const ListedPerson& person) {
    const SubstituteCall* open = find_open_call(person, now);
    return open == nullptr || !part.has(wish.venue) || open->venue != wish.venue || open->role != wish.role ||
           !is_named(named, person.facts.id);
  });
  sort_by_number(awaited);
  return awaited;
}

std::vector<InvigilatorId> take_back_calls(InvigilatorRepository& invigilators, ExamRepository& exams, const ExamCode& code,
                                           const TakeBackWish& wish, const DutyPart& part, const std::string& page,
                                           const Change& change) {
  require_not_destroyed(exams, code);
  const TakenBackWords words = words_of_call(exams.find_head(code).value_or(ExamHead{}), wish.role);
  return free_awaited(
      invigilators, code, change, [&] { return list_awaited(invigilators, code, wish, part, change.at); },
      [&](const std::vector<ListedPerson>& awaited) {
        PeopleStep step;
        step.note = {"invigilators.take_back_call", fmt::format("{}/{}", code.text(), wish.venue.text()),
                     fmt::format("{}, {}", hanjari::spell(wish.role), hanjari::count_people(std::ssize(awaited)))};
        step.note.exam = code.text();
        for (const ListedPerson& person : awaited) free_person(freed_of_call(person), code, words, page, step);
        return step;
      });
}

std::vector<ListedPerson> list_invited(InvigilatorRepository& invigilators, const ExamCode& code,
                                       const std::vector<InvigilatorId>& named, const DutyPart& part, Instant now) {
  const std::vector<InvigilatorId> sorted = sorted_numbers(named);
  std::vector<ListedPerson> invited = people_of_part(invigilators, code, part);
  std::erase_if(invited, [&](const ListedPerson& person) {
    return person.state != PersonState::invited || has_expired(person, now) || find_open_call(person, now) != nullptr ||
           !is_named(sorted, person.facts.id);
  });
  sort_by_number(invited);
  return invited;
}

std::vector<InvigilatorId> take_back_invitations(InvigilatorRepository& invigilators, ExamRepository& exams, const ExamCode& code,
                                                 const std::vector<InvigilatorId>& named, const DutyPart& part,
                                                 const std::string& page, const Change& change) {
  require_not_destroyed(exams, code);
  const TakenBackWords words = words_of_invitation(exams.find_head(code).value_or(ExamHead{}));
  return free_awaited(
      invigilators, code, change, [&] { return list_invited(invigilators, code, named, part, change.at); },
      [&](const std::vector<ListedPerson>& invited) {
        PeopleStep step;
        step.note = {"invigilators.take_back", code.text(), hanjari::count_people(std::ssize(invited))};
        step.note.exam = code.text();
        for (const ListedPerson& person : invited) free_person(freed_of_invitation(person), code, words, page, step);
        return step;
      });
}

}  // namespace hanjari::services
