#include "invigilators/vacant_places.h"

#include "hanjari/invigilators/substitutes.h"

namespace hanjari::services {

std::set<InvigilatorId> people_who_come(const std::vector<ListedPerson>& people) {
  std::set<InvigilatorId> coming;
  for (const ListedPerson& person : people) {
    if (person.state == PersonState::consented) coming.insert(person.facts.id);
  }
  return coming;
}

VacantMap find_vacant_places(const DutyRows& rows, const std::set<InvigilatorId>& coming, const DutyPart& part) {
  VacantMap vacant;
  for (const DutyRow& row : rows.duties) {
    if (!part.has(row.venue_code) || coming.contains(row.invigilator_id)) continue;
    VacantPlaces& there = vacant[{row.venue_code, row.role}];
    there.places.push_back({row.venue_code, row.room_no, row.role});
    there.left.push_back(row.invigilator_id);
  }
  for (const UnfilledDutyRow& row : rows.unfilled) {
    if (part.has(row.venue_code)) vacant[{row.venue_code, row.role}].places.push_back({row.venue_code, row.room_no, row.role});
  }
  return vacant;
}

bool has_accepted_in_vain(const ListedPerson& person, const VacantMap& vacant) {
  if (person.state != PersonState::consented || person.calls.empty()) return false;
  const SubstituteCall& last = person.calls.back();
  return last.answer == CallAnswer::accepted && !vacant.contains({last.venue, last.role});
}

std::map<VenueCode, std::int64_t> count_vacancies(InvigilatorRepository& invigilators, const ExamCode& code, const DutyPart& part) {
  std::map<VenueCode, std::int64_t> counts;
  const NewestDuties newest = load_newest_duties(invigilators, code);
  if (!newest.staffing) return counts;
  const std::set<InvigilatorId> coming = outlines_who_come(invigilators.list_outlines(code));
  for (const auto& [key, vacant] : find_vacant_places(newest.rows, coming, part))
    counts[key.first] += std::ssize(vacant.places);
  return counts;
}

}  // namespace hanjari::services
