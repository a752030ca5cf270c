// Work that threads share: every item once, put together in order, and the failure that one thread alone would have met.
#include "hanjari/base/shared_work.h"

#include <stdexcept>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace hanjari {
namespace {

TEST(SharedWork, GivesEveryItemToOneRunInOrder) {
  for (const std::size_t items : {0U, 1U, 2U, 7U, 1000U}) {
    for (const std::size_t runs : {1U, 2U, 3U, 8U}) {
      std::vector<std::vector<std::size_t>> done(runs);
      share_out(items, runs, [&](std::size_t run, std::size_t begin, std::size_t end) {
        for (std::size_t item = begin; item < end; ++item) done[run].push_back(item);
      });
      std::vector<std::size_t> together;
      for (const auto& one : done) together.insert(together.end(), one.begin(), one.end());
      ASSERT_EQ(together.size(), items) << runs;
      for (std::size_t item = 0; item < items; ++item) EXPECT_EQ(together[item], item);
    }
  }
}

// Red when whoever fails first by the clock is told of.
TEST(SharedWork, ThrowsWhatTheEarliestRunThrew) {
  for (int again = 0; again < 50; ++again) {
    try {
      share_out(8, 4, [](std::size_t run, std::size_t, std::size_t) {
        if (run > 0) throw std::runtime_error(std::to_string(run));
      });
      ADD_FAILURE() << "nothing was thrown";
    } catch (const std::runtime_error& thrown) {
      EXPECT_STREQ(thrown.what(), "1");
    }
  }
}

TEST(SharedWork, HasNoRunWithoutAnItem) {
  EXPECT_EQ(usual_runs(0), 0U);
  EXPECT_EQ(usual_runs(1), 1U);
  EXPECT_GE(usual_runs(1000), 1U);
  share_out(0, usual_runs(0), [](std::size_t, std::size_t, std::size_t) { ADD_FAILURE() << "there is nothing to do"; });
}

}  // namespace
}  // namespace hanjari
