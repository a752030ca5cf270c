#include "hanjari/seating/seats.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "hanjari/base/error.h"
#include "hanjari/seating/geometry.h"
#include "seating/builders.h"

namespace hanjari::seating {
namespace {

using testing::ElementsAre;

constexpr SeatOrder all_orders[] = {SeatOrder::column_down, SeatOrder::column_serpentine, SeatOrder::row_major,
                                    SeatOrder::row_serpentine, SeatOrder::random};
constexpr SeatOrigin all_origins[] = {SeatOrigin::front_left, SeatOrigin::front_right, SeatOrigin::back_left,
                                      SeatOrigin::back_right};

bool are_close(Desk a, Desk b) {
  return std::abs(a.row - b.row) <= 1 && std::abs(a.column - b.column) <= 1;
}

TEST(SeatOrder, FollowsTheContractFromTheFrontLeft) {
  const Room room = a_room(2, 3);
  const auto from = [&](SeatOrder order) { return desks_in_seat_order(room, order, SeatOrigin::front_left); };
  EXPECT_THAT(from(SeatOrder::column_down),
              ElementsAre(Desk{1, 1}, Desk{2, 1}, Desk{1, 2}, Desk{2, 2}, Desk{1, 3}, Desk{2, 3}));
  EXPECT_THAT(from(SeatOrder::column_serpentine),
              ElementsAre(Desk{1, 1}, Desk{2, 1}, Desk{2, 2}, Desk{1, 2}, Desk{1, 3}, Desk{2, 3}));
  EXPECT_THAT(from(SeatOrder::row_major),
              ElementsAre(Desk{1, 1}, Desk{1, 2}, Desk{1, 3}, Desk{2, 1}, Desk{2, 2}, Desk{2, 3}));
  EXPECT_THAT(from(SeatOrder::row_serpentine),
              ElementsAre(Desk{1, 1}, Desk{1, 2}, Desk{1, 3}, Desk{2, 3}, Desk{2, 2}, Desk{2, 1}));
  EXPECT_EQ(from(SeatOrder::random), from(SeatOrder::column_down));
}

TEST(SeatOrder, GoesFromTheBackToTheFrontForABackOrigin) {
  EXPECT_THAT(desks_in_seat_order(a_room(2, 2), SeatOrder::column_down, SeatOrigin::back_right),
              ElementsAre(Desk{2, 2}, Desk{1, 2}, Desk{2, 1}, Desk{1, 1}));
}

TEST(SeatOrder, NumbersEveryUnblockedDeskOnceAndMirrorsWithTheOrigin) {
  const Room room = a_room(4, 5, {{1, 1}, {2, 4}, {4, 5}});
  Room mirrored = room;
  for (Desk& desk : mirrored.blocked) desk.column = 6 - desk.column;
  Room turned = room;
  for (Desk& desk : turned.blocked) desk.row = 5 - desk.row;
  for (const SeatOrder order : all_orders) {
    for (const SeatOrigin origin : all_origins) {
      const std::vector<Desk> desks = desks_in_seat_order(room, order, origin);
      EXPECT_EQ(desks.size(), 17U);
      EXPECT_EQ(std::set<Desk>(desks.begin(), desks.end()).size(), 17U);
      for (const Desk& blocked : room.blocked) EXPECT_EQ(std::count(desks.begin(), desks.end(), blocked), 0);
    }
    for (const auto& [left, right] : {std::pair{SeatOrigin::front_left, SeatOrigin::front_right},
                                      std::pair{SeatOrigin::back_left, SeatOrigin::back_right}}) {
      std::vector<Desk> desks = desks_in_seat_order(mirrored, order, right);
      for (Desk& desk : desks) desk.column = 6 - desk.column;
      EXPECT_EQ(desks, desks_in_seat_order(room, order, left));
    }
    for (const auto& [front, back] : {std::pair{SeatOrigin::front_left, SeatOrigin::back_left},
                                      std::pair{SeatOrigin::front_right, SeatOrigin::back_right}}) {
      std::vector<Desk> desks = desks_in_seat_order(turned, order, back);
      for (Desk& desk : desks) desk.row = 5 - desk.row;
      EXPECT_EQ(desks, desks_in_seat_order(room, order, front));
    }
  }
}

TEST(Booklets, DifferBetweenNeighbours) {
  for (int row = 1; row <= 10; ++row) {
    for (int column = 1; column <= 10; ++column) {
      EXPECT_EQ(booklet_of({row, column}, 1), 'A');
      EXPECT_NE(booklet_of({row, column}, 2), booklet_of({row, column + 1}, 2));
      EXPECT_NE(booklet_of({row, column}, 2), booklet_of({row + 1, column}, 2));
      std::set<char> tile;
      for (const Desk& desk :
           {Desk{row, column}, Desk{row, column + 1}, Desk{row + 1, column}, Desk{row + 1, column + 1}}) {
        tile.insert(booklet_of(desk, 4));
      }
      EXPECT_EQ(tile, (std::set<char>{'A', 'B', 'C', 'D'}));
    }
  }
  EXPECT_EQ(booklet_of({1, 1}, 2), 'A');
  EXPECT_EQ(booklet_of({1, 2}, 4), 'B');
  EXPECT_EQ(booklet_of({2, 1}, 4), 'C');
}

// What must hold for every plan, whatever the policy.
void expect_sound(const Exam& exam, const Assignment& assignment, const Plan& plan) {
  std::map<std::pair<RoomIndex, int>, ApplicantIndex> at;
  std::set<ApplicantNumber> numbers;
  std::map<RoomIndex, std::vector<const Placement*>> rooms;
  for (const Placement& placement : plan.placements) {
    EXPECT_EQ(placement.room, assignment.room_of[placement.applicant.value]);
    EXPECT_EQ(placement.venue, exam[placement.room].venue);
    EXPECT_TRUE(at.emplace(std::pair{placement.room, placement.seat_no}, placement.applicant).second);
    EXPECT_TRUE(numbers.insert(placement.number).second);
    const auto order = desks_in_seat_order(exam[placement.room], exam.policy.seat_order, exam.policy.seat_origin);
    ASSERT_GE(placement.seat_no, 1);
    ASSERT_LE(static_cast<std::size_t>(placement.seat_no), order.size());
    EXPECT_EQ(placement.desk, order[static_cast<std::size_t>(placement.seat_no - 1)]);
    EXPECT_EQ(placement.booklet, booklet_of(placement.desk, exam.policy.booklets));
    rooms[placement.room].push_back(&placement);
  }
  for (std::size_t i = 1; i < plan.placements.size(); ++i) {
    EXPECT_LT(plan.placements[i - 1].applicant, plan.placements[i].applicant);
  }
  for (auto& [room, people] : rooms) {
    std::sort(people.begin(), people.end(), [](auto a, auto b) { return a->seat_no < b->seat_no; });
    for (std::size_t i = 0; i < people.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        const Room& shape = exam[room];
        const std::int64_t along = std::int64_t{people[i]->desk.row - people[j]->desk.row} * shape.row_pitch_cm;
        const std::int64_t across =
            std::int64_t{people[i]->desk.column - people[j]->desk.column} * shape.column_pitch_cm;
        EXPECT_GE(along * along + across * across, std::int64_t{exam.policy.min_gap_cm} * exam.policy.min_gap_cm);
      }
      if (i > 0 && exam.policy.seat_order != SeatOrder::random) {
        EXPECT_LT(people[i - 1]->number, people[i]->number) << "numbers rise with the seat";
      }
    }
  }
}

// Numbers in their order name unit after unit, venue after venue, room after room, without a hole.
void expect_consecutive(const Exam& exam, const Plan& plan) {
  std::vector<const Placement*> people;
  for (const Placement& placement : plan.placements) people.push_back(&placement);
  std::sort(people.begin(), people.end(), [](auto a, auto b) { return a->number < b->number; });
  std::int64_t serial = 0;
  for (std::size_t i = 0; i < people.size(); ++i) {
    const UnitIndex unit = exam[people[i]->applicant].unit;
    if (i > 0) {
      const UnitIndex before = exam[people[i - 1]->applicant].unit;
      EXPECT_LE(std::tuple(before, people[i - 1]->room), std::tuple(unit, people[i]->room));
      if (before != unit && exam.header.applicant_number.prefix == NumberPrefix::unit_code) serial = 0;
    }
    const std::string text = people[i]->number.text();
    const auto digits = static_cast<std::size_t>(exam.header.applicant_number.digits);
    const std::size_t from = text.size() - digits - (exam.header.applicant_number.check_digit ? 1 : 0);
    EXPECT_EQ(std::stoll(text.substr(from, digits)), ++serial);
  }
}

Exam three_units(const Policy& policy, NumberFormat format = {}) {
  ExamBuilder builder;
  builder.policy(policy).numbers(format).unit("010").unit("020").unit("120");
  builder.venue("V1").room(a_room(5, 5)).room(a_room(4, 4, {{1, 1}})).venue("V2").room(a_room(5, 5)).room(a_room(3, 7));
  // Units alternate by id, so that every room has all three.
  for (int i = 0; i < 40; ++i) builder.people(1, static_cast<std::size_t>(i) % 3);
  return builder.build();
}

TEST(Seat, IsSoundAndNumbersConsecutivelyForEveryOrderOriginAndFormat) {
  for (const SeatOrder order : all_orders) {
    for (const SeatOrigin origin : all_origins) {
      for (const NumberPrefix prefix : {NumberPrefix::unit_code, NumberPrefix::none}) {
        for (const int gap : {0, 150}) {
          Policy policy;
          policy.seat_order = order;
          policy.seat_origin = origin;
          policy.min_gap_cm = gap;
          policy.booklets = gap == 0 ? 4 : 2;
          const Exam exam = three_units(policy, {prefix, 4, gap == 0});
          const Assignment assignment = fill_rooms(exam, {12, 8, 11, 9});
          const Plan plan = seat(exam, assignment, Seed{});
          ASSERT_EQ(plan.placements.size(), 40U);
          expect_sound(exam, assignment, plan);
          expect_consecutive(exam, plan);
        }
      }
    }
  }
}

TEST(Seat, KeepsTheUnitsOfARoomTogetherInSeatOrder) {
  const Exam exam = three_units({});
  const Plan plan = seat(exam, fill_rooms(exam, {20, 0, 20}), Seed{});
  std::map<std::pair<RoomIndex, int>, UnitIndex> unit_at;
  for (const Placement& p : plan.placements) unit_at[{p.room, p.seat_no}] = exam[p.applicant].unit;
  for (auto it = unit_at.begin(); std::next(it) != unit_at.end(); ++it) {
    const auto next = std::next(it);
    if (it->first.first == next->first.first) {
      EXPECT_LE(it->second, next->second);
    }
  }
}

TEST(Seat, DoesNotDependOnTheOrderOfRows) {
  Policy policy;
  policy.seat_order = SeatOrder::random;
  const Exam exam = three_units(policy);
  Exam shuffled = exam;
  RandomStream random(Seed{}, "rows");
  random.shuffle(shuffled.applicants);
  make_canonical(shuffled);
  const Assignment assignment = fill_rooms(exam, {15, 5, 15, 5});
  const Plan first = seat(exam, assignment, Seed{});
  const Plan second = seat(shuffled, assignment, Seed{});
  ASSERT_EQ(first.placements.size(), second.placements.size());
  for (std::size_t i = 0; i < first.placements.size(); ++i) {
    EXPECT_EQ(first.placements[i].number, second.placements[i].number);
    EXPECT_EQ(first.placements[i].seat_no, second.placements[i].seat_no);
  }
}

TEST(Seat, HandlesNobodyOnePersonAndARoomOfOneDesk) {
  ExamBuilder nobody;
  nobody.unit("010").venue("V1").room(a_room(5, 5));
  EXPECT_TRUE(seat(nobody.build(), Assignment{}, Seed{}).placements.empty());

  ExamBuilder one;
  one.unit("010").venue("V1").room(a_room(2, 2, {{1, 1}, {1, 2}, {2, 1}})).people(1);
  const Exam exam = one.build();
  const Plan plan = seat(exam, fill_rooms(exam, {1}), Seed{});
  ASSERT_EQ(plan.placements.size(), 1U);
  EXPECT_EQ(plan.placements[0].seat_no, 1);
  EXPECT_EQ(plan.placements[0].desk, (Desk{2, 2}));
  EXPECT_EQ(plan.placements[0].number.text(), "01000001");
}

TEST(Seat, PutsWheelchairUsersAtTheFrontByTheDoorWithoutBreakingTheNumbers) {
  for (const SeatOrder order : all_orders) {
    for (const SeatOrigin origin : all_origins) {
      Policy policy;
      policy.seat_order = order;
      policy.seat_origin = origin;
      ExamBuilder builder;
      builder.policy(policy).unit("010").venue("V1").room(a_room(5, 5)).people(12).wheelchair(5).wheelchair(11);
      const Exam exam = builder.build();
      const Assignment assignment = fill_rooms(exam, {12});
      const Plan plan = seat(exam, assignment, Seed{});
      expect_sound(exam, assignment, plan);
      const bool right = origin == SeatOrigin::front_right || origin == SeatOrigin::back_right;
      EXPECT_EQ(plan.placements[5].desk, (Desk{1, right ? 5 : 1}));
      EXPECT_EQ(plan.placements[11].desk.row, 1);
    }
  }
}

TEST(Seat, KeepsDeclaredPairsApartAcrossUnitsAndOrders) {
  for (const SeatOrder order : all_orders) {
    Policy policy;
    policy.seat_order = order;
    ExamBuilder builder;
    builder.policy(policy).unit("010").unit("020").venue("V1").room(a_room(5, 5));
    builder.people(8, 0).people(14, 1);
    builder.apart("park", {0, 1}).apart("kim", {7, 8, 9}).apart("lee", {20, 21});
    const Exam exam = builder.build();
    const Assignment assignment = fill_rooms(exam, {22});
    const Plan plan = seat(exam, assignment, Seed{});
    expect_sound(exam, assignment, plan);
    EXPECT_TRUE(plan.report.keep_apart_broken.empty());
    for (const Placement& a : plan.placements) {
      for (const Placement& b : plan.placements) {
        if (a.applicant < b.applicant && exam[a.applicant].keep_apart != empty_word &&
            exam[a.applicant].keep_apart == exam[b.applicant].keep_apart) {
          EXPECT_FALSE(are_close(a.desk, b.desk)) << static_cast<int>(order);
        }
      }
    }
  }
}

TEST(Seat, SaysWhoCouldNotBeKeptApartAndWhy) {
  ExamBuilder builder;
  builder.unit("010").venue("V1").room(a_room(2, 2)).people(2).apart("park", {0, 1});
  const Exam exam = builder.build();
  const Plan plan = seat(exam, fill_rooms(exam, {2}), Seed{});
  ASSERT_EQ(plan.report.keep_apart_broken.size(), 1U);
  const KeepApartBroken& broken = plan.report.keep_apart_broken.front();
  EXPECT_EQ(broken.word, "park");
  EXPECT_EQ(broken.first, ApplicantIndex(std::size_t{0}));
  EXPECT_EQ(broken.second, ApplicantIndex(std::size_t{1}));
  EXPECT_THAT(broken.reason.en, testing::HasSubstr("No choice of desks"));
  EXPECT_FALSE(broken.reason.ko.empty());
}

// The fewest broken pairs over every set of desks and every order of people inside their unit.
std::size_t fewest_broken(const Exam& exam, const Room& room) {
  const std::vector<Desk> order = desks_in_seat_order(room, SeatOrder::column_down, SeatOrigin::front_left);
  const std::size_t people = exam.applicants.size();
  std::vector<std::size_t> sorted(people);
  for (std::size_t i = 0; i < people; ++i) sorted[i] = i;
  std::stable_sort(sorted.begin(), sorted.end(),
                   [&](auto a, auto b) { return exam.applicants[a].unit < exam.applicants[b].unit; });
  std::size_t best = people * people;
  std::vector<std::size_t> who = sorted;
  std::sort(who.begin(), who.end());
  do {
    bool in_blocks = true;
    for (std::size_t i = 0; i < people; ++i) {
      in_blocks = in_blocks && exam.applicants[who[i]].unit == exam.applicants[sorted[i]].unit;
    }
    if (!in_blocks) continue;
    for (std::uint32_t set = 0; set < 1U << order.size(); ++set) {
      std::vector<Desk> desks;
      for (std::size_t i = 0; i < order.size(); ++i) {
        if ((set >> i & 1U) != 0) desks.push_back(order[i]);
      }
      if (desks.size() != people) continue;
      std::size_t broken = 0;
      for (std::size_t i = 0; i < people; ++i) {
        for (std::size_t j = 0; j < i; ++j) {
          const WordIndex word = exam.applicants[who[i]].keep_apart;
          const bool pair = word != empty_word && word == exam.applicants[who[j]].keep_apart;
          broken += pair && are_close(desks[i], desks[j]) ? 1 : 0;
        }
      }
      best = std::min(best, broken);
    }
  } while (std::next_permutation(who.begin(), who.end()));
  return best;
}

TEST(Seat, BreaksNoMorePairsThanMustBeInSmallRooms) {
  RandomStream random(Seed{}, "small groups");
  std::size_t impossible = 0;
  for (int trial = 0; trial < 60; ++trial) {
    Room room = a_room(1 + static_cast<int>(random.below(3)), 2 + static_cast<int>(random.below(2)));
    if (trial % 4 == 0) room.blocked = {{1, 2}};
    const int desks = largest_desk_set(room, 0);
    const int people = 1 + static_cast<int>(random.below(static_cast<std::uint64_t>(std::min(desks, 5))));
    ExamBuilder builder;
    builder.unit("010").unit("020").venue("V1").room(room);
    for (int i = 0; i < people; ++i) builder.people(1, random.below(2));
    std::vector<std::size_t> first, second;
    for (int i = 0; i < people; ++i) (random.below(2) == 0 ? first : second).push_back(static_cast<std::size_t>(i));
    builder.apart("first", first);
    if (trial % 2 == 0) builder.apart("second", second);
    const Exam exam = builder.build();
    const Plan plan = seat(exam, fill_rooms(exam, {people}), Seed{});
    const std::size_t fewest = fewest_broken(exam, room);
    ASSERT_EQ(plan.report.keep_apart_broken.size(), fewest) << trial;
    impossible += fewest > 0 ? 1 : 0;
  }
  EXPECT_GT(impossible, 5U);
  EXPECT_LT(impossible, 55U);
}

TEST(Seat, FindsNinePlacesApartForNineRelativesHoweverFullTheRoomIs) {
  for (int people = 9; people <= 25; ++people) {
    ExamBuilder builder;
    builder.unit("010").venue("V1").room(a_room(5, 5)).people(people);
    std::vector<std::size_t> relatives;
    for (int i = 0; i < 9; ++i) relatives.push_back(static_cast<std::size_t>(i * people / 9));
    const Exam exam = builder.apart("kim", relatives).build();
    EXPECT_TRUE(seat(exam, fill_rooms(exam, {people}), Seed{}).report.keep_apart_broken.empty()) << people;
  }
}

TEST(Seat, DrawsSeatsFromTheSeedAndNothingElse) {
  Policy policy;
  policy.seat_order = SeatOrder::random;
  const Exam exam = three_units(policy);
  const Assignment assignment = fill_rooms(exam, {20, 0, 20});
  const Plan first = seat(exam, assignment, *parse_seed("1"));
  const Plan again = seat(exam, assignment, *parse_seed("1"));
  const Plan other = seat(exam, assignment, *parse_seed("2"));
  int moved = 0;
  for (std::size_t i = 0; i < first.placements.size(); ++i) {
    EXPECT_EQ(first.placements[i].seat_no, again.placements[i].seat_no);
    EXPECT_EQ(first.placements[i].number, other.placements[i].number) << "numbers come before the draw";
    moved += first.placements[i].seat_no != other.placements[i].seat_no ? 1 : 0;
  }
  EXPECT_GT(moved, 20);
}

TEST(Seat, CarriesWhatTheAssignmentSays) {
  ExamBuilder builder;
  builder.unit("010").venue("V1").room(a_room(1, 1)).people(2);
  const Exam exam = builder.build();
  Assignment assignment = fill_rooms(exam, {1});
  assignment.status = PlanStatus::infeasible;
  assignment.rounds = 7;
  assignment.conflicts = {{"too few rooms", "시험실 부족"}};
  const Plan plan = seat(exam, assignment, *parse_seed("00AB"));
  EXPECT_EQ(plan.report.status, PlanStatus::infeasible);
  EXPECT_EQ(plan.report.rounds, 7);
  EXPECT_EQ(plan.report.seed, "ab");
  EXPECT_EQ(plan.report.conflicts.size(), 1U);
  EXPECT_EQ(plan.report.seated, 1);
  EXPECT_EQ(plan.report.unseated, 1);
  ASSERT_EQ(plan.unseated.size(), 1U);
  EXPECT_EQ(plan.unseated[0].reason, "no_capacity");
}

TEST(Seat, RefusesANumberFormatThatIsTooShort) {
  ExamBuilder builder;
  builder.unit("010")
      .unit("020")
      .venue("V1")
      .room(a_room(5, 5))
      .people(9, 0)
      .people(9, 1)
      .numbers({NumberPrefix::unit_code, 1, false});
  const Exam fitting = builder.build();
  EXPECT_EQ(seat(fitting, fill_rooms(fitting, {18}), Seed{}).placements.size(), 18U);
  for (const NumberFormat format :
       {NumberFormat{NumberPrefix::none, 1, false}, NumberFormat{NumberPrefix::unit_code, 0, true}}) {
    builder.numbers(format);
    const Exam exam = builder.build();
    try {
      seat(exam, fill_rooms(exam, {18}), Seed{});
      FAIL() << "no error";
    } catch (const InvalidInput& error) {
      EXPECT_EQ(error.code(), "too_few_digits");
      ASSERT_EQ(error.faults().count(), 1U);
      EXPECT_EQ(error.faults().kept()[0].file, "exam.json");
    }
  }
}

}  // namespace
}  // namespace hanjari::seating
