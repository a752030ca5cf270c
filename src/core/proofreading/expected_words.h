// The second writing of every sentence that a page of results may hold, kept apart from the one that renders.
#pragma once

#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "hanjari/base/text.h"

namespace hanjari::proofreading {

// Nothing for a word that has no sentence.
std::optional<std::string> verdict_words(const std::string& outcome, Language language);
std::optional<std::string> reason_words(const std::string& reason, Language language);

// What a page has that others lack, and how often.
struct PageParts {
  bool total = false;
  bool rank = false;
  bool cut = false;
  bool correction = false;
  std::size_t reasons = 0;
  std::size_t marks = 0;
};
// Labels and fields ("=" and the name) of a page as people read them: a label stands before its own field.
std::vector<std::string> page_order(const PageParts& parts, Language language);

// Every label that may stand beside the fields.
const std::set<std::string>& page_labels(Language language);
const std::set<std::string>& list_labels(Language language);
const std::set<std::string>& notice_labels(Language language);

}  // namespace hanjari::proofreading
