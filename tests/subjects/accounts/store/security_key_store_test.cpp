// Security keys in the database: the same as in memory, and what only a database can get wrong.
#include <gtest/gtest.h>

#include "accounts/security_key_contract.h"
#include "stage/test_database.h"

namespace hanjari::tests {
namespace {

TEST(SecurityKeyStore, DoesWhatSecurityKeyRepositoriesDo) {
  TestDatabase database;
  check_security_keys(database->accounts(), database->attempts(), database.clock.now());
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM audit_entries WHERE action = 'account.add_security_key'"), 2);
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM audit_entries WHERE action = 'account.remove_security_key'"), 1);
  EXPECT_FALSE(database->audit().verify(no_progress()).first_break);
}

TEST(SecurityKeyStore, KeepsEveryByteAndNoMoreThanSoMany) {
  TestDatabase database;
  const services::Change change{"tester", "", database.clock.now()};
  services::add_account(database->accounts(), coordinator_of("11110"), "seventeen small cats", change);
  std::string all;
  for (int byte = 0; byte < 255; ++byte) all += static_cast<char>(byte);
  const std::string name = coordinator_of("11110").account;
  for (std::size_t number = 0; number < services::most_security_keys; ++number) {
    std::string id = all;
    id[0] = static_cast<char>(number);
    database->accounts().add_security_key(name, {id, all, "office.example.kr", 0, database.clock.now(), std::nullopt}, change);
    EXPECT_EQ(database->accounts().list_security_keys(name).at(number).id, id);
    EXPECT_EQ(database->accounts().list_security_keys(name).at(number).public_key, all);
  }
  EXPECT_EQ(code_thrown([&] {
              database->accounts().add_security_key(name, {"one more", all, "office.example.kr", 0, database.clock.now(), std::nullopt}, change);
            }),
            "too_many_security_keys");
}

}  // namespace
}  // namespace hanjari::tests
