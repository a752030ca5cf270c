// The second writing of every sentence that a page of results may hold, kept apart from the one that renders.
#pragma once

#include <optional>
#include <set>
#include <string>

#include "hanjari/base/text.h"

namespace hanjari::proofreading {

// Nothing for a word that has no sentence.
std::optional<std::string> verdict_words(const std::string& outcome, Language language);
std::optional<std::string> reason_words(const std::string& reason, Language language);

// Every label that may stand beside the fields.
const std::set<std::string>& page_labels(Language language);
const std::set<std::string>& list_labels(Language language);
const std::set<std::string>& notice_labels(Language language);

}  // namespace hanjari::proofreading
