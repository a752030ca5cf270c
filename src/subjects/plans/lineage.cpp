#include "hanjari/plans/lineage.h"

#include <algorithm>

#include <fmt/format.h>

#include "hanjari/base/clock.h"
#include "hanjari/base/korean.h"
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

// "V1/2" where nobody says the name of the venue.
Text name_room(const VenueCode& venue, std::int64_t room, std::int64_t seat, const MoveNames& names) {
  const auto found = names.venues.find(venue);
  if (found == names.venues.end()) {
    const std::string place = fmt::format("{}/{}", venue.text(), room) + (seat > 0 ? fmt::format("/{}", seat) : "");
    return {place, place};
  }
  Text place{fmt::format("{}, room {}", found->second, room), fmt::format("{} {}실", found->second, room)};
  if (seat > 0) {
    place.en += fmt::format(", seat {}", seat);
    place.ko += fmt::format(" {}번", seat);
  }
  return place;
}

std::string name_person(const ApplicantId& person, const MoveNames& names) {
  const auto found = names.people.find(person);
  if (found == names.people.end()) return person.text();
  return found->second.number.text() + (found->second.name.empty() ? "" : " " + found->second.name);
}

Text describe_move(const HandMove& move, const MoveNames& names) {
  const Text to = name_room(move.venue, move.room_no, move.kind == HandMoveKind::move ? move.seat_no : 0, names);
  if (move.kind == HandMoveKind::swap_rooms) {
    const Text with = name_room(move.with_venue, move.with_room_no, 0, names);
    return {fmt::format("rooms {} and {} exchanged", to.en, with.en),
            in_korean("{}[과/와] {} 시험실을 맞바꿈", to.ko, with.ko)};
  }
  const std::string person = name_person(move.applicant, names);
  return {fmt::format("{} to {}", person, to.en), in_korean("{}[을/를] {}[으로/로] 옮김", person, to.ko)};
}

// In the zone of the exam; a step that stands in files only names none, and is told as the clock of this machine shows it.
Text describe_moment(const std::string& at, const std::string& exam_zone) {
  const auto moment = parse_instant(at);
  if (!moment) return {at, at};
  const std::string zone = exam_zone.empty() ? machine_time_zone() : exam_zone;
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

Text describe_step(const HistoryStep& step, const std::string& zone) {
  Text text = name_of_kind(step.kind);
  text.en += " " + step.digest.substr(0, 12);
  text.ko += " " + step.digest.substr(0, 12);
  if (!step.author.empty()) {
    text.en += " by " + step.author;
    text.ko += ", 작성자 " + step.author;
  }
  if (!step.at.empty()) {
    const Text at = describe_moment(step.at, zone);
    text.en += " at " + at.en;
    text.ko += ", " + at.ko;
  }
  if (!step.reason.empty()) {
    text.en += ": " + step.reason;
    text.ko += ", 사유: " + step.reason;
  }
  return text;
}

std::vector<Text> describe_moves(const HistoryStep& step, std::size_t most, const MoveNames& names) {
  std::vector<Text> lines;
  for (const HandMove& move : step.moves) {
    if (lines.size() == most) {
      const std::size_t rest = step.moves.size() - most;
      lines.push_back({fmt::format("and {} more", rest), fmt::format("그 밖에 {}건", rest)});
      break;
    }
    lines.push_back(describe_move(move, names));
  }
  return lines;
}

}  // namespace hanjari::services
