// From numbers to schools: the ranges of every unit, and what a notice makes of many short ones.
#pragma once

#include <cstddef>
#include <vector>

#include "documents/number_ranges.h"
#include "documents/tables/table_data.h"
#include "documents/tables/table_maker.h"

namespace hanjari::documents {

struct NumberLine {
  UnitIndex unit;
  NumberRanges::Range range;
  VenueIndex venue;
};

// Of the table's venues, unit by unit, by number. The plan must outlive the lines.
std::vector<NumberLine> number_lines(const PlannedExam& planned, const TableMaker& make);

// Every range of the unit with its school; in a table of one school the ranges alone.
TableLookup number_lookup(const TableMaker& make, UnitIndex unit, const std::vector<NumberLine>& lines);

// What stands in a row in place of so many ranges.
std::string refer_to_lookup(const TableMaker& make, std::size_t ranges);

}  // namespace hanjari::documents
