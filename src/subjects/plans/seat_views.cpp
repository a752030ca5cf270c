#include "hanjari/plans/seat_views.h"

#include "hanjari/base/store_errors.h"

namespace hanjari::services {

ShownSeat shown_seat(const PlannedExam& planned) {
  const Placement& placement = planned.plan.placements.front();
  const Venue& venue = planned.exam[placement.venue];
  return {venue.code, venue.name, planned.exam[placement.room].room_no, placement.seat_no};
}

SeatNews news_of(const std::optional<SeatView>& view, const PlannedExam& planned) {
  if (!view) return SeatNews::unseen;
  const ShownSeat now = shown_seat(planned);
  const bool same =
      view->seat.venue == now.venue && view->seat.room_no == now.room_no && view->seat.seat_no == now.seat_no;
  return same ? SeatNews::unchanged : SeatNews::changed;
}

SeatView open_seat(SeatViewRepository& views, const ApplicationId& application, const PlannedExam& planned,
                   const Change& change) {
  auto view = views.find_seat_view(application);
  const SeatNews news = news_of(view, planned);
  if (news == SeatNews::unchanged) return *view;
  SeatView opened{shown_seat(planned), change.at, std::nullopt};
  if (news == SeatNews::changed) opened.before = view->seat;
  try {
    views.save_seat_view(application, planned.exam.header.code, opened, change);
  } catch (const DatabaseUnavailable&) {
    // One that takes no changes keeps nobody from the own seat on the morning of the exam: it is told as new once more.
  }
  return opened;
}

}  // namespace hanjari::services
