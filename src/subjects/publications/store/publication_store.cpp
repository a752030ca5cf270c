#include "publications/store/publication_store.h"

#include <fmt/format.h>

#include "database/sql_time.h"
#include "hanjari/base/digest.h"
#include "hanjari/base/error.h"
#include "publications/store/publication_records.h"
#include "publications/store/publication_rows.h"

namespace hanjari::storage {
namespace {

using services::Publication;

constexpr int rows_removed_at_once = 500;

services::AuditNote note_of_publication(const Publication& publication, const std::string& action) {
  services::AuditNote note{action, fmt::format("{}/publication-{}", publication.exam.text(), publication.number),
                           fmt::format("digest {}", publication.state.digest)};
  note.exam = publication.exam.text();
  return note;
}

const Publication* find_in(const std::vector<Publication>& there, const std::string& id) {
  for (const Publication& one : there) {
    if (one.id == id) return &one;
  }
  return nullptr;
}

[[noreturn]] void throw_release_step_changed() {
  throw Conflict("release_step_changed", {"Somebody else changed the step of this version meanwhile. Look again.",
                                          "그사이 다른 사람이 이 판의 단계를 바꾸었습니다. 다시 확인하십시오."});
}

// Holds the row until the end of the transaction, so that nobody begins or seals in between.
void require_making(Connection& connection, const Publication& publication) {
  if (!holds_making_of(connection, publication)) throw_release_step_changed();
}

void require_record_of_everybody(Connection& connection, const Publication& publication) {
  Rows rows = connection.select("SELECT COUNT(*) FROM publication_records WHERE publication_id = ?", publication.id);
  if (rows.next() && rows.integer() == publication.people) return;
  throw_release_step_changed();
}

// A commit whose answer was lost is seen here: the very state stands already.
bool is_done_before(Connection& connection, Attempt attempt, const Publication& publication,
                    const services::ReleaseState& next) {
  if (attempt.number <= 1) return false;
  const auto there = list_publication_rows(connection, publication.exam);
  const Publication* now = find_in(there, publication.id);
  return now != nullptr && now->state == next;
}

// Either share: with the first one the version stays approved, with the second it is armed.
bool takes_a_share(services::ReleaseStep now, services::ReleaseStep next) {
  using services::ReleaseStep;
  return next == ReleaseStep::armed ||
         (next == ReleaseStep::approved && (now == ReleaseStep::approved || now == ReleaseStep::armed));
}

// Microseconds are what the database keeps of a moment.
services::ReleaseState as_kept(services::ReleaseState state) {
  const auto micros = [](Instant at) { return Instant(std::chrono::floor<std::chrono::microseconds>(at.time_since_epoch())); };
  state.changed_at = micros(state.changed_at);
  state.release_at = micros(state.release_at);
  return state;
}

}  // namespace

Publication PublicationStore::add_publication(const Publication& publication, const services::Change& change) {
  return in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt) {
    hold_exam_of_publications(connection, store_, publication.exam);
    const auto there = list_publication_rows(connection, publication.exam);
    if (const Publication* same = find_in(there, publication.id)) return *same;
    Publication kept = publication;
    kept.number = there.empty() ? 1 : there.front().number + 1;
    insert_publication_row(connection, kept);
    write_audit(connection, store_, change, note_of_publication(kept, "publication.order"));
    return kept;
  });
}

std::vector<Publication> PublicationStore::list_publications(const ExamCode& exam) {
  return in_reading(store_.pool, store_.retry,
                    [&](Connection& connection) { return list_publication_rows(connection, exam); });
}

void PublicationStore::begin_sealing(const Publication& publication) {
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt) {
    hold_exam_of_publications(connection, store_, publication.exam);
    if (!update_begun_publication(connection, publication)) throw_release_step_changed();
  });
}

void PublicationStore::clear_results(const Publication& publication) {
  for (const char* table : {"publication_records", "publication_parts"}) {
    const std::string some =
        fmt::format("DELETE FROM {} WHERE publication_id = ? LIMIT {}", table, rows_removed_at_once);
    for (bool more = true; more;) {
      more = in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt) {
        require_making(connection, publication);
        return connection.change(some, publication.id) == static_cast<std::uint64_t>(rows_removed_at_once);
      });
    }
  }
}

void PublicationStore::add_results(const Publication& publication,
                                   const std::vector<services::SealedResult>& results) {
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt attempt) {
    require_making(connection, publication);
    std::vector<const services::SealedResult*> missing;
    for (const services::SealedResult& result : results) {
      if (attempt.number > 1 && read_sealed_result(connection, store_.cipher, publication, result.number)) continue;
      missing.push_back(&result);
    }
    insert_sealed_results(connection, store_.cipher, publication, missing);
  });
}

void PublicationStore::add_part(const Publication& publication, const std::string& name, std::string_view content) {
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt) {
    require_making(connection, publication);
    connection.change("DELETE FROM publication_parts WHERE publication_id = ? AND name = ?", publication.id, name);
    insert_publication_part(connection, store_, publication, name, content);
  });
}

std::optional<services::SealedResult> PublicationStore::find_result(const Publication& publication,
                                                                    const std::string& number) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    return read_sealed_result(connection, store_.cipher, publication, number);
  });
}

std::vector<services::SealedResult> PublicationStore::find_results(const Publication& publication,
                                                                  const std::vector<std::string>& numbers) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    return read_sealed_results(connection, store_.cipher, publication, numbers);
  });
}

void PublicationStore::sort_as_kept(const Publication& publication, std::vector<std::string>& numbers) {
  sort_by_record_id(store_.cipher, publication, numbers);
}

std::string PublicationStore::digest_results(const Publication& publication) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    Sha256 digest;
    // In portions: the records of a city have some two hundred megabytes.
    std::string last;
    for (bool more = true; more;) {
      more = false;
      Rows rows = connection.select(
          "SELECT record_id, record FROM publication_records WHERE publication_id = ? AND record_id > ? ORDER BY record_id "
          "LIMIT 500",
          publication.id, last);
      while (rows.next()) {
        last = rows.text();
        digest.update(last).update(sha256(rows.text()).hex());
        more = true;
      }
    }
    digest.update(sha256(read_publication_part(connection, store_, publication,
                                               services::publication_parts::public_bundle))
                      .hex());
    return digest.finish().hex();
  });
}

void PublicationStore::finish_sealing(const Publication& sealed, const std::vector<services::KeptShare>& shares,
                                      const services::Change& change) {
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt attempt) {
    hold_exam_of_publications(connection, store_, sealed.exam);
    if (is_done_before(connection, attempt, sealed, as_kept(sealed.state))) return;
    require_record_of_everybody(connection, sealed);
    if (!update_sealed_publication(connection, sealed)) throw_release_step_changed();
    connection.change("DELETE FROM publication_shares WHERE publication_id = ?", sealed.id);
    for (const services::KeptShare& share : shares) {
      connection.change("INSERT INTO publication_shares (publication_id, officer, share) VALUES (?, ?, ?)", sealed.id,
                        share.officer, share.sealed);
    }
    write_audit(connection, store_, change, note_of_publication(sealed, "publication.seal"));
  });
}

void PublicationStore::fail_publication(const Publication& publication, const services::Change& change) {
  const bool failed = in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt) {
    if (!holds_making_of(connection, publication)) return false;
    const std::uint64_t changed = connection.change(
        "UPDATE publications SET step = 'failed', changed_at = ? WHERE publication_id = ? AND step = 'rendering'",
        sql_time(change.at), publication.id);
    if (changed > 0) write_audit(connection, store_, change, note_of_publication(publication, "publication.fail"));
    return true;
  });
  if (failed) clear_results(publication);
}

std::string PublicationStore::load_part(const Publication& publication, const std::string& name) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    return read_publication_part(connection, store_, publication, name);
  });
}

std::vector<services::KeptShare> PublicationStore::list_shares(const Publication& publication) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    std::vector<services::KeptShare> shares;
    Rows rows = connection.select(
        "SELECT officer, share FROM publication_shares WHERE publication_id = ? ORDER BY officer", publication.id);
    while (rows.next()) {
      services::KeptShare share;
      share.officer = rows.text();
      share.sealed = rows.text();
      shares.push_back(std::move(share));
    }
    return shares;
  });
}

void PublicationStore::save_step(const Publication& publication, const services::ReleaseState& next,
                                 const std::string& action, const services::Change& change) {
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt attempt) {
    hold_exam_of_publications(connection, store_, publication.exam);
    if (is_done_before(connection, attempt, publication, as_kept(next))) return;
    // Looked at before the row says so itself: an armed version is always the one that is waited for.
    if (takes_a_share(publication.state.step, next.step))
      services::require_awaited(list_publication_rows(connection, publication.exam), publication);
    if (!update_publication_state(connection, publication, next)) throw_release_step_changed();
    // Looked at while the exam is held: of two that are approved at the same moment the later one finds the other.
    if (next.step == services::ReleaseStep::approved && publication.state.step == services::ReleaseStep::proposed)
      services::require_only_announcement(list_publication_rows(connection, publication.exam), publication, next.changed_at);
    write_audit(connection, store_, change, note_of_publication(publication, action));
  });
}

void PublicationStore::release(const Publication& publication, const services::ReleaseState& next,
                               std::string_view key, const services::Change& change) {
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt attempt) {
    hold_exam_of_publications(connection, store_, publication.exam);
    if (is_done_before(connection, attempt, publication, as_kept(next))) return;
    std::string root_now;
    for (const Publication& one : list_publication_rows(connection, publication.exam)) {
      if (one.order.stage != publication.order.stage) continue;
      if (one.state.step == services::ReleaseStep::released && one.version == publication.version - 1)
        root_now = one.root;
      if (one.state.step == services::ReleaseStep::released && one.version >= publication.version) root_now = "newer";
    }
    if (root_now != publication.replaces) services::throw_other_release();
    services::require_basis(publication, read_basis_rows(connection, publication.exam));
    if (!update_released_publication(connection, publication, next, key)) throw_release_step_changed();
    write_audit(connection, store_, change, note_of_publication(publication, "publication.release"));
  });
}

services::ReleaseBasis PublicationStore::find_basis(const ExamCode& exam) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) { return read_basis_rows(connection, exam); });
}

Instant PublicationStore::database_now() {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    Rows rows = connection.select("SELECT TIMESTAMPDIFF(MICROSECOND, '1970-01-01', UTC_TIMESTAMP(6))");
    rows.next();
    return from_microseconds(rows.integer());
  });
}

std::optional<services::OfficerReleaseKey> PublicationStore::find_officer_key(const std::string& officer) {
  for (services::OfficerReleaseKey& key : list_officer_keys()) {
    if (key.officer == officer) return std::move(key);
  }
  return std::nullopt;
}

std::vector<services::OfficerReleaseKey> PublicationStore::list_officer_keys() {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    std::vector<services::OfficerReleaseKey> keys;
    Rows rows = connection.select(
        "SELECT officer, public_half, private_half, TIMESTAMPDIFF(MICROSECOND, '1970-01-01', made_at) FROM "
        "officer_release_keys ORDER BY officer");
    while (rows.next()) {
      services::OfficerReleaseKey key;
      key.officer = rows.text();
      key.key.public_half = rows.text();
      key.key.private_sealed = rows.text();
      key.made_at = from_microseconds(rows.integer());
      keys.push_back(std::move(key));
    }
    return keys;
  });
}

void PublicationStore::save_officer_key(const services::OfficerReleaseKey& key, const services::Change& change) {
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt) {
    connection.change(
        "INSERT INTO officer_release_keys (officer, public_half, private_half, made_at) VALUES (?, ?, ?, ?) ON DUPLICATE KEY "
        "UPDATE public_half = VALUES(public_half), private_half = VALUES(private_half), made_at = VALUES(made_at)",
        key.officer, key.key.public_half, key.key.private_sealed, sql_time(key.made_at));
    write_audit(connection, store_, change, {"release_key.make", key.officer, ""});
  });
}

}  // namespace hanjari::storage
