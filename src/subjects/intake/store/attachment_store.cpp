#include "intake/store/attachment_store.h"

#include <set>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "database/legible.h"
#include "database/sql_time.h"
#include "hanjari/actor/token.h"
#include "hanjari/base/error.h"
#include "intake/store/application_rows.h"
#include "intake/store/intake_seal.h"
#include "vault/listed_value.h"

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

// What the account's forms in the exam name; nothing when one of them does not open.
std::optional<std::set<std::string>> find_named(Connection& connection, const FieldCipher& cipher,
                                                const std::string& account, const ExamCode& exam) {
  std::set<std::string> named;
  bool known = true;
  Rows rows = connection.select(
      fmt::format("SELECT {} FROM applications WHERE account = ? AND exam_code = ? AND destroyed_at IS NULL",
                  application_columns),
      account, exam.text());
  while (rows.next()) {
    const Application application = read_application(rows, cipher);
    known = known && application.legible == Legible::yes;
    add_attachments(application.form, named);
  }
  return known ? std::optional(std::move(named)) : std::nullopt;
}

// How many unnamed files stay, because a form is about to name them: the picture and the portrait that is cut out of it,
// on two devices; a document for every item of one form, and one more.
std::int64_t most_unnamed(AttachmentKind kind) {
  return kind == AttachmentKind::photo ? 4 : 8;
}

// Makes room for one more file of the kind. The form's row is locked until the end of the transaction, so that two
// devices at once make room after one another and no submission passes in between.
void make_room(Connection& connection, const FieldCipher& cipher, const Attachment& attachment, const std::string& id) {
  const ExamCode& exam = attachment.exam;
  {
    Rows form = connection.select(
        "SELECT draft_id FROM application_drafts WHERE account = ? AND exam_code = ? FOR UPDATE", attachment.account,
        exam.text());
    form.next();
  }
  auto named = find_named(connection, cipher, attachment.account, exam);
  if (named) {
    bool opened = false;
    read_legibly([&] {
      if (const auto draft = find_draft_of(connection, cipher, attachment.account, exam))
        add_attachments(draft->form, *named);
      opened = true;
    });
    if (!opened) named.reset();
  }
  std::vector<std::string> unnamed;  // the newest first
  std::int64_t count = 0;
  {
    Rows rows = connection.select(
        "SELECT attachment_id FROM attachments WHERE account = ? AND exam_code = ? AND kind = ? AND attachment_id <> ? "
        "ORDER BY created_at DESC, attachment_id",
        attachment.account, exam.text(), word_of(attachment.kind), id);
    for (; rows.next(); ++count) {
      std::string other = rows.text();
      if (named && !named->contains(other)) unnamed.push_back(std::move(other));
    }
  }
  // The new one is one of them.
  for (auto at = static_cast<std::size_t>(most_unnamed(attachment.kind)) - 1; at < unnamed.size(); ++at, --count)
    connection.change("DELETE FROM attachments WHERE attachment_id = ?", unnamed[at]);
  if (attachment.kind == AttachmentKind::document && count >= services::most_documents) {
    throw InvalidInput("too_many_documents", {"There are too many documents already.", "첨부한 서류가 너무 많습니다."});
  }
  if (attachment.kind == AttachmentKind::photo && count >= services::most_photos) {
    throw InvalidInput("too_many_photos", {"There are too many photos already. Call the exam office.",
                                           "등록한 사진이 너무 많습니다. 시험 담당 부서에 문의하십시오."});
  }
}

}  // namespace

void remove_unnamed_attachments(Connection& connection, const FieldCipher& cipher, const std::string& account,
                                const ExamCode& exam) {
  const auto named = find_named(connection, cipher, account, exam);
  if (!named) return;
  std::vector<std::string> unnamed;
  {
    Rows rows = connection.select("SELECT attachment_id FROM attachments WHERE account = ? AND exam_code = ?", account,
                                  exam.text());
    while (rows.next()) {
      std::string id = rows.text();
      if (!named->contains(id)) unnamed.push_back(std::move(id));
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
    make_room(connection, store_.cipher, attachment, id);
    connection.change(
        "INSERT INTO attachments (attachment_id, exam_code, account, kind, media_type, name_sealed, content_sealed, "
        "created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE created_at = VALUES(created_at)",
        id, attachment.exam.text(), attachment.account, word_of(attachment.kind), attachment.media_type, name_sealed,
        content_sealed, sql_time(attachment.at));
  });
  return AttachmentId(id);
}

std::set<std::string> AttachmentStore::list_attachments(const std::string& account, const ExamCode& exam,
                                                        AttachmentKind kind) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    std::set<std::string> ids;
    Rows rows = connection.select("SELECT attachment_id FROM attachments WHERE account = ? AND exam_code = ? AND kind = ?",
                                  account, exam.text(), word_of(kind));
    while (rows.next()) ids.insert(rows.text());
    return ids;
  });
}

std::map<std::string, std::string> AttachmentStore::list_document_names(const std::string& account, const ExamCode& exam) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    std::map<std::string, std::string> names;
    Rows rows = connection.select(
        "SELECT attachment_id, name_sealed FROM attachments WHERE account = ? AND exam_code = ? AND kind = ?", account,
        exam.text(), word_of(AttachmentKind::document));
    while (rows.next()) {
      const std::string id = rows.text();
      names[id] = open_listed(store_.cipher, exam_place(exam, id, name_column), rows.text());
    }
    return names;
  });
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
    attachment.name = store_.cipher.open(exam_place(attachment.exam, id.text(), name_column), rows.text());
    attachment.bytes = store_.cipher.open(exam_place(attachment.exam, id.text(), content_column), rows.text());
    attachment.at = from_microseconds(rows.integer());
    return attachment;
  });
}

}  // namespace hanjari::storage
