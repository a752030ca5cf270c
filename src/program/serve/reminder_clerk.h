// Tells people of their seats, of the exam and of forms that were begun and not submitted, at the hours that are given,
// as long as the server runs.
#pragma once

#include <atomic>
#include <functional>
#include <string>
#include <thread>

#include "hanjari/intake/unsent_reminders.h"
#include "hanjari/seats/seat_reminders.h"

namespace hanjari::cli {

// What one round told.
struct Told {
  services::SeatReminders seats;
  std::int64_t unsent = 0;  // people whose form or change was begun and not submitted
};

class ReminderClerk {
 public:
  // `on_told` is given what a round told, `on_failure` the code of what stopped one; the next round tries again.
  ReminderClerk(services::Intake& intake, services::SeatViewRepository& views, services::FindContact find_contact,
                services::ReminderHours hours, std::function<void(const Told&)> on_told,
                std::function<void(const std::string&)> on_failure);
  ~ReminderClerk();
  ReminderClerk(const ReminderClerk&) = delete;
  ReminderClerk& operator=(const ReminderClerk&) = delete;

 private:
  std::atomic<bool> stopping_{false};
  std::thread thread_;
};

}  // namespace hanjari::cli
