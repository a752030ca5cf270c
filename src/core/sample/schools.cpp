#include "sample/schools.h"

#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "sample/names.h"

namespace hanjari::sample {
namespace {

constexpr std::string_view school_kinds[] = {"고등학교",   "중학교",       "여자고등학교",
                                             "여자중학교", "공업고등학교", "상업고등학교"};
constexpr int rooms_a_floor = 8;

class SchoolBuilder {
 public:
  SchoolBuilder(Exam& exam, const Map& map, std::int64_t venues, std::uint64_t seed)
      : exam_(exam),
        map_(map),
        dice_(seed, "schools"),
        width_(std::max<std::size_t>(4, std::to_string(venues + 3).size())) {}

  // Adds a venue in a place of the map.
  VenueIndex add_venue(std::size_t place_number, VenueKind kind) {
    const Place& place = map_.places()[place_number];
    const std::size_t number = exam_.venues.size();
    Venue& venue = exam_.venues.emplace_back();
    venue.code = VenueCode(fmt::format("V{:0{}}", number + 1, width_));
    // Stems repeat after 1,600 schools, then with another kind of school; after 9,600 with a number.
    const std::string stem = name_stem(number % stem_count);
    const std::size_t round = number / stem_count;
    venue.name = stem + std::string(school_kinds[(number + round) % std::size(school_kinds)]);
    if (round >= std::size(school_kinds)) venue.name += fmt::format(" 제{}캠퍼스", round / std::size(school_kinds) + 1);
    venue.district = exam_.words.intern(place.code);
    const std::string where = place.ko == "세종" || std::string(place.province).starts_with(place.ko)
                                  ? std::string(place.province)
                                  : fmt::format("{} {}", place.province, place.ko);
    venue.address = fmt::format("{} {}로 {}", where, stem, dice_.between(1, 299));
    venue.at = map_.draw_point(dice_, place_number, 500);
    venue.kind = kind;
    venue.phone = fmt::format("000-{:04}-{:04}", (number + 1) / 10'000, (number + 1) % 10'000);
    has_lift_ = dice_.below(100) < 30;
    room_no_ = 0;
    return VenueIndex(number);
  }

  // Adds rooms to a venue; numbers go on.
  void add_room(VenueIndex venue, RoomUse use, int rows, int columns, std::optional<int> cap, bool ground_floor) {
    const int position = room_no_++;
    Room& room = exam_.rooms.emplace_back();
    room.venue = venue;
    room.room_no = room_no_;
    const int story = ground_floor ? 0 : position / rooms_a_floor;
    room.building = story < 4 ? "본관" : "별관";
    room.floor = std::to_string(story < 4 ? story + 1 : (story - 4) % 4 + 1);
    room.accessible = room.floor == "1" || has_lift_;
    room.row_count = rows;
    room.column_count = columns;
    room.row_pitch_cm = use == RoomUse::exam && rows > 4 ? (rows > 5 ? 110 : 130) : 150;
    room.column_pitch_cm = use == RoomUse::exam && rows > 4 ? 140 : 150;
    room.people_cap = cap;
    room.use = use;
  }

  Dice& dice() { return dice_; }

 private:
  Exam& exam_;
  const Map& map_;
  Dice dice_;
  std::size_t width_;
  bool has_lift_ = false;
  int room_no_ = 0;
};

std::vector<std::int64_t> venues_by_place(const Map& map, std::int64_t venues) {
  std::vector<std::int64_t> people;
  for (const Place& place : map.places()) people.push_back(place.thousands);
  return apportion(venues, people);
}

// A desk that cannot be used stands in one room of 25, where desks are left over.
void block_some_desks(Exam& exam, const SchoolPlan& plan, Dice& dice) {
  if (plan.rows * plan.columns <= plan.cap) return;
  for (Room& room : exam.rooms) {
    if (dice.below(25) != 0) continue;
    room.blocked = {
        {static_cast<int>(dice.between(1, room.row_count)), static_cast<int>(dice.between(1, room.column_count))}};
  }
}

void ensure_accessible(Exam& exam, std::int64_t wanted) {
  std::int64_t accessible = 0;
  for (const Room& room : exam.rooms) accessible += room.accessible && room.use == RoomUse::exam ? 1 : 0;
  for (Room& room : exam.rooms) {
    if (accessible >= wanted) return;
    if (room.accessible || room.use != RoomUse::exam) continue;
    room.accessible = true;
    ++accessible;
  }
}

}  // namespace

void add_schools(Exam& exam, const SchoolPlan& plan, const Map& map, std::uint64_t seed) {
  SchoolBuilder builder(exam, map, plan.venues, seed);
  std::vector<std::int64_t> sizes;
  for (std::int64_t venue = 0; venue < plan.venues; ++venue) sizes.push_back(builder.dice().between(17, 32));
  const std::vector<std::int64_t> rooms = apportion(plan.exam_rooms - plan.venues, sizes);
  const std::vector<std::int64_t> counts = venues_by_place(map, plan.venues);
  std::size_t number = 0;
  for (std::size_t place = 0; place < counts.size(); ++place) {
    for (std::int64_t count = 0; count < counts[place]; ++count, ++number) {
      const VenueIndex venue = builder.add_venue(place, VenueKind::regular);
      for (std::int64_t room = 0; room < rooms[number] + 1; ++room)
        builder.add_room(venue, RoomUse::exam, plan.rows, plan.columns, std::nullopt, false);
      if (plan.reserve_rooms) builder.add_room(venue, RoomUse::reserve, plan.rows, plan.columns, std::nullopt, true);
      const auto position = static_cast<std::int64_t>(number);
      const std::int64_t separate =
          plan.separate_rooms * (position + 1) / plan.venues - plan.separate_rooms * position / plan.venues;
      for (std::int64_t room = 0; room < separate; ++room)
        builder.add_room(venue, RoomUse::separate, 4, 4, static_cast<int>(separate_room_people), true);
    }
  }
  const auto special = [&](VenueKind kind, std::int64_t room_count, int cap) {
    const VenueIndex venue = builder.add_venue(map.draw_place(builder.dice()), kind);
    for (std::int64_t room = 0; room < room_count; ++room) builder.add_room(venue, RoomUse::exam, 4, 4, cap, true);
  };
  if (plan.isolation_rooms > 0) {
    special(VenueKind::isolation, (plan.isolation_rooms + 1) / 2, 6);
    special(VenueKind::isolation, (plan.isolation_rooms + 1) / 2, 6);
  }
  if (plan.accommodation_rooms > 0) special(VenueKind::accommodation, plan.accommodation_rooms, 10);
  block_some_desks(exam, plan, builder.dice());
  ensure_accessible(exam, plan.accessible_rooms);
}

}  // namespace hanjari::sample
