#include "plans/store/kept_plans.h"

#include <algorithm>
#include <limits>
#include <map>
#include <optional>
#include <stdexcept>
#include <utility>

#include "database/legible.h"
#include "hanjari/domain/spelling.h"
#include "hanjari/domain/unreadable.h"
#include "plans/store/exam_rows.h"

namespace hanjari::storage {
namespace {

// What a person had: the first row that is not before the wanted plan. Rows come latest first, so that the last word
// stays.
struct HadSeat {
  Placement placement;
  std::optional<Metres> detour;
};

std::map<std::size_t, HadSeat> read_had_seats(Connection& connection, std::uint64_t plan_id, const PlanRowsAt& at,
                                              const Exam& exam) {
  std::map<std::size_t, HadSeat> had;
  for (Rows rows = connection.select(
           "SELECT applicant_position, room_position, seat_no, desk_row, desk_column, booklet, travel_m, detour_m FROM "
           "moved_seats WHERE kept_in_plan_id = ? AND plan_id >= ? ORDER BY plan_id DESC",
           at.plan_id, plan_id);
       rows.next();) {
    const auto person = static_cast<std::size_t>(rows.integer());
    HadSeat one;
    one.placement.applicant = ApplicantIndex(person);
    one.placement.room = RoomIndex(static_cast<std::size_t>(rows.integer()));
    one.placement.venue = exam[one.placement.room].venue;
    one.placement.seat_no = static_cast<int>(rows.integer());
    one.placement.desk.row = static_cast<int>(rows.integer());
    one.placement.desk.column = static_cast<int>(rows.integer());
    one.placement.booklet = rows.text().at(0);
    one.placement.travel_m = rows.integer();
    one.detour = rows.maybe_integer();
    had[person] = std::move(one);
  }
  return had;
}

}  // namespace

PlanRowsAt find_plan_rows(Connection& connection, std::uint64_t plan_id) {
  Rows rows = connection.select(
      "SELECT k.plan_id, k.population_id, n.kept_steps, n.kept_in_plan_id IS NOT NULL FROM plans n JOIN plans k ON "
      "k.plan_id = COALESCE(n.kept_in_plan_id, n.plan_id) WHERE n.plan_id = ?",
      plan_id);
  if (!rows.next()) throw std::logic_error("a plan without a row");
  PlanRowsAt at;
  at.plan_id = static_cast<std::uint64_t>(rows.integer());
  at.population = static_cast<std::uint64_t>(rows.integer());
  at.steps = rows.maybe_integer().value_or(std::numeric_limits<std::int32_t>::max());
  at.earlier = rows.integer() != 0;
  return at;
}

std::uint64_t find_population_rows(Connection& connection, std::uint64_t population) {
  Rows rows = connection.select(
      "SELECT COALESCE(kept_in_population_id, population_id) FROM populations WHERE population_id = ?", population);
  if (!rows.next()) throw std::logic_error("a population without a row");
  return static_cast<std::uint64_t>(rows.integer());
}

void put_back_routings(Connection& connection, const FieldCipher& cipher, std::uint64_t population, std::uint64_t rows,
                       Exam& exam, Unopened unopened) {
  if (rows == population) return;
  for (Rows had = connection.select(
           "SELECT applicant_position, routing_sealed, sealed_in FROM moved_seats WHERE kept_in_population_id = ? AND "
           "population_id >= ? ORDER BY population_id DESC",
           rows, population);
       had.next();) {
    Applicant& person = exam.applicants.at(static_cast<std::size_t>(had.integer()));
    const auto sealed = had.maybe_text();
    const auto in = static_cast<std::uint64_t>(had.integer());
    const auto open = [&] {
      const std::string word = sealed ? cipher.open({in, person.id.text(), "routing"}, *sealed) : std::string();
      const auto routing = parse_word<Routing>(word);
      if (!routing) throw std::logic_error("unknown word in the database");
      person.routing = *routing;
    };
    if (unopened == Unopened::refused) {
      open();
    } else if (read_legibly(open) != Legible::yes) {
      person.name = unreadable_name;
    }
  }
}

void put_back_seats(Connection& connection, std::uint64_t plan_id, const PlanRowsAt& at, const Exam& exam, Plan& plan) {
  if (!at.earlier) return;
  const auto had = read_had_seats(connection, plan_id, at, exam);
  const auto before = [](const auto& one, ApplicantIndex person) { return one.applicant < person; };
  std::erase_if(plan.over_detour, [&](const OverDetour& one) { return had.contains(one.applicant.value); });
  for (const auto& [position, one] : had) {
    const ApplicantIndex person(position);
    const auto placed = std::lower_bound(plan.placements.begin(), plan.placements.end(), person, before);
    if (placed == plan.placements.end() || placed->applicant != person)
      throw std::logic_error("a moved person without a seat");
    Placement back = one.placement;
    back.number = placed->number;  // a number never changes
    *placed = std::move(back);
    if (!one.detour) continue;
    const auto next = std::lower_bound(plan.over_detour.begin(), plan.over_detour.end(), person, before);
    plan.over_detour.insert(next, OverDetour{person, one.placement.travel_m, *one.detour});
  }
}

void give_rows_to_population(Connection& connection, const FieldCipher& cipher, std::uint64_t population,
                             const Exam& exam) {
  if (find_population_rows(connection, population) == population) return;
  fill_population(connection, cipher, population, exam);
  connection.change("UPDATE populations SET kept_in_population_id = NULL WHERE population_id = ?", population);
}

void give_rows_to_plan(Connection& connection, const FieldCipher& cipher, std::uint64_t plan_id) {
  if (!find_plan_rows(connection, plan_id).earlier) return;
  Rows rows = connection.select("SELECT population_id FROM plans WHERE plan_id = ?", plan_id);
  if (!rows.next()) throw std::logic_error("a plan without a row");
  const auto population = static_cast<std::uint64_t>(rows.integer());
  const Exam exam = read_exam(connection, cipher, population);
  const Plan plan = read_plan(connection, cipher, plan_id, exam);
  give_rows_to_population(connection, cipher, population, exam);
  fill_plan(connection, cipher, population, plan_id, exam, plan);
  connection.change("UPDATE plans SET kept_in_plan_id = NULL, kept_steps = NULL WHERE plan_id = ?", plan_id);
}

}  // namespace hanjari::storage
