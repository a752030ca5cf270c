// Places of invigilators that nobody comes to, as the first page counts them.
#include <algorithm>

#include "hanjari/base/error.h"
#include "hanjari/base/local_time.h"
#include "hanjari/desk/waiting.h"
#include "hanjari/domain/legible.h"
#include "hanjari/invigilators/substitutes.h"

namespace hanjari::services {
namespace {

std::map<VenueCode, DistrictCode> districts_of_venues(PlanRepository& plans, const ExamCode& exam, const Actor& actor) {
  std::map<VenueCode, DistrictCode> districts;
  const bool everywhere = actor.role == Role::exam_officer;
  for (const VenueSummary& venue : plans.list_venues(exam, everywhere ? std::nullopt : actor.district))
    districts.emplace(venue.code, venue.district);
  return districts;
}

WaitingWork open_duties_of(InvigilatorRepository& invigilators, PlanRepository& plans, const LiveExam& exam, const Actor& actor) {
  WaitingWork work;
  work.kind = WaitingKind::open_duties;
  work.exam = exam.code;
  const auto staffings = invigilators.list_staffings(exam.code);
  // Duties of another plan than the live one are placed anew anyway.
  if (staffings.empty() || staffings.front().plan_digest != exam.plan_digest) return work;
  const auto districts = districts_of_venues(plans, exam.code, actor);
  DutyPart part;
  for (const auto& venue : districts) part.venues.insert(venue.first);
  for (const auto& [venue, places] : count_vacancies(invigilators, exam.code, part)) {
    work.districts[districts.at(venue)] += places;
    work.count += places;
  }
  work.count = std::min(work.count, most_waiting_counted);
  return work;
}

}  // namespace

std::vector<WaitingWork> count_open_duties(InvigilatorRepository& invigilators, PlanRepository& plans, const Actor& actor,
                                           Instant now) {
  std::vector<WaitingWork> works;
  const bool own_district = actor.role == Role::district_coordinator && actor.district.has_value();
  if (actor.role != Role::exam_officer && !own_district) return works;
  for (const LiveExam& exam : plans.list_live_exams()) {
    if (exam.exam_on < local_time(now, exam.time_zone).day) continue;
    try {
      read_legibly([&] {
        WaitingWork work = open_duties_of(invigilators, plans, exam, actor);
        work.due = instant_of(exam.exam_on, 0, exam.time_zone);
        if (work.count > 0) works.push_back(std::move(work));
      });
    } catch (const NotFound&) {
      // Destroyed with its exam since the live exams were read.
    }
  }
  return works;
}

}  // namespace hanjari::services
