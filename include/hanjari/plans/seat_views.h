// Which seat a person has looked at last: what tells them that it changed, and lets a notice be repeated until opened.
#pragma once

#include <optional>
#include <string>

#include "hanjari/actor/audit.h"
#include "hanjari/base/clock.h"
#include "hanjari/domain/application.h"
#include "hanjari/domain/plan.h"

namespace hanjari::services {

// A seat as it was shown; the name is kept because a later plan may not have the venue any more.
struct ShownSeat {
  VenueCode venue;
  std::string venue_name;
  int room_no = 0;
  int seat_no = 0;
  bool operator==(const ShownSeat&) const = default;
};

struct SeatView {
  ShownSeat seat;
  Instant seen_at{};
  std::optional<ShownSeat> before;  // what was shown before this one
};

class SeatViewRepository {
 public:
  virtual ~SeatViewRepository() = default;
  virtual std::optional<SeatView> find_seat_view(const ApplicationId& application) = 0;
  // In place of an earlier one.
  virtual void save_seat_view(const ApplicationId& application, const ExamCode& exam, const SeatView& view,
                              const Change& change) = 0;
};

// The only placement of the plan.
ShownSeat shown_seat(const PlannedExam& planned);

enum class SeatNews { unseen, unchanged, changed };
// What the person has not opened yet.
SeatNews news_of(const std::optional<SeatView>& view, const PlannedExam& planned);

// The person looks at the seat: recorded when it is another one than last time, as soon as the database takes changes. Gives
// what is to be told as changed.
SeatView open_seat(SeatViewRepository&, const ApplicationId&, const PlannedExam&, const Change& change);

}  // namespace hanjari::services
