#include "hanjari/plans/lineage.h"

#include <algorithm>

#include <fmt/format.h>

#include "hanjari/base/local_time.h"

namespace hanjari::services {
namespace {

Text name_of_kind(StepKind kind) {
  switch (kind) {
    case StepKind::plan:
      return {"new plan", "새 배정"};
    case StepKind::given:
      return {"plan made elsewhere", "다른 곳에서 만든 배정"};
    case StepKind::replan:
      return {"re-plan", "재배정"};
    case StepKind::edit:
      return {"hand edit", "수동 변경"};
  }
  return {};
}

Text describe_move(const HandMove& move) {
  if (move.kind == HandMoveKind::swap_rooms) {
    return {fmt::format("rooms {}/{} and {}/{} exchanged", move.venue.text(), move.room_no, move.with_venue.text(),
                        move.with_room_no),
            fmt::format("{}/{}과(와) {}/{} 시험실을 맞바꿈", move.venue.text(), move.room_no, move.with_venue.text(),
                        move.with_room_no)};
  }
  const std::string seat = move.seat_no > 0 ? fmt::format("/{}", move.seat_no) : std::string();
  return {fmt::format("{} to {}/{}{}", move.applicant.text(), move.venue.text(), move.room_no, seat),
          fmt::format("{}을(를) {}/{}{}(으)로 옮김", move.applicant.text(), move.venue.text(), move.room_no, seat)};
}

// A step is of files as well as of a database, and names no zone: as the clock of this machine shows it.
Text describe_moment(const std::string& at) {
  const auto moment = parse_instant(at);
  if (!moment) return {at, at};
  const std::string zone = machine_time_zone();
  const LocalTime local = local_time(*moment, zone);
  const std::string shown = format_date(local.day) + " " + format_time_of_day(local.minute);
  const Text name = name_time_zone(*moment, zone);
  return {shown + " " + name.en, fmt::format("{}({})", shown, name.ko)};
}

}  // namespace

bool is_made_from(const std::vector<HistoryStep>& history, std::string_view digest) {
  return std::any_of(history.begin(), history.end(),
                     [&](const HistoryStep& step) { return step.digest == digest; });
}

std::vector<HistoryStep> steps_beyond(const std::vector<HistoryStep>& of, const std::vector<HistoryStep>& other) {
  const auto last = std::find_if(of.rbegin(), of.rend(),
                                 [&](const HistoryStep& step) { return is_made_from(other, step.digest); });
  return {last.base(), of.end()};
}

Text describe_step(const HistoryStep& step) {
  Text text = name_of_kind(step.kind);
  text.en += " " + step.digest.substr(0, 12);
  text.ko += " " + step.digest.substr(0, 12);
  if (!step.author.empty()) {
    text.en += " by " + step.author;
    text.ko += ", 작성자 " + step.author;
  }
  if (!step.at.empty()) {
    const Text at = describe_moment(step.at);
    text.en += " at " + at.en;
    text.ko += ", " + at.ko;
  }
  if (!step.reason.empty()) {
    text.en += ": " + step.reason;
    text.ko += ", 사유: " + step.reason;
  }
  return text;
}

std::vector<Text> describe_moves(const HistoryStep& step, std::size_t most) {
  std::vector<Text> lines;
  for (const HandMove& move : step.moves) {
    if (lines.size() == most) {
      const std::size_t rest = step.moves.size() - most;
      lines.push_back({fmt::format("and {} more", rest), fmt::format("그 밖에 {}건", rest)});
      break;
    }
    lines.push_back(describe_move(move));
  }
  return lines;
}

}  // namespace hanjari::services
