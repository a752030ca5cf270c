#include "hanjari/domain/exam.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "hanjari/base/random.h"
#include "hanjari/domain/spelling.h"
#include "hanjari/domain/travel.h"

namespace hanjari {
namespace {

// Rows of a small exam; `order` shuffles every table before the exam is made canonical.
Exam small_exam(std::string_view order) {
  RandomStream random(*parse_seed("1"), order);
  const auto shuffled = [&](int count) {
    std::vector<std::size_t> numbers;
    for (int number = 0; number < count; ++number) numbers.push_back(static_cast<std::size_t>(number));
    random.shuffle(numbers);
    return numbers;
  };
  Exam exam;
  const auto units = shuffled(4);
  const auto venues = shuffled(5);
  const auto position = [](const std::vector<std::size_t>& rows, std::size_t number) {
    return static_cast<std::size_t>(std::find(rows.begin(), rows.end(), number) - rows.begin());
  };
  for (const std::size_t unit : units) exam.units.push_back({.code = UnitCode("0" + std::to_string(unit))});
  for (const std::size_t venue : venues) {
    exam.venues.push_back(
        {.code = VenueCode("V" + std::to_string(venue)), .at = {37.5 + 0.01 * static_cast<double>(venue), 127.0}});
  }
  for (const std::size_t room : shuffled(20)) {
    exam.rooms.push_back({.venue = VenueIndex(position(venues, room % 5)),
                          .room_no = static_cast<int>(room / 5) + 1,
                          .row_count = 5,
                          .column_count = 5,
                          .blocked = {{2, 1}, {1, 3}, {2, 1}}});
  }
  for (const std::size_t applicant : shuffled(50)) {
    Applicant row;
    row.id = ApplicantId("A" + std::to_string(applicant));
    row.unit = UnitIndex(position(units, applicant % 4));
    row.district = exam.words.intern("D" + std::to_string(applicant % 7));
    row.origin = exam.words.intern("O" + std::to_string(applicant % 3));
    row.home = {37.5, 127.0};
    exam.applicants.push_back(row);
  }
  for (const std::size_t row : shuffled(6)) {
    exam.travel.push_back({exam.words.intern("O" + std::to_string(row % 2)), VenueIndex(position(venues, row / 2)),
                           static_cast<Metres>(100 * row)});
  }
  make_canonical(exam);
  return exam;
}

TEST(MakeCanonical, GivesTheSameTablesWhateverTheOrderOfTheRows) {
  const Exam first = small_exam("a");
  for (const char* order : {"b", "c", "d"}) {
    const Exam other = small_exam(order);
    for (std::size_t at = 0; at < first.applicants.size(); ++at) {
      EXPECT_EQ(first.applicants[at].id, other.applicants[at].id);
      EXPECT_EQ(first.applicants[at].unit, other.applicants[at].unit);
      EXPECT_EQ(first.words[first.applicants[at].district], other.words[other.applicants[at].district]);
    }
    for (std::size_t at = 0; at < first.rooms.size(); ++at) {
      EXPECT_EQ(first.rooms[at].venue, other.rooms[at].venue);
      EXPECT_EQ(first.rooms[at].room_no, other.rooms[at].room_no);
    }
    for (std::size_t at = 0; at < first.travel.size(); ++at) {
      EXPECT_EQ(first.words[first.travel[at].origin], other.words[other.travel[at].origin]);
      EXPECT_EQ(first.travel[at].venue, other.travel[at].venue);
      EXPECT_EQ(first.travel[at].metres, other.travel[at].metres);
    }
  }
}

TEST(MakeCanonical, OrdersCodesAsBytesAndKeepsWhatBelongsTogether) {
  const Exam exam = small_exam("e");
  EXPECT_EQ(exam.applicants[1].id.text(), "A1");
  EXPECT_EQ(exam.applicants[2].id.text(), "A10");
  for (const Applicant& applicant : exam.applicants) {
    const int number = std::stoi(applicant.id.text().substr(1));
    EXPECT_EQ(exam[applicant.unit].code.text(), "0" + std::to_string(number % 4));
    EXPECT_EQ(exam.words[applicant.district], "D" + std::to_string(number % 7));
  }
  EXPECT_EQ(exam.rooms[0].blocked, (std::vector<Desk>{{1, 3}, {2, 1}}));
}

TEST(Exam, FindsItsRowsByTheirCodes) {
  const Exam exam = small_exam("f");
  EXPECT_EQ(exam[exam.find(ApplicantId("A17"))].id.text(), "A17");
  EXPECT_FALSE(exam.find(ApplicantId("A99")).exists());
  const VenueIndex venue = exam.find(VenueCode("V3"));
  EXPECT_EQ(exam[venue].code.text(), "V3");
  EXPECT_EQ(exam.rooms_of(venue).size(), 4U);
  for (int room_no = 1; room_no <= 4; ++room_no) {
    const RoomIndex room = exam.find(venue, room_no);
    EXPECT_EQ(exam[room].venue, venue);
    EXPECT_EQ(exam[room].room_no, room_no);
  }
  EXPECT_FALSE(exam.find(venue, 5).exists());
  EXPECT_FALSE(exam.find(UnitCode("")).exists());
}

TEST(Haversine, GivesKnownDistances) {
  EXPECT_EQ(haversine_m({37.5, 127.0}, {37.5, 127.0}), 0);
  // A degree of a great circle is 2 pi R / 360.
  EXPECT_EQ(haversine_m({0, 0}, {1, 0}), 111195);
  EXPECT_EQ(haversine_m({0, 0}, {0, 1}), 111195);
  EXPECT_EQ(haversine_m({0, 0}, {0, 180}), 20015114);
  EXPECT_EQ(haversine_m({90, 0}, {-90, 77}), 20015114);
}

TEST(Travel, IsTheSphereUnlessTheTableHasRowsOfTheOrigin) {
  Exam exam = small_exam("g");
  const ApplicantIndex listed = exam.find(ApplicantId("A0"));    // origin O0: rows to V0, V1, V2
  const ApplicantIndex unlisted = exam.find(ApplicantId("A2"));  // origin O2: no rows
  const VenueIndex near = exam.find(VenueCode("V1"));
  const VenueIndex far = exam.find(VenueCode("V4"));
  const Metres sphere = haversine_m({37.5, 127.0}, {37.51, 127.0});
  EXPECT_EQ(TravelTable(exam).between(listed, near), sphere);
  exam.policy.travel = TravelSource::table;
  const TravelTable table(exam);
  EXPECT_EQ(table.between(listed, near), 200);
  EXPECT_EQ(table.between(listed, far), unreachable);
  EXPECT_EQ(table.between(unlisted, near), sphere);
  EXPECT_EQ(table.nearest(listed), 0);
  std::size_t without_origin = 0;
  for (const Applicant& applicant : exam.applicants) without_origin += exam.words[applicant.origin] == "O2" ? 1 : 0;
  EXPECT_EQ(table.without_origin(), without_origin);
}

TEST(Travel, NearestLooksOnlyAtRegularVenuesWithAnExamRoom) {
  Exam exam = small_exam("h");
  const ApplicantIndex someone(std::size_t{0});
  EXPECT_EQ(TravelTable(exam).nearest(someone), 0);  // V0 stands at everybody's home
  exam.venues[0].kind = VenueKind::isolation;
  EXPECT_EQ(TravelTable(exam).nearest(someone), haversine_m({37.5, 127.0}, {37.51, 127.0}));
  for (std::uint32_t room = 0; room < exam.venues[1].room_count; ++room)
    exam.rooms[exam.venues[1].first_room + room].use = RoomUse::reserve;
  EXPECT_EQ(TravelTable(exam).nearest(someone), haversine_m({37.5, 127.0}, {37.52, 127.0}));
}

TEST(Accommodations, AreReadAndWrittenInTheContractsOrder) {
  const auto read = parse_accommodation("extra_time_1.5;scribe;wheelchair");
  ASSERT_TRUE(read);
  EXPECT_EQ(spell(*read), "wheelchair;scribe;extra_time_1.5");
  EXPECT_TRUE(read->apart());
  EXPECT_TRUE(read->may_mix());
  EXPECT_EQ(parse_accommodation(""), Accommodation{});
  EXPECT_FALSE(Accommodation{}.any());
  for (const char* list : {"wheelchair;wheelchair", "extra_time_1.2;extra_time_1.5", "extra_time_1.3", "Wheelchair",
                           ";", "scribe;", " scribe"}) {
    EXPECT_FALSE(parse_accommodation(list)) << list;
  }
}

TEST(Desks, AreReadAndWrittenAsRowColumn) {
  EXPECT_EQ(parse_desks("2-5;3-1"), (std::vector<Desk>{{2, 5}, {3, 1}}));
  EXPECT_EQ(spell_desks({{2, 5}, {3, 1}}), "2-5;3-1");
  EXPECT_EQ(parse_desks(""), std::vector<Desk>{});
  for (const char* list : {"2", "2-", "-5", "0-1", "1-0", "2-5;", "2-5 ;3-1", "a-b", "1-2-3", "99999999999-1"})
    EXPECT_FALSE(parse_desks(list)) << list;
}

template <class T>
void expect_round_trip(std::initializer_list<T> values) {
  for (const T value : values) EXPECT_EQ(parse_word<T>(spell(value)), value) << spell(value);
  EXPECT_FALSE(parse_word<T>("nonsense"));
}

TEST(Spelling, ReadsBackEveryWordItWrites) {
  expect_round_trip({Mixing::never, Mixing::same_series, Mixing::leftover, Mixing::free});
  expect_round_trip({TravelSource::haversine, TravelSource::table});
  expect_round_trip({SeatOrder::column_down, SeatOrder::column_serpentine, SeatOrder::row_major,
                     SeatOrder::row_serpentine, SeatOrder::random});
  expect_round_trip({SeatOrigin::front_left, SeatOrigin::front_right, SeatOrigin::back_left, SeatOrigin::back_right});
  expect_round_trip({SeatNumbers::desks, SeatNumbers::used});
  expect_round_trip({NumberPrefix::unit_code, NumberPrefix::none});
  expect_round_trip({QuotaGroup::general, QuotaGroup::disabled, QuotaGroup::low_income, QuotaGroup::veterans_referral,
                     QuotaGroup::high_school_leaver});
  expect_round_trip({Sex::male, Sex::female});
  expect_round_trip({Routing::none, Routing::isolation, Routing::reserve});
  expect_round_trip({VenueKind::regular, VenueKind::isolation, VenueKind::accommodation});
  expect_round_trip({RoomUse::exam, RoomUse::reserve, RoomUse::separate});
  expect_round_trip({PinKind::person, PinKind::room, PinKind::venue});
  expect_round_trip({PlanStatus::optimal, PlanStatus::feasible, PlanStatus::infeasible, PlanStatus::gave_up});
  expect_round_trip({BoundOf::assignment, BoundOf::plan});
}

TEST(Words, KeepOneNumberPerWordAlsoWhenCopied) {
  Words words;
  const WordIndex seoul = words.intern("서울");
  EXPECT_EQ(words.intern("서울"), seoul);
  EXPECT_EQ(words.intern(""), empty_word);
  const Words copy = words;
  EXPECT_EQ(copy[seoul], "서울");
  EXPECT_EQ(copy.find("서울"), seoul);
  EXPECT_FALSE(copy.find("부산").exists());
}

}  // namespace
}  // namespace hanjari
