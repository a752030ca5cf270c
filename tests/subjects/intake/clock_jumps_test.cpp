// The machine's clock is set forward or back by an hour around the closing of applications.
#include <gtest/gtest.h>

#include "stage/applying.h"

namespace hanjari::tests {
namespace {

struct ClockJumps : Applying {
  services::Closing close() { return intake.closing.close_applications(officer, exam, {"officer", "", clock.now()}, no_progress()); }
  const Instant all_closed = at("2021-03-20T18:00:00+09:00");
};

// What counts is the moment at which a submission was received; a clock that jumps over the minute takes no receipt back.
TEST_F(ClockJumps, ForwardOverTheClosingTakeNoReceiptBackAndLetNobodyIn) {
  const auto own = apply(sky, 1);
  const auto late = fill_in(river, sample_form(2));
  clock.set(closing + std::chrono::hours(1));
  EXPECT_EQ(code_thrown([&] { submit(river, late); }), "not_open");
  EXPECT_EQ(state_of(own.application.id), ApplicationState::submitted);
  // Set right again before anybody closed: it goes on as if nothing had been.
  clock.set(in_window);
  EXPECT_EQ(code_thrown([&] { submit(river, late); }), "nothing");
}

// Red when only the clock is asked: a notice that was closed would open again.
TEST_F(ClockJumps, BackOpenNoNoticeThatWasClosedAndUndoNoLapse) {
  const auto unpaid = apply(sky, 1);
  const auto late = fill_in(river, sample_form(2));
  clock.set(all_closed);
  const auto closed = close();
  ASSERT_TRUE(closed.closed);
  EXPECT_EQ(closed.lapsed, 1);
  clock.set(in_window);
  EXPECT_NE(code_thrown([&] { submit(river, late); }), "nothing");
  EXPECT_NE(code_thrown([&] { intake.paying.begin_payment(sky, unpaid.application.id); }), "nothing");
  EXPECT_EQ(state_of(unpaid.application.id), ApplicationState::lapsed);
  EXPECT_EQ(parts.applications.applications.size(), 1U);
}

// Red when closing trusts a clock that is set back: what it would lapse has time left.
TEST_F(ClockJumps, BackLapseNobody) {
  const auto unpaid = apply(sky, 1);
  clock.set(closing + std::chrono::seconds(61));
  clock.set(closing - std::chrono::minutes(59));
  const auto closed = close();
  EXPECT_EQ(closed.lapsed, 0);
  EXPECT_FALSE(closed.closed);
  EXPECT_EQ(state_of(unpaid.application.id), ApplicationState::submitted);
}

}  // namespace
}  // namespace hanjari::tests
