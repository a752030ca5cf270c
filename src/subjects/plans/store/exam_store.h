// Exams and plans in the database.
#pragma once

#include "audit/store.h"
#include "hanjari/plans/exams.h"
#include "plans/store/approval_store.h"
#include "plans/store/exam_rows.h"

namespace hanjari::storage {

// Stores inside the transaction of somebody's work; as ExamRepository::save_exam.
services::ImportOutcome write_exam(Connection& connection, const Store& store, const Attempt& attempt, const Exam& exam,
                                   const Plan* plan, const services::Change& change, Progress& progress);
// As write_exam, of an exam and a plan that were made from the live ones by moving few people: only those are written
// (moved_plan.h), or, where other plans have the same people, what is shared is copied inside the database. Throws
// Conflict (live_plan_changed) when what they were made from is not live.
void write_moved(Connection& connection, const Store& store, const Attempt& attempt, const services::MovedPlan& moved,
                 const services::Change& change);
// Moves the live pointer inside the transaction of somebody's work; as ExamRepository::set_live_plan.
void write_live_plan(Connection& connection, const Store& store, const Attempt& attempt, const ExamCode& code,
                     const services::StoredPlan& plan, std::int64_t expected_version, const services::Change& change,
                     LiveRight right);

class ExamStore : public services::ExamRepository {
 public:
  explicit ExamStore(const Store& store) : store_(store) {}
  services::ImportOutcome save_exam(const Exam& exam, const Plan* plan, const services::Change& change,
                                    Progress& progress) override;
  std::optional<Exam> find_exam(const ExamCode& code, const std::string& input_sha256) override;
  std::vector<ExamCode> list_exams() override;
  std::vector<services::StoredPopulation> list_populations(const ExamCode& code) override;
  std::vector<services::StoredPlan> list_plans(const ExamCode& code) override;
  std::optional<Plan> find_plan(const Exam& exam, const std::string& digest) override;
  std::optional<Exam> find_listed_exam(const ExamCode& code, const std::string& input_sha256) override;
  std::optional<Plan> find_listed_plan(const Exam& exam, const std::string& digest) override;
  std::optional<services::LivePointer> find_live_plan(const ExamCode& code) override;
  std::optional<services::LivePointer> find_withdrawn_plan(const ExamCode& code) override;
  std::optional<services::Destroyed> find_destruction(const ExamCode& code) override;
  std::optional<services::LiveMoves> find_live_moves(const Exam& exam, const services::LivePointer& known) override;
  std::optional<services::ExamHead> find_head(const ExamCode& code) override;
  std::vector<Unit> list_units(const ExamCode& code, const std::string& input_sha256) override;
  std::vector<services::VenueSummary> list_venues(const ExamCode& code, const services::StoredPlan& plan) override;
  std::vector<std::string> list_venues_gone(const ExamCode& code, const services::StoredPlan& plan) override;
  std::vector<services::MovedPerson> find_people(const ExamCode& code, const services::StoredPlan& plan,
                                                 const std::vector<ApplicantId>& people) override;
  std::optional<std::string> find_figures(const ExamCode& code, const services::StoredPlan& plan,
                                          const services::StoredPlan& told) override;
  void keep_figures(const ExamCode& code, const services::StoredPlan& plan, const services::StoredPlan& told,
                    const std::string& figures) override;
  std::unique_ptr<services::LiveTurn> wait_for_turn(const ExamCode& code, std::chrono::seconds timeout) override;
  std::vector<HistoryStep> find_history(const ExamCode& code, const services::StoredPlan& plan) override;
  void set_live_plan_in_emergency(const ExamCode& code, const services::StoredPlan& plan, std::int64_t expected_version,
                                  const services::Change& change) override;
  void set_live_plan(const ExamCode& code, const services::StoredPlan& plan, std::int64_t expected_version,
                     const services::Change& change) override;

 private:
  std::optional<Exam> find_population(const ExamCode& code, const std::string& input_sha256, Unopened unopened);
  std::optional<Plan> find_stored(const Exam& exam, const std::string& digest, Unopened unopened);
  const Store& store_;
};

}  // namespace hanjari::storage
