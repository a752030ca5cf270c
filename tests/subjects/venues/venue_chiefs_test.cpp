// Who may give a venue to a chief, and what a chief reaches.
#include "hanjari/venues/venue_chiefs.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "stage/code_thrown.h"
#include "stage/memory_repositories.h"
#include "stage/venues/memory_venue_chiefs.h"
#include "stage/venues/memory_venue_offers.h"

namespace hanjari::services {
namespace {

using hanjari::tests::code_thrown;
using hanjari::tests::MemoryPlans;
using hanjari::tests::MemoryVenueChiefs;
using hanjari::tests::MemoryVenueOffers;

const ExamCode chief_exam("seoul-2021-1");

class VenueChiefs : public ::testing::Test {
 protected:
  VenueChiefs() { offers.plant("seoul-2021-1", {{"11110", "O1"}, {"11140", "O2"}}); }
  std::string give(const Actor& actor, const char* venue, const char* account) {
    return code_thrown([&] { give_venue(chiefs, plans, &offers, actor, chief_exam, VenueCode(venue), account, now); });
  }

  MemoryPlans plans;  // V11110 and V11140
  MemoryVenueOffers offers;
  MemoryVenueChiefs chiefs;
  const Actor city{"officer", Role::exam_officer, {}};
  const Actor jongno{"jongno", Role::district_coordinator, DistrictCode("11110")};
  const Actor jung{"jung", Role::district_coordinator, DistrictCode("11140")};
  Instant now{};
};

// Red when the district of the venue is not compared with the account's.
TEST_F(VenueChiefs, AreGivenVenuesOfTheOwnDistrictAlone) {
  EXPECT_EQ(give(jung, "V11110", "chief-1"), "not_your_venue");
  EXPECT_EQ(give(jung, "O1", "chief-1"), "not_your_venue");
  EXPECT_EQ(give(jung, "V9", "chief-1"), "not_your_venue") << "not there, in the same words";
  EXPECT_EQ(give(city, "V9", "chief-1"), "no_such_offer");
  EXPECT_EQ(give(jongno, "V11110", " "), "chief_missing");
  EXPECT_EQ(give(jongno, "V11110", "chief-1"), "nothing");
  EXPECT_EQ(give(jongno, "O1", "chief-2"), "nothing") << "offered, and not in a plan yet";
  EXPECT_EQ(give(city, "O2", "chief-1"), "chief_not_free") << "one venue an exam";
  for (const Role role : {Role::venue_chief, Role::auditor, Role::administrator, Role::applicant})
    EXPECT_EQ(give({"a", role, DistrictCode("11110")}, "V11110", "chief-3"), "not_your_venue");
}

TEST_F(VenueChiefs, AreSeenAndTakenBackByTheOwnDistrict) {
  give(jongno, "V11110", "chief-1");
  EXPECT_EQ(list_own_chiefs(chiefs, city, chief_exam).size(), 1U);
  EXPECT_EQ(list_own_chiefs(chiefs, jongno, chief_exam).size(), 1U);
  EXPECT_TRUE(list_own_chiefs(chiefs, jung, chief_exam).empty());
  const auto take = [&](const Actor& actor, const char* account) {
    return code_thrown([&] { take_venue_back(chiefs, actor, chief_exam, account, now); });
  };
  EXPECT_EQ(take(jung, "chief-1"), "not_your_venue");
  EXPECT_EQ(take(jung, "nobody"), "not_your_venue") << "not there, in the same words";
  EXPECT_EQ(take(city, "nobody"), "no_such_chief");
  EXPECT_EQ(take(jongno, "chief-1"), "nothing");
  EXPECT_TRUE(chiefs.chiefs.empty());
}

// Red when the role is not asked for: an account whose role changed would keep its venue.
TEST_F(VenueChiefs, ReachTheVenueOfThisExamAndOfNoOther) {
  give(city, "V11140", "chief-1");
  const Actor chief{"chief-1", Role::venue_chief, {}};
  EXPECT_EQ(find_own_venue(chiefs, chief, chief_exam), VenueCode("V11140"));
  EXPECT_FALSE(find_own_venue(chiefs, chief, ExamCode("another")));
  EXPECT_FALSE(find_own_venue(chiefs, {"chief-2", Role::venue_chief, {}}, chief_exam));
  EXPECT_FALSE(find_own_venue(chiefs, {"chief-1", Role::auditor, {}}, chief_exam));
}

}  // namespace
}  // namespace hanjari::services
