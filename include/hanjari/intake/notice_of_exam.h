// From an exam back to the notice by which people applied for it.
#pragma once

#include <memory>

#include "hanjari/intake/recruitments.h"

namespace hanjari::services {

struct UseCases;

// Whatever the notice's state. Null for an exam that was imported, where no applications are taken (`intake` is null),
// and where the notice cannot be read: papers are given all the same.
std::shared_ptr<const StoredRecruitment> find_notice_of_exam(UseCases* intake, const ExamCode& exam);

}  // namespace hanjari::services
