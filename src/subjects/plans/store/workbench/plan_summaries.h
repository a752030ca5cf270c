// Summaries of plans, and what is asked of single plans in SQL without reading anybody's sealed values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "audit/store.h"
#include "hanjari/plans/workbench.h"

namespace hanjari::storage {

// The summary of a plan that is being stored; nothing where counting takes too long (is_summarised) or the exam has a
// room too large to be counted: such a plan is counted when somebody asks.
void insert_summary(Connection& connection, std::uint64_t plan_id, const Exam& exam, const Plan& plan);

// As WorkbenchRepository.
std::optional<std::string> read_kept_summary(const Store& store, const ExamCode& code, const services::StoredPlan& plan);
void keep_counted_summary(const Store& store, const ExamCode& code, const services::StoredPlan& plan,
                          const std::string& summary);
std::optional<services::PlanMoves> count_moved_people(const Store& store, const ExamCode& code,
                                                      const services::StoredPlan& from, const services::StoredPlan& to);
std::optional<services::VenueDesks> read_venue_desks(const Store& store, const ExamCode& code,
                                                     const services::StoredPlan& plan, const VenueCode& venue);

}  // namespace hanjari::storage
