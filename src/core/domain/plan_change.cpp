#include "hanjari/domain/plan_change.h"

namespace hanjari {

std::string_view spell(ChangeKind kind) {
  switch (kind) {
    case ChangeKind::venue:
      return "venue";
    case ChangeKind::room:
      return "room";
    case ChangeKind::seat:
      return "seat";
    case ChangeKind::added:
      return "added";
    case ChangeKind::removed:
      return "removed";
  }
  return "";
}

}  // namespace hanjari
