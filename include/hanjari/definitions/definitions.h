// Definitions of an exam (the notice, its policy, its subjects) as JSON, field by field: what one changes against
// another, and what becomes of two changes of the same.
//
// A place is a path of keys: units/101/posts. Rows of a list are named by their code, so that a row that was added
// elsewhere moves nothing. A list whose rows have no code is one value.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hanjari/base/text.h"

namespace hanjari::services {

// The value as JSON; nothing where there is none. A row that only one of two definitions has is one difference.
struct FieldDifference {
  std::string path;
  std::optional<std::string> before;
  std::optional<std::string> after;
  bool operator==(const FieldDifference&) const = default;
};

// In the order of the paths; nothing for the same definition. `before` may be empty: everything is new then. Throws
// std::invalid_argument for what is not JSON, as the others do.
std::vector<FieldDifference> compare_definitions(std::string_view before, std::string_view after);

// Two officers changed the same place in different ways.
struct FieldConflict {
  std::string path;
  std::optional<std::string> base;
  std::optional<std::string> theirs;
  std::optional<std::string> mine;
};

enum class Side { theirs, mine };
// 'theirs' and 'mine'; nothing for another word.
std::optional<Side> parse_side(std::string_view word);
// What an officer chose of each path, as a JSON object {"units/101/posts": "mine"}. Throws InvalidInput (bad_member) for anything else.
std::map<std::string, Side> read_choices(std::string_view object);

struct MergedDefinition {
  std::string definition;                // of undecided places what is theirs
  std::vector<FieldConflict> undecided;  // by path
};

// What both made of `base`: a place that one of them left alone is as the other one left it. Where both changed it
// `choices` decide by path.
MergedDefinition merge_definitions(std::string_view base, std::string_view theirs, std::string_view mine,
                                   const std::map<std::string, Side>& choices);

// A place and a value in words that an officer reads: "Unit 101: posts", "7,000 won". `time_zone`: of moments.
Text name_place(std::string_view path);
Text name_value(std::string_view path, const std::optional<std::string>& value, const std::string& time_zone);

}  // namespace hanjari::services
