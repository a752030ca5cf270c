// Accounts of the staff in memory: invitations, rights, and second factors that two people reset.
#include "accounts/staff_contract.h"

namespace hanjari::tests {
namespace {

const Instant staff_now{std::chrono::hours(24 * 18'000)};

TEST(StaffCare, InvitesWhoeverHasTicketAndCode) {
  MemoryAccounts accounts;
  check_invitations(accounts, staff_now);
}

// Red when one administrator could reset alone.
TEST(StaffCare, ResetsSecondFactorsByTwoPeopleAndIsTheAdministratorsAlone) {
  MemoryAccounts accounts;
  check_staff_care(accounts, staff_now);
}

TEST(StaffCare, InvitesNobodyWhereNoMessageCanBeSent) {
  MemoryAccounts accounts;
  InvitationRecord record;
  const services::Actor admin{"admin-1", services::Role::administrator, {}};
  EXPECT_EQ(code_thrown([&] {
              services::invite_staff(accounts, nullptr, record, admin,
                                     {"lee", services::Role::exam_officer, std::nullopt, "lee@example.kr"},
                                     Language::english, services::change_of(admin, "", staff_now));
            }),
            "no_messages");
  EXPECT_TRUE(accounts.accounts.empty());
}

}  // namespace
}  // namespace hanjari::tests
