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
// Whether a person who stands nowhere has accepted a call to a place, of which none of its venue and role is free any more. Of venue
// and role alone, so that it says nothing of rooms before their minute. `vacant`: of the whole exam.
bool has_accepted_in_vain(const ListedPerson& person, const VacantMap& vacant);

}  // namespace hanjari::services
