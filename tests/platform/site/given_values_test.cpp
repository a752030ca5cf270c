// A name that an address or a form gives more than once: joined, or refused, and nothing of it is lost unsaid.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "site/given_values.h"
#include "site/pages/problems.h"
#include "site/protection.h"
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

Values values_of_form(const std::string& type, const std::string& body) {
  Request request;
  request.method = Method::post;
  request.headers.set("content-type", type);
  request.body = body;
  return read_form(request, 1).values;
}

// The field takes them out or names them; red while the form was refused over them.
TEST(GivenValues, BringControlCharactersToTheReadingOfTheField) {
  const std::string plain = "application/x-www-form-urlencoded";
  EXPECT_EQ(values_of_form(plain, "a=x%00y%0b%7Fz&b=1+2&c&=e&d=%25%1f00").at("a"), std::string("x\0y\x0b\x7fz", 6));
  EXPECT_EQ(values_of_form(plain, "a=x%00y&b=1+2&c&=e&d=%25%1f00").at("d"), "%\x1f" "00");
  EXPECT_EQ(values_of_form(plain, "a=x%00y&b=1+2&c").at("b"), "1 2");
  EXPECT_EQ(values_of_form(plain, "a=x%00y&b=1+2&c").at("c"), "");
  const std::string part = "--line\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\x01y\r\n--line--\r\n";
  EXPECT_EQ(values_of_form("multipart/form-data; boundary=line", part).at("a"), "x\x01y");
  // What would become another text with them taken out, and a name that nobody typed, stay refused.
  for (const char* broken : {"a=%%0041", "a=%2%005", "a=%", "a=%g1", "a=%ff", "a=%ea%00%b0%80", "%00=x", "a%0b=x"})
    EXPECT_THROW(values_of_form(plain, broken), Refused) << broken;
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
