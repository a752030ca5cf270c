#include "hanjari/selection/rules.h"

#include <algorithm>

#include <fmt/format.h>

#include "hanjari/base/digest.h"

namespace hanjari::selection {
namespace {

bool stands_in(const std::vector<UnitCode>& sorted, const UnitCode& unit) {
  return std::binary_search(sorted.begin(), sorted.end(), unit);
}

// Codes can hold any letter; JSON wants quotes, backslashes and control letters escaped.
std::string json_text(std::string_view text) {
  std::string json = "\"";
  for (const char letter : text) {
    if (letter == '"' || letter == '\\') {
      json += '\\';
      json += letter;
    } else if (static_cast<unsigned char>(letter) < 0x20) {
      json += fmt::format("\\u{:04x}", static_cast<unsigned>(letter));
    } else {
      json += letter;
    }
  }
  return json + '"';
}

std::string list_of(const std::vector<UnitCode>& units) {
  std::string json;
  for (const UnitCode& unit : units) json += (json.empty() ? "" : ",") + json_text(unit.text());
  return "[" + json + "]";
}

std::string list_of(std::vector<PassTableRow> rows) {
  std::sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.posts_from < b.posts_from; });
  std::string json;
  for (const PassTableRow& row : rows) {
    json += json.empty() ? "" : ",";
    if (row.how == PassTableRow::How::number) {
      json += fmt::format(R"({{"number":{},"posts_from":{}}})", row.amount, row.posts_from);
    } else if (row.how == PassTableRow::How::plus) {
      json += fmt::format(R"({{"plus":{},"posts_from":{}}})", row.amount, row.posts_from);
    } else {
      json += fmt::format(R"({{"percent":{},"posts_from":{}}})", format_short(row.amount), row.posts_from);
    }
  }
  return "[" + json + "]";
}

}  // namespace

bool Rules::cap_exempt(const UnitCode& unit) const {
  return stands_in(cap_exempt_units, unit);
}

bool Rules::equality_exempt(const UnitCode& unit) const {
  return stands_in(equality.exempt_units, unit);
}

std::string_view spell(Stage stage) {
  return stage == Stage::written ? "written" : "final";
}
std::string_view spell(Scope scope) {
  return scope == Scope::exam ? "exam" : "unit";
}
std::string_view spell(Deviation deviation) {
  return deviation == Deviation::population ? "population" : "sample";
}
std::string_view spell(Ties ties) {
  return ties == Ties::all ? "all" : "none";
}
std::string_view spell(ExcessExcellent excess) {
  return excess == ExcessExcellent::by_written ? "by_written" : "all";
}

std::string canonical_json(const Rules& rules, Stage stage) {
  std::string json = fmt::format(R"({{"adjusted":{{"decimals":{},"scope":"{}","sd":"{}"}},"cap_exempt_units":{})",
                                 rules.adjusted_decimals, spell(rules.adjusted_scope), spell(rules.adjusted_sd),
                                 list_of(rules.cap_exempt_units));
  const EqualityRules& equality = rules.equality;
  json += fmt::format(
      R"(,"equality":{{"exempt_units":{},"half_up_from":{},"margin_points":{},"min_posts":{},"percent":{}}})",
      list_of(equality.exempt_units), equality.half_up_from, format_short(equality.margin_points.hundredths),
      equality.min_posts, format_short(equality.percent.hundredths));
  json += fmt::format(R"(,"fail_line_percent":{})", format_short(rules.fail_line_percent.hundredths));
  if (stage == Stage::final) {
    json += fmt::format(R"(,"final":{{"excess_excellent":"{}","ties":"{}"}})", spell(rules.final.excess_excellent),
                        spell(rules.final.ties));
  }
  json += fmt::format(R"(,"hero_cap_percent":{},"pass_table":{},"ties":{{"cap":"{}","cut":"{}","equality":"{}"}})",
                      format_short(rules.hero_cap_percent.hundredths), list_of(rules.pass_table), spell(rules.ties_cap),
                      spell(rules.ties_cut), spell(rules.ties_equality));
  if (!rules.version.empty()) json += ",\"version\":" + rules.version;
  return json + fmt::format(R"(,"veteran_cap_percent":{}}})", format_short(rules.veteran_cap_percent.hundredths));
}

std::string digest_rules(const Rules& rules, Stage stage) {
  return sha256(canonical_json(rules, stage)).hex();
}

}  // namespace hanjari::selection
