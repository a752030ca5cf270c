#include "plans/store/plan_steps.h"

#include <fmt/format.h>

#include "database/bulk_insert.h"
#include "hanjari/package/history_package.h"
#include "plans/store/kept_plans.h"

namespace hanjari::storage {
namespace {

// The row of a sealed value; the statement of sealed_tables.cpp makes the same words.
std::string step_row(std::uint64_t plan_id, std::int64_t step) {
  return fmt::format("{}/{}", plan_id, step);
}

// A plan that nobody wrote a history for.
std::vector<HistoryStep> steps_of_report(Connection& connection, std::uint64_t plan_id) {
  Rows rows = connection.select(
      "SELECT n.digest, n.replanned_from, n.program_version, n.seed, n.rounds, p.input_sha256 FROM plans n JOIN "
      "populations p ON p.population_id = n.population_id WHERE n.plan_id = ?",
      plan_id);
  if (!rows.next()) return {};
  HistoryStep own;
  own.digest = rows.text();
  const std::string base = rows.text();
  own.version = rows.text();
  own.seed = rows.text();
  own.rounds = rows.integer();
  own.input_sha256 = rows.text();
  own.kind = own.version.empty() ? StepKind::given : base.empty() ? StepKind::plan : StepKind::replan;
  if (base.empty()) return {own};
  HistoryStep first;
  first.kind = StepKind::given;
  first.digest = base;
  return {first, own};
}

}  // namespace

void insert_steps(Connection& connection, const FieldCipher& cipher, std::uint64_t population, std::uint64_t plan_id,
                  const ExamCode& code, const Plan& plan, std::size_t written) {
  if (plan.history.size() <= written) return;
  BulkInsert steps(connection,
                   "plan_steps (plan_id, step_no, kind, input_sha256, digest, program_version, seed, rounds, author, "
                   "made_at, reason_sealed, moves_sealed)",
                   12, plan.history.size() - written);
  for (std::size_t at = written; at < plan.history.size(); ++at) {
    const HistoryStep& step = plan.history[at];
    const auto number = static_cast<std::int64_t>(at) + 1;
    const std::string row = step_row(plan_id, number);
    const auto seal = [&](std::string_view column, const std::string& value) {
      return value.empty() ? std::nullopt
                           : std::optional<std::string>(cipher.seal({population, row, column, code.text()}, value));
    };
    steps.add(plan_id, number, spell(step.kind), step.input_sha256, step.digest, step.version, step.seed, step.rounds,
              step.author, step.at, seal("plan_steps.reason", step.reason),
              seal("plan_steps.moves", step.moves.empty() ? std::string() : package::write_moves(step.moves)));
  }
}

std::vector<HistoryStep> read_steps(Connection& connection, const FieldCipher& cipher, std::uint64_t plan_id) {
  const PlanRowsAt at = find_plan_rows(connection, plan_id);
  std::vector<HistoryStep> steps;
  Rows rows = connection.select(
      "SELECT step_no, kind, input_sha256, digest, program_version, seed, rounds, author, made_at, reason_sealed, "
      "moves_sealed FROM plan_steps WHERE plan_id = ? AND step_no <= ? ORDER BY step_no",
      at.plan_id, at.steps);
  while (rows.next()) {
    const std::string row = step_row(at.plan_id, rows.integer());
    const auto open = [&](std::string_view column, const std::optional<std::string>& sealed) {
      return sealed ? cipher.open_unless_destroyed({at.population, row, column}, *sealed).value_or("") : std::string();
    };
    HistoryStep& step = steps.emplace_back();
    step.kind = parse_step_kind(rows.text()).value_or(StepKind::given);
    step.input_sha256 = rows.text();
    step.digest = rows.text();
    step.version = rows.text();
    step.seed = rows.text();
    step.rounds = rows.integer();
    step.author = rows.text();
    step.at = rows.text();
    step.reason = open("plan_steps.reason", rows.maybe_text());
    const std::string moves = open("plan_steps.moves", rows.maybe_text());
    if (!moves.empty()) step.moves = package::read_moves(moves);
  }
  return steps.empty() ? steps_of_report(connection, plan_id) : steps;
}

}  // namespace hanjari::storage
