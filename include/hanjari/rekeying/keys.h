// Changing the keys of personal data while everything runs, and destroying an exam's data for good.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "hanjari/actor/audit.h"
#include "hanjari/program/opening/database.h"

namespace hanjari::storage {

struct RotationReport {
  std::int64_t records = 0;  // rows that were sealed anew
  double seconds = 0;
  bool resumed = false;
  int master_number = 0;  // of the key that wraps from now on
};

// A new master key and new data keys; every sealed value except the audit trail's is sealed anew, in small
// transactions, then the old keys are deleted. May be killed and called again: it goes on where it was. Programs that
// run meanwhile read and write on. Throws Conflict (rotation_running), InvalidInput (no_newer_key: keys from the
// environment must hold the new one).
RotationReport rotate_keys(const DatabaseSettings& settings, const services::Change& change, const Clock& clock,
                           Progress& progress);

struct DestructionPreview {
  std::string exam;
  std::int64_t populations = 0;
  std::int64_t people = 0;
  std::int64_t placements = 0;
  std::int64_t applications = 0;
  std::int64_t attachments = 0;
  std::optional<Instant> due_at;   // when it is ordered
  std::optional<Instant> done_at;  // when it was done
};

// Throws NotFound (exam_not_found).
DestructionPreview preview_destruction(const DatabaseSettings& settings, const std::string& exam);
// Orders it for `due`; an earlier order that is not done is replaced.
void order_destruction(const DatabaseSettings& settings, const std::string& exam, Instant due,
                       const services::Change& change);
void cancel_destruction(const DatabaseSettings& settings, const std::string& exam, const services::Change& change);

// What is due: rows of people are deleted, the exam's keys too, and a new master key wraps the others, so that no
// earlier copy of the database opens any more (not even to the others' data: make a new backup). Returns the exams.
std::vector<std::string> destroy_due(const DatabaseSettings& settings, const services::Change& change,
                                     const Clock& clock, Progress& progress);

}  // namespace hanjari::storage
