// What pages say of exams and plans without reading them whole.
#include <algorithm>

#include "database/row_insert.h"
#include "plans/store/exam_rows.h"
#include "plans/store/exam_store.h"

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
// clang-format on

constexpr std::size_t people_at_once = 256;

struct PlanRow {
  std::int64_t plan = 0;
  std::int64_t population = 0;
};

std::optional<PlanRow> find_plan_row(Connection& connection, const ExamCode& code, const services::StoredPlan& plan) {
  Rows rows = connection.select(std::string("SELECT n.plan_id, n.population_id ") + plan_named, code.text(),
                                plan.input_sha256, plan.digest);
  if (!rows.next()) return std::nullopt;
  PlanRow found;
  found.plan = rows.integer();
  found.population = rows.integer();
  return found;
}

}  // namespace

std::optional<services::ExamHead> ExamStore::find_head(const ExamCode& code) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) -> std::optional<services::ExamHead> {
    // The population of find_exam without a digest.
    Rows rows = connection.select(
        "SELECT p.population_id, p.applicant_count FROM populations p JOIN exams e ON e.exam_id = p.exam_id "
        "LEFT JOIN live_plans l ON l.exam_id = e.exam_id LEFT JOIN plans n ON n.plan_id = l.plan_id "
        "WHERE e.exam_code = ? ORDER BY n.population_id <=> p.population_id DESC, p.population_id DESC LIMIT 1",
        code.text());
    if (!rows.next()) return std::nullopt;
    const auto population = static_cast<std::uint64_t>(rows.integer());
    const std::int64_t people = rows.integer();
    const ExamHeader header = read_header(connection, population).header;
    return services::ExamHead{header.name_ko, header.name_en, header.exam_on, header.time_zone, people};
  });
}

std::vector<services::VenueSummary> ExamStore::list_venues(const ExamCode& code, const services::StoredPlan& plan) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    std::vector<services::VenueSummary> venues;
    const auto found = find_plan_row(connection, code, plan);
    if (!found) return venues;
    Rows rows = connection.select(
        "SELECT v.venue_code, v.name, v.district_code, v.address, c.rooms, c.people FROM plan_venues c "
        "JOIN venues v ON v.population_id = c.population_id AND v.venue_position = c.venue_position "
        "WHERE c.plan_id = ? ORDER BY c.venue_position",
        found->plan);
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

std::vector<services::MovedPerson> ExamStore::find_people(const ExamCode& code, const services::StoredPlan& plan,
                                                          const std::vector<ApplicantId>& people) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    std::vector<services::MovedPerson> found;
    const auto row = find_plan_row(connection, code, plan);
    for (std::size_t from = 0; row && from < people.size(); from += people_at_once) {
      const std::size_t count = std::min(people_at_once, people.size() - from);
      std::size_t padded = 0;
      const std::string list = placeholders(count, padded);
      Statement& statement = connection.statement(
          std::string("SELECT ") + applicant_columns +
          ", p.applicant_number FROM applicants t JOIN placements p ON p.plan_id = ? AND p.applicant_position = "
          "t.applicant_position WHERE t.population_id = ? AND t.applicant_id IN " +
          list);
      statement.bind(row->plan).bind(row->population);
      for (std::size_t at = 0; at < padded; ++at) statement.bind(people[from + std::min(at, count - 1)].text());
      Rows rows = statement.select();
      Words words;
      while (rows.next()) {
        const Applicant person =
            read_listed_applicant(rows, words, store_.cipher, static_cast<std::uint64_t>(row->population));
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
    const auto row = find_plan_row(connection, code, plan);
    const auto told_row = find_plan_row(connection, code, told);
    if (row && told_row) connection.change(keep_these_figures, row->plan, told_row->plan, figures);
  });
}

}  // namespace hanjari::storage
