// Every code of the contract: a good plan, broken on purpose in one way, is caught with exactly that code.
#include "hanjari/verification/verify.h"

#include <algorithm>
#include <functional>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hanjari/base/random.h"
#include "verification/naive_plan.h"

namespace hanjari::verification {
namespace {

using Codes = std::set<std::string>;

Codes codes_of(const Verdict& verdict) {
  Codes codes;
  for (const auto& [code, count] : verdict.counts) codes.insert(code);
  return codes;
}

std::string told(const Verdict& verdict) {
  std::string text;
  for (const Violation& violation : verdict.violations) {
    text += fmt::format("{} {}: {}\n", violation.code, violation.subject, violation.message.en);
  }
  return text;
}

// After the change the report is made true again, so that nothing but the change itself is wrong.
struct Break {
  std::string name;
  Codes caught_as;
  std::function<void(World&)> change;
};

void PrintTo(const Break& broken, std::ostream* out) {
  *out << broken.name;
}

void waive_order(World& world) {
  world.rows.report.replanned_from = "an earlier plan";
}

void move_to_unseated(World& world, std::string id) {
  std::erase_if(world.rows.placements, [&](const PlacementRow& row) { return row.applicant_id.text() == id; });
  world.rows.unseated.push_back({ApplicantId(id), "no_capacity", "no room"});
}

void sit_alone(World& world, PlacementRow& row, const Room& room) {
  waive_order(world);
  world.sit(row, world.exam[room.venue].code.text(), room.room_no, {1, 1});
}

PlacementRow& first_of(World& world, Routing routing) {
  for (PlacementRow& row : world.rows.placements) {
    if (world.person(row.applicant_id.text()).routing == routing) return row;
  }
  throw std::logic_error("nobody is routed so");
}

PlacementRow& first_with(World& world, const std::function<bool(const Accommodation&)>& wanted) {
  for (PlacementRow& row : world.rows.placements) {
    if (wanted(world.person(row.applicant_id.text()).accommodation)) return row;
  }
  throw std::logic_error("nobody has this accommodation");
}

// The person with the last number of the unit's last room: leaving does not break the order of the others.
PlacementRow& last_of_unit(World& world, const std::string& unit) {
  auto own = std::vector<PlacementRow*>();
  for (PlacementRow& row : world.rows.placements) {
    if (row.unit_code.text() == unit) own.push_back(&row);
  }
  return **std::max_element(own.begin(), own.end(), [](const PlacementRow* a, const PlacementRow* b) {
    return a->applicant_number < b->applicant_number;
  });
}

void use_table(World& world, bool reachable) {
  PlacementRow& row = *world.ordinary_of("010").front();
  Applicant& person = world.person(row.applicant_id.text());
  world.exam.policy.travel = TravelSource::table;
  person.origin = world.exam.words.intern("종로구 청운동");
  for (std::size_t venue = 0; venue < world.exam.venues.size(); ++venue) {
    if (!reachable && world.exam.venues[venue].code == row.venue_code) continue;
    world.exam.travel.push_back({person.origin, VenueIndex(venue), 1234});
  }
  row.travel_m = 1234;
}

const std::vector<Break>& breaks() {
  static const std::vector<Break> all = {
      {"TwoPeopleAtOneDesk",
       {"double_seat"},
       [](World& w) {
         const auto own = w.ordinary_of("010");
         PlacementRow& second = *own[1];
         w.sit(second, own[0]->venue_code.text(), static_cast<int>(own[0]->room_no),
               {static_cast<int>(own[0]->row), static_cast<int>(own[0]->column)});
       }},
      {"TwoPeopleWithOneSeatNumber",
       {"double_seat", "wrong_seat_no"},
       [](World& w) {
         const auto own = w.ordinary_of("010");
         own[1]->seat_no = own[0]->seat_no;
       }},
      {"PersonLeftOut",
       {"missing_person"},
       [](World& w) {
         const std::string id = last_of_unit(w, "030").applicant_id.text();
         std::erase_if(w.rows.placements, [&](const PlacementRow& row) { return row.applicant_id.text() == id; });
       }},
      {"UnseatedInAPlanThatClaimsEverybody",
       {"missing_person", "wrong_report"},
       [](World& w) { move_to_unseated(w, last_of_unit(w, "030").applicant_id.text()); }},
      {"StrangerSeated",
       {"unknown_person"},
       [](World& w) {
         PlacementRow row = *w.ordinary_of("010").front();
         const Room& room = w.empty_room(VenueKind::regular, RoomUse::exam);
         row.applicant_id = ApplicantId("Z0000001");
         row.applicant_number = ApplicantNumber("01099999");
         row.venue_code = w.exam[room.venue].code;
         row.room_no = room.room_no;
         w.rows.placements.push_back(row);
       }},
      {"StrangerInsteadOfAPerson",
       {"unknown_person", "missing_person"},
       [](World& w) {
         waive_order(w);
         w.rows.placements.back().applicant_id = ApplicantId("Z0000001");
       }},
      {"StrangerUnseated",
       {"unknown_person"},
       [](World& w) {
         w.rows.unseated.push_back({ApplicantId("Z0000001"), "no_capacity", ""});
         w.rows.report.status = PlanStatus::gave_up;
       }},
      {"PersonTwiceAtOneDesk",
       {"person_twice"},
       [](World& w) { w.rows.placements.insert(w.rows.placements.begin(), w.rows.placements.front()); }},
      {"PersonTwiceInTwoRooms",
       {"person_twice"},
       [](World& w) {
         const PlacementRow copy = *w.ordinary_of("030").back();
         const auto at = std::find_if(w.rows.placements.begin(), w.rows.placements.end(),
                                      [&](const PlacementRow& row) { return row.applicant_id == copy.applicant_id; });
         const auto second = w.rows.placements.insert(at + 1, copy);
         const Room& room = w.empty_room(VenueKind::regular, RoomUse::exam);
         w.sit(*second, w.exam[room.venue].code.text(), room.room_no, {1, 1});
       }},
      {"PersonSeatedAndUnseated",
       {"person_twice"},
       [](World& w) {
         w.rows.unseated.push_back({w.rows.placements.front().applicant_id, "no_capacity", ""});
         w.rows.report.status = PlanStatus::gave_up;
       }},
      {"PersonUnseatedTwice",
       {"person_twice", "wrong_report"},
       [](World& w) {
         move_to_unseated(w, last_of_unit(w, "030").applicant_id.text());
         w.rows.unseated.push_back(w.rows.unseated.back());
         w.rows.report.status = PlanStatus::infeasible;
       }},
      {"OneMoreThanThePolicyCap",
       {"over_capacity"},
       [](World& w) {
         waive_order(w);
         const auto own = w.ordinary_of("010");
         w.exam.policy.min_gap_cm = 0;
         PlacementRow& newcomer = *own.back();
         const Room& full = w.room_of(*own.front());
         for (const Desk desk : listed_desks(full, SeatOrder::row_major, SeatOrigin::front_left)) {
           const auto people = w.people_in(full);
           const bool free = std::none_of(people.begin(), people.end(), [&](const PlacementRow* at) {
             return at->row == desk.row && at->column == desk.column;
           });
           if (free) return w.sit(newcomer, own.front()->venue_code.text(), full.room_no, desk);
         }
       }},
      {"OneMoreThanTheRoomCap",
       {"over_capacity"},
       [](World& w) { w.room_of(*w.ordinary_of("010").front()).people_cap = 8; }},
      {"TwoUnitsInOneRoom",
       {"mixed_room"},
       [](World& w) {
         waive_order(w);
         w.exchange(*w.ordinary_of("010").front(), *w.ordinary_of("020").front());
       }},
      {"SeparateRoomAmongOthers",
       {"mixed_room"},
       [](World& w) {
         w.exam.policy.mixing = Mixing::free;
         w.person(w.ordinary_of("010").front()->applicant_id.text()).accommodation.separate_room = true;
       }},
      {"ScribeAmongOthers",
       {"mixed_room"},
       [](World& w) { w.person(w.ordinary_of("010").front()->applicant_id.text()).accommodation.scribe = true; }},
      {"TwoDurationsInOneRoom",
       {"mixed_time"},
       [](World& w) {
         waive_order(w);
         w.exam.policy.mixing = Mixing::free;
         w.exchange(*w.ordinary_of("010").front(), *w.ordinary_of("030").front());
       }},
      {"TwoMultipliersInOneRoom",
       {"mixed_time"},
       [](World& w) {
         w.person(w.ordinary_of("010").front()->applicant_id.text()).accommodation.multiplier = TimeMultiplier::x1_2;
       }},
      {"BlockedDesk",
       {"blocked_desk"},
       [](World& w) {
         w.exam.policy.min_gap_cm = 0;
         PlacementRow& row = *w.ordinary_of("010").front();
         row.row = row.column = 5;
         row.booklet = "A";
       }},
      {"DeskOutsideTheRoom",
       {"blocked_desk"},
       [](World& w) {
         PlacementRow& row = *w.ordinary_of("010").front();
         row.row = 6;
         row.column = 2;
         row.booklet = "A";
       }},
      {"DeskZero",
       {"blocked_desk"},
       [](World& w) {
         PlacementRow& row = *w.ordinary_of("010").front();
         row.row = row.column = 0;
         row.booklet = "A";
       }},
      {"NeighboursTooNear",
       {"desk_too_near"},
       [](World& w) {
         waive_order(w);
         const auto own = w.ordinary_of("010");
         const Desk beside{static_cast<int>(own[0]->row), static_cast<int>(own[0]->column) == 1 ? 2 : 1};
         w.sit(*own[1], own[0]->venue_code.text(), static_cast<int>(own[0]->room_no), beside);
       }},
      {"WheelchairInAnInaccessibleRoom",
       {"not_accessible"},
       [](World& w) {
         w.room_of(first_with(w, [](const Accommodation& a) { return a.wheelchair; })).accessible = false;
       }},
      {"OrdinaryPersonInAReserveRoom",
       {"wrong_room_use"},
       [](World& w) {
         sit_alone(w, *w.ordinary_of("010").front(), w.empty_room(VenueKind::regular, RoomUse::reserve));
       }},
      {"OrdinaryPersonInASeparateRoom",
       {"wrong_room_use"},
       [](World& w) {
         Room& room = w.empty_room(VenueKind::regular, RoomUse::exam);
         room.use = RoomUse::separate;
         sit_alone(w, *w.ordinary_of("010").front(), room);
       }},
      {"OrdinaryPersonInAnIsolationVenue",
       {"wrong_room_use"},
       [](World& w) {
         sit_alone(w, *w.ordinary_of("010").front(), w.empty_room(VenueKind::isolation, RoomUse::exam));
       }},
      {"OrdinaryPersonInAnAccommodationVenue",
       {"wrong_room_use"},
       [](World& w) {
         sit_alone(w, *w.ordinary_of("010").front(), w.empty_room(VenueKind::accommodation, RoomUse::exam));
       }},
      {"IsolatedPersonInARegularVenue",
       {"wrong_room_use"},
       [](World& w) {
         sit_alone(w, first_of(w, Routing::isolation), w.empty_room(VenueKind::regular, RoomUse::exam));
       }},
      {"ReservePersonInAnExamRoom",
       {"wrong_room_use"},
       [](World& w) { sit_alone(w, first_of(w, Routing::reserve), w.empty_room(VenueKind::regular, RoomUse::exam)); }},
      {"TooFewRoomsSetAsideInAVenue", {"wrong_room_use"}, [](World& w) { w.exam.policy.reserve_rooms.per_venue = 1; }},
      {"TooFewRoomsSetAsideInADistrict",
       {"wrong_room_use"},
       [](World& w) { w.exam.policy.reserve_rooms.per_district = 1; }},
      {"OtherUnit", {"wrong_unit"}, [](World& w) { w.ordinary_of("010").front()->unit_code = UnitCode("011"); }},
      {"NoSuchVenue", {"unknown_venue"}, [](World& w) { w.rows.placements.front().venue_code = VenueCode("V9"); }},
      {"NoSuchRoom", {"unknown_room"}, [](World& w) { w.rows.placements.front().room_no = 99; }},
      {"RoomZero", {"unknown_room"}, [](World& w) { w.rows.placements.front().room_no = 0; }},
      {"NumberGivenTwice",
       {"duplicate_number"},
       [](World& w) {
         const auto own = w.ordinary_of("010");
         own[1]->applicant_number = own[0]->applicant_number;
       }},
      {"NumberOfAnotherUnit",
       {"duplicate_number"},
       [](World& w) { w.ordinary_of("010")[0]->applicant_number = w.ordinary_of("020")[0]->applicant_number; }},
      {"NumberWithoutPrefix",
       {"number_form"},
       [](World& w) { w.ordinary_of("010").front()->applicant_number = ApplicantNumber("00001"); }},
      {"NumberTooShort",
       {"number_form"},
       [](World& w) { w.ordinary_of("010").front()->applicant_number = ApplicantNumber("0100001"); }},
      {"NumberWithLetters",
       {"number_form"},
       [](World& w) { w.ordinary_of("010").front()->applicant_number = ApplicantNumber("0100000x"); }},
      {"NoNumber",
       {"number_form"},
       [](World& w) { w.ordinary_of("010").front()->applicant_number = ApplicantNumber(""); }},
      {"NumberZero",
       {"number_form"},
       [](World& w) { w.ordinary_of("010").front()->applicant_number = ApplicantNumber("01000000"); }},
      {"NumbersFallInARoom",
       {"number_order"},
       [](World& w) {
         const auto own = w.ordinary_of("010");
         std::swap(own[0]->applicant_number, own[1]->applicant_number);
       }},
      {"NumbersOfTwoRoomsTangled",
       {"number_order"},
       [](World& w) {
         w.exam.policy.seat_order = SeatOrder::random;
         const auto own = w.ordinary_of("010");
         std::swap(own.front()->applicant_number, own.back()->applicant_number);
       }},
      {"NumbersOfTwoVenuesTangled",
       {"number_order"},
       [](World& w) {
         // The unit's first room at V2 gets its numbers last: every room stays consecutive, the venue does not.
         std::vector<PlacementRow*> own;
         for (PlacementRow& row : w.rows.placements) {
           if (row.unit_code.text() == "020") own.push_back(&row);
         }
         const auto late = [](const PlacementRow* row) { return row->venue_code.text() == "V2" && row->room_no == 3; };
         ASSERT_TRUE(std::any_of(own.begin(), own.end(), late));
         std::sort(own.begin(), own.end(), [&](const PlacementRow* a, const PlacementRow* b) {
           return std::tuple(late(a), a->applicant_number) < std::tuple(late(b), b->applicant_number);
         });
         int number = 0;
         for (PlacementRow* row : own) row->applicant_number = ApplicantNumber(fmt::format("020{:05}", ++number));
       }},
      {"OtherSeatNumber", {"wrong_seat_no"}, [](World& w) { w.ordinary_of("010")[8]->seat_no = 24; }},
      {"OtherBooklet",
       {"wrong_booklet"},
       [](World& w) {
         std::string& booklet = w.rows.placements.front().booklet;
         booklet = booklet == "A" ? "B" : "A";
       }},
      {"PrintedBooklet", {"wrong_booklet"}, [](World& w) { w.rows.placements.front().booklet = "가"; }},
      {"TravelTwoMetresShort", {"wrong_travel"}, [](World& w) { w.rows.placements.front().travel_m -= 2; }},
      {"TravelTwoMetresLong", {"wrong_travel"}, [](World& w) { w.rows.placements.front().travel_m += 2; }},
      {"VenueThatCannotBeReached", {"wrong_travel"}, [](World& w) { use_table(w, false); }},
      {"TravelOtherThanTheTable",
       {"wrong_travel"},
       [](World& w) {
         use_table(w, true);
         w.ordinary_of("010").front()->travel_m += 2;
       }},
      {"PlacementsNotSorted",
       {"wrong_report"},
       [](World& w) { std::swap(w.rows.placements.front(), w.rows.placements.back()); }},
  };
  return all;
}

class BrokenPlan : public testing::TestWithParam<Break> {};

TEST_P(BrokenPlan, IsCaughtWithExactlyItsCode) {
  World world = small_world();
  GetParam().change(world);
  world.tell_truth();
  const Verdict verdict = verify_plan(world.exam, world.rows);
  EXPECT_EQ(codes_of(verdict), GetParam().caught_as) << told(verdict);
  for (const Violation& violation : verdict.violations) {
    EXPECT_FALSE(violation.subject.empty());
    EXPECT_FALSE(violation.message.en.empty());
    EXPECT_FALSE(violation.message.ko.empty());
  }
}

INSTANTIATE_TEST_SUITE_P(Verify, BrokenPlan, testing::ValuesIn(breaks()),
                         [](const auto& one) { return one.param.name; });

TEST(Verify, FindsNothingInAGoodPlan) {
  const World world = small_world();
  const Verdict verdict = verify_plan(world.exam, world.rows);
  EXPECT_TRUE(verdict.clean()) << told(verdict);
  EXPECT_EQ(verdict.people_checked, world.exam.applicants.size());
}

TEST(Verify, CatchesEveryCodeOfItsList) {
  Codes caught;
  for (const Break& broken : breaks()) caught.insert(broken.caught_as.begin(), broken.caught_as.end());
  EXPECT_EQ(caught, Codes(violation_codes().begin(), violation_codes().end()));
}

// A person who is alone of the unit at a venue may have any free number: consecutive it is all the same.
bool any_number_will_do(World& world, const PlacementRow& row) {
  return std::count_if(world.rows.placements.begin(), world.rows.placements.end(), [&](const PlacementRow& other) {
           return other.unit_code == row.unit_code && other.venue_code == row.venue_code;
         }) == 1;
}

// Whatever single value of placements.csv changes, the change is seen, and seen as what it is.
struct Field {
  std::string name;
  Codes seen_as;  // at least one of them
  std::function<void(PlacementRow&, RandomStream&)> change;
};

const std::vector<Field>& fields() {
  const auto other = [](std::int64_t value, RandomStream& random) {
    return value + (random.below(2) == 0 ? -1 : 1) * static_cast<std::int64_t>(1 + random.below(30));
  };
  static const std::vector<Field> all = {
      {"applicant_id",
       {"unknown_person"},
       [](PlacementRow& row, RandomStream&) { row.applicant_id = ApplicantId(row.applicant_id.text() + "x"); }},
      {"applicant_number",
       {"duplicate_number", "number_order", "number_form"},
       [](PlacementRow& row, RandomStream& random) {
         const int number = std::stoi(row.applicant_number.text().substr(3));
         const int changed = number + static_cast<int>(1 + random.below(200));
         row.applicant_number =
             ApplicantNumber(fmt::format("{}{:05}", row.applicant_number.text().substr(0, 3), changed));
       }},
      {"unit_code",
       {"wrong_unit"},
       [](PlacementRow& row, RandomStream& random) {
         const UnitCode before = row.unit_code;
         while (row.unit_code == before) {
           row.unit_code = UnitCode(std::vector<const char*>{"010", "011", "020", "030", "040"}[random.below(5)]);
         }
       }},
      {"venue_code",
       {"wrong_travel", "unknown_venue"},
       [](PlacementRow& row, RandomStream& random) {
         const VenueCode before = row.venue_code;
         while (row.venue_code == before) {
           row.venue_code = VenueCode(std::vector<const char*>{"V1", "V2", "V3", "W1", "X1", "Y1"}[random.below(6)]);
         }
       }},
      {"row",
       {"wrong_seat_no", "blocked_desk"},
       [=](PlacementRow& row, RandomStream& random) { row.row = other(row.row, random); }},
      {"column",
       {"wrong_seat_no", "blocked_desk"},
       [=](PlacementRow& row, RandomStream& random) { row.column = other(row.column, random); }},
      {"seat_no",
       {"wrong_seat_no"},
       [=](PlacementRow& row, RandomStream& random) { row.seat_no = other(row.seat_no, random); }},
      {"booklet",
       {"wrong_booklet"},
       [](PlacementRow& row, RandomStream&) { row.booklet = row.booklet == "A" ? "B" : "A"; }},
      {"travel_m",
       {"wrong_travel"},
       [](PlacementRow& row, RandomStream& random) { row.travel_m += 2 + static_cast<Metres>(random.below(100000)); }},
  };
  return all;
}

TEST(Verify, SeesAnyChangedValueOfAnyRow) {
  RandomStream random(*parse_seed("5eed"), "any value");
  const World good = small_world();
  for (int round = 0; round < 1500; ++round) {
    World world = good;
    const Field& field = fields()[random.below(fields().size())];
    PlacementRow& row = world.rows.placements[random.below(world.rows.placements.size())];
    if (field.name == "applicant_number" && any_number_will_do(world, row)) continue;
    field.change(row, random);
    const Codes codes = codes_of(verify_plan(world.exam, world.rows));
    const bool seen = std::any_of(field.seen_as.begin(), field.seen_as.end(),
                                  [&](const std::string& code) { return codes.contains(code); });
    ASSERT_TRUE(seen) << field.name << " of " << row.applicant_id.text() << ", round " << round;
  }
}

TEST(Verify, SeesEachOfManyChangesAtOnce) {
  RandomStream random(*parse_seed("5eed"), "many values");
  const World good = small_world();
  for (int round = 0; round < 300; ++round) {
    World world = good;
    std::vector<std::size_t> rows(world.rows.placements.size());
    for (std::size_t at = 0; at < rows.size(); ++at) rows[at] = at;
    random.shuffle(rows);
    rows.resize(2 + random.below(10));
    std::vector<const Field*> changed;
    for (const std::size_t at : rows) {
      PlacementRow& row = world.rows.placements[at];
      const Field& field = fields()[random.below(fields().size())];
      if (field.name == "applicant_number" && any_number_will_do(world, row)) continue;
      field.change(row, random);
      changed.push_back(&field);
    }
    const Codes codes = codes_of(verify_plan(world.exam, world.rows));
    for (const Field* field : changed) {
      EXPECT_TRUE(std::any_of(field->seen_as.begin(), field->seen_as.end(),
                              [&](const std::string& code) { return codes.contains(code); }))
          << field->name << ", round " << round;
    }
  }
}

TEST(Verify, AcceptsAnyExchangeOfPeopleAlike) {
  RandomStream random(*parse_seed("5eed"), "exchanges");
  World world = small_world();
  waive_order(world);
  for (int round = 0; round < 100; ++round) {
    const auto own = world.ordinary_of(round % 2 == 0 ? "010" : "020");
    world.exchange(*own[random.below(own.size())], *own[random.below(own.size())]);
    world.tell_truth();
    const Verdict verdict = verify_plan(world.exam, world.rows);
    ASSERT_TRUE(verdict.clean()) << told(verdict);
  }
}

TEST(Verify, SaysTheSameWhateverTheOrderOfRows) {
  World world = small_world();
  for (PlacementRow& row : world.rows.placements) row.booklet = "D";
  const Verdict sorted = verify_plan(world.exam, world.rows);
  RandomStream(*parse_seed("1"), "rows").shuffle(world.rows.placements);
  const Verdict shuffled = verify_plan(world.exam, world.rows);
  EXPECT_EQ(shuffled.counts.at("wrong_booklet"), sorted.counts.at("wrong_booklet"));
  const auto subjects = [](const Verdict& verdict) {
    std::vector<std::string> list;
    for (const Violation& violation : verdict.violations) {
      if (violation.code == "wrong_booklet") list.push_back(violation.subject);
    }
    return list;
  };
  EXPECT_EQ(subjects(shuffled), subjects(sorted));
}

TEST(Verify, DescribesTheFirstThousandOfACodeAndCountsAll) {
  World world = planned(wide_exam(2500));
  for (PlacementRow& row : world.rows.placements) row.travel_m = 0;
  const Verdict verdict = verify_plan(world.exam, world.rows);
  EXPECT_EQ(verdict.counts.at("wrong_travel"), 2500U);
  EXPECT_EQ(std::count_if(verdict.violations.begin(), verdict.violations.end(),
                          [](const Violation& violation) { return violation.code == "wrong_travel"; }),
            1000);
}

TEST(Verify, SurvivesValuesBeyondReason) {
  for (const std::int64_t extreme :
       {std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max()}) {
    World world = small_world();
    for (PlacementRow& row : world.rows.placements) {
      row.travel_m = row.seat_no = row.row = row.column = extreme;
    }
    world.rows.report.bound = Bound{extreme, BoundOf::plan};
    world.rows.report.seated = world.rows.report.detour_m.total = world.rows.report.objective.total = extreme;
    world.exam.policy.weights.travel = std::numeric_limits<std::int64_t>::max();
    EXPECT_FALSE(verify_plan(world.exam, world.rows).clean());
    for (PlacementRow& row : world.rows.placements) row.room_no = extreme;
    EXPECT_FALSE(verify_plan(world.exam, world.rows).clean());
  }
}

TEST(Verify, JudgesNothingAtAll) {
  EXPECT_TRUE(verify_plan(Exam{}, PlanRows{}).clean());
  const World world = small_world();
  const Verdict verdict = verify_plan(world.exam, PlanRows{});
  EXPECT_EQ(codes_of(verdict), Codes{"missing_person"});
  EXPECT_EQ(verdict.counts.at("missing_person"), world.exam.applicants.size());
}

}  // namespace
}  // namespace hanjari::verification
