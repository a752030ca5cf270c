// The pages of applications in the office: what a view's address holds, and what is done with one person or with many.
#include <gmock/gmock.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "hanjari/domain/application_number.h"
#include "stage/applicant.h"

namespace hanjari::web::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class OfficeApplications : public Applicants {
 protected:
  OfficeApplications() {
    officer.set_cookie("hanjari_session", office.sign_in("officer", services::Role::exam_officer, ""));
    auditor.set_cookie("hanjari_session", office.sign_in("auditor", services::Role::auditor, ""));
  }
  Application& add(int number, const std::vector<std::string>& items = {}) {
    const ApplicationId id("A-" + std::to_string(1'000 + number));
    Application& application = office.applying.applications.applications[id];
    application.id = id;
    application.account = "p-sky";
    application.exam = ExamCode("seoul-2021-1");
    application.state = ApplicationState::paid;
    application.form = hanjari::tests::sample_form(number);
    // Many share a moment.
    application.submitted_at = hanjari::tests::at("2021-03-02T10:00:00+09:00") + std::chrono::seconds(number / 7);
    for (const std::string& item : items) application.form.accommodations.push_back({item, "이유", {}});
    return application;
  }
  static std::string next_of(const std::string& page) {
    return unescaped(between(page, "rel=\"next\" href=\"", "\""));
  }
  std::string body(Browser& reader, const std::string& address, int status = 200) {
    const Response response = reader.get(address);
    EXPECT_EQ(response.status, status) << address;
    return std::string(response.content());
  }

  const std::string here = "/ko/recruitments/seoul-2021-1";
  const std::string list = here + "/applications";
  Browser officer{running, Listener::office};
  Browser auditor{running, Listener::office};
};

// Red while an officer copied page after page into a spreadsheet.
TEST_F(OfficeApplications, GoOutAsAFileOfTheWholeView) {
  for (int number = 1; number <= 450; ++number) {
    Application& one = add(number);
    one.form.name = number == 8 ? "=1+1" : "김하늘";
    if (number % 3 == 0) one.state = ApplicationState::withdrawn;
  }
  const std::string view = "?state=paid&order=number&direction=rising&columns=chosen&c_name=yes&c_fee=yes";
  EXPECT_THAT(body(officer, list + view), HasSubstr("/application-table.xlsx?"));
  const std::size_t before = office.access.records.size();
  const std::string csv = body(officer, here + "/application-table.csv" + view);
  EXPECT_TRUE(csv.starts_with("\xEF\xBB\xBF"));
  EXPECT_EQ(std::count(csv.begin(), csv.end(), '\n'), 301) << "every page of the view, under one line of headings";
  EXPECT_THAT(csv, HasSubstr(",'=1+1,")) << "no cell is run";
  EXPECT_EQ(csv.find("withdrawn"), std::string::npos);
  std::set<std::string> whose;
  for (std::size_t at = before; at < office.access.records.size(); ++at)
    whose.insert(office.access.records[at].whose.begin(), office.access.records[at].whose.end());
  EXPECT_EQ(whose.size(), 300U) << "everybody in the file is recorded";
  const std::string cp949 = body(officer, here + "/application-table.csv" + view + "&encoding=cp949");
  EXPECT_EQ(std::count(cp949.begin(), cp949.end(), '\n'), 301);
  EXPECT_EQ(cp949.find("김하늘"), std::string::npos) << "in other bytes";
  EXPECT_TRUE(body(officer, here + "/application-table.xlsx" + view).starts_with("PK"));
  body(officer, here + "/application-table.pdf" + view, 404);
  body(officer, here + "/application-table.csv?encoding=latin", 422);
  // Auditors take what they may see.
  const std::string without = body(auditor, here + "/application-table.csv?columns=chosen&c_unit=yes&c_state=yes");
  EXPECT_EQ(without.find("김하늘"), std::string::npos);
  EXPECT_EQ(body(auditor, here + "/application-table.csv?columns=chosen&c_name=yes").find("김하늘"), std::string::npos);
}

// Filter, order and columns go along to the next page and into every link of a heading: in other systems a filter was
// lost on the way.
TEST_F(OfficeApplications, TheAddressHoldsTheWholeViewOnEveryPage) {
  for (int number = 1; number <= 120; ++number) add(number).state = number % 2 == 0 ? ApplicationState::paid : ApplicationState::submitted;
  std::string address = list + "?state=paid&unit=101&order=submitted&direction=rising&columns=chosen&c_phone=yes&c_submitted=yes";
  std::vector<std::string> seen;
  for (int pages = 0; pages < 5 && !address.empty(); ++pages) {
    const std::string page = body(officer, address);
    EXPECT_THAT(page, HasSubstr("aria-sort=\"ascending\""));
    EXPECT_THAT(page, HasSubstr("010-1234-5678"));
    EXPECT_THAT(page, Not(HasSubstr("1995-03-14"))) << "a column that was not chosen";
    for (int number = 1; number <= 120; ++number) {
      const std::string id = "A-" + std::to_string(1'000 + number);
      if (page.find(">" + id + "<") != std::string::npos) seen.push_back(id);
    }
    address = next_of(page);
  }
  EXPECT_EQ(seen.size(), 60U);
  EXPECT_EQ(std::set<std::string>(seen.begin(), seen.end()).size(), 60U);
}

// In other systems an unknown value of a filter was an internal error.
TEST_F(OfficeApplications, SaysEveryFilterThatIsNone) {
  for (const char* query : {"?state=gone", "?photo=maybe", "?order=%27", "?direction=up", "?accommodation=1",
                            "?name_key=%25", "?after=A-1&at=yesterday", "?order=unit&after=A-1&state=x&photo=7"}) {
    const int status = officer.get(list + query).status;
    EXPECT_THAT(status, ::testing::AnyOf(400, 422)) << query;
  }
  for (const char* query : {"?unit=none", "?district=none", "?suspected=yes", "?order=paid&after=A-1"})
    EXPECT_EQ(officer.get(list + query).status, 200) << query;
}

TEST_F(OfficeApplications, FindsANameWithoutNamingItInAnAddress) {
  add(1);
  add(2).form.name = "이바다";
  const Response found = officer.post(list, here + "/name-searches", {{"name", "이바다"}});
  ASSERT_EQ(found.status, 303);
  const std::string address(found.header("Location"));
  EXPECT_THAT(address, ::testing::MatchesRegex(".*name_key=[0-9a-f]*"));
  const std::string page = body(officer, address);
  EXPECT_THAT(page, HasSubstr("A-1002"));
  EXPECT_THAT(page, Not(HasSubstr("A-1001")));
  EXPECT_EQ(officer.post(list, here + "/name-searches", {{"name", " "}}).status, 422);
}

TEST_F(OfficeApplications, ShowsTheNumberAloneWhereNoColumnIsChosen) {
  add(1);
  const std::string page = body(officer, list + "?columns=chosen");
  EXPECT_THAT(page, HasSubstr("A-1001"));
  EXPECT_THAT(page, Not(HasSubstr("김하늘")));
}

TEST_F(OfficeApplications, ShowsAuditorsNothingOfAPerson) {
  add(1, {"wheelchair"});
  for (const std::string query : {"", "?columns=chosen&c_name=yes&c_accommodation=yes", "?name_key=00000000000000000000000000000000"}) {
    const std::string page = body(auditor, list + query);
    EXPECT_THAT(page, HasSubstr("A-1001")) << query;
    EXPECT_THAT(page, Not(HasSubstr("김하늘"))) << query;
    EXPECT_THAT(page, Not(HasSubstr("심사 대기"))) << query;
  }
  EXPECT_EQ(auditor.get(list + "/A-1001").status, 403);
  EXPECT_EQ(auditor.get("/api/v1/recruitments/seoul-2021-1/application-table?personal=yes").status, 403);
  body(auditor, here + "/figures");
}

TEST_F(OfficeApplications, ShowsEverythingOfAPersonAndTakesACorrection) {
  Application& application = add(1, {"large_print"});
  office.applying.applications.events[application.id] = {{1, application.submitted_at, "p-sky", "submitted", ""}};
  office.applying.table.told = {{"receipt", services::Channel::email, "sent", "", application.submitted_at, std::nullopt}};
  const std::string person = list + "/A-1001";
  std::string page = body(officer, person);
  for (const char* words : {"김하늘", "010-1234-5678", "접수증", "제출"}) EXPECT_THAT(page, HasSubstr(words));
  const std::string form = body(officer, person + "/correction");
  std::map<std::string, std::string> fields{{"version", hidden_in(form, "version")},
                                            {"name", "김한울"},
                                            {"phone", "010-1234-5678"},
                                            {"email", "sky@example.com"},
                                            {"address", "서울특별시 종로구 자하문로 1"},
                                            {"area", "11110-1"},
                                            {"told", ""}};
  EXPECT_EQ(officer.post(person + "/correction", person + "/correction", fields).status, 422) << "no reason";
  fields["told"] = "성명 오기";
  EXPECT_EQ(officer.post(person + "/correction", person + "/correction", fields).status, 303);
  EXPECT_THAT(body(officer, person), HasSubstr("김한울"));
  // Red when the words for the applicant were lost with the older version.
  fields["name"] = "김하나";
  fields["told"] = "정성껏 적은 사유";
  const Response stale = officer.post(person + "/correction", person + "/correction", fields);
  EXPECT_EQ(stale.status, 409) << "of the older version";
  EXPECT_THAT(stale.body, HasSubstr("정성껏 적은 사유"));
  EXPECT_THAT(stale.body, HasSubstr("성명: 김하나"));
  EXPECT_THAT(stale.body, HasSubstr("value=\"김한울\""));
  EXPECT_NE(hidden_in(stale.body, "version"), fields["version"]);
  EXPECT_EQ(office.applying.table.sent.size(), 1U);
}

// Red when lists showed the stored name of an application: people read another spelling out over the telephone.
TEST_F(OfficeApplications, ShowsTheNumberThatPeopleReadOut) {
  Application application = add(1, {"wheelchair"});
  office.applying.applications.applications.clear();
  application.id = ApplicationId("3f2a9c1b0d4e77c0");
  office.applying.applications.applications[application.id] = application;
  const std::string number = write_application_number(application.id);
  EXPECT_THAT(body(officer, list), HasSubstr(">" + number + "</a>"));
  const std::string work = body(officer, here + "/accommodations");
  EXPECT_THAT(work, HasSubstr(">" + number + "</a>"));
  EXPECT_THAT(work, HasSubstr("name=\"application\" value=\"3f2a9c1b0d4e77c0\""));
  EXPECT_THAT(body(officer, list + "/3f2a9c1b0d4e77c0/correction"), HasSubstr(">" + number + "</a>"));
  EXPECT_THAT(body(officer, list), HasSubstr("종로구(11110)"));
}

TEST_F(OfficeApplications, GoesThroughAccommodationsByPlainForms) {
  add(1, {"large_print", "wheelchair"});
  add(2, {"wheelchair"});
  const std::string work = here + "/accommodations";
  const std::string page = body(officer, work);
  for (const char* words : {"A-1001", "accesskey=\"a\"", "accesskey=\"r\"", "accesskey=\"q\"", "accesskey=\"n\""})
    EXPECT_THAT(page, HasSubstr(words));
  const auto answer = [&](const char* application, const char* version, const char* item, const char* word, const char* told) {
    return officer.post(work, work, {{"application", application}, {"version", version}, {"item", item}, {"answer", word}, {"told", told}});
  };
  EXPECT_EQ(answer("A-1001", "1", "large_print", "refused", "").status, 422) << "a refusal needs words";
  EXPECT_EQ(answer("A-1001", "1", "large_print", "granted", "").status, 303);
  EXPECT_EQ(answer("A-1001", "1", "wheelchair", "granted", "").status, 409) << "looked at before the last decision";
  EXPECT_THAT(body(officer, work), HasSubstr("A-1001")) << "another item of the same person";
  const Response asked = answer("A-1001", "2", "wheelchair", "question", "어떤 휠체어입니까?");
  EXPECT_EQ(asked.status, 303);
  EXPECT_THAT(body(officer, std::string(asked.header("Location"))), HasSubstr("A-1002"));
  EXPECT_EQ(answer("A-1002", "1", "wheelchair", "granted", "").status, 303);
  EXPECT_THAT(body(officer, work), HasSubstr("대기 중인 신청이 없습니다"));
}

TEST_F(OfficeApplications, NamesHowManyADecisionConcernsAndDecidesForThem) {
  for (int number = 1; number <= 3; ++number) add(number, {"large_print"});
  const std::string many = here + "/accommodation-decisions";
  const std::string shown = many + "?item=large_print&unit=";
  const std::string page = body(officer, shown);
  EXPECT_THAT(page, HasSubstr("3명"));
  const std::string digest = hidden_in(page, "digest");
  add(4, {"large_print"});
  const auto decide = [&](const std::string& people) {
    return officer.post(shown, many, {{"item", "large_print"}, {"unit", ""}, {"digest", people}, {"answer", "granted"}, {"told", ""}});
  };
  EXPECT_EQ(decide(digest).status, 409);
  EXPECT_EQ(decide(hidden_in(body(officer, shown), "digest")).status, 303);
  EXPECT_THAT(body(officer, shown), HasSubstr("이 항목을 기다리는 사람이 없습니다"));
}

TEST_F(OfficeApplications, CountsBesideAnEarlierRecruitmentAsPictureTableAndWorkbook) {
  auto earlier = hanjari::tests::sample_notice("seoul-2020-1");
  for (Calendar& calendar : earlier.calendars) {
    calendar.applications.opens -= std::chrono::hours(24 * 364);
    calendar.applications.closes -= std::chrono::hours(24 * 364);
  }
  office.applying.recruitments.save_recruitment(earlier, services::RecruitmentState::closed, 0, {});
  for (int number = 1; number <= 30; ++number) {
    add(number);
    Application& old = office.applying.applications.applications[ApplicationId("B-" + std::to_string(number))];
    old = add(number);
    old.id = ApplicationId("B-" + std::to_string(number));
    old.exam = ExamCode("seoul-2020-1");
    old.submitted_at -= std::chrono::hours(24 * 364);
  }
  const std::string page = body(officer, here + "/figures");
  for (const char* words : {"<svg", "seoul-2020-1", "<caption>", "stroke-dasharray"}) EXPECT_THAT(page, HasSubstr(words));
  const Response picture = officer.get(here + "/figures.svg");
  EXPECT_EQ(picture.type, "image/svg+xml");
  EXPECT_TRUE(picture.content().starts_with("<svg"));
  const Response workbook = officer.get(here + "/figures.xlsx");
  EXPECT_EQ(workbook.status, 200);
  EXPECT_TRUE(workbook.content().starts_with("PK"));
  EXPECT_EQ(officer.get(here + "/figures.exe").status, 404);
}

TEST_F(OfficeApplications, DecideOnAPaymentThatWasTakenBack) {
  Application& application = add(1);
  application.state = ApplicationState::paid;
  services::Payment payment;
  payment.id = "order-8";
  payment.application = application.id;
  payment.exam = application.exam;
  payment.amount = 5'000;
  payment.state = services::PaymentState::paid;
  payment.undecided = false;
  office.applying.payments.payments[payment.id] = payment;
  const std::string person = here + "/applications/" + application.id.text();
  EXPECT_THAT(body(officer, person), Not(HasSubstr("/payment-decisions")));
  EXPECT_THAT(body(officer, here + "/refunds?state=taken_back"), Not(HasSubstr("order-8")));
  office.applying.payments.note_taken_back(payment.id, {}, {});
  EXPECT_THAT(body(officer, here + "/refunds?state=taken_back"), HasSubstr("order-8"));
  EXPECT_THAT(body(officer, person), HasSubstr("/payment-decisions"));
  const auto decide = [&](const char* decision, const char* told) {
    return officer.post(person, person + "/payment-decisions", {{"decision", decision}, {"told", told}, {"reason", "call"}});
  };
  EXPECT_EQ(decide("keep", " ").status, 422) << "the applicant reads why";
  EXPECT_EQ(decide("other", "통화로 확인").status, 422);
  EXPECT_EQ(decide("keep", "통화로 확인").status, 303);
  EXPECT_FALSE(services::is_taken_back(office.applying.payments.payments.at("order-8")));
  EXPECT_EQ(decide("end", "통화로 확인").status, 409);
}

TEST_F(OfficeApplications, ListRefundsByTheirSteps) {
  const Application& application = add(1);
  services::Payment payment;
  payment.id = "order-7";
  payment.application = application.id;
  payment.exam = application.exam;
  payment.amount = 5'000;
  payment.state = services::PaymentState::refunding;
  office.applying.payments.payments[payment.id] = payment;
  EXPECT_THAT(body(officer, here + "/refunds"), HasSubstr("order-7"));
  EXPECT_THAT(body(officer, here + "/refunds?state=refunded"), Not(HasSubstr("order-7")));
}

}  // namespace
}  // namespace hanjari::web::testing
