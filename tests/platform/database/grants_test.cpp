// Whether the program's account may change the record, whatever way it was given the right.
#include "database/server/grants.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "stage/test_database.h"

namespace hanjari::tests {
namespace {

const std::string program_grantee = std::string("'") + storage::program_account + "'@'localhost'";

// What the check says after these statements of the owner.
bool is_protected_after(const TestDatabase& database, const std::vector<std::string>& statements) {
  const auto owner = database.connect();
  for (const std::string& statement : statements) owner->execute(statement);
  const auto connection = connect_as_program(database.folder.path());
  return storage::audit_is_protected(*connection, owner.get());
}

struct Way {
  std::vector<std::string> give;
  std::vector<std::string> take;
};

// Red when only the account's own rights were read: none of a role, of everybody, by a pattern or on the second table
// was seen, nor ALL on everything, which is no right of that name there, nor what leads to the record by a detour: a view, a
// routine, a file that the server reads, a statement that it carries out for the owner.
TEST(AuditProtection, SeesEveryWayOfChangingTheRecord) {
  TestDatabase database;
  ASSERT_TRUE(is_protected_after(database, {}));
  const auto direct = [](const std::string& rights) {
    return Way{{"GRANT " + rights + " TO " + program_grantee}, {"REVOKE " + rights + " FROM " + program_grantee}};
  };
  const auto role = [](const std::string& rights, const std::string& more) {
    Way way{{"CREATE ROLE eraser", "GRANT " + rights + " TO eraser", "GRANT eraser TO " + program_grantee},
            {"DROP ROLE eraser"}};
    if (!more.empty()) way.give.push_back(more);
    return way;
  };
  const std::string by_default = "SET DEFAULT ROLE eraser FOR " + program_grantee;
  const std::vector<Way> ways{
      direct("DELETE ON *.*"),
      direct("ALL ON *.*"),
      direct("CREATE USER ON *.*"),
      direct("DELETE ON hanjari.*"),
      direct("ALL ON hanjari.*"),
      direct("UPDATE ON `hanj%`.*"),
      direct("DELETE HISTORY ON hanjari.*"),
      direct("DELETE ON hanjari.audit_entries"),
      direct("DELETE ON hanjari.audit_people"),
      direct("UPDATE (lane) ON hanjari.audit_entries"),
      direct("DROP ON hanjari.audit_people"),
      direct("EXECUTE ON hanjari.*"),
      direct("FILE ON *.*"),
      direct("CONNECTION ADMIN ON *.*"),
      {{"CREATE PROCEDURE erase() SQL SECURITY DEFINER DELETE FROM audit_entries", "GRANT EXECUTE ON PROCEDURE hanjari.erase TO " + program_grantee},
       {"REVOKE EXECUTE ON PROCEDURE hanjari.erase FROM " + program_grantee, "DROP PROCEDURE erase"}},
      {{"CREATE VIEW entries_seen AS SELECT * FROM audit_entries", "GRANT SELECT, DELETE ON hanjari.entries_seen TO " + program_grantee},
       {"REVOKE SELECT, DELETE ON hanjari.entries_seen FROM " + program_grantee, "DROP VIEW entries_seen"}},
      {{"CREATE DATABASE beside", "CREATE VIEW beside.people_seen AS SELECT * FROM hanjari.audit_people", "GRANT ALL ON beside.* TO " + program_grantee},
       {"REVOKE ALL ON beside.* FROM " + program_grantee, "DROP DATABASE beside"}},
      {{"CREATE DATABASE beside", "CREATE PROCEDURE beside.erase() SQL SECURITY DEFINER DELETE FROM hanjari.audit_entries",
        "GRANT EXECUTE ON beside.* TO " + program_grantee},
       {"REVOKE EXECUTE ON beside.* FROM " + program_grantee, "DROP DATABASE beside"}},
      // Seen under a role that is not the last.
      {{"CREATE DATABASE beside", "CREATE PROCEDURE beside.erase() SQL SECURITY DEFINER DELETE FROM hanjari.audit_entries",
        "CREATE ROLE a_eraser", "GRANT EXECUTE ON `bes%`.* TO a_eraser", "GRANT a_eraser TO " + program_grantee,
        "CREATE ROLE z_reader", "GRANT SELECT ON hanjari.exams TO z_reader", "GRANT z_reader TO " + program_grantee},
       {"DROP ROLE a_eraser", "DROP ROLE z_reader", "DROP DATABASE beside"}},
      // What whoever made a trigger may do is done for the program's account; a key that cascades deletes where it may delete.
      {{"CREATE TRIGGER erase AFTER INSERT ON known_devices FOR EACH ROW DELETE FROM audit_people"}, {"DROP TRIGGER erase"}},
      {{"CREATE TRIGGER erase BEFORE UPDATE ON exams FOR EACH ROW DELETE FROM audit_entries"}, {"DROP TRIGGER erase"}},
      {{"CREATE DATABASE beside", "CREATE TABLE beside.notes (a INT)",
        "CREATE TRIGGER beside.erase AFTER DELETE ON beside.notes FOR EACH ROW DELETE FROM hanjari.audit_people",
        "GRANT INSERT, DELETE ON beside.notes TO " + program_grantee},
       {"REVOKE INSERT, DELETE ON beside.notes FROM " + program_grantee, "DROP DATABASE beside"}},
      {{"ALTER TABLE audit_people ADD CONSTRAINT gone FOREIGN KEY (lane) REFERENCES audit_lanes (lane) ON DELETE CASCADE"},
       {"ALTER TABLE audit_people DROP FOREIGN KEY gone"}},
      {{"ALTER TABLE audit_entries ADD CONSTRAINT gone FOREIGN KEY (lane) REFERENCES audit_lanes (lane) ON DELETE SET NULL"},
       {"ALTER TABLE audit_entries DROP FOREIGN KEY gone"}},
      {{"ALTER TABLE audit_entries ADD CONSTRAINT gone FOREIGN KEY (lane) REFERENCES audit_lanes (lane) ON UPDATE CASCADE"},
       {"ALTER TABLE audit_entries DROP FOREIGN KEY gone"}},
      direct("INSERT ON mysql.*"),
      direct("UPDATE ON mysql.global_priv"),
      {{"GRANT SELECT ON hanjari.audit_entries TO " + program_grantee + " WITH GRANT OPTION"},
       {"REVOKE GRANT OPTION ON hanjari.audit_entries FROM " + program_grantee}},
      {{"CREATE USER 'other'@'localhost'", "GRANT PROXY ON 'other'@'localhost' TO " + program_grantee},
       {"REVOKE PROXY ON 'other'@'localhost' FROM " + program_grantee, "DROP USER 'other'@'localhost'"}},
      role("DELETE ON *.*", by_default),
      role("ALL ON hanjari.*", by_default),
      role("DELETE ON hanjari.audit_entries", by_default),
      role("UPDATE (lane) ON hanjari.audit_entries", by_default),
      role("DELETE ON hanjari.audit_people", ""),
      {{"CREATE ROLE inner_eraser", "GRANT DELETE ON hanjari.audit_entries TO inner_eraser", "CREATE ROLE eraser",
        "GRANT inner_eraser TO eraser", "GRANT eraser TO " + program_grantee, by_default},
       {"DROP ROLE eraser", "DROP ROLE inner_eraser"}},
      {{"GRANT DELETE ON hanjari.audit_entries TO PUBLIC"}, {"REVOKE DELETE ON hanjari.audit_entries FROM PUBLIC"}}};
  for (const Way& way : ways) {
    EXPECT_FALSE(is_protected_after(database, way.give)) << ::testing::PrintToString(way.give);
    EXPECT_TRUE(is_protected_after(database, way.take)) << ::testing::PrintToString(way.take);
  }
}

TEST(AuditProtection, MindsNoRightThatLeavesTheRecordAlone) {
  TestDatabase database;
  database.connect()->execute("CREATE DATABASE other");
  EXPECT_TRUE(is_protected_after(database, {"GRANT SELECT ON *.* TO " + program_grantee}));
  EXPECT_TRUE(is_protected_after(database, {"GRANT ALL ON other.* TO " + program_grantee}));
  EXPECT_TRUE(is_protected_after(database, {"GRANT CREATE TEMPORARY TABLES ON hanjari.* TO " + program_grantee}));
  EXPECT_TRUE(is_protected_after(database, {"GRANT UPDATE, DELETE ON hanjari.exams TO " + program_grantee}));
  EXPECT_TRUE(is_protected_after(database, {"CREATE ROLE `re``ader`", "GRANT SELECT ON hanjari.* TO `re``ader`",
                                            "GRANT `re``ader` TO " + program_grantee}));
  EXPECT_TRUE(is_protected_after(database, {"CREATE VIEW entries_seen AS SELECT * FROM audit_entries",
                                            "GRANT SELECT ON hanjari.entries_seen TO " + program_grantee}));
  EXPECT_TRUE(is_protected_after(database, {"CREATE TABLE other.notes (a INT)", "REVOKE ALL ON other.* FROM " + program_grantee,
                                            "CREATE TRIGGER other.count_notes AFTER INSERT ON other.notes FOR EACH ROW SET @a = 1"}))
      << "a table to which it may not write";
  EXPECT_TRUE(is_protected_after(database, {"ALTER TABLE audit_people ADD CONSTRAINT held FOREIGN KEY (lane) REFERENCES audit_lanes (lane)"}))
      << "a key that only refuses";
  EXPECT_TRUE(is_protected_after(database, {"CREATE PROCEDURE other.look() SQL SECURITY INVOKER SELECT 1"})) << "it does what its caller may do";
}

}  // namespace
}  // namespace hanjari::tests
