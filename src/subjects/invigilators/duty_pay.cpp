// What people are paid for the day, by the roles that they had and the amounts that the city has set.
#include "hanjari/invigilators/duty_pay.h"

#include <algorithm>
#include <map>
#include <utility>

#include "hanjari/base/error.h"

namespace hanjari::services {
namespace {

void add_paid_duty(std::vector<PaidDuty>& duties, const PaidDuty& duty) {
  if (std::find(duties.begin(), duties.end(), duty) == duties.end()) duties.push_back(duty);
}

// Those to which the person came: an absence that was noted afterwards takes the notes before it back.
std::vector<PaidDuty> duties_done(const ListedPerson& person) {
  std::vector<PaidDuty> done;
  for (const DayNote& note : person.day) {
    if (note.attendance == Attendance::absent) {
      done.clear();
    } else {
      add_paid_duty(done, {note.venue, note.role});
    }
  }
  return done;
}

bool was_called_to(const ListedPerson& person, const std::vector<PaidDuty>& duties) {
  return std::any_of(person.calls.begin(), person.calls.end(), [&](const SubstituteCall& call) {
    return call.answer == CallAnswer::accepted && std::find(duties.begin(), duties.end(), PaidDuty{call.venue, call.role}) != duties.end();
  });
}

std::optional<std::int64_t> pay_for(const std::vector<PaidDuty>& duties, const DutyBoard& board) {
  std::optional<std::int64_t> won;
  for (const PaidDuty& duty : duties) {
    const auto rate = board.pay.find(duty.role);
    if (rate == board.pay.end()) continue;
    const std::int64_t before = won.value_or(0);
    won = board.pay_several == SeveralDuties::sum ? before + rate->second : std::max(before, rate->second);
  }
  return won;
}

// The list of another exam; none where its people or duties were destroyed: what was paid for it was paid long ago.
std::vector<PayLine> list_pay_if_kept(InvigilatorRepository& invigilators, const ExamCode& exam) {
  try {
    const std::vector<ListedPerson> people = invigilators.list_people(exam);
    if (people.empty()) return {};
    return list_pay(people, load_newest_duties(invigilators, exam).rows, invigilators.find_board(exam));
  } catch (const NotFound&) {
    return {};
  }
}

}  // namespace

std::optional<Attendance> attendance_of(const ListedPerson& person) {
  if (person.day.empty()) return std::nullopt;
  return person.day.back().attendance;
}

std::vector<PayLine> list_pay(const std::vector<ListedPerson>& people, const DutyRows& rows, const DutyBoard& board) {
  DutyPart all;
  all.everything = true;
  std::map<InvigilatorId, PaidDuty> standing;
  for (const ShownDuty& duty : show_duties(rows, all)) standing[duty.person] = {duty.venue, duty.role};
  std::vector<PayLine> lines;
  for (const ListedPerson& person : people) {
    PayLine line;
    line.attendance = attendance_of(person);
    line.duties = duties_done(person);
    const auto duty = standing.find(person.facts.id);
    // Whoever stands in the duties still and does not come any more has no duty there.
    if (duty != standing.end() && person.state == PersonState::consented) add_paid_duty(line.duties, duty->second);
    if (line.duties.empty()) continue;
    line.is_substitute = was_called_to(person, line.duties);
    line.won = line.attendance == Attendance::absent ? std::optional<std::int64_t>(0) : pay_for(line.duties, board);
    line.person = person;
    lines.push_back(std::move(line));
  }
  std::sort(lines.begin(), lines.end(), [](const PayLine& a, const PayLine& b) { return a.person.facts.id < b.person.facts.id; });
  return lines;
}

std::map<InvigilatorId, std::vector<OtherPay>> find_other_pay(InvigilatorRepository& invigilators, ExamRepository& exams,
                                                              const ExamCode& code, const ExamHead& head,
                                                              const std::vector<PayLine>& lines) {
  std::map<InvigilatorId, const ListedPerson*> own;
  for (const PayLine& line : lines) own.emplace(line.person.facts.id, &line.person);
  std::map<InvigilatorId, std::vector<OtherPay>> found;
  for (const ExamCode& other : exams.list_exams()) {
    if (other == code) continue;
    const auto there = exams.find_head(other);
    if (!there || there->exam_on != head.exam_on) continue;
    for (const PayLine& line : list_pay_if_kept(invigilators, other)) {
      const auto known = own.find(line.person.facts.id);
      // A number may be somebody else's there.
      if (known == own.end() || known->second->facts.name != line.person.facts.name) continue;
      found[line.person.facts.id].push_back({other, {there->name_en, there->name_ko}, line.won});
    }
  }
  return found;
}

}  // namespace hanjari::services
