// Photos and documents in the database.
#pragma once

#include "audit/store.h"
#include "hanjari/intake/attachments.h"

namespace hanjari::storage {

class AttachmentStore : public services::AttachmentRepository {
 public:
  explicit AttachmentStore(const Store& store) : store_(store) {}
  AttachmentId save_attachment(const services::Attachment& attachment) override;
  std::optional<services::Attachment> find_attachment(const std::string& account, const AttachmentId& id) override;
  std::optional<services::Attachment> find_attachment(const AttachmentId& id) override;

 private:
  const Store& store_;
};

}  // namespace hanjari::storage
