// hanjari rooms: how many people the rooms of an exam hold and why, as lines, JSON, pictures and a library of shapes.
#include <map>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cli/exam_arguments.h"
#include "cli/outputs.h"
#include "hanjari/documents/room_drawing.h"
#include "hanjari/domain/spelling.h"
#include "hanjari/package/csv.h"
#include "hanjari/seating/geometry.h"
#include "venues/commands/commands.h"

namespace hanjari::cli {
namespace {

using nlohmann::ordered_json;
using seating::Binding;
using seating::RoomCapacity;

// Rooms of one shape and one cap of their own.
struct Kind {
  std::string name;  // of the shape: 5x5-1
  Room room;         // one of them
  RoomCapacity capacity;
  std::int64_t rooms = 0;
};

std::vector<Kind> kinds_of(const Exam& exam) {
  seating::Capacities capacities(exam.policy);
  std::map<std::pair<int, int>, int> last;  // number given to a shape of so many rows and columns
  std::map<seating::RoomShape, std::string> names;
  std::map<std::pair<seating::RoomShape, std::optional<int>>, Kind> kinds;
  for (const Room& room : exam.rooms) {
    const seating::RoomShape shape = seating::shape_of(room);
    std::string& name = names[shape];
    if (name.empty()) {
      name = fmt::format("{}x{}-{}", room.row_count, room.column_count, ++last[{room.row_count, room.column_count}]);
    }
    const auto [entry, is_new] = kinds.try_emplace({shape, room.people_cap});
    if (is_new) entry->second = {name, room, capacities.of(room), 0};
    ++entry->second.rooms;
  }
  std::vector<Kind> list;
  for (auto& [key, kind] : kinds) list.push_back(std::move(kind));
  return list;
}

Text name_of(Binding binding) {
  switch (binding) {
    case Binding::policy_cap:
      return {"the policy's cap", "인원 방침"};
    case Binding::room_cap:
      return {"the room's cap", "시험실 상한"};
    case Binding::geometry:
      break;
  }
  return {"the desks", "책상과 거리"};
}

const char* word_of(Binding binding) {
  return binding == Binding::policy_cap ? "policy_cap" : binding == Binding::room_cap ? "room_cap" : "geometry";
}

std::int64_t unblocked_desks(const Room& room) {
  return std::int64_t{room.row_count} * room.column_count - static_cast<std::int64_t>(room.blocked.size());
}

std::string as_lines(const Exam& exam, const std::vector<Kind>& kinds, Language language) {
  std::string lines;
  for (const Kind& kind : kinds) {
    const Room& room = kind.room;
    const auto cap = [](const std::optional<int>& limit) { return limit ? std::to_string(*limit) : std::string("-"); };
    const Text line = {
        fmt::format(
            "{}: {} rooms, {} x {} desks {} x {} cm apart, {} usable, {} at {} cm, cap of the policy {}, of the "
            "room {}: hold {} because of {}",
            kind.name, group_digits(kind.rooms), room.row_count, room.column_count, room.row_pitch_cm,
            room.column_pitch_cm, unblocked_desks(room), kind.capacity.desks, exam.policy.min_gap_cm,
            cap(exam.policy.people_cap), cap(room.people_cap), kind.capacity.people, name_of(kind.capacity.binding).en),
        fmt::format(
            "{}: {}실, 책상 {}줄 {}칸(간격 {} x {} cm), 쓸 수 있는 책상 {}개, {} cm 거리로 {}개, 인원 방침 {}, 시험실 "
            "상한 {}: 정원 {}명(기준: {})",
            kind.name, group_digits(kind.rooms), room.row_count, room.column_count, room.row_pitch_cm,
            room.column_pitch_cm, unblocked_desks(room), exam.policy.min_gap_cm, kind.capacity.desks,
            cap(exam.policy.people_cap), cap(room.people_cap), kind.capacity.people,
            name_of(kind.capacity.binding).ko)};
    lines += line.in(language) + "\n";
  }
  return lines;
}

std::string as_json(const Exam& exam, const std::vector<Kind>& kinds) {
  const auto cap = [](const std::optional<int>& limit) { return limit ? ordered_json(*limit) : ordered_json(nullptr); };
  ordered_json list = ordered_json::array();
  for (const Kind& kind : kinds) {
    const Room& room = kind.room;
    list.push_back({{"shape", kind.name},
                    {"rooms", kind.rooms},
                    {"row_count", room.row_count},
                    {"column_count", room.column_count},
                    {"row_pitch_cm", room.row_pitch_cm},
                    {"column_pitch_cm", room.column_pitch_cm},
                    {"blocked", spell_desks(room.blocked)},
                    {"usable_desks", unblocked_desks(room)},
                    {"desks_at_distance", kind.capacity.desks},
                    {"policy_cap", cap(exam.policy.people_cap)},
                    {"room_cap", cap(room.people_cap)},
                    {"people", kind.capacity.people},
                    {"binding", word_of(kind.capacity.binding)}});
  }
  return list.dump(1) + "\n";
}

std::string picture_of(const Kind& kind) {
  return kind.name + (kind.room.people_cap ? fmt::format("-cap{}", *kind.room.people_cap) : std::string()) + ".svg";
}

// shapes.csv, as an exam package may hold it, and a picture of each shape with the desks in use when the room is full.
void write_library(const Exam& exam, const std::vector<Kind>& kinds, const OutputFiles& files, Language language) {
  std::string csv;
  package::CsvWriter writer([&](std::string_view piece) { csv += piece; },
                            {"shape", "row_count", "column_count", "row_pitch_cm", "column_pitch_cm", "blocked"});
  std::string last;
  for (const Kind& kind : kinds) {
    const Room& room = kind.room;
    if (kind.name != last) {
      writer.cell(kind.name)
          .cell(room.row_count)
          .cell(room.column_count)
          .cell(room.row_pitch_cm)
          .cell(room.column_pitch_cm)
          .cell(spell_desks(room.blocked))
          .end_row();
    }
    documents::RoomMarks marks;
    marks.occupied = seating::choose_desks(room, exam.policy.min_gap_cm, kind.capacity.people);
    files.write(picture_of(kind),
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + render_room_svg(room, marks, language) + "\n");
    last = kind.name;
  }
  writer.finish();
  files.write("shapes.csv", csv);
}

Exit run_rooms(const Arguments& arguments, const Terminal& terminal) {
  const Exam exam = load_exam_argument(arguments, arguments.positionals[0], terminal);
  const std::vector<Kind> kinds = kinds_of(exam);
  if (const auto out = arguments.find("out")) {
    std::vector<std::string> names{"shapes.csv"};
    for (const Kind& kind : kinds) names.push_back(picture_of(kind));
    write_library(exam, kinds, OutputFiles(*out, names, existing_of(arguments)), terminal.language);
  }
  terminal.print(arguments.has("json") ? as_json(exam, kinds) : as_lines(exam, kinds, terminal.language));
  return Exit::done;
}

}  // namespace

Command rooms_command() {
  return {"rooms",
          {"says how many people the rooms hold and why not more", "시험실의 정원과 그 기준을 보여 줍니다"},
          {{"EXAM", {"exam package", "시험 묶음"}}},
          {{"out",
            "DIR",
            {"also, in a new or empty folder, a picture of every shape of room, and shapes.csv to use in other packages",
             "새 폴더나 빈 폴더에 시험실 모양마다 그림과, 다른 묶음에 쓸 수 있는 shapes.csv도 씁니다"}},
           replace_option(),
           {"json", "", {"as JSON", "JSON으로"}},
           encoding_option()},
          run_rooms};
}

}  // namespace hanjari::cli
