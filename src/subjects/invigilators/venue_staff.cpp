#include "hanjari/invigilators/venue_staff.h"

#include <map>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "hanjari/actor/actor.h"
#include "hanjari/invigilators/duty_views.h"

namespace hanjari::services {

std::optional<std::vector<StaffPlace>> StaffOfDuties::staff_at(const Actor& actor, const ExamCode& exam,
                                                               const VenueCode& venue, Instant now) {
  const auto head = exams_.find_head(exam);
  if (!head) return std::nullopt;
  const NewestDuties newest = load_newest_duties(invigilators_, exam);
  if (!newest.staffing) return std::nullopt;
  DutyPart part;
  part.venues.insert(venue);
  part.rooms = are_rooms_open(invigilators_.find_board(exam), *head, now);
  std::map<InvigilatorId, std::string> coming;
  for (ListedPerson& person : invigilators_.list_people(exam)) {
    if (person.state == PersonState::consented) coming.emplace(person.facts.id, std::move(person.facts.name));
  }
  std::vector<StaffPlace> places;
  AuditNote note{"duties.read", fmt::format("{}/{}", exam.text(), venue.text())};
  note.exam = exam.text();
  for (const ShownDuty& duty : show_duties(newest.rows, part)) {
    const auto person = coming.find(duty.person);
    if (person == coming.end()) continue;
    StaffPlace place;
    if (duty.room_no) place.room = std::to_string(*duty.room_no);
    place.role = duty.role;
    place.name = person->second;
    note.whose.push_back(duty.person.text());
    places.push_back(std::move(place));
  }
  if (!places.empty()) accesses_.record_access(change_of(actor, "", now), note);
  return places;
}

bool StaffOfDuties::are_of_earlier_plan(const ExamCode& exam) {
  const auto staffings = invigilators_.list_staffings(exam);
  return !staffings.empty() && is_plan_replaced(exams_, exam, staffings.front());
}

}  // namespace hanjari::services
