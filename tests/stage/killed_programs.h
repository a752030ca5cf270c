// Jobs whose program is killed at every step of its work, and begun again by the next program.
#pragma once

#include <functional>
#include <stdexcept>
#include <string>

#include "hanjari/base/error.h"
#include "hanjari/jobs/job_runner.h"
#include "stage/machine.h"

namespace hanjari::tests {

// Every stage is a step of its own for who counts reports, and if wanted every report too.
class StepByStep : public Progress {
 public:
  enum class Count { stages, everything };
  StepByStep(Progress& counted, Count count) : counted_(counted), count_(count) {}
  void stage(const Text&, std::uint64_t) override { step(); }
  void report(std::uint64_t, const std::string&) override {
    if (count_ == Count::everything) step();
  }
  void step() { counted_.report(++steps_, {}); }

 private:
  Progress& counted_;
  Count count_;
  std::uint64_t steps_ = 0;
};

struct ManyPrograms {
  services::Job ended;
  int kills = 0;
};

// The work as a program of its own has it, over its own connections.
using MakeWork = std::function<services::JobWork(storage::Database&)>;

// A process claims the job and kills itself at the first step, the next one at the second, until one of them brings the
// job to its end. The last step is the moment after the work and before anybody is told.
inline ManyPrograms kill_at_every_step(TestDatabase& database, const std::string& id, const MakeWork& make_work,
                                       StepByStep::Count count = StepByStep::Count::everything) {
  constexpr std::chrono::seconds lease{30};
  const Machine machine(database);
  ManyPrograms programs;
  const auto one_program = [&](Progress& dying) {
    storage::Database own(machine.settings(), storage::SchemaUpgrade::never, database.clock, no_progress());
    const auto ordered = own.jobs().find_job(id);
    const auto claimed = own.jobs().claim_job({ordered->order.kind}, "program-" + std::to_string(programs.kills),
                                              database.clock.now(), lease);
    if (!claimed || claimed->id != id) throw std::logic_error("the job cannot be claimed");
    StepByStep steps(dying, count);
    services::Job ended = *claimed;
    try {
      ended.result = make_work(own)({*claimed, steps, {}});
      ended.state = services::JobState::done;
    } catch (const Error& error) {
      ended.state = services::JobState::failed;
      ended.fault_code = error.code();
      ended.fault = error.message();
    }
    steps.step();
    if (!own.jobs().end_job(ended, change_of(database.clock))) throw std::logic_error("the job was somebody else's");
  };
  for (int step = 1; killed_at_step(step, one_program); ++step) {
    ++programs.kills;
    database.clock.advance(lease + std::chrono::seconds(1));
  }
  programs.ended = *database->jobs().find_job(id);
  return programs;
}

}  // namespace hanjari::tests
