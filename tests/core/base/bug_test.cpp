// What an exception says stays out of logs unless all its words are our own.
#include "hanjari/base/bug.h"

#include <gtest/gtest.h>

#include <cerrno>
#include <filesystem>
#include <new>
#include <stdexcept>
#include <string>
#include <system_error>

namespace hanjari {
namespace {

const std::string personal = "김한자 010-1234-5678";

template <class Thrown>
void expect_no_word_of_it(const Thrown& thrown) {
  const std::string said = describe_bug(thrown);
  EXPECT_EQ(said.find("김한자"), std::string::npos) << said;
  EXPECT_EQ(said.find("1234"), std::string::npos) << said;
  EXPECT_FALSE(said.empty());
}

// Red when what() was passed on.
TEST(Bug, IsDescribedWithoutWhatItQuotes) {
  expect_no_word_of_it(std::runtime_error(personal));
  expect_no_word_of_it(std::out_of_range(personal));
  expect_no_word_of_it(std::invalid_argument(personal));
  expect_no_word_of_it(std::system_error(std::make_error_code(std::errc::io_error), personal));
  expect_no_word_of_it(std::filesystem::filesystem_error(personal, std::make_error_code(std::errc::io_error)));
  EXPECT_EQ(describe_bug(std::out_of_range(personal)), "std::out_of_range");
}

TEST(Bug, OfOurOwnSaysItsFixedWords) {
  EXPECT_EQ(describe_bug(std::logic_error("a lane that is not there")), "std::logic_error: a lane that is not there");
}

// Red while a thread that the system did not give was an internal error to be reported.
TEST(Bug, IsNoneWhereTheMachineHasNothingLeft) {
  EXPECT_TRUE(tells_of_lack(std::bad_alloc()));
  for (const int number : {EAGAIN, ENOMEM, EMFILE, ENFILE}) {
    EXPECT_TRUE(tells_of_lack(std::system_error(number, std::generic_category()))) << number;
    EXPECT_TRUE(tells_of_lack(std::system_error(number, std::system_category()))) << number;
    EXPECT_TRUE(tells_of_lack(std::filesystem::filesystem_error("x", std::error_code(number, std::system_category())))) << number;
  }
  EXPECT_FALSE(tells_of_lack(std::system_error(EINVAL, std::generic_category())));
  EXPECT_FALSE(tells_of_lack(std::system_error(EDEADLK, std::system_category())));
  EXPECT_FALSE(tells_of_lack(std::runtime_error("x")));
}

}  // namespace
}  // namespace hanjari
