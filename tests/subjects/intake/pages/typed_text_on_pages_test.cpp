// What people type or paste into the pages of applying, what happens when a session ends over it, and what is said of
// changes that were begun and not submitted.
#include <gmock/gmock.h>

#include "stage/applicant.h"

namespace hanjari::web::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class TypedText : public Applicants {
 protected:
  Response save_person(std::map<std::string, std::string> changed) {
    auto fields = person_fields();
    for (auto& [name, value] : changed) fields[name] = value;
    return save("person", fields);
  }
  const ApplicationForm& stored() { return office.applying.applications.drafts.begin()->second.form; }
};

TEST_F(TypedText, NeverLocksAnybodyOut) {
  save("unit", {{"unit", "101"}});
  std::string long_address;
  for (int syllable = 0; syllable < 400; ++syllable) long_address += "가";
  const std::vector<std::map<std::string, std::string>> pasted{{{"name", "김\u200b하늘"}},
                                                               {{"address", "자하문로 1 \u2764\ufe0f"}},
                                                               {{"address", "자하문로\t1\r\n2층"}},
                                                               {{"address", "Jaha\u00admunro"}},
                                                               {{"name", "\u202e김하늘\u2066"}},
                                                               {{"email", "sky@example.com\u200b"}},
                                                               {{"address", long_address}},
                                                               {{"name", "김\ufffd하늘"}},
                                                               {{"address", "\ue000"}},
                                                               {{"name", "\u1112\u1161\u1102\u1173\u11af"}}};
  for (const auto& changed : pasted) {
    const Response answer = save_person(changed);
    EXPECT_THAT(answer.status, ::testing::AnyOf(303, 422)) << changed.begin()->second;
    for (const std::string& page : {step("person"), step("review"), std::string("/ko/my")})
      // The review of a form that is not whole yet says so with 422.
      EXPECT_THAT(browser.get(page).status, ::testing::AnyOf(200, 422)) << changed.begin()->second << page;
    EXPECT_EQ(save_person({}).status, 303) << "corrected after " << changed.begin()->second;
  }
}

TEST_F(TypedText, IsCleanedAndTheRestIsSaidAtTheField) {
  save("unit", {{"unit", "101"}});
  EXPECT_EQ(save_person({{"name", " 김\u200b하늘\u3000"}, {"phone", "０１０－１２３４－５６７８"}}).status, 303);
  const std::string page(browser.get(step("person")).content());
  EXPECT_THAT(page, HasSubstr("value=\"김하늘\""));
  EXPECT_THAT(page, HasSubstr("value=\"010-1234-5678\""));
  const Response lost = save_person({{"name", "김\ufffd하늘"}});
  EXPECT_EQ(lost.status, 422);
  EXPECT_THAT(std::string(lost.content()), HasSubstr("U+FFFD"));
  const Response short_number = save_person({{"phone", "010-123-4567"}});
  EXPECT_EQ(short_number.status, 422);
  EXPECT_THAT(std::string(short_number.content()), HasSubstr("빠진 숫자를 확인하십시오"));
  for (const char* number : {"950314-4000000", "950314-9000000"}) {
    const Response answer = save_person({{"identity", number}});
    EXPECT_EQ(answer.status, 422) << number;
    EXPECT_THAT(std::string(answer.content()), HasSubstr("년생이 되어 맞지 않습니다"));
  }
}

TEST_F(TypedText, OfAnEndedSessionIsKeptAndLeadsBackToTheStep) {
  save("unit", {{"unit", "101"}});
  auto fields = person_fields();
  fields["name"] = "박새로";
  fields["version"] = version();
  browser.set_cookie("hanjari_applicant", std::string(64, '0'));
  const Response asked = browser.post("/ko/sign-in", step("person"), fields);
  EXPECT_EQ(asked.status, 401);
  const std::string page(asked.content());
  EXPECT_THAT(page, HasSubstr("로그인 시간이 만료되어"));
  EXPECT_THAT(page, HasSubstr("박새로"));
  EXPECT_EQ(hidden_in(page, "next"), step("person"));
  EXPECT_THAT(page, Not(HasSubstr("name=\"password\" type=\"password\" value=\"a")));

  // Another site cannot have its values kept.
  Request foreign;
  foreign.method = Method::post;
  foreign.path = step("person");
  foreign.headers.set("content-type", "application/x-www-form-urlencoded");
  foreign.headers.set("sec-fetch-site", "cross-site");
  foreign.body = "name=%EB%B0%95";
  EXPECT_EQ(browser.send(foreign).status, 303);
}

TEST_F(TypedText, OfAnEarlierSignInIsShownToBeSentAgain) {
  save("unit", {{"unit", "101"}});
  Request old;
  old.method = Method::post;
  old.path = step("person");
  old.headers.set("content-type", "application/x-www-form-urlencoded");
  old.body = "name=%EB%B0%95%EC%83%88%EB%A1%9C&password=secret&form_token=" + std::string(64, 'e');
  const Response answer = browser.send(old);
  EXPECT_EQ(answer.status, 403);
  const std::string page(answer.content());
  EXPECT_THAT(page, HasSubstr("action=\"" + step("person") + "\""));
  EXPECT_THAT(page, HasSubstr("name=\"name\" value=\"박새로\""));
  EXPECT_THAT(page, Not(HasSubstr("secret")));
}

TEST_F(TypedText, OfAChangeThatWasNotSubmittedIsSaidEverywhere) {
  const std::string own = apply();
  EXPECT_THAT(std::string(browser.get("/ko/my").content()), Not(HasSubstr("아직 제출하지 않았습니다")));
  browser.get(step("person"));
  EXPECT_THAT(std::string(browser.get("/ko/my").content()), Not(HasSubstr("아직 제출하지 않았습니다")))
      << "looking changes nothing";
  auto fields = person_fields();
  fields["address"] = "새 주소";
  save("person", fields);
  for (const std::string& page : {std::string("/ko/my"), own}) {
    const std::string words(browser.get(page).content());
    EXPECT_THAT(words, HasSubstr("수정한 내용을 아직 제출하지 않았습니다")) << page;
    EXPECT_THAT(words, HasSubstr(step("review"))) << page;
  }
  office.clock.set(hanjari::tests::at("2021-03-20T12:00:00+09:00"));
  EXPECT_THAT(std::string(browser.get(own).content()),
              HasSubstr("마감 전에 제출하지 않아 이전에 제출한 내용이 유효합니다"));
}

TEST_F(TypedText, OfAFormThatWasNeverSubmittedIsSaidAfterClosing) {
  save("unit", {{"unit", "101"}});
  office.clock.set(hanjari::tests::at("2021-03-20T12:00:00+09:00"));
  const std::string words(browser.get("/ko/my").content());
  EXPECT_THAT(words, HasSubstr("마감 전에 제출하지 않아 접수되지 않았습니다"));
  EXPECT_THAT(words, Not(HasSubstr("제출한 원서가 없습니다")));
}

}  // namespace
}  // namespace hanjari::web::testing
