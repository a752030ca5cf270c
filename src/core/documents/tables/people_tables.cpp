// The tables of people: support, health, and the two by number.
#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "documents/local_time.h"
#include "documents/number_ranges.h"
#include "documents/tables/table_maker.h"
#include "documents/tables/venue_tables.h"
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

TableData number_notice_table(const PlannedExam& planned, VenueIndex venue, const PaperContext& context) {
  TableMaker make(planned, venue, context, table_fields::number_notice);
  struct Line {
    UnitIndex unit;
    NumberRanges::Range range;
    VenueIndex venue;
  };
  std::vector<Line> lines;
  for (const VenuePeople& one : make.venues) {
    const std::vector<const Placement*> everybody = all_of(one);
    const NumberRanges numbers(planned, one.venue, everybody);
    std::set<UnitIndex> units;
    for (const Placement* placement : everybody) units.insert(make.person(*placement).unit);
    for (const UnitIndex unit : units) {
      for (const NumberRanges::Range& range : numbers.ranges_of(everybody, unit))
        lines.push_back({unit, range, one.venue});
    }
  }
  std::sort(lines.begin(), lines.end(), [](const Line& a, const Line& b) {
    return a.unit != b.unit ? a.unit < b.unit : *a.range.first < *b.range.first;
  });
  for (const Line& line : lines) {
    const Unit& unit = make.exam[line.unit];
    const Venue& there = make.exam[line.venue];
    make.rows().push_back({unit.code.text(), series_name(unit, make.language), unit_name(unit, make.language),
                           line.range.text(), line.range.first->text(), line.range.last->text(), line.range.people,
                           there.name, there.code.text(), there.address, there.phone, unit_times(make.day, unit),
                           time_cell(seating_time(make.day, unit)), NoValue{}});
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
