// After submitting: fee, withdrawal, seat, what changed, health report. Nothing of it is anybody else's.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "stage/applicant.h"

namespace hanjari::web::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class OwnApplication : public Applicants {
 protected:
  std::string page_of(const std::string& address) { return std::string(browser.get(address).content()); }
  Response pay(const std::string& address, const std::string& outcome) {
    const Response begun = browser.post(address + "/payment", address + "/payment", {});
    const std::string provider(begun.header("Location"));
    const std::string page(browser.get(provider).header("Location"));
    return browser.post(page, page, {{"outcome", outcome}});
  }
  // The person's seat in the live plan: that of applicant A1 of the small exam.
  void seat_person(const std::string& address) {
    const ApplicationId id(address.substr(address.rfind('/') + 1));
    office.plans.live.front().exam.applicants.front().id = ApplicantId(id.text());
  }
};

TEST_F(OwnApplication, IsPaidAtTheProviderAndSaysSo) {
  const std::string address = apply();
  EXPECT_THAT(page_of(address + "/payment"), HasSubstr("결제할 수수료가 있습니다"));
  const Response back = pay(address, "success");
  EXPECT_EQ(back.header("Location"), address + "/payment");
  EXPECT_THAT(page_of(address + "/payment"), HasSubstr("수수료 결제가 확인되었습니다"));
  EXPECT_THAT(page_of(address), Not(HasSubstr("수수료 5,000원을 결제하십시오")));
}

// Red while the fee of a submitted application could not be paid once its notice was taken off the portal.
TEST_F(OwnApplication, IsPaidWhileItsNoticeIsRetracted) {
  const std::string address = apply();
  auto& recruitments = office.applying.recruitments;
  const auto stored = recruitments.find_recruitment(ExamCode("seoul-2021-1"));
  recruitments.save_recruitment(stored->notice, services::RecruitmentState::prepared, stored->version, {});
  EXPECT_EQ(browser.get("/ko/notices/seoul-2021-1").status, 404);
  EXPECT_THAT(page_of(address + "/payment"), HasSubstr("결제할 수수료가 있습니다"));
  EXPECT_EQ(pay(address, "success").header("Location"), address + "/payment");
  EXPECT_THAT(page_of(address + "/payment"), HasSubstr("수수료 결제가 확인되었습니다"));
  EXPECT_EQ(browser.get("/api/v1/applications/" + address.substr(address.rfind('/') + 1)).status, 200);
}

// Red while whoever still had to show who they are was told that all was received, and waited for a fee of nothing.
TEST_F(OwnApplication, ThatWaitsForAProofOfIdentityIsNeitherReceivedNorUnpaid) {
  const std::string address = apply();
  Application& application = office.applying.applications.applications.begin()->second;
  application.fee = 0;
  const std::string waiting = page_of(address + "?done=submitted");
  EXPECT_THAT(waiting, HasSubstr("원서를 제출했습니다. 본인 확인이 되어야"));
  EXPECT_THAT(waiting, HasSubstr("제출 완료(본인 확인 필요)"));
  EXPECT_THAT(waiting, Not(HasSubstr("접수증을 보관하십시오")));
  EXPECT_THAT(waiting, Not(HasSubstr("미결제")));
  application.state = ApplicationState::paid;
  application.paid_at = office.clock.now();
  EXPECT_THAT(page_of(address), Not(HasSubstr("결제 일시"))) << "nothing was paid where nothing is due";
}

// Red while the page of the withdrawal and the interface told nothing of a change that was begun and does not count.
TEST_F(OwnApplication, SaysABegunChangeWhereItIsWithdrawnAndByTheInterface) {
  const auto listed = [&] { return nlohmann::json::parse(browser.get("/api/v1/applications").body); };
  save("unit", {{"unit", "101"}});
  EXPECT_EQ(listed().at("begun").at(0).at("exam"), "seoul-2021-1") << "a form that was never submitted";
  const std::string address = apply();
  const std::string own = "/api/v1/applications/" + address.substr(address.rfind('/') + 1);
  EXPECT_TRUE(listed().at("begun").empty());
  EXPECT_FALSE(listed().at("applications").at(0).at("unsent_changes").get<bool>());
  EXPECT_THAT(page_of(address + "/withdraw"), Not(HasSubstr("/apply/seoul-2021-1/review")));
  browser.get(notice_page);
  browser.get("/ko/apply/seoul-2021-1");
  auto fields = person_fields();
  fields["address"] = "서울특별시 종로구 새로운길 2";
  save("person", fields);
  EXPECT_TRUE(listed().at("applications").at(0).at("unsent_changes").get<bool>());
  EXPECT_TRUE(nlohmann::json::parse(browser.get(own).body).at("unsent_changes").get<bool>());
  EXPECT_THAT(page_of(address + "/withdraw"), HasSubstr("/apply/seoul-2021-1/review"));
}

// Red while a form that nobody can submit any more was told as begun by one of the two addresses.
TEST_F(OwnApplication, SaysByBothAddressesWhatCanStillBeSubmitted) {
  const auto begun = [&] { return nlohmann::json::parse(browser.get("/api/v1/applications").body).at("begun"); };
  const auto unsent = [&] { return nlohmann::json::parse(browser.get("/api/v1/own-unsent").content()).at("unsent"); };
  EXPECT_TRUE(begun().empty());
  EXPECT_TRUE(unsent().empty());
  save("unit", {{"unit", "101"}});
  ASSERT_EQ(begun().size(), 1U);
  ASSERT_EQ(unsent().size(), 1U);
  EXPECT_EQ(begun().at(0).at("exam"), unsent().at(0).at("exam_code"));
  auto& recruitments = office.applying.recruitments;
  const auto stored = recruitments.find_recruitment(ExamCode("seoul-2021-1"));
  recruitments.save_recruitment(stored->notice, services::RecruitmentState::closed, stored->version, {});
  EXPECT_TRUE(begun().empty());
  EXPECT_TRUE(unsent().empty());
  EXPECT_THAT(page_of("/ko/my"), HasSubstr("마감 전에 제출하지 않아 접수되지 않았습니다")) << "which the own list goes on to say";
}

// Red while the interface passed over what a form does not hold, and kept a unit in full width that no notice has.
TEST_F(OwnApplication, FormsByTheInterfaceAreReadWholeOrRefused) {
  int calls = 0;
  const auto send = [&](const std::string& form) {
    Request request;
    request.method = Method::post;
    request.path = "/api/v1/recruitments/seoul-2021-1/drafts";
    request.headers.set("content-type", "application/json");
    request.headers.set("idempotency-key", "key-" + std::to_string(++calls));
    request.body = R"({"form":)" + form + "}";
    return browser.send(request);
  };
  const Response kept = send(R"({"unit":"１０１"})");
  EXPECT_EQ(kept.status, 200) << kept.body;
  const auto form = nlohmann::json::parse(kept.body).at("form");
  EXPECT_EQ(form.at("unit"), "101");
  EXPECT_EQ(send(form.dump()).status, 200) << "an answer is taken back as it came";
  for (const char* unknown : {R"({"accommodation":"wheelchair"})", R"({"keep_apart":"x"})", R"({"identity":"950314-2000000"})",
                              R"({"accommodations":[{"item":"wheelchair","why":"x"}]})", R"({"bonuses":[{"kind":"licence_5","prof":"1"}]})"}) {
    const Response refused = send(unknown);
    EXPECT_EQ(refused.status, 422) << unknown;
    EXPECT_THAT(refused.body, HasSubstr("unknown_member")) << unknown;
  }
}

TEST_F(OwnApplication, CanBePaidAgainAfterAFailureAndIsChargedOnceWhenToldTwice) {
  const std::string address = apply();
  pay(address, "failure");
  EXPECT_THAT(page_of(address + "/payment"), HasSubstr("결제되지 않았습니다"));
  pay(address, "double_notice");
  EXPECT_THAT(page_of(address + "/payment"), HasSubstr("결제되었습니다"));
  int paid = 0;
  for (const auto& [id, payment] : office.applying.payments.payments)
    paid += payment.state == services::PaymentState::paid ? 1 : 0;
  EXPECT_EQ(paid, 1);
}

// Red while a browser without a session opened the test provider's page by its address, and decided on the fee.
TEST_F(OwnApplication, IsPaidAtTheTestProviderByNobodyElse) {
  const std::string address = apply();
  const std::string provider(browser.post(address + "/payment", address + "/payment", {}).header("Location"));
  const std::string page(browser.get(provider).header("Location"));
  ASSERT_EQ(browser.get(page).status, 200);
  Browser stranger(running, Listener::portal);
  EXPECT_EQ(stranger.get(page).status, 303);
  EXPECT_THAT(std::string(stranger.get(page).header("Location")), HasSubstr("/sign-in"));
  stranger.set_cookie("hanjari_applicant", office.sign_in_applicant("somebody else"));
  EXPECT_EQ(stranger.get(page).status, 404);
  EXPECT_EQ(stranger.post("/ko/my", page, {{"outcome", "failure"}}).status, 404);
  EXPECT_EQ(office.applying.payments.payments.begin()->second.state, services::PaymentState::begun);
  EXPECT_EQ(browser.post(page, page, {{"outcome", "success"}}).status, 303);
  EXPECT_EQ(office.applying.payments.payments.begin()->second.state, services::PaymentState::paid);
}

TEST_F(OwnApplication, NeverClaimsAPaymentThatIsNotKnown) {
  const std::string address = apply();
  pay(address, "lost_notice");
  EXPECT_THAT(page_of(address + "/payment"), HasSubstr("결제 결과를 확인하고 있습니다"));
  office.applying.intake.paying.reconcile_payments(10);
  EXPECT_THAT(page_of(address + "/payment"), HasSubstr("결제되었습니다"));
}

TEST_F(OwnApplication, IsWithdrawnOnlyAfterASecondThought) {
  const std::string address = apply();
  const Response unsure = browser.post(address + "/withdraw", address + "/withdraw", {{"reason", "이사"}});
  EXPECT_EQ(unsure.status, 422);
  EXPECT_EQ(browser.post(address + "/withdraw", address + "/withdraw", {{"sure", "yes"}}).header("Location"),
            address + "?done=withdrawn");
  EXPECT_THAT(page_of(address), HasSubstr("다시 지원할 수 있습니다"));
  EXPECT_THAT(page_of(address + "/withdraw"), HasSubstr("취소 기한이 지났거나"));
}

// Red while only submissions kept their moment: who withdrew in time lost the fee because the database was away.
TEST_F(OwnApplication, IsWithdrawnInTimeAlsoWhenTheDatabaseComesBackAfterTheDeadline) {
  const std::string address = apply();
  office.clock.set(hanjari::tests::at("2021-03-10T17:59:58+09:00"));
  office.applying.applications.broken = true;
  const Response away = browser.post(address, address + "/withdraw", {{"sure", "yes"}, {"reason", "이사"}});
  EXPECT_EQ(away.status, 503);
  EXPECT_FALSE(away.header("Retry-After").empty());
  EXPECT_THAT(away.body, HasSubstr("처음 누른 시각을 기준으로"));
  EXPECT_THAT(away.body, HasSubstr("17:59:58"));
  const std::string ticket = hidden_in(away.body, "ticket");
  office.applying.applications.broken = false;
  office.clock.set(hanjari::tests::at("2021-03-10T18:00:05+09:00"));
  const auto send = [&](const std::string& with) {
    return browser.post(address, address + "/withdraw", {{"sure", "yes"}, {"reason", "이사"}, {"ticket", with}}).status;
  };
  EXPECT_EQ(send(""), 409) << "without the ticket it is too late";
  EXPECT_EQ(send("0" + ticket.substr(1)), 409) << "a made-up moment";
  EXPECT_EQ(send(ticket), 303);
  EXPECT_EQ(office.applying.applications.applications.begin()->second.state, ApplicationState::withdrawn);
}

// Red while only submissions and withdrawals kept their moment.
TEST_F(OwnApplication, TakesAHealthReportOfItsHourAlsoWhenTheDatabaseComesBackAfterIt) {
  const std::string address = apply();
  pay(address, "success");
  office.clock.set(hanjari::tests::at("2021-06-04T17:59:58+09:00"));
  std::map<std::string, std::string> fields{{"status", "confirmed"}, {"since", "20210602"}, {"note", "생활치료센터"}};
  office.applying.self_reports.broken = true;
  const Response away = browser.post(address, address + "/report", fields);
  EXPECT_EQ(away.status, 503);
  EXPECT_FALSE(away.header("Retry-After").empty());
  EXPECT_THAT(away.body, HasSubstr("처음 누른 시각을 기준으로"));
  EXPECT_THAT(away.body, HasSubstr("17:59:58"));
  EXPECT_EQ(hidden_in(away.body, "status"), "confirmed");
  EXPECT_EQ(hidden_in(away.body, "note"), "생활치료센터");
  Request called;
  called.method = Method::post;
  called.path = "/api/v1/applications/" + address.substr(address.rfind('/') + 1) + "/self-reports";
  called.headers.set("content-type", "application/json");
  called.body = R"({"status":"confirmed","since":"2021-06-02"})";
  const Response by_program = browser.send(called);
  EXPECT_EQ(by_program.status, 503);
  EXPECT_THAT(std::string(by_program.content()), HasSubstr("\"ticket\""));
  office.applying.self_reports.broken = false;
  office.clock.set(hanjari::tests::at("2021-06-04T18:30:00+09:00"));
  EXPECT_EQ(browser.post(address, address + "/report", fields).status, 422) << "without the ticket it is too late";
  EXPECT_TRUE(office.applying.self_reports.reports.empty());
  fields["ticket"] = hidden_in(away.body, "ticket");
  EXPECT_EQ(browser.post(address, address + "/report", fields).header("Location"), address + "?done=reported");
  ASSERT_EQ(office.applying.self_reports.reports.size(), 1U);
  EXPECT_EQ(office.applying.self_reports.reports.begin()->second.reported_at, hanjari::tests::at("2021-06-04T17:59:58+09:00"));
}

TEST_F(OwnApplication, IsEditedByTheSameSteps) {
  const std::string address = apply();
  EXPECT_THAT(page_of(address), HasSubstr(">수정</a>"));
  EXPECT_THAT(page_of(step("person")), HasSubstr("제출한 원서를 수정하고 있습니다"));
  auto fields = person_fields();
  fields["phone"] = "010-9999-0000";
  save("person", fields);
  const std::string review = page_of(step("review"));
  EXPECT_EQ(submit(review).header("Location"), address + "?done=submitted");
  EXPECT_THAT(page_of(address), HasSubstr("010-9999-0000"));
  EXPECT_THAT(page_of(address), HasSubstr("내용 수정"));
  EXPECT_EQ(office.applying.applications.applications.size(), 1U);
}

TEST_F(OwnApplication, KeepsWhatWasSubmittedWhenAChangeIsGivenUp) {
  const std::string address = apply();
  auto fields = person_fields();
  fields["phone"] = "010-9999-0000";
  save("person", fields);
  const std::string discard = "/ko/apply/seoul-2021-1/discard";
  EXPECT_THAT(page_of(address), HasSubstr(discard));
  EXPECT_THAT(page_of("/ko/my"), HasSubstr(discard));
  const auto action_of = [&] {
    const std::string page = page_of(discard);
    const std::size_t begin = page.find("action=\"" + discard) + 8;
    return page.substr(begin, page.find('"', begin) - begin);
  };
  const std::string seen = action_of();
  EXPECT_EQ(browser.post(discard, seen, {}).status, 422) << "only after a second thought";
  fields["phone"] = "010-9999-1111";
  save("person", fields);
  EXPECT_EQ(browser.post(discard, seen, {{"sure", "yes"}}).status, 409) << "saved elsewhere meanwhile";
  EXPECT_EQ(browser.post(discard, action_of(), {{"sure", "yes"}}).header("Location"), "/ko/my?done=discarded");
  EXPECT_THAT(page_of("/ko/my?done=discarded"), HasSubstr("작성 중인 내용을 삭제하였습니다"));
  EXPECT_THAT(page_of("/ko/my"), Not(HasSubstr(discard)));
  EXPECT_THAT(page_of(address), Not(HasSubstr("010-9999")));
  EXPECT_THAT(page_of(discard), HasSubstr("작성 중인 내용이 없습니다"));
}

// Red while a begun change was said on two pages only: not where one withdraws, on kept pages, or by the API.
TEST_F(OwnApplication, SaysEverywhereThatAChangeWasBegun) {
  const std::string address = apply();
  const auto unsent = [&] { return nlohmann::json::parse(browser.get("/api/v1/own-unsent").content())["unsent"]; };
  const auto flag = [&] {
    return nlohmann::json::parse(browser.get("/api/v1/applications").content())["applications"][0]["unsent_changes"];
  };
  EXPECT_TRUE(unsent().empty());
  EXPECT_EQ(flag(), false);
  EXPECT_THAT(page_of(address + "/withdraw"), Not(HasSubstr("아직 제출하지 않았습니다")));
  auto fields = person_fields();
  fields["phone"] = "010-9999-0000";
  save("person", fields);
  ASSERT_EQ(unsent().size(), 1U);
  EXPECT_EQ(unsent()[0]["exam_code"], "seoul-2021-1");
  EXPECT_EQ(unsent()[0]["address"], "/ko/apply/seoul-2021-1/review");
  EXPECT_EQ(flag(), true);
  EXPECT_THAT(page_of(address + "/withdraw"), HasSubstr("수정한 내용을 아직 제출하지 않았습니다"));
  Browser stranger(running, Listener::portal);
  EXPECT_TRUE(nlohmann::json::parse(stranger.get("/api/v1/own-unsent").content())["unsent"].empty());
}

// Red while the receipt was a text of codes alone.
TEST_F(OwnApplication, HasItsReceiptAsPaperInBothLanguagesBesideTheSignedText) {
  const std::string address = apply();
  EXPECT_THAT(page_of(address), HasSubstr(address + "/receipt/paper"));
  for (const std::string& where : {address, "/en" + address.substr(3)}) {
    const Response paper = browser.get(where + "/receipt/paper");
    EXPECT_EQ(paper.type, "application/pdf");
    EXPECT_THAT(paper.body, ::testing::StartsWith("%PDF-"));
  }
  EXPECT_THAT(browser.get(address + "/receipt").body, HasSubstr("signature: "));
}

TEST_F(OwnApplication, IsNobodyElses) {
  const std::string address = apply();
  for (const char* place : {"", "/receipt", "/receipt/paper", "/withdraw", "/payment", "/seat", "/wallet", "/report"})
    EXPECT_EQ(other.get(address + place).status, 404) << place;
  for (const char* place : {"/withdraw", "/payment", "/slip", "/report"})
    EXPECT_EQ(other.post("/ko/my", address + place, {{"sure", "yes"}}).status, 404) << place;
  const std::string status = page_of(address);
  const std::string photo = between(status, "<img class=\"portrait\" src=\"", "\"");
  EXPECT_EQ(browser.get(photo).status, 200);
  EXPECT_EQ(other.get(photo).status, 404);
}

TEST_F(OwnApplication, ShowsTheSeatWithItsWayAndGivesTheSlip) {
  const std::string address = apply();
  EXPECT_EQ(browser.get(address + "/seat").status, 404);
  pay(address, "success");
  seat_person(address);
  const std::string seat = page_of(address + "/seat");
  for (const char* expected :
       {"경복고등학교", "거주지에서의 거리", "1.2km", "class=\"venue-map\"", "room-desk-own", ">거주지<"})
    EXPECT_THAT(seat, HasSubstr(expected));
  EXPECT_THAT(seat, Not(HasSubstr("좌석이 변경되었습니다")));
  const Response slip = browser.post(address + "/seat", address + "/slip", {});
  EXPECT_EQ(slip.type, "application/pdf");
  EXPECT_THAT(slip.body, HasSubstr("/DCTDecode")) << "the photo is on it";
  EXPECT_THAT(page_of(address + "/wallet"), HasSubstr("01000001"));
}

// Red while the seat page went on saying the day that the notice had given before.
TEST_F(OwnApplication, ShowsTheDayOfTheNoticeWhereTheSeatIsOfAnotherOne) {
  const std::string address = apply();
  pay(address, "success");
  seat_person(address);
  office.plans.live.front().exam.units.front().code = UnitCode("101");  // the unit of the form
  EXPECT_THAT(page_of(address + "/seat"), Not(HasSubstr("시험에 배정된 것")));
  const auto stored = office.applying.recruitments.find_recruitment(ExamCode("seoul-2021-1"));
  Recruitment moved = stored->notice;
  moved.header.exam_on.days += 7;
  moved.calendars[0].exam_on = moved.header.exam_on;
  office.applying.recruitments.save_recruitment(moved, stored->state, stored->version, {});
  const std::string seat = page_of(address + "/seat");
  EXPECT_THAT(seat, HasSubstr("시험일이 2021년 6월 12일"));
  EXPECT_THAT(seat, Not(HasSubstr("slip-form")));
  EXPECT_EQ(browser.post(address + "/withdraw", address + "/slip", {}).status, 409);
  EXPECT_EQ(browser.get(address + "/wallet").status, 409);
}

// Red while the wallet slip had no code, and no line to fold it at.
TEST_F(OwnApplication, FoldsTheWalletSlipAndHasACodeOnlyWhereThereIsAnAddressToCheckAt) {
  const std::string address = apply();
  pay(address, "success");
  seat_person(address);
  const std::string without = page_of(address + "/wallet");
  EXPECT_THAT(without, HasSubstr("접는 선"));
  for (const char* word : {"QR", "class=\"qr\"", "응시표 최신 여부 확인"}) EXPECT_THAT(without, Not(HasSubstr(word))) << word;
  const std::string with = browser.get(address + "/wallet", {{"host", "127.0.0.1:8080"}}).body;
  for (const char* word : {"접는 선", "class=\"qr\"", "응시표 최신 여부 확인"}) EXPECT_THAT(with, HasSubstr(word));
  EXPECT_THAT(browser.get(address + "/wallet", {{"host", "evil.example"}}).body, Not(HasSubstr("class=\"qr\"")));
}

TEST_F(OwnApplication, TellsWhatChangedUntilTheNewSeatWasOpenedAndKeepsItBesideTheSeat) {
  const std::string address = apply();
  pay(address, "success");
  seat_person(address);
  page_of(address + "/seat");
  Placement& placement = office.plans.live.front().plan.placements.front();
  placement.venue = VenueIndex(std::size_t{1});
  placement.room = RoomIndex(std::size_t{2});
  placement.seat_no = 7;
  EXPECT_THAT(page_of(address), HasSubstr("좌석이 변경되었습니다"));
  EXPECT_THAT(page_of(address), HasSubstr("좌석이 변경되었습니다"));
  const std::string seat = page_of(address + "/seat");
  EXPECT_THAT(seat, HasSubstr("좌석이 변경되었습니다"));
  EXPECT_THAT(seat, HasSubstr("경복고등학교"));
  EXPECT_THAT(seat, HasSubstr("성동고등학교"));
  EXPECT_THAT(page_of(address), Not(HasSubstr("좌석이 변경되었습니다")));
}

TEST_F(OwnApplication, TakesAHealthReportUntilItsHourAndShowsWhatBecameOfIt) {
  const std::string address = apply();
  pay(address, "success");
  EXPECT_THAT(page_of(address + "/report"), HasSubstr("지금은 신고 기간이 아닙니다"));
  office.clock.set(hanjari::tests::at("2021-06-04T17:59:00+09:00"));
  const auto send = [&](const std::map<std::string, std::string>& fields) {
    return browser.post(address + "/report", address + "/report", fields);
  };
  EXPECT_EQ(send({{"note", "x"}}).status, 422);
  // Red while a day to come was called unreadable.
  EXPECT_THAT(send({{"status", "confirmed"}, {"since", "20210605"}}).body, HasSubstr("오늘보다 늦은 날짜입니다"));
  EXPECT_EQ(send({{"status", "confirmed"}, {"since", "20210602"}, {"note", "생활치료센터"}}).header("Location"),
            address + "?done=reported");
  EXPECT_THAT(page_of(address + "/report"), HasSubstr("이미 신고하셨으며"));
  auto& report = office.applying.self_reports.reports.begin()->second;
  report.decision = services::ReportDecision::isolation;
  report.reason = "별도시험장에서 응시하십시오.";
  report.new_place = "V9/1/3";
  const std::string page = page_of(address);
  EXPECT_THAT(page, HasSubstr("별도시험장에서 응시하십시오."));
  EXPECT_THAT(page, HasSubstr("시험실 1, 좌석 3"));
  // Red while a seat by an earlier decision was shown although all seats of the exam were withdrawn.
  office.plans.withdrawn = office.plans.list_live_exams();
  office.plans.live.clear();
  const std::string withdrawn = page_of(address);
  EXPECT_THAT(withdrawn, HasSubstr("별도시험장에서 응시하십시오."));
  EXPECT_THAT(withdrawn, Not(HasSubstr("시험실 1, 좌석 3")));
  EXPECT_THAT(withdrawn, HasSubstr("이전에 안내받은 좌석은 사용하지 마십시오"));
  EXPECT_THAT(withdrawn, Not(HasSubstr("취소 기한이 지난 뒤 배정됩니다")));
  EXPECT_EQ(browser.get(address + "/seat").status, 409);
}

TEST_F(OwnApplication, ShowsEveryAccommodationWithItsDecision) {
  save("unit", {{"unit", "101"}});
  save("person", person_fields());
  send_photo();
  browser.post_files(step("support"), step("support"),
                     {{"version", version()}, {"item-3", "yes"}, {"item-3-reason", "저시력"}, {"consent_sensitive", "yes"}},
                     {{"item-3-document", "a.pdf", "%PDF-1.4"}});
  const std::string done(submit(page_of(step("review"))).header("Location"));
  const std::string address = done.substr(0, done.find('?'));
  EXPECT_THAT(page_of(address), HasSubstr("심사"));
  auto& application = office.applying.applications.applications.begin()->second;
  application.decisions.push_back({"large_print", ItemDecision::refused, "서류의 날짜가 지났습니다.", {}, "officer"});
  EXPECT_THAT(page_of(address), HasSubstr("서류의 날짜가 지났습니다."));
}

}  // namespace
}  // namespace hanjari::web::testing
