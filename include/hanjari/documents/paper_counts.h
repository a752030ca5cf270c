// How many question papers of each kind a room gets.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "hanjari/domain/plan.h"

namespace hanjari::documents {

// One kind of question paper.
struct PaperOfRoom {
  UnitIndex unit;
  char booklet = 'A';
  auto operator<=>(const PaperOfRoom&) const = default;
};
struct PaperCount {
  std::int64_t people = 0;
  std::int64_t spare = 0;
  std::int64_t large_print = 0;  // of people
};
using PaperCounts = std::map<PaperOfRoom, PaperCount>;

// Of the people of one room. The policy's spare booklets of a room go round the kinds, the one with the most people first.
PaperCounts count_papers(const Exam& exam, const std::vector<const Placement*>& people);

}  // namespace hanjari::documents
