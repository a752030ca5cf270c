#include "plans/store/moved_plan.h"

#include <algorithm>
#include <set>
#include <stdexcept>
#include <vector>

#include <fmt/format.h>

#include "hanjari/domain/spelling.h"
#include "plans/store/exam_rows.h"
#include "plans/store/key_holds.h"
#include "plans/store/plan_figures.h"
#include "plans/store/plan_steps.h"

namespace hanjari::storage {
namespace {

// Beyond this a copy costs hardly more.
constexpr std::size_t most_moved = 200;
// More than any seat number of a room: where people wait while they change seats with one another.
constexpr int aside = 1'000'000;

const Placement* find_placement(const Plan& plan, ApplicantIndex person) {
  const auto found =
      std::lower_bound(plan.placements.begin(), plan.placements.end(), person,
                       [](const Placement& one, ApplicantIndex wanted) { return one.applicant < wanted; });
  return found == plan.placements.end() || found->applicant != person ? nullptr : &*found;
}

std::int64_t count_steps(Connection& connection, std::uint64_t plan_id) {
  Rows rows = connection.select("SELECT COALESCE(MAX(step_no), 0) FROM plan_steps WHERE plan_id = ?", plan_id);
  return rows.next() ? rows.integer() : 0;
}

bool has_same_broken(Connection& connection, std::uint64_t plan_id, const std::vector<KeepApartBroken>& wanted) {
  std::size_t at = 0;
  for (Rows rows = connection.select("SELECT first_position, second_position, reason_en FROM keep_apart_broken WHERE "
                                     "plan_id = ? ORDER BY broken_position",
                                     plan_id);
       rows.next(); ++at) {
    const auto first = static_cast<std::size_t>(rows.integer());
    const auto second = static_cast<std::size_t>(rows.integer());
    if (at == wanted.size() || wanted[at].first != ApplicantIndex(first) || wanted[at].second != ApplicantIndex(second) ||
        wanted[at].reason.en != rows.text())
      return false;
  }
  return at == wanted.size();
}

// The earlier plan and population as rows of their own.
struct Earlier {
  std::uint64_t population = 0;
  std::uint64_t plan_id = 0;
};

// First the digest makes room: an exam has a package once.
std::uint64_t keep_population(Connection& connection, const MoveFrom& from, const services::MovedPlan& moved,
                              const std::string& time) {
  connection.change("UPDATE populations SET input_sha256 = ? WHERE population_id = ?", moved.exam.input_sha256,
                    from.population);
  connection.change(
      fmt::format("INSERT INTO populations (exam_id, input_sha256, imported_at, listed_no, kept_in_population_id, {0}) "
                  "SELECT exam_id, ?, imported_at, COALESCE(listed_no, population_id), population_id, {0} FROM "
                  "populations WHERE population_id = ?",
                  population_columns),
      moved.from_exam, from.population);
  const std::uint64_t earlier = connection.last_insert_id();
  connection.change("UPDATE populations SET imported_at = ?, listed_no = ? WHERE population_id = ?", time, earlier,
                    from.population);
  return earlier;
}

Earlier keep_earlier(Connection& connection, const MoveFrom& from, const services::MovedPlan& moved,
                     const std::string& time) {
  Earlier earlier;
  earlier.population = keep_population(connection, from, moved, time);
  connection.change(
      fmt::format("INSERT INTO plans (population_id, exam_id, stored_at, used_venues, travel_m, kept_in_plan_id, kept_steps, "
                  "listed_no, {0}) SELECT ?, exam_id, stored_at, used_venues, travel_m, plan_id, ?, COALESCE(listed_no, "
                  "plan_id), {0} FROM plans WHERE "
                  "plan_id = ?",
                  figure_columns),
      earlier.population, count_steps(connection, from.plan_id), from.plan_id);
  earlier.plan_id = connection.last_insert_id();
  with_figures(moved.plan, [&](const auto&... figures) {
    connection.change(
        fmt::format("UPDATE plans SET {}, stored_at = ?, listed_no = ? WHERE plan_id = ?", assignments(figure_columns)),
        figures..., time, earlier.plan_id, from.plan_id);
  });
  // What was said of the plan was said of the earlier one.
  connection.change("UPDATE plan_approvals SET plan_id = ? WHERE plan_id = ?", earlier.plan_id, from.plan_id);
  connection.change("UPDATE live_changes SET plan_id = ? WHERE plan_id = ?", earlier.plan_id, from.plan_id);
  connection.change("UPDATE plan_summaries SET plan_id = ? WHERE plan_id = ?", earlier.plan_id, from.plan_id);
  connection.change("UPDATE plan_differences SET plan_id = ? WHERE plan_id = ?", earlier.plan_id, from.plan_id);
  connection.change("UPDATE plan_differences SET told_plan_id = ? WHERE told_plan_id = ?", earlier.plan_id, from.plan_id);
  connection.change("UPDATE live_changes SET before_plan_id = ? WHERE before_plan_id = ?", earlier.plan_id, from.plan_id);
  return earlier;
}

void keep_seat(Connection& connection, const MoveFrom& from, const Earlier& earlier, ApplicantIndex person) {
  const auto kept = connection.change(
      "INSERT INTO moved_seats (plan_id, applicant_position, kept_in_plan_id, population_id, kept_in_population_id, "
      "room_position, seat_no, desk_row, desk_column, booklet, travel_m, detour_m, routing_sealed, sealed_in) SELECT ?, "
      "t.applicant_position, t.plan_id, ?, t.population_id, t.room_position, t.seat_no, t.desk_row, t.desk_column, "
      "t.booklet, t.travel_m, o.detour_m, a.routing_sealed, COALESCE(a.sealed_in, a.population_id) FROM placements t "
      "JOIN applicants a ON a.population_id = t.population_id AND a.applicant_position = t.applicant_position LEFT JOIN "
      "over_detour o ON o.plan_id = t.plan_id AND o.applicant_position = t.applicant_position WHERE t.plan_id = ? AND "
      "t.applicant_position = ?",
      earlier.plan_id, earlier.population, from.plan_id, person.value);
  if (kept != 1) throw std::logic_error("a moved person without a seat");
  connection.change("DELETE FROM over_detour WHERE plan_id = ? AND applicant_position = ?", from.plan_id, person.value);
  connection.change("UPDATE placements SET seat_no = seat_no + ? WHERE plan_id = ? AND applicant_position = ?", aside,
                    from.plan_id, person.value);
}

void write_seat(Connection& connection, const FieldCipher& cipher, const MoveFrom& from,
                const services::MovedPlan& moved, ApplicantIndex person) {
  const Placement& placed = *find_placement(moved.plan, person);
  connection.change(
      "UPDATE placements SET room_position = ?, seat_no = ?, desk_row = ?, desk_column = ?, booklet = ?, travel_m = ? "
      "WHERE plan_id = ? AND applicant_position = ?",
      placed.room.value, placed.seat_no, placed.desk.row, placed.desk.column, std::string_view(&placed.booklet, 1),
      placed.travel_m, from.plan_id, person.value);
  for (const OverDetour& over : moved.plan.over_detour) {
    if (over.applicant != person) continue;
    connection.change("INSERT INTO over_detour (plan_id, applicant_position, travel_m, detour_m) VALUES (?, ?, ?, ?)",
                      from.plan_id, person.value, over.travel_m, over.detour_m);
  }
  // All values of a row are sealed in one population.
  Rows rows = connection.select(
      "SELECT COALESCE(sealed_in, population_id) FROM applicants WHERE population_id = ? AND applicant_position = ?",
      from.population, person.value);
  if (!rows.next()) throw std::logic_error("a moved person without a row");
  const Applicant& who = moved.exam[person];
  const FieldPlace place{static_cast<std::uint64_t>(rows.integer()), who.id.text(), "routing",
                         moved.exam.header.code.text()};
  std::optional<std::string> routing;
  if (const std::string_view word = spell(who.routing); !word.empty()) routing = cipher.seal(place, word);
  connection.change("UPDATE applicants SET routing_sealed = ? WHERE population_id = ? AND applicant_position = ?", routing,
                    from.population, person.value);
}

// The counts of the venues that somebody left or came to, and the sums of the plan (sql/205).
void count_venues(Connection& connection, const MoveFrom& from, const Earlier& earlier,
                  const services::MovedPlan& moved) {
  std::set<std::int64_t> venues;
  for (const ApplicantIndex person : moved.people)
    venues.insert(static_cast<std::int64_t>(find_placement(moved.plan, person)->venue.value));
  for (Rows rows = connection.select(
           "SELECT DISTINCT r.venue_position FROM moved_seats m JOIN rooms r ON r.population_id = "
           "m.kept_in_population_id AND r.room_position = m.room_position WHERE m.plan_id = ?",
           earlier.plan_id);
       rows.next();)
    venues.insert(rows.integer());
  for (const std::int64_t venue : venues) {
    connection.change("DELETE FROM plan_venues WHERE plan_id = ? AND venue_position = ?", from.plan_id, venue);
    connection.change(
        "INSERT INTO plan_venues (plan_id, venue_position, population_id, rooms, people) SELECT p.plan_id, "
        "r.venue_position, p.population_id, COUNT(DISTINCT p.room_position), COUNT(*) FROM rooms r JOIN placements p ON "
        "p.plan_id = ? AND p.room_position = r.room_position WHERE r.population_id = ? AND r.venue_position = ? GROUP BY "
        "p.plan_id, r.venue_position, p.population_id",
        from.plan_id, from.population, venue);
  }
  connection.change(
      "UPDATE plans SET used_venues = (SELECT COUNT(*) FROM plan_venues v WHERE v.plan_id = ?), travel_m = travel_m + "
      "(SELECT SUM(t.travel_m - m.travel_m) FROM moved_seats m JOIN placements t ON t.plan_id = m.kept_in_plan_id AND "
      "t.applicant_position = m.applicant_position WHERE m.plan_id = ?) WHERE plan_id = ?",
      from.plan_id, earlier.plan_id, from.plan_id);
}

std::vector<std::int64_t> list_moved_since(Connection& connection, std::uint64_t plan_id, std::int64_t earlier) {
  std::vector<std::int64_t> people;
  for (Rows rows = connection.select("SELECT DISTINCT applicant_position FROM moved_seats WHERE kept_in_plan_id = ? AND "
                                     "plan_id >= ? ORDER BY applicant_position",
                                     plan_id, earlier);
       rows.next();)
    people.push_back(rows.integer());
  return people;
}

// Each by the primary keys: of a list the database may read everybody instead, whatever its statistics say that day.
void read_moved_person(Connection& connection, const FieldCipher& cipher, const Exam& exam, std::uint64_t plan_id,
                       std::int64_t person, services::LiveMoves& moves) {
  Rows rows = connection.select(
      std::string("SELECT ") + placement_columns +
          ", t.applicant_position, t.room_position, a.applicant_id, o.detour_m, a.routing_sealed, COALESCE(a.sealed_in, "
          "a.population_id) FROM placements t JOIN applicants a ON a.population_id = t.population_id AND "
          "a.applicant_position = t.applicant_position LEFT JOIN over_detour o ON o.plan_id = t.plan_id AND "
          "o.applicant_position = t.applicant_position WHERE t.plan_id = ? AND t.applicant_position = ?",
      plan_id, person);
  if (!rows.next()) throw std::logic_error("a moved person without a seat");
  Placement& placed = moves.plan.placements.emplace_back(read_placement(rows));
  placed.applicant = ApplicantIndex(static_cast<std::size_t>(rows.integer()));
  placed.room = RoomIndex(static_cast<std::size_t>(rows.integer()));
  placed.venue = exam[placed.room].venue;
  const std::string id = rows.text();
  if (const auto detour = rows.maybe_integer())
    moves.plan.over_detour.push_back({placed.applicant, placed.travel_m, *detour});
  const auto sealed = rows.maybe_text();
  const auto in = static_cast<std::uint64_t>(rows.integer());
  const auto routing = parse_word<Routing>(sealed ? cipher.open({in, id, "routing"}, *sealed) : std::string());
  if (!routing) throw std::logic_error("unknown word in the database");
  moves.routings.push_back(*routing);
}

}  // namespace

bool may_move_in_place(Connection& connection, const MoveFrom& from, const services::MovedPlan& moved) {
  if (moved.people.size() > most_moved || !moved.plan.unseated.empty()) return false;
  if (!std::all_of(moved.people.begin(), moved.people.end(),
                   [&](ApplicantIndex person) { return find_placement(moved.plan, person) != nullptr; }))
    return false;
  if (connection
          .select("SELECT 1 FROM plans WHERE population_id = ? AND plan_id <> ? LIMIT 1 LOCK IN SHARE MODE",
                  from.population, from.plan_id)
          .next())
    return false;
  return count_steps(connection, from.plan_id) <= static_cast<std::int64_t>(moved.plan.history.size()) &&
         has_same_broken(connection, from.plan_id, moved.plan.report.keep_apart_broken);
}

void move_in_place(Connection& connection, const FieldCipher& cipher, const MoveFrom& from,
                   const services::MovedPlan& moved, const std::string& time) {
  hold_newest_key(connection, cipher, moved.exam.header.code);
  hold_all_keys(connection, moved.exam.header.code);
  const std::int64_t steps = count_steps(connection, from.plan_id);
  const Earlier earlier = keep_earlier(connection, from, moved, time);
  for (const ApplicantIndex person : moved.people) keep_seat(connection, from, earlier, person);
  for (const ApplicantIndex person : moved.people) write_seat(connection, cipher, from, moved, person);
  count_venues(connection, from, earlier, moved);
  insert_steps(connection, cipher, from.population, from.plan_id, moved.exam.header.code, moved.plan,
               static_cast<std::size_t>(steps));
}

std::optional<services::LiveMoves> read_live_moves(Connection& connection, const FieldCipher& cipher, const Exam& exam,
                                                   const services::LivePointer& known) {
  Rows rows = connection.select(
      "SELECT n.plan_id, n.digest, p.input_sha256, l.version, k.plan_id FROM live_plans l JOIN exams e ON e.exam_id = "
      "l.exam_id JOIN plans n ON n.plan_id = l.plan_id JOIN populations p ON p.population_id = n.population_id JOIN "
      "plans k ON k.kept_in_plan_id = n.plan_id JOIN populations q ON q.population_id = k.population_id WHERE "
      "e.exam_code = ? AND k.digest = ? AND q.input_sha256 = ?",
      exam.header.code.text(), known.plan_digest, known.input_sha256);
  if (!rows.next()) return std::nullopt;
  const auto plan_id = static_cast<std::uint64_t>(rows.integer());
  services::LiveMoves moves;
  moves.live.plan_digest = rows.text();
  moves.live.input_sha256 = rows.text();
  moves.live.version = rows.integer();
  const std::int64_t earlier = rows.integer();
  moves.plan = read_report(connection, plan_id);
  moves.plan.history = read_steps(connection, cipher, plan_id);
  for (const std::int64_t person : list_moved_since(connection, plan_id, earlier))
    read_moved_person(connection, cipher, exam, plan_id, person, moves);
  return moves;
}

}  // namespace hanjari::storage
