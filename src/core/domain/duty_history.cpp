#include "hanjari/domain/duty_history.h"

namespace hanjari {

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

}  // namespace hanjari
