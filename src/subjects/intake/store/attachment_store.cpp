#include "intake/store/attachment_store.h"

#include <set>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "database/sql_time.h"
#include "hanjari/actor/token.h"
#include "hanjari/base/error.h"
#include "intake/store/application_rows.h"
#include "intake/store/intake_seal.h"

namespace hanjari::storage {
namespace {

using services::Attachment;
using services::AttachmentKind;

constexpr std::string_view name_column = "attachments.name";
constexpr std::string_view content_column = "attachments.content";

std::string_view word_of(AttachmentKind kind) {
  return kind == AttachmentKind::photo ? "photo" : "document";
}

void add_attachments(const ApplicationForm& form, std::set<std::string>& ids) {
  ids.insert(form.photo.text());
  for (const AccommodationRequest& request : form.accommodations) {
    for (const AttachmentId& document : request.documents) ids.insert(document.text());
  }
}

}  // namespace

void remove_unnamed_attachments(Connection& connection, const FieldCipher& cipher, const std::string& account,
                                const ExamCode& exam) {
  std::set<std::string> named;
  bool known = true;
  {
    Rows rows = connection.select(fmt::format("SELECT {} FROM applications WHERE account = ? AND exam_code = ? AND "
                                              "destroyed_at IS NULL",
                                              application_columns),
                                  account, exam.text());
    while (rows.next()) {
      const Application application = read_application(rows, cipher);
      known = known && application.legible == Legible::yes;
      add_attachments(application.form, named);
    }
  }
  if (!known) return;
  std::vector<std::string> unnamed;
  {
    Rows rows = connection.select("SELECT attachment_id FROM attachments WHERE account = ? AND exam_code = ?", account,
                                  exam.text());
    while (rows.next()) {
      std::string id = rows.text();
      if (!named.contains(id)) unnamed.push_back(std::move(id));
    }
  }
  for (const std::string& id : unnamed) connection.change("DELETE FROM attachments WHERE attachment_id = ?", id);
}

AttachmentId AttachmentStore::save_attachment(const Attachment& attachment) {
  const std::string id = services::draw_token();
  const FieldPlace name = exam_place(attachment.exam, id, name_column);
  const FieldPlace content = exam_place(attachment.exam, id, content_column);
  const std::string name_sealed = store_.cipher.seal(name, std::string_view(attachment.name).substr(0, 1000));
  const std::string content_sealed = store_.cipher.seal(content, attachment.bytes);
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt) {
    if (attachment.kind == AttachmentKind::document) {
      Rows rows = connection.select(
          "SELECT COUNT(*) FROM attachments WHERE account = ? AND exam_code = ? AND kind = 'document'",
          attachment.account, attachment.exam.text());
      rows.next();
      if (rows.integer() >= services::most_documents) {
        throw InvalidInput("too_many_documents",
                           {"There are too many documents already.", "첨부한 서류가 너무 많습니다."});
      }
    }
    connection.change(
        "INSERT INTO attachments (attachment_id, exam_code, account, kind, media_type, name_sealed, content_sealed, "
        "created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE created_at = VALUES(created_at)",
        id, attachment.exam.text(), attachment.account, word_of(attachment.kind), attachment.media_type, name_sealed,
        content_sealed, sql_time(attachment.at));
  });
  return AttachmentId(id);
}

std::optional<Attachment> AttachmentStore::find_attachment(const std::string& account, const AttachmentId& id) {
  auto found = find_attachment(id);
  if (found && found->account != account) return std::nullopt;
  return found;
}

std::optional<Attachment> AttachmentStore::find_attachment(const AttachmentId& id) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) -> std::optional<Attachment> {
    Rows rows = connection.select(
        "SELECT exam_code, account, kind, media_type, name_sealed, content_sealed, "
        "TIMESTAMPDIFF(MICROSECOND, '1970-01-01', created_at) FROM attachments WHERE attachment_id = ?",
        id.text());
    if (!rows.next()) return std::nullopt;
    Attachment attachment;
    attachment.id = id;
    attachment.exam = ExamCode(rows.text());
    attachment.account = rows.text();
    attachment.kind = rows.text() == "photo" ? AttachmentKind::photo : AttachmentKind::document;
    attachment.media_type = rows.text();
    attachment.name = store_.cipher.open({0, id.text(), name_column}, rows.text());
    attachment.bytes = store_.cipher.open({0, id.text(), content_column}, rows.text());
    attachment.at = from_microseconds(rows.integer());
    return attachment;
  });
}

}  // namespace hanjari::storage
