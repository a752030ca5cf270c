// What officers do with applications: permissions, corrections with their receipts, one decision for many, forecasts.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "hanjari/jobs/job_kinds.h"
#include "stage/applying.h"
#include "stage/memory_jobs.h"

namespace hanjari::tests {
namespace {

using services::Actor;
using services::HourCurve;
using services::Role;

class OfficeTableUseCases : public Applying {
 protected:
  Application& add(const std::string& id, const std::vector<std::string>& items = {}) {
    Application& application = office.applications.applications[ApplicationId(id)];
    application.id = ApplicationId(id);
    application.exam = exam;
    application.account = "p-" + id;
    application.state = ApplicationState::paid;
    application.form = sample_form();
    application.submitted_at = clock.now();
    for (const std::string& item : items) application.form.accommodations.push_back({item, "", {}});
    return application;
  }
  services::Change change() const { return {"officer", "reason", clock.now()}; }
  services::OfficeTable& table() { return office.intake.table; }

  MemoryIntake& office = parts;
  const Actor auditor{"auditor", Role::auditor, {}};
  const Actor coordinator{"jongno", Role::district_coordinator, {}};
};

TEST_F(OfficeTableUseCases, ShowsAuditorsRowsWithoutPeopleAndOthersNothing) {
  add("A-1");
  services::TableWish wish;
  wish.exam = exam;
  const auto open = table().look_through(auditor, wish, false);
  ASSERT_EQ(open.page.rows.size(), 1U);
  EXPECT_TRUE(open.page.rows.front().application.form.name.empty());
  EXPECT_TRUE(open.page.rows.front().application.account.empty());
  EXPECT_EQ(open.page.rows.front().application.form.unit, UnitCode("101"));
  EXPECT_EQ(table().look_through(officer, wish, true).page.rows.front().application.form.name, "김하늘");
  EXPECT_THROW(table().look_through(auditor, wish, true), NotAllowed);
  EXPECT_THROW(table().look_through(coordinator, wish, false), NotAllowed);
  EXPECT_THROW(table().open_person(auditor, exam, ApplicationId("A-1")), NotAllowed);
  EXPECT_THROW(table().count_figures(coordinator, exam, {}), NotAllowed);
  EXPECT_NO_THROW(table().count_figures(auditor, exam, {}));
}

// A list of those who wait for an accommodation says of each that they do, whatever its columns. Red when only lists with personal
// columns are recorded with everybody on them.
TEST_F(OfficeTableUseCases, RecordsWhoWasFoundByWhatIsKnownOfThem) {
  add("A-1", {"wheelchair"});
  services::TableWish wish;
  wish.exam = exam;
  table().look_through(officer, wish, false);
  EXPECT_EQ(accesses.lines.back().find("A-1"), std::string::npos);
  wish.filter.accommodation = services::AccommodationStage::waiting;
  table().look_through(officer, wish, false);
  EXPECT_NE(accesses.lines.back().find("A-1"), std::string::npos);
}

// An application of one recruitment is not reached through another's address.
TEST_F(OfficeTableUseCases, KnowsNoApplicationOfAnotherRecruitment) {
  add("A-1").exam = ExamCode("other-1");
  EXPECT_THROW(table().open_person(officer, exam, ApplicationId("A-1")), NotFound);
  EXPECT_THROW(table().correct(officer, exam, ApplicationId("A-1"), 1, sample_form(), "정정", change()), NotFound);
}

TEST_F(OfficeTableUseCases, CorrectsInANewVersionWhoseReceiptSaysSo) {
  add("A-1");
  ApplicationForm wanted = sample_form();
  wanted.name = "김한울";
  wanted.unit = UnitCode("102");  // nobody's to correct
  const Application after = table().correct(officer, exam, ApplicationId("A-1"), 1, wanted, "성명 오기", change());
  EXPECT_EQ(after.version, 2);
  EXPECT_EQ(after.form.name, "김한울");
  EXPECT_EQ(after.form.unit, UnitCode("101"));
  ASSERT_EQ(office.table.sent.size(), 1U) << "one message";
  const std::string receipt = office.applications.receipts.at(ApplicationId("A-1"));
  EXPECT_NE(office.table.sent.front().body.find("성명 오기"), std::string::npos);
  EXPECT_NE(office.table.sent.front().body.find(receipt), std::string::npos);
  const auto facts = services::verify_receipt(receipt, office.signer.public_key());
  ASSERT_TRUE(facts.has_value());
  EXPECT_EQ(facts->version, 2);
  EXPECT_EQ(facts->corrected_by, "exam_officer");
  EXPECT_EQ(facts->form_digest, services::digest_form(after.form));
  std::string forged = receipt;
  forged.replace(forged.find("exam_officer"), 12, "exam_offices");
  EXPECT_FALSE(services::verify_receipt(forged, office.signer.public_key()).has_value());
  // A receipt of an applicant's own version has no such line.
  EXPECT_EQ(office.signer.sign({exam, ApplicationId("A-1"), 1, UnitCode("101"), "d", 0, clock.now()})
                .find("corrected_by"),
            std::string::npos);
}

TEST_F(OfficeTableUseCases, CorrectsNothingWithoutReasonOrChangeNorIntoAFault) {
  add("A-1");
  ApplicationForm wanted = sample_form();
  const auto correct = [&](std::int64_t version, const std::string& told) {
    table().correct(officer, exam, ApplicationId("A-1"), version, wanted, told, change());
  };
  EXPECT_THROW(correct(1, "이유"), InvalidInput) << "nothing changes";
  wanted.name = "김한울";
  EXPECT_THROW(correct(1, " \n"), InvalidInput);
  EXPECT_THROW(correct(7, "이유"), Conflict);
  wanted.name = "";
  EXPECT_THROW(correct(1, "이유"), services::FormIncomplete);
  EXPECT_EQ(office.applications.applications.at(ApplicationId("A-1")).version, 1);
  EXPECT_TRUE(office.table.sent.empty());
}

// A list that somebody looked at, and a decision for whoever would be on it later: other systems decided for people whom
// nobody had seen.
TEST_F(OfficeTableUseCases, DecidesForExactlyThePeopleWhoWereShown) {
  add("A-1", {"large_print"});
  add("A-2", {"large_print", "wheelchair"});
  add("A-3", {"wheelchair"});
  const auto shown = table().list_concerned(officer, exam, "large_print", {});
  EXPECT_EQ(shown.people.size(), 2U);
  // As many as before, but another one.
  office.applications.applications.at(ApplicationId("A-1")).state = ApplicationState::withdrawn;
  add("A-4", {"large_print"});
  EXPECT_EQ(table().list_concerned(officer, exam, "large_print", {}).people.size(), 2U);
  EXPECT_THROW(table().decide_many(officer, exam, "large_print", {}, ItemDecision::granted, "", shown.digest, change()),
               Conflict);
  const auto again = table().list_concerned(officer, exam, "large_print", {});
  const auto done =
      table().decide_many(officer, exam, "large_print", {}, ItemDecision::granted, "", again.digest, change());
  EXPECT_EQ(done.decided, 2);
  EXPECT_TRUE(table().list_concerned(officer, exam, "large_print", {}).people.empty());
  EXPECT_EQ(table().list_concerned(officer, exam, "wheelchair", {}).people.size(), 2U) << "another item";
  EXPECT_TRUE(office.applications.applications.at(ApplicationId("A-1")).decisions.empty());
}

TEST_F(OfficeTableUseCases, RefusesManyOnlyWithAReason) {
  EXPECT_THROW(table().list_concerned(officer, exam, "gold", {}), InvalidInput);
  add("A-1", {"large_print"});
  const auto shown = table().list_concerned(officer, exam, "large_print", {});
  EXPECT_THROW(table().decide_many(officer, exam, "large_print", {}, ItemDecision::refused, "", shown.digest, change()),
               InvalidInput);
  EXPECT_TRUE(office.applications.applications.at(ApplicationId("A-1")).decisions.empty());
}

TEST_F(OfficeTableUseCases, GoesThroughWhoWaitsAndBeginsAgainBehindTheLast) {
  add("A-1", {"large_print"});
  add("A-2");
  add("A-3", {"wheelchair"});
  add("A-4", {"wheelchair"}).state = ApplicationState::withdrawn;
  const auto next = [&](const char* after) {
    const auto waiting = table().next_waiting(officer, exam, ApplicationId(after));
    return waiting.person ? waiting.person->application.id.text() : std::string("nobody");
  };
  // Red when what was withdrawn is counted: the page would say that somebody waits and show nobody.
  EXPECT_EQ(table().next_waiting(officer, exam, {}).waiting.people, 2);
  EXPECT_EQ(next(""), "A-1");
  EXPECT_EQ(next("A-1"), "A-3");
  EXPECT_EQ(next("A-3"), "A-1");
  table().ask_back(officer, exam, ApplicationId("A-1"), 1, "large_print", "서류를 더 보내 주십시오", change());
  EXPECT_EQ(next(""), "A-3");
  EXPECT_THROW(table().ask_back(officer, exam, ApplicationId("A-3"), 1, "large_print", "?", change()), Conflict);
  EXPECT_THROW(table().ask_back(officer, exam, ApplicationId("A-3"), 1, "wheelchair", " ", change()), InvalidInput);
  table().decide(officer, exam, ApplicationId("A-3"), 1, "wheelchair", ItemDecision::granted, "", change());
  EXPECT_EQ(next(""), "nobody");
}

// Red while one that did not open counted among those who wait and stood nowhere.
TEST_F(OfficeTableUseCases, NamesWhoWaitsAndDoesNotOpen) {
  add("A-1", {"large_print"}).legible = Legible::damaged;
  add("A-2", {"wheelchair"});
  add("A-3", {"wheelchair"}).legible = Legible::damaged;
  Application& withdrawn = add("A-4", {"wheelchair"});
  withdrawn.legible = Legible::damaged;
  withdrawn.state = ApplicationState::withdrawn;
  const auto ids = [](const std::vector<ApplicationId>& people) {
    std::string text;
    for (const ApplicationId& id : people) text += id.text() + " ";
    return text;
  };
  const auto first = table().next_waiting(officer, exam, {});
  EXPECT_EQ(first.waiting.people, 3);
  ASSERT_TRUE(first.person);
  EXPECT_EQ(first.person->application.id.text(), "A-2");
  EXPECT_EQ(ids(first.unreadable), "A-1 ");
  const auto concerned = table().list_concerned(officer, exam, "wheelchair", {});
  EXPECT_EQ(concerned.people.size(), 1U);
  EXPECT_EQ(ids(concerned.unreadable), "A-1 A-3 ");
  table().decide(officer, exam, ApplicationId("A-2"), 1, "wheelchair", ItemDecision::granted, "", change());
  for (const char* after : {"", "A-1", "A-3"}) {
    const auto rest = table().next_waiting(officer, exam, ApplicationId(after));
    EXPECT_FALSE(rest.person) << after;
    EXPECT_EQ(rest.waiting.people, 2) << after;
    EXPECT_EQ(rest.unreadable.size(), 2U) << after;
  }
}

TEST_F(OfficeTableUseCases, RefusesPlacesThatNoTableGave) {
  add("A-1");
  services::TableWish wish;
  wish.exam = exam;
  wish.after = services::TablePlace{"yesterday", ApplicationId("A-1")};
  EXPECT_THROW(table().look_through(officer, wish, false), InvalidInput);
  wish.after->value.reset();
  EXPECT_THROW(table().look_through(officer, wish, false), InvalidInput);
  wish.after = services::TablePlace{"1614643200000000", ApplicationId("원서")};
  EXPECT_THROW(table().look_through(officer, wish, false), InvalidInput) << "no number can be compared with it";
  EXPECT_THROW(table().open_person(officer, exam, ApplicationId("원서")), NotFound);
  EXPECT_THROW(table().list_refunds(officer, exam, services::PaymentState::refunding, "주문", 50), InvalidInput);
  wish.after = services::TablePlace{"1614643200000000", ApplicationId("A-1")};
  EXPECT_NO_THROW(table().look_through(officer, wish, false));
}

TEST_F(OfficeTableUseCases, OrdersWhatAnUpgradeLeftToBeIndexed) {
  MemoryJobs jobs;
  services::order_missing_keys(table(), jobs, change());
  EXPECT_TRUE(jobs.jobs.empty());
  office.table.unkeyed = 3;
  services::order_missing_keys(table(), jobs, change());
  services::order_missing_keys(table(), jobs, change());
  ASSERT_EQ(jobs.jobs.size(), 1U) << "one that waits is enough";
  EXPECT_EQ(jobs.jobs[0].order.kind, services::application_keys_job_kind);
  add("A-1");
  EXPECT_EQ(table().refresh(exam, no_progress()).applications, 1);
  EXPECT_TRUE(table().list_unkeyed().empty());
  EXPECT_EQ(office.table.traits.at(exam).counts.size(), 3U) << "sex, age and residence of one person";
}

// Red while people were as old as on the notice's own day, whatever day they sit their exam on.
TEST_F(OfficeTableUseCases, CountsAgesOnTheDayOnWhichEverybodySits) {
  add("A-1").form.birth_on = *parse_date("1996-08-01");  // 24 in June, 25 in October
  Application& october = add("A-2");
  october.form.birth_on = *parse_date("1996-08-01");
  october.form.unit = UnitCode("201");
  table().refresh(exam, no_progress());
  std::map<std::string, std::int64_t> ages;
  for (const services::TraitCount& count : office.table.traits.at(exam).counts) {
    if (count.kind == "age") ages[count.word] = count.people;
  }
  EXPECT_EQ(ages, (std::map<std::string, std::int64_t>{{"20-24", 1}, {"25-29", 1}}));
}

HourCurve office_curve(const std::vector<std::int64_t>& each_hour) {
  services::HourCounts counts;
  const auto hours = static_cast<std::int64_t>(each_hour.size());
  for (std::int64_t hour = 0; hour < hours; ++hour) counts[hour] = each_hour[static_cast<std::size_t>(hour)];
  return services::curve_of(counts, Instant(std::chrono::hours(hours)));
}

// Worked out apart, hour by hour.
TEST(OfficeForecast, IsTheShareOfLastYearAtTheSameHour) {
  const HourCurve last = office_curve(std::vector<std::int64_t>(100, 10));  // 1,000 in all, 10 an hour
  HourCurve now = office_curve(std::vector<std::int64_t>(60, 7));           // 60 hours, and it goes on
  // As if 40 hours were left.
  HourCurve shifted;
  for (const auto& [hour, people] : now.until) shifted.until[hour - 40] = people;
  shifted.total = now.total;
  const auto forecast = services::forecast_total(shifted, last, -41);
  ASSERT_TRUE(forecast.has_value());
  EXPECT_EQ(forecast->people, 700);  // 420 * 1,000 / 600
  EXPECT_EQ(forecast->most, 1'167);  // 420 * 1,000 / 360
  EXPECT_EQ(forecast->least, 500);   // 420 * 1,000 / 840
  EXPECT_FALSE(services::forecast_total(shifted, last, -1).has_value()) << "it is over";
  EXPECT_FALSE(services::forecast_total(shifted, HourCurve{}, -41).has_value()) << "nothing to compare with";
}

TEST(OfficeForecast, CurvesCountWhatCameUntilAnHour) {
  const HourCurve three = office_curve({5, 0, 2});
  EXPECT_EQ(three.total, 7);
  EXPECT_EQ(three.at(-4), 0);
  EXPECT_EQ(three.at(-3), 5);
  EXPECT_EQ(three.at(-2), 5);
  EXPECT_EQ(three.at(-1), 7);
  EXPECT_EQ(three.at(500), 7);
}

}  // namespace
}  // namespace hanjari::tests
