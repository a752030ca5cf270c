// The plan workbench in memory: nothing is kept of plans, sessions step by compare-and-set.
#pragma once

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "hanjari/base/error.h"
#include "hanjari/plans/workbench.h"

namespace hanjari::tests {

class MemoryWorkbench : public services::WorkbenchRepository {
 public:
  std::optional<std::string> find_summary(const ExamCode&, const services::StoredPlan& plan) override {
    const auto found = summaries.find(plan.digest);
    return found == summaries.end() ? std::nullopt : std::optional(found->second);
  }
  void keep_summary(const ExamCode&, const services::StoredPlan& plan, const std::string& summary) override {
    summaries[plan.digest] = summary;
  }
  std::optional<services::PlanMoves> count_moves(const ExamCode&, const services::StoredPlan&,
                                                 const services::StoredPlan&) override {
    return std::nullopt;
  }
  std::optional<services::VenueDesks> find_venue(const ExamCode&, const services::StoredPlan&,
                                                 const VenueCode&) override {
    return std::nullopt;
  }
  void add_session(const services::EditSession& session, const services::Change&) override {
    sessions[session.id] = session;
  }
  std::optional<services::EditSession> find_session(const std::string& id) override {
    const auto found = sessions.find(id);
    return found == sessions.end() ? std::nullopt : std::optional(found->second);
  }
  std::vector<services::EditSession> list_sessions(const ExamCode& code) override {
    std::vector<services::EditSession> found;
    for (const auto& [id, session] : sessions) {
      if (session.exam != code) continue;
      found.push_back(session);
      for (const services::StoredEdit& edit : edits[id])
        found.back().edits += edit.state == services::EditState::done ? 1 : 0;
    }
    return found;
  }
  std::vector<services::StoredEdit> list_edits(const services::EditSession& session) override {
    return edits[session.id];
  }
  void add_edit(const services::EditSession& session, const services::EditStep& step, const services::StoredEdit& edit,
                const services::Change&) override {
    take_step(session, step);
    auto& own = edits[session.id];
    for (services::StoredEdit& other : own) {
      if (other.state == services::EditState::undone) other.state = services::EditState::dropped;
    }
    own.push_back(edit);
    own.back().number = static_cast<std::int64_t>(own.size());
  }
  void undo_edit(const services::EditSession& session, const services::EditStep& step,
                 const services::Change&) override {
    auto& own = edits[session.id];
    const auto last = std::find_if(own.rbegin(), own.rend(), [](const services::StoredEdit& edit) {
      return edit.state == services::EditState::done;
    });
    if (last == own.rend()) throw Conflict("no_such_edit", {"nothing", "없음"});
    take_step(session, step);
    last->state = services::EditState::undone;
  }
  void redo_edit(const services::EditSession& session, const services::EditStep& step,
                 const services::Change&) override {
    auto& own = edits[session.id];
    const auto first = std::find_if(own.begin(), own.end(), [](const services::StoredEdit& edit) {
      return edit.state == services::EditState::undone;
    });
    if (first == own.end()) throw Conflict("no_such_edit", {"nothing", "없음"});
    take_step(session, step);
    first->state = services::EditState::done;
  }

  std::map<std::string, std::string> summaries;  // by digest
  std::map<std::string, services::EditSession> sessions;
  std::map<std::string, std::vector<services::StoredEdit>> edits;  // by session

 private:
  void take_step(const services::EditSession& session, const services::EditStep& step) {
    services::EditSession& own = sessions.at(session.id);
    if (own.version != step.seen_version) throw services::SessionChanged({"changed", "바뀜"});
    ++own.version;
  }
};

}  // namespace hanjari::tests
