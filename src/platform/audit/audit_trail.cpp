#include "audit/audit_trail.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <set>

#include <fmt/format.h>

#include "audit/audit_search.h"
#include "database/legible.h"
#include "database/sql_time.h"
#include "hanjari/base/clock.h"
#include "hanjari/base/error.h"

namespace hanjari::storage {
namespace {

using services::AuditBreak;
using services::AuditEntry;
using services::AuditReport;

constexpr std::size_t rows_at_once = 5'000;
constexpr std::size_t most_listed = 500;

Instant instant_of(const std::string& sql) {
  const auto day = parse_date(sql.substr(0, 10));
  if (!day || sql.size() < 26) return {};
  const auto number = [&](std::size_t at, std::size_t size) { return std::stol(sql.substr(at, size)); };
  return Instant(std::chrono::duration_cast<Instant::duration>(
      std::chrono::hours(24) * day->days + std::chrono::hours(number(11, 2)) + std::chrono::minutes(number(14, 2)) +
      std::chrono::seconds(number(17, 2)) + std::chrono::microseconds(number(20, 6))));
}

// What the lines of the anchor file say of each lane: the digests at a place. Where two lines differ, one of them tells of what is
// there no more, so both are compared.
using LaneAnchors = std::map<std::int64_t, std::set<std::string>>;
using Anchors = std::map<int, LaneAnchors>;

// Follows one lane from its beginning. Stops at its first break.
class LaneWalk {
 public:
  LaneWalk(const Key& key, int lane, const LaneAnchors& anchored)
      : key_(key), lane_(lane), digest_(first_digest(key, lane)), anchored_(anchored) {}

  // `people`: what audit_people says of the entry.
  void take(const ReadRow& read, const std::vector<std::string>& people) {
    if (break_) return;
    const std::int64_t expected = place_ + 1;
    if (read.row.place != expected) {
      stop(read.row.place > expected ? 0 : read.number, expected, read.row.place > expected ? "missing" : "unlinked",
           read.number);
    } else if (digest_entry(key_, read.previous, read.row) != read.digest) {
      stop(read.number, expected, "changed", read.number);
    } else if (read.previous != digest_) {
      stop(read.number, expected, "unlinked", read.number);
    } else if (!read.row.people_hash.empty() && digest_people(key_, lane_, expected, people) != read.row.people_hash) {
      stop(read.number, expected, "people_changed", read.number);
    } else {
      place_ = expected;
      digest_ = read.digest;
      last_number_ = read.number;
      const auto anchor = anchored_.find(place_);
      if (anchor != anchored_.end() && anchor->second != std::set{digest_}) stop(read.number, place_, "rewritten", read.number);
    }
  }

  // `entries` and `head`: what audit_lanes says.
  void finish(std::int64_t entries, const std::string& head) {
    if (break_) return;
    if (entries < place_ || (entries == place_ && head != digest_)) stop(last_number_, place_, "forged", last_number_);
    if (break_) return;
    const std::int64_t anchored = anchored_.empty() ? 0 : anchored_.rbegin()->first;
    if (entries > place_ || anchored > place_) stop(0, place_ + 1, "cut_off", last_number_ + 1);
  }

  const std::optional<AuditBreak>& found() const { return break_; }
  std::int64_t near() const { return near_; }  // number of an entry close to the break, to tell which came first

 private:
  void stop(std::int64_t number, std::int64_t place, const char* what, std::int64_t near) {
    break_ = AuditBreak{number, lane_, place, what};
    near_ = near;
  }

  const Key& key_;
  int lane_;
  std::int64_t place_ = 0;
  std::string digest_;
  std::int64_t last_number_ = 0;
  const LaneAnchors& anchored_;
  std::optional<AuditBreak> break_;
  std::int64_t near_ = 0;
};

}  // namespace

void AuditTrailStore::record(const services::Change& change, const services::AuditNote& note) {
  in_transaction(store_.pool, store_.retry,
                 [&](Connection& connection, Attempt) { write_audit(connection, store_, change, note); });
}

namespace {

AuditEntry entry_of(const ReadRow& read, const FieldCipher& cipher) {
  AuditEntry entry;
  entry.number = read.number;
  entry.change.author = read.row.author;
  entry.change.role = read.row.role;
  entry.change.request = read.row.request;
  entry.change.reason = read.row.reason;
  entry.change.at = instant_of(read.row.at);
  entry.note.action = read.row.action;
  entry.note.subject = read.row.subject;
  entry.note.detail = read.row.detail;
  if (read.row.content_sealed.empty()) return entry;
  entry.damaged = read_legibly([&] { open_content(cipher, read.row, entry); }) != Legible::yes && !entry.destroyed;
  return entry;
}

}  // namespace

std::vector<AuditEntry> AuditTrailStore::list_entries(const services::AuditFilter& filter) {
  const std::size_t limit = std::clamp<std::size_t>(filter.limit, 1, most_listed);
  const std::string person =
      filter.whose.empty() ? std::string() : store_.cipher.blind_index("audit person", filter.whose);
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    std::vector<AuditEntry> entries;
    for (const ReadRow& read : search_entries(connection, filter, person, limit))
      entries.push_back(entry_of(read, store_.cipher));
    return entries;
  });
}

namespace {

constexpr std::size_t signature_digits = 128;

// The anchor in a line of its file, or of the log that holds it.
struct FoundAnchor {
  std::string text;    // empty when there is none
  bool whole = false;  // up to the end of its signature
};

// Whatever the log's keeper put around it is left away. The last one counts: a program that dies while it writes leaves half a
// line, and the next goes on in it.
FoundAnchor anchor_in(const std::string& line) {
  const auto begin = line.rfind("hanjari-audit-anchor ");
  if (begin == std::string::npos) return {};
  for (auto at = line.find(' ', begin); at != std::string::npos; at = line.find(' ', at + 1)) {
    const auto end = std::min(line.find_first_not_of("0123456789abcdef", at + 1), line.size());
    if (end - (at + 1) == signature_digits) return {line.substr(begin, end - begin), true};
  }
  return {line.substr(begin), false};
}

// The keyed hashes of the people of each place from `first` to `last`.
std::map<std::int64_t, std::vector<std::string>> people_between(Connection& connection, int lane, std::int64_t first,
                                                                std::int64_t last) {
  std::map<std::int64_t, std::vector<std::string>> people;
  Rows rows = connection.select(
      "SELECT place, person_hash FROM audit_people WHERE lane = ? AND place BETWEEN ? AND ?", lane, first, last);
  while (rows.next()) {
    const std::int64_t place = rows.integer();
    people[place].push_back(rows.text());
  }
  return people;
}

// What files of signed heads say together.
struct SignedHeads {
  Anchors anchors;
  std::optional<Instant> newest;
  std::optional<AuditBreak> forged;
};

// Adds those of a file, which may be missing; their number.
std::int64_t read_heads(const std::filesystem::path& file, const Key& seed, SignedHeads& heads) {
  std::ifstream lines(file);
  std::int64_t line_number = 0;
  std::int64_t read = 0;
  for (std::string line; std::getline(lines, line);) {
    ++line_number;
    const FoundAnchor found = anchor_in(line);
    if (found.text.empty()) continue;
    const auto anchor = read_anchor(seed, found.text);
    if (!found.whole && lines.eof()) continue;  // half a line at the end: the program died while it wrote
    if (!anchor) {
      if (!heads.forged) heads.forged = AuditBreak{0, -1, line_number, "anchor_forged"};
      continue;
    }
    ++read;
    if (const auto at = parse_instant(anchor->at); at && (!heads.newest || *heads.newest < *at)) heads.newest = at;
    for (const auto& lane : anchor->lanes) heads.anchors[lane.lane][lane.entries].insert(lane.head);
  }
  return read;
}

}  // namespace

AuditReport AuditTrailStore::verify(Progress& progress) {
  const Key key = audit_chain_key(store_.cipher);
  const Key seed = audit_anchor_seed(store_.cipher);
  AuditReport report;
  SignedHeads signed_heads;
  // Whoever names lines of the log does not mean that the newer ones of the own file count for nothing.
  report.anchors = read_heads(anchors_, seed, signed_heads);
  if (!named_.empty()) report.anchors = read_heads(named_, seed, signed_heads);
  report.newest_head = signed_heads.newest;
  Anchors& anchors = signed_heads.anchors;
  const std::optional<AuditBreak>& bad_anchor = signed_heads.forged;
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    AuditReport result = report;
    // One moment for everything, while others go on writing.
    const Transaction one_moment(connection);
    Rows counts = connection.select(
        "SELECT COUNT(*), COUNT(lane), MIN(CASE WHEN lane BETWEEN 0 AND 63 AND place > 0 THEN audit_id END), "
        "CAST(MIN(CASE WHEN request <> '' THEN at END) AS CHAR), CAST(MAX(CASE WHEN request <> '' THEN at END) AS CHAR) FROM "
        "audit_entries");
    counts.next();
    const std::int64_t all = counts.integer();
    const std::int64_t chained = counts.integer();
    const std::int64_t first_chained = counts.maybe_integer().value_or(0);
    result.unchained = all - chained;
    if (const auto served = counts.maybe_text()) result.served_since = instant_of(*served);
    if (const auto served = counts.maybe_text()) result.served_until = instant_of(*served);
    std::map<int, std::pair<std::int64_t, std::string>> heads;
    for (Rows rows = connection.select("SELECT lane, entries, head FROM audit_lanes"); rows.next();) {
      const auto lane = static_cast<int>(rows.integer());
      const std::int64_t entries = rows.integer();
      heads[lane] = {entries, rows.text()};
    }
    progress.stage({"Checking the audit trail", "감사 기록 검증"}, static_cast<std::uint64_t>(chained));
    std::optional<AuditBreak> first = bad_anchor;
    std::int64_t nearest = bad_anchor ? INT64_MAX : 0;
    const auto note = [&](const AuditBreak& found, std::int64_t near) {
      if (first && near >= nearest) return;
      first = found;
      nearest = near;
    };
    for (int lane = 0; lane < audit_lane_count; ++lane) {
      LaneWalk walk(key, lane, anchors[lane]);
      std::int64_t last_place = INT64_MIN;
      for (bool more = true; more;) {
        more = false;
        std::vector<ReadRow> batch;
        Rows rows =
            connection.select(std::string("SELECT ") + audit_row_columns +
                                  " FROM audit_entries e WHERE e.lane = ? AND e.place > ? ORDER BY e.place LIMIT ?",
                              lane, last_place, rows_at_once);
        while (rows.next()) batch.push_back(read_row(rows));
        if (batch.empty()) break;
        const auto people = people_between(connection, lane, batch.front().row.place, batch.back().row.place);
        for (const ReadRow& read : batch) {
          const auto of_entry = people.find(read.row.place);
          walk.take(read, of_entry == people.end() ? std::vector<std::string>{} : of_entry->second);
          last_place = read.row.place;
          more = true;
          if (++result.entries % 10'000 == 0) progress.report(static_cast<std::uint64_t>(result.entries));
        }
      }
      const auto head = heads.find(lane);
      if (head == heads.end()) {
        walk.finish(0, first_digest(key, lane));
      } else {
        walk.finish(head->second.first, head->second.second);
      }
      if (walk.found()) note(*walk.found(), walk.near());
    }
    // Those that stand in no chain: from before it only when they have neither lane nor a number behind its first entry. No entry
    // of ours has the number 0, nor a lane without a place.
    Rows loose = connection.select(
        "SELECT MIN(audit_id) FROM audit_entries WHERE (lane IS NULL AND (audit_id = 0 OR (? > 0 AND audit_id > ?))) OR (lane IS "
        "NOT NULL AND (lane NOT BETWEEN 0 AND 63 OR place IS NULL OR place < 1))",
        first_chained, first_chained);
    if (loose.next()) {
      if (const auto number = loose.maybe_integer()) note({*number, -1, 0, "unlinked"}, *number);
    }
    result.first_break = first;
    return result;
  });
}

std::string AuditTrailStore::anchor(Instant now) {
  const std::lock_guard lock(anchoring_);
  AuditAnchor anchor;
  anchor.at = format_instant(now);
  in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    anchor.lanes.clear();
    Rows rows = connection.select("SELECT lane, entries, head FROM audit_lanes WHERE entries > 0 ORDER BY lane");
    while (rows.next()) {
      AuditAnchor::Lane lane;
      lane.lane = static_cast<int>(rows.integer());
      lane.entries = rows.integer();
      lane.head = rows.text();
      anchor.lanes.push_back(std::move(lane));
    }
    return true;
  });
  const std::string line = write_anchor(audit_anchor_seed(store_.cipher), anchor);
  std::error_code ignored;
  std::filesystem::create_directories(anchors_.parent_path(), ignored);
  ::chmod(anchors_.parent_path().c_str(), 0700);
  const int file = ::open(anchors_.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  const std::string text = line + "\n";
  const bool written =
      file >= 0 && ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && ::fsync(file) == 0;
  if (file >= 0) ::close(file);
  if (!written) {
    throw Unavailable("anchor_not_written", {fmt::format("{}: cannot be written", anchors_.string()),
                                             fmt::format("{}: 쓸 수 없습니다", anchors_.string())});
  }
  return line;
}

}  // namespace hanjari::storage
