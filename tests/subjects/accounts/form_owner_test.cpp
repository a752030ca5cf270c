// A form's token tells whose form it was after its session has ended, and what is kept of it opens nothing.
#include "hanjari/accounts/form_owner.h"

#include <gtest/gtest.h>

#include <string>

#include "stage/memory_accounts.h"

namespace hanjari::tests {
namespace {

using services::FormOwner;

TEST(FormOwners, AreToldByWhatIsKeptOfTheToken) {
  MemoryAccounts accounts;
  const std::string token = services::draw_form_token(accounts, "p-sky");
  EXPECT_EQ(token.size(), 64U) << "as the column of sessions holds";
  EXPECT_NE(token, services::draw_form_token(accounts, "p-sky"));
  const std::string mark = services::owner_mark_of(accounts, token);
  EXPECT_EQ(services::find_owner(accounts, mark, "p-sky"), FormOwner::this_account);
  EXPECT_EQ(services::find_owner(accounts, mark, "p-river"), FormOwner::another_account);
  EXPECT_LT(mark.size(), token.size()) << "a mark is no token";
}

TEST(FormOwners, AreUnknownOfTokensThatNobodyDrewForASession) {
  MemoryAccounts accounts;
  std::string changed = services::draw_form_token(accounts, "p-sky");
  changed.back() = changed.back() == '0' ? '1' : '0';
  for (const std::string& token : {std::string(), std::string("x"), std::string(64, 'e'), changed}) {
    EXPECT_EQ(services::owner_mark_of(accounts, token), "") << token;
    EXPECT_EQ(services::find_owner(accounts, services::owner_mark_of(accounts, token), "p-sky"), FormOwner::unknown) << token;
  }
}

}  // namespace
}  // namespace hanjari::tests
