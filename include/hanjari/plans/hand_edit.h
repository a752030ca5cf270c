// Moves by hand on a plan, judged, and edits of one plan done again on another.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "hanjari/domain/plan.h"
#include "hanjari/domain/plan_rows.h"
#include "hanjari/verification/verify.h"

namespace hanjari::services {

// What the verifier finds in a plan, as code and subject.
using BrokenRules = std::set<std::pair<std::string, std::string>>;
BrokenRules broken_rules(const Exam& exam, const Plan& plan);

struct JudgedEdit {
  Plan plan;
  std::vector<verification::Violation> broken;  // what the moves break that was not broken before
};
// Throws InvalidInput for people, rooms and seats that are not there, and (person_pinned) for moves against pins.
JudgedEdit try_edit(const Exam& exam, const Plan& plan, const std::vector<HandMove>& moves);
// The same where it is known what was broken before, which takes half the time. A venue that is `given_up` is left by everybody
// whatever is pinned there.
JudgedEdit try_edit(const Exam& exam, const Plan& plan, const std::vector<HandMove>& moves, const BrokenRules& known,
                    VenueIndex given_up = VenueIndex::none());

// How many of those who were moved are pinned without a place: they may be moved by hand, and their pins keep the new place from
// then on, which officers are told.
std::int64_t count_moved_pins(const Exam& exam, const std::set<ApplicantId>& moved);

// A step that was done again, or why it could not be.
struct CarriedStep {
  HistoryStep step;
  std::vector<Text> refusal;  // empty: it was done
};
struct CarryOver {
  Plan plan;  // with all steps that could be done
  std::vector<CarriedStep> steps;
};
// The steps one after the other on the plan; each is done whole or not at all. Only hand edits can be.
CarryOver carry_over(const Exam& exam, Plan plan, const std::vector<HistoryStep>& steps);

}  // namespace hanjari::services
