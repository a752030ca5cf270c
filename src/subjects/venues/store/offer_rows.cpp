#include "venues/store/offer_rows.h"

#include <map>

#include "database/row_insert.h"
#include "database/sql_time.h"
#include "hanjari/domain/spelling.h"
#include "vault/listed_value.h"

namespace hanjari::storage {
namespace {

using services::SchoolContact;
using services::VenueOffer;

// clang-format off
constexpr const char* offer_columns =
    "t.offer_id, t.exam_code, t.district_code, t.venue_code, t.name, t.address, t.lat, t.lon, t.kind, t.phone, t.access_note, "
    "t.opens_at, t.closes_at, t.note, t.contact_sealed, t.state, t.told, t.version, t.author, "
    "TIMESTAMPDIFF(MICROSECOND, '1970-01-01', t.changed_at)";
constexpr const char* offered_room_columns =
    "r.offer_id, r.room_no, r.building, r.floor, r.row_count, r.column_count, r.row_pitch_cm, r.column_pitch_cm, r.blocked, "
    "r.people_cap, r.is_accessible, r.room_use";
constexpr const char* insert_offer_row =
    "INSERT INTO venue_offers (offer_id, exam_code, district_code, venue_code, name, address, lat, lon, kind, phone, "
    "access_note, opens_at, closes_at, note, contact_sealed, state, told, version, author, changed_at) VALUES (?, ?, ?, ?, ?, "
    "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
constexpr const char* update_offer_row =
    "UPDATE venue_offers SET name = ?, address = ?, lat = ?, lon = ?, kind = ?, phone = ?, access_note = ?, opens_at = ?, "
    "closes_at = ?, note = ?, contact_sealed = ?, state = ?, told = ?, version = ?, author = ?, changed_at = ? WHERE "
    "offer_id = ? AND version = ?";
// clang-format on

FieldPlace place_of_contact(const VenueOffer& offer) {
  FieldPlace place;
  place.row = offer.id;
  place.column = "venue_offers.contact";
  place.exam = offer.exam.text();
  return place;
}

// Three lines; none of them holds a line end, because entries are cleaned.
std::string seal_contact(const FieldCipher& cipher, const VenueOffer& offer) {
  const SchoolContact& contact = offer.contact;
  return cipher.seal(place_of_contact(offer), contact.name + "\n" + contact.email + "\n" + contact.phone);
}

// Nothing is left of it once the exam's personal data is destroyed, nor where it does not open: the district enters it anew.
SchoolContact open_contact(const FieldCipher& cipher, const VenueOffer& offer, const std::string& sealed) {
  SchoolContact contact;
  if (sealed.empty()) return contact;
  const std::string opened = open_listed(cipher, place_of_contact(offer), sealed);
  const std::size_t first = opened.find('\n');
  const std::size_t second = first == std::string::npos ? first : opened.find('\n', first + 1);
  if (second == std::string::npos) return contact;
  contact.name = opened.substr(0, first);
  contact.email = opened.substr(first + 1, second - first - 1);
  contact.phone = opened.substr(second + 1);
  return contact;
}

std::optional<int> maybe_minutes(Rows& rows) {
  const auto value = rows.maybe_integer();
  std::optional<int> minutes;
  if (value) minutes = static_cast<int>(*value);
  return minutes;
}

VenueOffer read_offer_row(Rows& rows, const FieldCipher& cipher) {
  VenueOffer offer;
  offer.id = rows.text();
  offer.exam = ExamCode(rows.text());
  offer.district = DistrictCode(rows.text());
  offer.code = VenueCode(rows.text());
  offer.name = rows.text();
  offer.address = rows.text();
  offer.at.lat = rows.real();
  offer.at.lon = rows.real();
  offer.kind = parse_word<VenueKind>(rows.text()).value_or(VenueKind::regular);
  offer.phone = rows.text();
  offer.access_note = rows.text();
  offer.opens_at = maybe_minutes(rows);
  offer.closes_at = maybe_minutes(rows);
  offer.note = rows.text();
  offer.contact = open_contact(cipher, offer, rows.text());
  offer.state = services::parse_offer_state(rows.text()).value_or(services::OfferState::draft);
  offer.told = rows.text();
  offer.version = rows.integer();
  offer.author = rows.text();
  offer.changed_at = from_microseconds(rows.integer());
  return offer;
}

Room read_offered_room(Rows& rows) {
  Room room;
  room.venue = VenueIndex::none();
  room.room_no = static_cast<int>(rows.integer());
  room.building = rows.text();
  room.floor = rows.text();
  room.row_count = static_cast<int>(rows.integer());
  room.column_count = static_cast<int>(rows.integer());
  room.row_pitch_cm = static_cast<int>(rows.integer());
  room.column_pitch_cm = static_cast<int>(rows.integer());
  room.blocked = parse_desks(rows.text()).value_or(std::vector<Desk>{});
  room.people_cap = maybe_minutes(rows);
  room.accessible = rows.integer() != 0;
  room.use = parse_word<RoomUse>(rows.text()).value_or(RoomUse::exam);
  return room;
}

Rows select_offers(Connection& connection, const std::string& select, const std::vector<std::string>& values) {
  Statement& statement = connection.statement(select);
  statement.restart();
  for (const std::string& value : values) statement.bind(value);
  return statement.select();
}

}  // namespace

std::vector<VenueOffer> read_offers(Connection& connection, const FieldCipher& cipher, const std::string& condition,
                                    const std::vector<std::string>& values) {
  std::vector<VenueOffer> offers;
  std::map<std::string, std::size_t> places;  // by id
  {
    Rows rows = select_offers(connection,
                              std::string("SELECT ") + offer_columns + " FROM venue_offers t WHERE " + condition +
                                  " ORDER BY t.venue_code",
                              values);
    while (rows.next()) {
      offers.push_back(read_offer_row(rows, cipher));
      places[offers.back().id] = offers.size() - 1;
    }
  }
  if (offers.empty()) return offers;
  Rows rows = select_offers(connection,
                            std::string("SELECT ") + offered_room_columns +
                                " FROM venue_offer_rooms r JOIN venue_offers t ON t.offer_id = r.offer_id WHERE " + condition +
                                " ORDER BY r.offer_id, r.room_no",
                            values);
  while (rows.next()) {
    const auto place = places.find(rows.text());
    Room room = read_offered_room(rows);
    if (place != places.end()) offers[place->second].rooms.push_back(std::move(room));
  }
  return offers;
}

void insert_offer(Connection& connection, const FieldCipher& cipher, const VenueOffer& offer) {
  connection.change(insert_offer_row, offer.id, offer.exam.text(), offer.district.text(), offer.code.text(), offer.name,
                    offer.address, offer.at.lat, offer.at.lon, spell(offer.kind), offer.phone, offer.access_note,
                    offer.opens_at, offer.closes_at, offer.note, seal_contact(cipher, offer), services::spell(offer.state),
                    offer.told, offer.version, offer.author, sql_time(offer.changed_at));
}

bool update_offer(Connection& connection, const FieldCipher& cipher, const VenueOffer& offer) {
  return connection.change(update_offer_row, offer.name, offer.address, offer.at.lat, offer.at.lon, spell(offer.kind),
                           offer.phone, offer.access_note, offer.opens_at, offer.closes_at, offer.note,
                           seal_contact(cipher, offer), services::spell(offer.state), offer.told, offer.version,
                           offer.author, sql_time(offer.changed_at), offer.id, offer.version - 1) > 0;
}

void replace_offered_rooms(Connection& connection, const VenueOffer& offer) {
  connection.change("DELETE FROM venue_offer_rooms WHERE offer_id = ?", offer.id);
  if (offer.rooms.empty()) return;
  RowInsert insert(connection,
                   "venue_offer_rooms (offer_id, room_no, building, floor, row_count, column_count, row_pitch_cm, "
                   "column_pitch_cm, blocked, people_cap, is_accessible, room_use)",
                   12, offer.rooms.size());
  for (const Room& room : offer.rooms) {
    insert.add(offer.id, room.room_no, room.building, room.floor, room.row_count, room.column_count, room.row_pitch_cm,
               room.column_pitch_cm, spell_desks(room.blocked), room.people_cap, room.accessible, spell(room.use));
  }
}

}  // namespace hanjari::storage
