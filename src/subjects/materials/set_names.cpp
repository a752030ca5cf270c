#include "hanjari/materials/set_names.h"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

namespace hanjari::services {
namespace {

Text name_of_series(const Unit& unit) {
  const std::string& english = unit.series_en.empty() ? unit.series_ko : unit.series_en;
  return {fmt::format("{}, grade {}", english, unit.grade), fmt::format("{} {}급", unit.series_ko, unit.grade)};
}

}  // namespace

SetNames name_sets(const std::vector<Unit>& units) {
  // Units of one series and grade differ by the group that they recruit, and write on the same papers.
  std::map<std::string, std::vector<Text>> series;
  for (const Unit& unit : units) {
    std::vector<Text>& known = series[unit.subject_set];
    Text name = name_of_series(unit);
    if (std::find(known.begin(), known.end(), name) == known.end()) known.push_back(std::move(name));
  }
  SetNames names;
  for (const auto& [set, known] : series) {
    Text name = known.front();
    if (known.size() > 1) {
      name.en += fmt::format(", and {} more", known.size() - 1);
      name.ko += fmt::format(" 외 {}개 직렬", known.size() - 1);
    }
    names.emplace(set, std::move(name));
  }
  return names;
}

Text name_of(const Item& item, const SetNames& names) {
  const auto found = names.find(item.set);
  // Where there is no other set nothing is to be told apart.
  const bool is_told_apart = item.booklet != ' ' && found != names.end() && (!item.set.empty() || names.size() > 1);
  if (!is_told_apart) return name_of(item);
  Item plain = item;
  plain.set.clear();
  const Text kind = name_of(plain);
  const std::string code = item.set.empty() ? "" : "; " + item.set;
  return {fmt::format("{} ({}{})", kind.en, found->second.en, code), fmt::format("{} ({}{})", kind.ko, found->second.ko, code)};
}

}  // namespace hanjari::services
