// Single people sent to an isolation venue or a reserve room while everybody else stays: the day before the exam, one
// report after the other, in a plan that is loaded once.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "hanjari/domain/plan.h"

namespace hanjari::replanning {

class Rerouting {
 public:
  // Keeps references to both; reading the plan takes time in proportion to it, a re-routing only to the rooms.
  Rerouting(const Exam& exam, const Plan& plan);
  ~Rerouting();

  // The person's new place: a free seat among people who may share a room, or an empty room; a reserve room at the own
  // venue if it has one, otherwise the nearest. The number stays. Remembered, so that the next one finds the seat
  // taken. Nothing when there is no seat; then nothing has changed. Routing::none is not a re-routing: nothing.
  std::optional<Placement> reroute(ApplicantIndex person, Routing routing);
  // The plan with everybody re-routed so far, with its figures and without a digest. `exam`: the same exam with the
  // routings as they are now, and its own input_sha256.
  Plan plan(const Exam& exam) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace hanjari::replanning
