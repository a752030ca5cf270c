#include "hanjari/documents/paper_counts.h"

#include <algorithm>

namespace hanjari::documents {

PaperCounts count_papers(const Exam& exam, const std::vector<const Placement*>& people) {
  PaperCounts counts;
  for (const Placement* placement : people) {
    const Applicant& person = exam[placement->applicant];
    PaperCount& count = counts[{person.unit, placement->booklet}];
    ++count.people;
    count.large_print += person.accommodation.large_print ? 1 : 0;
  }
  if (counts.empty()) return counts;
  std::vector<PaperCount*> order;
  for (auto& [paper, count] : counts) order.push_back(&count);
  std::stable_sort(order.begin(), order.end(),
                   [](const PaperCount* a, const PaperCount* b) { return a->people > b->people; });
  for (int i = 0; i < exam.policy.spare_booklets_per_room; ++i)
    ++order[static_cast<std::size_t>(i) % order.size()]->spare;
  return counts;
}

}  // namespace hanjari::documents
