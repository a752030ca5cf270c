#include "materials/pages/station_choice.h"

#include <algorithm>
#include <set>

namespace hanjari::web {
namespace {

using services::Station;
using services::StationKind;

Station upper_station(StationKind kind) {
  Station station;
  station.kind = kind;
  return station;
}

// Own places that have left the plan, as far as the ledger knows them: what lies there goes back from there.
void add_left_stations(const services::MaterialDesk& desk, const VenueNames& names, const std::vector<services::Entry>& entries,
                       std::vector<Station>& stations) {
  for (const services::Entry& entry : entries) {
    for (const Station* place : {&entry.from, &entry.to}) {
      if (place->kind < StationKind::district || names.contains(place->venue) || !services::reaches(desk, *place)) continue;
      if (std::find(stations.begin(), stations.end(), *place) == stations.end()) stations.push_back(*place);
    }
  }
}

}  // namespace

Station district_station(const DistrictCode& district) {
  Station station;
  station.kind = StationKind::district;
  station.district = district;
  return station;
}

Station venue_station(const services::VenueSummary& venue, int room_no) {
  Station station;
  station.kind = room_no == 0 ? StationKind::venue : StationKind::room;
  station.district = venue.district;
  station.venue = venue.code;
  station.room_no = room_no;
  return station;
}

std::vector<Station> stations_of(const services::MaterialDesk& desk, const VenueNames& names, const services::Packing* packing,
                                 const std::vector<services::Entry>& entries) {
  std::vector<Station> stations;
  const bool all = desk.book.is_dry_run() || desk.actor.role == services::Role::exam_officer;
  if (all) {
    stations.push_back(upper_station(StationKind::ministry));
    stations.push_back(upper_station(StationKind::printing_office));
  }
  stations.push_back(upper_station(StationKind::city));
  std::set<DistrictCode> districts;
  for (const auto& [code, venue] : names) districts.insert(venue.district);
  // Also one that has no venue any more: it holds what it was given.
  if (!desk.book.is_dry_run() && desk.actor.district) districts.insert(*desk.actor.district);
  for (const DistrictCode& district : districts) stations.push_back(district_station(district));
  for (const auto& [code, venue] : names) {
    if (packing != nullptr && code != packing->venue) continue;
    stations.push_back(venue_station(venue));
    if (packing == nullptr) continue;
    for (const services::PackedRoom& room : packing->rooms) stations.push_back(venue_station(venue, room.room_no));
  }
  if (packing == nullptr && !desk.book.is_dry_run()) add_left_stations(desk, names, entries, stations);
  return stations;
}

nlohmann::json describe_stations(const Call& call, const std::vector<Station>& stations, const VenueNames& names,
                                 const std::optional<Station>& chosen) {
  nlohmann::json options = nlohmann::json::array();
  for (const Station& station : stations) {
    options.push_back({{"value", services::spell(station)},
                       {"name", name_of_station(call, station, names)},
                       {"chosen", chosen && *chosen == station}});
  }
  return options;
}

}  // namespace hanjari::web
