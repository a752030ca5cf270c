// The fairness report of a plan, and its judge.
#include <string>

#include <gtest/gtest.h>

#include "hanjari/base/error.h"
#include "hanjari/fairness/figures.h"
#include "hanjari/verification/verify_fairness.h"

namespace hanjari::fairness {
namespace {

// Two venues on a meridian; people of the first district live at the first venue and half of them sit at the second.
struct SmallSeating {
  Exam exam;
  PlanRows rows;

  SmallSeating() {
    exam.header.code = ExamCode("E");
    exam.units.push_back({UnitCode("U"), "unit", "unit", QuotaGroup{}, 9, 10, 100, "set-01"});
    for (int i = 0; i < 2; ++i) {
      Venue venue;
      venue.code = VenueCode("V" + std::to_string(i));
      venue.at = {37.0 + 0.1 * i, 127.0};
      exam.venues.push_back(venue);
      Room room;
      room.venue = VenueIndex(exam.venues.size() - 1);
      room.room_no = 1;
      exam.rooms.push_back(room);
    }
    for (int i = 0; i < 20; ++i) {
      Applicant one;
      one.id = ApplicantId("p" + std::to_string(100 + i));
      one.unit = UnitIndex(0);
      one.home = {37.0, 127.0};
      one.sex = i % 2 == 0 ? Sex::male : Sex::female;
      one.district = exam.words.intern(i < 18 ? "a, b" : "c");
      exam.applicants.push_back(one);
      PlacementRow row;
      row.applicant_id = one.id;
      row.venue_code = VenueCode(i < 10 ? "V0" : "V1");
      rows.placements.push_back(row);
    }
    make_canonical(exam);
  }
  std::string report() const {
    const SeatedPeople people = seated_people(exam, rows);
    return render_fairness(people, cells_to_publish(people.members, {}, Seed{}));
  }
};

// Red when a small cell is given, and when the judge does not compute a figure itself.
TEST(FairnessFigures, AreGivenAndJudged) {
  const SmallSeating small;
  const std::string csv = small.report();
  EXPECT_EQ(csv.find("district,c,2"), std::string::npos) << csv;
  EXPECT_NE(csv.find("district,c,,,\n"), std::string::npos) << csv;
  EXPECT_NE(csv.find("district,\"a, b\",,,\n"), std::string::npos) << "with everybody it would tell of c: " << csv;
  EXPECT_NE(csv.find("all,,20,"), std::string::npos) << csv;
  EXPECT_NE(csv.find("sex,M,10,"), std::string::npos) << csv;
  EXPECT_TRUE(verification::verify_fairness(small.exam, small.rows, csv).empty());
}

// Red when the judge passes over a row.
TEST(FairnessFigures, EveryChangedDigitIsFound) {
  const SmallSeating small;
  const std::string csv = small.report();
  for (std::size_t i = csv.find('\n') + 1; i < csv.size(); ++i) {
    if (csv[i] < '0' || csv[i] > '9') continue;
    std::string changed = csv;
    changed[i] = changed[i] == '9' ? '0' : static_cast<char>(changed[i] + 1);
    EXPECT_FALSE(verification::verify_fairness(small.exam, small.rows, changed).empty()) << i;
  }
  EXPECT_FALSE(verification::verify_fairness(small.exam, small.rows, csv + "sex,other,9,1,1\n").empty());
  EXPECT_FALSE(verification::verify_fairness(small.exam, small.rows, "").empty());
}

TEST(FairnessFigures, TheJudgeNamesSmallCellsAndSmallRests) {
  const SmallSeating small;
  const SeatedPeople people = seated_people(small.exam, small.rows);
  const auto codes = [&](const Cells& cells) {
    std::string found;
    for (const auto& one : verification::verify_fairness(small.exam, small.rows, render_fairness(people, cells)))
      found += one.code + " ";
    return found;
  };
  EXPECT_EQ(codes({{-1, ""}, {0, "c"}, {0, "a, b"}}), "small_cell ");
  EXPECT_EQ(codes({{-1, ""}, {0, "a, b"}}), "small_rest ");
  EXPECT_EQ(codes({{0, "a, b"}}), "") << "without everybody the rest is not known";
}

// Red when a value with a comma or a quote is read as two, or a withheld row as a figure.
TEST(FairnessFigures, ReadsItsRowsAsPagesShowThem) {
  const SmallSeating small;
  const SeatedPeople people = seated_people(small.exam, small.rows);
  const Cells cells{{-1, ""}, {0, "a, b"}};
  const auto rows = read_fairness(render_fairness(people, cells));
  ASSERT_TRUE(rows);
  Cells given;
  Cells named;
  for (const FairnessRow& row : *rows) {
    named.insert(row.cell);
    if (row.is_given()) given.insert(row.cell);
  }
  EXPECT_EQ(given, cells);
  EXPECT_TRUE(named.contains({0, "c"}));
  EXPECT_FALSE(read_fairness("dimension\n"));
  EXPECT_FALSE(read_fairness(render_fairness(people, cells) + "planet,Mars,1,2,3\n"));
  EXPECT_FALSE(read_fairness(render_fairness(people, cells) + "sex,F,1"));
}

TEST(FairnessFigures, ReadsBackWhatWasGiven) {
  const SmallSeating small;
  const SeatedPeople people = seated_people(small.exam, small.rows);
  const Cells cells = cells_to_publish(people.members, {}, Seed{});
  EXPECT_EQ(published_in(render_fairness(people, cells), people), cells);
  EXPECT_THROW(published_in("dimension\n", people), InvalidInput);
}

}  // namespace
}  // namespace hanjari::fairness
