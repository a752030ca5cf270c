#include <algorithm>
#include <cmath>

#include "allocation/problem.h"
#include "allocation/workers.h"
#include "hanjari/base/error.h"
#include "hanjari/domain/travel.h"

namespace hanjari::allocation {

TravelMatrix::TravelMatrix(const Exam& exam, int threads)
    : venues_(exam.venues.size()),
      metres_(exam.applicants.size() * exam.venues.size()),
      nearest_(exam.applicants.size(), no_way) {
  const TravelTable table(exam);
  std::vector<bool> counts_for_nearest(venues_);
  for (std::size_t venue = 0; venue < venues_; ++venue) {
    const auto rooms = exam.rooms_of(VenueIndex(venue));
    counts_for_nearest[venue] =
        exam.venues[venue].kind == VenueKind::regular &&
        std::any_of(rooms.begin(), rooms.end(), [](const Room& room) { return room.use == RoomUse::exam; });
  }
  const std::size_t block = 256;
  for_each_item(threads, (exam.applicants.size() + block - 1) / block, [&](std::size_t item) {
    const std::size_t end = std::min(exam.applicants.size(), (item + 1) * block);
    for (std::size_t person = item * block; person < end; ++person) {
      std::int32_t* row = metres_.data() + person * venues_;
      for (std::size_t venue = 0; venue < venues_; ++venue) {
        const Metres metres = table.between(ApplicantIndex(person), VenueIndex(venue));
        // A travel table may name any number; beyond 2^30 metres it is further than any road.
        row[venue] = metres == unreachable ? no_way : static_cast<std::int32_t>(std::min<Metres>(metres, 1 << 30));
        if (counts_for_nearest[venue]) nearest_[person] = std::min(nearest_[person], row[venue]);
      }
    }
  });
}

}  // namespace hanjari::allocation
