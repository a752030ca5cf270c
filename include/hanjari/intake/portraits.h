// The photos that people applied with, for the papers of their exam.
#pragma once

#include <functional>
#include <string>

#include "hanjari/domain/exam.h"
#include "hanjari/intake/attachments.h"

namespace hanjari::services {

struct UseCases;

class Portraits {
 public:
  explicit Portraits(AttachmentRepository& attachments) : attachments_(attachments) {}
  // The JPEG that an application of the notice names; empty when it names none of its own exam, or one that does not open.
  // Nothing is recorded here: the taking of a paper is, with everybody on it.
  std::string find_portrait(const ExamCode& notice, const AttachmentId& photo);

 private:
  AttachmentRepository& attachments_;
};

// The photo of a person of the exam, read when it is asked for. Null where the program took no applications for it: a package
// that was imported names files, which are not here. `intake` must outlive it.
std::function<std::string(const hanjari::Applicant&)> portraits_of(UseCases* intake, const ExamCode& exam);

}  // namespace hanjari::services
