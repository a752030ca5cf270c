// Places of duties that nobody comes to, by venue and role.
#pragma once

#include <map>
#include <set>
#include <utility>
#include <vector>

#include "hanjari/domain/duty_history.h"
#include "hanjari/invigilators/duty_views.h"

namespace hanjari::services {

using VacantKey = std::pair<VenueCode, DutyRole>;

struct VacantPlaces {
  std::vector<DutyPlace> places;
  std::vector<InvigilatorId> left;  // who stand in the first of the places and do not come
};
using VacantMap = std::map<VacantKey, VacantPlaces>;

std::set<InvigilatorId> people_who_come(const std::vector<ListedPerson>& people);
// Of the venues of the part.
VacantMap find_vacant_places(const DutyRows& rows, const std::set<InvigilatorId>& coming, const DutyPart& part);

}  // namespace hanjari::services
