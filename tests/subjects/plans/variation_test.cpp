// Venues of a what-if as people type them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "hanjari/base/error.h"
#include "hanjari/plans/whatif_job.h"

namespace hanjari::services {
namespace {

using ::testing::HasSubstr;

Exam exam_of_two_venues() {
  Exam exam;
  for (const char* code : {"V0001", "V0002"}) {
    Venue venue;
    venue.code = VenueCode(code);
    exam.venues.push_back(venue);
  }
  return exam;
}

std::vector<std::string> refused(const std::string& vary) {
  std::vector<std::string> lines;
  try {
    read_variation(exam_of_two_venues(), vary);
  } catch (const InvalidInput& fault) {
    for (const Fault& one : fault.faults().kept()) lines.push_back(one.format(Language::english));
  }
  return lines;
}

// Red while v0001 named no venue, and the one that was meant was not said.
TEST(Variation, NamesTheVenueThatIsMeant) {
  EXPECT_THAT(refused("lose_venue=v0001"), ::testing::ElementsAre(HasSubstr("'v0001' does not stand in venues.csv, but 'V0001' does")));
  EXPECT_THAT(refused("lose_venue=V0001..Ｖ０００２"), ::testing::ElementsAre(HasSubstr("write 'V0002'")));
  EXPECT_THAT(refused("lose_venue=W1"), ::testing::ElementsAre(HasSubstr("does not name venues of the exam")));
  EXPECT_THAT(refused("people_cap=v0001"), ::testing::ElementsAre(HasSubstr("is not a whole number")));
  EXPECT_EQ(read_variation(exam_of_two_venues(), "lose_venue=V0001..V0002").values.size(), 2U);
}

}  // namespace
}  // namespace hanjari::services
