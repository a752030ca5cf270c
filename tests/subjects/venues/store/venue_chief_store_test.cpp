// Chiefs of venues on a real database: only accounts of the role, one venue an exam, recorded.
#include <gtest/gtest.h>

#include "hanjari/accounts/accounts.h"
#include "hanjari/venues/venue_chiefs.h"
#include "stage/code_thrown.h"
#include "stage/test_database.h"

namespace hanjari::services {
namespace {

using hanjari::tests::change_of;
using hanjari::tests::code_thrown;
using hanjari::tests::TestDatabase;

class KeptChiefs : public testing::Test {
 protected:
  KeptChiefs() {
    for (const char* name : {"chief-1", "chief-2"})
      add_account(database->accounts(), {name, Role::venue_chief, {}}, "", change_of(database.clock));
    add_account(database->accounts(), {"auditor", Role::auditor, {}}, "", change_of(database.clock));
  }
  VenueChief chief(const char* account, const char* venue = "V1") {
    VenueChief made;
    made.exam = ExamCode("asked-1");
    made.venue = VenueCode(venue);
    made.district = DistrictCode("11110");
    made.account = account;
    made.given_by = "jongno";
    made.given_at = database.clock.now();
    return made;
  }
  std::string add(const VenueChief& made) {
    return code_thrown([&] { database->venue_chiefs().add_chief(made, change_of(database.clock)); });
  }

  TestDatabase database;
};

// Red when the role is not asked for, or a second venue is given.
TEST_F(KeptChiefs, AreAccountsOfTheRoleWithOneVenueAnExam) {
  EXPECT_EQ(add(chief("chief-1")), "nothing");
  EXPECT_EQ(add(chief("chief-1")), "chief_not_free");
  EXPECT_EQ(add(chief("chief-1", "V2")), "chief_not_free");
  EXPECT_EQ(add(chief("auditor")), "chief_not_free");
  EXPECT_EQ(add(chief("nobody")), "chief_not_free");
  set_disabled(database->accounts(), "chief-2", true, change_of(database.clock));
  EXPECT_EQ(add(chief("chief-2")), "chief_not_free");
  const auto found = database->venue_chiefs().find_chief(ExamCode("asked-1"), "chief-1");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->venue, VenueCode("V1"));
  EXPECT_EQ(found->given_by, "jongno");
  EXPECT_EQ(database->venue_chiefs().list_chiefs(ExamCode("asked-1"), DistrictCode("11110")).size(), 1U);
  EXPECT_TRUE(database->venue_chiefs().list_chiefs(ExamCode("asked-1"), DistrictCode("11140")).empty());
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM audit_entries WHERE action = 'venue_chief.give'"), 1);
}

TEST_F(KeptChiefs, AreGoneAtOnceAndRecordedOnce) {
  add(chief("chief-1"));
  for (int times = 0; times < 2; ++times) database->venue_chiefs().remove_chief(chief("chief-1"), change_of(database.clock));
  EXPECT_FALSE(database->venue_chiefs().find_chief(ExamCode("asked-1"), "chief-1"));
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM audit_entries WHERE action = 'venue_chief.take'"), 1);
}

}  // namespace
}  // namespace hanjari::services
