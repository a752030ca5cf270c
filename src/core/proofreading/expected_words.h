// The second writing of every sentence that a page of results may hold, kept apart from the one that renders.
#pragma once

#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "hanjari/base/text.h"
#include "hanjari/proofreading/proofreading.h"

namespace hanjari::proofreading {

// Nothing for a word that has no sentence.
std::optional<std::string> verdict_words(const std::string& outcome, Language language, Stage stage);
std::optional<std::string> reason_words(const std::string& reason, Language language, Stage stage);
// Of the interview. The empty grade of who was not interviewed has empty words.
std::string grade_of_interview(const std::string& grade, Language language);

// What a page has that others lack, and how often.
struct PageParts {
  bool total = false;
  bool rank = false;
  bool cut = false;
  bool grade = false;
  bool reserve = false;
  bool correction = false;
  std::size_t reasons = 0;
  std::size_t marks = 0;
};
// Labels and fields ("=" and the name) of a page as people read them: a label stands before its own field.
std::vector<std::string> page_order(const PageParts& parts, Language language, Stage stage);

// Every label that may stand beside the fields.
const std::set<std::string>& page_labels(Language language, Stage stage);
const std::set<std::string>& list_labels(Language language);
const std::set<std::string>& notice_labels(Language language, Stage stage);

// What stands in the list as a file, beside what was decided.
struct ListFileWords {
  std::string title;
  std::string released;
  std::string version;
  std::string correction;
  std::string passed;
  std::string unit;
  std::string unit_name;
  std::string number;
  std::string numbers_sheet;
  std::string units_sheet;
};
const ListFileWords& list_file_words(Language language, Stage stage);

}  // namespace hanjari::proofreading
