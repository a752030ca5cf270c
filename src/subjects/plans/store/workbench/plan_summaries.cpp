#include "plans/store/workbench/plan_summaries.h"

#include <map>
#include <utility>

#include "database/snapshot.h"
#include "hanjari/base/error.h"
#include "plans/store/exam_rows.h"
#include "plans/store/kept_plans.h"

namespace hanjari::storage {
namespace {

constexpr const char* summarised_plan_named =
    "FROM plans n JOIN populations p ON p.population_id = n.population_id JOIN exams e ON e.exam_id = p.exam_id "
    "WHERE e.exam_code = ? AND p.input_sha256 = ? AND n.digest = ?";

std::optional<std::uint64_t> find_summarised_plan(Connection& connection, const ExamCode& code,
                                                  const services::StoredPlan& plan) {
  Rows rows = connection.select(std::string("SELECT n.plan_id ") + summarised_plan_named, code.text(),
                                plan.input_sha256, plan.digest);
  if (!rows.next()) return std::nullopt;
  return static_cast<std::uint64_t>(rows.integer());
}

// Where a plan has rows of its own.
std::optional<PlanRowsAt> find_own_rows(Connection& connection, const ExamCode& code, const services::StoredPlan& plan) {
  const auto row = find_summarised_plan(connection, code, plan);
  if (!row) return std::nullopt;
  const PlanRowsAt at = find_plan_rows(connection, *row);
  if (at.earlier) return std::nullopt;
  return at;
}

void read_desk_rooms(Connection& connection, std::uint64_t population, std::int64_t position,
                     services::VenueDesks& desks, std::map<std::int64_t, std::size_t>& room_at) {
  Rows rows = connection.select(std::string("SELECT ") + room_columns +
                                    ", t.room_position FROM rooms t WHERE t.population_id = ? AND t.venue_position = ? "
                                    "ORDER BY t.room_position",
                                population, position);
  while (rows.next()) {
    desks.rooms.push_back(read_room(rows));
    room_at[rows.integer()] = desks.rooms.size() - 1;
  }
}

}  // namespace

void insert_summary(Connection& connection, std::uint64_t plan_id, const Exam& exam, const Plan& plan) {
  if (!services::is_summarised(exam)) return;
  std::string summary;
  try {
    summary = services::write_summary(services::summarise_plan(exam, plan));
  } catch (const InvalidInput&) {
    return;  // a room too large to be counted is no reason to refuse a plan that the verifier takes
  }
  connection.change("INSERT INTO plan_summaries (plan_id, summary) VALUES (?, ?)", plan_id, summary);
}

std::optional<std::string> read_kept_summary(const Store& store, const ExamCode& code,
                                             const services::StoredPlan& plan) {
  return in_reading(store.pool, store.retry, [&](Connection& connection) -> std::optional<std::string> {
    Rows rows = connection.select(
        "SELECT s.summary FROM plan_summaries s JOIN plans n ON n.plan_id = s.plan_id JOIN populations p ON "
        "p.population_id = n.population_id JOIN exams e ON e.exam_id = p.exam_id WHERE e.exam_code = ? AND "
        "p.input_sha256 = ? AND n.digest = ?",
        code.text(), plan.input_sha256, plan.digest);
    if (!rows.next()) return std::nullopt;
    return rows.text();
  });
}

void keep_counted_summary(const Store& store, const ExamCode& code, const services::StoredPlan& plan,
                          const std::string& summary) {
  in_transaction(store.pool, store.retry, [&](Connection& connection, Attempt) {
    const auto row = find_summarised_plan(connection, code, plan);
    if (!row) return;
    // A decision on one person may have made another plan of the row meanwhile; until the end of this nobody does.
    Rows held = connection.select("SELECT 1 FROM plans WHERE plan_id = ? AND digest = ? LOCK IN SHARE MODE", *row,
                                  plan.digest);
    if (!held.next()) return;
    connection.change(
        "INSERT INTO plan_summaries (plan_id, summary) VALUES (?, ?) ON DUPLICATE KEY UPDATE summary = VALUES(summary)",
        *row, summary);
  });
}

std::optional<services::PlanMoves> count_moved_people(const Store& store, const ExamCode& code,
                                                      const services::StoredPlan& from,
                                                      const services::StoredPlan& to) {
  return in_snapshot(store.pool, store.retry, [&](Connection& connection) -> std::optional<services::PlanMoves> {
    const auto before = find_own_rows(connection, code, from);
    const auto after = find_own_rows(connection, code, to);
    if (!before || !after || before->population != after->population) return std::nullopt;
    Rows rows = connection.select(
        "SELECT COUNT(*), CAST(COALESCE(SUM(ra.venue_position <> rb.venue_position), 0) AS SIGNED), "
        "CAST(COALESCE(SUM(ra.venue_position = rb.venue_position AND a.room_position <> b.room_position), 0) AS SIGNED), "
        "CAST(COALESCE(SUM(a.room_position = b.room_position AND a.seat_no <> b.seat_no), 0) AS SIGNED) FROM placements "
        "a JOIN placements b ON b.plan_id = ? AND b.applicant_position = a.applicant_position JOIN rooms ra ON "
        "ra.population_id = a.population_id AND ra.room_position = a.room_position JOIN rooms rb ON rb.population_id = "
        "b.population_id AND rb.room_position = b.room_position WHERE a.plan_id = ?",
        after->plan_id, before->plan_id);
    if (!rows.next()) return std::nullopt;
    services::PlanMoves moves;
    const std::int64_t both = rows.integer();
    moves.venue = rows.integer();
    moves.room = rows.integer();
    moves.seat = rows.integer();
    moves.added = to.seated - both;
    moves.removed = from.seated - both;
    return moves;
  });
}

std::optional<services::VenueDesks> read_venue_desks(const Store& store, const ExamCode& code,
                                                     const services::StoredPlan& plan, const VenueCode& venue) {
  return in_snapshot(store.pool, store.retry, [&](Connection& connection) -> std::optional<services::VenueDesks> {
    const auto at = find_own_rows(connection, code, plan);
    if (!at) return std::nullopt;
    services::VenueDesks desks;
    Words words;
    std::int64_t position = 0;
    {
      Rows rows = connection.select(std::string("SELECT ") + venue_columns +
                                        ", t.venue_position FROM venues t WHERE t.population_id = ? AND t.venue_code = ?",
                                    at->population, venue.text());
      if (!rows.next()) return std::nullopt;
      desks.venue = read_venue(rows, words);
      position = rows.integer();
    }
    desks.district = words[desks.venue.district];
    desks.policy = read_header(connection, at->population).policy;
    std::map<std::int64_t, std::size_t> room_at;
    read_desk_rooms(connection, at->population, position, desks, room_at);
    Rows rows = connection.select(
        "SELECT p.room_position, p.seat_no, p.desk_row, p.desk_column, p.booklet, p.applicant_number, a.applicant_id, "
        "u.unit_code FROM rooms r JOIN placements p ON p.plan_id = ? AND p.room_position = r.room_position JOIN "
        "applicants a ON a.population_id = p.population_id AND a.applicant_position = p.applicant_position JOIN units u "
        "ON u.population_id = a.population_id AND u.unit_position = a.unit_position WHERE r.population_id = ? AND "
        "r.venue_position = ? ORDER BY p.room_position, p.seat_no",
        at->plan_id, at->population, position);
    while (rows.next()) {
      services::DeskUse& use = desks.people.emplace_back();
      use.room = room_at.at(rows.integer());
      use.seat_no = static_cast<int>(rows.integer());
      use.desk.row = static_cast<int>(rows.integer());
      use.desk.column = static_cast<int>(rows.integer());
      use.booklet = rows.text().at(0);
      use.number = ApplicantNumber(rows.text());
      use.applicant = ApplicantId(rows.text());
      use.unit = UnitCode(rows.text());
    }
    return desks;
  });
}

}  // namespace hanjari::storage
