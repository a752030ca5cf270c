// What was typed into a form whose session has ended: it goes along every way, and never into another form without a word.
#include <gmock/gmock.h>

#include <map>
#include <string>

#include "stage/applicant.h"

namespace hanjari::web::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class KeptWords : public Applicants {
 protected:
  KeptWords() {
    office.accounts.applicants["p-sky"] = {"p-sky", services::Channel::email, "sky@example.com", "", Language::korean};
    office.accounts.applicants["p-river"] = {"p-river", services::Channel::email, "river@example.com", "", Language::korean};
  }

  using Fields = std::map<std::string, std::string>;

  static Response send_form(Browser& reader, const std::string& address, const Fields& fields) {
    Request request;
    request.method = Method::post;
    request.path = address;
    request.headers.set("content-type", "application/x-www-form-urlencoded");
    request.body = Browser::encode_form(fields);
    return reader.send(request);
  }
  // What somebody has typed into the step of the person, as the open page sends it whenever the button is pressed.
  Fields typed_by(Browser& reader) {
    const std::string page(reader.get(step("person")).content());
    Fields fields = person_fields();
    fields["name"] = "박새로";
    for (const char* hidden : {"form_token", "version", "draft"}) fields[hidden] = hidden_in(page, hidden);
    EXPECT_FALSE(fields["draft"].empty());
    return fields;
  }
  // As a browser reads the fields of a form: those of the first one with this action.
  static Fields fields_of_form(const std::string& page, const std::string& action) {
    Fields fields;
    std::string form = between(page, "action=\"" + action + "\"", "</form>");
    const std::string head = "<input type=\"hidden\" name=\"";
    for (auto at = form.find(head); at != std::string::npos; at = form.find(head, at + 1)) {
      const std::string rest = form.substr(at + head.size());
      std::string value = between(rest, "value=\"", "\"");
      for (auto quote = value.find("&quot;"); quote != std::string::npos; quote = value.find("&quot;", quote)) value.replace(quote, 6, "\"");
      fields[rest.substr(0, rest.find('"'))] = value;
    }
    return fields;
  }
  std::string stored_name(const std::string& account) {
    for (const auto& [key, draft] : office.applying.applications.drafts) {
      if (key.first == account) return draft.form.name;
    }
    return "no form";
  }
  static std::string english(const std::string& path) { return "/en" + path.substr(3); }
};

// Red while the page after signing in had a link to the other language, behind which the words were gone.
TEST_F(KeptWords, StayWhenThePageThatSendsThemAgainIsReadInTheOtherLanguage) {
  save("unit", {{"unit", "101"}});
  const Fields typed = typed_by(browser);
  browser.set_cookie("hanjari_applicant", office.sign_in_applicant("p-sky"));
  const std::string again(send_form(browser, step("person"), typed).content());
  const Fields switched = fields_of_form(again, english(step("person")));
  ASSERT_TRUE(switched.contains("kept"));
  const Response shown = send_form(browser, english(step("person")), switched);
  const std::string page(shown.content());
  EXPECT_THAT(page, HasSubstr("Not saved yet"));
  EXPECT_NE(stored_name("p-sky"), "박새로") << "the other language is no saving";
  const Response sent = send_form(browser, english(step("person")), fields_of_form(page, english(step("person"))));
  EXPECT_EQ(sent.status, 303) << sent.body;
  EXPECT_EQ(stored_name("p-sky"), "박새로");
  // And once more there and back, also where that session has ended meanwhile.
  browser.set_cookie("hanjari_applicant", std::string(64, '0'));
  const Response ended = send_form(browser, step("person"), fields_of_form(page, step("person")));
  EXPECT_EQ(ended.status, 401);
  EXPECT_THAT(std::string(ended.content()), HasSubstr("박새로"));
  EXPECT_THAT(std::string(ended.content()), Not(HasSubstr("&quot;shown_again&quot;")));
}

// Red while they went into whatever form was there, without a name of the account.
TEST_F(KeptWords, OfTheSameAccountNameTheAccountThatTheyGoTo) {
  save("unit", {{"unit", "101"}});
  const Fields typed = typed_by(browser);
  browser.set_cookie("hanjari_applicant", office.sign_in_applicant("p-sky"));
  const std::string page(send_form(browser, step("person"), typed).content());
  EXPECT_THAT(page, HasSubstr("지금 로그인한 계정은 s***@example.com입니다. 다시 보내면 이 계정에 저장됩니다."));
  EXPECT_THAT(page, Not(HasSubstr("다른 계정")));
  EXPECT_THAT(page, Not(HasSubstr(typed.at("form_token")))) << "an old token is kept nowhere";
  EXPECT_THAT(page, HasSubstr("<form class=\"card form once\"")) << "a second tap would meet what the first one has saved";
}

TEST_F(KeptWords, OfAnotherAccountAreSaidToBeAndCanBeDropped) {
  save("unit", {{"unit", "101"}});
  const Fields typed = typed_by(browser);
  // The window of p-sky, after p-river has signed in.
  const std::string expired(send_form(other, step("person"), typed).content());
  EXPECT_THAT(expired, HasSubstr("다른 계정에서 입력한 내용"));
  EXPECT_THAT(expired, HasSubstr("r***@example.com"));
  EXPECT_THAT(expired, HasSubstr("<a class=\"krds-btn xlarge primary\" href=\"" + step("person") + "\">버리고 화면 열기</a>"));
  EXPECT_EQ(stored_name("p-river"), "no form");
  // The same over the sign-in page.
  other.set_cookie("hanjari_applicant", std::string(64, '0'));
  const std::string asked(send_form(other, step("person"), typed).content());
  EXPECT_THAT(asked, HasSubstr("&quot;owner&quot;"));
  other.set_cookie("hanjari_applicant", office.sign_in_applicant("p-river"));
  Fields switched = fields_of_form(expired, english(step("person")));
  EXPECT_THAT(std::string(send_form(other, english(step("person")), switched).content()), HasSubstr("typed under another account"));
}

// Red while "stored first on another device" was answered to an account that was a minute old.
TEST_F(KeptWords, GoIntoTheFormOfANewAccountThatHasNothingInItYet) {
  save("unit", {{"unit", "101"}});
  save("person", person_fields());
  Fields sent = typed_by(browser);
  sent["form_token"] = Browser::form_token_in(std::string(other.get("/ko/my").content()));
  const Response stored = send_form(other, step("person"), sent);
  EXPECT_THAT(std::string(stored.content()), Not(HasSubstr("다른 기기")));
  EXPECT_NE(stored.status, 409) << stored.body;
  EXPECT_EQ(stored_name("p-river"), "박새로");
}

TEST_F(KeptWords, AreShownBesideAFormOfAnotherAccountThatHasWordsAlready) {
  save("unit", {{"unit", "101"}});
  Fields sent = typed_by(browser);
  Fields own = person_fields();
  own["name"] = "강가람";
  const std::string page(other.get(step("person")).content());
  own["version"] = hidden_in(page, "version");
  other.post(step("person"), step("person"), own);
  // The same number of savings: red while such words took the place of what stood there.
  sent["version"] = hidden_in(std::string(other.get(step("person")).content()), "version");
  sent["form_token"] = Browser::form_token_in(std::string(other.get("/ko/my").content()));
  const Response told = send_form(other, step("person"), sent);
  EXPECT_EQ(told.status, 409);
  EXPECT_THAT(std::string(told.content()), HasSubstr("다른 지원서"));
  EXPECT_THAT(std::string(told.content()), Not(HasSubstr("다른 기기")));
  EXPECT_THAT(std::string(told.content()), HasSubstr("value=\"박새로\""));
  EXPECT_EQ(stored_name("p-river"), "강가람");
  Fields meant = person_fields();
  meant["name"] = "박새로";
  for (const char* hidden : {"version", "draft"}) meant[hidden] = hidden_in(std::string(told.content()), hidden);
  EXPECT_NE(other.post(step("person"), step("person"), meant).status, 409) << "saved on purpose";
  EXPECT_EQ(stored_name("p-river"), "박새로");
}

// The way back in the browser: red while the page of a form that was submitted since was called stored on another device.
TEST_F(KeptWords, OfAFormThatWasSubmittedSinceAreSaidToBe) {
  const std::string review = ready_to_submit();
  const Fields before = typed_by(browser);
  submit(review);
  const Response told = send_form(browser, step("person"), before);
  EXPECT_EQ(told.status, 409);
  EXPECT_THAT(std::string(told.content()), HasSubstr("그사이 제출 또는 취소한 지원서"));
  EXPECT_EQ(stored_name("p-sky"), "김하늘");
}

// Red while the review of one account, sent again in the session of another, could submit that one's form.
TEST_F(KeptWords, OfAReviewSubmitNoOtherForm) {
  const std::string review = ready_to_submit();
  other.get(step("unit"));
  const std::string unit(other.get(step("unit")).content());
  other.post(step("unit"), step("unit"), {{"unit", "101"}, {"version", hidden_in(unit, "version")}});
  const Response sent = other.post(step("claims"), "/ko/apply/seoul-2021-1/submit",
                                   {{"key", hidden_in(review, "key")},
                                    {"draft", hidden_in(review, "draft")},
                                    {"version", hidden_in(std::string(other.get(step("unit")).content()), "version")}});
  EXPECT_EQ(sent.header("Location"), step("review") + "?changed=form");
  EXPECT_THAT(std::string(other.get(step("review") + "?changed=form").content()), HasSubstr("다른 지원서에서 보낸 것이어서 제출하지 않았습니다"));
  EXPECT_TRUE(office.applying.applications.applications.empty());
}

// Red while the page of errors had nothing of it, and the way back led to an empty form.
TEST_F(KeptWords, StayInThePageThatSaysThatTheDatabaseIsAway) {
  save("unit", {{"unit", "101"}});
  const Fields typed = typed_by(browser);
  office.applying.applications.drafts_broken = true;
  const Response away = send_form(browser, step("person"), typed);
  EXPECT_EQ(away.status, 503);
  const std::string page(away.content());
  EXPECT_THAT(page, HasSubstr("약 " + std::string(away.header("Retry-After")) + "초 뒤에 다시 보내 주십시오"));
  const std::string in_english(send_form(browser, english(step("person")), fields_of_form(page, english(step("person")))).content());
  EXPECT_THAT(in_english, HasSubstr("박새로"));
  office.applying.applications.drafts_broken = false;
  EXPECT_EQ(send_form(browser, step("person"), fields_of_form(page, step("person"))).status, 303);
  EXPECT_EQ(stored_name("p-sky"), "박새로");
}

// Red while whoever was refused at the sign-in for wrong tries got a page without the words.
TEST_F(KeptWords, StayInThePageThatRefusesASignIn) {
  save("unit", {{"unit", "101"}});
  const Fields typed = typed_by(browser);
  browser.set_cookie("hanjari_applicant", std::string(64, '0'));
  Fields sent = fields_of_form(std::string(send_form(browser, step("person"), typed).content()), "/ko/sign-in");
  sent["contact"] = "sky@example.com";
  sent["password"] = "no password of theirs";
  Response refused;
  for (int guess = 0; guess < 200 && refused.status != 429; ++guess) refused = send_form(browser, "/ko/sign-in", sent);
  ASSERT_EQ(refused.status, 429);
  const Fields back = fields_of_form(std::string(refused.content()), "/ko/sign-in");
  EXPECT_THAT(back.at("kept"), HasSubstr("박새로"));
  const Response entry = send_form(browser, "/ko/sign-in", back);
  EXPECT_EQ(entry.status, 200) << "back at the form, which is no try";
  EXPECT_THAT(std::string(entry.content()), HasSubstr("박새로"));
}

// A request that is here whole and could not be begun in time.
TEST_F(KeptWords, StayInThePageThatSaysThatTooManyAreHere) {
  save("unit", {{"unit", "101"}});
  const Fields typed = typed_by(browser);
  Request late;
  late.method = Method::post;
  late.path = step("person");
  late.headers.set("content-type", "application/x-www-form-urlencoded");
  late.headers.set("accept", "text/html");
  late.body = Browser::encode_form(typed);
  const Response told = running.edge.refuse_late(Listener::portal, late);
  EXPECT_EQ(told.status, 503);
  EXPECT_FALSE(told.header("Retry-After").empty());
  EXPECT_EQ(send_form(browser, step("person"), fields_of_form(std::string(told.content()), step("person"))).status, 303);
  EXPECT_EQ(stored_name("p-sky"), "박새로");
}

// Red while the words were sent again and led on to the next step: the document that had been beside them was forgotten.
TEST_F(KeptWords, BesideADocumentLeadBackToTheStepWhereItIsChosenAgain) {
  save("unit", {{"unit", "101"}});
  const std::string session = office.sign_in_applicant("p-sky");
  browser.set_cookie("hanjari_applicant", std::string(64, '0'));
  const Response asked = browser.post_files("/ko/sign-in", step("support"), {{"note", "1"}}, {{"document_1", "proof.pdf", "%PDF-1.7"}});
  ASSERT_EQ(asked.status, 401);
  EXPECT_THAT(std::string(asked.content()), HasSubstr("파일은 다시 선택해야 합니다"));
  Fields kept = fields_of_form(std::string(asked.content()), "/ko/sign-in");
  browser.set_cookie("hanjari_applicant", session);
  const std::string page(browser.get(step("support")).content());
  const Fields shown{{"form_token", hidden_in(page, "form_token")}, {"kept", kept["kept"]}, {"shown_again", "signed_in"}};
  Fields again = fields_of_form(std::string(send_form(browser, step("support"), shown).content()), step("support"));
  EXPECT_EQ(again["files_lost"], "yes");
  for (const char* hidden : {"version", "draft"}) again[hidden] = hidden_in(page, hidden);
  EXPECT_EQ(send_form(browser, step("support"), again).header("Location"), step("support"));
}

// Red while nothing on the step said which document had not come along.
TEST_F(KeptWords, SayAtTheFieldThatItsDocumentIsChosenAgain) {
  save("unit", {{"unit", "101"}});
  const std::string session = office.sign_in_applicant("p-sky");
  browser.set_cookie("hanjari_applicant", std::string(64, '0'));
  const Response asked = browser.post_files("/ko/sign-in", step("support"), {{"item-1", "yes"}, {"item-1-reason", "다리를 다쳤습니다"}, {"consent_sensitive", "yes"}},
                                            {{"item-1-document", "proof.pdf", "%PDF-1.7"}});
  ASSERT_EQ(asked.status, 401);
  Fields kept = fields_of_form(std::string(asked.content()), "/ko/sign-in");
  browser.set_cookie("hanjari_applicant", session);
  const std::string page(browser.get(step("support")).content());
  const Fields shown{{"form_token", hidden_in(page, "form_token")}, {"kept", kept["kept"]}, {"shown_again", "signed_in"}};
  const std::string kept_page(send_form(browser, step("support"), shown).content());
  EXPECT_THAT(kept_page, HasSubstr("name=\"item-1-document\" type=\"file\"")) << "it may be chosen beside the words";
  Fields again = fields_of_form(kept_page, step("support"));
  EXPECT_EQ(again["files_lost_at"], "item-1-document");
  for (const char* hidden : {"version", "draft"}) again[hidden] = hidden_in(page, hidden);
  const Response told = send_form(browser, step("support"), again);
  EXPECT_EQ(told.status, 422);
  EXPECT_THAT(std::string(told.content()), HasSubstr("이 서류는 전송되지 않았습니다"));
  EXPECT_THAT(std::string(told.content()), HasSubstr("item-1-document-error"));
  EXPECT_THAT(std::string(browser.get(step("support")).content()), HasSubstr("다리를 다쳤습니다")) << "the words are saved";
}

// Red while a step without a page of its own led to the list of applications after signing in.
TEST_F(KeptWords, LeadBackToTheStepAlsoWhereNothingCouldBeKept) {
  browser.set_cookie("hanjari_applicant", std::string(64, '0'));
  const Response asked = send_form(browser, step("photo") + "/portrait", {{"picture", "1"}});
  EXPECT_EQ(asked.header("Location"), "/ko/sign-in?next=" + encode_percent(step("photo")) + "&ended=form");
}

}  // namespace
}  // namespace hanjari::web::testing
