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
                             services::ReminderHours hours, std::function<void(const services::SeatReminders&)> on_told,
                             std::function<void(const std::string&)> on_failure)
    : thread_([this, &intake, &views, hours, on_told = std::move(on_told), on_failure = std::move(on_failure)] {
        services::SeatReminderRounds rounds(hours);
        while (!stopping_) {
          try {
            const services::SeatReminders told = rounds.run(intake, views, [this] { return stopping_.load(); });
            if (told.unopened + told.before_exam > 0) on_told(told);
          } catch (const Error& error) {
            on_failure(error.code());
          } catch (const std::exception&) {
            on_failure("reminders_failed");
          }
          for (auto left = between_reminders; left > 0ms && !stopping_; left -= 100ms) std::this_thread::sleep_for(100ms);
        }
      }) {}

ReminderClerk::~ReminderClerk() {
  stopping_ = true;
  thread_.join();
}

}  // namespace hanjari::cli
