// What somebody did before, as far as it is known one by one.
#include <algorithm>
#include <utility>

#include "hanjari/base/date.h"
#include "hanjari/base/error.h"
#include "hanjari/base/local_time.h"
#include "hanjari/invigilators/duty_pay.h"
#include "hanjari/invigilators/duty_people.h"

namespace hanjari::services {
namespace {

// Each is a reading of all duties of an exam.
constexpr std::size_t most_earlier_exams = 10;

struct EarlierExam {
  ExamCode code;
  ExamHead head;
};

std::vector<EarlierExam> earlier_exams(InvigilatorRepository& invigilators, ExamRepository& exams, const ExamCode& code,
                                       const InvigilatorId& id, Instant now) {
  std::vector<EarlierExam> earlier;
  const auto own = exams.find_head(code);
  if (!own) return earlier;
  for (const ExamCode& other : invigilators.list_exams_of(id)) {
    if (other == code) continue;
    auto head = exams.find_head(other);
    if (!head || !(head->exam_on < own->exam_on)) continue;
    // Of two exams that are both to come nobody has done the first one yet.
    if (head->exam_on < local_time(now, head->time_zone).day) earlier.push_back({other, std::move(*head)});
  }
  std::sort(earlier.begin(), earlier.end(),
            [](const EarlierExam& a, const EarlierExam& b) { return a.head.exam_on > b.head.exam_on; });
  if (earlier.size() > most_earlier_exams) earlier.resize(most_earlier_exams);
  return earlier;
}

// The duty that the person had there and came to; nothing for another person of the same number, and where the exam's data
// was destroyed.
std::optional<DutyRole> role_held(InvigilatorRepository& invigilators, const ExamCode& code, const ListedPerson& person) {
  // A row of another exam that does not open has no name of anybody's, and keeps the own page from nobody.
  const auto there = invigilators.find_people(code, {person.facts.id});
  if (there.empty() || there.front().facts.name != person.facts.name || there.front().state != PersonState::consented)
    return std::nullopt;
  if (attendance_of(there.front()) == Attendance::absent) return std::nullopt;
  try {
    const auto duty = show_own_duty(load_newest_duties(invigilators, code).rows, person.facts.id, false);
    if (duty) return duty->role;
  } catch (const NotFound&) {
    return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace

std::vector<KnownDuty> list_own_history(InvigilatorRepository& invigilators, ExamRepository& exams, const ExamCode& code,
                                        const ListedPerson& person, Instant now) {
  std::vector<KnownDuty> known;
  for (const PastDuty& duty : person.history) known.push_back({duty, {duty.exam, duty.exam}});
  for (const EarlierExam& earlier : earlier_exams(invigilators, exams, code, person.facts.id, now)) {
    const std::string on = format_date(earlier.head.exam_on);
    // What was imported of the day is the same duty.
    if (std::any_of(known.begin(), known.end(), [&](const KnownDuty& one) { return one.duty.held_on == on; })) continue;
    const auto role = role_held(invigilators, earlier.code, person);
    if (role) known.push_back({{on, earlier.head.name_ko, role, 1}, {earlier.head.name_en, earlier.head.name_ko}});
  }
  std::stable_sort(known.begin(), known.end(),
                   [](const KnownDuty& a, const KnownDuty& b) { return a.duty.held_on > b.duty.held_on; });
  return known;
}

}  // namespace hanjari::services
