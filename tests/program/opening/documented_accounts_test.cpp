// The set-up of an external server with two accounts, by the commands that docs/operations.md shows.
#include <gtest/gtest.h>

#include <filesystem>
#include <sstream>
#include <string>
#include <vector>

#include "database/migrations.h"
#include "database/server/private_server.h"
#include "hanjari/base/error.h"
#include "hanjari/base/file.h"
#include "places.h"
#include "stage/code_thrown.h"
#include "stage/test_database.h"

namespace hanjari::tests {
namespace {

namespace fs = std::filesystem;

constexpr const char* documented_password = "only-for-a-test";

// The statement in backquotes that makes the database, and the indented ones that make the accounts.
std::vector<std::string> documented_statements() {
  const std::string page = read_file(fs::path(hanjari::tests::source_dir) / "docs" / "operations.md");
  std::vector<std::string> statements;
  const auto begin = page.find("`CREATE DATABASE");
  if (begin == std::string::npos) return {};
  statements.push_back(page.substr(begin + 1, page.find('`', begin + 1) - begin - 1));
  std::istringstream lines(page);
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with("    CREATE USER ") && !line.starts_with("    GRANT ")) continue;
    std::string statement = line.substr(4, line.rfind(';') - 4);
    if (const auto dots = statement.find("'...'"); dots != std::string::npos)
      statement.replace(dots, 5, std::string("'") + documented_password + "'");
    statements.push_back(statement);
  }
  return statements;
}

// Red with error 1044: the program's account was to be asked for its name in a schema on which it had no right yet.
TEST(DocumentedAccounts, AreMadeUpgradedAndServedAsThePageSays) {
  const std::vector<std::string> statements = documented_statements();
  ASSERT_EQ(statements.size(), 4U) << "the database, the owner, its rights, the program";
  const TestFolder server_folder;
  copy_prepared_data(server_folder.path());
  storage::PrivateServer server(server_folder.path(), no_progress());
  server.socket();
  {
    const auto administrator = connect_to_data(server_folder.path());
    administrator->execute("DROP DATABASE hanjari");
    for (const std::string& statement : statements) administrator->execute(statement);
    // The socket of this server has no TLS, nor needs it.
    for (const char* account : {"hanjari_owner", "hanjari"})
      administrator->execute(std::string("ALTER USER '") + account + "'@'%' REQUIRE NONE");
  }
  const TestFolder program_folder;
  fs::create_directories(program_folder.path());
  storage::DatabaseSettings settings = test_settings(program_folder.path());
  settings.external = storage::ExternalServer{};
  settings.external->socket = server_folder.path() / "mariadb" / "s.sock";
  settings.external->user = "hanjari";
  settings.external->password = documented_password;
  settings.external->owner = "hanjari_owner";
  settings.external->owner_password = documented_password;
  HeldClock clock;
  EXPECT_EQ(storage::upgrade_schema(settings, clock, no_progress()).size(), storage::migrations().size());
  EXPECT_TRUE(storage::upgrade_schema(settings, clock, no_progress()).empty()) << "again";
  {
    // As the page says, the account that serves knows nothing of the owner.
    storage::DatabaseSettings serving = settings;
    serving.external->owner.clear();
    serving.external->owner_password.clear();
    storage::Database database(serving, storage::SchemaUpgrade::automatic, clock, no_progress());
    EXPECT_TRUE(database.audit_is_protected());
    EXPECT_EQ(database.jobs().add_job({"closing", "none", "{}"}, "one", change_of(clock)).id, "one");
    EXPECT_FALSE(database.audit().verify(no_progress()).first_break);
  }
  {
    // Red while nobody looked for triggers: the account that serves is shown none, so the upgrade refuses them.
    const auto administrator = connect_to_data(server_folder.path());
    administrator->execute("CREATE TRIGGER hanjari.erase AFTER INSERT ON hanjari.known_devices FOR EACH ROW DELETE FROM "
                           "hanjari.audit_people");
    EXPECT_EQ(code_thrown([&] { storage::upgrade_schema(settings, clock, no_progress()); }), "audit_unprotected");
    administrator->execute("DROP TRIGGER hanjari.erase");
    EXPECT_EQ(code_thrown([&] { storage::upgrade_schema(settings, clock, no_progress()); }), "nothing");
  }
  storage::DatabaseSettings owning = settings;
  owning.external->user = "hanjari_owner";
  storage::Database database(owning, storage::SchemaUpgrade::automatic, clock, no_progress());
  EXPECT_FALSE(database.audit_is_protected()) << "the owner's account does not serve";
}

}  // namespace
}  // namespace hanjari::tests
