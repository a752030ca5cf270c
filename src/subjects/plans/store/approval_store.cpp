#include "plans/store/approval_store.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "database/sql_time.h"
#include "hanjari/base/error.h"
#include "hanjari/base/korean.h"

namespace hanjari::storage {
namespace {

using services::PlanApproval;
using services::PlanStep;

constexpr std::array all_steps = {PlanStep::draft, PlanStep::checked, PlanStep::proposed, PlanStep::confirmed,
                                  PlanStep::published};

PlanStep parse_step(const std::string& word) {
  const auto found =
      std::find_if(all_steps.begin(), all_steps.end(), [&](PlanStep step) { return services::spell(step) == word; });
  return found == all_steps.end() ? PlanStep::checked : *found;
}

// Locked until the end of the transaction, so that steps of one plan follow one another.
std::int64_t find_plan_id(Connection& connection, const ExamCode& code, const services::StoredPlan& plan,
                          const char* lock) {
  Rows rows = connection.select(
      std::string("SELECT n.plan_id FROM plans n JOIN populations p ON p.population_id = n.population_id JOIN exams e "
                  "ON e.exam_id = p.exam_id WHERE e.exam_code = ? AND p.input_sha256 = ? AND n.digest = ?") +
          lock,
      code.text(), plan.input_sha256, plan.digest);
  if (!rows.next()) {
    throw NotFound("plan_not_found", {"the plan is not in the database", "배정안이 데이터베이스에 없습니다"});
  }
  return rows.integer();
}

[[noreturn]] void throw_step_changed() {
  throw Conflict("plan_step_changed", {"somebody else changed the state of this plan meanwhile; look again",
                                       "그사이 다른 사람이 이 배정안의 단계를 바꾸었습니다. 다시 확인하십시오"});
}

}  // namespace

PlanApproval ApprovalStore::find_approval(const ExamCode& code, const services::StoredPlan& plan) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    PlanApproval approval;
    Rows rows = connection.select(
        "SELECT step, proposed_by, confirmed_by, TIMESTAMPDIFF(MICROSECOND, '1970-01-01', changed_at), version, "
        "proposed_at_shell, confirmed_at_shell FROM plan_approvals WHERE plan_id = ?",
        find_plan_id(connection, code, plan, ""));
    if (!rows.next()) {
      approval.step = plan.unseated > 0 ? PlanStep::draft : PlanStep::checked;
      return approval;
    }
    approval.step = parse_step(rows.text());
    approval.proposed_by = rows.text();
    approval.confirmed_by = rows.text();
    approval.changed_at = from_microseconds(rows.integer());
    approval.version = rows.integer();
    approval.proposed_at_shell = rows.text();
    approval.confirmed_at_shell = rows.text();
    return approval;
  });
}

std::vector<PlanApproval> ApprovalStore::list_approvals(const ExamCode& code,
                                                        const std::vector<services::StoredPlan>& plans) {
  std::map<std::pair<std::string, std::string>, PlanApproval> taken;
  in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    taken.clear();
    Rows rows = connection.select(
        "SELECT n.digest, p.input_sha256, a.step, a.proposed_by, a.confirmed_by, a.version FROM plan_approvals a JOIN "
        "plans n ON n.plan_id = a.plan_id JOIN populations p ON p.population_id = n.population_id JOIN exams e ON "
        "e.exam_id = p.exam_id WHERE e.exam_code = ?",
        code.text());
    while (rows.next()) {
      std::string digest = rows.text();
      std::string population = rows.text();
      PlanApproval& approval = taken[{std::move(digest), std::move(population)}];
      approval.step = parse_step(rows.text());
      approval.proposed_by = rows.text();
      approval.confirmed_by = rows.text();
      approval.version = rows.integer();
    }
  });
  std::vector<PlanApproval> approvals;
  for (const services::StoredPlan& plan : plans) {
    const auto found = taken.find({plan.digest, plan.input_sha256});
    PlanApproval& approval = approvals.emplace_back();
    if (found != taken.end()) {
      approval = found->second;
    } else if (plan.unseated > 0) {
      approval.step = PlanStep::draft;
    }
  }
  return approvals;
}

void ApprovalStore::save_approval(const ExamCode& code, const services::StoredPlan& plan, const PlanApproval& next,
                                  const services::Change& change) {
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt attempt) {
    const std::string time = sql_time(change.at);
    const std::int64_t plan_id = find_plan_id(connection, code, plan, " FOR UPDATE");
    std::uint64_t changed = 0;
    if (next.version == 1) {
      changed = connection.change(
          "INSERT INTO plan_approvals (plan_id, step, proposed_by, confirmed_by, proposed_at_shell, confirmed_at_shell, "
          "changed_at, version) SELECT ?, ?, ?, ?, ?, ?, ?, 1 FROM DUAL WHERE NOT EXISTS (SELECT 1 FROM plan_approvals "
          "WHERE plan_id = ?)",
          plan_id, services::spell(next.step), next.proposed_by, next.confirmed_by, next.proposed_at_shell,
          next.confirmed_at_shell, time, plan_id);
    } else {
      changed = connection.change(
          "UPDATE plan_approvals SET step = ?, proposed_by = ?, confirmed_by = ?, proposed_at_shell = ?, "
          "confirmed_at_shell = ?, changed_at = ?, version = version + 1 WHERE plan_id = ? AND version = ?",
          services::spell(next.step), next.proposed_by, next.confirmed_by, next.proposed_at_shell,
          next.confirmed_at_shell, time, plan_id, next.version - 1);
    }
    if (changed == 0) {
      Rows now = connection.select(
          "SELECT version = ? AND step = ? AND changed_at = ? FROM plan_approvals WHERE plan_id = ?", next.version,
          services::spell(next.step), time, plan_id);
      const bool done_before = attempt.number > 1 && now.next() && now.integer() != 0;
      if (!done_before) throw_step_changed();
      return;
    }
    write_audit(connection, store_, change,
                {fmt::format("plan.{}", services::spell(next.step)), code.text(),
                 fmt::format("plan {}", plan.digest)});
  });
}

services::PublicationRule ApprovalStore::find_rule(const ExamCode& code) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    services::PublicationRule rule;
    Rows rows = connection.select(
        "SELECT r.second_officer, r.version FROM publication_rules r JOIN exams e ON e.exam_id = r.exam_id WHERE "
        "e.exam_code = ?",
        code.text());
    if (rows.next()) {
      rule.second_officer = rows.integer() != 0;
      rule.version = rows.integer();
    }
    return rule;
  });
}

void ApprovalStore::save_rule(const ExamCode& code, const services::PublicationRule& next,
                              const services::Change& change) {
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt attempt) {
    Rows exam = connection.select("SELECT exam_id FROM exams WHERE exam_code = ? FOR UPDATE", code.text());
    if (!exam.next()) {
      throw NotFound("exam_not_found", {fmt::format("there is no exam {} in the database", code.text()),
                                        in_korean("데이터베이스에 시험 {}[이/가] 없습니다", code.text())});
    }
    const std::int64_t exam_id = exam.integer();
    const std::uint64_t changed =
        next.version == 1
            ? connection.change("INSERT INTO publication_rules (exam_id, second_officer, version) SELECT ?, ?, 1 FROM "
                                "DUAL WHERE NOT EXISTS (SELECT 1 FROM publication_rules WHERE exam_id = ?)",
                                exam_id, next.second_officer, exam_id)
            : connection.change(
                  "UPDATE publication_rules SET second_officer = ?, version = version + 1 WHERE exam_id = ? AND "
                  "version = ?",
                  next.second_officer, exam_id, next.version - 1);
    if (changed == 0) {
      Rows now = connection.select(
          "SELECT version = ? AND second_officer = ? FROM publication_rules WHERE exam_id = ?", next.version,
          next.second_officer, exam_id);
      if (attempt.number > 1 && now.next() && now.integer() != 0) return;
      throw_step_changed();
    }
    write_audit(connection, store_, change,
                {"plan.rule", code.text(),
                 next.second_officer ? "second officer" : "no second officer"});
  });
}

std::vector<services::LiveChange> ApprovalStore::list_live_changes(const ExamCode& code) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    std::vector<services::LiveChange> changes;
    Rows rows = connection.select(
        "SELECT c.version, n.digest, b.digest, c.author, TIMESTAMPDIFF(MICROSECOND, '1970-01-01', c.changed_at), "
        "c.emergency, c.at_shell, c.by_decision, c.withdrawn FROM live_changes c JOIN exams e ON e.exam_id = c.exam_id JOIN plans n "
        "ON n.plan_id = "
        "c.plan_id LEFT JOIN plans b ON b.plan_id = c.before_plan_id WHERE e.exam_code = ? ORDER BY c.version DESC",
        code.text());
    while (rows.next()) {
      services::LiveChange& change = changes.emplace_back();
      change.version = rows.integer();
      change.plan_digest = rows.text();
      change.before = rows.maybe_text().value_or("");
      change.author = rows.text();
      change.at = from_microseconds(rows.integer());
      change.emergency = rows.integer() != 0;
      change.at_shell = rows.text();
      change.by_decision = rows.integer() != 0;
      change.withdrawn = rows.integer() != 0;
    }
    return changes;
  });
}

void require_right(Connection& connection, const LiveNote& note, LiveRight right) {
  if (right != LiveRight::by_steps) return;
  Rows rule = connection.select("SELECT second_officer FROM publication_rules WHERE exam_id = ? LOCK IN SHARE MODE",
                                note.exam_id);
  if (!rule.next() || rule.integer() == 0) return;
  Rows approval =
      connection.select("SELECT step, confirmed_by FROM plan_approvals WHERE plan_id = ? LOCK IN SHARE MODE", note.plan_id);
  PlanApproval now;
  if (approval.next()) {
    now.step = parse_step(approval.text());
    now.confirmed_by = approval.text();
  }
  if (services::is_confirmed(now)) return;
  if (now.step == PlanStep::published) {
    throw Conflict("plan_not_confirmed",
                   {"a second officer has to confirm the plan before it goes live; it was live before and gave way: propose "
                    "it again first",
                    "전에 확정되었다가 다른 배정안으로 바뀐 배정안입니다. 다시 상신하고 다른 담당자가 승인해야 확정할 수 "
                    "있습니다"});
  }
  const Text name = services::name_of(now.step);
  throw Conflict("plan_not_confirmed",
                 {fmt::format("a second officer has to confirm the plan before it goes live; it is {} now", name.en),
                  fmt::format("다른 담당자가 승인해야 확정할 수 있습니다. 현재 단계: {}", name.ko)});
}

void note_live_change(Connection& connection, const LiveNote& note, LiveRight right, const services::Change& change) {
  const std::string time = sql_time(change.at);
  std::optional<std::int64_t> before;
  if (note.before != 0) before = note.before;
  connection.change(
      "INSERT INTO live_changes (exam_id, version, plan_id, before_plan_id, author, changed_at, emergency, at_shell, "
      "by_decision) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
      note.exam_id, note.version, note.plan_id, before, change.author, time, right == LiveRight::emergency,
      change.shell, right == LiveRight::health);
  connection.change(
      "INSERT INTO plan_approvals (plan_id, step, proposed_by, confirmed_by, changed_at, version) VALUES (?, "
      "'published', '', '', ?, 1) ON DUPLICATE KEY UPDATE step = 'published', changed_at = VALUES(changed_at), version "
      "= version + 1",
      note.plan_id, time);
  if (note.before == 0 || note.before == note.plan_id) return;
  // Whoever confirmed the plan that gives way looked at what was live then: going back to it is to be confirmed anew.
  connection.change(
      "UPDATE plan_approvals SET proposed_by = '', confirmed_by = '', proposed_at_shell = '', confirmed_at_shell = '', "
      "changed_at = ?, version = version + 1 WHERE plan_id = ? AND step = 'published' AND confirmed_by <> ''",
      time, note.before);
}

}  // namespace hanjari::storage
