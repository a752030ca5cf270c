#include "intake/pages/seat_change.h"

#include "hanjari/site/site.h"
#include "intake/pages/apply/apply_steps.h"
#include "intake/pages/own_application.h"
#include "intake/pages/portal_call.h"
#include "site/pages/pages.h"

namespace hanjari::web {

nlohmann::json describe_change(const Call& call, const services::ShownSeat& before, const services::ShownSeat& now) {
  const Pages& pages = call.site.pages();
  nlohmann::json rows = nlohmann::json::array();
  const auto add = [&](const char* what, const std::string& old_value, const std::string& new_value, bool differs) {
    rows.push_back(
        {{"what", pages.text(call.language, what)}, {"before", old_value}, {"now", new_value}, {"differs", differs}});
  };
  add("seat.venue", before.venue_name, now.venue_name, before.venue != now.venue);
  add("seat.room", std::to_string(before.room_no), std::to_string(now.room_no),
      before.venue != now.venue || before.room_no != now.room_no);
  add("seat.seat", std::to_string(before.seat_no), std::to_string(now.seat_no), !(before == now));
  return rows;
}

std::string write_place(const Call& call, const std::string& place,
                        const std::function<std::string(const VenueCode&)>& name_of_venue) {
  const auto last = place.rfind('/');
  const auto middle = last == std::string::npos || last == 0 ? std::string::npos : place.rfind('/', last - 1);
  if (middle == std::string::npos) return place;
  return call.site.pages().text(call.language, "own_seat.place",
                                {{"venue", name_of_venue(VenueCode(place.substr(0, middle)))},
                                 {"room", place.substr(middle + 1, last - middle - 1)},
                                 {"seat", place.substr(last + 1)}});
}

void describe_seat_change(const Call& call, const Own& own, nlohmann::json& data) {
  data["seat_changed"] = false;
  data["seat_withdrawn"] = own.are_seats_withdrawn();  // nobody who was told a seat is left to guess
  data["seat_address"] = application_address(call, own.application.id) + "/seat";
  if (!own.seat || own.application.is_over()) return;
  const auto view = load_seat_views(call).find_seat_view(own.application.id);
  data["seat_changed"] = services::news_of(view, *own.seat) == services::SeatNews::changed;
}

}  // namespace hanjari::web
