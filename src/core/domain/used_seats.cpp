#include <algorithm>
#include <map>

#include "hanjari/domain/plan.h"

namespace hanjari {

void count_used_seats(const Policy& policy, std::vector<Placement>& placements) {
  std::map<RoomIndex, std::vector<Placement*>> rooms;
  for (Placement& placed : placements) {
    placed.used_no = 0;
    if (policy.seat_numbers == SeatNumbers::used) rooms[placed.room].push_back(&placed);
  }
  for (auto& [room, people] : rooms) {
    std::sort(people.begin(), people.end(),
              [](const Placement* a, const Placement* b) { return a->seat_no < b->seat_no; });
    int number = 0;
    for (Placement* placed : people) placed->used_no = ++number;
  }
}

}  // namespace hanjari
