// What was thrown, as people and programs are told of it.
#include "site/pages/problems.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <exception>

#include "hanjari/actor/attempts.h"
#include "stage/browser.h"

namespace hanjari::web::testing {
namespace {

using ::testing::HasSubstr;

// Red while whoever had not signed in was told that the service is not available, and always to come again after 5 seconds.
TEST(Problems, OfACrowdSayHowManyWaitAndWhenToComeAgain) {
  Office office;
  Running running(office);
  const services::SignInBusy busy({"7 people are waiting. Try again in about 9 s.", "7명이 기다립니다. 약 9초 뒤에 다시 시도해 주십시오."},
                                  std::chrono::seconds(9));
  const Problem problem = problem_of(std::make_exception_ptr(busy), false);
  const Response page = show_problem(running.site.pages(), Frame{}, problem);
  EXPECT_EQ(page.status, 503);
  EXPECT_EQ(page.header("Retry-After"), "9");
  EXPECT_THAT(page.body, HasSubstr("7명이 기다립니다. 약 9초 뒤에 다시 시도해 주십시오."));
  const Response description = describe_problem(problem, Language::english);
  EXPECT_EQ(description.header("Retry-After"), "9");
  EXPECT_THAT(description.body, HasSubstr("7 people are waiting"));
}

}  // namespace
}  // namespace hanjari::web::testing
