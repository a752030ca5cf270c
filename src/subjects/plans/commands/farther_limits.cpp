#include "plans/commands/farther_limits.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "hanjari/replanning/notices.h"
#include "hanjari/replanning/replan.h"

namespace hanjari::cli {
namespace {

constexpr std::size_t most_limits = 20;

LimitRow limit_row(const Exam& exam, const PlanRows& published, const std::vector<Metres>& limits,
                const replanning::Replanned& replanned) {
  LimitRow row;
  row.limit_m = exam.policy.moved_farther_m;
  row.change = *replanned.plan.report.change;
  row.beyond.assign(limits.size(), 0);
  row.travel_m = replanned.plan.report.objective.travel_m;
  row.unseated = replanned.plan.report.unseated;
  for (const replanning::Notice& notice : replanning::list_notices(exam, published, replanned.plan)) {
    if (!notice.farther_m) continue;
    row.worst_m = std::max(row.worst_m, *notice.farther_m);
    for (std::size_t at = 0; at < limits.size(); ++at) row.beyond[at] += *notice.farther_m > limits[at] ? 1 : 0;
  }
  return row;
}

std::string set_right(const std::string& text, int width) {
  return std::string(static_cast<std::size_t>(std::max(1, width - display_width(text))), ' ') + text;
}

}  // namespace

std::vector<Metres> limits_of(const Arguments& arguments) {
  std::vector<Metres> limits;
  const auto given = arguments.find("compare-limits");
  if (!given) return limits;
  for (std::size_t at = 0; at <= given->size();) {
    const std::size_t end = std::min(given->find(',', at), given->size());
    Metres value = -1;
    const auto [stop, error] = std::from_chars(given->data() + at, given->data() + end, value);
    if (error != std::errc{} || stop != given->data() + end || value < 0 || value > 100'000'000) {
      throw WrongUsage{{"--compare-limits takes metres with commas between them, such as 3000,5000,10000",
                        "--compare-limits에는 3000,5000,10000처럼 미터 값을 쉼표로 나누어 적습니다"}};
    }
    limits.push_back(value);
    at = end + 1;
  }
  std::sort(limits.begin(), limits.end());
  limits.erase(std::unique(limits.begin(), limits.end()), limits.end());
  if (limits.size() > most_limits) {
    throw WrongUsage{{fmt::format("--compare-limits takes at most {} values", most_limits),
                      fmt::format("--compare-limits에는 값을 {}개까지 적습니다", most_limits)}};
  }
  return limits;
}

std::vector<LimitRow> compare_limits(const Exam& exam, const PlanRows& published, const std::vector<Metres>& limits,
                                     int threads, Progress& progress) {
  Exam varied = exam;
  varied.policy.moved_farther_m.reset();
  std::vector<LimitRow> rows{limit_row(varied, published, limits, replanning::replan(varied, published, threads, progress))};
  for (const Metres limit : limits) {
    varied.policy.moved_farther_m = limit;
    rows.push_back(limit_row(varied, published, limits, replanning::replan(varied, published, threads, progress)));
  }
  return rows;
}

std::string limits_table(const std::vector<LimitRow>& rows, Language language) {
  constexpr int width = 16;
  std::string text = set_right(Text{"limit", "상한"}.in(language), width);
  for (const Text& head : {Text{"other venue", "시험장 변경"}, Text{"other room", "시험실 변경"},
                           Text{"weighted", "가중합"}, Text{"beyond", "상한 초과"}, Text{"at least", "이론적 최솟값"},
                           Text{"farthest", "가장 먼 변경"}, Text{"travel km", "거리 합계(km)"},
                           Text{"no seat", "미배정"}})
    text += set_right(head.in(language), width);
  for (const LimitRow& row : rows) {
    if (row.limit_m) text += set_right("> " + replanning::spell_distance(*row.limit_m), width);
  }
  text += "\n";
  for (const LimitRow& row : rows) {
    text += set_right(row.limit_m ? replanning::spell_distance(*row.limit_m) : Text{"none", "없음"}.in(language), width);
    for (const std::int64_t value : {row.change.venue, row.change.room, row.change.weighted})
      text += set_right(group_digits(value), width);
    text += set_right(row.limit_m ? group_digits(row.change.farther) : "-", width);
    text += set_right(row.limit_m ? group_digits(row.change.floor_farther) : "-", width);
    text += set_right(replanning::spell_distance(row.worst_m), width);
    text += set_right(fmt::format("{}.{}", group_digits(row.travel_m / 1'000), row.travel_m / 100 % 10), width);
    text += set_right(group_digits(row.unseated), width);
    for (const std::int64_t count : row.beyond) text += set_right(group_digits(count), width);
    text += "\n";
  }
  return text;
}

}  // namespace hanjari::cli
