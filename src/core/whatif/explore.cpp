#include <algorithm>
#include <atomic>
#include <exception>
#include <limits>
#include <mutex>
#include <system_error>
#include <thread>

#include <fmt/format.h>

#include "hanjari/allocation/allocate.h"
#include "hanjari/domain/district_facts.h"
#include "hanjari/domain/geography.h"
#include "hanjari/replanning/replan.h"
#include "hanjari/seating/seats.h"
#include "hanjari/whatif/whatif.h"

namespace hanjari::whatif {
namespace {

std::vector<AddedVenue> added_venues(const Exam& exam, const Exam& scenario) {
  std::vector<AddedVenue> added;
  for (const Venue& venue : scenario.venues) {
    if (exam.find(venue.code).exists()) continue;
    AddedVenue& one = added.emplace_back();
    one.code = venue.code.text();
    one.lat = venue.at.lat;
    one.lon = venue.at.lon;
    one.district = scenario.words[venue.district];
    one.nearest_m = std::numeric_limits<std::int64_t>::max();
    for (const Venue& old : exam.venues) {
      const Metres distance = haversine_m(venue.at, old.at);
      if (distance >= one.nearest_m) continue;
      one.nearest_m = distance;
      one.nearest = old.code.text() + " " + old.name;
    }
  }
  return added;
}

Point explore_one(const Exam& exam, Key key, const std::string& value, const PlanRows* published, const Effort& effort,
                  const Clock& clock) {
  const Exam scenario = make_scenario(exam, key, value);
  Point point{.value = value};
  if (key == Key::add_venue) point.added = added_venues(exam, scenario);
  if (published != nullptr) {
    replanning::Replanned replanned = replanning::replan(scenario, *published, 1, no_progress());
    point.report = std::move(replanned.plan.report);
    for (const replanning::MissingRooms& rooms : replanned.missing) point.missing_rooms += rooms.rooms;
    return point;
  }
  const Seed seed{};
  allocation::Limits limits;
  limits.rounds = effort.rounds;
  point.report =
      seating::seat(scenario, allocation::allocate(scenario, seed, limits, clock, no_progress()), seed).report;
  return point;
}

}  // namespace

double Point::mean_travel_m() const {
  return report.seated == 0 ? 0 : static_cast<double>(report.objective.travel_m) / static_cast<double>(report.seated);
}

std::string Point::missing_rooms_shown() const {
  return report.unseated > 0 && missing_rooms == 0 ? "–" : group_digits(missing_rooms);
}

const std::vector<AddedVenue>& best_places(const std::vector<Point>& points) {
  static const std::vector<AddedVenue> none;
  const auto most = std::max_element(points.begin(), points.end(), [](const Point& a, const Point& b) {
    return a.added.size() < b.added.size();
  });
  return most == points.end() ? none : most->added;
}

Text describe(const AddedVenue& added) {
  const Text district = name_of_district(added.district);
  const double far = static_cast<double>(added.nearest_m) / 1000;
  return {fmt::format("{}: at {:.5f}, {:.5f}{}, {:.1f} km from {}", added.code, added.lat, added.lon,
                      added.district.empty() ? "" : " in " + district.en, far, added.nearest),
          fmt::format("{}: 위도 {:.5f}, 경도 {:.5f}{}, {}에서 {:.1f} km", added.code, added.lat, added.lon,
                      added.district.empty() ? "" : ", " + district.ko, added.nearest, far)};
}

std::vector<Point> explore(const Exam& exam, const Variation& variation, const PlanRows* published,
                           const Effort& effort, const Clock& clock, Progress& progress) {
  const std::size_t count = variation.values.size();
  std::vector<Point> points(count);
  progress.stage({"what if", "바꿔 보기"}, count);
  std::atomic<std::size_t> next{0};
  std::size_t done = 0;
  std::mutex mutex;
  std::exception_ptr thrown;
  const auto work = [&] {
    for (std::size_t i = next.fetch_add(1); i < count; i = next.fetch_add(1)) {
      try {
        points[i] = explore_one(exam, variation.key, variation.values[i], published, effort, clock);
        const std::lock_guard lock(mutex);
        progress.report(++done, variation.values[i]);
      } catch (...) {
        const std::lock_guard lock(mutex);
        if (!thrown) thrown = std::current_exception();
        next.store(count);
      }
    }
  };
  std::vector<std::thread> others;
  try {
    for (int i = 1; i < std::min(effort.threads, static_cast<int>(count)); ++i) others.emplace_back(work);
  } catch (const std::system_error&) {
    // The system gives no more threads: the work is done by those there are, with the same result.
  }
  work();
  for (std::thread& other : others) other.join();
  if (thrown) std::rethrow_exception(thrown);
  return points;
}

}  // namespace hanjari::whatif
