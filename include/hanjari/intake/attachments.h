// Photos and documents of applicants, sealed in the database.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "hanjari/base/clock.h"
#include "hanjari/domain/application.h"

namespace hanjari::services {

enum class AttachmentKind { photo, document };

struct Attachment {
  AttachmentId id;
  std::string account;  // whose it is
  ExamCode exam;
  AttachmentKind kind = AttachmentKind::photo;
  std::string media_type;
  std::string name;  // as the applicant called it; shown, never used as a path
  std::string bytes;
  Instant at{};
};

constexpr std::size_t longest_photo = 350 * 1000;
constexpr std::size_t longest_document = 5 * 1000 * 1000;
constexpr int most_documents = 20;  // of one account and exam
constexpr int most_photos = 12;     // of one account and exam

class AttachmentRepository {
 public:
  virtual ~AttachmentRepository() = default;
  // Gives the id. What replaced others takes them away: files that neither the form nor an application of the account in
  // the exam names, but for the newest, which a form is about to name. Throws InvalidInput (too_many_documents,
  // too_many_photos) when there are as many as there may be even so.
  virtual AttachmentId save_attachment(const Attachment& attachment) = 0;
  // Only of this account; nothing otherwise.
  virtual std::optional<Attachment> find_attachment(const std::string& account, const AttachmentId& id) = 0;
  // The ids of what this account has of a kind in the exam.
  virtual std::set<std::string> list_attachments(const std::string& account, const ExamCode& exam,
                                                 AttachmentKind kind) = 0;
  // What this account called its documents in the exam, by id, without reading a file; empty for a name that does not open.
  virtual std::map<std::string, std::string> list_document_names(const std::string& account, const ExamCode& exam) = 0;
  // For an officer who decides; the caller records the access.
  virtual std::optional<Attachment> find_attachment(const AttachmentId& id) = 0;
};

// The photos that people applied with, for the papers of their exam.
class Portraits {
 public:
  explicit Portraits(AttachmentRepository& attachments) : attachments_(attachments) {}
  // The JPEG that an application of the notice names; empty when it names none of its own exam, or one that does not open.
  // Nothing is recorded here: the taking of a paper is, with everybody on it.
  std::string find_portrait(const ExamCode& notice, const AttachmentId& photo);

 private:
  AttachmentRepository& attachments_;
};

}  // namespace hanjari::services
