// What people type or paste into the pages of applying, what happens when a session ends over it, and what is said of
// changes that were begun and not submitted.
#include <gmock/gmock.h>

#include <map>
#include <string>

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

// Red while one of them threw the whole form away, with 400 and without a field.
TEST_F(TypedText, IsReadWithoutItsControlCharacters) {
  save("unit", {{"unit", "101"}});
  for (const char control : {'\0', '\x01', '\x08', '\x0b', '\x0c', '\x1b', '\x1f', '\x7f'}) {
    const std::string sign(1, control);
    EXPECT_EQ(save_person({{"name", sign + "김하늘" + sign}, {"phone", "010-1234-5678" + sign}}).status, 303) << static_cast<int>(control);
    EXPECT_EQ(stored().name, "김하늘") << static_cast<int>(control);
    EXPECT_EQ(stored().phone, "010-1234-5678") << static_cast<int>(control);
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

// Red while only a sign-in kept it: the ways to a new password and to a new account were links, behind which it was gone.
TEST_F(TypedText, OfAnEndedSessionIsKeptOverAForgottenPasswordAndASignUp) {
  const auto sent_code = [&] {
    const std::string& body = office.applying.outbox.waiting.back().message.body;
    return body.substr(body.find_first_of("0123456789"), 6);
  };
  const auto kept_in_page = [&](const Response& answer) {
    std::string kept = hidden_in(std::string(answer.content()), "kept");
    for (auto at = kept.find("&quot;"); at != std::string::npos; at = kept.find("&quot;", at)) kept.replace(at, 6, "\"");
    return kept;
  };
  Browser before(running, Listener::portal);
  const Response first = before.post("/ko/sign-up", "/ko/sign-up", {{"contact", "hong@example.kr"}, {"new_password", "blue kettle on a roof"}});
  const std::string first_page(first.header("Location"));
  ASSERT_EQ(before.post(first_page, first_page, {{"code", sent_code()}}).status, 303);

  const std::map<std::string, std::string> contacts{{"forgotten", "hong@example.kr"}, {"sign-up", "kim@example.kr"}};
  for (const auto& entry : contacts) {
    const std::string& way = entry.first;
    Browser ended(running, Listener::portal);
    ended.set_cookie("hanjari_applicant", std::string(64, '0'));
    auto fields = person_fields();
    fields["name"] = "박새로";
    const Response asked = ended.post("/ko/sign-in", step("person"), fields);
    ASSERT_EQ(asked.status, 401) << way;
    EXPECT_THAT(std::string(asked.content()), HasSubstr("action=\"/ko/" + way + "\"")) << "a form leads there, which carries it";
    // Red while the page in the other language was a link, behind which it was gone as well.
    EXPECT_THAT(std::string(asked.content()), HasSubstr("<form method=\"post\" action=\"/en/apply/seoul-2021-1/person\">"));
    EXPECT_EQ(hidden_in(std::string(asked.content()), "name"), "박새로");
    std::map<std::string, std::string> sent{{"kept", kept_in_page(asked)}, {"next", step("person")}};
    const std::map<std::string, std::string> carried = sent;
    EXPECT_THAT(sent["kept"], HasSubstr("박새로"));
    const auto keeps_it = [&](const Response& answer, int status) {
      EXPECT_EQ(answer.status, status) << way;
      EXPECT_EQ(kept_in_page(answer), sent["kept"]) << way;
      EXPECT_THAT(std::string(answer.content()), HasSubstr("이 화면에 남아 있습니다")) << way;
    };
    const Response opened = ended.post("/ko/sign-in", "/ko/" + way, sent);
    keeps_it(opened, 200);
    EXPECT_THAT(std::string(opened.content()), Not(HasSubstr("error-summary"))) << "nothing has been typed yet";
    sent["contact"] = "nobody";
    sent["new_password"] = "green lamp under water";
    keeps_it(ended.post("/ko/sign-in", "/ko/" + way, sent), 422);
    sent["contact"] = entry.second;
    const Response code_asked = ended.post("/ko/sign-in", "/ko/" + way, sent);
    keeps_it(code_asked, 200);
    const std::string action = between(std::string(code_asked.content()), "action=\"/ko/" + way + "/", "\"");
    ASSERT_FALSE(action.empty()) << way;
    const Response in_english = ended.post("/ko/sign-in", "/en/" + way + "/" + action, carried);
    EXPECT_EQ(in_english.status, 200) << way;
    EXPECT_EQ(kept_in_page(in_english), sent["kept"]) << way;
    EXPECT_THAT(std::string(in_english.content()), Not(HasSubstr("error-summary"))) << "no code was tried";
    sent["code"] = "1";
    keeps_it(ended.post("/ko/sign-in", "/ko/" + way + "/" + action, sent), 422);
    sent["code"] = sent_code();
    const Response entered = ended.post("/ko/sign-in", "/ko/" + way + "/" + action, sent);
    EXPECT_EQ(entered.status, 200) << way;
    EXPECT_THAT(std::string(entered.content()), HasSubstr("action=\"" + step("person") + "\"")) << way;
    EXPECT_THAT(std::string(entered.content()), HasSubstr("name=\"name\" value=\"박새로\"")) << way;
  }
}

// Red while the page in the other language kept the words and forgot that files are to be chosen again.
TEST_F(TypedText, OfAnEndedSessionSaysThatFilesAreGoneInTheOtherLanguageToo) {
  Browser ended(running, Listener::portal);
  ended.set_cookie("hanjari_applicant", std::string(64, '0'));
  const Response asked = ended.post_files("/ko/sign-in", step("support"), {{"version", "1"}}, {{"document_1", "proof.pdf", "%PDF-1.7"}});
  ASSERT_EQ(asked.status, 401);
  const std::map<std::string, std::string> sent{{"version", "1"}, {"files_lost", hidden_in(std::string(asked.content()), "files_lost")}};
  const Response in_english = ended.post("/ko/sign-in", "/en/apply/seoul-2021-1/support", sent);
  ASSERT_EQ(in_english.status, 401);
  EXPECT_THAT(std::string(in_english.content()), HasSubstr("&quot;files&quot;:true"));
  EXPECT_THAT(std::string(in_english.content()), Not(HasSubstr("&quot;files_lost&quot;"))) << "no part of the form";
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

// Units of two calendars: red while every page went on as if the unit that has closed could still be submitted.
TEST_F(TypedText, OfAUnitThatClosedBeforeOthersSaysSoEverywhere) {
  ready_to_submit();
  EXPECT_THAT(std::string(browser.get("/ko/my").content()), HasSubstr("이어서 작성"));
  office.clock.set(hanjari::tests::at("2021-03-06T12:00:00+09:00"));
  const std::string words = "선택한 모집단위의 접수가 마감되어";
  const Response review = browser.get(step("review"));
  EXPECT_EQ(review.status, 422);
  EXPECT_THAT(std::string(review.content()), HasSubstr(words));
  EXPECT_THAT(std::string(review.content()), Not(HasSubstr("/ko/apply/seoul-2021-1/submit")));
  for (const char* name : {"unit", "person", "photo", "claims", "support"}) {
    const std::string page(browser.get(step(name)).content());
    EXPECT_THAT(page, HasSubstr(words)) << name;
    EXPECT_THAT(page, Not(HasSubstr("data-closes"))) << name;
  }
  EXPECT_EQ(save("unit", {}).status, 422) << "the unit stays as it was, and that is said at once";
  const std::string list(browser.get("/ko/my").content());
  EXPECT_THAT(list, HasSubstr("다른 모집단위 선택"));
  EXPECT_THAT(list, HasSubstr(step("unit")));
  EXPECT_THAT(list, Not(HasSubstr("제출 마감")));
  EXPECT_EQ(save("unit", {{"unit", "201"}}).status, 303);
  EXPECT_THAT(std::string(browser.get(step("person")).content()), Not(HasSubstr("모집단위의 접수가 마감되어")));
  EXPECT_THAT(std::string(browser.get("/ko/my").content()), HasSubstr("제출 마감"));
}

TEST_F(TypedText, OfAChangeWhoseUnitClosedBeforeOthersCountsNoMore) {
  const std::string own = apply();
  auto fields = person_fields();
  fields["address"] = "새 주소";
  save("person", fields);
  EXPECT_THAT(std::string(browser.get(step("review")).content()), HasSubstr("제출한 원서를 수정하고 있습니다"));
  office.clock.set(hanjari::tests::at("2021-03-06T12:00:00+09:00"));
  const std::string review(browser.get(step("review")).content());
  EXPECT_THAT(review, HasSubstr("수정한 내용을 제출할 수 없습니다"));
  EXPECT_THAT(review, Not(HasSubstr("제출한 원서를 수정하고 있습니다")));
  EXPECT_THAT(review, Not(HasSubstr("/ko/apply/seoul-2021-1/submit")));
  EXPECT_THAT(std::string(browser.get(own).content()), HasSubstr("마감 전에 제출하지 않아 이전에 제출한 내용이 유효합니다"));
}

// Red while the own application was not found any more: nobody can review a change of a notice that is off the portal.
TEST_F(TypedText, OfAChangeIsSaidWhileTheNoticeIsRetracted) {
  const std::string own = apply();
  auto fields = person_fields();
  fields["address"] = "새 주소";
  save("person", fields);
  office.applying.recruitments.save_recruitment(hanjari::tests::sample_notice(), services::RecruitmentState::prepared, 1, {});
  const Response page = browser.get(own);
  EXPECT_EQ(page.status, 200);
  EXPECT_THAT(std::string(page.content()), HasSubstr("/ko/apply/seoul-2021-1/review"));
  EXPECT_THAT(std::string(browser.get("/ko/my").content()), Not(HasSubstr("지금은 내용을 표시할 수 없습니다")));
}

// Red while the page began a change that nothing could come of.
TEST_F(TypedText, OfAnApplicationWhoseUnitClosedIsNotBegunAnew) {
  apply();
  office.clock.set(hanjari::tests::at("2021-03-06T12:00:00+09:00"));
  EXPECT_EQ(browser.get("/ko/apply/seoul-2021-1").status, 409);
  EXPECT_EQ(browser.get(step("person")).status, 409);
  EXPECT_TRUE(office.applying.applications.drafts.empty());
  EXPECT_EQ(other.get("/ko/apply/seoul-2021-1").status, 303) << "somebody else may apply for what is open";
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
