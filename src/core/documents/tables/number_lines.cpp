#include "documents/tables/number_lines.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace hanjari::documents {

std::vector<NumberLine> number_lines(const PlannedExam& planned, const TableMaker& make) {
  std::vector<NumberLine> lines;
  for (const VenuePeople& one : make.venues) {
    const std::vector<const Placement*> everybody = all_of(one);
    const NumberRanges numbers(planned, one.venue, everybody);
    std::set<UnitIndex> units;
    for (const Placement* placement : everybody) units.insert(make.person(*placement).unit);
    for (const UnitIndex unit : units) {
      for (const NumberRanges::Range& range : numbers.ranges_of(everybody, unit))
        lines.push_back({unit, range, one.venue});
    }
  }
  std::sort(lines.begin(), lines.end(), [](const NumberLine& a, const NumberLine& b) {
    return a.unit != b.unit ? a.unit < b.unit : *a.range.first < *b.range.first;
  });
  return lines;
}

TableLookup number_lookup(const TableMaker& make, UnitIndex unit, const std::vector<NumberLine>& lines) {
  const std::string name = unit_name(make.exam[unit], make.language);
  TableLookup lookup;
  lookup.title = name + (make.city ? make.say(": 응시번호별 시험장", ": venues by number")
                                   : make.say(": 이 시험장의 응시번호", ": numbers at this venue"));
  for (const NumberLine& line : lines) {
    if (line.unit == unit) lookup.entries.push_back({line.range.text(), make.city ? make.exam[line.venue].name : ""});
  }
  return lookup;
}

std::string refer_to_lookup(const TableMaker& make, std::size_t ranges) {
  return fmt::format(fmt::runtime(make.say("뒤의 번호 목록 (구간 {}개)", "list of numbers behind ({} ranges)")),
                     ranges);
}

}  // namespace hanjari::documents
