#include <map>
#include <string_view>

#include "selection/final_list.h"

namespace hanjari::selection {

InterviewGrade grade_of(std::span<const InterviewMark> marks) {
  struct Examiner {
    bool all_high = true;
    int lows = 0;
  };
  std::map<std::string_view, Examiner> examiners;
  std::map<std::string_view, std::size_t> lows_of_item;
  for (const InterviewMark& mark : marks) {
    Examiner& examiner = examiners[mark.examiner];
    if (mark.grade != GradeMark::high) examiner.all_high = false;
    if (mark.grade == GradeMark::low) {
      ++examiner.lows;
      ++lows_of_item[mark.item];
    }
  }
  const auto is_majority = [&](std::size_t number) { return 2 * number > examiners.size(); };

  std::size_t all_high = 0;
  std::size_t several_lows = 0;
  for (const auto& [name, examiner] : examiners) {
    if (examiner.all_high) ++all_high;
    if (examiner.lows >= 2) ++several_lows;
  }
  if (is_majority(all_high)) return InterviewGrade::excellent;
  if (is_majority(several_lows)) return InterviewGrade::poor;
  for (const auto& [item, lows] : lows_of_item) {
    if (is_majority(lows)) return InterviewGrade::poor;
  }
  return InterviewGrade::ordinary;
}

}  // namespace hanjari::selection
