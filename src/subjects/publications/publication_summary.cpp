#include "publications/publication_summary.h"

#include <algorithm>
#include <map>
#include <set>

#include <nlohmann/json.hpp>

namespace hanjari::services {
namespace {

using nlohmann::json;

constexpr std::size_t most_differences = 1000;  // of people whose verdict stays; whose verdict differs are all named

bool counts_as_passed(const announcement::Person& person) {
  return person.outcome == "passed" || person.outcome == "passed_equality";
}

json side_of(const announcement::Person* person) {
  if (person == nullptr) return nullptr;
  return json{{"outcome", person->outcome}, {"total", person->total.value_or("")}};
}

json differences_of(const std::vector<announcement::Person>& before, const std::vector<announcement::Person>& after) {
  std::map<std::string, std::pair<const announcement::Person*, const announcement::Person*>> sides;
  for (const announcement::Person& one : before) sides[one.number].first = &one;
  for (const announcement::Person& one : after) sides[one.number].second = &one;
  // Two verdicts among a thousand totals that moved by a hundredth are what officers have to see: they stand first.
  json people = json::array();
  json totals = json::array();
  std::size_t count = 0;
  for (const auto& [number, pair] : sides) {
    json first = side_of(pair.first);
    json second = side_of(pair.second);
    if (first == second) continue;
    ++count;
    const bool verdict = first.is_null() || second.is_null() || first["outcome"] != second["outcome"];
    json& list = verdict ? people : totals;
    if (verdict || list.size() < most_differences)
      list.push_back({{"number", number}, {"before", std::move(first)}, {"after", std::move(second)}});
  }
  const std::size_t verdicts = people.size();
  for (json& one : totals) people.push_back(std::move(one));
  return {{"count", count}, {"verdicts", verdicts}, {"people", std::move(people)}};
}

json sample_of(const DecidedTexts& texts, const std::vector<PersonalResult>& rendered) {
  std::set<std::string> outcomes;
  json sample = json::array();
  for (const announcement::Person& person : texts.people) {
    if (!outcomes.insert(person.outcome).second) continue;
    const auto page = std::find_if(rendered.begin(), rendered.end(),
                                   [&](const PersonalResult& one) { return one.number == person.number; });
    if (page == rendered.end()) continue;
    sample.push_back(
        {{"number", person.number}, {"outcome", person.outcome}, {"en", page->page.en}, {"ko", page->page.ko}});
  }
  return sample;
}

}  // namespace

std::string write_summary(const DecidedTexts& texts, const std::vector<announcement::Person>& before,
                          const std::vector<PersonalResult>& rendered) {
  std::map<std::string, std::int64_t> people;
  std::int64_t passed = 0;
  for (const announcement::Person& person : texts.people) {
    ++people[person.unit_code];
    if (counts_as_passed(person)) ++passed;
  }
  json units = json::array();
  for (const announcement::UnitList& unit : texts.units) {
    units.push_back({{"code", unit.code},
                     {"name", {{"en", unit.name.en}, {"ko", unit.name.ko}}},
                     {"people", people[unit.code]},
                     {"passed", unit.numbers.size()}});
  }
  json summary{{"people", texts.people.size()}, {"passed", passed}, {"units", std::move(units)}};
  if (!texts.rates_csv.empty()) summary["rates"] = texts.rates_csv;
  summary["sample"] = sample_of(texts, rendered);
  if (!before.empty()) summary["differences"] = differences_of(before, texts.people);
  return summary.dump();
}

}  // namespace hanjari::services
