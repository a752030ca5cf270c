// Applications closed from the command line, on a private database: nobody lapses whose number was not said.
#include <gtest/gtest.h>

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>

#include "hanjari/base/error.h"
#include "hanjari/base/file.h"
#include "hanjari/intake/self_reports.h"
#include "hanjari/package/exam_package.h"
#include "hanjari/package/recruitment_file.h"
#include "intake/commands/commands.h"
#include "program/opening/receipt_key.h"
#include "stage/sample_notice.h"
#include "stage/test_database.h"

namespace hanjari::cli {
namespace {

class ClosingCommand : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    // Whoever runs the tests on a terminal is not asked.
    ASSERT_NE(std::freopen("/dev/null", "r", stdin), nullptr);
  }

  ClosingCommand() {
    hanjari::tests::copy_prepared_data(data.path());
    in_database([this](storage::Database& database) {
      // As serve leaves it, before anything is submitted.
      open_receipt_signer(database, hanjari::tests::test_settings(data.path()));
      database.recruitments().save_recruitment(hanjari::tests::sample_notice(), services::RecruitmentState::published, 0,
                                               hanjari::tests::change_of(clock));
      for (const int person : {1, 2}) apply(database, person);
    });
  }

  void in_database(const std::function<void(storage::Database&)>& work) {
    storage::Database database(hanjari::tests::test_settings(data.path()), storage::SchemaUpgrade::never, clock,
                               no_progress());
    work(database);
  }
  // An application with a fee that is not paid.
  void apply(storage::Database& database, int person) {
    services::Draft draft;
    draft.id = "application-of-no-" + std::to_string(person) + "xx";
    draft.account = "p-" + std::to_string(person);
    draft.exam = code;
    draft.version = 0;
    draft.submission_key = "key-of-application-" + std::to_string(person);
    draft.form = hanjari::tests::sample_form(person);
    services::Submission submission;
    submission.draft = database.applications().save_draft(draft, clock.now());
    submission.key = submission.draft.submission_key;
    submission.application = ApplicationId(draft.id);
    submission.exam_on = *parse_date("2021-06-05");
    submission.fee = 5'000;
    submission.receipt = "receipt";
    submission.received_at = clock.now();
    submission.accept_until = clock.now() + std::chrono::hours(1);
    const auto stored = database.applications().save_submissions(std::vector{submission}, [this] { return clock.now(); });
    ASSERT_EQ(stored.size(), 1U);
  }
  // "done", or the code of the refusal.
  std::string close(const std::optional<std::string>& concerned) {
    Arguments arguments;
    arguments.positionals = {code.text()};
    arguments.options["data"] = data.path().string();
    arguments.options["author"] = "kim";
    if (concerned) arguments.options["concerned"] = *concerned;
    const Terminal terminal{Language::english, no_progress()};
    try {
      return intake_close_command().run(arguments, terminal) == Exit::done ? "done" : "not done";
    } catch (const Error& error) {
      return error.code();
    }
  }
  std::int64_t unpaid() {
    std::int64_t count = 0;
    in_database([&](storage::Database& database) {
      for (const auto& [unit, counts] : database.recruitments().count_applications(code)) count += counts.submitted;
    });
    return count;
  }

  hanjari::tests::TestFolder data;
  hanjari::tests::HeldClock clock;
  const ExamCode code{"seoul-2021-1"};
};

// Red while the command lapsed everybody who had not paid without a question, which the page and the interface put.
TEST_F(ClosingCommand, LapsesNobodyBeforeTheNumberOfUnpaidPeopleWasSaid) {
  ASSERT_EQ(unpaid(), 2);
  EXPECT_EQ(close(std::nullopt), "concern_unsaid");
  EXPECT_EQ(close("1"), "concern_unsaid");
  EXPECT_EQ(unpaid(), 2) << "nothing was changed";
  EXPECT_EQ(close("2"), "done");
  EXPECT_EQ(unpaid(), 0);
  EXPECT_EQ(close(std::nullopt), "done") << "nobody is concerned any more";
}

// Red while the frozen list held somebody whose money was taken back, and said nothing of it.
TEST_F(ClosingCommand, IsFollowedByAnExportThatNamesWhomNobodyHasDecidedOn) {
  std::string order;
  in_database([&](storage::Database& database) {
    const auto application = database.applications().find_application(ApplicationId("application-of-no-1xx"));
    ASSERT_TRUE(application);
    const services::OrderTerms terms{"test", clock.now() + services::order_lifetime, {}};
    order = database.payments().begin_payment(*application, terms, hanjari::tests::change_of(clock)).id;
    ASSERT_EQ(database.payments().settle_paid(order, clock.now(), clock.now() + std::chrono::seconds(1), {}, hanjari::tests::change_of(clock)),
              services::PaymentState::paid);
    database.payments().note_taken_back(order, {}, hanjari::tests::change_of(clock));
  });
  ASSERT_EQ(close("1"), "done");
  const hanjari::tests::TestFolder files("export");
  package::save_exam(hanjari::tests::small_exam("venues"), files.path() / "venues");
  const auto export_to = [&](const char* folder) {
    Arguments arguments;
    arguments.positionals = {code.text()};
    arguments.options["data"] = data.path().string();
    arguments.options["author"] = "kim";
    arguments.options["venues"] = (files.path() / "venues").string();
    arguments.options["out"] = (files.path() / folder).string();
    return intake_export_command().run(arguments, {Language::english, no_progress()});
  };
  EXPECT_EQ(export_to("first"), Exit::findings);
  in_database([&](storage::Database& database) {
    database.payments().decide_taken_back(order, services::TakenBackDecision::keep, {}, hanjari::tests::change_of(clock));
  });
  EXPECT_EQ(export_to("second"), Exit::done);
}

// Red while a file that changes the fee, or the day of the exam, of people who have applied was saved without a word.
TEST_F(ClosingCommand, SavesNoVersionBeforeTheNumberOfPeopleWhomItConcernsWasSaid) {
  hanjari::tests::TestFolder folder{"notice"};
  std::filesystem::create_directory(folder.path());
  const std::string file = (folder.path() / "recruitment.json").string();
  const auto save = [&](const Recruitment& notice, const std::optional<std::string>& concerned) -> std::string {
    write_file(file, package::render_recruitment(notice));
    Arguments arguments;
    arguments.positionals = {file};
    arguments.options = {{"data", data.path().string()}, {"author", "kim"}};
    if (concerned) arguments.options["concerned"] = *concerned;
    try {
      return recruitment_save_command().run(arguments, {Language::english, no_progress()}) == Exit::done ? "done" : "not done";
    } catch (const Error& error) {
      return error.code();
    }
  };
  const auto fee_stored = [&] {
    Won fee = 0;
    in_database([&](storage::Database& database) {
      fee = database.recruitments().find_recruitment(code)->notice.units[0].fee;
    });
    return fee;
  };
  Recruitment notice = hanjari::tests::sample_notice();
  notice.units[0].unit.posts = 11;
  EXPECT_EQ(save(notice, std::nullopt), "done") << "nobody is concerned";
  notice.units[0].fee = 7'000;
  EXPECT_EQ(save(notice, std::nullopt), "concern_unsaid");
  EXPECT_EQ(save(notice, "1"), "concern_unsaid");
  EXPECT_EQ(fee_stored(), 5'000) << "nothing was changed";
  EXPECT_EQ(save(notice, "2"), "done");
  EXPECT_EQ(fee_stored(), 7'000);
  notice.units[0].calendar = "late";
  EXPECT_EQ(save(notice, std::nullopt), "concern_unsaid");
}

class IntakeLists : public ClosingCommand {};

// Red while a damaged application lost its accommodations without a word, and a damaged report said what nobody had reported.
TEST_F(IntakeLists, NameWhatDoesNotOpen) {
  const auto list = [&](const Command& command) {
    Arguments arguments;
    arguments.positionals = {code.text()};
    arguments.options["data"] = data.path().string();
    arguments.options["author"] = "kim";
    const Terminal terminal{Language::english, no_progress()};
    testing::internal::CaptureStdout();
    testing::internal::CaptureStderr();
    const Exit exit = command.run(arguments, terminal);
    const std::string said = testing::internal::GetCapturedStderr();
    return std::pair(exit, testing::internal::GetCapturedStdout() + said);
  };
  EXPECT_EQ(list(intake_applications_command()).first, Exit::done);
  in_database([&](storage::Database& database) {
    services::SelfReport report;
    report.application = ApplicationId("application-of-no-1xx");
    report.exam = code;
    report.since = *parse_date("2021-06-01");
    report.note = "cough";
    report.reported_at = clock.now();
    database.self_reports().add_report(report, {}, hanjari::tests::change_of(clock));
    const auto owner = hanjari::tests::connect_to_data(data.path());
    owner->execute("UPDATE applications SET form_sealed = INSERT(form_sealed, LENGTH(form_sealed), 1, CHAR(ASCII(RIGHT(form_sealed, 1)) ^ 1)) "
                   "WHERE account = 'p-2'");
    owner->execute("UPDATE self_reports SET health_sealed = INSERT(health_sealed, LENGTH(health_sealed), 1, "
                   "CHAR(ASCII(RIGHT(health_sealed, 1)) ^ 1))");
  });
  const auto [exit, said] = list(intake_applications_command());
  EXPECT_EQ(exit, Exit::findings);
  EXPECT_NE(said.find("damaged"), std::string::npos) << said;
  EXPECT_NE(said.find("do not open"), std::string::npos) << said;
  EXPECT_NE(said.find("application-of-no-2xx"), std::string::npos) << said;
  const auto [reports, told] = list(intake_reports_command());
  EXPECT_EQ(reports, Exit::findings);
  EXPECT_EQ(told.find("symptoms"), std::string::npos) << told;
  EXPECT_NE(told.find("damaged"), std::string::npos) << told;
}

}  // namespace
}  // namespace hanjari::cli
