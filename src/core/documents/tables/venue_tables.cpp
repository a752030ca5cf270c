#include "documents/tables/venue_tables.h"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "documents/local_time.h"
#include "documents/number_ranges.h"
#include "documents/tables/number_lines.h"
#include "documents/tables/table_maker.h"
#include "documents/tables/table_render.h"
#include "documents/tables/venue_people.h"
#include "hanjari/base/error.h"
#include "hanjari/base/people.h"
#include "hanjari/documents/paper_counts.h"
#include "hanjari/domain/spelling.h"

namespace hanjari::documents {
namespace {

Cell count_or_nothing(std::int64_t count) {
  return count == 0 ? Cell(NoValue{}) : Cell(count);
}

std::string remark_of(const TableMaker& make, const RoomPeople& room_people) {
  std::string text;
  const auto add = [&](const std::string& word) { text += (text.empty() ? "" : ", ") + word; };
  const Room& room = make.exam[room_people.room];
  if (room_people.people.empty()) add(make.say("미사용", "not used"));
  if (room.use == RoomUse::reserve) add(make.korean ? "예비시험실" : "reserve room");
  if (room.use == RoomUse::separate) add(make.korean ? "별도시험실" : "separate room");
  std::set<TimeMultiplier> multipliers;
  int wheelchairs = 0;
  int large_prints = 0;
  int scribes = 0;
  for (const Placement* placement : room_people.people) {
    const Accommodation& accommodation = make.person(*placement).accommodation;
    if (accommodation.multiplier != TimeMultiplier::x1_0) multipliers.insert(accommodation.multiplier);
    wheelchairs += accommodation.wheelchair ? 1 : 0;
    large_prints += accommodation.large_print ? 1 : 0;
    scribes += accommodation.scribe ? 1 : 0;
  }
  for (const TimeMultiplier multiplier : multipliers) {
    Accommodation only;
    only.multiplier = multiplier;
    add(name_of(only).in(make.language));
  }
  if (wheelchairs > 0) add(fmt::format(fmt::runtime(make.korean ? "휠체어 {}명" : "wheelchair {}"), wheelchairs));
  if (large_prints > 0) add(fmt::format(fmt::runtime(make.korean ? "확대문제지 {}명" : "large print {}"), large_prints));
  if (scribes > 0) add(fmt::format(fmt::runtime(make.korean ? "대필 {}명" : "scribe {}"), scribes));
  return text;
}

std::array<std::int64_t, 4> booklets_of(const std::vector<const Placement*>& people) {
  std::array<std::int64_t, 4> counts{};
  for (const Placement* placement : people) {
    if (placement->booklet >= 'A' && placement->booklet <= 'D')
      ++counts[static_cast<std::size_t>(placement->booklet - 'A')];
  }
  return counts;
}

std::vector<Cell> room_row(const TableMaker& make, VenueIndex venue, Cell room, const std::string& place,
                           const std::string& remark, const std::string& envelope,
                           const std::vector<const Placement*>& people, const NumberRanges& numbers) {
  const auto booklets = booklets_of(people);
  const std::string& code = make.exam[venue].code.text();
  return {make.exam[venue].name,
          code,
          std::move(room),
          place,
          unit_names(make.exam, people, make.language),
          numbers.of(people),
          static_cast<std::int64_t>(people.size()),
          booklet_counts(people),
          count_or_nothing(booklets[0]),
          count_or_nothing(booklets[1]),
          count_or_nothing(booklets[2]),
          count_or_nothing(booklets[3]),
          exam_times(make.day, make.exam, people, make.language),
          remark,
          envelope,
          code,
          NoValue{},
          NoValue{},
          NoValue{},
          NoValue{}};
}

// How many people a room may hold, and why not more: what is seen first when a room is too full or too empty.
struct RoomLimit {
  Cell capacity = NoValue{};
  Cell limit = NoValue{};
  Cell desks = NoValue{};
};

RoomLimit limit_of(seating::Capacities& capacities, const Room& room, bool korean) {
  try {
    const seating::RoomCapacity capacity = capacities.of(room);
    const auto why = [&]() -> const char* {
      switch (capacity.binding) {
        case seating::Binding::policy_cap:
          return korean ? "인원 방침" : "policy";
        case seating::Binding::room_cap:
          return korean ? "시험실 상한" : "room cap";
        case seating::Binding::geometry:
          break;
      }
      return korean ? "책상·거리" : "desks";
    };
    return {static_cast<std::int64_t>(capacity.people), std::string(why()), static_cast<std::int64_t>(capacity.desks)};
  } catch (const InvalidInput&) {
    return {};  // a hall too large to be counted exactly; whoever seats people is told
  }
}

std::vector<Cell> one_room_row(TableMaker& make, VenueIndex venue, const RoomPeople& people,
                               const NumberRanges& numbers) {
  const Room& room = make.exam[people.room];
  std::vector<Cell> row = room_row(
      make, venue, static_cast<std::int64_t>(room.room_no), room_place(room, make.language), remark_of(make, people),
      fmt::format("{}-{}", make.exam[venue].code.text(), room.room_no), people.people, numbers);
  RoomLimit limit = limit_of(make.capacities, room, make.korean);
  const auto end = row.end() - 1;  // blank
  *(end - 3) = std::move(limit.capacity);
  *(end - 2) = std::move(limit.limit);
  *(end - 1) = std::move(limit.desks);
  return row;
}

}  // namespace

namespace {

std::string tell_rooms(const TableMaker& make, std::size_t rooms) {
  return make.korean ? fmt::format("{}실", rooms) : count_of(static_cast<long long>(rooms), "room", "rooms");
}

// A school where nobody sits, as one row.
std::vector<Cell> unused_venue_row(const TableMaker& make, VenueIndex venue) {
  const Venue& there = make.exam[venue];
  std::vector<Cell> row(table_fields::rooms.size(), NoValue{});
  row[0] = there.name;
  row[1] = there.code.text();
  row[2] = tell_rooms(make, there.room_count);
  row[6] = std::int64_t{0};
  row[13] = make.say("미사용 시험장", "venue not used");
  return row;
}

}  // namespace

TableData room_table(const PlannedExam& planned, VenueIndex venue, const PaperContext& context) {
  TableMaker make(planned, venue, context, table_fields::rooms);
  std::vector<bool> shown(make.exam.venues.size());
  for (VenuePeople& one : make.venues) {
    shown[one.venue.value] = true;
    const NumberRanges numbers(planned, one.venue, all_of(one));
    std::set<RoomIndex> used;
    for (const RoomPeople& people : one.rooms) used.insert(people.room);
    for (std::uint32_t i = 0; i < make.exam[one.venue].room_count; ++i) {
      const RoomIndex room(std::size_t{make.exam[one.venue].first_room} + i);
      if (!used.contains(room)) one.rooms.push_back({room, {}});
    }
    std::sort(one.rooms.begin(), one.rooms.end(),
              [](const RoomPeople& a, const RoomPeople& b) { return a.room < b.room; });
    for (const RoomPeople& people : one.rooms) make.rows().push_back(one_room_row(make, one.venue, people, numbers));
  }
  for (std::size_t i = 0; make.city && i < shown.size(); ++i) {
    if (!shown[i]) make.rows().push_back(unused_venue_row(make, VenueIndex(i)));
  }
  return std::move(make.data);
}

TableData return_table(const PlannedExam& planned, VenueIndex venue, const PaperContext& context) {
  TableMaker make(planned, venue, context, table_fields::rooms);
  for (const VenuePeople& one : make.venues) {
    const NumberRanges numbers(planned, one.venue, all_of(one));
    if (make.city) {
      const std::string count = tell_rooms(make, one.rooms.size());
      make.rows().push_back(room_row(make, one.venue, count, "", "", "", all_of(one), numbers));
      continue;
    }
    for (const RoomPeople& people : one.rooms) make.rows().push_back(one_room_row(make, one.venue, people, numbers));
  }
  return std::move(make.data);
}

namespace {

void add_material_rows(TableMaker& make, VenueIndex venue, const Cell& room, const PaperCounts& counts) {
  for (const auto& [paper, count] : counts) {
    const Unit& unit = make.exam[paper.unit];
    make.rows().push_back({make.exam[venue].name, make.exam[venue].code.text(), room, unit_name(unit, make.language),
                           unit.subject_set, booklet_name(paper.booklet), count.people, count.spare,
                           count.people + count.spare, count_or_nothing(count.large_print), NoValue{}});
  }
}

}  // namespace

TableData materials_table(const PlannedExam& planned, VenueIndex venue, const PaperContext& context) {
  TableMaker make(planned, venue, context, table_fields::materials);
  for (const VenuePeople& one : make.venues) {
    PaperCounts of_venue;
    for (const RoomPeople& room : one.rooms) {
      const PaperCounts counts = count_papers(make.exam, room.people);
      if (!make.city)
        add_material_rows(make, one.venue, static_cast<std::int64_t>(make.exam[room.room].room_no), counts);
      for (const auto& [paper, count] : counts) {
        PaperCount& sum = of_venue[paper];
        sum.people += count.people;
        sum.spare += count.spare;
        sum.large_print += count.large_print;
      }
    }
    if (make.city) {
      add_material_rows(make, one.venue, tell_rooms(make, one.rooms.size()), of_venue);
    }
  }
  return std::move(make.data);
}

namespace {

// More ranges than that make a row that nobody reads: they stand in columns behind the table.
constexpr std::size_t most_ranges_in_a_row = 6;

// The numbers of one unit at one venue.
struct NumbersThere {
  std::size_t ranges = 0;
  std::string text;
  std::int64_t people = 0;
};
using NumbersByVenue = std::map<std::pair<VenueIndex, UnitIndex>, NumbersThere>;

NumbersByVenue numbers_by_venue(const std::vector<NumberLine>& lines) {
  NumbersByVenue numbers;
  for (const NumberLine& line : lines) {
    NumbersThere& there = numbers[{line.venue, line.unit}];
    there.text += (there.ranges == 0 ? "" : ", ") + line.range.text();
    there.people += line.range.people;
    ++there.ranges;
  }
  return numbers;
}

std::map<std::pair<VenueIndex, UnitIndex>, std::set<RoomIndex>> rooms_by_unit(const TableMaker& make) {
  std::map<std::pair<VenueIndex, UnitIndex>, std::set<RoomIndex>> rooms;
  for (const VenuePeople& one : make.venues) {
    for (const RoomPeople& room : one.rooms) {
      for (const Placement* placement : room.people) rooms[{one.venue, make.person(*placement).unit}].insert(room.room);
    }
  }
  return rooms;
}

}  // namespace

TableData notice_table(const PlannedExam& planned, VenueIndex venue, const PaperContext& context) {
  TableMaker make(planned, venue, context, table_fields::notice);
  const std::vector<NumberLine> lines = number_lines(planned, make);
  const auto rooms = rooms_by_unit(make);
  std::set<UnitIndex> scattered;
  for (const auto& [key, numbers] : numbers_by_venue(lines)) {
    const Venue& there = make.exam[key.first];
    const Unit& unit = make.exam[key.second];
    std::vector<Cell> row{there.name,
                          there.code.text(),
                          series_name(unit, make.language),
                          unit_name(unit, make.language),
                          numbers.text,
                          numbers.people,
                          static_cast<std::int64_t>(rooms.at(key).size()),
                          there.address,
                          there.phone,
                          unit_times(make.day, unit),
                          time_cell(seating_time(make.day, unit)),
                          NoValue{}};
    if (numbers.ranges <= most_ranges_in_a_row) {
      make.add_row(std::move(row), RowPlace::everywhere);
      continue;
    }
    scattered.insert(key.second);
    make.add_row(row, RowPlace::list);
    row[field_position(make.data.fields, "numbers")] = refer_to_lookup(make, numbers.ranges);
    make.add_row(std::move(row), RowPlace::page);
  }
  for (const UnitIndex unit : scattered) make.data.lookups.push_back(number_lookup(make, unit, lines));
  return std::move(make.data);
}

}  // namespace hanjari::documents
