#include "hanjari/domain/duty_history.h"

namespace hanjari {
namespace {

// Those that no later step has taken back.
std::vector<const DutyStep*> steps_in_force(const DutyHistory& history) {
  std::set<std::int64_t> undone;
  for (const DutyStep& step : history.steps) undone.insert(step.undoes);
  std::vector<const DutyStep*> in_force;
  for (std::size_t at = 0; at < history.steps.size(); ++at) {
    const DutyStep& step = history.steps[at];
    if (step.kind != DutyEditKind::undo && !undone.contains(static_cast<std::int64_t>(at + 1))) in_force.push_back(&step);
  }
  return in_force;
}

}  // namespace

std::string_view spell(DutyEditKind kind) {
  switch (kind) {
    case DutyEditKind::move:
      return "move";
    case DutyEditKind::swap:
      return "swap";
    case DutyEditKind::take_off:
      return "take_off";
    case DutyEditKind::lock:
      return "lock";
    case DutyEditKind::unlock:
      return "unlock";
    case DutyEditKind::undo:
      return "undo";
  }
  return "";
}

std::set<InvigilatorId> find_locked(const DutyHistory& history) {
  std::set<InvigilatorId> locked;
  for (const DutyStep* step : steps_in_force(history)) {
    if (step->kind == DutyEditKind::lock) locked.insert(step->person);
    if (step->kind == DutyEditKind::unlock) locked.erase(step->person);
  }
  return locked;
}

std::map<InvigilatorId, TakenOff> find_taken_off(const DutyHistory& history) {
  std::map<InvigilatorId, TakenOff> off;
  for (const DutyStep* step : steps_in_force(history)) {
    for (const DutyShift& shift : step->shifts) {
      if (shift.to) {
        off.erase(shift.person);
      } else if (shift.from && step->kind == DutyEditKind::take_off) {
        off[shift.person] = {*shift.from, step->reason};
      }
    }
  }
  return off;
}

}  // namespace hanjari
