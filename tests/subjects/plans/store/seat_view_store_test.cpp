// Which seat was opened last, in the database: kept, replaced, recorded.
#include <gtest/gtest.h>

#include "stage/test_database.h"

namespace hanjari::tests {
namespace {

using services::SeatView;
using services::ShownSeat;

TEST(SeatViewStore, KeepsTheSeatThatWasOpenedAndTheOneBefore) {
  TestDatabase database;
  const ApplicationId id("a1");
  const ExamCode exam("seoul-2021-1");
  EXPECT_FALSE(database->seat_views().find_seat_view(id));
  SeatView first{{VenueCode("V1"), "경복고등학교", 2, 3}, database.clock.now(), std::nullopt};
  database->seat_views().save_seat_view(id, exam, first, {"p1", "", database.clock.now()});
  auto read = database->seat_views().find_seat_view(id);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->seat, first.seat);
  EXPECT_EQ(read->seen_at, first.seen_at);
  EXPECT_FALSE(read->before);

  SeatView second{{VenueCode("V2"), "성동고등학교", 7, 1}, database.clock.now(), first.seat};
  database->seat_views().save_seat_view(id, exam, second, {"p1", "", database.clock.now()});
  read = database->seat_views().find_seat_view(id);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->seat, second.seat);
  EXPECT_EQ(read->before, std::optional<ShownSeat>(first.seat));
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM seat_views"), 1);
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM audit_entries WHERE action = 'seat.opened' AND subject = 'a1'"), 2);
}

}  // namespace
}  // namespace hanjari::tests
