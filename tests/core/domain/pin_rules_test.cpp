// Pins that a plan cannot keep.
#include "hanjari/domain/pin_rules.h"

#include <gtest/gtest.h>

#include <utility>

namespace hanjari {
namespace {

// Red while the file was named without the line, and who looked for the row had to go through all pins.
TEST(MisplacedPins, AreToldWithTheirLine) {
  Exam exam;
  for (const char* id : {"A1", "A2"}) {
    Applicant person;
    person.id = ApplicantId(id);
    exam.applicants.push_back(std::move(person));
  }
  Venue venue;
  venue.code = VenueCode("V1");
  exam.venues.push_back(std::move(venue));
  Pin pin;
  pin.applicant = ApplicantIndex(std::size_t{1});
  pin.venue = VenueIndex(std::size_t{0});
  pin.line = 7;
  exam.pins.push_back(pin);
  const PlanRows published{};
  for (const PlanRows* told : {static_cast<const PlanRows*>(nullptr), static_cast<const PlanRows*>(&published)}) {
    const Faults faults = find_misplaced_pins(exam, told);
    ASSERT_EQ(faults.count(), 1U);
    EXPECT_EQ(faults.kept()[0].file, "pins.csv");
    EXPECT_EQ(faults.kept()[0].line, 7U);
  }
}

// Red while a workbook's pins were told as rows of a file that nobody has.
TEST(MisplacedPins, AreToldWithTheirCellWhereTheyStandInAWorkbook) {
  Exam exam;
  Applicant person;
  person.id = ApplicantId("A1");
  exam.applicants.push_back(std::move(person));
  Venue venue;
  venue.code = VenueCode("V1");
  exam.venues.push_back(std::move(venue));
  Pin pin;
  pin.applicant = ApplicantIndex(std::size_t{0});
  pin.venue = VenueIndex(std::size_t{0});
  pin.line = 7;
  for (int times = 0; times < 8; ++times) exam.pins.push_back(pin);
  exam.sheets["pins.csv"] = {"[exam.xlsx]pins", {{"venue_code", "[exam.xlsx]pins!C"}}};
  const Faults many = find_misplaced_pins(exam, nullptr);
  ASSERT_EQ(many.count(), 1U);
  EXPECT_EQ(many.kept()[0].file, "[exam.xlsx]pins!C7");
  EXPECT_EQ(many.kept()[0].line, 0U);
  EXPECT_EQ(placed_in_sheet(exam, {"pins.csv", 0, "venue_code", {}, {}}).file, "[exam.xlsx]pins") << "of the whole table";
  EXPECT_EQ(placed_in_sheet(exam, {"units.csv", 3, "venue_code", {}, {}}).file, "units.csv") << "a file";
}

}  // namespace
}  // namespace hanjari
