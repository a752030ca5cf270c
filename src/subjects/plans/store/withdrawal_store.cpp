// Proposals to withdraw a live plan, and the withdrawal, in the database.
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "database/sql_time.h"
#include "hanjari/base/error.h"
#include "hanjari/plans/refusals.h"
#include "plans/store/approval_store.h"
#include "plans/store/key_holds.h"

namespace hanjari::storage {
namespace {

using services::WithdrawalProposal;
using services::WithdrawalRight;

constexpr std::string_view withdrawal_reason_column = "withdrawal_proposals.reason";

struct HeldPlan {
  std::int64_t exam_id = 0;
  std::int64_t plan_id = 0;
};

// The live plan, held until the end of the transaction. Nothing when something else is live: each change of the pointer
// has a number of its own, and the digests say that the number was not made up.
std::optional<HeldPlan> hold_live_plan(Connection& connection, const ExamCode& code, const services::LivePointer& live) {
  Rows exam = connection.select("SELECT exam_id FROM exams WHERE exam_code = ?", code.text());
  if (!exam.next()) return std::nullopt;
  HeldPlan held;
  held.exam_id = exam.integer();
  Rows pointer = connection.select("SELECT plan_id FROM live_plans WHERE exam_id = ? AND version = ? FOR UPDATE",
                                   held.exam_id, live.version);
  if (!pointer.next()) return std::nullopt;
  held.plan_id = pointer.integer();
  Rows plan = connection.select(
      "SELECT 1 FROM plans n JOIN populations p ON p.population_id = n.population_id WHERE n.plan_id = ? AND n.digest = ? "
      "AND p.input_sha256 = ? LOCK IN SHARE MODE",
      held.plan_id, live.plan_digest, live.input_sha256);
  if (!plan.next()) return std::nullopt;
  return held;
}

[[noreturn]] void throw_other_live_plan() {
  throw services::LivePlanChanged({"somebody else changed the live plan of this exam meanwhile; look again",
                                   "그사이 다른 사람이 이 시험의 확정 배정안을 바꾸었습니다. 다시 확인하십시오"});
}

// The reason of such a change may name people: it stands sealed with the exam's key.
services::AuditNote note_of_withdrawal(std::string action, const ExamCode& code, std::string detail) {
  services::AuditNote note{std::move(action), code.text(), std::move(detail)};
  note.exam = code.text();
  return note;
}

// Whether an earlier attempt, whose commit nobody heard of, has proposed this.
bool has_proposed(Connection& connection, const ExamCode& code, const WithdrawalProposal& next) {
  return connection
      .select("SELECT 1 FROM withdrawal_proposals WHERE exam_code = ? AND live_version = ? AND proposed_by = ? AND "
              "proposed_at = ? LOCK IN SHARE MODE",
              code.text(), next.live.version, next.proposed_by, sql_time(next.at))
      .next();
}

bool has_withdrawn(Connection& connection, const ExamCode& code, std::int64_t version, const services::Change& change) {
  return connection
      .select("SELECT 1 FROM live_changes c JOIN exams e ON e.exam_id = c.exam_id WHERE e.exam_code = ? AND c.version = ? "
              "AND c.withdrawn = 1 AND c.author = ? AND c.changed_at = ? LOCK IN SHARE MODE",
              code.text(), version, change.author, sql_time(change.at))
      .next();
}

// Asked again in the transaction: the rule may have been set, or the proposal taken back, since the officer was asked.
void require_withdrawal_right(Connection& connection, const ExamCode& code, const HeldPlan& held,
                              const services::LivePointer& live, WithdrawalRight right, const services::Change& change) {
  if (right == WithdrawalRight::emergency) return;
  Rows rule = connection.select("SELECT second_officer FROM publication_rules WHERE exam_id = ? LOCK IN SHARE MODE",
                                held.exam_id);
  if (!rule.next() || rule.integer() == 0) return;
  Rows proposal = connection.select(
      "SELECT 1 FROM withdrawal_proposals WHERE exam_code = ? AND live_version = ? AND plan_digest = ? AND input_sha256 = "
      "? AND proposed_by <> ? LOCK IN SHARE MODE",
      code.text(), live.version, live.plan_digest, live.input_sha256, change.author);
  if (proposal.next()) return;
  throw Conflict("withdrawal_not_proposed",
                 {"another officer has to propose the withdrawal of the plan that is live now",
                  "다른 담당자가 현재 확정 배정안의 철회를 먼저 상신해야 합니다"});
}

void write_withdrawal(Connection& connection, const ExamCode& code, const HeldPlan& held, std::int64_t version,
                      WithdrawalRight right, const services::Change& change) {
  const std::string time = sql_time(change.at);
  connection.change("DELETE FROM live_plans WHERE exam_id = ?", held.exam_id);
  connection.change("INSERT INTO withdrawn_plans (exam_id, plan_id, version, withdrawn_at) VALUES (?, ?, ?, ?)",
                    held.exam_id, held.plan_id, version, time);
  connection.change(
      "INSERT INTO live_changes (exam_id, version, plan_id, before_plan_id, author, changed_at, emergency, at_shell, "
      "by_decision, withdrawn) VALUES (?, ?, ?, NULL, ?, ?, ?, ?, 0, 1)",
      held.exam_id, version, held.plan_id, change.author, time, right == WithdrawalRight::emergency,
      change.shell);
  // Whoever confirmed the plan did not know what it is withdrawn for: to go live again it is confirmed anew.
  connection.change(
      "UPDATE plan_approvals SET proposed_by = '', confirmed_by = '', proposed_at_shell = '', confirmed_at_shell = '', "
      "changed_at = ?, version = version + 1 WHERE plan_id = ? AND step = 'published'",
      time, held.plan_id);
  connection.change("DELETE FROM withdrawal_proposals WHERE exam_code = ?", code.text());
}

}  // namespace

std::optional<WithdrawalProposal> ApprovalStore::find_withdrawal_proposal(const ExamCode& code) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) -> std::optional<WithdrawalProposal> {
    Rows rows = connection.select(
        "SELECT plan_digest, input_sha256, live_version, proposed_by, proposed_at_shell, TIMESTAMPDIFF(MICROSECOND, "
        "'1970-01-01', proposed_at), reason_sealed FROM withdrawal_proposals WHERE exam_code = ?",
        code.text());
    if (!rows.next()) return std::nullopt;
    WithdrawalProposal proposal;
    proposal.live.plan_digest = rows.text();
    proposal.live.input_sha256 = rows.text();
    proposal.live.version = rows.integer();
    proposal.proposed_by = rows.text();
    proposal.proposed_at_shell = rows.text();
    proposal.at = from_microseconds(rows.integer());
    const std::string sealed = rows.text();
    try {
      proposal.reason =
          store_.cipher.open_unless_destroyed({0, code.text(), withdrawal_reason_column, code.text()}, sealed).value_or("");
    } catch (const Unavailable&) {
      // Why is damaged; that it was proposed stands, and whoever withdraws says a reason.
    }
    return proposal;
  });
}

void ApprovalStore::save_withdrawal_proposal(const ExamCode& code, const WithdrawalProposal& next,
                                             const services::Change& change) {
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt attempt) {
    if (!hold_live_plan(connection, code, next.live)) throw_other_live_plan();
    if (attempt.number > 1 && has_proposed(connection, code, next)) return;
    hold_newest_key(connection, store_.cipher, code);
    const std::string reason =
        store_.cipher.seal({0, code.text(), withdrawal_reason_column, code.text()}, next.reason);
    // The live plan is held: nobody else proposes at the same time.
    connection.change("DELETE FROM withdrawal_proposals WHERE exam_code = ? AND live_version <> ?", code.text(),
                      next.live.version);
    const std::uint64_t added = connection.change(
        "INSERT INTO withdrawal_proposals (exam_code, plan_digest, input_sha256, live_version, proposed_by, "
        "proposed_at_shell, proposed_at, reason_sealed) SELECT ?, ?, ?, ?, ?, ?, ?, ? FROM DUAL WHERE NOT EXISTS (SELECT 1 "
        "FROM withdrawal_proposals WHERE exam_code = ?)",
        code.text(), next.live.plan_digest, next.live.input_sha256, next.live.version, next.proposed_by,
        next.proposed_at_shell, sql_time(next.at), reason, code.text());
    if (added == 0) {
      throw Conflict("withdrawal_proposed", {"somebody has proposed already to withdraw the live plan",
                                             "확정 배정안의 철회가 이미 상신되어 있습니다"});
    }
    write_audit(connection, store_, change,
                note_of_withdrawal("plan.withdrawal_proposed", code,
                                   fmt::format("plan {}, version {}", next.live.plan_digest, next.live.version)));
  });
}

void ApprovalStore::remove_withdrawal_proposal(const ExamCode& code, const WithdrawalProposal& proposal,
                                               const services::Change& change) {
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt attempt) {
    const std::uint64_t removed = connection.change(
        "DELETE FROM withdrawal_proposals WHERE exam_code = ? AND live_version = ? AND proposed_by = ? AND proposed_at = ?",
        code.text(), proposal.live.version, proposal.proposed_by, sql_time(proposal.at));
    if (removed == 0) {
      // Gone already: what an earlier attempt of this call did, or somebody else, and nobody is harmed by either.
      if (attempt.number > 1) return;
      throw Conflict("withdrawal_not_proposed", {"nobody has proposed to withdraw this plan",
                                                 "이 배정안의 철회를 상신한 사람이 없습니다"});
    }
    write_audit(connection, store_, change,
                note_of_withdrawal("plan.withdrawal_taken_back", code,
                                   fmt::format("plan {}, version {}", proposal.live.plan_digest, proposal.live.version)));
  });
}

void ApprovalStore::withdraw_live_plan(const ExamCode& code, const services::LivePointer& live, WithdrawalRight right,
                                       const services::Change& change) {
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt attempt) {
    const auto held = hold_live_plan(connection, code, live);
    if (!held) {
      if (attempt.number > 1 && has_withdrawn(connection, code, live.version + 1, change)) return;
      throw_other_live_plan();
    }
    require_withdrawal_right(connection, code, *held, live, right, change);
    write_withdrawal(connection, code, *held, live.version + 1, right, change);
    write_audit(connection, store_, change,
                note_of_withdrawal(
                    right == WithdrawalRight::emergency ? "plan.withdrawn_in_emergency" : "plan.withdrawn", code,
                    fmt::format("plan {}, version {}", live.plan_digest, live.version + 1)));
  });
}

}  // namespace hanjari::storage
