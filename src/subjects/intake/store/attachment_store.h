// Photos and documents in the database.
#pragma once

#include "audit/store.h"
#include "hanjari/intake/attachments.h"

namespace hanjari::storage {

// Removes photos and documents of the account in the exam that no application names, in the transaction of what let go
// of them. Forms are sealed, so that they are opened for it; where one does not open nobody knows what it names, and
// all files stay.
void remove_unnamed_attachments(Connection& connection, const FieldCipher& cipher, const std::string& account,
                                const ExamCode& exam);

class AttachmentStore : public services::AttachmentRepository {
 public:
  explicit AttachmentStore(const Store& store) : store_(store) {}
  AttachmentId save_attachment(const services::Attachment& attachment) override;
  std::optional<services::Attachment> find_attachment(const std::string& account, const AttachmentId& id) override;
  std::optional<services::Attachment> find_attachment(const AttachmentId& id) override;
  std::map<std::string, std::string> list_document_names(const std::string& account, const ExamCode& exam) override;
  std::set<std::string> list_attachments(const std::string& account, const ExamCode& exam,
                                         services::AttachmentKind kind) override;

 private:
  const Store& store_;
};

}  // namespace hanjari::storage
