// Changing the keys of personal data while everything runs, and destroying an exam's data for good.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "hanjari/actor/audit.h"
#include "hanjari/base/clock.h"
#include "hanjari/base/date.h"
#include "hanjari/base/progress.h"
#include "hanjari/database/settings.h"

namespace hanjari::storage {

// A sealed value that opens with no key: where its row is.
struct UnopenedValue {
  std::string table;
  std::string column;
  std::string exam;  // empty for what belongs to none
  std::string row;   // what names the row: an application's id, a message's name, ...
};

struct RotationReport {
  std::int64_t records = 0;   // rows that were sealed anew
  std::int64_t unopened = 0;  // values that open with no key; they and their keys stay as they are
  std::vector<UnopenedValue> unopened_values{};  // the first fifty of them
  double seconds = 0;
  bool resumed = false;
  int master_number = 0;                         // of the key that wraps from now on
  std::vector<std::string> places_with_old_key;  // key files that could not be rid of the earlier master key
};

// Where the new master key comes from: drawn here and carried to the other machines through the database, wrapped by
// the present one; or placed by the operator in the key file of every machine, for when the present one is known to
// somebody else.
enum class NewMaster { drawn, placed };

// A new master key and new data keys; every sealed value except the audit trail's is sealed anew, in small
// transactions, then the old keys are deleted. May be killed and called again, on any machine: it goes on where it was.
// Programs that run meanwhile read and write on. Throws Conflict (rotation_running), InvalidInput (no_newer_key: keys
// from the environment or placed ones must hold the new one), Unavailable (keys_not_confirmed: a living program does
// not have the new key; keys_not_current).
RotationReport rotate_keys(const DatabaseSettings& settings, const services::Change& change, const Clock& clock,
                           Progress& progress, NewMaster master = NewMaster::drawn);

struct OfficeRotationReport {
  std::int64_t values = 0;    // that were closed anew
  std::int64_t unopened = 0;  // that open with no key of this machine; they and the name of their key stay
  double seconds = 0;
  bool resumed = false;
  int number = 0;  // of the key that closes from now on
};

// The next key of what only the office reads is drawn into this machine's key file, to be copied to the others before it is named;
// returns its number. Called again it draws no other. Throws Conflict (no_office_key, rotation_running), Unavailable (office_key_missing,
// wrong_office_key).
int prepare_office_key_change(const DatabaseSettings& settings, Progress& progress);
// The newest key of the file, or one that is drawn now, is named in the database, every value of the office is closed under it, and the
// earlier one is named no more; in the file it stays, for older backups. May be killed and called again: it goes on where it was.
// Programs that run meanwhile go on; one that lacks the key leaves work of the office to others until its file holds it. Throws as
// prepare_office_key_change.
OfficeRotationReport rotate_office_key(const DatabaseSettings& settings, const services::Change& change, const Clock& clock,
                                       Progress& progress);

// The figures are those of the exam and of its days together.
struct DestructionPreview {
  std::string exam;
  std::vector<std::string> days;  // exams of the notice's other days, which are destroyed with it
  std::int64_t populations = 0;
  std::int64_t people = 0;  // who sits several of these exams counts once
  std::int64_t placements = 0;
  std::int64_t applications = 0;
  std::int64_t beginners = 0;  // accounts that began a form, or sent a photo or a document for one, and never submitted it
  std::int64_t attachments = 0;
  // Whose personal data goes.
  std::int64_t concerned() const { return (people > applications ? people : applications) + beginners; }
  std::optional<Date> last_day;    // of these exams, the last day on which one is held; nothing when none is known
  std::string time_zone;           // where they are held; empty when it is not known
  std::optional<Instant> due_at;   // when it is ordered
  bool begun = false;              // nothing can be stored for it any more
  std::optional<Instant> done_at;  // when it was done
};

// What is known of a destruction once it is done.
struct DestructionRecord {
  std::string exam;
  Instant due_at{};
  Instant begun_at{};
  Instant keys_gone_at{};
  Instant done_at{};
  std::string destroyed;  // what there was of people when it began, in codes and numbers, as the trail has it
};
// Throws NotFound (exam_not_found, no_destruction), Conflict (not_destroyed) before it is done.
DestructionRecord load_destruction(const DatabaseSettings& settings, const std::string& exam);

// Throws NotFound (exam_not_found).
DestructionPreview preview_destruction(const DatabaseSettings& settings, const std::string& exam);
// Orders it for `due`, with the exams of the notice's other days; an earlier order that is not begun is replaced. `ordered_day`: the day that was named because the exam
// is over then; if the exam is postponed to it or beyond, the order waits until it is held. Nothing: it need not be held.
// Throws NotFound, Conflict (exam_destroyed).
void order_destruction(const DatabaseSettings& settings, const std::string& exam, Instant due,
                       const services::Change& change, std::optional<Date> ordered_day = {});
// With its days. Throws NotFound (no_destruction), Conflict (destruction_begun).
void cancel_destruction(const DatabaseSettings& settings, const std::string& exam, const services::Change& change);

// Whether destroy_due() has something to do.
bool is_destruction_due(const DatabaseSettings& settings, Instant now);

// What is due: nothing more is sealed for the exam; rows of people are deleted, and of applications only unit, state and
// money remain; the exam's keys go in one transaction with a new master key that wraps all others, so that no earlier
// copy of the database opens any more (not even to the others' data: make a new backup); the old master key leaves every
// key file. May be killed and called again, on any machine, and adds at most one master key however often it is called.
// Returns the exams. Throws what rotate_keys throws, and Unavailable (old_key_held) while a living program cannot be rid
// of the old master key: the order stays open then.
std::vector<std::string> destroy_due(const DatabaseSettings& settings, const services::Change& change,
                                     const Clock& clock, Progress& progress);

}  // namespace hanjari::storage
