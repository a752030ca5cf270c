// The notices as everybody reads them.
#pragma once

#include <map>
#include <memory>
#include <vector>

#include "hanjari/intake/recruitments.h"

namespace hanjari::services {

class NoticeBoard {
 public:
  explicit NoticeBoard(RecruitmentRepository& recruitments) : recruitments_(recruitments) {}

  // Published ones, by exam day.
  std::vector<std::shared_ptr<const StoredRecruitment>> list_notices();
  // Throws NotFound (unknown_recruitment) also for one that is only prepared.
  std::shared_ptr<const StoredRecruitment> load_notice(const ExamCode&);
  // Whatever its state: what was applied for goes on while a notice is retracted. Null when there is none.
  std::shared_ptr<const StoredRecruitment> find_notice(const ExamCode&);
  // Empty while counts are not shown.
  std::map<UnitCode, Competition> list_competition(const StoredRecruitment&, Instant now);

 private:
  RecruitmentRepository& recruitments_;
};

}  // namespace hanjari::services
