// The plan workbench in the database.
#pragma once

#include "audit/store.h"
#include "hanjari/plans/workbench.h"

namespace hanjari::storage {

class WorkbenchStore : public services::WorkbenchRepository {
 public:
  explicit WorkbenchStore(const Store& store) : store_(store) {}
  std::optional<std::string> find_summary(const ExamCode& code, const services::StoredPlan& plan) override;
  void keep_summary(const ExamCode& code, const services::StoredPlan& plan, const std::string& summary) override;
  std::optional<services::PlanMoves> count_moves(const ExamCode& code, const services::StoredPlan& from,
                                                 const services::StoredPlan& to) override;
  std::optional<services::VenueDesks> find_venue(const ExamCode& code, const services::StoredPlan& plan,
                                                 const VenueCode& venue) override;
  void add_session(const services::EditSession& session, const services::Change& change) override;
  std::optional<services::EditSession> find_session(const std::string& id) override;
  std::vector<services::EditSession> list_sessions(const ExamCode& code) override;
  std::vector<services::StoredEdit> list_edits(const services::EditSession& session) override;
  void add_edit(const services::EditSession& session, const services::EditStep& step, const services::StoredEdit& edit,
                const services::Change& change) override;
  void undo_edit(const services::EditSession& session, const services::EditStep& step,
                 const services::Change& change) override;
  void redo_edit(const services::EditSession& session, const services::EditStep& step,
                 const services::Change& change) override;

 private:
  const Store& store_;
};

}  // namespace hanjari::storage
