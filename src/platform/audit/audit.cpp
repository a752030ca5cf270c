// Writing entries of the audit trail.
#include <algorithm>
#include <string>
#include <vector>

#include "audit/audit_chain.h"
#include "audit/store.h"
#include "database/row_insert.h"
#include "database/sql_time.h"

namespace hanjari::storage {
namespace {

struct Head {
  std::int64_t entries = 0;
  std::string digest;
};

// The end of the lane, locked until the end of the transaction.
Head lock_lane(Connection& connection, const Key& key, int lane) {
  for (int tries = 0; tries < 2; ++tries) {
    Rows rows = connection.select("SELECT entries, head FROM audit_lanes WHERE lane = ? FOR UPDATE", lane);
    if (rows.next()) {
      Head head;
      head.entries = rows.integer();
      head.digest = rows.text();
      return head;
    }
    insert_unless_there(connection, "INSERT INTO audit_lanes (lane, entries, head) VALUES (?, 0, ?)", lane,
                        first_digest(key, lane));
  }
  throw std::logic_error("a lane that is not there after it was made");
}

constexpr std::size_t longest_detail = 2'000;  // of the column

// The one place where an entry says that its author was only named, and by whom.
std::string detail_with_shell(const AuditLine& line) {
  const std::string& detail = line.note.detail;
  if (line.change.shell.empty()) return detail;
  const std::string said = (detail.empty() ? "" : ", ") + ("at the command line of " + line.change.shell);
  // Of an entry that is full the sealed source says it alone.
  return detail.size() + said.size() > longest_detail ? detail : detail + said;
}

}  // namespace

void write_audits(Connection& connection, const Store& store, const std::vector<AuditLine>& lines) {
  if (lines.empty()) return;
  const Key key = audit_chain_key(store.cipher);
  const int lane = static_cast<int>(connection.number() % static_cast<std::uint32_t>(audit_lane_count));
  Head head = lock_lane(connection, key, lane);
  RowInsert entries(connection, "audit_entries (at, author, role, request, action, subject, reason, detail, content_sealed, lane, "
                    "place, previous_hash, entry_hash, people_hash)",
                    14, lines.size());
  std::vector<std::vector<std::string>> people_of_lines;
  std::size_t readings = 0;
  for (const AuditLine& line : lines) {
    AuditRow row;
    row.lane = lane;
    row.place = ++head.entries;
    row.at = sql_time(line.change.at);
    row.author = line.change.author.empty() ? store.author : line.change.author;
    row.role = line.change.role;
    row.request = line.change.request;
    row.action = line.note.action;
    row.subject = line.note.subject;
    row.detail = detail_with_shell(line);
    row.content_sealed = seal_content(store.cipher, line.change, line.note, row.lane, row.place);
    std::vector<std::string>& people = people_of_lines.emplace_back();
    for (const std::string& person : line.note.whose) people.push_back(store.cipher.blind_index("audit person", person));
    std::sort(people.begin(), people.end());
    people.erase(std::unique(people.begin(), people.end()), people.end());
    row.people_hash = digest_people(key, row.lane, row.place, people);
    std::string digest = digest_entry(key, head.digest, row);
    entries.add(row.at, row.author, row.role, row.request, row.action, row.subject, row.reason, row.detail,
                row.content_sealed, row.lane, row.place, head.digest, digest, row.people_hash);
    head.digest = std::move(digest);
    readings += people.size();
  }
  RowInsert people(connection, "audit_people (person_hash, lane, place)", 3, readings);
  std::int64_t place = head.entries - static_cast<std::int64_t>(lines.size());
  for (const std::vector<std::string>& people_of_line : people_of_lines) {
    ++place;
    for (const std::string& person : people_of_line) people.add(person, lane, place);
  }
  connection.change("UPDATE audit_lanes SET entries = ?, head = ? WHERE lane = ?", head.entries, head.digest, lane);
}

}  // namespace hanjari::storage
