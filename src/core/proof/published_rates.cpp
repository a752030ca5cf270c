#include "proof/published_rates.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <utility>

#include <fmt/format.h>

namespace hanjari::proof {
namespace {

constexpr std::int64_t fewest_told = 5;
constexpr std::array<std::string_view, 5> told_dimensions{"all", "district", "sex", "unit", "accommodation"};

// Takes one field as output CSV writes it: quotes only where they are needed.
bool take_cell(std::string_view& rest, std::string& cell) {
  cell.clear();
  const bool quoted = rest.starts_with('"');
  if (quoted) rest.remove_prefix(1);
  while (!rest.empty()) {
    if (quoted && rest.starts_with("\"\"")) {
      cell += '"';
      rest.remove_prefix(2);
    } else if (quoted ? rest.front() == '"' : rest.front() == ',' || rest.front() == '\n') {
      break;
    } else {
      cell += rest.front();
      rest.remove_prefix(1);
    }
  }
  const bool needs_quotes = cell.find_first_of(",\"\r\n") != std::string::npos;
  if (quoted && rest.empty()) return false;
  if (quoted) rest.remove_prefix(1);
  return quoted == needs_quotes;
}

std::optional<std::int64_t> whole_number(const std::string& text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size() || number < 0 || std::to_string(number) != text) return std::nullopt;
  return number;
}

std::optional<PublishedRate> take_rate(std::string_view& rest) {
  std::array<std::string, 5> cells;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (!take_cell(rest, cells[i]) || rest.empty() || rest.front() != (i + 1 < cells.size() ? ',' : '\n')) return std::nullopt;
    rest.remove_prefix(1);
  }
  PublishedRate rate{cells[0], cells[1], std::nullopt, 0, cells[4]};
  if (cells[2].empty() && cells[3].empty() && cells[4].empty()) return rate;
  const auto passed = whole_number(cells[3]);
  rate.people = whole_number(cells[2]);
  if (!rate.people || !passed) return std::nullopt;
  rate.passed = *passed;
  return rate;
}

struct Group {
  std::int64_t people = 0;
  std::int64_t passed = 0;
  bool tells_of_few() const { return passed < fewest_told || people - passed < fewest_told; }
};

std::string percent_in_words(const Group& group) {
  // As text of a whole number of tenths, by remainder instead of by doubling.
  const std::int64_t tenths = group.passed * 1'000 / group.people + (2 * (group.passed * 1'000 % group.people) >= group.people ? 1 : 0);
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10);
}

class RatesJudge {
 public:
  RatesJudge(const std::vector<PublishedRate>& rates, const std::vector<ListRow>& list, std::size_t decided) : rates_(rates) {
    all_ = {static_cast<std::int64_t>(decided), static_cast<std::int64_t>(list.size())};
    for (const ListRow& row : list) ++listed_[row.unit_code];
  }

  std::vector<WrongRate> judge() {
    for (std::size_t i = 0; i < rates_.size(); ++i) judge_row(i);
    for (const std::string_view dimension : told_dimensions) judge_rest(dimension);
    return std::move(wrong_);
  }

 private:
  void add(std::size_t at, Text what) { wrong_.push_back({at + 2, std::move(what)}); }

  void judge_row(std::size_t at) {
    const PublishedRate& rate = rates_[at];
    const auto place = [&](const PublishedRate& row) {
      return std::pair(std::find(told_dimensions.begin(), told_dimensions.end(), row.dimension), row.value);
    };
    if (place(rate).first == told_dimensions.end() || (at > 0 && !(place(rates_[at - 1]) < place(rate))))
      add(at, {"this row does not belong here", "이 자리에 올 수 없는 행입니다"});
    if (!rate.people) return;
    const Group group{*rate.people, rate.passed};
    if (group.passed > group.people || group.tells_of_few()) {
      add(at, {"it tells of fewer than five people", "5명 미만의 결과를 알 수 있는 행입니다"});
    } else if (rate.percent != percent_in_words(group)) {
      add(at, {fmt::format("{} of {} are {} percent", group.passed, group.people, percent_in_words(group)),
               fmt::format("{}명 가운데 {}명은 {}%입니다", group.people, group.passed, percent_in_words(group))});
    }
    if (rate.dimension == "all" && (group.people != all_.people || group.passed != all_.passed)) {
      add(at, {fmt::format("{} were decided and {} stand in list.csv", all_.people, all_.passed),
               fmt::format("판정된 사람은 {}명, 명단에 있는 사람은 {}명입니다", all_.people, all_.passed)});
    }
    const auto listed = listed_.find(rate.value);
    const std::int64_t wanted = listed == listed_.end() ? 0 : listed->second;
    if (rate.dimension == "unit" && group.passed != wanted) {
      add(at, {fmt::format("{} of this unit stand in list.csv", wanted), fmt::format("명단에 있는 이 모집단위의 합격자는 {}명입니다", wanted)});
    }
  }

  // What is withheld of a dimension follows from everybody and from what is given.
  void judge_rest(std::string_view dimension) {
    const bool told = !rates_.empty() && rates_.front().dimension == "all" && rates_.front().people;
    if (!told || dimension == "all") return;
    Group rest = all_;
    bool withheld = false;
    bool any = false;
    std::size_t last = 0;
    for (std::size_t i = 0; i < rates_.size(); ++i) {
      if (rates_[i].dimension != dimension) continue;
      any = true;
      last = i;
      withheld = withheld || !rates_[i].people;
      rest.people -= rates_[i].people.value_or(0);
      rest.passed -= rates_[i].people ? rates_[i].passed : 0;
    }
    if (!any) return add(0, {fmt::format("no row by {}", dimension), fmt::format("{} 기준의 행이 없습니다", dimension)});
    if (withheld ? rest.people < 1 || rest.tells_of_few() : rest.people != 0 || rest.passed != 0)
      add(last, {fmt::format("by {}, given and withheld rows do not make everybody, or tell of a few", dimension),
                 fmt::format("{} 기준의 행을 모두 더하면 전체와 다르거나 5명 미만의 결과를 알 수 있습니다", dimension)});
  }

  const std::vector<PublishedRate>& rates_;
  Group all_;
  std::map<std::string, std::int64_t> listed_;
  std::vector<WrongRate> wrong_;
};

}  // namespace

std::optional<std::vector<PublishedRate>> read_published_rates(std::string_view bytes) {
  constexpr std::string_view header = "dimension,value,people,passed,percent\n";
  if (!bytes.starts_with(header)) return std::nullopt;
  bytes.remove_prefix(header.size());
  std::vector<PublishedRate> rates;
  while (!bytes.empty()) {
    auto rate = take_rate(bytes);
    if (!rate) return std::nullopt;
    rates.push_back(std::move(*rate));
  }
  return rates;
}

std::vector<WrongRate> judge_published_rates(const std::vector<PublishedRate>& rates, const std::vector<ListRow>& list,
                                             std::size_t decided) {
  return RatesJudge(rates, list, decided).judge();
}

}  // namespace hanjari::proof
