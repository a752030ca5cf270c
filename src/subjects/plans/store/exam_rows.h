// Exams and plans as rows: writing them inside a transaction, reading them back.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "database/connection.h"
#include "hanjari/base/progress.h"
#include "hanjari/domain/plan.h"
#include "vault/field_cipher.h"

namespace hanjari::storage {

// Everything of an exam under a new population number, which is returned. `time`: see sql_time.
std::uint64_t insert_population(Connection& connection, const FieldCipher& cipher, std::uint64_t exam_id,
                                const Exam& exam, const std::string& time, Progress& progress);
// A plan of a stored population.
void insert_plan(Connection& connection, const FieldCipher& cipher, std::uint64_t exam_id, std::uint64_t population,
                 const Exam& exam, const Plan& plan, const std::string& time, Progress& progress);

// A population that differs from a stored one of the exam in the people of `changed` only: everything else is copied
// inside the database, sealed values as they are.
std::uint64_t copy_population(Connection& connection, const FieldCipher& cipher, std::uint64_t exam_id,
                              std::uint64_t base, const Exam& exam, const std::vector<ApplicantIndex>& changed,
                              const std::string& time);
// The same of a plan: of such a population, from a plan of its base.
struct PlanCopy {
  std::uint64_t population = 0;
  std::uint64_t base_plan = 0;
};
void copy_plan(Connection& connection, const FieldCipher& cipher, std::uint64_t exam_id, const PlanCopy& of,
               const Exam& exam, const Plan& plan, const std::vector<ApplicantIndex>& changed, const std::string& time);

// The rows of a population and of a plan that so far had none of their own (kept_plans.h).
void fill_population(Connection& connection, const FieldCipher& cipher, std::uint64_t population, const Exam& exam);
void fill_plan(Connection& connection, const FieldCipher& cipher, std::uint64_t population, std::uint64_t plan_id,
               const Exam& exam, const Plan& plan);

// Header and policy of a population.
Exam read_header(Connection& connection, std::uint64_t population);
// What does not open: refused with all the rest, or (for what is made of each person alone) named in its place.
enum class Unopened { refused, named };
// All of it.
Exam read_exam(Connection& connection, const FieldCipher& cipher, std::uint64_t population,
               Unopened unopened = Unopened::refused);
// Figures of a plan's report and its digest.
Plan read_report(Connection& connection, std::uint64_t plan_id);
// All of it; positions refer to `exam`.
Plan read_plan(Connection& connection, const FieldCipher& cipher, std::uint64_t plan_id, const Exam& exam,
               Unopened unopened = Unopened::refused);

// The columns of single rows, in the order in which the readers take them; `t.` is the table's alias.
extern const char* const unit_columns;
extern const char* const venue_columns;
extern const char* const room_columns;
extern const char* const applicant_columns;
extern const char* const placement_columns;
Unit read_unit(Rows& rows);
Venue read_venue(Rows& rows, Words& words);
// venue: not set.
Room read_room(Rows& rows);
// unit: not set.
Applicant read_applicant(Rows& rows, Words& words, const FieldCipher& cipher, std::uint64_t population);
// As read_applicant; a person whose values do not open is given with unreadable_name instead of them, because the
// others of the list are not concerned.
Applicant read_listed_applicant(Rows& rows, Words& words, const FieldCipher& cipher, std::uint64_t population);
// applicant, venue, room: not set.
Placement read_placement(Rows& rows);

}  // namespace hanjari::storage
