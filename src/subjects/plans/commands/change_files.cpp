#include "plans/commands/change_files.h"

#include <fmt/format.h>

#include "hanjari/package/csv.h"
#include "hanjari/replanning/notices.h"

namespace hanjari::cli {
namespace {

std::string render_notices(const Exam& exam, const PlanRows& from, const Plan& to, const std::vector<Change>& changes) {
  std::string text;
  package::CsvWriter csv([&](std::string_view bytes) { text += bytes; },
                         {"applicant_id", "applicant_number", "change", "message_ko", "message_en"});
  for (const replanning::Notice& notice : replanning::list_notices(exam, from, to, changes)) {
    csv.cell(notice.applicant.text()).cell(notice.number.text()).cell(spell(notice.kind));
    csv.cell(notice.message.ko).cell(notice.message.en).end_row();
  }
  csv.finish();
  return text;
}

std::string render_counts(const Exam& exam, const PlanRows& from, const Plan& to) {
  std::string text;
  package::CsvWriter csv([&](std::string_view bytes) { text += bytes; },
                         {"scope", "code", "name", "before", "after", "left", "came", "room", "seat", "added",
                          "removed", "rooms_changed"});
  for (const replanning::PlaceCount& place : replanning::count_places(exam, from, to)) {
    csv.cell(place.scope).cell(place.code).cell(place.name).cell(place.before).cell(place.after).cell(place.left);
    csv.cell(place.came).cell(place.room).cell(place.seat).cell(place.added).cell(place.removed);
    csv.cell(place.rooms_changed).end_row();
  }
  csv.finish();
  return text;
}

Text judged(std::int64_t reached, std::int64_t floor) {
  if (reached == floor) return {"proven", "최소임이 증명됨"};
  return {fmt::format("at least {}", group_digits(floor)), fmt::format("이론적 최솟값 {}", group_digits(floor))};
}

}  // namespace

package::PlanFiles change_files(const Exam& exam, const PlanRows& from, const Plan& to,
                                const std::vector<Change>& changes) {
  return {{"changes.csv", package::render_changes(changes)},
          {"notices.csv", render_notices(exam, from, to, changes)},
          {"change_counts.csv", render_counts(exam, from, to)}};
}

void say_figures(const ChangeFigures& figures, const Terminal& terminal) {
  const auto line = [&](const Text& name, std::int64_t reached, std::optional<std::int64_t> floor) {
    const Text verdict = floor ? judged(reached, *floor) : Text{};
    const std::string count = group_digits(reached);
    terminal.say({fmt::format("{:<24}{:>9}{}", name.en, count, floor ? "  (" + verdict.en + ")" : ""),
                  name.ko + std::string(static_cast<std::size_t>(std::max(1, 24 - display_width(name.ko))), ' ') +
                      fmt::format("{:>9}{}", count, floor ? "  (" + verdict.ko + ")" : "")});
  };
  line({"other venue", "시험장 변경"}, figures.venue, figures.floor_venue);
  line({"other room", "시험실 변경"}, figures.room, figures.floor_room);
  line({"out of their rooms", "시험실을 떠나는 인원"}, figures.venue + figures.room, figures.floor_left_room);
  line({"other seat", "좌석 변경"}, figures.seat, std::nullopt);
  line({"added", "추가"}, figures.added, std::nullopt);
  line({"removed", "제외"}, figures.removed, std::nullopt);
  line({"weighted sum", "가중합"}, figures.weighted, figures.floor_weighted);
}

}  // namespace hanjari::cli
