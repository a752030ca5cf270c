// Notices about seats that are repeated until they were opened, and reminders before the exam.
#pragma once

#include <cstdint>

#include "hanjari/services/intake.h"
#include "hanjari/services/seat_views.h"

namespace hanjari::services {

struct SeatReminders {
  std::int64_t unopened = 0;     // told of a seat, new or changed, that they have not looked at
  std::int64_t before_exam = 0;  // reminded of the exam
};

// One round, for everybody with a paid application and a seat in the live plan. Who has not opened the seat is told
// once a day, who has is not; everybody is told once in the week and once on the day before the exam. May be repeated
// at any time: a message of the same day is one. Nothing after the exam. Throws NotAllowed unless the actor is an exam
// officer.
SeatReminders remind_of_seats(Intake&, SeatViewRepository&, const Actor&, const ExamCode&);

}  // namespace hanjari::services
