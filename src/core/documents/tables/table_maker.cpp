#include "documents/tables/table_maker.h"

#include <fmt/format.h>

#include "documents/drawing/page_frame.h"
#include "documents/tables/venue_tables.h"
#include "hanjari/domain/spelling.h"

namespace hanjari::documents {
namespace {

std::vector<VenuePeople> people_of(const PlannedExam& planned, VenueIndex venue) {
  std::vector<VenuePeople> venues;
  for (std::size_t i = 0; i < planned.exam.venues.size(); ++i) {
    if (venue.exists() && venue != VenueIndex(i)) continue;
    std::vector<RoomPeople> rooms = rooms_with_people(planned, VenueIndex(i));
    if (venue.exists() || !rooms.empty()) venues.push_back({VenueIndex(i), std::move(rooms)});
  }
  return venues;
}

}  // namespace

std::vector<const Placement*> all_of(const VenuePeople& venue) {
  std::vector<const Placement*> people;
  for (const RoomPeople& room : venue.rooms) people.insert(people.end(), room.people.begin(), room.people.end());
  return people;
}

TableMaker::TableMaker(const PlannedExam& all, VenueIndex venue, const PaperContext& context,
                       std::span<const std::string_view> fields)
    : exam(all.exam),
      language(context.language),
      korean(context.language == Language::korean),
      day(templates_of(context).day),
      venues(people_of(all, venue)),
      city(!venue.exists()),
      capacities(all.exam.policy) {
  data.fields.assign(fields.begin(), fields.end());
  data.heading_fields.assign(table_fields::heading.begin(), table_fields::heading.end());
  TableSection& section = data.sections.emplace_back();
  std::size_t rooms = 0;
  std::vector<const Placement*> people;
  for (const VenuePeople& one : venues) {
    rooms += one.rooms.size();
    const auto there = all_of(one);
    people.insert(people.end(), there.begin(), there.end());
  }
  const Venue* only = city ? nullptr : &exam[venue];
  const std::string every = fmt::format(fmt::runtime(korean ? "전체 {}곳" : "all {} venues"), venues.size());
  section.mark = city ? every : only->name;
  section.heading = {city ? every : only->name,
                     city ? std::string() : only->code.text(),
                     city ? std::string() : only->address,
                     city ? std::string() : only->phone,
                     group_digits(static_cast<long long>(rooms)) + (korean ? "실" : ""),
                     people_count(people.size(), language),
                     exam_day(exam, language),
                     exam_times(day, exam, people, language),
                     seating_times(day, exam, people),
                     std::string()};
}

void TableMaker::add_row(std::vector<Cell> row, RowPlace place) {
  TableSection& section = data.sections.front();
  section.places.resize(section.rows.size(), RowPlace::everywhere);
  section.rows.push_back(std::move(row));
  section.places.push_back(place);
}

Cell time_cell(std::optional<int> minutes) {
  return minutes ? Cell(ClockTime{*minutes}) : Cell(NoValue{});
}

Cell used_cell(const Placement& placement) {
  return placement.used_no > 0 ? Cell(static_cast<std::int64_t>(placement.used_no)) : Cell(NoValue{});
}

Cell seat_cell(const Placement& placement) {
  return static_cast<std::int64_t>(placement.seat_no);
}

Cell room_cell(const Exam& exam, RoomIndex room) {
  return static_cast<std::int64_t>(exam[room].room_no);
}

}  // namespace hanjari::documents
