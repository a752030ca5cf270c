#include "hanjari/proof/draw.h"

#include <algorithm>
#include <map>
#include <set>

#include <gtest/gtest.h>

#include "hanjari/base/digest.h"
#include "hanjari/base/error.h"
#include "hanjari/seating/seats.h"
#include "proof/signing.h"
#include "seating/builders.h"

namespace hanjari::proof {
namespace {

const TestKey draw_key('k');

// Four rooms: one unit, two units, one with a wheelchair user, one with declared people.
Exam an_exam() {
  Policy policy;
  policy.seat_order = SeatOrder::random;
  policy.mixing = Mixing::free;
  seating::ExamBuilder builder;
  builder.policy(policy).unit("1").unit("2").venue("V1");
  for (int i = 0; i < 4; ++i) builder.room(seating::a_room(5, 5));
  builder.people(20, 0).people(28, 1).wheelchair(26).apart("family", {37, 38, 39});
  Exam exam = builder.build();
  exam.header.code = ExamCode("draw exam");
  return exam;
}

Plan a_plan(const Exam& exam) {
  return seating::seat(exam, seating::fill_rooms(exam, {12, 12, 12, 12}), Seed{});
}

Commitment commitment_of(const Exam& exam, const Plan& plan) {
  return {sha256(render_draw_list(exam, plan)).hex(), "the public lottery of that week", "draw 1234"};
}

std::string signed_commitment(const Exam& exam, const Plan& plan) {
  return sign_commitment(commitment_of(exam, plan), exam.header.code.text(), draw_key.public_key, draw_key.sign);
}

using Codes = std::set<std::string>;
Codes codes(const DrawFiles& files, const std::string& note, const std::string& public_key = draw_key.public_key) {
  Codes found;
  for (const DrawFinding& finding : verify_draw(files, note, public_key)) found.insert(finding.code);
  return found;
}

using SeatOfNumber = std::map<std::string, std::pair<std::uint32_t, int>>;
SeatOfNumber seats_of(const Plan& plan) {
  SeatOfNumber seats;
  for (const Placement& placed : plan.placements) seats[placed.number.text()] = {placed.room.value, placed.seat_no};
  return seats;
}

TEST(Draw, CanBeReplayedFromThePublishedFiles) {
  const Exam exam = an_exam();
  const Plan plan = a_plan(exam);
  const Drawn drawn = draw_seats(exam, plan, commitment_of(exam, plan), "3 14 15 92");
  EXPECT_EQ(codes(drawn.files, signed_commitment(exam, plan)), Codes());
}

TEST(Draw, ChangesSeatsInsideRoomsAndNothingElse) {
  const Exam exam = an_exam();
  const Plan plan = a_plan(exam);
  const Drawn drawn = draw_seats(exam, plan, commitment_of(exam, plan), "value");
  const SeatOfNumber before = seats_of(plan);
  const SeatOfNumber after = seats_of(drawn.plan);
  ASSERT_EQ(before.size(), after.size());
  std::multiset<std::pair<std::uint32_t, int>> desks_before;
  std::multiset<std::pair<std::uint32_t, int>> desks_after;
  int moved = 0;
  for (const auto& [number, seat] : before) {
    desks_before.insert(seat);
    desks_after.insert(after.at(number));
    EXPECT_EQ(seat.first, after.at(number).first);
    moved += seat != after.at(number) ? 1 : 0;
  }
  EXPECT_EQ(desks_before, desks_after);
  EXPECT_GT(moved, 20);
  EXPECT_EQ(drawn.plan.placements[26].seat_no, plan.placements[26].seat_no) << "a wheelchair user's desk is not drawn";
}

TEST(Draw, LeavesARoomWithAWheelchairUserOutOfEveryPublishedFile) {
  const Exam exam = an_exam();
  const Plan plan = a_plan(exam);
  const Drawn drawn = draw_seats(exam, plan, commitment_of(exam, plan), "value");
  for (const std::string* file : {&drawn.files.list_csv, &drawn.files.rooms_csv, &drawn.files.draws_csv}) {
    EXPECT_EQ(file->find("V1,3"), std::string::npos) << *file;
  }
  EXPECT_EQ(std::count(drawn.files.list_csv.begin(), drawn.files.list_csv.end(), '\n'), 1 + 36);
  EXPECT_EQ(std::count(drawn.files.seats_csv.begin(), drawn.files.seats_csv.end(), '\n'), 1 + 36);
}

TEST(Draw, DependsOnTheValueAndOnTheList) {
  const Exam exam = an_exam();
  const Plan plan = a_plan(exam);
  const Commitment commitment = commitment_of(exam, plan);
  const std::string one = draw_seats(exam, plan, commitment, "1").files.seats_csv;
  EXPECT_NE(one, draw_seats(exam, plan, commitment, "2").files.seats_csv);
  EXPECT_EQ(one, draw_seats(exam, plan, commitment, "1").files.seats_csv);
  EXPECT_EQ(seed_of_draw(std::string(64, 'a'), "value").bytes, sha256(std::string(64, 'a') + "\nvalue").bytes);
}

TEST(Draw, RefusesAnotherListAndAPolicyThatDrawsNothing) {
  Exam exam = an_exam();
  Plan plan = a_plan(exam);
  const Commitment commitment = commitment_of(exam, plan);
  std::swap(plan.placements[0].room, plan.placements[13].room);
  EXPECT_THROW(draw_seats(exam, plan, commitment, "1"), InvalidInput);
  exam.policy.seat_order = SeatOrder::column_down;
  plan = a_plan(exam);
  EXPECT_THROW(draw_seats(exam, plan, commitment_of(exam, plan), "1"), InvalidInput);
}

// Declared people sit in room 4; the draw that stands is named in draws.csv.
TEST(Draw, KeepsDeclaredPeopleApartAndSaysWhichDrawDoes) {
  const Exam exam = an_exam();
  const Plan plan = a_plan(exam);
  bool was_drawn_again = false;
  for (int value = 0; value < 30; ++value) {
    const Drawn drawn = draw_seats(exam, plan, commitment_of(exam, plan), std::to_string(value));
    EXPECT_TRUE(drawn.plan.report.keep_apart_broken.empty());
    was_drawn_again = was_drawn_again || drawn.files.draws_csv.find("V1,4,") != std::string::npos;
    EXPECT_EQ(codes(drawn.files, signed_commitment(exam, plan)), Codes());
  }
  EXPECT_TRUE(was_drawn_again);
}

TEST(VerifyDraw, NoticesEveryChangedCharacterOfTheTables) {
  const Exam exam = an_exam();
  const Plan plan = a_plan(exam);
  const std::string note = signed_commitment(exam, plan);
  DrawFiles files = draw_seats(exam, plan, commitment_of(exam, plan), "5").files;
  for (std::string* file : {&files.rooms_csv, &files.list_csv, &files.seats_csv}) {
    for (std::size_t i = 0; i < file->size(); ++i) {
      (*file)[i] = static_cast<char>((*file)[i] ^ 1);
      ASSERT_FALSE(verify_draw(files, note, draw_key.public_key).empty()) << *file << i;
      (*file)[i] = static_cast<char>((*file)[i] ^ 1);
    }
  }
}

TEST(VerifyDraw, NamesTheRoomsThatTheDrawDoesNotGive) {
  const Exam exam = an_exam();
  const Plan plan = a_plan(exam);
  DrawFiles files = draw_seats(exam, plan, commitment_of(exam, plan), "5").files;
  const DrawFiles other = draw_seats(exam, plan, commitment_of(exam, plan), "6").files;
  files.seats_csv = other.seats_csv;
  files.draws_csv = other.draws_csv;
  const auto found = verify_draw(files, signed_commitment(exam, plan), draw_key.public_key);
  ASSERT_EQ(found.size(), 3u);
  for (const DrawFinding& finding : found) EXPECT_EQ(finding.code, "room_mismatch");
  EXPECT_NE(found[0].what.en.find("V1 room 1"), std::string::npos) << found[0].what.en;
}

TEST(VerifyDraw, FindsAnotherKeyAnotherSeedAndAnotherPromise) {
  const Exam exam = an_exam();
  const Plan plan = a_plan(exam);
  const DrawFiles files = draw_seats(exam, plan, commitment_of(exam, plan), "5").files;
  const std::string note = signed_commitment(exam, plan);
  EXPECT_EQ(codes(files, note, TestKey('o').public_key), Codes{"bad_signature"});
  Commitment promise = commitment_of(exam, plan);
  promise.moment = "draw 1235";
  EXPECT_EQ(codes(files, sign_commitment(promise, exam.header.code.text(), draw_key.public_key, draw_key.sign)),
            Codes{"list_mismatch"});
  DrawFiles changed = files;
  changed.draw_json.replace(changed.draw_json.find("\"value\": \"5\""), 12, "\"value\": \"6\"");
  EXPECT_TRUE(codes(changed, note).contains("seed_mismatch"));
}

}  // namespace
}  // namespace hanjari::proof
