#include "hanjari/jobs/job_runner.h"

#include <condition_variable>
#include <utility>

#include <fmt/format.h>

#include "hanjari/actor/token.h"
#include "hanjari/base/fault.h"

namespace hanjari::services {
namespace {

Change change_of_program(const Job& job, Instant now) {
  return {job.author, "", now, "program"};
}

std::vector<Text> lines_of(const Faults& faults) {
  std::vector<Text> lines;
  for (const Fault& fault : faults.kept())
    lines.push_back({fault.format(Language::english), fault.format(Language::korean)});
  return lines;
}

// Sleeps until the time is over or somebody asks to stop.
void sleep_unless(const std::stop_token& stop, std::chrono::milliseconds time) {
  std::mutex mutex;
  std::condition_variable_any changed;
  std::unique_lock lock(mutex);
  changed.wait_for(lock, stop, time, [] { return false; });
}

}  // namespace

void tell_warnings(const JobCall& call, const std::vector<Fault>& warnings) {
  if (call.warnings == nullptr) return;
  for (const Fault& warning : warnings) {
    if (call.warnings->size() == Faults::limit) break;
    call.warnings->push_back({warning.format(Language::english), warning.format(Language::korean)});
  }
  if (warnings.size() <= Faults::limit) return;
  const std::string more = group_digits(static_cast<long long>(warnings.size() - Faults::limit));
  call.warnings->push_back({fmt::format("and {} more", more), fmt::format("그 밖에 {}건", more)});
}

// One claimed job: its progress as the work last told it, and a thread that keeps the lease meanwhile.
class JobRunner::Run : public Progress {
 public:
  Run(JobRunner& runner, const Job& claimed, const std::stop_token& program_stops)
      : runner_(runner),
        claimed_(claimed),
        passed_on_(program_stops, [this] { stop_.request_stop(); }),
        keeper_([this](const std::stop_token& over) { keep(over); }) {}
  ~Run() override { finish(); }

  void finish() {
    keeper_.request_stop();
    if (keeper_.joinable()) keeper_.join();
  }

  void stage(const Text& name, std::uint64_t total) override {
    {
      const std::lock_guard lock(mutex_);
      progress_ = {name, 0, total, {}};
    }
    // Every stage is seen, however short: it is part of the history.
    keep_once();
    throw_if_stopped();
  }

  void report(std::uint64_t done, const std::string& note) override {
    {
      const std::lock_guard lock(mutex_);
      progress_.done = done;
      if (!note.empty()) progress_.note = note;
    }
    throw_if_stopped();
  }

  std::stop_token stop() const { return stop_.get_token(); }
  bool was_cancelled() const { return cancelled_; }
  bool was_lost() const { return lost_; }
  JobProgress progress() {
    const std::lock_guard lock(mutex_);
    return progress_;
  }

 private:
  void throw_if_stopped() const {
    if (stop_.stop_requested()) throw JobStopped{};
  }

  void keep(const std::stop_token& over) {
    while (!over.stop_requested()) {
      sleep_unless(over, runner_.settings_.keep);
      if (!over.stop_requested()) keep_once();
    }
  }

  void keep_once() {
    try {
      const auto kept =
          runner_.jobs_.keep_job(claimed_, progress(), runner_.clock_.now(), runner_.settings_.lease);
      if (kept == JobRepository::Kept::yes) return;
      (kept == JobRepository::Kept::cancel ? cancelled_ : lost_) = true;
      stop_.request_stop();
    } catch (const Error& error) {
      // The database may be away for a moment; the lease outlasts several words of progress.
      runner_.tell(error);
    } catch (...) {
      // Nothing may leave this thread: it would end the program.
      runner_.tell(Unavailable("job_failed", {"an unexpected failure", "예기치 않은 오류"}));
    }
  }

  JobRunner& runner_;
  const Job& claimed_;
  std::mutex mutex_;
  JobProgress progress_;
  std::atomic<bool> cancelled_{false};
  std::atomic<bool> lost_{false};
  std::stop_source stop_;
  std::stop_callback<std::function<void()>> passed_on_;
  std::jthread keeper_;
};

JobRunner::JobRunner(JobRepository& jobs, std::map<std::string, JobWork> works, const Clock& clock,
                     std::function<void(const Error&)> on_fault, JobRunnerSettings settings)
    : jobs_(jobs),
      works_(std::move(works)),
      clock_(clock),
      on_fault_(std::move(on_fault)),
      settings_(std::move(settings)),
      thread_([this](const std::stop_token& stop) { work(stop); }) {}

JobRunner::~JobRunner() = default;

bool JobRunner::finish(std::chrono::milliseconds timeout) {
  thread_.request_stop();
  std::unique_lock lock(ended_mutex_);
  return ended_changed_.wait_for(lock, timeout, [this] { return ended_; });
}

void JobRunner::tell(const Error& error) noexcept {
  try {
    on_fault_(error);
  } catch (...) {
    // No memory for a line of the log: the next fault is told.
  }
}

void JobRunner::work(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    bool found = false;
    try {
      found = work_once(stop);
    } catch (const Error& error) {
      tell(error);
    } catch (...) {
      tell(Unavailable("job_failed", {"an unexpected failure", "예기치 않은 오류"}));
    }
    if (!found) sleep_unless(stop, settings_.look);
  }
  const std::lock_guard lock(ended_mutex_);
  ended_ = true;
  ended_changed_.notify_all();
}

bool JobRunner::work_once(const std::stop_token& stop) {
  std::vector<std::string> kinds;
  for (const auto& [kind, work] : works_) {
    if (!settings_.can_do || settings_.can_do(kind)) kinds.push_back(kind);
  }
  if (kinds.empty()) return false;
  const auto claimed = jobs_.claim_job(kinds, draw_token(), clock_.now(), settings_.lease);
  if (!claimed) return false;
  Job ended = *claimed;
  if (claimed->starts > settings_.most_starts) {
    ended.state = JobState::failed;
    ended.fault_code = "job_broke_off";
    ended.fault = {"The program ended in the middle of this work several times. Look into the log of the server, then start it again.",
                   "작업 중에 프로그램이 여러 번 종료되었습니다. 서버 로그를 확인한 뒤 다시 시작하십시오."};
  } else {
    Run run(*this, *claimed, stop);
    ended = end_of(*claimed, run);
    run.finish();
    if (run.was_lost()) return true;
  }
  jobs_.end_job(ended, change_of_program(*claimed, clock_.now()));
  return true;
}

Job JobRunner::end_of(const Job& claimed, Run& run) {
  Job ended = claimed;
  std::vector<Text> warnings;
  std::string found;
  try {
    ended.result = works_.at(claimed.order.kind)({claimed, run, run.stop(), &warnings, &found});
    ended.state = JobState::done;
    ended.faults = std::move(warnings);
  } catch (const JobStopped&) {
    ended.state = run.was_cancelled() ? JobState::cancelled : JobState::waiting;
    if (run.was_cancelled()) ended.result = std::move(found);
  } catch (const Error& error) {
    ended.state = JobState::failed;
    ended.fault_code = error.code();
    ended.fault = error.message();
    if (const auto* invalid = dynamic_cast<const InvalidInput*>(&error)) ended.faults = lines_of(invalid->faults());
    // They stand below the faults that they may explain.
    for (const Text& warning : warnings) ended.faults.push_back({"warning: " + warning.en, "주의: " + warning.ko});
  } catch (...) {
    // What an unknown exception says may hold data of people, so it is not kept.
    ended.state = JobState::failed;
    ended.fault_code = "internal_error";
    ended.fault = {"An unexpected failure; the log of the server says when.", "예기치 않은 오류입니다. 시각은 서버 로그에 있습니다."};
  }
  ended.progress = run.progress();
  return ended;
}

}  // namespace hanjari::services
