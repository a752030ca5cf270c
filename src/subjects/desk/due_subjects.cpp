// Subjects that are due, as the first page reminds of them.
#include <algorithm>

#include "hanjari/base/local_time.h"
#include "hanjari/desk/waiting.h"
#include "hanjari/domain/legible.h"
#include "hanjari/intake/notice_setup.h"
#include "hanjari/intake/recruitments.h"

namespace hanjari::services {
namespace {

constexpr int days_reminded_before = 14;
constexpr int last_minute_of_day = 24 * 60 - 1;

WaitingWork due_subjects_of(NoticeSetup& setup, const ExamHeader& exam, const Actor& actor, Date today) {
  WaitingWork work;
  work.kind = WaitingKind::subjects;
  work.exam = exam.code;
  for (const package::ExamSubject& subject : setup.list_subjects(actor, exam.code)) {
    if (!subject.due_on || subject.state == package::SubjectState::settled) continue;
    if (subject.due_on->days - today.days > days_reminded_before) continue;
    ++work.count;
    const Instant due = instant_of(*subject.due_on, last_minute_of_day, exam.time_zone);
    work.due = std::min(work.due.value_or(due), due);
  }
  return work;
}

}  // namespace

std::vector<WaitingWork> count_due_subjects(NoticeSetup& setup,
                                            const std::vector<std::shared_ptr<const StoredRecruitment>>& notices,
                                            const Actor& actor, Instant now) {
  std::vector<WaitingWork> works;
  if (actor.role != Role::exam_officer) return works;
  for (const auto& stored : notices) {
    const ExamHeader& exam = stored->notice.header;
    const Date today = local_time(now, exam.time_zone).day;
    if (exam.exam_on < today) continue;
    // Subjects that cannot be read take nothing else off the list: their own page says so.
    read_legibly([&] {
      WaitingWork work = due_subjects_of(setup, exam, actor, today);
      if (work.count > 0) works.push_back(std::move(work));
    });
  }
  return works;
}

}  // namespace hanjari::services
