// The twenty rules in the officer's words, with their sources: one entry, one function, one test each.
#pragma once

#include <span>
#include <string_view>

#include "hanjari/base/text.h"

namespace hanjari::selection {

struct RuleEntry {
  int number = 0;
  std::string_view name;  // snake_case
  Text title;
  Text sentence;
  Text source;
};

// In the order of their numbers, from 1.
std::span<const RuleEntry> rule_book();

// What a word of `reasons` in decisions.csv or decisions_final.csv means to the person; the subject of
// fail_line:SUBJECT is filled in. The word itself when it is none.
Text message_of_reason(std::string_view word);

}  // namespace hanjari::selection
