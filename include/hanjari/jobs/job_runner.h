// Works on jobs, one after the other, as long as the program lives.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "hanjari/base/error.h"
#include "hanjari/base/fault.h"
#include "hanjari/base/progress.h"
#include "hanjari/jobs/jobs.h"

namespace hanjari::services {

// What a piece of work may ask while it runs.
struct JobCall {
  const Job& job;
  Progress& progress;    // report() throws JobStopped once the work is to stop
  std::stop_token stop;  // for work that can end with the best so far instead
  std::vector<Text>* warnings = nullptr;  // lines for whoever ordered it, kept when it is over; see tell_warnings
  std::string* found = nullptr;  // the result so far, in the form of a whole one: kept when the work is cancelled
};

// Keeps what was read although it looks odd with the job, a line each, the first 1,000 and the count of the rest.
void tell_warnings(const JobCall& call, const std::vector<Fault>& warnings);

// Thrown through the work when it is cancelled, when its lease is lost, or when the program ends.
struct JobStopped {};

// Does the work and returns its result as JSON. It may be called again for the same job after a crash: what was stored
// before must be recognised. Failures are thrown as Error.
using JobWork = std::function<std::string(const JobCall&)>;

struct JobRunnerSettings {
  std::chrono::milliseconds look{1'000};   // between two looks for work
  std::chrono::milliseconds keep{1'000};   // between two words of progress
  std::chrono::seconds lease{30};          // longer than any pause of a living program
  int most_starts = 3;                     // work that broke off so often is not begun again
  // Asked before each look: jobs of a kind that this program cannot do now are left to one that can. Nothing: all of its kinds.
  std::function<bool(const std::string& kind)> can_do{};
};

class JobRunner {
 public:
  // `on_fault` is told what stopped a look or a word of progress; the next look tries again.
  JobRunner(JobRepository& jobs, std::map<std::string, JobWork> works, const Clock& clock,
            std::function<void(const Error&)> on_fault, JobRunnerSettings settings = {});
  // Stops the work in hand, gives it back for another program, and waits for that.
  ~JobRunner();
  JobRunner(const JobRunner&) = delete;
  JobRunner& operator=(const JobRunner&) = delete;

  // Stops the work in hand and waits for that up to `timeout`. False when it goes on: a program that cannot wait ends
  // without destroying the runner, and another begins the work anew when its lease is over.
  bool finish(std::chrono::milliseconds timeout);

 private:
  class Run;
  void tell(const Error& error) noexcept;
  void work(const std::stop_token& stop);
  bool work_once(const std::stop_token& stop);
  Job end_of(const Job& claimed, Run& run);

  JobRepository& jobs_;
  std::map<std::string, JobWork> works_;
  const Clock& clock_;
  std::function<void(const Error&)> on_fault_;
  JobRunnerSettings settings_;
  std::mutex ended_mutex_;
  std::condition_variable ended_changed_;
  bool ended_ = false;
  std::jthread thread_;
};

}  // namespace hanjari::services
