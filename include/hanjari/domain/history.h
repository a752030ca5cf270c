// How a plan came about, step by step, so that it can be made again: from package, policy, seed and history to the same
// bytes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hanjari/domain/exam.h"

namespace hanjari {

// move: one person to a room, and to a seat of it if one is named. swap_rooms: everybody of two rooms changes places.
enum class HandMoveKind { move, swap_rooms };

// An officer's wish.
struct HandMove {
  HandMoveKind kind = HandMoveKind::move;
  ApplicantId applicant;  // of a move
  VenueCode venue;        // where to, or the one room
  std::int64_t room_no = 0;
  std::int64_t seat_no = 0;  // of a move; 0: any free seat
  VenueCode with_venue;      // of swap_rooms: the other room
  std::int64_t with_room_no = 0;
  std::uint64_t line = 0;  // in the file of moves; 0 when it comes from elsewhere
  bool operator==(const HandMove&) const = default;
};

// plan: allocated from the exam. given: made elsewhere, cannot be made again. replan: from the step before to a changed
// exam. edit: moves by hand.
enum class StepKind { plan, given, replan, edit };

struct HistoryStep {
  StepKind kind = StepKind::plan;
  std::string input_sha256;  // of the exam
  std::string digest;        // of the plan after the step
  std::string version;       // of the program, where it is known
  std::string seed;          // of `plan`
  std::int64_t rounds = 0;   // of `plan`
  std::string author;        // of `edit`; of `replan` where it is given
  std::string reason;        // of `edit`; of `replan` where it is given
  std::string at;            // time of an edit, ISO 8601 in UTC
  std::vector<HandMove> moves;
  bool operator==(const HistoryStep&) const = default;
};

std::string_view spell(HandMoveKind);
std::string_view spell(StepKind);
std::optional<HandMoveKind> parse_hand_move_kind(std::string_view word);
std::optional<StepKind> parse_step_kind(std::string_view word);

}  // namespace hanjari
