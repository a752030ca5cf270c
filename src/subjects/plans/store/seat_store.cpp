#include "plans/store/seat_store.h"

#include <map>

#include "database/sql_time.h"
#include "plans/store/exam_rows.h"

namespace hanjari::storage {
namespace {

struct Live {
  std::int64_t plan_id = 0;
  std::int64_t population = 0;
};

// Plans never change, so one look at the pointer is enough for a consistent answer.
std::optional<Live> find_live(Connection& connection, const ExamCode& exam) {
  Rows rows = connection.select(
      "SELECT n.plan_id, n.population_id FROM live_plans l JOIN exams e ON e.exam_id = l.exam_id "
      "JOIN plans n ON n.plan_id = l.plan_id WHERE e.exam_code = ?",
      exam.text());
  if (!rows.next()) return std::nullopt;
  Live live;
  live.plan_id = rows.integer();
  live.population = rows.integer();
  return live;
}

// Header, policy and the plan's figures; nobody and no place yet.
PlannedExam empty_part(Connection& connection, Live live) {
  PlannedExam part;
  part.exam = read_header(connection, static_cast<std::uint64_t>(live.population));
  part.plan = read_report(connection, static_cast<std::uint64_t>(live.plan_id));
  return part;
}

template <class Row, class Read>
Row read_one(Connection& connection, const char* columns, const std::string& from, std::int64_t population,
             std::int64_t position, Read read) {
  Rows rows = connection.select(std::string("SELECT ") + columns + " FROM " + from, population, position);
  if (!rows.next()) throw std::logic_error("a placement of nothing");
  return read(rows);
}

Venue read_venue_at(Connection& connection, std::int64_t population, std::int64_t position, Words& words) {
  return read_one<Venue>(connection, venue_columns, "venues t WHERE t.population_id = ? AND t.venue_position = ?",
                         population, position, [&](Rows& rows) { return read_venue(rows, words); });
}

// Of one person alone the others in the room are not read: they are counted.
void count_used_seat(Connection& connection, const PlannedExam& part, Live live, std::int64_t room,
                     Placement& placed) {
  if (part.exam.policy.seat_numbers != SeatNumbers::used) return;
  Rows rows = connection.select(
      "SELECT COUNT(*) FROM placements WHERE plan_id = ? AND room_position = ? AND seat_no <= ?", live.plan_id, room,
      placed.seat_no);
  if (rows.next()) placed.used_no = static_cast<int>(rows.integer());
}

// One person with unit, venue and room; `where` and `value` choose the placement in the plan.
std::optional<PlannedExam> read_seat(Connection& connection, const FieldCipher& cipher, const ExamCode& exam_code,
                                     const std::string& where, const std::string& value) {
  const auto live = find_live(connection, exam_code);
  if (!live) return std::nullopt;
  Rows rows = connection.select(std::string("SELECT ") + placement_columns +
                                    ", t.applicant_position, t.room_position, r.venue_position, a.unit_position "
                                    "FROM placements t JOIN rooms r ON r.population_id = t.population_id AND "
                                    "r.room_position = t.room_position JOIN applicants a ON a.population_id = "
                                    "t.population_id AND a.applicant_position = t.applicant_position "
                                    "WHERE t.plan_id = ? AND a.population_id = ? AND " +
                                    where,
                                live->plan_id, live->population, value);
  if (!rows.next()) return std::nullopt;
  Placement placed = read_placement(rows);
  const std::int64_t applicant = rows.integer();
  const std::int64_t room = rows.integer();
  const std::int64_t venue = rows.integer();
  const std::int64_t unit = rows.integer();
  const std::int64_t population = live->population;
  PlannedExam part = empty_part(connection, *live);
  count_used_seat(connection, part, *live, room, placed);
  part.exam.units.push_back(read_one<Unit>(connection, unit_columns,
                                           "units t WHERE t.population_id = ? AND t.unit_position = ?", population,
                                           unit, read_unit));
  part.exam.venues.push_back(read_venue_at(connection, population, venue, part.exam.words));
  part.exam.rooms.push_back(read_one<Room>(connection, room_columns,
                                           "rooms t WHERE t.population_id = ? AND t.room_position = ?", population,
                                           room, read_room));
  part.exam.rooms.back().venue = VenueIndex(std::size_t{0});
  part.exam.applicants.push_back(read_one<Applicant>(
      connection, applicant_columns, "applicants t WHERE t.population_id = ? AND t.applicant_position = ?", population,
      applicant,
      [&](Rows& row) { return read_applicant(row, part.exam.words, cipher, static_cast<std::uint64_t>(population)); }));
  part.exam.applicants.back().unit = UnitIndex(std::size_t{0});
  make_canonical(part.exam);
  placed.applicant = ApplicantIndex(std::size_t{0});
  placed.venue = VenueIndex(std::size_t{0});
  placed.room = RoomIndex(std::size_t{0});
  part.plan.placements.push_back(std::move(placed));
  return part;
}

}  // namespace

std::vector<services::LiveExam> SeatStore::list_live_exams() {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    Rows rows = connection.select(
        "SELECT e.exam_code, p.name_ko, p.name_en, CAST(p.exam_on AS CHAR), p.time_zone, n.digest, "
        "TIMESTAMPDIFF(MICROSECOND, '1970-01-01', l.live_since) FROM live_plans l "
        "JOIN exams e ON e.exam_id = l.exam_id JOIN plans n ON n.plan_id = l.plan_id "
        "JOIN populations p ON p.population_id = n.population_id ORDER BY p.exam_on DESC, e.exam_code");
    std::vector<services::LiveExam> exams;
    while (rows.next()) {
      services::LiveExam exam;
      exam.code = ExamCode(rows.text());
      exam.name_ko = rows.text();
      exam.name_en = rows.text();
      exam.exam_on = parse_date(rows.text()).value();
      exam.time_zone = rows.text();
      exam.plan_digest = rows.text();
      exam.live_since = from_microseconds(rows.integer());
      exams.push_back(std::move(exam));
    }
    return exams;
  });
}

std::optional<PlannedExam> SeatStore::find_seat(const ExamCode& exam_code, const ApplicantNumber& number,
                                                Date birth_on) {
  const std::string hash = store_.cipher.seat_hash(exam_code, number, birth_on);
  auto found = in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    return read_seat(connection, store_.cipher, exam_code, "t.lookup_hash = ?", hash);
  });
  // The hash is half a digest: what it found is compared with what was asked.
  if (found && (found->plan.placements.front().number != number || found->exam.applicants.back().birth_on != birth_on))
    return std::nullopt;
  return found;
}

std::optional<PlannedExam> SeatStore::find_own_seat(const ExamCode& exam_code, const ApplicantId& applicant) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    return read_seat(connection, store_.cipher, exam_code, "a.applicant_id = ?", applicant.text());
  });
}

std::optional<PlannedExam> SeatStore::find_place(const ExamCode& exam_code, const ApplicantNumber& number) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) -> std::optional<PlannedExam> {
    const auto live = find_live(connection, exam_code);
    if (!live) return std::nullopt;
    Rows rows = connection.select(std::string("SELECT ") + placement_columns +
                                      ", t.room_position, r.venue_position FROM placements t JOIN rooms r ON "
                                      "r.population_id = t.population_id AND r.room_position = t.room_position "
                                      "WHERE t.plan_id = ? AND t.applicant_number = ?",
                                  live->plan_id, number.text());
    if (!rows.next()) return std::nullopt;
    Placement placed = read_placement(rows);
    const std::int64_t room = rows.integer();
    const std::int64_t venue = rows.integer();
    PlannedExam part = empty_part(connection, *live);
    part.exam.venues.push_back(read_venue_at(connection, live->population, venue, part.exam.words));
    part.exam.rooms.push_back(read_one<Room>(connection, room_columns,
                                             "rooms t WHERE t.population_id = ? AND t.room_position = ?",
                                             live->population, room, read_room));
    part.exam.rooms.back().venue = VenueIndex(std::size_t{0});
    make_canonical(part.exam);
    placed.venue = VenueIndex(std::size_t{0});
    placed.room = RoomIndex(std::size_t{0});
    part.plan.placements.push_back(std::move(placed));
    return part;
  });
}

std::vector<services::VenueSummary> SeatStore::list_venues(const ExamCode& exam,
                                                           const std::optional<DistrictCode>& district) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    std::vector<services::VenueSummary> venues;
    const auto live = find_live(connection, exam);
    if (!live) return venues;
    Rows rows = connection.select(
        "SELECT v.venue_code, v.name, v.district_code, v.address, c.rooms, c.people FROM plan_venues c "
        "JOIN venues v ON v.population_id = c.population_id AND v.venue_position = c.venue_position "
        "WHERE c.plan_id = ? AND (? = 0 OR v.district_code = ?) ORDER BY c.venue_position",
        live->plan_id, district.has_value(), district ? district->text() : std::string{});
    while (rows.next()) {
      services::VenueSummary venue;
      venue.code = VenueCode(rows.text());
      venue.name = rows.text();
      venue.district = DistrictCode(rows.text());
      venue.address = rows.text();
      venue.rooms = rows.integer();
      venue.people = rows.integer();
      venues.push_back(std::move(venue));
    }
    return venues;
  });
}

std::optional<PlannedExam> SeatStore::find_venue_plan(const ExamCode& exam_code, const VenueCode& code) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) -> std::optional<PlannedExam> {
    const auto live = find_live(connection, exam_code);
    if (!live) return std::nullopt;
    const std::int64_t population = live->population;
    Rows place = connection.select("SELECT venue_position FROM venues WHERE population_id = ? AND venue_code = ?",
                                   population, code.text());
    if (!place.next()) return std::nullopt;
    const std::int64_t venue = place.integer();
    PlannedExam part = empty_part(connection, *live);
    Exam& exam = part.exam;
    for (Rows rows = connection.select(
             std::string("SELECT ") + unit_columns + " FROM units t WHERE t.population_id = ? ORDER BY t.unit_position",
             population);
         rows.next();)
      exam.units.push_back(read_unit(rows));
    exam.venues.push_back(read_venue_at(connection, population, venue, exam.words));
    std::map<std::int64_t, RoomIndex> room_at;
    for (Rows rows = connection.select(std::string("SELECT ") + room_columns +
                                           ", t.room_position FROM rooms t WHERE t.population_id = ? AND "
                                           "t.venue_position = ? ORDER BY t.room_position",
                                       population, venue);
         rows.next();) {
      exam.rooms.push_back(read_room(rows));
      exam.rooms.back().venue = VenueIndex(std::size_t{0});
      room_at[rows.integer()] = RoomIndex(exam.rooms.size() - 1);
    }
    for (Rows rows = connection.select(
             std::string("SELECT ") + applicant_columns +
                 ", t.unit_position, p.room_position, p.applicant_number, p.seat_no, p.desk_row, p.desk_column, "
                 "p.booklet, p.travel_m FROM rooms r JOIN placements p ON p.plan_id = ? AND p.room_position = "
                 "r.room_position JOIN applicants t ON t.population_id = p.population_id AND t.applicant_position = "
                 "p.applicant_position WHERE r.population_id = ? AND r.venue_position = ? "
                 "ORDER BY t.applicant_position",
             live->plan_id, population, venue);
         rows.next();) {
      exam.applicants.push_back(
          read_listed_applicant(rows, exam.words, store_.cipher, static_cast<std::uint64_t>(population)));
      exam.applicants.back().unit = UnitIndex(static_cast<std::size_t>(rows.integer()));
      const RoomIndex room = room_at.at(rows.integer());
      Placement placed = read_placement(rows);
      placed.applicant = ApplicantIndex(exam.applicants.size() - 1);
      placed.venue = VenueIndex(std::size_t{0});
      placed.room = room;
      part.plan.placements.push_back(std::move(placed));
    }
    make_canonical(exam);  // sorted already: only the venue's range of rooms is set
    count_used_seats(exam.policy, part.plan.placements);
    return part;
  });
}

}  // namespace hanjari::storage
