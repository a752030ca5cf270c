#include "documents/tables/venue_people.h"

#include <algorithm>
#include <array>
#include <set>

#include <fmt/format.h>

#include "documents/local_time.h"
#include "hanjari/documents/changed_papers.h"
#include "hanjari/domain/spelling.h"

namespace hanjari::documents {

std::vector<RoomPeople> rooms_with_people(const PlannedExam& planned, VenueIndex venue) {
  std::map<RoomIndex, std::vector<const Placement*>> by_room;
  for (const Placement& placement : planned.plan.placements) {
    if (placement.venue == venue) by_room[placement.room].push_back(&placement);
  }
  std::vector<RoomPeople> rooms;
  for (auto& [room, people] : by_room) {
    std::sort(people.begin(), people.end(),
              [](const Placement* a, const Placement* b) { return a->seat_no < b->seat_no; });
    rooms.push_back({room, std::move(people)});
  }
  return rooms;
}

std::vector<RoomPeople> rooms_of_paper(const PlannedExam& planned, VenueIndex venue, const PaperContext& context) {
  std::vector<RoomPeople> rooms = rooms_with_people(planned, venue);
  if (context.only != nullptr) {
    std::erase_if(rooms, [&](const RoomPeople& one) { return !context.only->rooms[one.room.value]; });
  }
  return rooms;
}

std::vector<RoomPeople> people_of_paper(const PlannedExam& planned, VenueIndex venue, const PaperContext& context) {
  std::vector<RoomPeople> rooms = rooms_with_people(planned, venue);
  if (context.only != nullptr) {
    for (RoomPeople& one : rooms) {
      std::erase_if(one.people, [&](const Placement* who) { return !context.only->people[who->applicant.value]; });
    }
    std::erase_if(rooms, [](const RoomPeople& one) { return one.people.empty(); });
  }
  return rooms;
}

std::string room_name(const Room& room, Language language) {
  return fmt::format(fmt::runtime(language == Language::korean ? "제{}시험실" : "Room {}"), room.room_no);
}

std::string room_place(const Room& room, Language language) {
  const bool korean = language == Language::korean;
  std::string place = room.building;
  if (!room.floor.empty()) {
    const bool number = std::all_of(room.floor.begin(), room.floor.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (!place.empty()) place += korean ? " " : ", ";
    place += korean ? room.floor + (number ? "층" : "") : (number ? "floor " : "") + room.floor;
  }
  return place;
}

std::string series_name(const Unit& unit, Language language) {
  const std::string& series = language == Language::korean || unit.series_en.empty() ? unit.series_ko : unit.series_en;
  if (unit.quota_group == QuotaGroup::general) return series;
  return fmt::format(fmt::runtime(language == Language::korean ? "{}({})" : "{} ({})"), series,
                     name_of(unit.quota_group).in(language));
}

std::string unit_name(const Unit& unit, Language language) {
  const std::string& series = language == Language::korean || unit.series_en.empty() ? unit.series_ko : unit.series_en;
  std::string name =
      fmt::format(fmt::runtime(language == Language::korean ? "{} {}급" : "{}, grade {}"), series, unit.grade);
  if (unit.quota_group != QuotaGroup::general) {
    name += fmt::format(fmt::runtime(language == Language::korean ? "({})" : " ({})"),
                        name_of(unit.quota_group).in(language));
  }
  return name;
}

std::string unit_names(const Exam& exam, const std::vector<const Placement*>& people, Language language) {
  std::set<UnitIndex> units;
  for (const Placement* placement : people) units.insert(exam[placement->applicant].unit);
  std::string names;
  for (const UnitIndex unit : units) names += (names.empty() ? "" : ", ") + unit_name(exam[unit], language);
  return names;
}

std::string people_count(std::size_t people, Language language) {
  return group_digits(static_cast<long long>(people)) + (language == Language::korean ? "명" : "");
}

std::string booklet_counts(const std::vector<const Placement*>& people) {
  std::array<int, 4> counts{};
  for (const Placement* placement : people) {
    if (placement->booklet >= 'A' && placement->booklet <= 'D')
      ++counts[static_cast<std::size_t>(placement->booklet - 'A')];
  }
  std::string text;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (counts[i] > 0)
      text += fmt::format("{}{} {}", text.empty() ? "" : "  ·  ", booklet_name(static_cast<char>('A' + i)), counts[i]);
  }
  return text;
}

std::string elective_names(const Exam& exam, const Applicant& applicant, const PaperContext& context) {
  const std::string_view codes = exam.words[applicant.electives];
  std::string names;
  for (std::size_t at = 0; at < codes.size();) {
    const std::size_t end = std::min(codes.find(';', at), codes.size());
    const std::string code(codes.substr(at, end - at));
    const auto named = context.subjects.find({exam[applicant.unit].code, code});
    names += (names.empty() ? "" : ", ") + (named == context.subjects.end() ? code : named->second.in(context.language));
    at = end + 1;
  }
  return names;
}

std::optional<int> start_time(const DayTemplate& day, const Unit& unit) {
  return unit.starts_at ? unit.starts_at : day.starts_at;
}

std::optional<int> seating_time(const DayTemplate& day, const Unit& unit) {
  return unit.seated_by ? unit.seated_by : day.seated_by;
}

std::optional<int> end_time(const DayTemplate& day, const Unit& unit, const Accommodation& accommodation) {
  const auto start = start_time(day, unit);
  if (!start) return std::nullopt;
  const int tenths = static_cast<int>(accommodation.multiplier);
  return *start + (unit.duration_min * tenths + 9) / 10;
}

std::string exam_times(const DayTemplate& day, const Exam& exam, const std::vector<const Placement*>& people,
                       Language language) {
  std::set<std::pair<int, int>> spans;
  bool some_unsaid = false;
  for (const Placement* placement : people) {
    const Applicant& applicant = exam[placement->applicant];
    const Unit& unit = exam[applicant.unit];
    const auto start = start_time(day, unit);
    if (start) {
      spans.emplace(*start, *end_time(day, unit, applicant.accommodation));
    } else {
      some_unsaid = true;
    }
  }
  std::string text;
  for (const auto& [start, end] : spans) {
    text += fmt::format("{}{}~{}", text.empty() ? "" : ", ", format_clock_time(start), format_clock_time(end));
  }
  if (!text.empty() && some_unsaid) text += language == Language::korean ? ", 일부 미정" : ", others not set";
  return text;
}

std::string seating_times(const DayTemplate& day, const Exam& exam, const std::vector<const Placement*>& people) {
  std::set<int> times;
  for (const Placement* placement : people) {
    if (const auto time = seating_time(day, exam[exam[placement->applicant].unit])) times.insert(*time);
  }
  std::string text;
  for (const int time : times) text += (text.empty() ? "" : ", ") + format_clock_time(time);
  return text;
}

std::string unit_times(const DayTemplate& day, const Unit& unit) {
  const auto start = start_time(day, unit);
  return start ? fmt::format("{}~{}", format_clock_time(*start), format_clock_time(*end_time(day, unit, {})))
               : std::string();
}

}  // namespace hanjari::documents
