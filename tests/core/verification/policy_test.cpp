// What each policy allows, and that it allows no more.
#include <gtest/gtest.h>

#include "hanjari/verification/verify.h"
#include "verification/naive_plan.h"

namespace hanjari::verification {
namespace {

// The codes found, in words; "clean" when there are none.
std::string judged(World& world) {
  world.tell_truth();
  const Verdict verdict = verify_plan(world.exam, world.rows);
  std::string codes;
  for (const auto& [code, count] : verdict.counts) codes += (codes.empty() ? "" : " ") + code;
  return codes.empty() ? "clean" : codes;
}

World small_world_without_order() {
  World world = small_world();
  world.rows.report.replanned_from = "an earlier plan";
  return world;
}

void seat_alone(World& world, PlacementRow& row, const Room& room) {
  world.sit(row, world.exam[room.venue].code.text(), room.room_no, {1, 1});
}

std::vector<PlacementRow*> routed(World& world, Routing routing) {
  std::vector<PlacementRow*> rows;
  for (PlacementRow& row : world.rows.placements) {
    if (world.person(row.applicant_id.text()).routing == routing) rows.push_back(&row);
  }
  return rows;
}

std::vector<PlacementRow*> granted(World& world, bool (*wanted)(const Accommodation&)) {
  std::vector<PlacementRow*> rows;
  for (PlacementRow& row : world.rows.placements) {
    if (wanted(world.person(row.applicant_id.text()).accommodation)) rows.push_back(&row);
  }
  return rows;
}

void add_exam_rooms(World& world, const std::string& venue, int count) {
  for (int nth = 0; nth < count; ++nth) {
    Room room = world.empty_room(VenueKind::regular, RoomUse::exam);
    room.venue = world.exam.find(VenueCode(venue));
    room.room_no = 100 + nth;
    world.exam.rooms.push_back(room);
    make_canonical(world.exam);
  }
}

TEST(VerifyPolicy, AcceptsEverySeatOrderOriginAndBookletCount) {
  for (const SeatOrder order : {SeatOrder::column_down, SeatOrder::column_serpentine, SeatOrder::row_major,
                                SeatOrder::row_serpentine, SeatOrder::random}) {
    for (const SeatOrigin origin :
         {SeatOrigin::front_left, SeatOrigin::front_right, SeatOrigin::back_left, SeatOrigin::back_right}) {
      for (const int booklets : {1, 2, 4}) {
        Exam exam = small_exam();
        exam.policy.seat_order = order;
        exam.policy.seat_origin = origin;
        exam.policy.booklets = booklets;
        World world = planned(std::move(exam));
        EXPECT_EQ(judged(world), "clean")
            << static_cast<int>(order) << ' ' << static_cast<int>(origin) << ' ' << booklets;
        // The same plan under another order is wrong: the orders are told apart.
        world.exam.policy.seat_origin =
            origin == SeatOrigin::front_left ? SeatOrigin::back_right : SeatOrigin::front_left;
        EXPECT_NE(judged(world), "clean");
      }
    }
  }
}

TEST(VerifyPolicy, SameSeriesMayShareAndOtherSeriesMayNot) {
  World world = small_world_without_order();
  world.exam.policy.mixing = Mixing::same_series;
  world.exchange(*world.ordinary_of("010").front(), *world.ordinary_of("011").front());
  EXPECT_EQ(judged(world), "clean");
  world.exchange(*world.ordinary_of("010").front(), *world.ordinary_of("020").front());
  EXPECT_EQ(judged(world), "mixed_room");
}

TEST(VerifyPolicy, SameSeriesOfAnotherGradeMayNotShare) {
  World world = small_world_without_order();
  world.exam.policy.mixing = Mixing::same_series;
  world.exam.units[1].grade = 8;
  world.exchange(*world.ordinary_of("010").front(), *world.ordinary_of("011").front());
  EXPECT_EQ(judged(world), "mixed_room");
}

TEST(VerifyPolicy, FreeMixingAllowsAnyUnits) {
  World world = small_world_without_order();
  world.exam.policy.mixing = Mixing::free;
  world.exchange(*world.ordinary_of("010").front(), *world.ordinary_of("020").front());
  EXPECT_EQ(judged(world), "clean");
}

TEST(VerifyPolicy, LeftoverAllowsOneSharedRoomPerUnitAndVenue) {
  World world = small_world_without_order();
  world.exam.policy.mixing = Mixing::leftover;
  const auto own = world.ordinary_of("020");
  const auto joins_at = [&](int nth, PlacementRow& row) {
    Room& room = world.room_of(*own[static_cast<std::size_t>(nth) * 9]);
    room.people_cap.reset();
    world.exam.policy.people_cap = 10;
    world.exam.policy.min_gap_cm = 0;
    const std::string venue = world.exam[room.venue].code.text();
    world.sit(row, venue, room.room_no, {1, 2});
  };
  joins_at(0, *world.ordinary_of("010").back());
  EXPECT_EQ(judged(world), "clean") << "one shared room at the venue";
  joins_at(1, *world.ordinary_of("011").back());
  EXPECT_EQ(judged(world), "mixed_room") << "unit 020 shares two rooms of the venue";
}

TEST(VerifyPolicy, PeopleWithExtraTimeMayMixUnits) {
  World world = small_world_without_order();
  const auto extra = granted(world, [](const Accommodation& a) { return a.multiplier != TimeMultiplier::x1_0; });
  PlacementRow& moves = *extra.back();
  ASSERT_NE(extra.front()->unit_code, moves.unit_code);
  world.exam.policy.min_gap_cm = 0;
  world.sit(moves, extra.front()->venue_code.text(), static_cast<int>(extra.front()->room_no), {5, 4});
  EXPECT_EQ(judged(world), "clean");
}

TEST(VerifyPolicy, SeparateRoomAndScribeMayShareAcrossUnits) {
  World world = small_world_without_order();
  const auto separate = granted(world, [](const Accommodation& a) { return a.separate_room; });
  const auto scribe = granted(world, [](const Accommodation& a) { return a.scribe; });
  ASSERT_NE(separate.front()->unit_code, scribe.front()->unit_code);
  world.exam.policy.min_gap_cm = 0;
  world.sit(*scribe.front(), separate.front()->venue_code.text(), static_cast<int>(separate.front()->room_no), {5, 4});
  EXPECT_EQ(judged(world), "clean");
}

TEST(VerifyPolicy, WheelchairAloneDoesNotMixUnits) {
  World world = small_world_without_order();
  const auto wheelchair = granted(world, [](const Accommodation& a) { return a.wheelchair; });
  ASSERT_NE(wheelchair[0]->unit_code, wheelchair[1]->unit_code);
  world.exam.policy.min_gap_cm = 0;
  world.sit(*wheelchair[1], wheelchair[0]->venue_code.text(), static_cast<int>(wheelchair[0]->room_no), {5, 4});
  EXPECT_EQ(judged(world), "mixed_room");
}

TEST(VerifyPolicy, PeopleWithAccommodationMaySitInExamRooms) {
  World world = small_world_without_order();
  const auto large = granted(world, [](const Accommodation& a) { return a.large_print; });
  seat_alone(world, *large.front(), world.empty_room(VenueKind::regular, RoomUse::exam));
  EXPECT_EQ(judged(world), "clean");
}

TEST(VerifyPolicy, RoomsSetAsideHoldReservePeople) {
  World world = small_world_without_order();
  world.exam.policy.reserve_rooms.per_district = 2;
  const auto reserve = routed(world, Routing::reserve);
  seat_alone(world, *reserve[0], world.empty_room(VenueKind::regular, RoomUse::exam));
  EXPECT_EQ(judged(world), "wrong_room_use") << "district 11110 keeps none free";
  add_exam_rooms(world, "V1", 2);
  EXPECT_EQ(judged(world), "clean") << "one reserve person in an exam room set aside";
  seat_alone(world, *reserve[1], world.empty_room(VenueKind::regular, RoomUse::exam, 2));
  EXPECT_EQ(judged(world), "clean") << "two rooms set aside and both used";
  world.exam.policy.reserve_rooms.per_district = 1;
  EXPECT_EQ(judged(world), "wrong_room_use") << "two rooms used, one set aside";
}

TEST(VerifyPolicy, RoomsSetAsideAreNotShared) {
  World world = small_world_without_order();
  add_exam_rooms(world, "V1", 2);
  world.exam.policy.reserve_rooms.per_district = 2;
  world.exam.policy.min_gap_cm = 0;
  PlacementRow& reserve = *routed(world, Routing::reserve).front();
  const auto own = world.ordinary_of("020");
  PlacementRow& other = *own.back();
  ASSERT_EQ(other.venue_code.text(), "V3");
  world.sit(reserve, "V3", static_cast<int>(other.room_no), {5, 4});
  EXPECT_EQ(judged(world), "wrong_room_use");
}

TEST(VerifyPolicy, EveryVenueKeepsItsReserveRoomsFree) {
  World world = small_world();
  world.exam.policy.reserve_rooms.per_venue = 7;
  EXPECT_EQ(judged(world), "wrong_room_use") << "V1 and V2 use all their exam rooms";
  for (Venue& venue : world.exam.venues) {
    if (venue.code.text() != "V3" && venue.kind == VenueKind::regular) venue.kind = VenueKind::accommodation;
  }
  const Verdict verdict = verify_plan(world.exam, world.rows);
  for (const Violation& violation : verdict.violations)
    EXPECT_NE(violation.subject, "V3") << "V3 has seven empty rooms";
  world.exam.policy.reserve_rooms.per_venue = 8;
  bool told_of_v3 = false;
  for (const Violation& violation : verify_plan(world.exam, world.rows).violations) {
    told_of_v3 = told_of_v3 || violation.subject == "V3";
  }
  EXPECT_TRUE(told_of_v3);
}

TEST(VerifyPolicy, UnseatedPeopleAreNoViolationOfAPlanThatAdmitsThem) {
  for (const PlanStatus status : {PlanStatus::infeasible, PlanStatus::gave_up}) {
    World world = small_world_without_order();
    world.rows.unseated.push_back({world.rows.placements.back().applicant_id, "no_capacity", "no room"});
    world.rows.placements.pop_back();
    world.rows.report.status = status;
    EXPECT_EQ(judged(world), "clean");
    world.rows.has_report = false;
    EXPECT_EQ(judged(world), "clean") << "without a report nobody claims that all are seated";
  }
}

TEST(VerifyPolicy, PeopleWithoutASeatAreCountedWhateverThePlanSays) {
  World world = small_world_without_order();
  const std::size_t people = world.exam.applicants.size();
  EXPECT_TRUE(verify_plan(world.exam, world.rows).complete());
  world.rows.unseated.push_back({world.rows.placements.back().applicant_id, "no_capacity", "no room"});
  world.rows.placements.pop_back();
  world.rows.placements.pop_back();  // and one who stands nowhere
  for (const PlanStatus status : {PlanStatus::infeasible, PlanStatus::feasible}) {
    world.rows.report.status = status;
    const Verdict verdict = verify_plan(world.exam, world.rows);
    EXPECT_FALSE(verdict.complete());
    EXPECT_EQ(verdict.unseated, 2U);
    EXPECT_EQ(verdict.people, people);
  }
}

TEST(VerifyPolicy, OrderOfNumbersIsDemandedOfAFirstPlanOnly) {
  World world = small_world();
  const auto own = world.ordinary_of("010");
  std::swap(own.front()->applicant_number, own.back()->applicant_number);
  EXPECT_EQ(judged(world), "number_order");
  world.rows.report.replanned_from = "an earlier plan";
  EXPECT_EQ(judged(world), "clean");
  world.rows.report.replanned_from.clear();
  world.rows.has_report = false;
  EXPECT_EQ(judged(world), "clean");
}

TEST(VerifyPolicy, DrawnSeatsNeedNotFollowTheNumbers) {
  World world = small_world();
  const auto own = world.ordinary_of("010");
  std::swap(own[0]->applicant_number, own[1]->applicant_number);
  EXPECT_EQ(judged(world), "number_order");
  world.exam.policy.seat_order = SeatOrder::random;
  EXPECT_EQ(judged(world), "clean");
}

TEST(VerifyPolicy, NumbersMayHaveNoPrefix) {
  World world = small_world();
  world.exam.header.applicant_number = {NumberPrefix::none, 8, false};
  EXPECT_EQ(judged(world), "clean") << "unit code and five digits read as eight digits";
}

TEST(VerifyPolicy, TheCheckDigitClosesTheNumber) {
  World world = small_world();
  world.rows.report.replanned_from = "an earlier plan";
  world.exam.header.applicant_number.check_digit = true;
  EXPECT_EQ(judged(world), "number_form");
  // Of the ten digits one is right.
  for (PlacementRow& row : world.rows.placements) {
    const std::string number = row.applicant_number.text();
    int accepted = 0;
    char right = '0';
    PlanRows alone;
    for (char digit = '0'; digit <= '9'; ++digit) {
      row.applicant_number = ApplicantNumber(number + digit);
      alone.placements = {row};
      if (verify_plan(world.exam, alone).counts.contains("number_form")) continue;
      ++accepted;
      right = digit;
    }
    ASSERT_EQ(accepted, 1) << number;
    row.applicant_number = ApplicantNumber(number + right);
  }
  EXPECT_EQ(judged(world), "clean");
}

TEST(VerifyPolicy, TheCheckDigitIsThatOfIso7064) {
  World world = small_world();
  PlacementRow& row = world.rows.placements.front();
  world.exam.header.applicant_number = {NumberPrefix::none, 4, true};
  row.applicant_number = ApplicantNumber("07945");  // the standard's own example
  PlanRows alone;
  alone.placements = {row};
  EXPECT_FALSE(verify_plan(world.exam, alone).counts.contains("number_form"));
}

TEST(VerifyPolicy, AMetreOfTravelIsTolerated) {
  for (const Metres difference : {-1, 1}) {
    World world = small_world();
    for (PlacementRow& row : world.rows.placements) row.travel_m += difference;
    EXPECT_EQ(judged(world), "clean");
  }
}

TEST(VerifyPolicy, TheTravelTableReplacesTheDistance) {
  World world = small_world();
  world.exam.policy.travel = TravelSource::table;
  EXPECT_EQ(judged(world), "clean") << "nobody has an origin: as the crow flies";
  const WordIndex origin = world.exam.words.intern("종로구 청운동");
  for (std::size_t venue = 0; venue < world.exam.venues.size(); ++venue) {
    world.exam.travel.push_back({origin, VenueIndex(venue), 500 + static_cast<Metres>(venue)});
  }
  for (Applicant& person : world.exam.applicants) person.origin = origin;
  EXPECT_EQ(judged(world), "wrong_travel");
  for (PlacementRow& row : world.rows.placements) {
    row.travel_m = 500 + static_cast<Metres>(world.exam.find(row.venue_code).value);
  }
  EXPECT_EQ(judged(world), "clean");
  world.exam.policy.travel = TravelSource::haversine;
  EXPECT_EQ(judged(world), "wrong_travel") << "travel.csv is ignored with haversine";
}

}  // namespace
}  // namespace hanjari::verification
