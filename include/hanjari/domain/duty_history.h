// Duties changed by hand: what an officer may ask for, and what has been done, step by step, so that it can be undone.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "hanjari/domain/duties.h"

namespace hanjari {

// move: a person to a place, from wherever they were. swap: two people change places; one of them may have none.
// take_off: a person has no duty any more. lock: a person's duty may not be changed by hand until unlock. undo: the
// last step that has not been undone.
enum class DutyEditKind : std::uint8_t { move, swap, take_off, lock, unlock, undo };

struct DutyPlace {
  VenueCode venue_code;
  std::int64_t room_no = 0;  // 0: the venue
  DutyRole role = DutyRole::chief;
  auto operator<=>(const DutyPlace&) const = default;
};

// An officer's wish.
struct DutyEdit {
  DutyEditKind kind = DutyEditKind::move;
  InvigilatorId person;    // not of undo
  InvigilatorId with;      // of swap
  DutyPlace place;         // of move
  std::uint64_t line = 0;  // in the file of edits; 0 when it comes from elsewhere
};

// Where a person was and is; nothing: without a duty.
struct DutyShift {
  InvigilatorId person;
  std::optional<DutyPlace> from;
  std::optional<DutyPlace> to;
  bool operator==(const DutyShift&) const = default;
};

struct DutyStep {
  DutyEditKind kind = DutyEditKind::move;
  std::vector<DutyShift> shifts;
  InvigilatorId person;     // of lock and unlock, and of their undo
  std::int64_t undoes = 0;  // of undo: the step, counted from 1
  std::string author;
  std::string reason;
  std::string at;  // ISO 8601 in UTC
  bool operator==(const DutyStep&) const = default;
};

// What was done to the duties of one run.
struct DutyHistory {
  std::string duties_sha256;       // of duties.csv after the last step; empty: nobody has saved it yet
  std::optional<DutyReport> base;  // report.json before the first step, where there was a right one
  std::vector<DutyStep> steps;
};

std::string_view spell(DutyEditKind);

// Whose duty may not be changed by hand after these steps.
std::set<InvigilatorId> find_locked(const DutyHistory& history);

// Who was taken off by a step that is in force, and has had no duty by hand since: from where, and why.
struct TakenOff {
  DutyPlace from;
  std::string reason;
};
std::map<InvigilatorId, TakenOff> find_taken_off(const DutyHistory& history);

}  // namespace hanjari
