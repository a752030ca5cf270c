#include "allocation/travel.h"

#include <algorithm>

#include "allocation/sites/point_tree.h"
#include "allocation/workers.h"

namespace hanjari::allocation {
namespace {

constexpr std::size_t people_of_an_item = 256;

std::vector<bool> venues_that_count_for_nearest(const Exam& exam) {
  std::vector<bool> counts(exam.venues.size());
  for (std::size_t venue = 0; venue < counts.size(); ++venue) {
    const auto rooms = exam.rooms_of(VenueIndex(venue));
    counts[venue] = exam.venues[venue].kind == VenueKind::regular &&
                    std::any_of(rooms.begin(), rooms.end(), [](const Room& room) { return room.use == RoomUse::exam; });
  }
  return counts;
}

// The longest way there can be, from a box around everything.
std::int64_t longest_way(const Exam& exam) {
  if (exam.applicants.empty() || exam.venues.empty()) return 0;
  Point low = exam.venues.front().at;
  Point high = low;
  const auto widen = [&](Point at) {
    low = {std::min(low.lat, at.lat), std::min(low.lon, at.lon)};
    high = {std::max(high.lat, at.lat), std::max(high.lon, at.lon)};
  };
  for (const Applicant& applicant : exam.applicants) widen(applicant.home);
  for (const Venue& venue : exam.venues) widen(venue.at);
  const Point equator{std::clamp(0.0, low.lat, high.lat), low.lon};
  Metres longest = 2 + haversine_m(low, {high.lat, low.lon}) + haversine_m(equator, {equator.lat, high.lon});
  for (const TravelRow& row : exam.travel) longest = std::max(longest, row.metres);
  return std::min<Metres>(longest, 1 << 30);
}

}  // namespace

Travel::Travel(const Exam& exam, int threads)
    : table_(exam), venues_(exam.venues.size()), nearest_(exam.applicants.size(), no_way) {
  const std::vector<bool> counts_for_nearest = venues_that_count_for_nearest(exam);
  if (exam.applicants.size() * venues_ <= most_kept) {
    keep_all(exam, counts_for_nearest, threads);
  } else {
    find_nearest(exam, counts_for_nearest, threads);
    longest_ = longest_way(exam);
  }
}

std::int32_t Travel::computed(std::size_t person, std::size_t venue) const {
  const Metres metres = table_->between(ApplicantIndex(person), VenueIndex(venue));
  // A travel table may name any number; beyond 2^30 metres it is further than any road.
  return metres == unreachable ? no_way : static_cast<std::int32_t>(std::min<Metres>(metres, 1 << 30));
}

void Travel::keep_all(const Exam& exam, const std::vector<bool>& counts_for_nearest, int threads) {
  kept_.resize(exam.applicants.size() * venues_);
  const std::size_t items = (exam.applicants.size() + people_of_an_item - 1) / people_of_an_item;
  for_each_item(threads, items, [&](std::size_t item) {
    const std::size_t end = std::min(exam.applicants.size(), (item + 1) * people_of_an_item);
    for (std::size_t person = item * people_of_an_item; person < end; ++person) {
      std::int32_t* row = kept_.data() + person * venues_;
      for (std::size_t venue = 0; venue < venues_; ++venue) {
        row[venue] = computed(person, venue);
        if (counts_for_nearest[venue]) nearest_[person] = std::min(nearest_[person], row[venue]);
      }
    }
  });
  for (const std::int32_t metres : kept_) {
    if (metres != no_way) longest_ = std::max<std::int64_t>(longest_, metres);
  }
}

void Travel::find_nearest(const Exam& exam, const std::vector<bool>& counts_for_nearest, int threads) {
  std::vector<std::uint32_t> venues;
  std::vector<Point> points;
  for (std::uint32_t venue = 0; venue < venues_; ++venue) {
    if (!counts_for_nearest[venue]) continue;
    venues.push_back(venue);
    points.push_back(exam.venues[venue].at);
  }
  const PointTree tree(points);
  const std::size_t items = (exam.applicants.size() + people_of_an_item - 1) / people_of_an_item;
  for_each_item(threads, items, [&](std::size_t item) {
    const std::size_t end = std::min(exam.applicants.size(), (item + 1) * people_of_an_item);
    for (std::size_t person = item * people_of_an_item; person < end; ++person) {
      std::int32_t& least = nearest_[person];
      if (!is_great_circle(person)) {
        for (const std::uint32_t venue : venues) least = std::min(least, computed(person, venue));
        continue;
      }
      tree.visit_cheap(
          exam.applicants[person].home, 1, [&] { return Cost{least}; },
          [&](std::uint32_t i) { least = std::min(least, computed(person, venues[i])); });
    }
  });
}

}  // namespace hanjari::allocation
