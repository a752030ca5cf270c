// Instants as columns of the database have them.
#include "database/sql_time.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>

namespace hanjari::storage {
namespace {

TEST(SqlTime, IsReadAsItIsWritten) {
  EXPECT_EQ(sql_time(from_microseconds(1'622'854'800'000'001)), "2021-06-05 01:00:00.000001");
  EXPECT_EQ(sql_time(from_microseconds(0)), "1970-01-01 00:00:00.000000");
  EXPECT_EQ(sql_time(from_microseconds(-1)), "1969-12-31 23:59:59.999999");
}

// Red with the sanitizers: the place in a table that an address names may hold any number.
TEST(SqlTime, BeyondWhatAnInstantCountsIsTheLastThatThereIs) {
  EXPECT_EQ(sql_time(from_microseconds(std::numeric_limits<std::int64_t>::max())), "2262-04-11 23:47:16.854775");
  EXPECT_EQ(sql_time(from_microseconds(std::numeric_limits<std::int64_t>::min())), "1677-09-21 00:12:43.145225");
}

}  // namespace
}  // namespace hanjari::storage
