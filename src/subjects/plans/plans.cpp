#include "hanjari/plans/plans.h"

#include <algorithm>
#include <string>

#include "hanjari/actor/attempts.h"
#include "hanjari/base/error.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/documents/slip.h"
#include "hanjari/plans/refusals.h"

namespace hanjari::services {
namespace {

using namespace std::chrono_literals;

[[noreturn]] void throw_not_yours() {
  throw NotAllowed("not_your_venue",
                   {"Your account may not open this venue's papers.", "이 시험장의 서류를 열 권한이 없는 계정입니다."});
}

// Rosters are for exam officers, of their own district for coordinators, and of their own venue for its chiefs.
bool may_open(const Actor& actor, const VenueSummary& venue, const std::optional<VenueCode>& own_venue) {
  if (actor.role == Role::exam_officer) return true;
  if (actor.role == Role::venue_chief) return own_venue && *own_venue == venue.code;
  return actor.role == Role::district_coordinator && actor.district && *actor.district == venue.district;
}

// As people write it: with or without blanks, in whatever form a keyboard sends.
std::string plain_name(const std::string& name) {
  std::string plain = clean_line(name);
  std::erase(plain, ' ');
  std::transform(plain.begin(), plain.end(), plain.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return plain;
}

bool is_name_of(const PlannedExam& seat, const std::string& name) {
  if (seat.plan.placements.empty() || seat.exam.applicants.empty()) return false;
  return plain_name(seat.exam[seat.plan.placements.front().applicant].name) == plain_name(name);
}

}  // namespace

std::optional<PlannedExam> look_up_seat(PlanRepository& plans, AttemptLimit& attempts, const ExamCode& exam,
                                        const ApplicantNumber& number, Date birth_on, const std::string& source,
                                        Instant now, const std::string& name) {
  const std::string from = source_of_limits(source);
  const std::string of_number = "seat/number/" + exam.text() + "/" + number.text();
  if (!name.empty()) {
    // A number is limited together with where it is asked from, so that nobody can lock its owner out.
    LookUpGuess guess(attempts,
                      {{"seat/named/" + from, 100, 60min}, {of_number + "/named/" + from, 5, 60min}}, now);
    auto seat = plans.find_seat(exam, number, birth_on);
    if (seat && !is_name_of(*seat, name)) seat.reset();
    if (!seat) guess.was_wrong();
    return seat;
  }
  try {
    LookUpGuess guess(attempts,
                      {{"seat/source/" + from, 5, 60min},
                       {of_number, 10, 60min},
                       {"seat/exam/" + exam.text(), 2'000, 60min}},
                      now);
    auto seat = plans.find_seat(exam, number, birth_on);
    if (!seat) guess.was_wrong();
    return seat;
  } catch (const TooManyAttempts&) {
    throw NameNeeded({"Many wrong entries were made. Enter your name too.",
                      "잘못된 입력이 많았습니다. 성명도 함께 입력해 주십시오."});
  }
}

SlipState check_slip(PlanRepository& plans, AttemptLimit& attempts, const ExamCode& exam, const ApplicantNumber& number,
                     const std::string& mark, const std::string& source, Instant now) {
  const std::string from = source_of_limits(source);
  LookUpGuess guess(attempts,
                    {{"slip/source/" + from, 100, 10min},
                     {"slip/number/" + exam.text() + "/" + number.text() + "/" + from, 20, 60min}},
                    now);
  const auto place = plans.find_place(exam, number);
  if (place && documents::slip_mark(place->exam, place->plan.placements.front()) == mark) return SlipState::valid;
  guess.was_wrong();
  return place ? SlipState::outdated : SlipState::unknown;
}

PlannedExam open_roster(PlanRepository& plans, AccessRecord& accesses, const Actor& actor, const ExamCode& exam,
                        const VenueCode& venue, const std::string& format, Instant now,
                        const std::optional<VenueCode>& own_venue, const std::string& mark) {
  const auto venues = plans.list_venues(exam, std::nullopt);
  const auto found =
      std::find_if(venues.begin(), venues.end(), [&](const VenueSummary& summary) { return summary.code == venue; });
  if (found == venues.end()) {
    // Whoever may not look at every venue learns nothing from codes that are tried.
    if (actor.role != Role::exam_officer) throw_not_yours();
    throw NotFound("venue_not_found", {"There is no such venue in the live plan of this exam.",
                                       "이 시험의 확정 배정안에 그런 시험장이 없습니다."});
  }
  if (!may_open(actor, *found, own_venue)) throw_not_yours();
  auto roster = plans.find_venue_plan(exam, venue);
  if (!roster) {
    throw NotFound("venue_not_found", {"The live plan of this exam has just changed and has no such venue now.",
                                       "확정 배정안이 방금 변경되어 그 시험장이 없어졌습니다."});
  }
  AuditNote note{"roster." + format, exam.text() + "/" + venue.text(), "plan " + roster->plan.digest};
  if (!mark.empty()) note.detail += ", mark " + mark;
  note.exam = exam.text();
  for (const Applicant& person : roster->exam.applicants) note.whose.push_back(person.id.text());
  accesses.record_access(change_of(actor, "", now), note);
  return std::move(*roster);
}

std::vector<VenueSummary> list_own_venues(PlanRepository& plans, const Actor& actor, const ExamCode& exam,
                                          const std::optional<VenueCode>& own_venue) {
  if (actor.role == Role::exam_officer) return plans.list_venues(exam, std::nullopt);
  if (actor.role == Role::district_coordinator && actor.district) return plans.list_venues(exam, actor.district);
  if (actor.role == Role::venue_chief && own_venue) {
    std::vector<VenueSummary> venues = plans.list_venues(exam, std::nullopt);
    std::erase_if(venues, [&](const VenueSummary& venue) { return !may_open(actor, venue, own_venue); });
    return venues;
  }
  throw_not_yours();
}

}  // namespace hanjari::services
