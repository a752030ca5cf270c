// A name that an address or a form gives more than once: joined, or refused, and nothing of it is lost unsaid.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "site/given_values.h"
#include "site/pages/problems.h"
#include "stage/browser.h"

namespace hanjari::web::testing {
namespace {

using ::testing::HasSubstr;

TEST(GivenValues, JoinListsAndRefuseWhatContradictsItself) {
  const Values values = values_given({{"papers", "roster"}, {"page", "2"}, {"papers", "desk_label"}, {"page", "2"}}, {"papers"});
  EXPECT_EQ(values.at("papers"), "roster,desk_label");
  EXPECT_EQ(values.at("page"), "2") << "it says the same twice";
  EXPECT_THROW(values_given({{"page", "2"}, {"page", "3"}}, {"papers"}), Refused);
  EXPECT_THROW(values_given({{"papers", "roster"}, {"papers", "desk_label"}}), Refused) << "no list here";
}

// Red while the second value of an address or of a form is dropped, whatever route it is.
TEST(GivenValues, AreRefusedByEveryRouteWithOneMessage) {
  Office office;
  Running running{office};
  Browser officer{running, Listener::office};
  officer.set_cookie("hanjari_session", office.sign_in("kim", services::Role::exam_officer, ""));
  for (const char* address : {"/api/v1/exams/seoul-2021-1/own-papers?formats=csv&papers=roster&language=en&language=ko",
                              "/en/exams/seoul-2021-1/materials?need=yes&need=no",
                              "/en/exams/seoul-2021-1/venue-offers?people_cap=10&people_cap=20"}) {
    const Response refused = officer.get(address);
    EXPECT_EQ(refused.status, 400) << address;
    // A language that is given twice is none: the answer is in that of the house.
    EXPECT_THAT(refused.body, ::testing::AnyOf(HasSubstr("is given more than once"), HasSubstr("같은 항목에 서로 다른 값을 보냈습니다"))) << address;
  }
  EXPECT_EQ(officer.get("/en/exams/seoul-2021-1/materials?need=yes&need=yes").status, 200);
}

}  // namespace
}  // namespace hanjari::web::testing
