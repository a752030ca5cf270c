// The tables of people: support, health, and the two by number.
#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "documents/local_time.h"
#include "documents/tables/number_lines.h"
#include "documents/tables/table_maker.h"
#include "documents/tables/table_render.h"
#include "documents/tables/venue_tables.h"
#include "hanjari/base/people.h"
#include "hanjari/domain/spelling.h"

namespace hanjari::documents {
namespace {

// Four cells: the seat before in words, and its parts.
void add_seat_before(std::vector<Cell>& row, const TableMaker& make, const PaperContext& context,
                     const Placement& now) {
  const EarlierSeat* before = context.earlier == nullptr ? nullptr : context.earlier->find(now.applicant);
  if (before == nullptr) {
    row.resize(row.size() + 4, NoValue{});
    return;
  }
  row.emplace_back(fmt::format(fmt::runtime(make.say("{} 제{}시험실 {}번", "{}, room {}, seat {}")), before->venue,
                               before->room_no, before->seat_no));
  row.emplace_back(before->venue);
  row.emplace_back(before->room_no);
  row.emplace_back(before->seat_no);
}

// Everybody of the venues, unit by unit, by number.
std::vector<const Placement*> people_by_number(const TableMaker& make) {
  std::vector<const Placement*> people;
  for (const VenuePeople& one : make.venues) {
    for (const RoomPeople& room : one.rooms) people.insert(people.end(), room.people.begin(), room.people.end());
  }
  std::sort(people.begin(), people.end(), [&](const Placement* a, const Placement* b) {
    return std::pair(make.person(*a).unit, a->number) < std::pair(make.person(*b).unit, b->number);
  });
  return people;
}

}  // namespace

namespace {

std::vector<Cell> number_row(const TableMaker& make, const NumberLine& line) {
  const Unit& unit = make.exam[line.unit];
  const Venue& there = make.exam[line.venue];
  return {unit.code.text(),
          series_name(unit, make.language),
          unit_name(unit, make.language),
          line.range.text(),
          line.range.first->text(),
          line.range.last->text(),
          line.range.people,
          there.name,
          there.code.text(),
          there.address,
          there.phone,
          unit_times(make.day, unit),
          time_cell(seating_time(make.day, unit)),
          NoValue{}};
}

// One row for a unit whose numbers stand in columns behind the table.
std::vector<Cell> row_of_scattered(const TableMaker& make, const NumberLine& first, std::size_t ranges,
                                   std::int64_t people, std::size_t venues) {
  std::vector<Cell> row = number_row(make, first);
  const auto cell = [&](std::string_view field) -> Cell& { return row[field_position(make.data.fields, field)]; };
  cell("numbers") = refer_to_lookup(make, ranges);
  cell("first") = NoValue{};
  cell("last") = NoValue{};
  cell("people") = people;
  if (!make.city) return row;
  cell("venue") = make.korean ? fmt::format("시험장 {}곳", venues)
                              : count_of(static_cast<long long>(venues), "venue", "venues");
  for (const char* field : {"venue_code", "address", "phone"}) cell(field) = NoValue{};
  return row;
}

}  // namespace

TableData number_notice_table(const PlannedExam& planned, VenueIndex venue, const PaperContext& context) {
  // About one range a school is what a first plan gives; many more are pages of rows for a few people each.
  constexpr std::size_t usual_ranges = 20;
  TableMaker make(planned, venue, context, table_fields::number_notice);
  const std::vector<NumberLine> lines = number_lines(planned, make);
  for (std::size_t first = 0, end = 0; first < lines.size(); first = end) {
    std::set<VenueIndex> venues;
    std::int64_t people = 0;
    for (end = first; end < lines.size() && lines[end].unit == lines[first].unit; ++end) {
      venues.insert(lines[end].venue);
      people += lines[end].range.people;
    }
    const bool scattered = end - first > 2 * venues.size() + usual_ranges;
    const RowPlace place = scattered ? RowPlace::list : RowPlace::everywhere;
    for (std::size_t at = first; at < end; ++at) make.add_row(number_row(make, lines[at]), place);
    if (!scattered) continue;
    make.add_row(row_of_scattered(make, lines[first], end - first, people, venues.size()), RowPlace::page);
    make.data.lookups.push_back(number_lookup(make, lines[first].unit, lines));
  }
  return std::move(make.data);
}

TableData seat_list_table(const PlannedExam& planned, VenueIndex venue, const PaperContext& context) {
  TableMaker make(planned, venue, context, table_fields::seat_list);
  for (const Placement* one : people_by_number(make)) {
    const Applicant& applicant = make.person(*one);
    const Unit& unit = make.exam[applicant.unit];
    const Venue& there = make.exam[one->venue];
    const auto start = start_time(make.day, unit);
    make.rows().push_back(
        {one->number.text(), applicant.name, unit.code.text(), series_name(unit, make.language),
         unit_name(unit, make.language), there.name, there.code.text(), room_cell(make.exam, one->room),
         room_place(make.exam[one->room], make.language), seat_cell(*one), used_cell(*one), booklet_name(one->booklet),
         there.address, there.phone,
         start ? fmt::format("{}~{}", format_clock_time(*start),
                             format_clock_time(*end_time(make.day, unit, applicant.accommodation)))
               : std::string(),
         NoValue{}});
  }
  return std::move(make.data);
}

TableData support_table(const PlannedExam& planned, VenueIndex venue, const PaperContext& context) {
  TableMaker make(planned, venue, context, table_fields::support);
  std::int64_t serial = 0;
  for (const VenuePeople& one : make.venues) {
    for (const RoomPeople& room : one.rooms) {
      for (const Placement* placement : room.people) {
        const Applicant& applicant = make.person(*placement);
        const Accommodation& accommodation = applicant.accommodation;
        if (!accommodation.any()) continue;
        std::string what;
        const auto add = [&](bool wanted, const char* ko, const char* en) {
          if (wanted) what += (what.empty() ? "" : ", ") + std::string(make.korean ? ko : en);
        };
        const int tenths = static_cast<int>(accommodation.multiplier);
        add(accommodation.wheelchair, "휠체어용 책상, 이동 통로", "desk for a wheelchair, clear way");
        add(accommodation.separate_room, "별도시험실 응시", "sits in a separate room");
        add(accommodation.large_print, "확대문제지, 확대답안지", "large print paper and sheet");
        add(accommodation.scribe, "대필자 배치", "a scribe writes");
        add(tenths != 10, "시험시간 연장", "longer exam");
        make.rows().push_back(
            {++serial, placement->number.text(), applicant.name, unit_name(make.exam[applicant.unit], make.language),
             name_of(accommodation).in(make.language), what, fmt::format("{}.{}", tenths / 10, tenths % 10),
             time_cell(end_time(make.day, make.exam[applicant.unit], accommodation)), make.exam[one.venue].name,
             make.exam[one.venue].code.text(), room_cell(make.exam, room.room),
             seat_cell(*placement), used_cell(*placement), NoValue{}});
      }
    }
  }
  return std::move(make.data);
}

TableData health_table(const PlannedExam& planned, VenueIndex venue, const PaperContext& context) {
  TableMaker make(planned, venue, context, table_fields::health);
  std::int64_t serial = 0;
  for (const VenuePeople& one : make.venues) {
    for (const RoomPeople& room : one.rooms) {
      for (const Placement* placement : room.people) {
        const Applicant& applicant = make.person(*placement);
        if (applicant.routing == Routing::none) continue;
        const bool isolation = applicant.routing == Routing::isolation;
        const std::string kind = isolation ? make.say("별도시험장(격리)", "isolation venue")
                                           : make.say("예비시험실", "reserve room");
        std::vector<Cell> row{++serial, placement->number.text(), applicant.name,
                              unit_name(make.exam[applicant.unit], make.language), kind, make.exam[one.venue].name,
                              make.exam[one.venue].code.text(), room_cell(make.exam, room.room), seat_cell(*placement),
                              used_cell(*placement)};
        add_seat_before(row, make, context, *placement);
        row.emplace_back(NoValue{});
        make.rows().push_back(std::move(row));
      }
    }
  }
  return std::move(make.data);
}

}  // namespace hanjari::documents
