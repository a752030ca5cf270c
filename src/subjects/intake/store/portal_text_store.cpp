#include "intake/store/portal_text_store.h"

#include <fmt/format.h>

#include "database/row_insert.h"
#include "database/sql_time.h"
#include "hanjari/base/error.h"

namespace hanjari::storage {
namespace {

using services::PortalPage;
using services::PortalText;

std::optional<PortalText> read_portal_text(Rows& rows, PortalPage page) {
  if (!rows.next()) return std::nullopt;
  PortalText text;
  text.page = page;
  text.version = static_cast<int>(rows.integer());
  text.words.ko = rows.text();
  text.words.en = rows.text();
  text.author = rows.text();
  text.at = from_microseconds(rows.integer());
  return text;
}

}  // namespace

std::optional<PortalText> PortalTextStore::find_newest_text(PortalPage page) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    Rows rows = connection.select(
        "SELECT version, words_ko, words_en, author, TIMESTAMPDIFF(MICROSECOND, '1970-01-01', written_at) FROM portal_texts "
        "WHERE page = ? ORDER BY version DESC LIMIT 1",
        services::spell(page));
    return read_portal_text(rows, page);
  });
}

std::optional<PortalText> PortalTextStore::find_text(PortalPage page, int version) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    Rows rows = connection.select(
        "SELECT version, words_ko, words_en, author, TIMESTAMPDIFF(MICROSECOND, '1970-01-01', written_at) FROM portal_texts "
        "WHERE page = ? AND version = ?",
        services::spell(page), version);
    return read_portal_text(rows, page);
  });
}

void PortalTextStore::add_text(const PortalText& text, int before, const services::Change& change) {
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt attempt) {
    Rows newest = connection.select("SELECT COALESCE(MAX(version), 0) FROM portal_texts WHERE page = ? FOR UPDATE",
                                    services::spell(text.page));
    const auto stored = newest.next() ? newest.integer() : 0;
    // The transaction may have been done before its answer was lost.
    if (attempt.number > 1 && stored == text.version) {
      Rows own = connection.select("SELECT words_ko = ? AND words_en = ? AND author = ? FROM portal_texts WHERE page = ? AND version = ?",
                                   text.words.ko, text.words.en, text.author, services::spell(text.page), text.version);
      if (own.next() && own.integer() != 0) return;
    }
    const bool added =
        stored == before &&
        insert_unless_there(connection,
                            "INSERT INTO portal_texts (page, version, words_ko, words_en, author, written_at) VALUES (?, ?, "
                            "?, ?, ?, ?)",
                            services::spell(text.page), text.version, text.words.ko, text.words.en, text.author,
                            sql_time(text.at));
    if (!added) {
      throw Conflict("portal_text_changed", {"Somebody else has written this page meanwhile. Look at it again.",
                                             "그사이 다른 담당자가 이 내용을 바꾸었습니다. 다시 확인하십시오."});
    }
    services::AuditNote note{"portal_text.save", std::string(services::spell(text.page)),
                             fmt::format("version {}", text.version)};
    note.after = text.words.ko + "\n\n" + text.words.en;
    write_audit(connection, store_, change, note);
  });
}

}  // namespace hanjari::storage
