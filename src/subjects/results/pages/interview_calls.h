// What pages and API of interviews share.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "hanjari/results/interview_entries.h"
#include "results/pages/result_calls.h"

namespace hanjari::web {

// Throws NotFound (no_results) where this program keeps none, (exam_not_found).
services::InterviewRepository& interviews_of(const Call& call);

// high, middle, low, or none.
std::string word_of_grade(const std::optional<selection::GradeMark>& grade);

// What this officer may be told of an entry.
bool may_see_interviews(const Call& call, const services::InterviewBook& book, bool first);
// The entry that is the officer's own; null where there is none.
const services::InterviewEntry* own_interviews(const Call& call, const services::InterviewBook& book);

services::InterviewEntry enter_sent_interviews(const Call& call, std::string_view table, const std::string& encoding, std::int64_t version);

struct SentSettlement {
  services::InterviewPlace place;
  std::string first;
  std::string second;
  std::string grade;
  std::string reason;
};
void settle_sent_interview(const Call& call, const SentSettlement& sent);

}  // namespace hanjari::web
