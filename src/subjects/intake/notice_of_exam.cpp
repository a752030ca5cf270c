#include "hanjari/intake/notice_of_exam.h"

#include <algorithm>
#include <string>

#include "hanjari/domain/legible.h"
#include "hanjari/intake/use_cases.h"

namespace hanjari::services {
namespace {

bool is_day_of(const Recruitment& notice, const ExamCode& exam) {
  return std::any_of(notice.calendars.begin(), notice.calendars.end(),
                     [&](const Calendar& calendar) { return exam_of(notice, calendar) == exam; });
}

}  // namespace

std::shared_ptr<const StoredRecruitment> find_notice_of_exam(UseCases* intake, const ExamCode& exam) {
  std::shared_ptr<const StoredRecruitment> found;
  if (intake == nullptr) return found;
  read_legibly([&] {
    found = intake->notices.find_notice(exam);
    // An exam of another day is called CODE-CALENDAR (exam_of), and both parts may hold hyphens.
    const std::string& code = exam.text();
    for (std::size_t at = code.rfind('-'); found == nullptr && at != std::string::npos && at > 0; at = code.rfind('-', at - 1)) {
      const auto notice = intake->notices.find_notice(ExamCode(code.substr(0, at)));
      if (notice != nullptr && is_day_of(notice->notice, exam)) found = notice;
    }
  });
  return found;
}

}  // namespace hanjari::services
