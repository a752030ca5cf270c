#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "hanjari/report/decision_report.h"

namespace hanjari::report {
namespace {

using selection::Mark;
using selection::Outcome;

constexpr int bins = 40;
constexpr int width = 640;
constexpr int height = 180;
constexpr int bar = width / bins;
constexpr int margin = 24;  // under the bars, for the scale
constexpr int headroom = 18;

struct Histogram {
  std::int64_t lowest = 0;  // hundredths
  std::int64_t highest = 0;
  std::array<std::int64_t, bins> failed{};
  std::array<std::int64_t, bins> others{};

  std::int64_t spread() const { return std::max<std::int64_t>(1, highest - lowest); }
  std::size_t bin_of(Mark total) const {
    return static_cast<std::size_t>(std::min<std::int64_t>(bins - 1, (total.hundredths - lowest) * bins / spread()));
  }
  int x_of(Mark mark) const {
    const std::int64_t x = (mark.hundredths - lowest) * width / spread();
    return static_cast<int>(std::clamp<std::int64_t>(x, 0, width));
  }
};

Histogram count_totals(std::span<const selection::PersonDecision> people) {
  Histogram histogram;
  bool first = true;
  for (const auto& person : people) {
    if (person.outcome == Outcome::absent || person.outcome == Outcome::voided) continue;
    const std::int64_t total = person.total.hundredths;
    histogram.lowest = first ? total : std::min(histogram.lowest, total);
    histogram.highest = first ? total : std::max(histogram.highest, total);
    first = false;
  }
  for (const auto& person : people) {
    if (person.outcome == Outcome::absent || person.outcome == Outcome::voided) continue;
    auto& column = person.outcome == Outcome::below_line ? histogram.failed : histogram.others;
    ++column[histogram.bin_of(person.total)];
  }
  return histogram;
}

std::string line_at(const Histogram& histogram, Mark mark, const char* style, const std::string& label, int row) {
  const int x = histogram.x_of(mark);
  const bool right = x > width / 2;
  return fmt::format(
      R"(<line x1="{0}" y1="0" x2="{0}" y2="{1}" class="{2}"/><text x="{3}" y="{4}" class="{2}" text-anchor="{5}">{6}</text>)",
      x, height - margin, style, right ? x - 4 : x + 4, 12 + 14 * row, right ? "end" : "start", label);
}

}  // namespace

std::string draw_totals(const selection::Results& results, const selection::Decision& decision, UnitIndex unit,
                        Language language) {
  const bool korean = language == Language::korean;
  const selection::ResultUnit& of = results.units[unit.value];
  const selection::UnitDecision& made = decision.units[unit.value];
  const Histogram histogram = count_totals(std::span(decision.people).subspan(of.first_person, of.person_count));
  std::int64_t tallest = 1;
  for (std::size_t i = 0; i < bins; ++i) tallest = std::max(tallest, histogram.failed[i] + histogram.others[i]);

  std::string svg = fmt::format(R"(<svg viewBox="-8 0 {} {}" role="img" aria-label="{}">)", width + 16, height,
                                korean ? "총점 분포와 합격선" : "Distribution of totals and the cut");
  const int room = height - margin - headroom;
  for (std::size_t i = 0; i < bins; ++i) {
    const int failed = static_cast<int>(histogram.failed[i] * room / tallest);
    const int others = static_cast<int>(histogram.others[i] * room / tallest);
    const int x = static_cast<int>(i) * bar;
    const int ground = height - margin;
    if (failed > 0) {
      svg += fmt::format(R"(<rect x="{}" y="{}" width="{}" height="{}" class="failed"/>)", x, ground - failed, bar - 1,
                         failed);
    }
    if (others > 0) {
      svg += fmt::format(R"(<rect x="{}" y="{}" width="{}" height="{}" class="others"/>)", x, ground - failed - others,
                         bar - 1, others);
    }
  }
  svg += fmt::format(R"(<text x="0" y="{0}">{1}</text><text x="{2}" y="{0}" text-anchor="end">{3}</text>)", height - 6,
                     selection::format_mark({histogram.lowest}), width, selection::format_mark({histogram.highest}));
  if (made.cut) {
    svg += line_at(histogram, *made.cut, "cut", (korean ? "합격선 " : "cut ") + selection::format_mark(*made.cut), 0);
  }
  if (made.equality_cut) {
    svg += line_at(histogram, *made.equality_cut, "equality",
                   (korean ? "양성평등 " : "equality ") + selection::format_mark(*made.equality_cut), 1);
  }
  return svg + "</svg>";
}

}  // namespace hanjari::report
