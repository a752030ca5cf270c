#include "program/serve/destruction_clerk.h"

#include <chrono>
#include <utility>

#include "hanjari/rekeying/keys.h"

namespace hanjari::cli {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::milliseconds between_destructions{60'000};

// Ends the work between two of its steps when the server stops.
class UntilStopped : public Progress {
 public:
  explicit UntilStopped(const std::atomic<bool>& stopping) : stopping_(stopping) {}
  void stage(const Text&, std::uint64_t) override {}
  void report(std::uint64_t, const std::string&) override {
    if (stopping_) throw Unavailable("stopping", {"the program is about to stop", "프로그램이 곧 종료됩니다"});
  }

 private:
  const std::atomic<bool>& stopping_;
};

}  // namespace

DestructionClerk::DestructionClerk(storage::DatabaseSettings settings, std::function<void(const std::string&)> on_done,
                                   std::function<void(const Error&)> on_failure)
    : thread_([this, settings = std::move(settings), on_done = std::move(on_done), on_failure = std::move(on_failure)] {
        UntilStopped progress(stopping_);
        while (!stopping_) {
          for (auto left = between_destructions; left > 0ms && !stopping_; left -= 100ms) std::this_thread::sleep_for(100ms);
          if (stopping_) return;
          try {
            const services::Change change{"program", "on schedule", system_clock().now(), "program"};
            for (const std::string& exam : storage::destroy_due(settings, change, system_clock(), progress))
              on_done(exam);
          } catch (const Error& error) {
            if (!stopping_) on_failure(error);
          } catch (const std::exception&) {
            on_failure(Unavailable("destruction_failed", {"an unexpected failure", "예기치 않은 오류"}));
          }
        }
      }) {}

DestructionClerk::~DestructionClerk() {
  stopping_ = true;
  thread_.join();
}

}  // namespace hanjari::cli
