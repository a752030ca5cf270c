#include "plans/store/live_parts.h"

#include <algorithm>
#include <string>

#include "plans/store/exam_rows.h"

namespace hanjari::storage {
namespace {

// Far more exams than are live at a time; beyond that the plan that was asked for longest ago gives way.
constexpr std::size_t most_parts = 256;

std::shared_ptr<const PlannedExam> read_part(Connection& connection, std::int64_t plan_id, std::int64_t population) {
  auto part = std::make_shared<PlannedExam>();
  part->exam = read_header(connection, static_cast<std::uint64_t>(population));
  part->plan = read_report(connection, static_cast<std::uint64_t>(plan_id));
  for (Rows rows = connection.select(std::string("SELECT ") + unit_columns +
                                         " FROM units t WHERE t.population_id = ? ORDER BY t.unit_position",
                                     population);
       rows.next();) {
    part->exam.units.push_back(read_unit(rows));
  }
  for (Rows rows = connection.select(std::string("SELECT ") + venue_columns +
                                         " FROM venues t WHERE t.population_id = ? ORDER BY t.venue_position",
                                     population);
       rows.next();) {
    part->exam.venues.push_back(read_venue(rows, part->exam.words));
  }
  return part;
}

}  // namespace

std::shared_ptr<const PlannedExam> LiveParts::find(Connection& connection, std::int64_t plan_id,
                                                   std::int64_t population, const std::string& digest) {
  {
    const std::lock_guard lock(mutex_);
    if (const auto found = parts_.find(plan_id);
        found != parts_.end() && found->second.part->plan.digest == digest) {
      found->second.asked = ++asked_;
      return found->second.part;
    }
  }
  auto part = read_part(connection, plan_id, population);
  const std::lock_guard lock(mutex_);
  parts_[plan_id] = {part, ++asked_};
  if (parts_.size() > most_parts) {
    parts_.erase(std::min_element(parts_.begin(), parts_.end(),
                                  [](const auto& a, const auto& b) { return a.second.asked < b.second.asked; }));
  }
  return part;
}

}  // namespace hanjari::storage
