// An intake over a real database, and how people get into it.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "hanjari/base/error.h"
#include "stage/code_thrown.h"
#include "stage/sample_notice.h"
#include "stage/test_database.h"

namespace hanjari::tests {

using services::Draft;
using services::Submission;
using services::SubmissionOutcome;

struct IntakeStoreTest : testing::Test {
  IntakeStoreTest() { publish("seoul-2021-1"); }
  void publish(const char* code) {
    database->recruitments().save_recruitment(sample_notice(code), services::RecruitmentState::published, 0,
                                              change_of(database.clock));
  }
  Draft draft_of(int person, const char* code = "seoul-2021-1") {
    Draft draft;
    draft.id = fmt_id("d", person, code);
    draft.account = "p-" + std::to_string(person);
    draft.exam = ExamCode(code);
    draft.version = 0;
    draft.submission_key = fmt_id("key", person, code);
    draft.form = sample_form(person);
    return database->applications().save_draft(draft, database.clock.now());
  }
  Submission submission_of(const Draft& draft) {
    Submission submission;
    submission.key = draft.submission_key;
    submission.draft = draft;
    submission.application = draft.edits.empty() ? ApplicationId(draft.id) : draft.edits;
    submission.exam_on = *parse_date("2021-06-05");
    submission.fee = 5'000;
    submission.receipt = "receipt of " + draft.submission_key;
    submission.received_at = database.clock.now();
    submission.accept_until = database.clock.now() + std::chrono::hours(1);
    services::Message message;
    message.dedupe_id = "receipt/" + draft.submission_key;
    message.to = "sky@example.com";
    message.subject = "접수";
    message.body = "본문";
    submission.messages = {message};
    return submission;
  }
  std::vector<services::StoredSubmission> store(const std::vector<Submission>& submissions) {
    return database->applications().save_submissions(submissions, [&] { return database.clock.now(); });
  }
  // Account p-`account` with the number of `person`, and nothing due.
  Submission free_of(int account, int person, const char* code = "seoul-2021-1") {
    Draft draft = draft_of(account, code);
    draft.form = sample_form(person);
    Submission submission = submission_of(database->applications().save_draft(draft, database.clock.now()));
    submission.fee = 0;
    return submission;
  }
  Application apply_as(int account, int person) {
    Submission submission = free_of(account, person);
    submission.fee = 5'000;
    return *database->applications().find_application(store({submission}).front().application);
  }
  Application apply(int person) {
    const auto stored = store({submission_of(draft_of(person))});
    return *database->applications().find_application(stored.front().application);
  }
  services::Payment begin(const Application& application) {
    return database->payments().begin_payment(application, terms, change_of(database.clock));
  }
  services::PaymentState pay(const services::Payment& payment, std::chrono::seconds late = {}) {
    const auto message = [&](const std::string& what) {
      services::Message made;
      made.dedupe_id = what + "/" + payment.id;
      made.to = "sky@example.com";
      return made;
    };
    const services::SettleMessages messages{
        message("paid"), [&](services::MoneyReturn why) { return message(std::string(spell(why))); }};
    return database->payments().settle_paid(payment.id, database.clock.now() + late,
                                            database.clock.now() + std::chrono::seconds(1), messages,
                                            change_of(database.clock));
  }
  static std::string fmt_id(const std::string& what, int person, const std::string& code) {
    std::string id = what + "-" + std::to_string(person) + "-" + code.substr(0, 5);
    return id + std::string(id.size() < 20 ? 20 - id.size() : 0, 'x');
  }

  TestDatabase database;
  services::OrderTerms terms{"test", database.clock.now() + services::order_lifetime, {}};
};

}  // namespace hanjari::tests
