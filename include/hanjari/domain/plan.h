// A plan: who sits where, with what the plan claims about itself (contract: Plan).
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hanjari/base/text.h"
#include "hanjari/domain/exam.h"
#include "hanjari/domain/history.h"
#include "hanjari/domain/plan_change.h"

namespace hanjari {

// optimal: total = bound; feasible: nobody unseated; infeasible: proven that not everybody can be seated;
// gave_up: somebody unseated without proof.
enum class PlanStatus { optimal, feasible, infeasible, gave_up };

struct Placement {
  ApplicantIndex applicant;
  ApplicantNumber number;
  VenueIndex venue;
  RoomIndex room;
  int seat_no = 0;  // rank of the desk among all unblocked desks of the room in seat order
  Desk desk;
  char booklet = 'A';  // A, B, C or D
  Metres travel_m = 0;
  // Rank of the desk among those in use of its room, from 1; 0 unless the policy's seat_numbers is `used`
  // (count_used_seats).
  int used_no = 0;
};

struct Unseated {
  ApplicantIndex applicant;
  std::string reason;  // the code of an UnseatedReason in plans that this program makes; others may say anything
  Text detail;         // a sentence
};

// What a reason code means, to everybody who is told of it.
struct UnseatedReason {
  std::string_view code;  // no_reachable_venue, no_accessible_room, no_separate_room, no_multiplier_room, no_capacity, ...
  bool alone = false;     // given by a re-planning, it holds whatever rooms the others have
  Text detail;            // to officers, of one person of a changed exam: a sentence without its subject
  Text of_people;         // to officers, of everybody whom it keeps without a seat
  Text to_person;         // in the notice to the person
};
// All of them; the engines write no other.
const std::vector<UnseatedReason>& unseated_reasons();
// Null for a code that this program does not write.
const UnseatedReason* find_unseated_reason(std::string_view code);

struct OverDetour {
  ApplicantIndex applicant;
  Metres travel_m = 0;
  Metres detour_m = 0;
};

struct Objective {
  std::int64_t total = 0;
  Metres travel_m = 0;
  std::int64_t rooms_opened = 0;
  std::int64_t unit_venue_pairs = 0;
  std::int64_t venues_opened = 0;
  bool operator==(const Objective&) const = default;
};

struct DetourDistribution {  // metres; percentiles by nearest rank
  Metres total = 0;
  double mean = 0;
  Metres p50 = 0;
  Metres p95 = 0;
  Metres max = 0;
  bool operator==(const DetourDistribution&) const = default;
};

enum class BoundOf { assignment, plan };
struct Bound {
  std::int64_t total = 0;
  BoundOf of = BoundOf::assignment;
  bool operator==(const Bound&) const = default;
};

// Fractions rounded up to six decimals; nothing when unknown or somebody is unseated.
struct Gap {
  std::optional<double> of_total;
  std::optional<double> of_detour;
  bool operator==(const Gap&) const = default;
};

// What one more exam room at a venue would save: metres of travel (weighted by policy) of all people together, at most,
// when only seats count; from the prices of A's proof.
struct RoomPrice {
  VenueIndex venue;
  int people = 0;  // that the room would hold: as many as the largest there
  std::int64_t saves = 0;
};

struct KeepApartBroken {
  std::string word;
  ApplicantIndex first;
  ApplicantIndex second;
  Text reason;
};

struct PlanReport {
  PlanStatus status = PlanStatus::gave_up;
  std::int64_t seated = 0;
  std::int64_t unseated = 0;
  Objective objective;
  DetourDistribution detour_m;
  std::int64_t over_detour_cap = 0;
  // No plan that seats everybody has fewer people beyond the detour cap. Added to report.json as `over_detour_bound`.
  std::optional<std::int64_t> over_detour_bound;
  std::optional<Bound> bound;
  Gap gap;
  std::vector<KeepApartBroken> keep_apart_broken;
  std::string seed = "0";
  std::int64_t rounds = 0;
  std::string input_sha256;
  std::string replanned_from;  // plan digest; empty unless made by replan
  std::string version;
  double seconds_load = 0;
  double seconds_solve = 0;
  double seconds_write = 0;
  double peak_rss_mb = 0;
  // Why not everybody can be seated: conflicting demands in words and numbers. Added to report.json as `conflicts`.
  std::vector<Text> conflicts;
  // Venues where one more room would save anything, the dearest first. Added to report.json as `room_prices`.
  std::vector<RoomPrice> room_prices;
  // Of a plan made from another one. Added to report.json as `change`.
  std::optional<ChangeFigures> change;
  // The last serial number ever given, by unit code; one entry under "" when all units share one sequence. Empty in a
  // first plan, where the placements say it. Added to report.json as `last_serials`, because numbers of people who have
  // gone are never given again.
  std::map<std::string, std::int64_t> last_serials;
  // detour_m as people are told it: 0 of whoever has a nearer venue than any regular one (see told_detour). Stands in no file.
  DetourDistribution told_detour_m;
};

struct Plan {
  std::vector<Placement> placements;    // by applicant, which is applicant_id order
  std::vector<Unseated> unseated;       // by applicant
  std::vector<OverDetour> over_detour;  // by applicant
  PlanReport report;
  std::string digest;  // SHA-256 of placements.csv, hex: what sha256sum says of the file. Empty until written or read.
  // How it came about, the last step being this plan; empty where nobody said it.
  std::vector<HistoryStep> history{};
};

// An exam, or a part of one (a venue, a person), with the plan of the same part: what papers and pages are made from.
struct PlannedExam {
  Exam exam;
  Plan plan;
};

// Sets used_no of every placement of a whole plan, or of whole rooms of it, as the policy says.
void count_used_seats(const Policy& policy, std::vector<Placement>& placements);

}  // namespace hanjari
