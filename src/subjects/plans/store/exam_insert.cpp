#include <algorithm>
#include <bit>
#include <span>

#include <fmt/format.h>

#include "database/bulk_insert.h"
#include "hanjari/domain/spelling.h"
#include "plans/store/exam_rows.h"
#include "plans/store/key_holds.h"
#include "plans/store/plan_figures.h"
#include "plans/store/plan_steps.h"
#include "plans/store/workbench/plan_summaries.h"

namespace hanjari::storage {
namespace {

constexpr std::size_t rows_per_report = 10'000;

template <class Tag>
std::optional<std::int64_t> position(Index<Tag> index) {
  return index.exists() ? std::optional<std::int64_t>(index.value) : std::nullopt;
}

// Both coordinates exactly as they are, eight bytes each, least significant first.
std::string point_bytes(Point point) {
  std::string bytes;
  for (const double coordinate : {point.lat, point.lon}) {
    const auto bits = std::bit_cast<std::uint64_t>(coordinate);
    for (int shift = 0; shift < 64; shift += 8) bytes += static_cast<char>((bits >> shift) & 0xFFU);
  }
  return bytes;
}

void insert_header(Connection& connection, std::uint64_t exam_id, const Exam& exam, const std::string& time) {
  const ExamHeader& header = exam.header;
  const Policy& policy = exam.policy;
  const auto insert = [&](const auto&... values) {
    connection.change(fmt::format("INSERT INTO populations (exam_id, input_sha256, imported_at, {}) VALUES (?, ?, ?{})",
                                  population_columns, parameters(sizeof...(values))),
                      exam_id, exam.input_sha256, time, values...);
  };
  insert(header.name_ko, header.name_en, format_date(header.exam_on), header.time_zone,
         spell(header.applicant_number.prefix), header.applicant_number.digits, header.applicant_number.check_digit,
         policy.min_gap_cm, policy.people_cap, spell(policy.mixing), spell(policy.travel), policy.detour_cap_m,
         policy.weights.travel, policy.weights.room, policy.weights.unit_at_venue, policy.weights.venue,
         spell(policy.seat_order), spell(policy.seat_origin), policy.booklets, policy.reserve_rooms.per_venue,
         policy.reserve_rooms.per_district, policy.spare_booklets_per_room, policy.change_weights.venue,
         policy.change_weights.room, policy.change_weights.seat, spell(policy.seat_numbers), exam.applicants.size(),
         policy.moved_farther_m);
}

void insert_places(Connection& connection, std::uint64_t population, const Exam& exam) {
  BulkInsert units(connection,
                   "units (population_id, unit_position, unit_code, series_ko, series_en, quota_group, grade, posts, "
                   "duration_min, subject_set, starts_at, seated_by)",
                   12, exam.units.size());
  for (std::size_t at = 0; at < exam.units.size(); ++at) {
    const Unit& unit = exam.units[at];
    units.add(population, at, unit.code.text(), unit.series_ko, unit.series_en, spell(unit.quota_group), unit.grade,
              unit.posts, unit.duration_min, unit.subject_set, unit.starts_at, unit.seated_by);
  }
  BulkInsert venues(connection,
                    "venues (population_id, venue_position, venue_code, name, district_code, address, lat, lon, kind, "
                    "opening_cost, phone, merged_into)",
                    12, exam.venues.size());
  for (std::size_t at = 0; at < exam.venues.size(); ++at) {
    const Venue& venue = exam.venues[at];
    venues.add(population, at, venue.code.text(), venue.name, exam.words[venue.district], venue.address, venue.at.lat,
               venue.at.lon, spell(venue.kind), venue.opening_cost, venue.phone, venue.merged_into.text());
  }
  BulkInsert rooms(connection,
                   "rooms (population_id, room_position, venue_position, room_no, building, floor, row_count, "
                   "column_count, row_pitch_cm, column_pitch_cm, blocked, people_cap, is_accessible, room_use)",
                   14, exam.rooms.size());
  for (std::size_t at = 0; at < exam.rooms.size(); ++at) {
    const Room& room = exam.rooms[at];
    rooms.add(population, at, room.venue.value, room.room_no, room.building, room.floor, room.row_count,
              room.column_count, room.row_pitch_cm, room.column_pitch_cm, spell_desks(room.blocked), room.people_cap,
              room.accessible, spell(room.use));
  }
}

class ApplicantInsert {
 public:
  ApplicantInsert(Connection& connection, const FieldCipher& cipher, std::uint64_t population, const Exam& exam,
                  std::size_t people)
      : cipher_(cipher),
        population_(population),
        exam_(exam),
        rows_(connection,
              "applicants (population_id, applicant_position, applicant_id, unit_position, sex, district_code, "
              "electives, name_sealed, birth_on_sealed, home_sealed, photo_sealed, accommodation_sealed, "
              "routing_sealed, keep_apart_sealed, origin_sealed)",
              15, people) {}

  void add(std::size_t at) {
    const Applicant& person = exam_.applicants[at];
    const auto seal = [&](std::string_view column, std::string_view value) {
      return cipher_.seal({population_, person.id.text(), column, exam_.header.code.text()}, value);
    };
    const auto seal_said = [&](std::string_view column, std::string_view value) {
      return value.empty() ? std::nullopt : std::optional<std::string>(seal(column, value));
    };
    rows_.add(population_, at, person.id.text(), person.unit.value, spell(person.sex), exam_.words[person.district],
              exam_.words[person.electives], seal("name", person.name), seal("birth_on", format_date(person.birth_on)),
              seal("home", point_bytes(person.home)), seal_said("photo", person.photo),
              seal_said("accommodation", spell(person.accommodation)), seal_said("routing", spell(person.routing)),
              seal_said("keep_apart", exam_.words[person.keep_apart]), seal_said("origin", exam_.words[person.origin]));
  }

 private:
  const FieldCipher& cipher_;
  std::uint64_t population_;
  const Exam& exam_;
  BulkInsert rows_;
};

void insert_applicants(Connection& connection, const FieldCipher& cipher, std::uint64_t population, const Exam& exam,
                       Progress& progress) {
  progress.stage({"Storing applicants", "응시자 저장"}, exam.applicants.size());
  ApplicantInsert applicants(connection, cipher, population, exam, exam.applicants.size());
  for (std::size_t at = 0; at < exam.applicants.size(); ++at) {
    applicants.add(at);
    if (at % rows_per_report == 0) progress.report(at);
  }
}

void insert_travel_and_pins(Connection& connection, std::uint64_t population, const Exam& exam, Progress& progress) {
  progress.stage({"Storing travel", "이동 거리 저장"}, exam.travel.size());
  BulkInsert travel(connection, "travel_rows (population_id, origin, venue_position, metres)", 4, exam.travel.size());
  for (std::size_t at = 0; at < exam.travel.size(); ++at) {
    const TravelRow& row = exam.travel[at];
    travel.add(population, exam.words[row.origin], row.venue.value, row.metres);
    if (at % rows_per_report == 0) progress.report(at);
  }
  BulkInsert pins(connection,
                  "pins (population_id, pin_position, kind, applicant_position, venue_position, room_position)", 6,
                  exam.pins.size());
  for (std::size_t at = 0; at < exam.pins.size(); ++at) {
    const Pin& pin = exam.pins[at];
    pins.add(population, at, spell(pin.kind), position(pin.applicant), position(pin.venue), position(pin.room));
  }
}

std::uint64_t insert_report(Connection& connection, std::uint64_t exam_id, std::uint64_t population, const Plan& plan,
                            const std::string& time) {
  with_figures(plan, [&](const auto&... figures) {
    connection.change(fmt::format("INSERT INTO plans (population_id, exam_id, stored_at, {}) VALUES (?, ?, ?{})",
                                  figure_columns, parameters(sizeof...(figures))),
                      population, exam_id, time, figures...);
  });
  return connection.last_insert_id();
}

void insert_placements(Connection& connection, const FieldCipher& cipher, std::uint64_t population,
                       std::uint64_t plan_id, const Exam& exam, std::span<const Placement> people,
                       Progress& progress) {
  progress.stage({"Storing placements", "배정 저장"}, people.size());
  BulkInsert placements(connection,
                        "placements (plan_id, applicant_position, population_id, applicant_number, room_position, "
                        "seat_no, desk_row, desk_column, booklet, travel_m, lookup_hash)",
                        11, people.size());
  std::size_t done = 0;
  for (const Placement& placed : people) {
    placements.add(plan_id, placed.applicant.value, population, placed.number.text(), placed.room.value, placed.seat_no,
                   placed.desk.row, placed.desk.column, std::string_view(&placed.booklet, 1), placed.travel_m,
                   cipher.seat_hash(exam.header.code, placed.number, exam[placed.applicant].birth_on));
    if (++done % rows_per_report == 0) progress.report(done);
  }
}

// What a plan says beside its placements, and what is counted of them.
void insert_rest_of_plan(Connection& connection, const FieldCipher& cipher, std::uint64_t population,
                         std::uint64_t plan_id, const Exam& exam, const Plan& plan) {
  BulkInsert unseated(connection, "unseated (plan_id, applicant_position, population_id, reason, detail_en, detail_ko)",
                      6, plan.unseated.size());
  for (const Unseated& person : plan.unseated) {
    unseated.add(plan_id, person.applicant.value, population, person.reason, person.detail.en, person.detail.ko);
  }
  BulkInsert over_detour(connection, "over_detour (plan_id, applicant_position, travel_m, detour_m)", 4,
                         plan.over_detour.size());
  for (const OverDetour& person : plan.over_detour) {
    over_detour.add(plan_id, person.applicant.value, person.travel_m, person.detour_m);
  }
  const auto& broken = plan.report.keep_apart_broken;
  BulkInsert keep_apart(connection,
                        "keep_apart_broken (plan_id, broken_position, first_position, second_position, word_sealed, "
                        "reason_en, reason_ko)",
                        7, broken.size());
  for (std::size_t at = 0; at < broken.size(); ++at) {
    const FieldPlace place{population, exam[broken[at].first].id.text(), "keep_apart_broken", exam.header.code.text()};
    keep_apart.add(plan_id, at, broken[at].first.value, broken[at].second.value, cipher.seal(place, broken[at].word),
                   broken[at].reason.en, broken[at].reason.ko);
  }
  connection.change(
      "INSERT INTO plan_venues (plan_id, venue_position, population_id, rooms, people) "
      "SELECT p.plan_id, r.venue_position, p.population_id, COUNT(DISTINCT p.room_position), COUNT(*) "
      "FROM placements p JOIN rooms r ON r.population_id = p.population_id AND r.room_position = p.room_position "
      "WHERE p.plan_id = ? GROUP BY p.plan_id, r.venue_position, p.population_id",
      plan_id);
  connection.change(
      "UPDATE plans SET used_venues = (SELECT COUNT(*) FROM plan_venues WHERE plan_id = ?), travel_m = (SELECT "
      "COALESCE(SUM(travel_m), 0) FROM placements WHERE plan_id = ?) WHERE plan_id = ?",
      plan_id, plan_id, plan_id);
}

void insert_history(Connection& connection, const FieldCipher& cipher, std::uint64_t population, std::uint64_t plan_id,
                    const Exam& exam, const Plan& plan) {
  if (plan.history.empty()) return;
  hold_newest_key(connection, cipher, exam.header.code);
  insert_steps(connection, cipher, population, plan_id, exam.header.code, plan);
}

// A condition on a position: not one of these people.
std::string none_of(const std::vector<ApplicantIndex>& people) {
  std::string text;
  for (const ApplicantIndex person : people)
    text += fmt::format("{}{}", text.empty() ? " AND applicant_position NOT IN (" : ", ", person.value);
  return text.empty() ? text : text + ")";
}

}  // namespace

std::uint64_t insert_population(Connection& connection, const FieldCipher& cipher, std::uint64_t exam_id,
                                const Exam& exam, const std::string& time, Progress& progress) {
  hold_newest_key(connection, cipher, exam.header.code);
  insert_header(connection, exam_id, exam, time);
  const std::uint64_t population = connection.last_insert_id();
  insert_places(connection, population, exam);
  insert_applicants(connection, cipher, population, exam, progress);
  insert_travel_and_pins(connection, population, exam, progress);
  return population;
}

void insert_plan(Connection& connection, const FieldCipher& cipher, std::uint64_t exam_id, std::uint64_t population,
                 const Exam& exam, const Plan& plan, const std::string& time, Progress& progress) {
  const std::uint64_t plan_id = insert_report(connection, exam_id, population, plan, time);
  insert_placements(connection, cipher, population, plan_id, exam, plan.placements, progress);
  insert_rest_of_plan(connection, cipher, population, plan_id, exam, plan);
  insert_history(connection, cipher, population, plan_id, exam, plan);
  // Not of plans that a decision on one person makes, where somebody waits: those are counted when their page is opened.
  insert_summary(connection, plan_id, exam, plan);
}

void fill_population(Connection& connection, const FieldCipher& cipher, std::uint64_t population, const Exam& exam) {
  hold_newest_key(connection, cipher, exam.header.code);
  insert_places(connection, population, exam);
  insert_applicants(connection, cipher, population, exam, no_progress());
  insert_travel_and_pins(connection, population, exam, no_progress());
}

void fill_plan(Connection& connection, const FieldCipher& cipher, std::uint64_t population, std::uint64_t plan_id,
               const Exam& exam, const Plan& plan) {
  insert_placements(connection, cipher, population, plan_id, exam, plan.placements, no_progress());
  insert_rest_of_plan(connection, cipher, population, plan_id, exam, plan);
  insert_history(connection, cipher, population, plan_id, exam, plan);
}

std::uint64_t copy_population(Connection& connection, const FieldCipher& cipher, std::uint64_t exam_id,
                              std::uint64_t base, const Exam& exam, const std::vector<ApplicantIndex>& changed,
                              const std::string& time) {
  hold_newest_key(connection, cipher, exam.header.code);
  hold_all_keys(connection, exam.header.code);
  insert_header(connection, exam_id, exam, time);
  const std::uint64_t population = connection.last_insert_id();
  const auto copy = [&](const char* table, const std::string& columns, const std::string& as,
                        const std::string& where = {}) {
    connection.change(fmt::format("INSERT INTO {} (population_id, {}) SELECT ?, {} FROM {} WHERE population_id = ?{}",
                                  table, columns, as, table, where),
                      population, base);
  };
  const auto copy_all = [&](const char* table, const std::string& columns) { copy(table, columns, columns); };
  copy_all("units",
           "unit_position, unit_code, series_ko, series_en, quota_group, grade, posts, duration_min, subject_set, "
           "starts_at, seated_by");
  copy_all("venues",
           "venue_position, venue_code, name, district_code, address, lat, lon, kind, opening_cost, phone, merged_into");
  copy_all("rooms",
           "room_position, venue_position, room_no, building, floor, row_count, column_count, row_pitch_cm, "
           "column_pitch_cm, blocked, people_cap, is_accessible, room_use");
  const std::string person =
      "applicant_position, applicant_id, unit_position, sex, district_code, electives, name_sealed, birth_on_sealed, "
      "home_sealed, photo_sealed, accommodation_sealed, routing_sealed, keep_apart_sealed, origin_sealed, ";
  copy("applicants", person + "sealed_in", person + "COALESCE(sealed_in, population_id)", none_of(changed));
  ApplicantInsert applicants(connection, cipher, population, exam, changed.size());
  for (const ApplicantIndex one : changed) applicants.add(one.value);
  copy_all("travel_rows", "origin, venue_position, metres");
  copy_all("pins", "pin_position, kind, applicant_position, venue_position, room_position");
  return population;
}

void copy_plan(Connection& connection, const FieldCipher& cipher, std::uint64_t exam_id, const PlanCopy& of,
               const Exam& exam, const Plan& plan, const std::vector<ApplicantIndex>& changed,
               const std::string& time) {
  const std::uint64_t plan_id = insert_report(connection, exam_id, of.population, plan, time);
  const std::string columns =
      "applicant_position, applicant_number, room_position, seat_no, desk_row, desk_column, booklet, travel_m, "
      "lookup_hash";
  connection.change(fmt::format("INSERT INTO placements (plan_id, population_id, {}) SELECT ?, ?, {} FROM placements "
                                "WHERE plan_id = ?{}",
                                columns, columns, none_of(changed)),
                    plan_id, of.population, of.base_plan);
  std::vector<Placement> moved;
  for (const Placement& placed : plan.placements) {
    if (std::find(changed.begin(), changed.end(), placed.applicant) != changed.end()) moved.push_back(placed);
  }
  insert_placements(connection, cipher, of.population, plan_id, exam, moved, no_progress());
  insert_rest_of_plan(connection, cipher, of.population, plan_id, exam, plan);
  insert_history(connection, cipher, of.population, plan_id, exam, plan);
}

}  // namespace hanjari::storage
