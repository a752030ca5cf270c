#include "allocation/reserve_rooms.h"

#include <algorithm>
#include <map>
#include <string>
#include <tuple>

namespace hanjari::allocation {

std::vector<RoomIndex> choose_set_aside(const Exam& exam, const std::vector<int>& capacities) {
  const ReserveRooms& policy = exam.policy.reserve_rooms;
  std::vector<RoomIndex> chosen;
  if (policy.per_venue == 0 && policy.per_district == 0) return chosen;
  struct Choice {
    std::vector<RoomIndex> rooms;  // exam rooms, the first to be set aside first
    std::size_t taken = 0;
  };
  std::vector<Choice> choices(exam.venues.size());
  std::map<std::string, std::vector<std::size_t>> venues_of_district;
  for (std::size_t venue = 0; venue < exam.venues.size(); ++venue) {
    if (exam.venues[venue].kind != VenueKind::regular) continue;
    Choice& choice = choices[venue];
    for (std::uint32_t i = 0; i < exam.venues[venue].room_count; ++i) {
      const RoomIndex room(std::size_t{exam.venues[venue].first_room} + i);
      if (exam[room].use == RoomUse::exam) choice.rooms.push_back(room);
    }
    std::sort(choice.rooms.begin(), choice.rooms.end(), [&](RoomIndex a, RoomIndex b) {
      return std::tuple(capacities[a.value], exam[a].accessible, b) <
             std::tuple(capacities[b.value], exam[b].accessible, a);
    });
    choice.taken = std::min(choice.rooms.size(), static_cast<std::size_t>(std::max(0, policy.per_venue)));
    venues_of_district[exam.words[exam.venues[venue].district]].push_back(venue);
  }
  for (const auto& [district, venues] : venues_of_district) {
    std::size_t kept = 0;
    for (const std::size_t venue : venues) kept += choices[venue].taken;
    const auto wanted = static_cast<std::size_t>(std::max(0, policy.per_district));
    while (kept < wanted) {
      // The venue that would keep the largest share of its exam rooms gives the next one.
      std::size_t best = exam.venues.size();
      for (const std::size_t venue : venues) {
        const Choice& choice = choices[venue];
        if (choice.taken == choice.rooms.size()) continue;
        if (best == exam.venues.size() ||
            (choice.rooms.size() - choice.taken) > (choices[best].rooms.size() - choices[best].taken))
          best = venue;
      }
      if (best == exam.venues.size()) break;
      ++choices[best].taken;
      ++kept;
    }
  }
  for (const Choice& choice : choices) {
    chosen.insert(chosen.end(), choice.rooms.begin(), choice.rooms.begin() + static_cast<std::ptrdiff_t>(choice.taken));
  }
  std::sort(chosen.begin(), chosen.end());
  return chosen;
}

}  // namespace hanjari::allocation
