// The rows of a notice beside its definition, written in the transaction of whoever saves it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "database/connection.h"
#include "hanjari/base/clock.h"
#include "hanjari/domain/recruitment.h"

namespace hanjari::storage {

// Throws Conflict (exam_destroyed) once the destruction of the exam has begun; it cannot begin before the transaction ends.
void refuse_destroyed_notice(Connection& connection, const std::string& code);
// A new notice in preparation; false when there is one with its code.
bool insert_notice_row(Connection& connection, const Recruitment& notice, const std::string& definition, Instant at);
// The next version of a notice that is there; false when it has another version by now.
bool update_notice_row(Connection& connection, const Recruitment& notice, const std::string& definition,
                       std::string_view state, std::int64_t expected_version, Instant at);
// Whether an attempt before this one, whose outcome was not known, has written this version.
bool is_notice_written(Connection& connection, const ExamCode& exam, std::int64_t version,
                       const std::string& definition, Instant at);
// Whether a stored definition, perhaps written by another version of this program, means the same as `definition`.
bool means_the_same(const std::string& stored, const std::string& definition);
// Its units, the exams of its other days, and the days that its applications name. Throws NoticeContradicts (unit_in_use,
// exam_code_taken, days_meet), Conflict
// (exam_destroyed: a day that is new has the code of a destroyed exam).
void save_units_and_days(Connection& connection, const Recruitment& notice);
// Throws the same, and leaves every row as it was.
void check_units_and_days(Connection& connection, const Recruitment& notice);

}  // namespace hanjari::storage
