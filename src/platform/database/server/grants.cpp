#include "database/server/grants.h"

#include <algorithm>
#include <array>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "hanjari/base/error.h"

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

// What lets somebody change what is stored, or take or give himself the right to. ALL counts as well. A routine does what its
// owner may do, and whoever writes files beside a table gives it triggers. With CONNECTION ADMIN one sets init_connect: statements
// that the server carries out for everybody who connects, the owner of the tables too.
constexpr std::array<std::string_view, 16> changing{
    "ALL PRIVILEGES", "UPDATE", "DELETE",   "DELETE HISTORY",          "DROP",          "ALTER", "TRIGGER", "EXECUTE",
    "CREATE USER",    "SUPER",  "SET USER", "REPLICATION SLAVE ADMIN", "BINLOG REPLAY", "ALL",   "FILE",
    "CONNECTION ADMIN"};

// What changes rows behind a view.
constexpr std::array<std::string_view, 4> changing_by_view{"ALL PRIVILEGES", "ALL", "UPDATE", "DELETE"};

// What runs the triggers of a table.
constexpr std::array<std::string_view, 5> writing{"ALL PRIVILEGES", "ALL", "INSERT", "UPDATE", "DELETE"};

// What runs the routines of a schema.
constexpr std::array<std::string_view, 3> running{"ALL PRIVILEGES", "ALL", "EXECUTE"};

// One line of SHOW GRANTS: GRANT rights ON what TO whom.
struct Grant {
  std::vector<std::string> rights;  // without their columns
  std::string schema;               // "*" for all; empty for a role
  std::string table;                // "*" for all
  bool proxy = false;               // acts as another account
  bool of_routine = false;          // for one procedure, function or package
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
    if (!rest.starts_with(kind)) continue;
    rest.remove_prefix(kind.size());
    grant.of_routine = kind != "TABLE ";
    break;
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

struct View {
  std::string schema;
  std::string name;
};

// What an account may do, and what of other schemas it sees under any of its roles.
struct Sight {
  std::vector<std::string> grants;
  std::vector<View> views;               // the program's own schema has none
  std::vector<std::string> of_routines;  // schemas with routines that do what their owner may do
  std::vector<View> with_triggers;       // tables that have some, as far as they are shown
};

// Foreign keys by which rows go or change because another one does.
constexpr std::array<std::string_view, 4> following{"ON DELETE CASCADE", "ON DELETE SET", "ON UPDATE CASCADE", "ON UPDATE SET"};

void add_what_is_seen(Connection& connection, Sight& sight) {
  for (Rows rows = connection.select("SHOW GRANTS"); rows.next();) sight.grants.push_back(rows.text());
  for (Rows rows = connection.select("SELECT TABLE_SCHEMA, TABLE_NAME FROM information_schema.TABLES WHERE TABLE_TYPE = 'VIEW'");
       rows.next();) {
    View view;
    view.schema = rows.text();
    view.name = rows.text();
    sight.views.push_back(std::move(view));
  }
  for (Rows rows = connection.select(
           "SELECT DISTINCT ROUTINE_SCHEMA FROM information_schema.ROUTINES WHERE SECURITY_TYPE = 'DEFINER'");
       rows.next();)
    sight.of_routines.push_back(rows.text());
}

bool has_right_among(const Grant& grant, std::span<const std::string_view> some) {
  return std::any_of(grant.rights.begin(), grant.rights.end(),
                     [&](const std::string& right) { return std::find(some.begin(), some.end(), right) != some.end(); });
}

void add_triggers(Connection& connection, Sight& sight) {
  for (Rows rows = connection.select("SELECT DISTINCT EVENT_OBJECT_SCHEMA, EVENT_OBJECT_TABLE FROM information_schema.TRIGGERS");
       rows.next();) {
    View table;
    table.schema = rows.text();
    table.name = rows.text();
    sight.with_triggers.push_back(std::move(table));
  }
}

bool is_like(Connection& connection, const std::string& schema, const std::string& pattern) {
  Rows rows = connection.select("SELECT ? LIKE ?", schema, pattern);
  return rows.next() && rows.integer() != 0;
}

// A view is changed with the rights of whoever made it, wherever it stands: what lies behind it is not looked for.
bool changes_by_view(Connection& connection, const Grant& grant, const std::vector<View>& views) {
  if (!has_right_among(grant, changing_by_view)) return false;
  return std::any_of(views.begin(), views.end(), [&](const View& view) {
    if (grant.table != "*") return grant.schema == view.schema && grant.table == view.name;
    return is_like(connection, view.schema, grant.schema);
  });
}

// So is a routine run, and what it does is not looked for either.
bool changes_by_routine(Connection& connection, const Grant& grant, const std::vector<std::string>& schemas) {
  if (grant.table != "*" || !has_right_among(grant, running)) return false;
  return std::any_of(schemas.begin(), schemas.end(),
                     [&](const std::string& schema) { return is_like(connection, schema, grant.schema); });
}

// Who writes to a table runs its triggers, each with the rights of whoever made it.
bool changes_by_trigger(Connection& connection, const Grant& grant, const std::vector<View>& tables) {
  if (!has_right_among(grant, writing)) return false;
  return std::any_of(tables.begin(), tables.end(), [&](const View& table) {
    // The server's own schema has triggers of its own, which concern its tables alone.
    if (table.schema == "sys" || grant.schema.empty()) return false;
    if (grant.schema == "*") return true;
    if (grant.table != "*") return grant.schema == table.schema && grant.table == table.name;
    return is_like(connection, table.schema, grant.schema);
  });
}

// The words of the table are shown to whoever may read it.
bool follows_other_tables(Connection& connection, std::string_view table) {
  Rows rows = connection.select("SHOW CREATE TABLE `" + std::string(table) + "`");
  if (!rows.next()) return true;
  rows.text();  // its name
  const std::string words = rows.text();
  return std::any_of(following.begin(), following.end(),
                     [&](std::string_view way) { return words.find(way) != std::string::npos; });
}

bool allows_to_change_audit(Connection& connection, const Grant& grant, const Sight& sight) {
  if (grant.proxy || grant.of_routine) return true;
  if (grant.rights.empty()) return false;
  if (changes_by_view(connection, grant, sight.views) || changes_by_routine(connection, grant, sight.of_routines)) return true;
  if (changes_by_trigger(connection, grant, sight.with_triggers)) return true;
  const Concern concern = concern_of(connection, grant);
  if (concern == Concern::nothing) return false;
  if (grant.may_give) return true;
  constexpr std::array<std::string_view, 1> adding{"INSERT"};
  return has_right_among(grant, changing) || (concern == Concern::accounts && has_right_among(grant, adding));
}

std::string quoted(const std::string& name) {
  std::string text = "`";
  for (const char letter : name) text += letter == '`' ? std::string("``") : std::string(1, letter);
  return text + '`';
}

// All that the account has by itself, by everybody's role, and by each role that it may take on, by default or by will.
// A role's rights, and those of the roles in it, are told to nobody who has not taken it on; nor are views and routines shown.
Sight look_around(Connection& connection) {
  Sight sight;
  add_what_is_seen(connection, sight);
  std::vector<std::string> roles;
  for (Rows rows =
           connection.select("SELECT DISTINCT ROLE_NAME FROM information_schema.APPLICABLE_ROLES WHERE GRANTEE = "
                             "CURRENT_USER() AND ROLE_NAME <> 'PUBLIC'");  // which nobody takes on, and everybody has
       rows.next();)
    roles.push_back(rows.text());
  for (const std::string& role : roles) {
    connection.execute("SET ROLE " + quoted(role));
    add_what_is_seen(connection, sight);
  }
  return sight;
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

bool audit_is_protected(Connection& connection, Connection* owner) {
  if (std::any_of(append_only.begin(), append_only.end(),
                  [&](std::string_view table) { return follows_other_tables(connection, table); }))
    return false;
  Sight sight = look_around(connection);
  if (owner != nullptr) add_triggers(*owner, sight);
  return std::none_of(sight.grants.begin(), sight.grants.end(),
                      [&](const std::string& line) { return allows_to_change_audit(connection, parse_grant(line), sight); });
}

void refuse_triggers(Connection& owner) {
  Rows rows = owner.select(
      "SELECT EVENT_OBJECT_TABLE, TRIGGER_NAME FROM information_schema.TRIGGERS WHERE EVENT_OBJECT_SCHEMA = DATABASE() ORDER "
      "BY EVENT_OBJECT_TABLE, TRIGGER_NAME LIMIT 1");
  if (!rows.next()) return;
  const std::string table = rows.text();
  const std::string trigger = rows.text();
  throw Unavailable("audit_unprotected",
                    {fmt::format("table {} has the trigger {}, which this program did not make: whoever writes there does what "
                                 "its owner may do, with the audit trail too; drop it",
                                 table, trigger),
                     fmt::format("{} 테이블에 이 프로그램이 만들지 않은 트리거 {}가 있습니다. 그 테이블에 쓰는 계정은 트리거 "
                                 "소유자의 권한으로 감사 기록까지 고칠 수 있으니 트리거를 삭제하십시오",
                                 table, trigger)});
}

}  // namespace hanjari::storage
