// Whoever has accepted a call is put into the place: from the minute of the rooms on, or when an exam officer says so.
#include <algorithm>
#include <utility>

#include "hanjari/base/error.h"
#include "hanjari/base/local_time.h"
#include "hanjari/invigilators/staffing_job.h"
#include "hanjari/invigilators/substitutes.h"
#include "invigilators/vacant_places.h"

namespace hanjari::services {
namespace {

constexpr int most_placing_tries = 20;

// The edits that put the person into the place; whoever stands there and does not come is taken off.
std::vector<DutyEdit> edits_to_place(const InvigilatorId& person, const DutyPlace& place,
                                     const std::optional<InvigilatorId>& left) {
  std::vector<DutyEdit> edits;
  if (left) {
    DutyEdit off;
    off.kind = DutyEditKind::take_off;
    off.person = *left;
    off.line = edits.size() + 1;
    edits.push_back(off);
  }
  DutyEdit move;
  move.kind = DutyEditKind::move;
  move.person = person;
  move.place = place;
  move.line = edits.size() + 1;
  edits.push_back(move);
  return edits;
}

// Whether one more try may help: somebody else changed the duties meanwhile.
enum class Placing { done, refused, changed };

// What a refusal says, each reason once.
void add_reasons(const InvalidInput& refused, std::vector<Text>& reasons) {
  const auto add = [&](const Text& reason) {
    const bool known = std::any_of(reasons.begin(), reasons.end(), [&](const Text& one) { return one.en == reason.en; });
    if (!known) reasons.push_back(reason);
  };
  for (const Fault& fault : refused.faults().kept()) add(fault.what);
  if (refused.faults().empty()) add(refused.message());
}

Placing try_to_place(InvigilatorRepository& invigilators, ExamRepository& exams, PlanCopies& copies, const ExamCode& code,
                     const DutyEditWish& wish, const Change& change, std::vector<Text>& reasons) {
  try {
    edit_stored_duties(invigilators, exams, copies, code, wish, change);
    return Placing::done;
  } catch (const InvalidInput& refused) {
    add_reasons(refused, reasons);
    return Placing::refused;
  } catch (const NotFound& gone) {
    reasons.push_back(gone.message());
    return Placing::refused;
  } catch (const Conflict&) {
    return Placing::changed;
  }
}

// A place that is free, and who stands there and does not come.
struct FreePlace {
  DutyPlace place;
  std::optional<InvigilatorId> left;
};

// The places of those who do not come first, by their numbers: duties.csv stands in the order of rooms, and whose place is taken
// first is seen by readers to whom rooms are not shown.
std::vector<FreePlace> places_to_try(const VacantPlaces& vacant) {
  std::vector<FreePlace> places;
  for (std::size_t at = 0; at < vacant.places.size(); ++at) {
    FreePlace free{vacant.places[at], std::nullopt};
    if (at < vacant.left.size()) free.left = vacant.left[at];
    places.push_back(std::move(free));
  }
  std::stable_sort(places.begin(), places.end(), [](const FreePlace& a, const FreePlace& b) {
    if (!a.left || !b.left) return a.left.has_value() && !b.left.has_value();
    return *a.left < *b.left;
  });
  return places;
}

// Why a substitute is placed stands with the duties; in the name of whoever says so.
Change placing_change(const Change& by) {
  Change change = by;
  change.reason = "대체 감독 수락 (substitute accepted)";
  return change;
}

// Whether somebody was placed, and if not, why not.
struct Outcome {
  bool placed = false;
  std::vector<Text> reasons;
};

Outcome not_placed(const char* en, const char* ko) {
  return {false, {{en, ko}}};
}

Outcome place_one(InvigilatorRepository& invigilators, ExamRepository& exams, PlanCopies& copies, const ExamCode& code,
                  const InvigilatorId& id, const Change& change) {
  DutyPart all;
  all.everything = true;
  for (int tried = 0; tried < most_placing_tries; ++tried) {
    const auto person = invigilators.find_person(code, id);
    if (!person || person->calls.empty() || person->calls.back().answer != CallAnswer::accepted)
      return not_placed("has not accepted any more", "더 이상 수락한 상태가 아닙니다");
    const SubstituteCall& call = person->calls.back();
    const NewestDuties newest = load_newest_duties(invigilators, code);
    if (!newest.staffing) return not_placed("there are no duties", "배치가 없습니다");
    const auto& duties = newest.rows.duties;
    if (std::any_of(duties.begin(), duties.end(), [&](const DutyRow& row) { return row.invigilator_id == id; }))
      return not_placed("has a place already", "이미 배치되어 있습니다");
    const VacantMap vacant = find_vacant_places(newest.rows, people_who_come(invigilators.list_people(code)), all);
    const auto there = vacant.find({call.venue, call.role});
    if (there == vacant.end())
      return not_placed("no place of that venue and role is free any more", "그 시험장과 역할에 더 이상 빈자리가 없습니다");
    bool changed = false;
    Outcome outcome;
    for (const FreePlace& free : places_to_try(there->second)) {
      DutyEditWish wish;
      wish.version = newest.staffing->version;
      wish.edits = edits_to_place(id, free.place, free.left);
      const Placing placing = try_to_place(invigilators, exams, copies, code, wish, change, outcome.reasons);
      if (placing == Placing::done) return {true, {}};
      changed = placing == Placing::changed;
      if (changed) break;
    }
    if (!changed) return outcome;
  }
  return not_placed("others kept changing the duties; try again", "그사이 배치가 거듭 바뀌었습니다. 다시 시도하십시오");
}

// Who has accepted a call, comes and stands nowhere.
std::vector<InvigilatorId> list_accepted(InvigilatorRepository& invigilators, const ExamCode& code) {
  std::vector<InvigilatorId> accepted;
  const NewestDuties newest = load_newest_duties(invigilators, code);
  if (!newest.staffing) return accepted;
  std::set<InvigilatorId> standing;
  for (const DutyRow& row : newest.rows.duties) standing.insert(row.invigilator_id);
  for (const ListedPerson& person : invigilators.list_people(code)) {
    const bool accepts = !person.calls.empty() && person.calls.back().answer == CallAnswer::accepted;
    if (accepts && person.state == PersonState::consented && !standing.contains(person.facts.id))
      accepted.push_back(person.facts.id);
  }
  std::sort(accepted.begin(), accepted.end());
  return accepted;
}

}  // namespace

bool place_substitute(InvigilatorRepository& invigilators, ExamRepository& exams, PlanCopies& copies, const ExamCode& code,
                      const InvigilatorId& id, Instant now) {
  // Not even read before: how long an answer takes tells nothing either.
  const ExamHead head = exams.find_head(code).value_or(ExamHead{});
  if (!are_rooms_open(invigilators.find_board(code), head, now)) return false;
  const auto person = invigilators.find_person(code, id);
  if (!person || person->calls.empty()) return false;
  return place_one(invigilators, exams, copies, code, id, placing_change({person->calls.back().by, "", now, "program"})).placed;
}

PlacedSubstitutes place_accepted(InvigilatorRepository& invigilators, ExamRepository& exams, PlanCopies& copies,
                                 const ExamCode& code, const Change& change) {
  require_not_destroyed(exams, code);
  PlacedSubstitutes done;
  for (const InvigilatorId& id : list_accepted(invigilators, code)) {
    Outcome outcome = place_one(invigilators, exams, copies, code, id, placing_change(change));
    (outcome.placed ? done.placed : done.refused).push_back(id);
    if (!outcome.placed) done.reasons.emplace(id, std::move(outcome.reasons));
  }
  return done;
}

std::int64_t place_accepted_on_the_day(InvigilatorRepository& invigilators, ExamRepository& exams, PlanCopies& copies,
                                       const ExamCode& code, Instant now) {
  const auto head = exams.find_head(code);
  if (!head || local_time(now, head->time_zone).day != head->exam_on) return 0;
  if (!are_rooms_open(invigilators.find_board(code), *head, now)) return 0;
  std::int64_t placed = 0;
  for (const InvigilatorId& id : list_accepted(invigilators, code)) {
    if (place_substitute(invigilators, exams, copies, code, id, now)) ++placed;
  }
  return placed;
}

}  // namespace hanjari::services
