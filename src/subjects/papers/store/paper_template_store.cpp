#include "papers/store/paper_template_store.h"

#include <fmt/format.h>

#include "database/row_insert.h"
#include "database/sql_time.h"

namespace hanjari::storage {
namespace {

using services::TemplateVersion;

// clang-format off
constexpr const char* select_templates =
    "SELECT version, file_name, files, author, TIMESTAMPDIFF(MICROSECOND, '1970-01-01', saved_at) FROM paper_templates";
constexpr const char* insert_templates =
    "INSERT INTO paper_templates (version, file_name, files, author, saved_at) VALUES (?, ?, ?, ?, ?)";
// clang-format on

std::optional<TemplateVersion> read_templates(Rows rows) {
  std::optional<TemplateVersion> found;
  if (!rows.next()) return found;
  found.emplace();
  found->version = rows.integer();
  found->file = rows.text();
  found->files = services::parse_template_files(rows.text());
  found->author = rows.text();
  found->saved_at = from_microseconds(rows.integer());
  return found;
}

std::optional<TemplateVersion> newest_templates(Connection& connection) {
  return read_templates(connection.select(fmt::format("{} ORDER BY version DESC LIMIT 1", select_templates)));
}

}  // namespace

std::int64_t PaperTemplateStore::newest_version() {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) -> std::int64_t {
    Rows rows = connection.select("SELECT CAST(COALESCE(MAX(version), 0) AS SIGNED) FROM paper_templates");
    return rows.next() ? rows.integer() : 0;
  });
}

std::optional<TemplateVersion> PaperTemplateStore::find_version(std::int64_t version) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    if (version == 0) return newest_templates(connection);
    return read_templates(connection.select(fmt::format("{} WHERE version = ?", select_templates), version));
  });
}

void PaperTemplateStore::save_version(const TemplateVersion& next, const services::Change& change) {
  const std::string files = services::write_template_files(next.files);
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt) {
    const auto newest = newest_templates(connection);
    const std::int64_t stored = newest ? newest->version : 0;
    // An attempt whose commit was not heard has stored it already.
    if (stored == next.version && newest->author == next.author && newest->saved_at == next.saved_at &&
        newest->files == next.files)
      return;
    if (stored + 1 != next.version) throw services::TemplatesChanged();
    if (!insert_unless_there(connection, insert_templates, next.version, next.file, files, next.author,
                             sql_time(next.saved_at)))
      throw services::TemplatesChanged();
    write_audit(connection, store_, change,
                {"paper_templates.save", next.file, fmt::format("version {}", next.version)});
  });
}

}  // namespace hanjari::storage
