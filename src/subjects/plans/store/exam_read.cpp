#include <algorithm>
#include <bit>
#include <stdexcept>
#include <utility>

#include <fmt/format.h>

#include "database/legible.h"
#include "hanjari/base/store_errors.h"
#include "hanjari/domain/spelling.h"
#include "hanjari/domain/unreadable.h"
#include "plans/store/exam_rows.h"
#include "plans/store/kept_plans.h"
#include "plans/store/plan_steps.h"
#include "vault/listed_value.h"

namespace hanjari::storage {
namespace {

// Rows of one SELECT of a large table: what a connection holds in memory at a time.
constexpr std::int64_t rows_per_select = 20'000;

// A CHECK of the schema lets no other words in. The word may have been sealed: it is not repeated where it could reach
// the log.
template <class T>
T known(const std::string& word) {
  const auto value = parse_word<T>(word);
  if (!value) throw std::logic_error("unknown word in the database");
  return *value;
}

Date known_date(const std::string& text) {
  const auto date = parse_date(text);
  if (!date) throw std::logic_error("unknown date in the database");
  return *date;
}

int small(std::int64_t value) {
  return static_cast<int>(value);
}

std::optional<int> small(std::optional<std::int64_t> value) {
  return value ? std::optional<int>(static_cast<int>(*value)) : std::nullopt;
}

template <class IndexType>
IndexType index_of(std::int64_t position) {
  return IndexType(static_cast<std::size_t>(position));
}

template <class IndexType>
IndexType index_of(std::optional<std::int64_t> position) {
  return position ? index_of<IndexType>(*position) : IndexType::none();
}

Point point_of(const std::string& bytes) {
  if (bytes.size() != 16) throw std::logic_error("a sealed point of another size");
  const auto coordinate = [&](std::size_t from) {
    std::uint64_t bits = 0;
    for (std::size_t at = 0; at < 8; ++at)
      bits |= std::uint64_t{static_cast<unsigned char>(bytes[from + at])} << 8 * at;
    return std::bit_cast<double>(bits);
  };
  return {coordinate(0), coordinate(8)};
}

std::string select_all(const char* columns, const char* extra, const char* table, const char* order) {
  return std::string("SELECT ") + columns + extra + " FROM " + table + " t WHERE t.population_id = ? ORDER BY t." +
         order;
}

}  // namespace

const char* const unit_columns =
    "t.unit_code, t.series_ko, t.series_en, t.quota_group, t.grade, t.posts, t.duration_min, t.subject_set, "
    "t.starts_at, t.seated_by";

Unit read_unit(Rows& rows) {
  Unit unit;
  unit.code = UnitCode(rows.text());
  unit.series_ko = rows.text();
  unit.series_en = rows.text();
  unit.quota_group = known<QuotaGroup>(rows.text());
  unit.grade = small(rows.integer());
  unit.posts = small(rows.integer());
  unit.duration_min = small(rows.integer());
  unit.subject_set = rows.text();
  unit.starts_at = small(rows.maybe_integer());
  unit.seated_by = small(rows.maybe_integer());
  return unit;
}

const char* const venue_columns =
    "t.venue_code, t.name, t.district_code, t.address, t.lat, t.lon, t.kind, t.opening_cost, t.phone, t.merged_into";

Venue read_venue(Rows& rows, Words& words) {
  Venue venue;
  venue.code = VenueCode(rows.text());
  venue.name = rows.text();
  venue.district = words.intern(rows.text());
  venue.address = rows.text();
  venue.at.lat = rows.real();
  venue.at.lon = rows.real();
  venue.kind = known<VenueKind>(rows.text());
  venue.opening_cost = rows.integer();
  venue.phone = rows.text();
  venue.merged_into = VenueCode(rows.text());
  return venue;
}

const char* const room_columns =
    "t.room_no, t.building, t.floor, t.row_count, t.column_count, t.row_pitch_cm, t.column_pitch_cm, t.blocked, "
    "t.people_cap, t.is_accessible, t.room_use";

Room read_room(Rows& rows) {
  Room room;
  room.room_no = small(rows.integer());
  room.building = rows.text();
  room.floor = rows.text();
  room.row_count = small(rows.integer());
  room.column_count = small(rows.integer());
  room.row_pitch_cm = small(rows.integer());
  room.column_pitch_cm = small(rows.integer());
  room.blocked = parse_desks(rows.text()).value();
  room.people_cap = small(rows.maybe_integer());
  room.accessible = rows.integer() != 0;
  room.use = known<RoomUse>(rows.text());
  return room;
}

const char* const applicant_columns =
    "t.applicant_id, t.sex, t.district_code, t.electives, t.name_sealed, t.birth_on_sealed, t.home_sealed, "
    "t.photo_sealed, t.accommodation_sealed, t.routing_sealed, t.keep_apart_sealed, t.origin_sealed, "
    "t.sealed_in";

namespace {

// What a row of an applicant keeps sealed, in the order of its columns.
struct SealedApplicant {
  std::string name;
  std::string birth_on;
  std::string home;
  std::optional<std::string> photo;
  std::optional<std::string> accommodation;
  std::optional<std::string> routing;
  std::optional<std::string> keep_apart;
  std::optional<std::string> origin;
  std::optional<std::int64_t> in;  // another population
};

// What is open; the sealed values as they are.
Applicant read_open_columns(Rows& rows, Words& words, SealedApplicant& sealed) {
  Applicant person;
  person.id = ApplicantId(rows.text());
  person.sex = known<Sex>(rows.text());
  person.district = words.intern(rows.text());
  person.electives = words.intern(rows.text());
  sealed.name = rows.text();
  sealed.birth_on = rows.text();
  sealed.home = rows.text();
  sealed.photo = rows.maybe_text();
  sealed.accommodation = rows.maybe_text();
  sealed.routing = rows.maybe_text();
  sealed.keep_apart = rows.maybe_text();
  sealed.origin = rows.maybe_text();
  sealed.in = rows.maybe_integer();
  return person;
}

void open_applicant(Applicant& person, const SealedApplicant& sealed, Words& words, const FieldCipher& cipher,
                    std::uint64_t population) {
  const std::uint64_t in = sealed.in ? static_cast<std::uint64_t>(*sealed.in) : population;
  const auto open = [&](std::string_view column, const std::string& value) {
    return cipher.open({in, person.id.text(), column}, value);
  };
  const auto open_said = [&](std::string_view column, const std::optional<std::string>& value) {
    return value ? open(column, *value) : std::string{};
  };
  person.name = open("name", sealed.name);
  person.birth_on = known_date(open("birth_on", sealed.birth_on));
  person.home = point_of(open("home", sealed.home));
  person.photo = open_said("photo", sealed.photo);
  person.accommodation = parse_accommodation(open_said("accommodation", sealed.accommodation)).value();
  person.routing = known<Routing>(open_said("routing", sealed.routing));
  person.keep_apart = words.intern(open_said("keep_apart", sealed.keep_apart));
  person.origin = words.intern(open_said("origin", sealed.origin));
}

// As read_listed_applicant, and whether it opens.
Legible read_person(Rows& rows, Words& words, const FieldCipher& cipher, std::uint64_t population, Applicant& person) {
  SealedApplicant sealed;
  person = read_open_columns(rows, words, sealed);
  Applicant opened = person;
  const Legible legible = read_legibly([&] { open_applicant(opened, sealed, words, cipher, population); });
  if (legible == Legible::yes) {
    person = std::move(opened);
  } else {
    person.name = unreadable_name;
  }
  return legible;
}

// Who makes something of a whole exam is told whose rows are in the way, so that they can be restored.
void refuse_unopened(const std::vector<std::string>& people) {
  if (people.empty()) return;
  constexpr std::size_t most_named = 20;
  std::string ids;
  for (std::size_t at = 0; at < std::min(people.size(), most_named); ++at) ids += (at == 0 ? "" : ", ") + people[at];
  if (people.size() > most_named) ids += ", ...";
  throw PersonalDataDamaged(
      {fmt::format("the rows of these applicants do not open ({} in all): {}; restore them from a backup", people.size(), ids),
       fmt::format("다음 응시자의 자료를 열 수 없습니다(모두 {}명): {}. 백업에서 해당 행을 복원하십시오", people.size(), ids)});
}

}  // namespace

Applicant read_applicant(Rows& rows, Words& words, const FieldCipher& cipher, std::uint64_t population) {
  SealedApplicant sealed;
  Applicant person = read_open_columns(rows, words, sealed);
  open_applicant(person, sealed, words, cipher, population);
  return person;
}

Applicant read_listed_applicant(Rows& rows, Words& words, const FieldCipher& cipher, std::uint64_t population) {
  Applicant person;
  read_person(rows, words, cipher, population, person);
  return person;
}

const char* const placement_columns = "t.applicant_number, t.seat_no, t.desk_row, t.desk_column, t.booklet, t.travel_m";

Placement read_placement(Rows& rows) {
  Placement placed;
  placed.number = ApplicantNumber(rows.text());
  placed.seat_no = small(rows.integer());
  placed.desk.row = small(rows.integer());
  placed.desk.column = small(rows.integer());
  placed.booklet = rows.text().at(0);
  placed.travel_m = rows.integer();
  return placed;
}

Exam read_header(Connection& connection, std::uint64_t population) {
  Rows rows = connection.select(
      "SELECT e.exam_code, t.input_sha256, t.name_ko, t.name_en, CAST(t.exam_on AS CHAR), t.time_zone, "
      "t.number_prefix, t.number_digits, t.number_check_digit, t.min_gap_cm, t.people_cap, t.mixing, t.travel, "
      "t.detour_cap_m, t.weight_travel, t.weight_room, t.weight_unit_at_venue, t.weight_venue, t.seat_order, "
      "t.seat_origin, t.booklets, t.reserve_rooms_per_venue, t.reserve_rooms_per_district, t.spare_booklets_per_room, "
      "t.change_weight_venue, t.change_weight_room, t.change_weight_seat, t.seat_numbers, t.moved_farther_m "
      "FROM populations t JOIN exams e ON e.exam_id "
      "= t.exam_id WHERE t.population_id = ?",
      population);
  if (!rows.next()) throw std::logic_error("a population without a row");
  Exam exam;
  exam.header.code = ExamCode(rows.text());
  exam.input_sha256 = rows.text();
  exam.header.name_ko = rows.text();
  exam.header.name_en = rows.text();
  exam.header.exam_on = known_date(rows.text());
  exam.header.time_zone = rows.text();
  exam.header.applicant_number.prefix = known<NumberPrefix>(rows.text());
  exam.header.applicant_number.digits = small(rows.integer());
  exam.header.applicant_number.check_digit = rows.integer() != 0;
  Policy& policy = exam.policy;
  policy.min_gap_cm = small(rows.integer());
  policy.people_cap = small(rows.maybe_integer());
  policy.mixing = known<Mixing>(rows.text());
  policy.travel = known<TravelSource>(rows.text());
  policy.detour_cap_m = rows.maybe_integer();
  policy.weights.travel = rows.integer();
  policy.weights.room = rows.integer();
  policy.weights.unit_at_venue = rows.integer();
  policy.weights.venue = rows.integer();
  policy.seat_order = known<SeatOrder>(rows.text());
  policy.seat_origin = known<SeatOrigin>(rows.text());
  policy.booklets = small(rows.integer());
  policy.reserve_rooms.per_venue = small(rows.integer());
  policy.reserve_rooms.per_district = small(rows.integer());
  policy.spare_booklets_per_room = small(rows.integer());
  policy.change_weights.venue = rows.integer();
  policy.change_weights.room = rows.integer();
  policy.change_weights.seat = rows.integer();
  policy.seat_numbers = known<SeatNumbers>(rows.text());
  policy.moved_farther_m = rows.maybe_integer();
  return exam;
}

Exam read_exam(Connection& connection, const FieldCipher& cipher, std::uint64_t population, Unopened unopened) {
  Exam exam = read_header(connection, population);
  const std::uint64_t at = find_population_rows(connection, population);
  for (Rows rows = connection.select(select_all(unit_columns, "", "units", "unit_position"), at); rows.next();)
    exam.units.push_back(read_unit(rows));
  for (Rows rows = connection.select(select_all(venue_columns, "", "venues", "venue_position"), at);
       rows.next();)
    exam.venues.push_back(read_venue(rows, exam.words));
  for (Rows rows =
           connection.select(select_all(room_columns, ", t.venue_position", "rooms", "room_position"), at);
       rows.next();) {
    exam.rooms.push_back(read_room(rows));
    exam.rooms.back().venue = index_of<VenueIndex>(rows.integer());
  }
  std::vector<std::string> unopened_people;
  for (std::int64_t from = 0;; from += rows_per_select) {
    Rows rows = connection.select(std::string("SELECT ") + applicant_columns +
                                      ", t.unit_position FROM applicants t WHERE t.population_id = ? AND "
                                      "t.applicant_position >= ? AND t.applicant_position < ? "
                                      "ORDER BY t.applicant_position",
                                  at, from, from + rows_per_select);
    const std::size_t before = exam.applicants.size();
    while (rows.next()) {
      Applicant& person = exam.applicants.emplace_back();
      const Legible legible = read_person(rows, exam.words, cipher, at, person);
      if (legible == Legible::damaged) unopened_people.push_back(person.id.text());
      if (legible == Legible::destroyed && unopened == Unopened::refused) require_legible(legible);
      exam.applicants.back().unit = index_of<UnitIndex>(rows.integer());
    }
    if (exam.applicants.size() == before) break;
  }
  if (unopened == Unopened::refused) refuse_unopened(unopened_people);
  for (Rows rows = connection.select(
           select_all("t.origin, t.venue_position, t.metres", "", "travel_rows", "origin, t.venue_position"),
           at);
       rows.next();) {
    TravelRow row;
    row.origin = exam.words.intern(rows.text());
    row.venue = index_of<VenueIndex>(rows.integer());
    row.metres = rows.integer();
    exam.travel.push_back(row);
  }
  for (Rows rows = connection.select(
           select_all("t.kind, t.applicant_position, t.venue_position, t.room_position", "", "pins", "pin_position"),
           at);
       rows.next();) {
    Pin pin;
    pin.kind = known<PinKind>(rows.text());
    pin.applicant = index_of<ApplicantIndex>(rows.maybe_integer());
    pin.venue = index_of<VenueIndex>(rows.maybe_integer());
    pin.room = index_of<RoomIndex>(rows.maybe_integer());
    exam.pins.push_back(pin);
  }
  put_back_routings(connection, cipher, population, at, exam, unopened);
  make_canonical(exam);
  return exam;
}

Plan read_report(Connection& connection, std::uint64_t plan_id) {
  Rows rows = connection.select(
      "SELECT digest, status, seated, unseated, objective_total, objective_travel_m, rooms_opened, unit_venue_pairs, "
      "venues_opened, detour_total, detour_mean, detour_p50, detour_p95, detour_max, over_detour_cap, bound_total, "
      "bound_of, gap_of_total, gap_of_detour, seed, rounds, report_input_sha256, replanned_from, program_version, "
      "seconds_load, seconds_solve, seconds_write, peak_rss_mb FROM plans WHERE plan_id = ?",
      plan_id);
  if (!rows.next()) throw std::logic_error("a plan without a row");
  Plan plan;
  PlanReport& report = plan.report;
  plan.digest = rows.text();
  report.status = known<PlanStatus>(rows.text());
  report.seated = rows.integer();
  report.unseated = rows.integer();
  report.objective.total = rows.integer();
  report.objective.travel_m = rows.integer();
  report.objective.rooms_opened = rows.integer();
  report.objective.unit_venue_pairs = rows.integer();
  report.objective.venues_opened = rows.integer();
  report.detour_m.total = rows.integer();
  report.detour_m.mean = rows.real();
  report.detour_m.p50 = rows.integer();
  report.detour_m.p95 = rows.integer();
  report.detour_m.max = rows.integer();
  report.over_detour_cap = rows.integer();
  const auto bound_total = rows.maybe_integer();
  const auto bound_of = rows.maybe_text();
  if (bound_total && bound_of) report.bound = Bound{*bound_total, known<BoundOf>(*bound_of)};
  report.gap.of_total = rows.maybe_real();
  report.gap.of_detour = rows.maybe_real();
  report.seed = rows.text();
  report.rounds = rows.integer();
  report.input_sha256 = rows.text();
  report.replanned_from = rows.text();
  report.version = rows.text();
  report.seconds_load = rows.real();
  report.seconds_solve = rows.real();
  report.seconds_write = rows.real();
  report.peak_rss_mb = rows.real();
  return plan;
}

Plan read_plan(Connection& connection, const FieldCipher& cipher, std::uint64_t plan_id, const Exam& exam,
               Unopened unopened) {
  Plan plan = read_report(connection, plan_id);
  const PlanRowsAt at = find_plan_rows(connection, plan_id);
  const auto people = static_cast<std::int64_t>(exam.applicants.size());
  for (std::int64_t from = 0; from < people; from += rows_per_select) {
    Rows rows = connection.select(std::string("SELECT ") + placement_columns +
                                      ", t.applicant_position, t.room_position FROM placements t WHERE t.plan_id = ? "
                                      "AND t.applicant_position >= ? AND t.applicant_position < ? "
                                      "ORDER BY t.applicant_position",
                                  at.plan_id, from, from + rows_per_select);
    while (rows.next()) {
      Placement placed = read_placement(rows);
      placed.applicant = index_of<ApplicantIndex>(rows.integer());
      placed.room = index_of<RoomIndex>(rows.integer());
      placed.venue = exam[placed.room].venue;
      plan.placements.push_back(std::move(placed));
    }
  }
  for (Rows rows = connection.select("SELECT applicant_position, reason, detail_en, detail_ko FROM unseated WHERE "
                                     "plan_id = ? ORDER BY applicant_position",
                                     at.plan_id);
       rows.next();) {
    Unseated person;
    person.applicant = index_of<ApplicantIndex>(rows.integer());
    person.reason = rows.text();
    person.detail.en = rows.text();
    person.detail.ko = rows.text();
    plan.unseated.push_back(std::move(person));
  }
  for (Rows rows = connection.select("SELECT applicant_position, travel_m, detour_m FROM over_detour WHERE plan_id = ? "
                                     "ORDER BY applicant_position",
                                     at.plan_id);
       rows.next();) {
    OverDetour person;
    person.applicant = index_of<ApplicantIndex>(rows.integer());
    person.travel_m = rows.integer();
    person.detour_m = rows.integer();
    plan.over_detour.push_back(person);
  }
  for (Rows rows = connection.select("SELECT first_position, second_position, word_sealed, reason_en, reason_ko FROM "
                                     "keep_apart_broken WHERE plan_id = ? ORDER BY broken_position",
                                     at.plan_id);
       rows.next();) {
    KeepApartBroken broken;
    broken.first = index_of<ApplicantIndex>(rows.integer());
    broken.second = index_of<ApplicantIndex>(rows.integer());
    const FieldPlace place{at.population, exam[broken.first].id.text(), "keep_apart_broken"};
    broken.word = unopened == Unopened::named ? open_listed(cipher, place, rows.text()) : cipher.open(place, rows.text());
    broken.reason.en = rows.text();
    broken.reason.ko = rows.text();
    plan.report.keep_apart_broken.push_back(std::move(broken));
  }
  put_back_seats(connection, plan_id, at, exam, plan);
  count_used_seats(exam.policy, plan.placements);
  if (unopened == Unopened::refused) {
    plan.history = read_steps(connection, cipher, plan_id);
  } else {
    read_legibly([&] { plan.history = read_steps(connection, cipher, plan_id); });
  }
  return plan;
}

}  // namespace hanjari::storage
