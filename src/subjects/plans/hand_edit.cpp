#include "hanjari/plans/hand_edit.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/package/plan_package.h"
#include "hanjari/replanning/edit.h"

namespace hanjari::services {
namespace {

using verification::Verdict;
using verification::Violation;

std::vector<Violation> new_violations(const BrokenRules& known, const Verdict& after) {
  std::vector<Violation> found;
  for (const Violation& violation : after.violations) {
    if (!known.contains({violation.code, violation.subject})) found.push_back(violation);
  }
  return found;
}

std::vector<Text> why_not(const std::vector<Violation>& broken) {
  std::vector<Text> lines;
  for (const Violation& violation : broken) {
    lines.push_back({fmt::format("{} {}: {}", violation.code, violation.subject, violation.message.en),
                     fmt::format("{} {}: {}", violation.code, violation.subject, violation.message.ko)});
  }
  return lines;
}

std::vector<Text> why_not(const InvalidInput& refused) {
  std::vector<Text> lines;
  for (const Fault& fault : refused.faults().kept()) lines.push_back(fault.what);
  if (lines.empty()) lines.push_back(refused.message());
  return lines;
}

// Of moves of a file each row is told; of those of a page, which have no rows, everything in one sentence with what to do.
[[noreturn]] void throw_pinned(Faults pinned) {
  Text message;
  for (const Fault& fault : pinned.kept()) {
    message.en += (message.en.empty() ? "" : "; ") + fault.what.en;
    message.ko += (message.ko.empty() ? "" : ". ") + fault.what.ko;
  }
  const Fault& first = pinned.kept().front();
  message.en += "; " + first.fix.en + ".";
  message.ko += ". " + first.fix.ko + ".";
  if (first.line == 0) throw InvalidInput("person_pinned", std::move(message));
  throw InvalidInput("person_pinned", message, std::move(pinned));
}

}  // namespace

BrokenRules broken_rules(const Exam& exam, const Plan& plan) {
  BrokenRules broken;
  for (const Violation& violation : verification::verify_plan(exam, package::rows_of_plan(exam, plan)).violations)
    broken.insert({violation.code, violation.subject});
  return broken;
}

JudgedEdit try_edit(const Exam& exam, const Plan& plan, const std::vector<HandMove>& moves, const BrokenRules& known,
                    VenueIndex given_up) {
  JudgedEdit edit{replanning::apply_moves(exam, plan, moves), {}};
  if (Faults pinned = replanning::find_pinned_moves(exam, plan, moves, given_up); !pinned.empty()) {
    throw_pinned(std::move(pinned));
  }
  edit.broken = new_violations(known, verification::verify_plan(exam, package::rows_of_plan(exam, edit.plan)));
  return edit;
}

JudgedEdit try_edit(const Exam& exam, const Plan& plan, const std::vector<HandMove>& moves) {
  return try_edit(exam, plan, moves, broken_rules(exam, plan));
}

std::int64_t count_moved_pins(const Exam& exam, const std::set<ApplicantId>& moved) {
  return std::count_if(exam.pins.begin(), exam.pins.end(), [&](const Pin& pin) {
    return pin.kind == PinKind::person && !pin.venue.exists() && moved.contains(exam[pin.applicant].id);
  });
}

CarryOver carry_over(const Exam& exam, Plan plan, const std::vector<HistoryStep>& steps) {
  CarryOver carried{std::move(plan), {}};
  for (const HistoryStep& step : steps) {
    CarriedStep& own = carried.steps.emplace_back(CarriedStep{step, {}});
    if (step.kind != StepKind::edit) {
      own.refusal.push_back({"this is no hand edit: it has to be re-planned, from the other plan on",
                             "수동 변경이 아니므로 다른 배정안을 기준으로 다시 replan해야 합니다"});
      continue;
    }
    try {
      JudgedEdit edit = try_edit(exam, carried.plan, step.moves);
      own.refusal = why_not(edit.broken);
      if (!own.refusal.empty()) continue;
      carried.plan = std::move(edit.plan);
      carried.plan.digest = package::digest_plan(exam, carried.plan);
      own.step.digest = carried.plan.digest;
      own.step.input_sha256 = exam.input_sha256;
    } catch (const InvalidInput& refused) {
      own.refusal = why_not(refused);
    }
  }
  return carried;
}

}  // namespace hanjari::services
