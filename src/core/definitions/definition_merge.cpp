#include <algorithm>
#include <array>
#include <set>
#include <stdexcept>
#include <utility>

#include <nlohmann/json.hpp>

#include "hanjari/definitions/definitions.h"

namespace hanjari::services {
namespace {

using nlohmann::json;

// Lists whose rows have a code, and the key that holds it.
constexpr std::array coded_lists = {
    std::pair{std::string_view("calendars"), "name"}, std::pair{std::string_view("units"), "unit_code"},
    std::pair{std::string_view("areas"), "code"},     std::pair{std::string_view("licences"), "code"},
    std::pair{std::string_view("electives"), "code"}, std::pair{std::string_view("exam_subjects"), "code"},
    std::pair{std::string_view("accommodation_kinds"), "item"}, std::pair{std::string_view("pass_table"), "posts_from"},
    // Of templates of papers.
    std::pair{std::string_view("heading"), "field"},  std::pair{std::string_view("columns"), "field"}};
// The place of a coded list that stands for the order of its rows.
constexpr std::string_view order_place = "#order";

const char* find_code_key(std::string_view list) {
  const auto found =
      std::find_if(coded_lists.begin(), coded_lists.end(), [&](const auto& one) { return one.first == list; });
  return found == coded_lists.end() ? nullptr : found->second;
}

std::string_view last_part(std::string_view path) {
  const auto slash = path.rfind('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

std::string below(const std::string& path, const std::string& part) {
  return path.empty() ? part : path + "/" + part;
}

// The rows of a list by their codes; a code that stands twice gets a number behind it, so that no row is passed over.
struct CodedRows {
  std::vector<std::string> order;
  std::map<std::string, const json*> rows;
};

CodedRows rows_of(const json* list, const char* key) {
  CodedRows found;
  if (list == nullptr || !list->is_array()) return found;
  for (const json& row : *list) {
    std::string code;
    if (row.is_object() && row.contains(key)) {
      const json& value = row.at(key);
      if (value.is_string()) code = value.get<std::string>();
      if (value.is_number_integer()) code = value.dump();
    }
    std::string name = code;
    for (int turn = 2; found.rows.contains(name); ++turn) name = code + "#" + std::to_string(turn);
    found.order.push_back(name);
    found.rows.emplace(std::move(name), &row);
  }
  return found;
}

const json* find_row(const CodedRows& rows, const std::string& code) {
  const auto found = rows.rows.find(code);
  return found == rows.rows.end() ? nullptr : found->second;
}

const json* find_member(const json* object, const std::string& key) {
  if (object == nullptr || !object->is_object()) return nullptr;
  const auto found = object->find(key);
  return found == object->end() ? nullptr : &*found;
}

bool is_same(const json* a, const json* b) {
  if (a == nullptr || b == nullptr) return a == b;
  return *a == *b;
}

std::optional<std::string> text_of_value(const json* value) {
  if (value == nullptr) return std::nullopt;
  return value->dump();
}

std::set<std::string> keys_of(std::initializer_list<const json*> objects) {
  std::set<std::string> keys;
  for (const json* object : objects) {
    if (object == nullptr || !object->is_object()) continue;
    for (const auto& [key, value] : object->items()) keys.insert(key);
  }
  return keys;
}

// Those of `order` that every one of the others has.
std::vector<std::string> common_order(const std::vector<std::string>& order,
                                      std::initializer_list<const CodedRows*> others) {
  std::vector<std::string> common;
  for (const std::string& code : order) {
    const bool everywhere =
        std::all_of(others.begin(), others.end(), [&](const CodedRows* rows) { return rows->rows.contains(code); });
    if (everywhere) common.push_back(code);
  }
  return common;
}

void compare(const std::string& path, const json* before, const json* after, std::vector<FieldDifference>& differences);

void compare_rows(const std::string& path, const char* key, const json& before, const json& after,
                  std::vector<FieldDifference>& differences) {
  const CodedRows old_rows = rows_of(&before, key);
  const CodedRows new_rows = rows_of(&after, key);
  std::set<std::string> codes(old_rows.order.begin(), old_rows.order.end());
  codes.insert(new_rows.order.begin(), new_rows.order.end());
  const auto old_order = common_order(old_rows.order, {&new_rows});
  const auto new_order = common_order(new_rows.order, {&old_rows});
  if (old_order != new_order)
    differences.push_back({below(path, std::string(order_place)), json(old_order).dump(), json(new_order).dump()});
  for (const std::string& code : codes)
    compare(below(path, code), find_row(old_rows, code), find_row(new_rows, code), differences);
}

void compare(const std::string& path, const json* before, const json* after,
             std::vector<FieldDifference>& differences) {
  if (is_same(before, after)) return;
  if (before != nullptr && after != nullptr) {
    if (before->is_object() && after->is_object()) {
      for (const std::string& key : keys_of({before, after}))
        compare(below(path, key), find_member(before, key), find_member(after, key), differences);
      return;
    }
    const char* key = find_code_key(last_part(path));
    if (key != nullptr && before->is_array() && after->is_array())
      return compare_rows(path, key, *before, *after, differences);
  }
  differences.push_back({path, text_of_value(before), text_of_value(after)});
}

class Merging {
 public:
  Merging(const std::map<std::string, Side>& choices, std::vector<FieldConflict>& undecided)
      : choices_(choices), undecided_(undecided) {}

  // Nothing where nothing is to stand.
  std::optional<json> merge(const std::string& path, const json* base, const json* theirs, const json* mine) {
    if (is_same(theirs, mine) || is_same(base, mine)) return copy_of(theirs);
    if (is_same(base, theirs)) return copy_of(mine);
    if (theirs != nullptr && mine != nullptr) {
      if (theirs->is_object() && mine->is_object()) return merge_objects(path, base, *theirs, *mine);
      const char* key = find_code_key(last_part(path));
      if (key != nullptr && theirs->is_array() && mine->is_array()) return merge_rows(path, key, base, *theirs, *mine);
    }
    return copy_of(decide(path, base, theirs, mine) == Side::mine ? mine : theirs);
  }

 private:
  static std::optional<json> copy_of(const json* value) {
    std::optional<json> copy;
    if (value != nullptr) copy.emplace(*value);
    return copy;
  }

  Side decide(const std::string& path, const json* base, const json* theirs, const json* mine) {
    if (const auto choice = choices_.find(path); choice != choices_.end()) return choice->second;
    undecided_.push_back({path, text_of_value(base), text_of_value(theirs), text_of_value(mine)});
    return Side::theirs;
  }

  json merge_objects(const std::string& path, const json* base, const json& theirs, const json& mine) {
    json merged = json::object();
    for (const std::string& key : keys_of({&theirs, &mine})) {
      auto value = merge(below(path, key), find_member(base, key), find_member(&theirs, key), find_member(&mine, key));
      if (value) merged[key] = std::move(*value);
    }
    return merged;
  }

  json merge_rows(const std::string& path, const char* key, const json* base, const json& theirs, const json& mine) {
    const CodedRows old_rows = rows_of(base, key);
    const CodedRows their_rows = rows_of(&theirs, key);
    const CodedRows my_rows = rows_of(&mine, key);
    json merged = json::array();
    for (const std::string& code : merge_order(path, old_rows, their_rows, my_rows)) {
      auto row =
          merge(below(path, code), find_row(old_rows, code), find_row(their_rows, code), find_row(my_rows, code));
      if (row) merged.push_back(std::move(*row));
    }
    return merged;
  }

  // The order is a value of its own: whoever changed it decides, and both only by a choice.
  std::vector<std::string> merge_order(const std::string& path, const CodedRows& base, const CodedRows& theirs,
                                       const CodedRows& mine) {
    const json old_order = common_order(base.order, {&theirs, &mine});
    const json their_order = common_order(theirs.order, {&base, &mine});
    const json my_order = common_order(mine.order, {&base, &theirs});
    Side first = Side::theirs;
    if (my_order != old_order && my_order != their_order) {
      const bool alone = their_order == old_order;
      first = alone ? Side::mine : decide(below(path, std::string(order_place)), &old_order, &their_order, &my_order);
    }
    std::vector<std::string> order = first == Side::mine ? mine.order : theirs.order;
    for (const std::string& code : first == Side::mine ? theirs.order : mine.order) {
      if (std::find(order.begin(), order.end(), code) == order.end()) order.push_back(code);
    }
    return order;
  }

  const std::map<std::string, Side>& choices_;
  std::vector<FieldConflict>& undecided_;
};

json parse_definition(std::string_view text) {
  if (text.empty()) return json::object();
  json parsed = json::parse(text, nullptr, false);
  if (parsed.is_discarded()) throw std::invalid_argument("a definition that is not JSON");
  return parsed;
}

}  // namespace

std::vector<FieldDifference> compare_definitions(std::string_view before, std::string_view after) {
  const json old_definition = parse_definition(before);
  const json new_definition = parse_definition(after);
  std::vector<FieldDifference> differences;
  compare("", &old_definition, &new_definition, differences);
  return differences;
}

MergedDefinition merge_definitions(std::string_view base, std::string_view theirs, std::string_view mine,
                                   const std::map<std::string, Side>& choices) {
  const json old_definition = parse_definition(base);
  const json their_definition = parse_definition(theirs);
  const json my_definition = parse_definition(mine);
  MergedDefinition merged;
  const auto definition =
      Merging(choices, merged.undecided).merge("", &old_definition, &their_definition, &my_definition);
  merged.definition = definition.value_or(json::object()).dump(1) + "\n";
  return merged;
}

}  // namespace hanjari::services
