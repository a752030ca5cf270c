// One recruitment that people apply for, over repositories in memory.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "stage/code_thrown.h"
#include "stage/memory_intake.h"
#include "stage/memory_repositories.h"
#include "stage/sample_notice.h"

namespace hanjari::tests {

class NoExams : public services::ExamRepository {
 public:
  services::ImportOutcome save_exam(const Exam&, const Plan*, const services::Change&, Progress&) override {
    return {};
  }
  std::optional<Exam> find_exam(const ExamCode&, const std::string&) override { return std::nullopt; }
  std::vector<services::StoredPlan> list_plans(const ExamCode&) override { return {}; }
  std::optional<Plan> find_plan(const Exam&, const std::string&) override { return std::nullopt; }
  std::optional<services::LivePointer> find_live_plan(const ExamCode&) override { return std::nullopt; }
  void set_live_plan(const ExamCode&, const services::StoredPlan&, std::int64_t, const services::Change&) override {}
};

inline const ExamCode exam("seoul-2021-1");
inline const Instant in_window = at("2021-03-04T10:00:00+09:00");
inline const Instant closing = at("2021-03-05T18:00:00+09:00");
inline const services::Actor officer{"officer", services::Role::exam_officer, {}};

struct Applying : testing::Test {
  explicit Applying(services::QueueSettings settings = {}) : parts(exams, plans, accesses, clock, settings) {
    publish(sample_notice());
  }
  void publish(const Recruitment& notice) {
    parts.recruitments.save_recruitment(notice, services::RecruitmentState::published, 0, {"officer", "", in_window});
  }
  services::Draft fill_in(const services::Applicant& who, const ApplicationForm& form, const ExamCode& code = exam) {
    const auto draft = intake.forms.open_draft(who, code);
    return intake.forms.save_draft(who, code, draft.version, form);
  }
  services::Submitted submit(const services::Applicant& who, const services::Draft& draft) {
    return intake.submitting.submit(who, draft.exam, {draft.submission_key, draft.version, clock.now()});
  }
  services::Submitted apply(const services::Applicant& who, int person) {
    return submit(who, fill_in(who, sample_form(person)));
  }
  services::Checkout pay(const services::Applicant& who, const ApplicationId& id, services::TestOutcome outcome) {
    auto checkout = intake.paying.begin_payment(who, id);
    for (const auto& notification : parts.provider.decide(checkout.payment.id, outcome))
      intake.paying.accept_notification(notification.body, notification.signature);
    return checkout;
  }
  ApplicationState state_of(const ApplicationId& id) { return parts.applications.find_application(id)->state; }

  NoExams exams;
  MemoryPlans plans;
  MemoryAccesses accesses;
  SetClock clock{in_window};
  MemoryIntake parts;
  services::UseCases& intake = parts.intake;
  services::Applicant sky{"p-sky"};
  services::Applicant river{"p-river"};
};

}  // namespace hanjari::tests
