// The gate: people present, sheets returned and sheets scored agree in every room.
#include <algorithm>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "hanjari/base/korean.h"
#include "hanjari/base/people.h"
#include "selection/gate/gate.h"

namespace hanjari::selection {

void Gate::check_count(const CountRow& row, std::string_view column, std::int64_t count, std::int64_t sat) {
  if (count == sat) return;
  const std::string name = fmt::format("'{}/{}'", word(row.venue), row.room_no);
  fault(counts_file, row.line, column,
        {fmt::format("room {}: {} here, but {} sat there (people.csv)", name, count, count_people(sat)),
         in_korean("시험실 {}: {}[으로/로] 적혀 있으나 응시자는 {}명입니다(people.csv)", name, count, sat)},
        {"count again: people present, sheets and scored sheets must be equal before anything is ranked",
         "다시 세십시오. 응시 인원, 회수 매수, 채점 매수가 같아야 합니다"});
}

// These have no line of their own, so that where there are many the first are told by name.
void Gate::tell_uncounted(const std::vector<std::pair<std::string, std::int64_t>>& rooms) {
  const Text fix{"add the counts of the room", "그 시험실의 매수를 더하십시오"};
  if (rooms.size() <= RepeatedFaults::most_told) {
    for (const auto& [name, sat] : rooms) {
      fault(counts_file, 0, "room_no",
            {fmt::format("room {}, where {} sat, is missing", name, count_people(sat)),
             in_korean("{}명이 응시한 시험실 {}[이/가] 없습니다", sat, name)},
            fix);
    }
    return;
  }
  std::int64_t people = 0;
  std::string list;
  for (std::size_t at = 0; at < rooms.size(); ++at) {
    people += rooms[at].second;
    if (at < RepeatedFaults::most_lines) list += (at == 0 ? "" : ", ") + rooms[at].first;
  }
  if (rooms.size() > RepeatedFaults::most_lines) list += ", ...";
  const std::string count = group_digits(static_cast<long long>(rooms.size()));
  fault(counts_file, 0, "room_no",
        {fmt::format("{} rooms, where {} sat, are missing: {}", count, count_people(people), list),
         fmt::format("{}명이 응시한 시험실 {}개가 없습니다: {}", group_digits(people), count, list)},
        {"add the counts of these rooms", "그 시험실들의 매수를 더하십시오"});
}

void Gate::check_counts() {
  if (!rows_.counts) return;
  if (!rows_.people_have_rooms) {
    fault(people_file, 1, "venue_code",
          {"there is a counts.csv, but no columns venue_code and room_no",
           "counts.csv가 있으나 venue_code, room_no 열이 없습니다"},
          {"add where everybody sat", "각 사람이 앉은 시험장과 시험실을 적으십시오"});
    return;
  }
  struct Room {
    std::int64_t sat = 0;
    std::uint32_t counted_on = 0;  // line of counts.csv
  };
  std::map<std::pair<std::string_view, std::int32_t>, Room> rooms;
  // A venue that could not be read was told by the reader. Where that person sat is unknown, so no room is called wrong.
  const bool unclear = std::any_of(rows_.people.begin(), rows_.people.end(),
                                   [](const PersonRow& row) { return !row.venue.exists(); });
  for (const PersonRow& row : rows_.people) {
    if (!row.venue.exists() || !row.attendance || *row.attendance == Attendance::absent) continue;
    if (row.venue == empty_word || row.room_no == 0) {
      fault(people_file, row.line, row.venue == empty_word ? "venue_code" : "room_no",
            {"it is not said where this person sat", "이 사람이 앉은 곳이 적혀 있지 않습니다"},
            {"write venue and room", "시험장과 시험실을 적으십시오"});
      continue;
    }
    ++rooms[{word(row.venue), row.room_no}].sat;
  }
  for (const CountRow& row : *rows_.counts) {
    if (!row.venue.exists()) continue;
    const std::string name = fmt::format("'{}/{}'", word(row.venue), row.room_no);
    Room& room = rooms[{word(row.venue), row.room_no}];
    if (room.counted_on != 0) {
      fault(counts_file, row.line, "room_no",
            {fmt::format("room {} stands on line {} already", name, room.counted_on),
             in_korean("시험실 {}[이/가] {}행에 이미 있습니다", name, room.counted_on)},
            {"keep one row for each room", "시험실마다 한 행만 두십시오"});
      continue;
    }
    room.counted_on = row.line;
    if (unclear) continue;
    check_count(row, "present", row.present, room.sat);
    check_count(row, "sheets", row.sheets, room.sat);
    check_count(row, "scored", row.scored, room.sat);
  }
  if (unclear) return;
  std::vector<std::pair<std::string, std::int64_t>> uncounted;
  for (const auto& [key, room] : rooms)
    if (room.counted_on == 0) uncounted.emplace_back(fmt::format("'{}/{}'", key.first, key.second), room.sat);
  tell_uncounted(uncounted);
}

}  // namespace hanjari::selection
