#include "hanjari/intake/notice_of_exam.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "hanjari/base/local_time.h"
#include "hanjari/domain/legible.h"
#include "hanjari/intake/use_cases.h"

namespace hanjari::services {
namespace {

bool is_day_of(const Recruitment& notice, const ExamCode& exam) {
  return std::any_of(notice.calendars.begin(), notice.calendars.end(),
                     [&](const Calendar& calendar) { return exam_of(notice, calendar) == exam; });
}

// How many exams go by a clock, and the last day of one.
using Clocks = std::map<std::string, std::pair<int, Date>>;

void count_clock(Clocks& clocks, const std::string& zone, Date exam_on) {
  if (zone.empty()) return;
  auto& [exams, last] = clocks.try_emplace(zone, 0, exam_on).first->second;
  ++exams;
  last = std::max(last, exam_on);
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

std::string zone_of_service(NoticeBoard* notices, ExamRepository* exams) {
  Clocks clocks;
  if (notices != nullptr) {
    read_legibly([&] {
      for (const auto& stored : notices->list_notices())
        count_clock(clocks, stored->notice.header.time_zone, stored->notice.header.exam_on);
    });
  }
  if (clocks.empty() && exams != nullptr) {
    for (const ExamCode& code : exams->list_exams()) {
      read_legibly([&] {
        if (const auto head = exams->find_head(code)) count_clock(clocks, head->time_zone, head->exam_on);
      });
    }
  }
  const auto most = std::max_element(clocks.begin(), clocks.end(),
                                     [](const auto& one, const auto& other) { return one.second < other.second; });
  return most == clocks.end() ? machine_time_zone() : most->first;
}

}  // namespace hanjari::services
