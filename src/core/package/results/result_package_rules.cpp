#include "package/results/result_package_rules.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "hanjari/base/korean.h"
#include "hanjari/base/people.h"
#include "package/csv/characters.h"
#include "package/csv/spreadsheet_traces.h"

namespace hanjari::package {
namespace {

using nlohmann::json;
using selection::Mark;
using selection::PassTableRow;
using selection::Percent;

constexpr std::int64_t most_posts = 10'000'000;

// An object whose every key must be known. Reading a key with a wrong value is a fault and leaves the default.
class StrictObject {
 public:
  StrictObject(const json& object, std::string path, const RulesFault& fault)
      : object_(object), path_(std::move(path)), fault_(fault) {}

  bool has(const std::string& key) {
    known_.insert(key);
    return object_.contains(key);
  }
  const json& at(const std::string& key) const { return object_.at(key); }
  std::string path_of(const std::string& key) const { return path_.empty() ? key : path_ + "." + key; }

  void refuse(const std::string& key, const Text& wanted) const {
    const std::string value = show(object_.at(key).dump(-1, ' ', false, json::error_handler_t::replace));
    fault_(path_of(key),
           {fmt::format("{} is not {}", value, wanted.en), in_korean("{}[은/는] {}[이/가] 아닙니다", value, wanted.ko)},
           {fmt::format("write {}, or leave the key out for the default", wanted.en),
            in_korean("{}[을/를] 적거나, 기본값을 쓰려면 키를 빼십시오", wanted.ko)});
  }

  void integer(const std::string& key, std::int64_t least, std::int64_t most, std::int64_t& target) {
    if (!has(key)) return;
    const json& value = at(key);
    // Unsigned numbers too large for a signed one compare as what they are.
    const bool fits = value.is_number_integer() && value >= least && value <= most;
    if (fits) {
      target = value.get<std::int64_t>();
    } else {
      refuse(key, {fmt::format("a whole number from {} to {}", least, most),
                   fmt::format("{}에서 {} 사이의 정수", least, most)});
    }
  }

  // A number with at most two decimals, in hundredths.
  void hundredths(const std::string& key, std::int64_t least, std::int64_t most, std::int64_t& target) {
    if (!has(key)) return;
    const json& value = at(key);
    const auto number = value.is_number() ? selection::parse_decimal(value.dump()) : std::nullopt;
    if (number && number->hundredths >= least && number->hundredths <= most) {
      target = number->hundredths;
    } else {
      refuse(key, {fmt::format("a number from {} to {} with at most two decimals", selection::format_short(least),
                               selection::format_short(most)),
                   fmt::format("소수 둘째 자리까지의 {}에서 {} 사이의 수", selection::format_short(least),
                               selection::format_short(most))});
    }
  }

  template <class T, std::size_t count>
  void word(const std::string& key, const std::array<T, count>& choices, T& target) {
    if (!has(key)) return;
    std::array<std::string_view, count> words;
    std::transform(choices.begin(), choices.end(), words.begin(), [](T choice) { return selection::spell(choice); });
    if (at(key).is_string()) {
      const std::size_t meant = find_meant_word(at(key).get_ref<const std::string&>(), words);
      if (meant < count) {
        target = choices[meant];
        return;
      }
    }
    std::string list;
    for (const std::string_view word : words) list += (list.empty() ? "" : " | ") + std::string(word);
    refuse(key, {"one of " + list, list + " 중 하나"});
  }

  void units(const std::string& key, std::vector<UnitCode>& target) {
    if (!has(key)) return;
    const json& list = at(key);
    const bool all_text =
        list.is_array() && std::all_of(list.begin(), list.end(), [](const json& item) { return item.is_string(); });
    if (!all_text) {
      refuse(key, {"a list of unit codes", "모집단위 코드의 목록"});
      return;
    }
    target.clear();
    for (const json& item : list) target.emplace_back(item.get<std::string>());
    std::sort(target.begin(), target.end());
    target.erase(std::unique(target.begin(), target.end()), target.end());
  }

  // The inner object, if the key is there and holds one.
  std::optional<StrictObject> object(const std::string& key) {
    if (!has(key)) return std::nullopt;
    if (at(key).is_object()) return StrictObject(at(key), path_of(key), fault_);
    refuse(key, {"an object", "객체"});
    return std::nullopt;
  }

  void refuse_unknown_keys() const {
    for (const auto& [key, value] : object_.items()) {
      if (known_.contains(key)) continue;
      fault_(path_of(key), {"no such setting", "없는 설정입니다"},
             {"correct the name or take it away; docs/decision.md lists the settings",
              "이름을 고치거나 지우십시오. 설정은 docs/decision.md에 있습니다"});
    }
  }

 private:
  const json& object_;
  std::string path_;
  const RulesFault& fault_;
  std::set<std::string> known_;
};

constexpr std::array both_ties{selection::Ties::all, selection::Ties::none};

std::optional<PassTableRow> read_pass_row(const json& value, const std::string& path, const RulesFault& fault) {
  if (!value.is_object()) {
    fault(path, {"a row of the pass table is no object", "합격 인원표의 행이 객체가 아닙니다"},
          {R"(write {"posts_from": 1, "plus": 2})", R"({"posts_from": 1, "plus": 2}처럼 적으십시오)"});
    return std::nullopt;
  }
  StrictObject object(value, path, fault);
  PassTableRow row;
  object.integer("posts_from", 1, most_posts, row.posts_from);
  const bool number = object.has("number");
  const bool plus = object.has("plus");
  const bool percent = object.has("percent");
  if (number) object.integer("number", 1, most_posts, row.amount);
  if (plus) object.integer("plus", 0, most_posts, row.amount);
  if (percent) object.hundredths("percent", 1, 1'000'000, row.amount);
  row.how = number ? PassTableRow::How::number : plus ? PassTableRow::How::plus : PassTableRow::How::percent;
  object.refuse_unknown_keys();
  if (!object.has("posts_from") || number + plus + percent != 1) {
    fault(path,
          {"the row does not have posts_from and exactly one of number, plus, percent",
           "posts_from과, number·plus·percent 가운데 하나만 있어야 합니다"},
          {R"(write {"posts_from": 1, "plus": 2})", R"({"posts_from": 1, "plus": 2}처럼 적으십시오)"});
    return std::nullopt;
  }
  return row;
}

void read_pass_table(StrictObject& root, std::vector<PassTableRow>& table, const RulesFault& fault) {
  if (!root.has("pass_table")) return;
  const json& rows = root.at("pass_table");
  if (!rows.is_array()) {
    root.refuse("pass_table", {"a list of rows", "행의 목록"});
    return;
  }
  table.clear();
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::string path = fmt::format("pass_table.{}", i);
    const auto row = read_pass_row(rows[i], path, fault);
    if (!row) continue;
    const bool repeated = std::any_of(table.begin(), table.end(),
                                      [&](const PassTableRow& other) { return other.posts_from == row->posts_from; });
    if (repeated) {
      fault(path,
            {fmt::format("there is a row from {} already", count_of(row->posts_from, "post", "posts")),
             fmt::format("선발예정 {}명부터의 행이 이미 있습니다", row->posts_from)},
            {"keep one of them", "하나만 두십시오"});
    }
    table.push_back(*row);
  }
}

void read_adjusted(StrictObject object, selection::Rules& rules) {
  std::int64_t decimals = rules.adjusted_decimals;
  object.word("scope", std::array{selection::Scope::exam, selection::Scope::unit}, rules.adjusted_scope);
  object.word("sd", std::array{selection::Deviation::population, selection::Deviation::sample}, rules.adjusted_sd);
  object.integer("decimals", 0, 2, decimals);
  rules.adjusted_decimals = static_cast<int>(decimals);
  object.refuse_unknown_keys();
}

void read_ties(StrictObject object, selection::Rules& rules) {
  object.word("cut", both_ties, rules.ties_cut);
  object.word("cap", both_ties, rules.ties_cap);
  object.word("equality", both_ties, rules.ties_equality);
  object.refuse_unknown_keys();
}

void read_equality(StrictObject object, selection::EqualityRules& rules) {
  object.integer("min_posts", 0, most_posts, rules.min_posts);
  object.integer("half_up_from", 0, most_posts, rules.half_up_from);
  object.hundredths("percent", 0, 5000, rules.percent.hundredths);
  object.hundredths("margin_points", 0, 10000, rules.margin_points.hundredths);
  object.units("exempt_units", rules.exempt_units);
  object.refuse_unknown_keys();
}

void read_final(StrictObject object, selection::FinalRules& rules) {
  object.word("excess_excellent", std::array{selection::ExcessExcellent::by_written, selection::ExcessExcellent::all},
              rules.excess_excellent);
  object.word("ties", both_ties, rules.ties);
  object.refuse_unknown_keys();
}

}  // namespace

selection::Rules read_rules(const json& json_root, selection::Stage stage, const RulesFault& fault) {
  selection::Rules rules;
  StrictObject root(json_root, "", fault);
  root.has("note");
  if (root.has("version")) rules.version = root.at("version").dump();
  if (root.has("final") && stage == selection::Stage::final) {
    if (auto object = root.object("final")) read_final(std::move(*object), rules.final);
  }
  read_pass_table(root, rules.pass_table, fault);
  root.hundredths("fail_line_percent", 0, 10000, rules.fail_line_percent.hundredths);
  root.hundredths("veteran_cap_percent", 0, 10000, rules.veteran_cap_percent.hundredths);
  root.hundredths("hero_cap_percent", 0, 10000, rules.hero_cap_percent.hundredths);
  root.units("cap_exempt_units", rules.cap_exempt_units);
  if (auto object = root.object("adjusted")) read_adjusted(std::move(*object), rules);
  if (auto object = root.object("ties")) read_ties(std::move(*object), rules);
  if (auto object = root.object("equality")) read_equality(std::move(*object), rules.equality);
  root.refuse_unknown_keys();
  return rules;
}

}  // namespace hanjari::package
