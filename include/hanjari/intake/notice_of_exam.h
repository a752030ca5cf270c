// From an exam back to the notice by which people applied for it, and from all of them to the clock of the service.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "hanjari/intake/notice_board.h"
#include "hanjari/intake/recruitments.h"
#include "hanjari/plans/exams.h"

namespace hanjari::services {

struct UseCases;

// Whatever the notice's state. Null for an exam that was imported, where no applications are taken (`intake` is null),
// and where the notice cannot be read: papers are given all the same.
std::shared_ptr<const StoredRecruitment> find_notice_of_exam(UseCases* intake, const ExamCode& exam);

// The photo of a person of the exam as JPEG, read when it is asked for; empty where there is none that opens. Null where the program
// took no applications for it: a package that was imported names files, which are not here. `intake` must outlive it.
std::function<std::string(const hanjari::Applicant&)> portraits_of(UseCases* intake, const ExamCode& exam);

// An account and a page of the institution belong to no exam, and the machine often stands on UTC: their moments are told by
// the clock of most notices that are published, where there are none of most exams that are stored, and the machine's where
// there is nothing at all. Where two clocks are as frequent, that of the last exam day counts. Null: none of them here.
std::string zone_of_service(NoticeBoard* notices, ExamRepository* exams);

}  // namespace hanjari::services
