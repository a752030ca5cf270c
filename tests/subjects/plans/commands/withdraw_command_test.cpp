// Withdrawing a live plan from the command line, on a private database.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <filesystem>
#include <functional>
#include <map>

#include "hanjari/accounts/accounts.h"
#include "hanjari/base/date.h"
#include "hanjari/base/error.h"
#include "hanjari/base/file.h"
#include "hanjari/package/exam_package.h"
#include "hanjari/plans/approvals.h"
#include "plans/commands/commands.h"
#include "program/opening/database_options.h"
#include "stage/test_database.h"

namespace hanjari::cli {
namespace {

class WithdrawCommand : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    // Whoever runs the tests on a terminal is not asked.
    ASSERT_NE(std::freopen("/dev/null", "r", stdin), nullptr);
  }

  WithdrawCommand() : exam(hanjari::tests::small_exam()) {
    hanjari::tests::copy_prepared_data(data.path());
    std::filesystem::create_directory(out.path());
    // Commands have the machine's clock, and the exam is still to be held whenever this runs.
    exam.header.exam_on = *parse_date("2099-06-06");
    exam.input_sha256 = package::digest_exam(exam);
    plan = hanjari::tests::plan_of(exam);
    people = std::to_string(plan.placements.size());
    in_database([this](storage::Database& database) {
      const services::Change change = hanjari::tests::change_of(clock);
      database.exams().save_exam(exam, &plan, change, no_progress());
      services::make_plan_live(database.exams(), exam.header.code, plan.digest, change);
      for (const char* name : {"kim", "lee"})
        services::add_account(database.accounts(), {name, services::Role::exam_officer}, "seventeen small cats", change);
    });
  }

  void in_database(const std::function<void(storage::Database&)>& work) {
    storage::Database database(hanjari::tests::test_settings(data.path()), storage::SchemaUpgrade::never, clock,
                               no_progress());
    work(database);
  }
  void ask_for_second_officer() {
    in_database([this](storage::Database& database) {
      services::set_second_officer(database.approvals(), exam.header.code, true, hanjari::tests::change_of(clock));
    });
  }
  bool is_live() {
    bool live = false;
    in_database([&](storage::Database& database) {
      live = database.exams().find_live_plan(exam.header.code).has_value();
    });
    return live;
  }
  // "done", "wrong usage", or the code of the refusal.
  std::string withdraw(std::map<std::string, std::string> options, const std::string& digest = "") {
    Arguments arguments;
    arguments.positionals = {exam.header.code.text(), digest.empty() ? plan.digest : digest};
    arguments.options = std::move(options);
    arguments.options["data"] = data.path().string();
    arguments.options.emplace("author", "kim");
    const Terminal terminal{Language::english, no_progress()};
    try {
      return withdraw_command().run(arguments, terminal) == Exit::done ? "done" : "not done";
    } catch (const WrongUsage&) {
      return "wrong usage";
    } catch (const Error& error) {
      return error.code();
    }
  }

  hanjari::tests::TestFolder data;
  hanjari::tests::TestFolder out{"out"};
  hanjari::tests::HeldClock clock;
  Exam exam;
  Plan plan;
  std::string people;
};

TEST_F(WithdrawCommand, AsksHowManyPeopleWereToldASeat) {
  EXPECT_EQ(withdraw({{"preview", ""}}), "done");
  EXPECT_EQ(withdraw({{"reason", "fire"}}), "people_concerned");
  EXPECT_EQ(withdraw({{"reason", "fire"}, {"concerned", "1"}}), "people_concerned");
  EXPECT_EQ(withdraw({{"reason", "fire"}, {"concerned", people}}, std::string(64, 'f')), "not_the_live_plan");
  EXPECT_EQ(withdraw({{"concerned", people}}), "reason_missing");
  EXPECT_TRUE(is_live());
  EXPECT_EQ(withdraw({{"reason", "fire"}, {"concerned", people}}), "done");
  EXPECT_FALSE(is_live());
  EXPECT_EQ(withdraw({{"reason", "fire"}, {"concerned", people}}), "no_live_plan");
}

TEST_F(WithdrawCommand, ConfirmsWhatAnotherOfficerProposed) {
  ask_for_second_officer();
  EXPECT_EQ(withdraw({{"propose", ""}, {"concerned", people}}), "wrong usage") << "without a reason";
  EXPECT_EQ(withdraw({{"propose", ""}, {"take-back", ""}, {"reason", "fire"}}), "wrong usage");
  EXPECT_EQ(withdraw({{"concerned", people}}), "withdrawal_not_proposed");
  EXPECT_EQ(withdraw({{"propose", ""}, {"reason", "fire"}, {"concerned", people}, {"author", "made.up"}}), "not_an_officer");
  EXPECT_EQ(withdraw({{"propose", ""}, {"reason", "fire"}, {"concerned", people}}), "done");
  EXPECT_EQ(withdraw({{"concerned", people}}), "same_officer");
  EXPECT_EQ(withdraw({{"take-back", ""}}), "done");
  EXPECT_EQ(withdraw({{"concerned", people}, {"author", "lee"}}), "withdrawal_not_proposed");
  EXPECT_EQ(withdraw({{"propose", ""}, {"reason", "fire"}, {"concerned", people}}), "done");
  EXPECT_TRUE(is_live());
  EXPECT_EQ(withdraw({{"concerned", people}, {"author", "lee"}}), "done");
  EXPECT_FALSE(is_live());
  in_database([this](storage::Database& database) {
    const auto change = database.approvals().list_live_changes(exam.header.code).front();
    EXPECT_TRUE(change.withdrawn);
    EXPECT_EQ(change.author, "lee");
    EXPECT_EQ(change.at_shell, operating_account());
  });
}

TEST_F(WithdrawCommand, TakesNoStepsWhereTheConfigurationWantsThemSignedInFor) {
  ask_for_second_officer();
  const std::string file = (out.path() / "hanjari.properties").string();
  write_file(file, "approvals.command_line = false\n");
  const std::string refused = "approvals_by_sign_in_only";
  EXPECT_EQ(withdraw({{"config", file}, {"propose", ""}, {"reason", "fire"}, {"concerned", people}}), refused);
  EXPECT_EQ(withdraw({{"config", file}, {"emergency", ""}, {"reason", "fire"}, {"concerned", people}}), refused);
  EXPECT_EQ(withdraw({{"config", file}, {"concerned", people}}), refused);
  EXPECT_TRUE(is_live());
  EXPECT_EQ(withdraw({{"emergency", ""}, {"reason", "fire"}, {"concerned", people}}), "done");
  EXPECT_FALSE(is_live());
}

}  // namespace
}  // namespace hanjari::cli
