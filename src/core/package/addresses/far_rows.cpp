#include "package/addresses/far_rows.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "hanjari/domain/district_facts.h"
#include "package/exam_tables.h"

namespace hanjari::package {
namespace {

// A middle of so many is that of millions, near enough.
constexpr std::size_t most_sampled = 20'000;

template <class Rows, class PointOf>
std::vector<Point> sample_points(const Rows& rows, PointOf point_of) {
  const std::size_t step = rows.size() / most_sampled + 1;
  std::vector<Point> points;
  for (std::size_t at = 0; at < rows.size(); at += step) points.push_back(point_of(rows[at]));
  std::erase(points, Point{});
  return points;
}

// Where the districts lie that the codes name, as far as the program knows them.
std::vector<Point> points_of_districts(const Exam& exam) {
  std::vector<Point> points;
  const auto add = [&](WordIndex district) {
    if (const DistrictFact* fact = find_district_fact(exam.words[district])) points.push_back(fact->centre());
  };
  for (const Venue& venue : exam.venues) add(venue.district);
  const std::size_t step = exam.applicants.size() / most_sampled + 1;
  for (std::size_t at = 0; at < exam.applicants.size(); at += step) add(exam.applicants[at].district);
  return points;
}

// The points that the others are held against: of venues and homes together. Where a whole table lies elsewhere the districts
// say which of the two is right, and without them the one of more rows.
std::vector<Point> usual_points(const Exam& exam) {
  std::vector<Point> venues = sample_points(exam.venues, [](const Venue& venue) { return venue.at; });
  std::vector<Point> homes = sample_points(exam.applicants, [](const Applicant& person) { return person.home; });
  const auto of_venues = middle_of_points(venues);
  const auto of_homes = middle_of_points(homes);
  if (!of_venues) return homes;
  if (!of_homes) return venues;
  if (haversine_m(*of_venues, *of_homes) > FarPoints::least_reach) {
    if (const auto meant = middle_of_points(points_of_districts(exam)))
      return haversine_m(*of_venues, *meant) < haversine_m(*of_homes, *meant) ? venues : homes;
    return venues.size() > homes.size() ? venues : homes;
  }
  homes.insert(homes.end(), venues.begin(), venues.end());
  return homes;
}

class FarRows {
 public:
  FarRows(ExamReading& reading, const FarPoints& far) : reading_(reading), far_(far) {}

  void look_at(const char* file, std::uint64_t line, Point at) {
    auto found = far_.find(at);
    if (!found) return;
    Fault fault{file, line, "lat", std::move(found->what), std::move(found->fix)};
    const bool in_sheet = reading_.sheets != nullptr && find_sheet(reading_, file) != nullptr;
    if (in_sheet && found->swapped) reading_.sheets->mark_cell(fault);
    if (in_sheet) fault = reading_.sheets->with_cell(fault);
    (found->swapped ? swapped_ : far_away_).add(std::move(fault), line);
  }
  // Of one table, so that causes of two are not told as one.
  void tell() {
    swapped_.hand_over(reading_.faults);
    for (Fault& warning : far_away_.take()) reading_.warnings.push_back(std::move(warning));
  }

 private:
  ExamReading& reading_;
  const FarPoints& far_;
  RepeatedFaults swapped_;
  RepeatedFaults far_away_;
};

}  // namespace

std::optional<FarPoints> far_points_of(const Exam& exam) {
  const std::vector<Point> points = usual_points(exam);
  const auto middle = middle_of_points(points);
  return middle ? std::optional(FarPoints(*middle, points)) : std::nullopt;
}

void tell_far_point(CsvReader& reader, std::size_t column, Point at, const std::optional<FarPoints>& far) {
  auto found = far ? far->find(at) : std::nullopt;
  if (!found) return;
  if (found->swapped) {
    reader.add_fault(column, std::move(found->what), std::move(found->fix));
  } else {
    reader.add_warning(column, std::move(found->what), std::move(found->fix));
  }
}

void tell_far_points(ExamReading& reading) {
  const auto far = far_points_of(reading.exam);
  if (!far) return;
  FarRows rows(reading, *far);
  for (std::size_t at = 0; at < reading.exam.venues.size(); ++at)
    rows.look_at("venues.csv", reading.venue_lines[at], reading.exam.venues[at].at);
  rows.tell();
  for (const auto& [line, at] : reading.places) rows.look_at("places.csv", line, at);
  rows.tell();
  for (std::uint32_t at = 0; at < reading.exam.applicants.size(); ++at)
    rows.look_at("applicants.csv", reading.applicant_lines.line_of(at), reading.exam.applicants[at].home);
  rows.tell();
}

}  // namespace hanjari::package
