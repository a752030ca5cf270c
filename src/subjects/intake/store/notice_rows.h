// The rows of a notice beside its definition, written in the transaction of whoever saves it.
#pragma once

#include <string>

#include "database/connection.h"
#include "hanjari/base/clock.h"
#include "hanjari/domain/recruitment.h"

namespace hanjari::storage {

// A new notice in preparation; false when there is one with its code.
bool insert_notice_row(Connection& connection, const Recruitment& notice, const std::string& definition, Instant at);
// Its units and the exams of its other days. Throws Conflict (unit_in_use, exam_code_taken).
void save_units_and_days(Connection& connection, const Recruitment& notice);

}  // namespace hanjari::storage
