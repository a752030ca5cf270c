// Tells people of their seats and of the exam, at the hours that are given, as long as the server runs.
#pragma once

#include <atomic>
#include <functional>
#include <string>
#include <thread>

#include "hanjari/seats/seat_reminders.h"

namespace hanjari::cli {

class ReminderClerk {
 public:
  // `on_told` is given what a round told, `on_failure` the code of what stopped one; the next minute tries again.
  ReminderClerk(services::Intake& intake, services::SeatViewRepository& views, services::ReminderHours hours,
                std::function<void(const services::SeatReminders&)> on_told,
                std::function<void(const std::string&)> on_failure);
  ~ReminderClerk();
  ReminderClerk(const ReminderClerk&) = delete;
  ReminderClerk& operator=(const ReminderClerk&) = delete;

 private:
  std::atomic<bool> stopping_{false};
  std::thread thread_;
};

}  // namespace hanjari::cli
