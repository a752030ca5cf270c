// Notices about seats that are repeated until they were opened, and reminders before the exam.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>

#include "hanjari/intake/applications.h"
#include "hanjari/intake/recruitments.h"
#include "hanjari/messages/messages.h"
#include "hanjari/plans/exams.h"
#include "hanjari/plans/plans.h"
#include "hanjari/plans/seat_views.h"

namespace hanjari::services {

struct SeatReminders {
  std::int64_t unopened = 0;     // told of a seat, new or changed, that they have not looked at
  std::int64_t before_exam = 0;  // reminded of the exam
};

// What the rounds read, and where they leave their messages.
struct SeatReminderStores {
  RecruitmentRepository& recruitments;
  ApplicationRepository& applications;
  ExamRepository& exams;
  PlanRepository& plans;
  SeatViewRepository& views;
  MessageOutbox& outbox;
  const Clock& clock;
};

// One round, for everybody with a paid application and a seat in the live plan. Who has not opened the seat is told
// once a day, who has is not; everybody is told once in the week and once on the day before the exam. May be repeated
// at any time: a message of the same day is one. Nothing after the exam. `stopping` is asked before each person; a round
// that was broken off is begun anew.
SeatReminders remind_of_seats(
    const SeatReminderStores&, const ExamCode&, const std::function<bool()>& stopping = [] { return false; });

// The hours of the exam's own day in which messages may wake people: from `from` o'clock until before `until`.
struct ReminderHours {
  int from = 8;
  int until = 21;
};

// When rounds are due, for every exam by itself: the first of each day, and one whenever another plan went live. Not a
// repository: what it forgets when the program ends, a round told twice does not repeat.
class SeatReminderRounds {
 public:
  explicit SeatReminderRounds(ReminderHours hours = {}) : hours_(hours) {}
  // Runs what is due now and gives the sum. Called once a minute.
  SeatReminders run(
      const SeatReminderStores&, const std::function<bool()>& stopping = [] { return false; });

 private:
  struct Round {
    Date day;
    std::string plan_digest;
    bool operator==(const Round&) const = default;
  };
  ReminderHours hours_;
  std::map<ExamCode, Round> last_;
};

}  // namespace hanjari::services
