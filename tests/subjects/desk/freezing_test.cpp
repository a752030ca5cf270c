// The list of an exam day becomes a stored exam: who is on it, whose schools it gets, and when it may not be frozen yet.
#include "hanjari/desk/freezing.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "hanjari/plans/import_job.h"
#include "hanjari/sample/sample.h"
#include "stage/applying.h"
#include "stage/memory_jobs.h"
#include "stage/venues/memory_venue_offers.h"

namespace hanjari::tests {
namespace {

// Last year's exam, and whatever is stored beside it.
class LastYearsExam : public NoExams {
 public:
  LastYearsExam() {
    sample::SampleRequest request;
    request.applicants = 40;
    request.venues = 2;
    request.units = 2;
    exam_ = sample::make_sample(request);
  }
  const Exam& last_year() const { return exam_; }
  services::ImportOutcome save_exam(const Exam& made, const Plan*, const services::Change&, Progress&) override {
    saved.push_back(made);
    return {};
  }
  std::optional<Exam> find_exam(const ExamCode& code, const std::string&) override {
    return code == exam_.header.code ? std::optional(exam_) : std::nullopt;
  }
  std::vector<ExamCode> list_exams() override { return {exam_.header.code}; }
  std::vector<services::StoredPopulation> list_populations(const ExamCode& code) override {
    if (code == exam_.header.code) return {{std::string(64, 'b'), 40, {}}};
    std::vector<services::StoredPopulation> stored;
    for (const Exam& one : saved) {
      if (one.header.code == code) stored.push_back({one.input_sha256, std::ssize(one.applicants), {}});
    }
    return stored;
  }

  std::vector<Exam> saved;

 private:
  Exam exam_;
};

class Freezing : public Applying {
 protected:
  services::FreezingNeeds needs() { return {intake, stored, &offers}; }
  services::Change by(const services::Actor& actor) { return {actor.account, "", clock.now()}; }
  services::FreezingWish wish(const char* exam_code, const ExamCode& venues, std::int64_t people) {
    return {exam, ExamCode(exam_code), venues, people};
  }
  services::Job order(const services::FreezingWish& wanted, const services::Actor& actor = officer) {
    return services::order_freezing(needs(), jobs, actor, wanted, by(actor));
  }
  std::string refusal(const services::FreezingWish& wanted, const services::Actor& actor = officer) {
    return code_thrown([&] { order(wanted, actor); });
  }
  services::ImportMade freeze(const services::Job& job) {
    std::vector<Text> warnings;
    const services::JobCall call{job, no_progress(), {}, &warnings};
    return services::parse_import_made(services::freezing_work(needs(), clock)(call)).value();
  }
  // Somebody who has paid, with everything over.
  ApplicationId paid_and_over() {
    const auto applied = apply(sky, 1);
    pay(sky, applied.application.id, services::TestOutcome::success);
    parts.recruitments.counts[UnitCode("101")].paid = 1;
    clock.set(at("2021-03-10T18:01:00+09:00"));
    intake.closing.close_applications(officer, exam, by(officer), no_progress());
    return applied.application.id;
  }
  const ExamCode& last_year() const { return stored.last_year().header.code; }

  LastYearsExam stored;
  MemoryVenueOffers offers;
  MemoryJobs jobs;
};

// Red while the list left the office as a folder of files that only a shell could write.
TEST_F(Freezing, MakesAStoredExamOfWhoeverHasPaid) {
  const ApplicationId who = paid_and_over();
  const services::Job job = order(wish("", last_year(), 1));
  EXPECT_EQ(job.order.exam, exam.text());
  EXPECT_EQ(order(wish("", last_year(), 1)).id, job.id) << "a second click";
  const services::ImportMade made = freeze(job);
  EXPECT_EQ(made.people, 1);
  ASSERT_EQ(stored.saved.size(), 1U);
  const Exam& frozen = stored.saved.front();
  EXPECT_EQ(frozen.header.code, exam);
  EXPECT_EQ(format_date(frozen.header.exam_on), "2021-06-05");
  ASSERT_EQ(frozen.applicants.size(), 1U);
  EXPECT_EQ(frozen.applicants.front().id.text(), who.text());
  EXPECT_EQ(frozen.venues.size(), stored.last_year().venues.size());
  EXPECT_EQ(frozen.rooms.size(), stored.last_year().rooms.size());
  EXPECT_EQ(frozen.input_sha256, made.input_sha256);
  const auto question = services::ask_freezing(needs(), officer, exam, clock.now());
  EXPECT_TRUE(question.days.front().stored) << "and the page says so";
}

TEST_F(Freezing, TakesTheSchoolsThatWereAccepted) {
  paid_and_over();
  EXPECT_EQ(refusal(wish("", ExamCode(), 1)), "nothing_accepted");
  offers.plant(exam.text(), {{"11110", "V1"}, {"11140", "V2"}});
  services::VenueOffer& school = offers.offers.at("offer-V1");
  school.address = "서울특별시 종로구 자하문로 1";
  school.state = services::OfferState::accepted;
  EXPECT_EQ(services::ask_freezing(needs(), officer, exam, clock.now()).days.front().schools, 1);
  freeze(order(wish("", ExamCode(), 1)));
  ASSERT_EQ(stored.saved.size(), 1U);
  ASSERT_EQ(stored.saved.front().venues.size(), 1U) << "not the school that is only offered";
  EXPECT_EQ(stored.saved.front().venues.front().code, VenueCode("V1"));
  EXPECT_EQ(stored.saved.front().rooms.size(), 1U);
  // Between the order and the work the city may have taken its word back.
  school.state = services::OfferState::draft;
  jobs.jobs.clear();
  offers.offers.at("offer-V2").state = services::OfferState::accepted;
  const services::Job job = order(wish("", ExamCode(), 1));
  offers.offers.at("offer-V2").state = services::OfferState::draft;
  EXPECT_EQ(code_thrown([&] { freeze(job); }), "nothing_accepted");
  EXPECT_EQ(stored.saved.size(), 1U);
}

TEST_F(Freezing, WaitsForTheDayAndForItsNumber) {
  EXPECT_EQ(refusal(wish("", last_year(), 0)), "not_ready") << "people may still apply";
  const auto open = services::ask_freezing(needs(), officer, exam, clock.now());
  ASSERT_EQ(open.days.size(), 2U);
  EXPECT_FALSE(open.days.front().ready());
  EXPECT_EQ(open.days.back().exam, ExamCode("seoul-2021-1-late"));
  EXPECT_EQ(open.exams, std::vector<ExamCode>{last_year()});
  paid_and_over();
  EXPECT_EQ(refusal(wish("", last_year(), 2)), "concern_unsaid");
  EXPECT_EQ(refusal(wish("", last_year(), -1)), "concern_unsaid") << "nobody was told";
  EXPECT_EQ(refusal(wish("", ExamCode("nowhere"), 1)), "exam_not_found");
  EXPECT_EQ(refusal(wish("another", last_year(), 1)), "unknown_exam_day");
  EXPECT_EQ(refusal(wish("seoul-2021-1-late", last_year(), 0)), "nobody_paid");
  for (const auto role : {services::Role::auditor, services::Role::district_coordinator, services::Role::administrator})
    EXPECT_EQ(refusal(wish("", last_year(), 1), {"somebody", role, {}}), "role_not_allowed");
  EXPECT_TRUE(jobs.jobs.empty());
}

}  // namespace
}  // namespace hanjari::tests
