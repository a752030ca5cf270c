// Attachments of a database in which everybody has the sample form's photo, so that tests of other things send none.
#pragma once

#include <map>
#include <set>
#include <string>

#include "hanjari/intake/attachments.h"

namespace hanjari::tests {

class PlantedFiles : public services::AttachmentRepository {
 public:
  explicit PlantedFiles(services::AttachmentRepository& stored) : stored_(stored) {}
  AttachmentId save_attachment(const services::Attachment& attachment) override {
    return stored_.save_attachment(attachment);
  }
  std::optional<services::Attachment> find_attachment(const std::string& account, const AttachmentId& id) override {
    return stored_.find_attachment(account, id);
  }
  std::optional<services::Attachment> find_attachment(const AttachmentId& id) override {
    return stored_.find_attachment(id);
  }
  std::map<std::string, std::string> list_document_names(const std::string& account, const ExamCode& exam) override {
    return stored_.list_document_names(account, exam);
  }
  std::set<std::string> list_attachments(const std::string& account, const ExamCode& exam,
                                         services::AttachmentKind kind) override {
    auto ids = stored_.list_attachments(account, exam, kind);
    if (kind == services::AttachmentKind::photo) ids.insert("photo-1");
    return ids;
  }

 private:
  services::AttachmentRepository& stored_;
};

}  // namespace hanjari::tests
