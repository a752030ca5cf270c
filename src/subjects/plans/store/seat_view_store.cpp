#include "plans/store/seat_view_store.h"

#include "database/sql_time.h"

namespace hanjari::storage {

using services::SeatView;
using services::ShownSeat;

std::optional<SeatView> SeatViewStore::find_seat_view(const ApplicationId& application) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) -> std::optional<SeatView> {
    Rows rows = connection.select(
        "SELECT venue_code, venue_name, room_no, seat_no, TIMESTAMPDIFF(MICROSECOND, '1970-01-01', seen_at), "
        "before_venue_code, before_venue_name, COALESCE(before_room_no, 0), COALESCE(before_seat_no, 0) "
        "FROM seat_views WHERE application_id = ?",
        application.text());
    if (!rows.next()) return std::nullopt;
    SeatView view;
    view.seat.venue = VenueCode(rows.text());
    view.seat.venue_name = rows.text();
    view.seat.room_no = static_cast<int>(rows.integer());
    view.seat.seat_no = static_cast<int>(rows.integer());
    view.seen_at = from_microseconds(rows.integer());
    const auto venue = rows.maybe_text();
    const auto name = rows.maybe_text();
    const auto room_no = static_cast<int>(rows.integer());
    const auto seat_no = static_cast<int>(rows.integer());
    if (venue) view.before = ShownSeat{VenueCode(*venue), name.value_or(""), room_no, seat_no};
    return view;
  });
}

void SeatViewStore::save_seat_view(const ApplicationId& application, const ExamCode& exam, const SeatView& view,
                                   const services::Change& change) {
  const auto before_text = [&](auto member) -> std::optional<std::string> {
    return view.before ? std::optional(member(*view.before)) : std::nullopt;
  };
  const auto before_number = [&](int ShownSeat::*member) -> std::optional<std::int64_t> {
    return view.before ? std::optional<std::int64_t>((*view.before).*member) : std::nullopt;
  };
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt) {
    connection.change(
        "INSERT INTO seat_views (application_id, venue_code, venue_name, room_no, seat_no, seen_at, "
        "before_venue_code, before_venue_name, before_room_no, before_seat_no) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
        "ON DUPLICATE KEY UPDATE venue_code = VALUES(venue_code), venue_name = VALUES(venue_name), "
        "room_no = VALUES(room_no), seat_no = VALUES(seat_no), seen_at = VALUES(seen_at), "
        "before_venue_code = VALUES(before_venue_code), before_venue_name = VALUES(before_venue_name), "
        "before_room_no = VALUES(before_room_no), before_seat_no = VALUES(before_seat_no)",
        application.text(), view.seat.venue.text(), view.seat.venue_name, view.seat.room_no, view.seat.seat_no,
        sql_time(view.seen_at), before_text([](const ShownSeat& one) { return one.venue.text(); }),
        before_text([](const ShownSeat& one) { return one.venue_name; }), before_number(&ShownSeat::room_no),
        before_number(&ShownSeat::seat_no));
    services::AuditNote note{"seat.opened", application.text()};
    note.exam = exam.text();
    write_audit(connection, store_, change, note);
  });
}

}  // namespace hanjari::storage
