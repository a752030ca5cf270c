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

// What lets somebody change what is stored, or take or give himself the right to. ALL counts as well.
constexpr std::array<std::string_view, 13> changing{
    "ALL PRIVILEGES", "UPDATE", "DELETE",   "DELETE HISTORY",          "DROP",          "ALTER", "TRIGGER",
    "CREATE USER",    "SUPER",  "SET USER", "REPLICATION SLAVE ADMIN", "BINLOG REPLAY", "ALL"};

// One line of SHOW GRANTS: GRANT rights ON what TO whom.
struct Grant {
  std::vector<std::string> rights;  // without their columns
  std::string schema;               // "*" for all; empty for a role
  std::string table;                // "*" for all
  bool proxy = false;               // acts as another account
  bool may_give = false;
};

// A name in backquotes, in which a backquote stands twice, or a bare one such as *.
std::string read_name(std::string_view& rest) {
  std::string name;
  if (!rest.starts_with('`')) {
    const auto end = std::min(rest.find_first_of(". "), rest.size());
    name = rest.substr(0, end);
    rest.remove_prefix(end);
    return name;
  }
  rest.remove_prefix(1);
  while (!rest.empty()) {
    const char letter = rest.front();
    rest.remove_prefix(1);
    if (letter == '`' && !rest.starts_with('`')) break;
    if (letter == '`') rest.remove_prefix(1);
    name += letter;
  }
  return name;
}

// "SELECT, UPDATE (`a`, `b`), DELETE": columns do not make a right another one.
std::vector<std::string> read_rights(std::string_view text) {
  std::vector<std::string> rights(1);
  bool in_columns = false;
  for (const char letter : text) {
    if (letter == '(') in_columns = true;
    if (!in_columns && letter == ',') {
      rights.emplace_back();
    } else if (!in_columns && (letter != ' ' || !rights.back().empty())) {
      rights.back() += letter;
    }
    if (letter == ')') in_columns = false;
  }
  for (std::string& right : rights) {
    while (right.ends_with(' ')) right.pop_back();
  }
  return rights;
}

Grant parse_grant(std::string_view line) {
  constexpr std::string_view word = "GRANT ";
  constexpr std::string_view place = " ON ";
  Grant grant;
  const auto on = line.find(place);
  if (!line.starts_with(word) || on == std::string_view::npos || line[word.size()] == '`') return grant;
  grant.rights = read_rights(line.substr(word.size(), on - word.size()));
  grant.proxy = grant.rights.front() == "PROXY";
  grant.may_give = line.find(" WITH GRANT OPTION") != std::string_view::npos;
  std::string_view rest = line.substr(on + place.size());
  for (const std::string_view kind : {"TABLE ", "FUNCTION ", "PROCEDURE ", "PACKAGE "}) {
    if (rest.starts_with(kind)) rest.remove_prefix(kind.size());
  }
  grant.schema = read_name(rest);
  if (rest.starts_with('.')) {
    rest.remove_prefix(1);
    grant.table = read_name(rest);
  }
  return grant;
}

enum class Concern { nothing, trail, accounts };

// What lies where the grant is for: the trail, or the tables of the server itself, by which rights can be taken.
Concern concern_of(Connection& connection, const Grant& grant) {
  if (grant.schema == "*") return Concern::accounts;
  // The name of a schema is a pattern where the right is for all its tables.
  const std::string likeness = grant.table == "*" ? "LIKE" : "=";
  Rows rows =
      connection.select("SELECT DATABASE() " + likeness + " ?, 'mysql' " + likeness + " ?", grant.schema, grant.schema);
  if (!rows.next()) return Concern::nothing;
  const bool here = rows.integer() != 0;
  if (rows.integer() != 0) return Concern::accounts;
  return here && (grant.table == "*" || only_grows(grant.table)) ? Concern::trail : Concern::nothing;
}

bool allows_to_change_audit(Connection& connection, const Grant& grant) {
  if (grant.proxy) return true;
  if (grant.rights.empty()) return false;
  const Concern concern = concern_of(connection, grant);
  if (concern == Concern::nothing) return false;
  if (grant.may_give) return true;
  return std::any_of(grant.rights.begin(), grant.rights.end(), [&](const std::string& right) {
    return std::find(changing.begin(), changing.end(), right) != changing.end() ||
           (right == "INSERT" && concern == Concern::accounts);
  });
}

std::string quoted(const std::string& name) {
  std::string text = "`";
  for (const char letter : name) text += letter == '`' ? std::string("``") : std::string(1, letter);
  return text + '`';
}

// All that the account has by itself, by everybody's role, and by each role that it may take on, by default or by will.
// A role's rights, and those of the roles in it, are told to nobody who has not taken it on.
std::vector<std::string> list_grants(Connection& connection) {
  std::vector<std::string> lines;
  const auto add = [&] {
    for (Rows rows = connection.select("SHOW GRANTS"); rows.next();) lines.push_back(rows.text());
  };
  add();
  std::vector<std::string> roles;
  for (Rows rows =
           connection.select("SELECT DISTINCT ROLE_NAME FROM information_schema.APPLICABLE_ROLES WHERE GRANTEE = "
                             "CURRENT_USER() AND ROLE_NAME <> 'PUBLIC'");  // which nobody takes on, and everybody has
       rows.next();)
    roles.push_back(rows.text());
  for (const std::string& role : roles) {
    connection.execute("SET ROLE " + quoted(role));
    add();
  }
  return lines;
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
  for (const std::string& line : list_grants(connection)) {
    if (allows_to_change_audit(connection, parse_grant(line))) return false;
  }
  return true;
}

}  // namespace hanjari::storage
