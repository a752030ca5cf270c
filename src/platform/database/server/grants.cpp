#include "database/server/grants.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

namespace hanjari::storage {
namespace {

// Tables to which one may only add.
constexpr std::array<std::string_view, 2> append_only{"audit_entries", "audit_people"};

bool only_grows(const std::string& table) {
  return std::find(append_only.begin(), append_only.end(), table) != append_only.end();
}

std::vector<std::string> tables_of(Connection& connection) {
  std::vector<std::string> tables;
  Rows rows = connection.select(
      "SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND TABLE_TYPE = 'BASE TABLE' "
      "ORDER BY TABLE_NAME");
  while (rows.next()) tables.push_back(rows.text());
  return tables;
}

}  // namespace

void grant_program_rights(Connection& owner, const std::string& account, const std::string& password) {
  if (!password.empty()) {
    owner.execute("CREATE USER IF NOT EXISTS " + account + " IDENTIFIED BY '" + password + "'");
    owner.execute("ALTER USER " + account + " IDENTIFIED BY '" + password + "'");
  }
  for (const std::string& table : tables_of(owner)) {
    owner.execute(std::string("GRANT SELECT, INSERT") + (only_grows(table) ? "" : ", UPDATE, DELETE") + " ON `" +
                  table + "` TO " + account);
  }
}

bool lacks_rights(Connection& owner, const std::string& account) {
  Rows rows = owner.select(
      "SELECT COUNT(*) FROM information_schema.TABLES t WHERE t.TABLE_SCHEMA = DATABASE() AND t.TABLE_TYPE = 'BASE "
      "TABLE' AND NOT EXISTS (SELECT 1 FROM information_schema.TABLE_PRIVILEGES p WHERE p.GRANTEE = ? AND "
      "p.TABLE_SCHEMA = t.TABLE_SCHEMA AND p.TABLE_NAME = t.TABLE_NAME AND p.PRIVILEGE_TYPE = 'INSERT')",
      account);
  rows.next();
  return rows.integer() > 0;
}

bool audit_is_protected(Connection& connection) {
  // An account sees its own rights here, whatever else it may see.
  Rows rows = connection.select(
      "SELECT COUNT(*) FROM (SELECT PRIVILEGE_TYPE FROM information_schema.USER_PRIVILEGES WHERE GRANTEE = "
      "CONCAT('''', REPLACE(CURRENT_USER(), '@', '''@'''), '''') UNION ALL SELECT PRIVILEGE_TYPE FROM "
      "information_schema.SCHEMA_PRIVILEGES WHERE TABLE_SCHEMA = DATABASE() AND GRANTEE = CONCAT('''', "
      "REPLACE(CURRENT_USER(), '@', '''@'''), '''') UNION ALL SELECT PRIVILEGE_TYPE FROM "
      "information_schema.TABLE_PRIVILEGES WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = 'audit_entries' AND "
      "GRANTEE "
      "= CONCAT('''', REPLACE(CURRENT_USER(), '@', '''@'''), '''')) r WHERE PRIVILEGE_TYPE IN ('UPDATE', 'DELETE', "
      "'DROP', 'ALTER', 'CREATE USER', 'SUPER', 'GRANT OPTION')");
  rows.next();
  return rows.integer() == 0;
}

}  // namespace hanjari::storage
