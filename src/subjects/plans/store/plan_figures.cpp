// What pages say of exams and plans without reading them whole.
#include <algorithm>
#include <set>

#include "database/row_insert.h"
#include "database/snapshot.h"
#include "plans/store/exam_rows.h"
#include "plans/store/exam_store.h"
#include "plans/store/kept_plans.h"

namespace hanjari::storage {
namespace {

// clang-format off
constexpr const char* plan_named =
    "FROM plans n JOIN populations p ON p.population_id = n.population_id JOIN exams e ON e.exam_id = p.exam_id "
    "WHERE e.exam_code = ? AND p.input_sha256 = ? AND n.digest = ?";
constexpr const char* find_kept_figures =
    "SELECT d.figures FROM plan_differences d JOIN plans n ON n.plan_id = d.plan_id "
    "JOIN populations p ON p.population_id = n.population_id JOIN exams e ON e.exam_id = p.exam_id "
    "JOIN plans b ON b.plan_id = d.told_plan_id JOIN populations q ON q.population_id = b.population_id "
    "WHERE e.exam_code = ? AND p.input_sha256 = ? AND n.digest = ? AND q.input_sha256 = ? AND b.digest = ?";
constexpr const char* keep_these_figures =
    "INSERT INTO plan_differences (plan_id, told_plan_id, figures) VALUES (?, ?, ?) "
    "ON DUPLICATE KEY UPDATE figures = VALUES(figures)";
constexpr const char* list_used_venues =
    "SELECT v.venue_code, v.name, v.district_code, v.address, c.rooms, c.people FROM plan_venues c "
    "JOIN venues v ON v.population_id = c.population_id AND v.venue_position = c.venue_position "
    "WHERE c.plan_id = ? ORDER BY c.venue_position";
// The same of a plan that is kept in a later one: of each moved person the first row that is not before the plan counts.
constexpr const char* list_venues_used_earlier =
    "SELECT v.venue_code, v.name, v.district_code, v.address, c.rooms, c.people FROM (SELECT r.venue_position, "
    "COUNT(DISTINCT r.room_position) AS rooms, COUNT(*) AS people FROM placements t LEFT JOIN (SELECT applicant_position, "
    "MIN(plan_id) AS plan_id FROM moved_seats WHERE kept_in_plan_id = ? AND plan_id >= ? GROUP BY applicant_position) f "
    "ON f.applicant_position = t.applicant_position "
    "LEFT JOIN moved_seats m ON m.plan_id = f.plan_id AND m.applicant_position = f.applicant_position "
    "JOIN rooms r ON r.population_id = t.population_id AND r.room_position = COALESCE(m.room_position, t.room_position) "
    "WHERE t.plan_id = ? GROUP BY r.venue_position) c "
    "JOIN venues v ON v.population_id = ? AND v.venue_position = c.venue_position ORDER BY c.venue_position";
constexpr const char* list_newest_venues =
    "SELECT v.venue_code FROM venues v WHERE v.population_id = (SELECT COALESCE(p.kept_in_population_id, p.population_id) FROM populations p "
    "JOIN exams e ON e.exam_id = p.exam_id WHERE e.exam_code = ? ORDER BY COALESCE(p.listed_no, p.population_id) DESC LIMIT 1)";
constexpr const char* units_of_population =
    " FROM units t JOIN populations p ON t.population_id = COALESCE(p.kept_in_population_id, p.population_id) "
    "JOIN exams e ON e.exam_id = p.exam_id WHERE e.exam_code = ? AND p.input_sha256 = ? ORDER BY t.unit_position";
// clang-format on

constexpr std::size_t people_at_once = 256;

std::optional<std::uint64_t> find_row_of_plan(Connection& connection, const ExamCode& code,
                                              const services::StoredPlan& plan) {
  Rows rows =
      connection.select(std::string("SELECT n.plan_id ") + plan_named, code.text(), plan.input_sha256, plan.digest);
  if (!rows.next()) return std::nullopt;
  return static_cast<std::uint64_t>(rows.integer());
}

// As find_row_of_plan; until the end of the transaction no decision makes another plan of this row.
std::optional<std::uint64_t> hold_row_of_plan(Connection& connection, const ExamCode& code,
                                              const services::StoredPlan& plan) {
  const auto found = find_row_of_plan(connection, code, plan);
  if (!found) return std::nullopt;
  Rows rows =
      connection.select("SELECT 1 FROM plans WHERE plan_id = ? AND digest = ? LOCK IN SHARE MODE", *found, plan.digest);
  return rows.next() ? found : std::nullopt;
}

}  // namespace

std::optional<services::ExamHead> ExamStore::find_head(const ExamCode& code) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) -> std::optional<services::ExamHead> {
    // The population of find_exam without a digest.
    Rows rows = connection.select(
        "SELECT p.population_id, p.applicant_count FROM populations p JOIN exams e ON e.exam_id = p.exam_id "
        "LEFT JOIN live_plans l ON l.exam_id = e.exam_id LEFT JOIN plans n ON n.plan_id = l.plan_id "
        "WHERE e.exam_code = ? ORDER BY n.population_id <=> p.population_id DESC, COALESCE(p.listed_no, "
        "p.population_id) "
        "DESC LIMIT 1",
        code.text());
    if (!rows.next()) return std::nullopt;
    const auto population = static_cast<std::uint64_t>(rows.integer());
    const std::int64_t people = rows.integer();
    const ExamHeader header = read_header(connection, population).header;
    return services::ExamHead{header.name_ko, header.name_en, header.exam_on, header.time_zone, people};
  });
}

std::vector<Unit> ExamStore::list_units(const ExamCode& code, const std::string& input_sha256) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    std::vector<Unit> units;
    Rows rows = connection.select(std::string("SELECT ") + unit_columns + units_of_population, code.text(), input_sha256);
    while (rows.next()) units.push_back(read_unit(rows));
    return units;
  });
}

std::vector<services::VenueSummary> ExamStore::list_venues(const ExamCode& code, const services::StoredPlan& plan) {
  return in_snapshot(store_.pool, store_.retry, [&](Connection& connection) {
    std::vector<services::VenueSummary> venues;
    const auto found = find_row_of_plan(connection, code, plan);
    if (!found) return venues;
    const PlanRowsAt at = find_plan_rows(connection, *found);
    Rows rows = at.earlier ? connection.select(list_venues_used_earlier, at.plan_id, *found, at.plan_id, at.population)
                           : connection.select(list_used_venues, at.plan_id);
    while (rows.next()) {
      services::VenueSummary& venue = venues.emplace_back();
      venue.code = VenueCode(rows.text());
      venue.name = rows.text();
      venue.district = DistrictCode(rows.text());
      venue.address = rows.text();
      venue.rooms = rows.integer();
      venue.people = rows.integer();
    }
    return venues;
  });
}

std::vector<std::string> ExamStore::list_venues_gone(const ExamCode& code, const services::StoredPlan& plan) {
  const auto used = list_venues(code, plan);
  std::set<std::string> there;
  in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    there.clear();
    Rows rows = connection.select(list_newest_venues, code.text());
    while (rows.next()) there.insert(rows.text());
  });
  std::vector<std::string> gone;
  for (const services::VenueSummary& venue : used) {
    if (!there.contains(venue.code.text())) gone.push_back(venue.name);
  }
  return gone;
}

std::vector<ExamCode> ExamStore::list_exams() {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    std::vector<ExamCode> exams;
    Rows rows = connection.select(
        "SELECT e.exam_code FROM exams e WHERE EXISTS (SELECT 1 FROM populations p WHERE p.exam_id = e.exam_id) "
        "ORDER BY e.exam_id DESC");
    while (rows.next()) exams.emplace_back(rows.text());
    return exams;
  });
}

std::vector<services::MovedPerson> ExamStore::find_people(const ExamCode& code, const services::StoredPlan& plan,
                                                          const std::vector<ApplicantId>& people) {
  return in_snapshot(store_.pool, store_.retry, [&](Connection& connection) {
    std::vector<services::MovedPerson> found;
    const auto row = find_row_of_plan(connection, code, plan);
    if (!row) return found;
    // Names and numbers are those of the plan in which an earlier one is kept: moves change neither.
    const PlanRowsAt at = find_plan_rows(connection, *row);
    for (std::size_t from = 0; from < people.size(); from += people_at_once) {
      const std::size_t count = std::min(people_at_once, people.size() - from);
      std::size_t padded = 0;
      const std::string list = placeholders(count, padded);
      Statement& statement = connection.statement(
          std::string("SELECT ") + applicant_columns +
          ", p.applicant_number FROM applicants t JOIN placements p ON p.plan_id = ? AND p.applicant_position = "
          "t.applicant_position WHERE t.population_id = ? AND t.applicant_id IN " +
          list);
      statement.bind(at.plan_id).bind(at.population);
      for (std::size_t one = 0; one < padded; ++one) statement.bind(people[from + std::min(one, count - 1)].text());
      Rows rows = statement.select();
      Words words;
      while (rows.next()) {
        const Applicant person = read_listed_applicant(rows, words, store_.cipher, at.population);
        services::MovedPerson& moved = found.emplace_back();
        moved.id = person.id;
        moved.name = person.name;
        moved.number = ApplicantNumber(rows.text());
      }
    }
    return found;
  });
}

std::optional<std::string> ExamStore::find_figures(const ExamCode& code, const services::StoredPlan& plan,
                                                   const services::StoredPlan& told) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) -> std::optional<std::string> {
    Rows rows = connection.select(find_kept_figures, code.text(), plan.input_sha256, plan.digest, told.input_sha256,
                                  told.digest);
    if (!rows.next()) return std::nullopt;
    return rows.text();
  });
}

void ExamStore::keep_figures(const ExamCode& code, const services::StoredPlan& plan, const services::StoredPlan& told,
                             const std::string& figures) {
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt) {
    const auto row = hold_row_of_plan(connection, code, plan);
    const auto told_row = hold_row_of_plan(connection, code, told);
    if (row && told_row) connection.change(keep_these_figures, *row, *told_row, figures);
  });
}

}  // namespace hanjari::storage
