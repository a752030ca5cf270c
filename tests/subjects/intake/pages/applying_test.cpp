// Applying as people meet it: from the notice to the receipt, with every mistake on the way.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "photos/jpeg.h"
#include "stage/applicant.h"

namespace hanjari::web::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class Applying : public Applicants {};

TEST_F(Applying, BeginsAtANoticeThatSaysWhatWhoAndUntilWhen) {
  const std::string page(browser.get(notice_page).content());
  for (const char* expected : {"서울특별시 제1회 공개경쟁임용시험", "접수 중", "일반행정 9급", "5,000원",
                               "2021년 3월 5일 금요일 18:00", "만 18세 이상", "거주지 제한이 없습니다", "원서접수"}) {
    EXPECT_THAT(page, HasSubstr(expected));
  }
  EXPECT_THAT(std::string(browser.get("/en/notices/seoul-2021-1").content()), HasSubstr("Friday 5 March 2021, 18:00"));
  EXPECT_EQ(browser.get("/ko/notices/nothing").status, 404);
}

// Red while the dates alone were looked at: a notice that was closed before its time called for applications.
TEST_F(Applying, SaysThatAClosedNoticeIsClosedWhateverItsDatesSay) {
  EXPECT_THAT(std::string(browser.get("/en").content()), HasSubstr("Open for applications"));
  const auto stored = office.applying.recruitments.find_recruitment(ExamCode("seoul-2021-1"));
  office.applying.recruitments.save_recruitment(stored->notice, services::RecruitmentState::closed, stored->version, {});
  for (const char* address : {"/en", "/en/notices/seoul-2021-1"}) {
    const std::string page(browser.get(address).content());
    EXPECT_THAT(page, Not(HasSubstr("Open for applications"))) << address;
    EXPECT_THAT(page, Not(HasSubstr("/en/apply/seoul-2021-1"))) << address;
  }
}

TEST_F(Applying, ShowsCountsOnlyFromWhenTheOfficerLetsThem) {
  office.applying.recruitments.counts[UnitCode("101")].paid = 147;
  EXPECT_THAT(std::string(browser.get(notice_page).content()), Not(HasSubstr("경쟁률")));
  office.clock.set(hanjari::tests::at("2021-03-04T12:00:00+09:00"));
  const std::string page(browser.get(notice_page).content());
  EXPECT_THAT(page, HasSubstr("14.7 : 1"));
  EXPECT_THAT(page, HasSubstr("14.2 : 1"));  // last year's 170 for 12
}

TEST_F(Applying, HasACalendarFileWithEveryDate) {
  const Response file = browser.get(notice_page + "/calendar");
  EXPECT_EQ(file.type, "text/calendar; charset=utf-8");
  EXPECT_THAT(file.body, HasSubstr("DTSTART:20210302T000000Z\r\nDTEND:20210305T090000Z"));
  EXPECT_THAT(file.body, HasSubstr("DTSTART;VALUE=DATE:20210605"));
  for (std::size_t at = 0, end = 0; (end = file.body.find("\r\n", at)) != std::string::npos; at = end + 2)
    EXPECT_LE(end - at, 75U);
}

TEST_F(Applying, AsksStrangersToSignInAndComesBack) {
  Browser stranger(running, Listener::portal);
  const Response answer = stranger.get("/ko/apply/seoul-2021-1/unit");
  EXPECT_EQ(answer.status, 303);
  EXPECT_EQ(answer.header("Location"), "/ko/sign-in?next=%2Fko%2Fapply%2Fseoul-2021-1%2Funit");
}

TEST_F(Applying, LeadsFromStepToStepAndEndsWithAReceipt) {
  EXPECT_EQ(browser.get("/ko/apply/seoul-2021-1").header("Location"), step("unit"));
  EXPECT_EQ(save("unit", {{"unit", "101"}}).header("Location"), step("person"));
  EXPECT_EQ(save("person", person_fields()).header("Location"), step("photo"));
  send_photo();
  EXPECT_EQ(save("claims", {{"veterans", "none"}}).header("Location"), step("support"));
  EXPECT_EQ(save("support", {}).header("Location"), step("review"));
  const std::string review(browser.get(step("review")).content());
  for (const char* expected : {"김하늘", "1995년 3월 14일", "010-1234-5678", "청운동", "일반행정 9급", "5,000원"})
    EXPECT_THAT(review, HasSubstr(expected));
  EXPECT_THAT(review, Not(HasSubstr("id=\"errors\"")));
  EXPECT_THAT(review, Not(HasSubstr("950314")));

  const Response sent = submit(review);
  ASSERT_EQ(sent.status, 303);
  const std::string status_address(sent.header("Location"));
  const std::string status(browser.get(status_address).content());
  EXPECT_THAT(status, HasSubstr("원서를 제출했습니다. 응시수수료를 결제해야"));
  EXPECT_THAT(status, HasSubstr("수수료 5,000원을 결제하십시오"));
  const std::string receipt = browser.get(status_address.substr(0, status_address.find('?')) + "/receipt").body;
  EXPECT_TRUE(services::verify_receipt(receipt, office.applying.signer.public_key()));

  // The same form again, as a reload or a second tap sends it: one application, the same receipt.
  EXPECT_EQ(submit(review).header("Location"), status_address);
  EXPECT_EQ(office.applying.applications.applications.size(), 1U);
}

// Red while one box stood for everything and nobody could say afterwards which words it was about.
// A page that was open while the program was renewed showed one consent and no version. Red while it was refused, and while
// words were signed that nobody had shown.
TEST_F(Applying, TakesAFormThatShowedOneConsentAndNamesNoWordsForIt) {
  save("unit", {{"unit", "101"}});
  auto fields = person_fields();
  fields.erase("consent_identifier");
  fields.erase("consent_version");
  EXPECT_EQ(save("person", fields).status, 303);
  EXPECT_EQ(office.applying.applications.drafts.begin()->second.form.consent_text, "");
}

TEST_F(Applying, AsksForEachConsentByItselfAndKeepsWhichWordsWereAgreedTo) {
  save("unit", {{"unit", "101"}});
  const std::string page(browser.get(step("person")).content());
  for (const char* words : {"수집 항목", "이용 목적", "보유 기간", "동의를 거부할 수 있습니다", "고유식별정보"})
    EXPECT_THAT(page, HasSubstr(words));
  auto fields = person_fields();
  fields.erase("consent_identifier");
  const Response half = save("person", fields);
  EXPECT_EQ(half.status, 422);
  EXPECT_THAT(half.body, HasSubstr("href=\"#consents_identifier\""));
  EXPECT_THAT(half.body, HasSubstr("id=\"consents_identifier-error\""));
  save("person", person_fields());
  send_photo();
  const Response refused = browser.post_files(step("support"), step("support"),
                                              {{"version", version()}, {"item-3", "yes"}, {"item-3-reason", "저시력"}},
                                              {{"item-3-document", "a.pdf", "%PDF-1.4"}});
  EXPECT_EQ(refused.status, 422);
  EXPECT_THAT(refused.body, HasSubstr("href=\"#consents_sensitive\""));
  browser.post_files(step("support"), step("support"), {{"version", version()}}, {});
  // An officer publishes other words; what this person read stays named.
  office.applying.texts.texts.push_back({services::PortalPage::consent, 7, {"other words", "다른 문안"}, "officer", {}});
  const Response sent = submit(std::string(browser.get(step("review")).content()));
  ASSERT_EQ(sent.status, 303);
  const auto& application = office.applying.applications.applications.begin()->second;
  EXPECT_THAT(application.form.consent_text, ::testing::MatchesRegex("0 [0-9a-f]+"));
  const auto facts = services::verify_receipt(office.applying.applications.receipts.at(application.id),
                                              office.applying.signer.public_key());
  ASSERT_TRUE(facts);
  EXPECT_EQ(facts->consent, application.form.consent_text);
}

// Red while a change of the unit emptied everything without a word.
TEST_F(Applying, KeepsWhatStillFitsWhenTheUnitChangesAndSaysWhatDoesNot) {
  save("unit", {{"unit", "102"}});
  save("claims", {{"veterans", "none"}, {"quota_proof", "low-income-77"}});
  const std::string next(save("unit", {{"unit", "101"}}).header("Location"));
  EXPECT_EQ(next, step("person") + "?dropped=quota_proof");
  EXPECT_THAT(std::string(browser.get(next).content()), HasSubstr("다시 입력해야 합니다: 구분모집 증명서 번호"));
  EXPECT_EQ(save("unit", {{"unit", "201"}}).header("Location"), step("person")) << "nothing was lost this time";
}

TEST_F(Applying, SavesWhatWasTypedEvenWhenItIsWrong) {
  save("unit", {{"unit", "101"}});
  auto fields = person_fields();
  fields["phone"] = "nonsense";
  fields["identity"] = "950314-1";
  const Response answer = save("person", fields);
  EXPECT_EQ(answer.status, 422);
  EXPECT_THAT(answer.body, HasSubstr("href=\"#phone\""));
  EXPECT_THAT(answer.body, HasSubstr("href=\"#identity\""));
  EXPECT_THAT(answer.body, HasSubstr("aria-describedby=\"phone-error phone-hint\""));
  EXPECT_THAT(answer.body, Not(HasSubstr("950314-1")));
  EXPECT_THAT(std::string(browser.get(step("person")).content()), HasSubstr("value=\"nonsense\""));
}

TEST_F(Applying, CanBeLeftAtAnyMomentAndGoneOnWith) {
  save("unit", {{"unit", "101"}});
  EXPECT_EQ(save("person", {{"name", "김하늘"}, {"later", "yes"}}).header("Location"), "/ko/my");
  EXPECT_THAT(std::string(browser.get("/ko/my").content()), HasSubstr("이어서 작성"));
  EXPECT_THAT(std::string(browser.get(step("person")).content()), HasSubstr("value=\"김하늘\""));
  EXPECT_EQ(browser.get("/ko/apply/seoul-2021-1").header("Location"), step("photo"));
}

TEST_F(Applying, TellsWhenAnotherDeviceSavedMeanwhileAndLosesNothing) {
  save("unit", {{"unit", "101"}});
  const std::string open_page(browser.get(step("person")).content());
  save("person", {{"name", "다른 기기"}, {"later", "yes"}});
  auto fields = person_fields();
  fields["version"] = hidden_in(open_page, "version");
  const Response conflict = browser.post(step("person"), step("person"), fields);
  EXPECT_EQ(conflict.status, 409);
  EXPECT_THAT(conflict.body, HasSubstr("다른 기기나 창에서"));
  EXPECT_THAT(conflict.body, HasSubstr("value=\"김하늘\""));
  fields["version"] = hidden_in(conflict.body, "version");
  EXPECT_EQ(browser.post(step("person"), step("person"), fields).header("Location"), step("photo"));
}

// Red while the page answered as if all were well: a script went on to the stored form, and what had been chosen was
// gone without a word; without a script the next save left the document out.
TEST_F(Applying, KeepsADocumentThatMetWhatAnotherDeviceHadSaved) {
  save("unit", {{"unit", "101"}});
  const std::string open_page(browser.get(step("support")).content());
  save("person", {{"name", "다른 기기"}, {"later", "yes"}});
  std::map<std::string, std::string> fields{{"version", hidden_in(open_page, "version")},
                                            {"item-3", "yes"},
                                            {"item-3-reason", "저시력"},
                                            {"consent_sensitive", "yes"}};
  const Response conflict = browser.post_files(step("support"), step("support"), fields,
                                               {{"item-3-document", "소견서.pdf", "%PDF-1.4 ..."}});
  EXPECT_EQ(conflict.status, 409);
  EXPECT_THAT(conflict.body, HasSubstr("다른 기기나 창에서"));
  fields["version"] = hidden_in(conflict.body, "version");
  fields["keep-" + between(conflict.body, "name=\"keep-", "\"")] = "item-3";
  EXPECT_EQ(browser.post_files(step("support"), step("support"), fields, {}).header("Location"), step("review"));
  EXPECT_THAT(std::string(browser.get(step("support")).content()), HasSubstr(">소견서.pdf</a>"));
}

// Red while every fault of an accommodation was one sentence for all of them, told at the reason.
TEST_F(Applying, NamesTheAccommodationAndTheEntryOfEveryFault) {
  save("unit", {{"unit", "101"}});
  const Response refused = browser.post_files(
      step("support"), step("support"), {{"version", version()}, {"item-1", "yes"}, {"consent_sensitive", "yes"}}, {});
  EXPECT_EQ(refused.status, 422);
  EXPECT_THAT(refused.body, HasSubstr("휠체어 책상: 편의지원이 필요한 사유를 입력하십시오."));
  EXPECT_THAT(refused.body, HasSubstr("휠체어 책상: 편의지원 증빙서류를 첨부하십시오."));
  EXPECT_THAT(refused.body, HasSubstr("href=\"#item-1-reason\""));
  EXPECT_THAT(refused.body, HasSubstr("href=\"#item-1-document\""));
  EXPECT_THAT(refused.body, HasSubstr("id=\"item-1-document-error\""));
}

// Red while every notice offered everything.
TEST_F(Applying, OffersWhatTheNoticeOffers) {
  const auto stored = office.applying.recruitments.find_recruitment(ExamCode("seoul-2021-1"));
  Recruitment notice = stored->notice;
  notice.accommodations = {{"large_print", {"Proof of low vision", "저시력 진단서"}, false}, {"extra_time_1.5", {}, true}};
  office.applying.recruitments.save_recruitment(notice, stored->state, stored->version, {});
  EXPECT_THAT(std::string(browser.get(notice_page).content()),
              ::testing::AllOf(HasSubstr("신청할 수 있는 편의지원"), HasSubstr("(증빙서류 없음)"), HasSubstr("id=\"accommodations\"")));
  save("unit", {{"unit", "101"}});
  const std::string page(browser.get(step("support")).content());
  EXPECT_THAT(page, Not(HasSubstr("name=\"item-1\"")));
  EXPECT_THAT(page, HasSubstr("증빙서류 안내: 저시력 진단서"));
  EXPECT_THAT(page, HasSubstr("name=\"extra_time\" value=\"extra_time_1.5\""));
  EXPECT_THAT(page, Not(HasSubstr("extra_time_1.7")));
  EXPECT_EQ(browser.post_files(step("support"), step("support"),
                               {{"version", version()}, {"item-3", "yes"}, {"item-3-reason", "저시력"}, {"consent_sensitive", "yes"}},
                               {})
                .header("Location"),
            step("review"))
      << "the notice asks for no paper";
}

// Red while three boxes could be ticked of which one can be had: the choice excludes, and a reason without it is kept.
TEST_F(Applying, LetsOneExtraTimeBeChosenAndKeepsItsDocumentWhenItChanges) {
  save("unit", {{"unit", "101"}});
  const auto send = [&](std::map<std::string, std::string> fields, const std::vector<Browser::File>& files) {
    fields.insert({{"version", version()}, {"consent_sensitive", "yes"}});
    return browser.post_files(step("support"), step("support"), fields, files);
  };
  const auto asked = [&] { return office.applying.applications.drafts.begin()->second.form.accommodations; };
  const std::string page(browser.get(step("support")).content());
  EXPECT_THAT(page, HasSubstr("<legend>시험시간 연장</legend>"));
  EXPECT_THAT(page, HasSubstr("<input type=\"radio\" name=\"extra_time\" value=\"none\" checked>"));
  for (const char* item : {"extra_time_1.2", "extra_time_1.5", "extra_time_1.7"})
    EXPECT_THAT(page, HasSubstr(std::string("<input type=\"radio\" name=\"extra_time\" value=\"") + item + "\">"));
  EXPECT_THAT(page, ::testing::Not(HasSubstr("name=\"item-5\"")));

  const Response unsaid = send({{"extra_time", "none"}, {"extra_time-reason", "손 떨림"}}, {});
  EXPECT_EQ(unsaid.status, 422);
  EXPECT_THAT(unsaid.body, HasSubstr("href=\"#extra_time\""));
  EXPECT_THAT(unsaid.body, HasSubstr("연장할 시간을 선택하십시오."));
  EXPECT_THAT(unsaid.body, HasSubstr("value=\"손 떨림\""));

  send({{"extra_time", "extra_time_1.5"}, {"extra_time-reason", "손 떨림"}}, {{"extra_time-document", "소견서.pdf", "%PDF-1.4"}});
  ASSERT_EQ(asked().size(), 1U);
  EXPECT_EQ(asked()[0].item, "extra_time_1.5");
  send({{"extra_time", "extra_time_1.7"}, {"extra_time-reason", "손 떨림"}}, {});
  ASSERT_EQ(asked().size(), 1U);
  EXPECT_EQ(asked()[0].item, "extra_time_1.7");
  EXPECT_EQ(asked()[0].documents.size(), 1U);
  EXPECT_THAT(std::string(browser.get(step("support")).content()), HasSubstr("value=\"extra_time_1.7\" checked>"));
  send({{"extra_time", "none"}, {"extra_time-reason", "손 떨림"}}, {});
  EXPECT_TRUE(asked().empty()) << "whoever takes the choice away means it";
}

TEST_F(Applying, ShowsEveryFaultAtOnceWithTheWayToMendIt) {
  save("unit", {{"unit", "101"}});
  const Response review = browser.get(step("review"));
  EXPECT_EQ(review.status, 422);
  for (const char* fault : {"성명을 입력하십시오", "사진을 등록하십시오", "주소를 입력하십시오"})
    EXPECT_THAT(review.body, HasSubstr(fault));
  EXPECT_THAT(review.body, HasSubstr("<a href=\"" + step("photo") + "\">"));
  EXPECT_EQ(submit(review.body).header("Location"), step("review"));
  EXPECT_TRUE(office.applying.applications.applications.empty());
}

TEST_F(Applying, SaysWhoIsTooYoungForAUnitBeforeItIsChosen) {
  auto fields = person_fields();
  fields["identity"] = "100314-4000000";
  save("unit", {{"unit", "101"}});
  EXPECT_EQ(save("person", fields).status, 422);
  EXPECT_THAT(std::string(browser.get(step("unit")).content()), HasSubstr("만 18세 이상이어야 합니다"));
}

TEST_F(Applying, CutsThePhotoInTheMiddleAndLetsItBeMovedWithoutAScript) {
  save("unit", {{"unit", "101"}});
  const Response sent = browser.post_files(step("photo"), step("photo"), {{"version", version()}},
                                           {{"photo", "me.jpg", picture(600, 900)}});
  ASSERT_EQ(sent.status, 303);
  const std::string adjust(browser.get(std::string(sent.header("Location"))).content());
  EXPECT_THAT(adjust, HasSubstr("value=\"closer\""));
  const std::string preview_address = unescaped(between(adjust, "<img class=\"portrait\" src=\"", "\""));
  const Response preview = browser.get(preview_address);
  EXPECT_EQ(preview.type, "image/jpeg");
  EXPECT_EQ(photos::read_jpeg_size(preview.body).width, 137);
  std::map<std::string, std::string> chosen{{"version", version()}};
  for (const char* name : {"picture", "left", "top", "width"}) chosen[name] = hidden_in(adjust, name);
  EXPECT_EQ(browser.post(step("photo"), step("photo") + "/portrait", chosen).header("Location"), step("claims"));
  const std::string page(browser.get(step("photo")).content());
  const Response photo = browser.get(between(page, "<img class=\"portrait\" src=\"", "\""));
  EXPECT_EQ(photos::read_jpeg_size(photo.body).height, 177);
}

TEST_F(Applying, RefusesWhatIsNoPhotoWithAReason) {
  save("unit", {{"unit", "101"}});
  const Response refused =
      browser.post_files(step("photo"), step("photo"), {{"version", version()}}, {{"photo", "me.jpg", "GIF89a"}});
  EXPECT_EQ(refused.status, 422);
  EXPECT_THAT(refused.body, HasSubstr("JPEG 사진 파일이 아닙니다"));
}

TEST_F(Applying, TakesDocumentsByWhatTheyAreAndGivesThemBackToTheirOwnerOnly) {
  save("unit", {{"unit", "101"}});
  const auto post = [&](const std::string& content) {
    return browser.post_files(step("support"), step("support"),
                              {{"version", version()}, {"item-3", "yes"}, {"item-3-reason", "저시력"}, {"consent_sensitive", "yes"}},
                              {{"item-3-document", "../소견서.pdf", content}});
  };
  const Response refused = post("<html>");
  EXPECT_EQ(refused.status, 422);
  EXPECT_THAT(refused.body, HasSubstr("PDF, JPEG, PNG"));
  EXPECT_EQ(post("%PDF-1.4 ...").header("Location"), step("review"));
  const std::string page(browser.get(step("support")).content());
  EXPECT_THAT(page, HasSubstr(">소견서.pdf</a>"));
  const std::string address = between(page, "<li><a href=\"", "\"");
  const Response document = browser.get(address);
  EXPECT_EQ(document.body, "%PDF-1.4 ...");
  EXPECT_THAT(std::string(document.header("Content-Disposition")), HasSubstr("attachment"));
  EXPECT_EQ(other.get(address).status, 404);
}

// Red while whoever examined a document saved it under the ending that its sender had chosen, or under no name to be seen.
TEST_F(Applying, DocumentsAreGivenBackUnderNamesOfWhatTheyAre) {
  save("unit", {{"unit", "101"}});
  const auto sent_as = [&](const std::string& name, const std::string& content) {
    browser.post_files(step("support"), step("support"),
                       {{"version", version()}, {"item-3", "yes"}, {"item-3-reason", "저시력"}, {"consent_sensitive", "yes"}},
                       {{"item-3-document", name, content}});
    const auto& stored = office.applying.attachments.attachments;
    return stored.at(AttachmentId("attachment-" + std::to_string(stored.size()))).name;
  };
  const std::string pdf = "%PDF-1.4\n<script>";
  EXPECT_EQ(sent_as("proof.hta", pdf), "proof.hta.pdf");
  EXPECT_EQ(sent_as("scan.pdf", "\x89PNG\r\n\x1A\n..."), "scan.pdf.png");
  EXPECT_EQ(sent_as("my\xE2\x80\xAE" "fdp.exe", pdf), "myfdp.exe.pdf") << "nothing reads from right to left";
  EXPECT_EQ(sent_as("\xE2\x80\x8B", pdf), "document.pdf");
}

TEST_F(Applying, TellsThePlaceInTheLineHonestly) {
  const std::string review = ready_to_submit();
  // As many are being stored as there is room for.
  std::vector<services::SubmissionQueue::Admission> others;
  while (true) {
    try {
      others.push_back(
          office.applying.queue.admit("key-of-another-" + std::to_string(others.size()), office.clock.now()));
    } catch (const services::InQueue&) {
      break;
    }
  }
  const Response waits = submit(review);
  EXPECT_EQ(waits.status, 503);
  EXPECT_FALSE(waits.header("Retry-After").empty());
  EXPECT_THAT(waits.body, HasSubstr("내 순서"));
  EXPECT_THAT(waits.body, HasSubstr("<strong class=\"queue-place\">2</strong>"));
  EXPECT_THAT(waits.body, HasSubstr("name=\"key\" value=\"" + hidden_in(review, "key") + "\""));
}

TEST_F(Applying, ExplainsByWhichClockItWasTooLate) {
  const std::string review = ready_to_submit();
  office.clock.set(hanjari::tests::at("2021-03-08T18:00:03+09:00"));
  const Response late = submit(review);
  EXPECT_EQ(late.status, 409);
  EXPECT_THAT(late.body, HasSubstr("접수 마감 후에 도착했습니다"));
  EXPECT_THAT(late.body, HasSubstr("18:00:03"));
  EXPECT_TRUE(office.applying.applications.applications.empty());
}

TEST_F(Applying, AsksToSendAgainWhenTheDatabaseIsLostAndCountsOnce) {
  const std::string review = ready_to_submit();
  office.applying.applications.broken = true;
  const Response unknown = submit(review);
  EXPECT_EQ(unknown.status, 503);
  EXPECT_THAT(unknown.body, HasSubstr("두 번 접수되지 않습니다"));
  office.applying.applications.broken = false;
  EXPECT_EQ(submit(review).status, 303);
  EXPECT_EQ(office.applying.applications.applications.size(), 1U);
}

// Red without a gate: as many documents as there are threads were read and opened at once.
TEST(DocumentRoutes, ReadFewDocumentsAtOnce) {
  int read = 0;
  const RouteTable table = site_routes();
  for (const Route& route : table.routes()) {
    if (!route.pattern.ends_with("/documents/{attachment}")) continue;
    ++read;
    EXPECT_GT(route.limits.at_once, 0) << route.pattern;
    EXPECT_LE(route.limits.at_once, 8) << route.pattern;
  }
  EXPECT_GE(read, 1);
}

// Red without a gate: a payment provider that did not answer took every thread of the portal.
TEST(PaymentRoutes, LeaveThreadsToOthersWhileTheProviderDoesNotAnswer) {
  int gates = 0;
  int held = 0;
  const RouteTable table = site_routes();
  for (const Route& route : table.routes()) {
    if (route.method != Method::post || (!route.pattern.ends_with("/payment") && !route.pattern.ends_with("/payments"))) continue;
    ++gates;
    EXPECT_GT(route.limits.at_once, 0) << route.pattern;
    held += route.limits.at_once;
  }
  EXPECT_EQ(gates, 2);
  EXPECT_LE(held, 16) << "of 64 threads";
}

}  // namespace
}  // namespace hanjari::web::testing
