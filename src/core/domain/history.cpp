#include "hanjari/domain/history.h"

namespace hanjari {
namespace {

template <class Kind, std::size_t count>
std::optional<Kind> find_kind(const Kind (&all)[count], std::string_view word) {
  for (const Kind kind : all) {
    if (spell(kind) == word) return kind;
  }
  return std::nullopt;
}

}  // namespace

std::string_view spell(HandMoveKind kind) {
  return kind == HandMoveKind::move ? "move" : "swap_rooms";
}

std::string_view spell(StepKind kind) {
  switch (kind) {
    case StepKind::plan:
      return "plan";
    case StepKind::given:
      return "given";
    case StepKind::replan:
      return "replan";
    case StepKind::edit:
      return "edit";
  }
  return "";
}

std::optional<HandMoveKind> parse_hand_move_kind(std::string_view word) {
  constexpr HandMoveKind all[] = {HandMoveKind::move, HandMoveKind::swap_rooms};
  return find_kind(all, word);
}

std::optional<StepKind> parse_step_kind(std::string_view word) {
  constexpr StepKind all[] = {StepKind::plan, StepKind::given, StepKind::replan, StepKind::edit};
  return find_kind(all, word);
}

}  // namespace hanjari
