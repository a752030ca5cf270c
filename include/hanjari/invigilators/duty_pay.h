// Who came on the day of the exam, and what each of them is paid for it.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "hanjari/invigilators/duty_views.h"
#include "hanjari/invigilators/invigilators.h"
#include "hanjari/plans/exams.h"

namespace hanjari::services {

// Notes that somebody of the own part came, to the place where the newest duties have them, or did not come. The last note counts;
// one that says nothing new is not written. Throws NotFound (invigilator_not_found), Conflict (not_the_day: before the day of the exam;
// wrong_invigilator_state; stands_nowhere).
void note_attendance(InvigilatorRepository&, const ExamHead&, const ExamCode&, const InvigilatorId&, Attendance, const DutyPart& part,
                     const Change&);

// Nothing: nobody has noted it yet.
std::optional<Attendance> attendance_of(const ListedPerson& person);

struct PaidDuty {
  VenueCode venue;
  DutyRole role = DutyRole::chief;
  bool operator==(const PaidDuty&) const = default;
};

// One person with all duties of the day. `won` is nothing where no role of them has an amount, and 0 for whoever did not come.
struct PayLine {
  ListedPerson person;
  std::vector<PaidDuty> duties;          // each once, in the order in which they were done
  std::optional<Attendance> attendance;  // nothing: paid as if the person came, and told apart in the list
  bool is_substitute = false;            // accepted a call to one of the duties
  std::optional<std::int64_t> won;
};
// By number. Everybody who stands in the duties and has consented, and whoever came to a duty on the day and stands there no more.
std::vector<PayLine> list_pay(const std::vector<ListedPerson>& people, const DutyRows& rows, const DutyBoard& board);

// What the list of another exam of the same day pays a person.
struct OtherPay {
  ExamCode exam;
  Text name;
  std::optional<std::int64_t> won;  // as of a line
};
// Of the people of these lines (same number and name) those who stand on the list of another exam of this day too: each exam has
// amounts of its own, and whoever pays by one list alone would pay such a person twice without knowing it.
std::map<InvigilatorId, std::vector<OtherPay>> find_other_pay(InvigilatorRepository&, ExamRepository&, const ExamCode&, const ExamHead&,
                                                              const std::vector<PayLine>& lines);

}  // namespace hanjari::services
