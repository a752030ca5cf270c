// What the chief of a venue has in hand on the day, and the check list of the night before.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "hanjari/documents/templates.h"
#include "hanjari/domain/duties.h"
#include "hanjari/materials/materials.h"

namespace hanjari::services {

// before: the evening. morning: until the papers are opened. after: when they are back.
enum class CheckPhase { before, morning, after };
struct CheckItem {
  std::string key{};
  CheckPhase phase = CheckPhase::before;
  Text words{};
};
// In the order of the day.
const std::vector<CheckItem>& check_items();

struct Check {
  VenueCode venue{};
  std::string item{};  // key
  bool done = false;
  std::string author{};
  Instant at{};
};

// Words for everybody below: of the city (district empty) or of a district.
struct BriefingNote {
  DistrictCode district{};
  std::string words{};  // kept sealed; empty once the exam's data was destroyed
  std::int64_t version = 0;
  std::string author{};
  Instant at{};
};
inline constexpr std::size_t longest_briefing_note = 4000;  // bytes

class BriefingRepository {
 public:
  virtual ~BriefingRepository() = default;
  // The newest of every venue and item; `venue`: of this one only.
  virtual std::vector<Check> list_checks(const Book& book, const std::optional<VenueCode>& venue) = 0;
  // Throws Conflict (exam_destroyed, no_dry_run).
  virtual void add_check(const Book& book, const Check& check, const Change& change) = 0;
  virtual std::optional<BriefingNote> find_note(const ExamCode& exam, const DistrictCode& district) = 0;
  // Compare-and-set: `next.version` is one more than what is stored. Throws Conflict (note_changed, exam_destroyed).
  virtual void save_note(const ExamCode& exam, const BriefingNote& next, const Change& change) = 0;
};

// Who is on duty, as far as it may be said at this moment.
struct StaffPlace {
  std::string room{};  // empty: in no room, or not to be said yet
  DutyRole role = DutyRole::chief;
  std::string name{};
};
class VenueStaff {
 public:
  virtual ~VenueStaff() = default;
  // Before the minute that is set for rooms, names and roles in an order that tells nothing of rooms; nothing where nobody
  // was placed yet. Whose names are given is recorded by whoever gives them.
  virtual std::optional<std::vector<StaffPlace>> staff_at(const Actor& actor, const ExamCode& exam, const VenueCode& venue,
                                                          Instant now) = 0;
  // Whether another plan has become live since they were placed, so that their rooms may be others by now.
  virtual bool are_of_earlier_plan(const ExamCode&) { return false; }
};

// Minutes after midnight where the exam is held.
struct ClockLine {
  int minute = 0;
  Text what{};
};

struct Briefing {
  Packing packing{};
  std::string address{};
  std::string phone{};
  std::vector<ClockLine> clock{};  // by minute; what nobody has said is left out
  std::vector<Check> checks{};     // the newest of each item
  std::optional<std::vector<StaffPlace>> staff{};
  bool staff_of_earlier_plan = false;
  std::vector<BriefingNote> notes{};  // of the city, of the district; those with words
};

// `templates`: times that units do not say themselves. `staff`: null where this program keeps no duties. That words with
// people's names were opened is recorded before. Throws as open_packing.
Briefing open_briefing(const MaterialDesk& desk, BriefingRepository& briefings, VenueStaff* staff, AccessRecord& accesses,
                       const documents::Templates* templates, const VenueCode& venue);
// Throws InvalidInput (no_such_check), and as open_packing.
void tick(const MaterialDesk& desk, BriefingRepository& briefings, const VenueCode& venue, const std::string& item, bool done);

// How far a venue is.
struct VenueReadiness {
  VenueCode venue{};
  std::string name{};
  DistrictCode district{};
  std::int64_t done = 0;
  std::optional<Instant> last{};  // tick of either kind
};
// Of every own venue with somebody at it, by code.
std::vector<VenueReadiness> list_readiness(const MaterialDesk& desk, BriefingRepository& briefings);

// The note that the actor writes: an officer the city's, a coordinator that of the own district. Throws NotAllowed.
BriefingNote open_own_note(const MaterialDesk& desk, BriefingRepository& briefings, AccessRecord& accesses);
// Throws InvalidInput (value_too_long), Conflict (note_changed), NotAllowed.
void save_own_note(const MaterialDesk& desk, BriefingRepository& briefings, const std::string& words, std::int64_t version);

}  // namespace hanjari::services
