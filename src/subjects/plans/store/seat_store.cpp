#include "plans/store/seat_store.h"

#include <algorithm>
#include <map>

#include "database/snapshot.h"
#include "database/sql_time.h"
#include "plans/store/exam_rows.h"

namespace hanjari::storage {
namespace {

struct Live {
  std::int64_t plan_id = 0;
  std::int64_t population = 0;
  std::string digest;
};

std::optional<Live> find_live(Connection& connection, const ExamCode& exam) {
  Rows rows = connection.select(
      "SELECT n.plan_id, n.population_id, n.digest FROM live_plans l JOIN exams e ON e.exam_id = l.exam_id "
      "JOIN plans n ON n.plan_id = l.plan_id WHERE e.exam_code = ?",
      exam.text());
  if (!rows.next()) return std::nullopt;
  Live live;
  live.plan_id = rows.integer();
  live.population = rows.integer();
  live.digest = rows.text();
  return live;
}

// Header, policy and the plan's figures; nobody and no place yet.
PlannedExam empty_part(const PlannedExam& shared) {
  PlannedExam part;
  part.exam.header = shared.exam.header;
  part.exam.policy = shared.exam.policy;
  part.exam.input_sha256 = shared.exam.input_sha256;
  part.exam.words = shared.exam.words;
  part.plan = shared.plan;
  return part;
}

// The columns of a table under another alias than `t`.
std::string columns_of(const std::string& columns, const std::string& alias) {
  std::string renamed;
  for (std::size_t at = 0; at < columns.size(); ++at) {
    const bool begins = columns.compare(at, 2, "t.") == 0 && (at == 0 || columns[at - 1] == ' ');
    renamed += begins ? alias : std::string(1, columns[at]);
    if (begins) ++at;
  }
  return renamed;
}

// clang-format off
// A placement of the live plan and its room. `used_no` counts the seats in use up to this one where the policy wants it.
constexpr const char* live_placement =
    ", IF(p.seat_numbers = 'used', (SELECT COUNT(*) FROM placements o WHERE o.plan_id = t.plan_id AND "
    "o.room_position = t.room_position AND o.seat_no <= t.seat_no), 0), n.plan_id, n.population_id, "
    "n.digest, r.venue_position, ";
constexpr const char* from_live =
    " FROM exams e JOIN live_plans l ON l.exam_id = e.exam_id JOIN plans n ON n.plan_id = l.plan_id "
    "JOIN populations p ON p.population_id = n.population_id JOIN placements t ON t.plan_id = n.plan_id "
    "JOIN rooms r ON r.population_id = t.population_id AND r.room_position = t.room_position ";
// clang-format on

// What the first columns of such a row say.
struct Placed {
  Placement placement;
  std::int64_t population = 0;
  PlannedExam part;  // header, figures, the venue and the room
  std::shared_ptr<const PlannedExam> shared;
  bool at_one_moment = true;  // whether the shared part is of the plan that the row was read from
};

// How often a row is read again because a decision came between it and what everybody shares.
constexpr int readings = 5;

Placed read_placed(Connection& connection, LiveParts& parts, Rows& rows) {
  Placed placed;
  placed.placement = read_placement(rows);
  if (const std::int64_t used = rows.integer(); used > 0) placed.placement.used_no = static_cast<int>(used);
  const std::int64_t plan_id = rows.integer();
  placed.population = rows.integer();
  const std::string digest = rows.text();
  const std::int64_t venue = rows.integer();
  Room room = read_room(rows);
  room.venue = VenueIndex(std::size_t{0});
  placed.shared = parts.find(connection, plan_id, placed.population, digest);
  placed.at_one_moment = placed.shared->plan.digest == digest;
  placed.part = empty_part(*placed.shared);
  placed.part.exam.venues.push_back(placed.shared->exam.venues.at(static_cast<std::size_t>(venue)));
  placed.part.exam.rooms.push_back(std::move(room));
  placed.placement.venue = VenueIndex(std::size_t{0});
  placed.placement.room = RoomIndex(std::size_t{0});
  return placed;
}

// One person with unit, venue and room, in one statement; `where` and `value` choose the placement in the live plan.
std::optional<PlannedExam> read_seat(Connection& connection, LiveParts& parts, const FieldCipher& cipher,
                                     const ExamCode& exam_code, const std::string& where, const std::string& value) {
  static const std::string select = std::string("SELECT ") + placement_columns + live_placement +
                                    columns_of(room_columns, "r.") + ", a.unit_position, " +
                                    columns_of(applicant_columns, "a.") + from_live +
                                    "JOIN applicants a ON a.population_id = t.population_id AND a.applicant_position = "
                                    "t.applicant_position WHERE e.exam_code = ? AND a.population_id = n.population_id AND ";
  for (int left = readings;; --left) {
    Rows rows = connection.select(select + where, exam_code.text(), value);
    if (!rows.next()) return std::nullopt;
    Placed placed = read_placed(connection, parts, rows);
    if (!placed.at_one_moment && left > 1) continue;
    Exam& exam = placed.part.exam;
    const std::int64_t unit = rows.integer();
    exam.applicants.push_back(read_applicant(rows, exam.words, cipher, static_cast<std::uint64_t>(placed.population)));
    exam.units.push_back(placed.shared->exam.units.at(static_cast<std::size_t>(unit)));
    exam.applicants.back().unit = UnitIndex(std::size_t{0});
    make_canonical(exam);
    placed.placement.applicant = ApplicantIndex(std::size_t{0});
    placed.part.plan.placements.push_back(std::move(placed.placement));
    return std::move(placed.part);
  }
}

// The exams of rows (exam_code, names, day, zone, digest, since, whether travel was published).
std::vector<services::LiveExam> read_listed_exams(Rows rows) {
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
    exam.tells_fairness = rows.integer() != 0;
    exams.push_back(std::move(exam));
  }
  return exams;
}

}  // namespace

std::vector<services::LiveExam> SeatStore::list_live_exams() {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    return read_listed_exams(connection.select(
        "SELECT e.exam_code, p.name_ko, p.name_en, CAST(p.exam_on AS CHAR), p.time_zone, n.digest, "
        "TIMESTAMPDIFF(MICROSECOND, '1970-01-01', l.live_since), EXISTS (SELECT 1 FROM fairness_reports f WHERE "
        "f.exam_code = e.exam_code) FROM live_plans l "
        "JOIN exams e ON e.exam_id = l.exam_id JOIN plans n ON n.plan_id = l.plan_id "
        "JOIN populations p ON p.population_id = n.population_id ORDER BY p.exam_on DESC, e.exam_code"));
  });
}

std::vector<services::LiveExam> SeatStore::list_withdrawn_exams() {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    return read_listed_exams(connection.select(
        "SELECT e.exam_code, p.name_ko, p.name_en, CAST(p.exam_on AS CHAR), p.time_zone, n.digest, "
        "TIMESTAMPDIFF(MICROSECOND, '1970-01-01', w.withdrawn_at), 0 FROM withdrawn_plans w "
        "JOIN exams e ON e.exam_id = w.exam_id JOIN plans n ON n.plan_id = w.plan_id "
        "JOIN populations p ON p.population_id = n.population_id ORDER BY p.exam_on DESC, e.exam_code"));
  });
}

std::optional<PlannedExam> SeatStore::find_seat(const ExamCode& exam_code, const ApplicantNumber& number,
                                                Date birth_on) {
  const std::string hash = store_.cipher.seat_hash(exam_code, number, birth_on);
  auto found = in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    return read_seat(connection, parts_, store_.cipher, exam_code, "t.lookup_hash = ?", hash);
  });
  // The hash is half a digest: what it found is compared with what was asked.
  if (found && (found->plan.placements.front().number != number || found->exam.applicants.back().birth_on != birth_on))
    return std::nullopt;
  return found;
}

std::optional<PlannedExam> SeatStore::find_own_seat(const ExamCode& exam_code, const ApplicantId& applicant) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    return read_seat(connection, parts_, store_.cipher, exam_code, "a.applicant_id = ?", applicant.text());
  });
}

std::optional<PlannedExam> SeatStore::find_place(const ExamCode& exam_code, const ApplicantNumber& number) {
  static const std::string select = std::string("SELECT ") + placement_columns + live_placement +
                                    columns_of(room_columns, "r.") + from_live +
                                    "WHERE e.exam_code = ? AND t.applicant_number = ?";
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) -> std::optional<PlannedExam> {
    std::optional<Placed> found;
    for (int left = readings; left > 0 && !(found && found->at_one_moment); --left) {
      Rows rows = connection.select(select, exam_code.text(), number.text());
      if (!rows.next()) return std::nullopt;
      found = read_placed(connection, parts_, rows);
    }
    Placed& placed = *found;
    make_canonical(placed.part.exam);
    placed.part.plan.placements.push_back(std::move(placed.placement));
    return std::move(placed.part);
  });
}

std::optional<Room> SeatStore::find_room(const ExamCode& exam, const VenueCode& venue, std::int64_t room_no) {
  static const std::string select = std::string("SELECT ") + room_columns +
                                    " FROM rooms t JOIN venues v ON v.population_id = t.population_id AND "
                                    "v.venue_position = t.venue_position "
                                    "WHERE t.population_id = ? AND v.venue_code = ? AND t.room_no = ?";
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) -> std::optional<Room> {
    const auto live = find_live(connection, exam);
    if (!live) return std::nullopt;
    Rows rows = connection.select(select, live->population, venue.text(), room_no);
    if (!rows.next()) return std::nullopt;
    return read_room(rows);
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

std::vector<Unit> SeatStore::list_units(const ExamCode& exam) {
  static const std::string select =
      std::string("SELECT ") + unit_columns + " FROM units t WHERE t.population_id = ? ORDER BY t.unit_position";
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    std::vector<Unit> units;
    const auto live = find_live(connection, exam);
    if (!live) return units;
    for (Rows rows = connection.select(select, live->population); rows.next();) units.push_back(read_unit(rows));
    return units;
  });
}

std::optional<PlannedExam> SeatStore::find_venue_plan(const ExamCode& exam_code, const VenueCode& code) {
  return in_snapshot(store_.pool, store_.retry, [&](Connection& connection) -> std::optional<PlannedExam> {
    const auto live = find_live(connection, exam_code);
    if (!live) return std::nullopt;
    const std::int64_t population = live->population;
    const auto shared = parts_.find(connection, live->plan_id, population, live->digest);
    const auto& venues = shared->exam.venues;
    const auto found = std::find_if(venues.begin(), venues.end(), [&](const Venue& venue) { return venue.code == code; });
    if (found == venues.end()) return std::nullopt;
    const std::int64_t venue = found - venues.begin();
    PlannedExam part = empty_part(*shared);
    Exam& exam = part.exam;
    exam.units = shared->exam.units;
    exam.venues.push_back(*found);
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
