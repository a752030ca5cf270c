#include "invigilators/pages/duty_levels.h"

#include <optional>
#include <string>
#include <utility>

#include "hanjari/base/text.h"

namespace hanjari::web {
namespace {

using nlohmann::json;

constexpr std::size_t most_load_steps = 5;  // those who carry most; report.json has all

// Writes the levels one below the other.
class LevelRows {
 public:
  LevelRows(const Pages& pages, Language language) : pages_(pages), language_(language) {}

  // `unit`: the message that says what is counted.
  void add(const char* name, const BoundedFigure& figure, const char* unit) {
    const std::string bound = figure.bound ? counted(*figure.bound, unit) : std::string();
    add_words(name, counted(figure.value, unit), proof(figure.bound.has_value(), figure.bound == figure.value, bound));
  }
  void add_load(const Load& load, const std::optional<Load>& bound) {
    add_words("duties.level_load", spell_load(load), proof(bound.has_value(), bound == load, spell_load(bound.value_or(Load()))));
  }
  json take() { return std::move(rows_); }

 private:
  std::string say(const char* key, Pages::Replacements values = {}) const { return pages_.text(language_, key, values); }
  std::string counted(std::int64_t count, const char* unit) const { return say(unit, {{"count", group_digits(count)}}); }
  std::string proof(bool is_bounded, bool is_proven, const std::string& bound) const {
    if (!is_bounded) return say("duties.not_proven");
    return is_proven ? say("duties.proven") : say("duties.bound", {{"bound", bound}});
  }
  std::string spell_load(const Load& load) const {
    std::string words;
    for (std::size_t at = 0; at < load.size() && at < most_load_steps; ++at) {
      words += (at == 0 ? "" : ", ") + say("duties.load_step", {{"duties", group_digits(load[at].past_duties)},
                                                                {"people", group_digits(load[at].people)}});
    }
    return load.size() > most_load_steps ? words + ", …" : words;
  }
  void add_words(const char* name, const std::string& value, const std::string& proven) {
    rows_.push_back({{"name", say(name)}, {"value", value}, {"proof", proven}});
  }

  const Pages& pages_;
  Language language_;
  json rows_ = json::array();
};

}  // namespace

json describe_levels(const Pages& pages, const DutyRows& rows, Language language) {
  if (!rows.has_report) return false;
  const DutyReport& report = rows.report;
  LevelRows levels(pages, language);
  levels.add("duties.level_unfilled", {report.unfilled, report.unfilled_bound}, "duties.count_places");
  if (report.changed) levels.add("duties.level_changed", *report.changed, "duties.count_people");
  levels.add_load(report.load, report.load_bound);
  levels.add("duties.level_pairs", report.past_pairs, "duties.count_pairs");
  levels.add("duties.level_travel", report.travel_m, "duties.count_metres");
  return {{"rows", levels.take()}};
}

}  // namespace hanjari::web
