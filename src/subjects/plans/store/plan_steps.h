// The history of a stored plan as rows.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "database/connection.h"
#include "hanjari/domain/plan.h"
#include "vault/field_cipher.h"

namespace hanjari::storage {

// Writes plan.history from the step after the first `written` on; nothing for a plan without one.
void insert_steps(Connection& connection, const FieldCipher& cipher, std::uint64_t population, std::uint64_t plan_id,
                  const ExamCode& code, const Plan& plan, std::size_t written = 0);

// Reads it back. Of a plan that was stored without a history: what its report says it was made from, and itself. Reasons
// and moves of an exam whose data was destroyed stay empty.
std::vector<HistoryStep> read_steps(Connection& connection, const FieldCipher& cipher, std::uint64_t plan_id);

}  // namespace hanjari::storage
