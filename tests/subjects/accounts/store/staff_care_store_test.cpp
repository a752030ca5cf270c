// Accounts of the staff in the database: the same as in memory, and what the audit trail says of it.
#include <gtest/gtest.h>

#include "accounts/staff_contract.h"
#include "stage/test_database.h"

namespace hanjari::tests {
namespace {

TEST(StaffCareStore, Invites) {
  TestDatabase database;
  check_invitations(database->accounts(), database.clock.now());
}

TEST(StaffCareStore, ResetsByTwoPeople) {
  TestDatabase database;
  check_staff_care(database->accounts(), database.clock.now());
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM audit_entries WHERE action = 'account.ask_reset'"), 1);
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM audit_entries WHERE action = 'account.forget_second_factor'"), 1);
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM audit_entries WHERE action = 'account.rights'"), 1);
}

}  // namespace
}  // namespace hanjari::tests
