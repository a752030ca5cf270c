// Pins that a plan cannot keep.
#include "hanjari/domain/pin_rules.h"

#include <gtest/gtest.h>

#include <string>
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

// Red while the pins of a stored exam were told as pins.csv, a file that nobody has, and nothing said where they are changed.
TEST(MisplacedPins, OfAStoredExamAreNamedAsItsTableWithThePageThatChangesThem) {
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
  exam.pins.push_back(pin);
  const PlanRows published{};
  for (const PlanRows* told : {static_cast<const PlanRows*>(nullptr), static_cast<const PlanRows*>(&published)}) {
    const Faults faults = find_misplaced_pins(exam, told);
    ASSERT_EQ(faults.count(), 1U);
    const Fault& fault = faults.kept()[0];
    EXPECT_EQ(fault.file, "pins");
    EXPECT_NE(fault.fix.en.find("Import an exam package"), std::string::npos) << fault.fix.en;
    EXPECT_NE(fault.fix.en.find("/api/v1/imports with table=pins"), std::string::npos) << fault.fix.en;
    EXPECT_NE(fault.fix.ko.find("'pins: 고정 배정'"), std::string::npos) << fault.fix.ko;
    EXPECT_EQ(fault.fix.en.find("command"), std::string::npos) << "the officer of a stored exam has pages";
  }
  EXPECT_EQ(name_of_pins(exam).ko, "저장된 시험의 고정 배정 표");
  exam.pins.front().line = 3;
  EXPECT_EQ(name_of_pins(exam).ko, "pins.csv");
  EXPECT_EQ(find_misplaced_pins(exam, nullptr).kept()[0].fix.en.find("/api/v1"), std::string::npos);
}

}  // namespace
}  // namespace hanjari
