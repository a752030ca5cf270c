// The clock of what belongs to no exam.
#pragma once

#include <string>

#include "hanjari/intake/notice_board.h"
#include "hanjari/plans/exams.h"

namespace hanjari::services {

// An account and a page of the institution belong to no exam, and the machine often stands on UTC: their moments are told by
// the clock of most notices that are published, where there are none of most exams that are stored, and the machine's where
// there is nothing at all. Where two clocks are as frequent, that of the last exam day counts. Null: none of them here.
std::string zone_of_service(NoticeBoard* notices, ExamRepository* exams);

}  // namespace hanjari::services
