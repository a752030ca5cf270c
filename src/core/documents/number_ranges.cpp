#include "documents/number_ranges.h"

#include <algorithm>
#include <set>

namespace hanjari::documents {
namespace {

bool is_smaller(const ApplicantNumber* a, const ApplicantNumber* b) {
  return *a < *b;
}

}  // namespace

// The first of the sorted numbers that is not smaller.
std::size_t NumberRanges::Members::position(const ApplicantNumber& number) const {
  return static_cast<std::size_t>(std::lower_bound(numbers.begin(), numbers.end(), &number, is_smaller) -
                                  numbers.begin());
}

NumberRanges::NumberRanges(const PlannedExam& planned, VenueIndex venue, const std::vector<const Placement*>& here)
    : exam_(planned.exam) {
  for (const Placement* one : here) units_[exam_[one->applicant].unit].numbers.push_back(&one->number);
  std::vector<Members*> members(exam_.units.size());
  for (auto& [unit, of_unit] : units_) {
    std::sort(of_unit.numbers.begin(), of_unit.numbers.end(), is_smaller);
    of_unit.interrupted.resize(of_unit.numbers.size());
    members[unit.value] = &of_unit;
  }
  if (exam_.header.applicant_number.prefix == NumberPrefix::none) {
    interrupt_at_others(planned, venue);
    return;
  }
  for (const Placement& other : planned.plan.placements) {
    if (other.venue == venue) continue;
    Members* of_unit = members[exam_[other.applicant].unit.value];
    // Nearly everybody ends here: numbers are consecutive at most venues.
    if (of_unit == nullptr || other.number < *of_unit->numbers.front() || *of_unit->numbers.back() < other.number)
      continue;
    if (const std::size_t behind = of_unit->position(other.number); behind > 0) of_unit->interrupted[behind - 1] = true;
  }
}

// Where all units share one sequence of numbers, a number of another unit ends a range too.
void NumberRanges::interrupt_at_others(const PlannedExam& planned, VenueIndex venue) {
  std::vector<const Placement*> all;
  for (const Placement& one : planned.plan.placements) all.push_back(&one);
  std::sort(all.begin(), all.end(), [](const Placement* a, const Placement* b) { return a->number < b->number; });
  for (std::size_t i = 1; i < all.size(); ++i) {
    if (all[i]->venue != venue) continue;
    const UnitIndex unit = exam_[all[i]->applicant].unit;
    if (all[i - 1]->venue == venue && exam_[all[i - 1]->applicant].unit == unit) continue;
    Members& members = units_.at(unit);
    if (const std::size_t at = members.position(all[i]->number); at > 0) members.interrupted[at - 1] = true;
  }
}

std::string NumberRanges::of(const std::vector<const Placement*>& people) const {
  std::set<UnitIndex> units;
  for (const Placement* one : people) units.insert(exam_[one->applicant].unit);
  std::string text;
  for (const UnitIndex unit : units) text += (text.empty() ? "" : ", ") + of(people, unit);
  return text;
}

std::string NumberRanges::of(const std::vector<const Placement*>& people, UnitIndex unit) const {
  std::string text;
  for (const Range& range : ranges_of(people, unit)) text += (text.empty() ? "" : ", ") + range.text();
  return text;
}

std::string NumberRanges::Range::text() const {
  return first == last ? first->text() : first->text() + "~" + last->text();
}

std::vector<NumberRanges::Range> NumberRanges::ranges_of(const std::vector<const Placement*>& people,
                                                         UnitIndex unit) const {
  const Members& members = units_.at(unit);
  std::vector<std::size_t> positions;
  for (const Placement* one : people) {
    if (exam_[one->applicant].unit == unit) positions.push_back(members.position(one->number));
  }
  std::sort(positions.begin(), positions.end());
  std::vector<Range> ranges;
  for (std::size_t first = 0, last = 0; first < positions.size(); first = ++last) {
    while (last + 1 < positions.size() && positions[last + 1] == positions[last] + 1 &&
           !members.interrupted[positions[last]]) {
      ++last;
    }
    ranges.push_back({members.numbers[positions[first]], members.numbers[positions[last]],
                      static_cast<std::int64_t>(last - first + 1)});
  }
  return ranges;
}

}  // namespace hanjari::documents
