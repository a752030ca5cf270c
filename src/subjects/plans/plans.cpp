#include "hanjari/plans/plans.h"

#include <algorithm>

#include "hanjari/actor/attempts.h"
#include "hanjari/base/error.h"
#include "hanjari/documents/slip.h"

namespace hanjari::services {
namespace {

using namespace std::chrono_literals;

[[noreturn]] void throw_not_yours() {
  throw NotAllowed("not_your_venue",
                   {"Your account may not open this venue's papers.", "이 시험장의 서류를 열 권한이 없는 계정입니다."});
}

// Rosters are for exam officers and, of their own district, coordinators.
bool may_open(const Actor& actor, const VenueSummary& venue) {
  if (actor.role == Role::exam_officer) return true;
  return actor.role == Role::district_coordinator && actor.district && *actor.district == venue.district;
}

}  // namespace

std::optional<PlannedExam> look_up_seat(PlanRepository& plans, AttemptLimit& attempts, const ExamCode& exam,
                                        const ApplicantNumber& number, Date birth_on, const std::string& source,
                                        Instant now) {
  const std::vector<GuessLimit> limits = {{"seat/source/" + source, 10, 10min},
                                          {"seat/number/" + exam.text() + "/" + number.text(), 10, 60min}};
  check_guesses(attempts, limits, now);
  auto seat = plans.find_seat(exam, number, birth_on);
  if (!seat) record_misses(attempts, limits, now);
  return seat;
}

SlipState check_slip(PlanRepository& plans, AttemptLimit& attempts, const ExamCode& exam, const ApplicantNumber& number,
                     const std::string& mark, const std::string& source, Instant now) {
  const std::vector<GuessLimit> limits = {{"slip/source/" + source, 100, 10min},
                                          {"slip/number/" + exam.text() + "/" + number.text(), 20, 60min}};
  check_guesses(attempts, limits, now);
  const auto place = plans.find_place(exam, number);
  if (place && documents::slip_mark(place->exam, place->plan.placements.front()) == mark) return SlipState::valid;
  record_misses(attempts, limits, now);
  return place ? SlipState::outdated : SlipState::unknown;
}

PlannedExam open_roster(PlanRepository& plans, AccessRecord& accesses, const Actor& actor, const ExamCode& exam,
                        const VenueCode& venue, const std::string& format, Instant now) {
  if (actor.role != Role::exam_officer && actor.role != Role::district_coordinator) throw_not_yours();
  const auto venues = plans.list_venues(exam, std::nullopt);
  const auto found =
      std::find_if(venues.begin(), venues.end(), [&](const VenueSummary& summary) { return summary.code == venue; });
  if (found == venues.end()) {
    throw NotFound("venue_not_found", {"There is no such venue in the live plan of this exam.",
                                       "이 시험의 확정 배정안에 그런 시험장이 없습니다."});
  }
  if (!may_open(actor, *found)) throw_not_yours();
  auto roster = plans.find_venue_plan(exam, venue);
  if (!roster) {
    throw NotFound("venue_not_found", {"The live plan of this exam has just changed and has no such venue now.",
                                       "확정 배정안이 방금 변경되어 그 시험장이 없어졌습니다."});
  }
  AuditNote note{"roster." + format, exam.text() + "/" + venue.text(), "plan " + roster->plan.digest};
  note.exam = exam.text();
  for (const Applicant& person : roster->exam.applicants) note.whose.push_back(person.id.text());
  accesses.record_access(change_of(actor, "", now), note);
  return std::move(*roster);
}

std::vector<VenueSummary> list_own_venues(PlanRepository& plans, const Actor& actor, const ExamCode& exam) {
  if (actor.role == Role::exam_officer) return plans.list_venues(exam, std::nullopt);
  if (actor.role == Role::district_coordinator && actor.district) return plans.list_venues(exam, actor.district);
  throw_not_yours();
}

}  // namespace hanjari::services
