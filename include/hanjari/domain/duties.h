// Invigilators: who may be asked, what keeps two people or a person and a room apart, the customer's rules, and the
// duties that come out (contract: Invigilators; docs/formats.md).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hanjari/base/id.h"
#include "hanjari/base/text.h"
#include "hanjari/domain/exam.h"

namespace hanjari {

using InvigilatorId = Id<struct InvigilatorIdTag>;
using InvigilatorIndex = Index<struct InvigilatorTag>;

// In the order in which duties.csv lists them by word.
enum class DutyRole : std::uint8_t { chief, corridor, invigilator, reserve };
constexpr std::array<DutyRole, 4> all_duty_roles = {DutyRole::chief, DutyRole::corridor, DutyRole::invigilator,
                                                    DutyRole::reserve};
// Chief and invigilator work in a room, corridor and reserve in the venue.
constexpr bool is_in_room(DutyRole role) {
  return role == DutyRole::chief || role == DutyRole::invigilator;
}

// A set of roles.
class DutyRoles {
 public:
  bool has(DutyRole role) const { return (bits_ >> static_cast<unsigned>(role) & 1U) != 0; }
  void add(DutyRole role) { bits_ = static_cast<std::uint8_t>(bits_ | 1U << static_cast<unsigned>(role)); }
  bool empty() const { return bits_ == 0; }
  bool operator==(const DutyRoles&) const = default;

 private:
  std::uint8_t bits_ = 0;
};

struct Invigilator {
  InvigilatorId id;
  std::string name;
  std::string organisation;  // may be empty; empty ones never equal
  std::string district_code;
  Point home;
  DutyRoles roles;
  std::int64_t past_duties = 0;
  bool consent = false;
};

enum class DutyConflictKind : std::uint8_t { applicant, invigilator, venue, unit };

// One declared reason why a person may not be somewhere; of the four positions the one of the kind is set.
struct DutyConflict {
  InvigilatorIndex invigilator;
  DutyConflictKind kind = DutyConflictKind::applicant;
  ApplicantIndex applicant;
  InvigilatorIndex other;
  VenueIndex venue;
  UnitIndex unit;
  std::string reason;
};

// A duty that somebody had before, or several of one year of which only the number is known.
struct PastDuty {
  std::string held_on;  // 2023-04-08, or 2023 where only the year is known
  std::string exam;     // as people call it; may be empty
  std::optional<DutyRole> role;
  std::int64_t duties = 1;
  bool operator==(const PastDuty&) const = default;
};

// How far a conflict of kind applicant or invigilator reaches.
enum class ConflictReach : std::uint8_t { room, venue };

// staffing.json; the defaults are those of absent keys.
struct StaffingRules {
  std::int64_t chiefs_per_room = 1;
  std::int64_t invigilators_per_room = 1;
  std::optional<std::int64_t> second_invigilator_above;  // people in a room; a fuller room gets one invigilator more
  std::int64_t reserves_at_least = 1;                    // per venue with a staffed room
  std::int64_t reserve_per_rooms = 10;                   // one reserve for so many staffed rooms, begun ones counted
  std::int64_t corridor_per_floor = 1;                   // per (building, floor) with a staffed room
  bool same_organisation_in_room = false;
  // Nobody at a venue whose name or code is the person's organisation, in normal form C and without blanks, declared or not.
  bool own_school_excluded = false;
  ConflictReach applicant_reach = ConflictReach::room;
  ConflictReach invigilator_reach = ConflictReach::room;
  bool operator==(const StaffingRules&) const = default;
};

// Two people who shared a room last time; first < second.
struct PastPair {
  InvigilatorIndex first;
  InvigilatorIndex second;
  auto operator<=>(const PastPair&) const = default;
};

// The folder --people. Canonical: people by id, conflicts and pairs sorted and each once.
struct Staff {
  std::vector<Invigilator> people;
  std::vector<DutyConflict> conflicts;
  std::vector<PastPair> past_pairs;
  StaffingRules rules;

  const Invigilator& operator[](InvigilatorIndex index) const { return people[index.value]; }
  // none() when there is nobody of this id.
  InvigilatorIndex find(const InvigilatorId& id) const;
};

// Sorts people by id, rewrites the positions that refer to them, sorts conflicts and pairs and drops repeated ones.
void make_canonical(Staff& staff);

// A row of duties.csv; room_no 0 stands for an empty value, the venue.
struct DutyRow {
  VenueCode venue_code;
  std::int64_t room_no = 0;
  DutyRole role = DutyRole::chief;
  InvigilatorId invigilator_id;
  Metres travel_m = 0;
  std::uint64_t line = 0;
};
// The order of duties.csv.
bool comes_before(const DutyRow& a, const DutyRow& b);

enum class UnfilledReason : std::uint8_t { no_person, conflict, no_role };

// A row of unfilled.csv: one place.
struct UnfilledDutyRow {
  VenueCode venue_code;
  std::int64_t room_no = 0;
  DutyRole role = DutyRole::chief;
  UnfilledReason reason = UnfilledReason::no_person;
};

// filled: nobody is missing; infeasible: proven that not every place can be filled; gave_up: places are unfilled
// without proof.
enum class StaffingStatus : std::uint8_t { filled, infeasible, gave_up };

// So many of the people used have so many past duties.
struct LoadStep {
  std::int64_t past_duties = 0;
  std::int64_t people = 0;
  bool operator==(const LoadStep&) const = default;
};
// The most past duties first; a step without people is absent.
using Load = std::vector<LoadStep>;
// True if `a` is the fairer one: its vector of past duties, sorted from the largest, is lexicographically smaller.
// Both must be of equally many people.
bool is_fairer(const Load& a, const Load& b);

// A value with its proven bound; nothing where a level before is not proven, because the bound would be of other plans.
struct BoundedFigure {
  std::int64_t value = 0;
  std::optional<std::int64_t> bound;
  bool operator==(const BoundedFigure&) const = default;
};

// Places and the people who alone could fill them, one fewer than the places (a violator of Hall's condition), or, when
// `by_search`, places that conflicts between people keep from being filled together. No place can be left out, unless
// `is_smallest` says that there were too many to try.
struct DutyShortage {
  struct Place {
    VenueCode venue_code;
    std::int64_t room_no = 0;
    DutyRole role = DutyRole::chief;
    bool operator==(const Place&) const = default;
  };
  std::vector<Place> places;  // a place stands as often as it is wanted
  std::vector<InvigilatorId> people;
  // Places beside these that stay unfilled too and that the same people alone could fill; each in one shortage.
  std::int64_t more_unfilled = 0;
  bool by_search = false;
  bool is_smallest = true;
  Text words;
};

// Of which people bounds speak: a bound holds for these people, and for fewer of them.
struct PeopleMark {
  std::string facts;   // digest of all that bounds depend on but who consents: people, conflicts, pairs, rules; empty: not known
  std::string usable;  // hexadecimal, a bit for each of the people in their order: consents and has a role
  bool operator==(const PeopleMark&) const = default;
};
PeopleMark mark_people(const Staff&);
// How many may be used by now who could not be then; nothing where more has changed than who consents, or it is not known.
std::optional<std::int64_t> count_added(const PeopleMark& then, const PeopleMark& now);

// report.json of duties.
struct DutyReport {
  StaffingStatus status = StaffingStatus::gave_up;
  std::int64_t places = 0;
  std::int64_t unfilled = 0;
  std::int64_t unfilled_bound = 0;
  std::int64_t room_places = 0;  // of the places above those of rooms, which come first
  std::int64_t room_unfilled = 0;
  std::int64_t room_unfilled_bound = 0;
  Load load;
  std::optional<Load> load_bound;
  BoundedFigure past_pairs;
  BoundedFigure travel_m;
  std::optional<BoundedFigure> changed;  // with --keep; the bound is the contract's floor
  std::vector<DutyShortage> shortages;   // not read back
  PeopleMark people;                     // whom the bounds speak of
};

// The three files of duties as they say it, before anybody has judged them.
struct DutyRows {
  std::vector<DutyRow> duties;
  std::vector<UnfilledDutyRow> unfilled;
  bool has_report = false;
  DutyReport report;
};

std::string_view spell(DutyRole);
std::string_view spell(DutyConflictKind);
std::string_view spell(ConflictReach);
std::string_view spell(UnfilledReason);
std::string_view spell(StaffingStatus);
// The `;` list of invigilators.csv: chief;invigilator;corridor;reserve.
std::string spell(DutyRoles roles);
// Nothing when a word is unknown or said twice.
std::optional<DutyRoles> parse_duty_roles(std::string_view list);
Text name_of(DutyRole);

}  // namespace hanjari
