#include "hanjari/intake/portraits.h"

#include <utility>

#include "hanjari/domain/legible.h"
#include "hanjari/intake/notice_of_exam.h"
#include "hanjari/intake/use_cases.h"

namespace hanjari::services {

std::string Portraits::find_portrait(const ExamCode& notice, const AttachmentId& photo) {
  std::string jpeg;
  if (photo.empty()) return jpeg;
  read_legibly([&] {
    auto found = attachments_.find_attachment(photo);
    // A package that names the file of another exam gets nothing of it.
    if (found && found->kind == AttachmentKind::photo && found->exam == notice) jpeg = std::move(found->bytes);
  });
  return jpeg;
}

std::function<std::string(const hanjari::Applicant&)> portraits_of(UseCases* intake, const ExamCode& exam) {
  const auto notice = find_notice_of_exam(intake, exam);
  if (notice == nullptr) return nullptr;
  return [intake, code = notice->notice.header.code](const hanjari::Applicant& person) {
    return intake->portraits.find_portrait(code, AttachmentId(person.photo));
  };
}

}  // namespace hanjari::services
