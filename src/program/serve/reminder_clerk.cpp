#include "program/serve/reminder_clerk.h"

#include <chrono>
#include <utility>

#include "hanjari/base/error.h"

namespace hanjari::cli {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::milliseconds between_reminders{10'000};

}  // namespace

ReminderClerk::ReminderClerk(services::Intake& intake, services::SeatViewRepository& views,
                             services::FindContact find_contact, services::ReminderHours hours,
                             std::function<void(const Told&)> on_told,
                             std::function<void(const std::string&)> on_failure)
    : thread_([this, &intake, &views, find_contact = std::move(find_contact), hours, on_told = std::move(on_told),
               on_failure = std::move(on_failure)] {
        services::SeatReminderRounds seats(hours);
        services::UnsentReminderRounds unsent(hours.from, hours.until);
        const auto stopping = [this] { return stopping_.load(); };
        // What stops one kind of reminder does not stop the other.
        const auto attempt = [&](const auto& round) {
          try {
            round();
          } catch (const Error& error) {
            on_failure(error.code());
          } catch (const std::exception&) {
            on_failure("reminders_failed");
          }
        };
        while (!stopping_) {
          Told told;
          attempt([&] { told.unsent = unsent.run(intake, find_contact, stopping); });
          attempt([&] { told.seats = seats.run(intake, views, stopping); });
          if (told.seats.unopened + told.seats.before_exam + told.unsent > 0) on_told(told);
          for (auto left = between_reminders; left > 0ms && !stopping_; left -= 100ms) std::this_thread::sleep_for(100ms);
        }
      }) {}

ReminderClerk::~ReminderClerk() {
  stopping_ = true;
  thread_.join();
}

}  // namespace hanjari::cli
