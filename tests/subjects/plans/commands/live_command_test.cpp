// Going live, confirming and taking away from the command line, on a private database.
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
#include "hanjari/base/local_time.h"
#include "hanjari/package/exam_package.h"
#include "hanjari/package/plan_package.h"
#include "hanjari/rekeying/keys.h"
#include "hanjari/plans/approvals.h"
#include "intake/commands/commands.h"
#include "plans/commands/commands.h"
#include "privacy/commands/commands.h"
#include "program/opening/database_options.h"
#include "program/opening/receipt_key.h"
#include "results/commands/commands.h"
#include "stage/test_database.h"

namespace hanjari::cli {
namespace {

// Three plans of one exam: a first one, and two edits of it that each exchange two other people's seats.
class LiveCommand : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    // Whoever runs the tests on a terminal is not asked.
    ASSERT_NE(std::freopen("/dev/null", "r", stdin), nullptr);
  }

  LiveCommand() : exam(hanjari::tests::small_exam()) {
    hanjari::tests::copy_prepared_data(data.path());
    std::filesystem::create_directory(out.path());
    HistoryStep step;
    step.kind = StepKind::plan;
    Plan first = hanjari::tests::plan_of(exam);
    step.digest = first.digest;
    step.input_sha256 = exam.input_sha256;
    first.history = {step};
    plans = {first};
    for (const std::size_t at : {std::size_t{0}, std::size_t{1}}) {
      Plan edited = first;
      std::swap(edited.placements[at].seat_no, edited.placements[at + 2].seat_no);
      std::swap(edited.placements[at].desk, edited.placements[at + 2].desk);
      std::swap(edited.placements[at].room, edited.placements[at + 2].room);
      std::swap(edited.placements[at].venue, edited.placements[at + 2].venue);
      edited.digest = package::digest_plan(exam, edited);
      step.kind = StepKind::edit;
      step.digest = edited.digest;
      edited.history.push_back(step);
      plans.push_back(edited);
    }
    in_database([this](storage::Database& database) {
      for (const Plan& plan : plans) database.exams().save_exam(exam, &plan, change(), no_progress());
    });
  }

  services::Change change() const { return hanjari::tests::change_of(clock); }
  // The database is closed again before a command opens it.
  void in_database(const std::function<void(storage::Database&)>& work) {
    storage::Database database(hanjari::tests::test_settings(data.path()), storage::SchemaUpgrade::never, clock,
                               no_progress());
    work(database);
  }
  std::string live_plan() {
    std::string digest;
    in_database([&](storage::Database& database) {
      if (const auto live = database.exams().find_live_plan(exam.header.code)) digest = live->plan_digest;
    });
    return digest;
  }

  // "done", or the code of the refusal.
  std::string run(const Command& command, std::vector<std::string> words, std::map<std::string, std::string> options) {
    Arguments arguments;
    arguments.positionals = std::move(words);
    arguments.options = std::move(options);
    arguments.options["data"] = data.path().string();
    arguments.options.emplace("author", "kim");
    const Terminal terminal{Language::english, no_progress()};
    try {
      return command.run(arguments, terminal) == Exit::done ? "done" : "not done";
    } catch (const Error& error) {
      return error.code();
    }
  }
  std::string live(std::size_t which, const std::map<std::string, std::string>& options = {}) {
    return run(live_command(), {exam.header.code.text(), plans[which].digest}, options);
  }
  std::string step(const Command& command, const std::string& author) {
    return run(command, {exam.header.code.text(), plans[0].digest}, {{"author", author}});
  }

  void add_officers(const std::vector<std::string>& names) {
    in_database([&](storage::Database& database) {
      for (const std::string& name : names) {
        services::add_account(database.accounts(), {name, services::Role::exam_officer}, "seventeen small cats",
                              change());
      }
    });
  }
  storage::DestructionPreview destruction_of(const std::string& code) const {
    return storage::preview_destruction(hanjari::tests::test_settings(data.path()), code);
  }

  hanjari::tests::TestFolder data;
  hanjari::tests::TestFolder out{"out"};
  hanjari::tests::HeldClock clock;
  Exam exam;
  std::vector<Plan> plans;
};

TEST_F(LiveCommand, AsksHowManyPeopleGetAnotherPlaceThanTheyWereTold) {
  EXPECT_EQ(live(0), "done") << "nobody was told anything before the first";
  EXPECT_EQ(live(1), "people_concerned");
  EXPECT_EQ(live(1, {{"concerned", "3"}}), "people_concerned");
  EXPECT_EQ(live_plan(), plans[0].digest);
  EXPECT_EQ(live(1, {{"preview", ""}}), "done");
  EXPECT_EQ(live_plan(), plans[0].digest);
  EXPECT_EQ(live(1, {{"concerned", "2"}}), "done");
  EXPECT_EQ(live(1), "done") << "it is live already";
  EXPECT_EQ(live(2), "other_base") << "refused in any case, and not asked about first";
  // Red when the number was asked first, with the wrong plan in the command that was suggested.
  for (const std::string& other : {plans[2].digest, plans[0].digest, std::string("zz"), plans[1].digest.substr(0, 8)})
    EXPECT_EQ(live(2, {{"instead-of", other}}), "not_the_live_plan") << other;
  EXPECT_EQ(live(2, {{"instead-of", plans[1].digest}}), "people_concerned");
  EXPECT_EQ(live_plan(), plans[1].digest);
  EXPECT_EQ(live(2, {{"instead-of", plans[1].digest}, {"concerned", "4"}}), "done");
  EXPECT_EQ(live_plan(), plans[2].digest);
}

// Both were listed as the live one.
TEST_F(LiveCommand, ListsAReplacedPlanAsOneThatWasLive) {
  ASSERT_EQ(live(0), "done");
  ASSERT_EQ(live(1, {{"concerned", "2"}}), "done");
  ::testing::internal::CaptureStdout();
  const std::string outcome = run(approval_list_command(), {exam.header.code.text()}, {});
  const std::string listed = ::testing::internal::GetCapturedStdout();
  EXPECT_EQ(outcome, "done");
  const std::string before = plans[0].digest.substr(0, 12);
  EXPECT_NE(listed.find("was live 1  " + before), std::string::npos) << listed;
  EXPECT_NE(listed.find(before + "  was live"), std::string::npos) << listed;
  EXPECT_NE(listed.find("\nlive 2  " + plans[1].digest.substr(0, 12)), std::string::npos) << listed;
  EXPECT_EQ(listed.find(plans[1].digest.substr(0, 12) + "  was live"), std::string::npos) << listed;
}

// Red while any number was taken for the first live plan.
TEST_F(LiveCommand, TakesNoWrongNumberForTheFirstLivePlanEither) {
  EXPECT_EQ(live(0, {{"concerned", "7"}}), "people_concerned");
  EXPECT_EQ(live(0, {{"concerned", "0"}}), "people_concerned");
  EXPECT_EQ(live_plan(), "");
  EXPECT_EQ(live(0, {{"concerned", std::to_string(plans[0].placements.size())}}), "done");
  EXPECT_EQ(live_plan(), plans[0].digest);
}

// Red while an order for the day of the exam, or before, was taken like any other.
TEST_F(LiveCommand, OrdersNoDestructionForADayOnWhichTheExamIsStillToBeHeld) {
  const std::string code = exam.header.code.text();
  const std::string people = std::to_string(exam.applicants.size());
  const auto order = [&](Date day, std::map<std::string, std::string> options) {
    options.merge(std::map<std::string, std::string>{
        {"exam", code}, {"on", format_date(day)}, {"concerned", people}});
    return run(destroy_command(), {}, options);
  };
  const Date held = exam.header.exam_on;
  for (const int before : {0, 1, 300})
    EXPECT_EQ(order(Date{held.days - before}, {}), "exam_not_held") << before;
  EXPECT_EQ(order(Date{held.days + 1}, {{"concerned", "1"}}), "people_concerned");
  EXPECT_FALSE(destruction_of(code).due_at);
  EXPECT_EQ(order(Date{held.days + 1}, {}), "done");
  EXPECT_EQ(destruction_of(code).due_at, instant_of(Date{held.days + 1}, 0, exam.header.time_zone));
  ::testing::internal::CaptureStderr();
  const std::string ordered = order(held, {{"not-held", ""}, {"reason", "cancelled"}});
  const std::string told = ::testing::internal::GetCapturedStderr();
  EXPECT_EQ(ordered, "done");
  EXPECT_NE(told.find("ordered with --not-held, it does not wait"), std::string::npos) << told;
  EXPECT_EQ(destruction_of(code).due_at, instant_of(held, 0, exam.header.time_zone));
}

// Red while the option took one spelling of a day, where files and forms take every one.
TEST_F(LiveCommand, TakesTheDayOfADestructionAsPeopleWriteIt) {
  const std::string code = exam.header.code.text();
  const Date after{exam.header.exam_on.days + 2};
  const CalendarDay day = calendar_day(after);
  const std::string typed = std::to_string(day.year) + "년 " + std::to_string(day.month) + "월 " + std::to_string(day.day) + "일";
  EXPECT_EQ(run(destroy_command(), {},
                {{"exam", code}, {"on", typed}, {"concerned", std::to_string(exam.applicants.size())}}),
            "done");
  EXPECT_EQ(destruction_of(code).due_at, instant_of(after, 0, exam.header.time_zone));
}

// Red while such an exam was written as a package without people, and could go live once more.
TEST_F(LiveCommand, OfADestroyedExamThereIsNothingToTakeOrToPublish) {
  const std::string code = exam.header.code.text();
  ASSERT_EQ(live(0), "done");
  const std::map<std::string, std::string> order{{"exam", code},
                                                 {"on", "2021-01-01"},
                                                 {"not-held", ""},
                                                 {"reason", "cancelled"},
                                                 {"concerned", std::to_string(exam.applicants.size())}};
  ASSERT_EQ(run(destroy_command(), {}, order), "done");
  ASSERT_EQ(run(destroy_command(), {}, {{"due", ""}}), "done");
  ASSERT_TRUE(destruction_of(code).done_at);
  EXPECT_EQ(run(export_command(), {code}, {{"out", (out.path() / "exam").string()}}), "exam_destroyed");
  EXPECT_FALSE(std::filesystem::exists(out.path() / "exam"));
  EXPECT_EQ(run(intake_applications_command(), {code}, {}), "exam_destroyed");
  package::save_exam(exam, out.path() / "venues", no_progress());
  EXPECT_EQ(run(intake_export_command(), {code},
                {{"venues", (out.path() / "venues").string()}, {"out", (out.path() / "paid").string()}}),
            "exam_destroyed");
  EXPECT_FALSE(std::filesystem::exists(out.path() / "paid"));
  EXPECT_EQ(live(0), "exam_destroyed");
  EXPECT_EQ(live(1, {{"preview", ""}}), "exam_destroyed");
  EXPECT_EQ(live_plan(), "");
}

// Red while nobody could show anybody that an exam's personal data is gone.
TEST_F(LiveCommand, CertifiesADestructionOnceItIsDone) {
  const std::string code = exam.header.code.text();
  const std::string file = (out.path() / "destroyed.txt").string();
  const std::map<std::string, std::string> certify{{"exam", code}, {"certificate", file}};
  EXPECT_EQ(run(destroy_command(), {}, certify), "no_destruction");
  ASSERT_EQ(run(destroy_command(), {},
                {{"exam", code}, {"on", "2021-01-01"}, {"not-held", ""}, {"reason", "cancelled"},
                 {"concerned", std::to_string(exam.applicants.size())}}),
            "done");
  EXPECT_EQ(run(destroy_command(), {}, certify), "not_destroyed") << "ordered is not done";
  EXPECT_FALSE(std::filesystem::exists(file));
  ASSERT_EQ(run(destroy_command(), {}, {{"due", ""}}), "done");
  ASSERT_EQ(run(destroy_command(), {}, certify), "done");
  EXPECT_EQ(run(destroy_command(), {}, certify), "output_in_use") << "what stands there stays";
  const std::string note = read_file(file);
  EXPECT_TRUE(note.starts_with("hanjari-destruction/1\nexam: " + code + "\n")) << note;
  EXPECT_NE(note.find("\ndestroyed: people " + std::to_string(exam.applicants.size()) + "\n"), std::string::npos) << note;
  EXPECT_EQ(note.find("command line"), std::string::npos) << "no machine is named";
  std::string key;
  in_database([&](storage::Database& database) {
    key = open_receipt_signer(database, hanjari::tests::test_settings(data.path())).public_key();
    EXPECT_EQ(database.audit().list_entries({.action = "exam.certify_destruction"}).size(), 1U);
  });
  EXPECT_EQ(run(verify_certificate_command(), {file}, {{"key", key}}), "done");
  std::string changed = note;
  changed.replace(changed.find("people "), 8, "people 0");
  write_file(file, changed);
  EXPECT_NE(run(verify_certificate_command(), {file}, {{"key", key}}), "done");
}

TEST_F(LiveCommand, TakesStepsOfApprovalFromAccountsOfExamOfficersOnly) {
  in_database([this](storage::Database& database) {
    const std::map<std::string, services::Role> staff = {{"kim", services::Role::exam_officer},
                                                         {"lee", services::Role::exam_officer},
                                                         {"gone", services::Role::exam_officer},
                                                         {"auditor", services::Role::auditor}};
    for (const auto& [name, role] : staff)
      services::add_account(database.accounts(), {name, role}, "seventeen small cats", change());
    services::set_disabled(database.accounts(), "gone", true, change());
  });
  for (const char* nobody : {"made.up", "gone", "auditor"})
    EXPECT_EQ(step(approval_propose_command(), nobody), "not_an_officer") << nobody;
  EXPECT_EQ(step(approval_propose_command(), "kim"), "done");
  EXPECT_EQ(step(approval_confirm_command(), "kim.too"), "not_an_officer");
  EXPECT_EQ(step(approval_confirm_command(), "kim"), "same_officer");
  EXPECT_EQ(step(approval_confirm_command(), "lee"), "done");
}

// Red while a step at the command line looked like that of an officer who had signed in.
TEST_F(LiveCommand, SaysAtWhoseCommandLineAnOfficersStepWasTaken) {
  add_officers({"kim", "lee"});
  ASSERT_EQ(step(approval_propose_command(), "kim"), "done");
  in_database([this](storage::Database& database) {  // as the office does it
    services::confirm_plan(database.exams(), database.approvals(), exam.header.code, plans[0].digest,
                           {"lee", "", clock.now(), "exam_officer", "192.0.2.7"});
  });
  ASSERT_EQ(live(0), "done");
  in_database([this](storage::Database& database) {
    const services::StoredPlan plan =
        services::find_stored_plan(database.exams(), exam.header.code, plans[0].digest);
    const services::PlanApproval approval = database.approvals().find_approval(exam.header.code, plan);
    EXPECT_EQ(approval.proposed_by, "kim");
    EXPECT_EQ(approval.proposed_at_shell, operating_account());
    EXPECT_THAT(approval.proposed_at_shell, testing::HasSubstr("@"));
    EXPECT_EQ(approval.confirmed_by, "lee");
    EXPECT_EQ(approval.confirmed_at_shell, "") << "who signed in is known without the machine";
    EXPECT_EQ(database.approvals().list_live_changes(exam.header.code).front().at_shell, operating_account());
    const auto entries = database.audit().list_entries({.action = "plan.proposed"});
    ASSERT_EQ(entries.size(), 1U);
    EXPECT_THAT(entries[0].note.detail, testing::HasSubstr("at the command line of " + operating_account()));
  });
}

// Red while an exam that is not there had "no second officer", and an empty list.
TEST_F(LiveCommand, ListsNoStepsOfAnExamThatIsNotThere) {
  EXPECT_EQ(run(approval_list_command(), {"nowhere"}, {}), "exam_not_found");
  EXPECT_EQ(run(approval_list_command(), {exam.header.code.text()}, {}), "done");
}

TEST_F(LiveCommand, TakesNoStepsOfApprovalWhereTheConfigurationWantsThemSignedInFor) {
  add_officers({"kim", "lee"});
  const std::string file = (out.path() / "hanjari.properties").string();
  write_file(file, "approvals.command_line = false\n");
  const std::string code = exam.header.code.text();
  const std::vector<std::string> plan{code, plans[0].digest};
  const std::string refused = "approvals_by_sign_in_only";
  EXPECT_EQ(run(approval_propose_command(), plan, {{"config", file}}), refused);
  EXPECT_EQ(run(approval_confirm_command(), plan, {{"config", file}}), refused);
  EXPECT_EQ(run(approval_take_back_command(), plan, {{"config", file}}), refused);
  EXPECT_EQ(run(approval_rule_command(), {code}, {{"config", file}, {"second-officer", "no"}}), refused);
  EXPECT_EQ(run(live_command(), plan, {{"config", file}, {"emergency", ""}, {"reason", "fire"}}), refused);
  EXPECT_EQ(live_plan(), "");
  EXPECT_EQ(run(live_command(), plan, {{"config", file}}), "done") << "what needs no second officer goes on";
}

// Red when the workbook needed a folder beside it, or replaced what stood at its place.
TEST_F(LiveCommand, TakesAnExamAwayAsOneWorkbook) {
  const std::string file = (out.path() / "exam.xlsx").string();
  EXPECT_EQ(run(export_command(), {exam.header.code.text()}, {{"xlsx", file}}), "done");
  EXPECT_EQ(package::load_exam(file, package::Encoding::utf8, no_progress()).exam.input_sha256, exam.input_sha256);
  EXPECT_EQ(run(export_command(), {exam.header.code.text()}, {{"xlsx", file}}), "output_in_use");
  EXPECT_EQ(run(export_command(), {exam.header.code.text()}, {{"xlsx", file}, {"replace", ""}}), "done");
}

// Red while a plan that leaves people without a seat was taken out of the database without a word, and carried on as a whole one.
TEST_F(LiveCommand, SaysOfAPlanThatIsTakenAwayHowManyHaveNoSeat) {
  Plan shorter = plans[0];
  shorter.unseated.push_back({shorter.placements.back().applicant, "no_capacity", {"none left", "없음"}});
  shorter.placements.pop_back();
  std::erase_if(shorter.over_detour, [&](const OverDetour& far) { return far.applicant == shorter.unseated.back().applicant; });
  shorter.report.status = PlanStatus::gave_up;
  shorter.report.bound.reset();
  shorter.digest = package::digest_plan(exam, shorter);
  shorter.history.back().digest = shorter.digest;
  in_database([&](storage::Database& database) { database.exams().save_exam(exam, &shorter, change(), no_progress()); });
  const auto said = [&](const std::string& digest, const std::string& name) {
    testing::internal::CaptureStderr();
    const std::string done = run(export_command(), {exam.header.code.text()},
                                 {{"out", (out.path() / (name + "-exam")).string()},
                                  {"plan-out", (out.path() / name).string()},
                                  {"plan", digest}});
    const std::string words = testing::internal::GetCapturedStderr();
    EXPECT_EQ(done, "done") << words;
    return words;
  };
  EXPECT_THAT(said(shorter.digest, "short"), testing::HasSubstr("incomplete: 1 of "));
  EXPECT_THAT(said(plans[0].digest, "whole"), testing::Not(testing::HasSubstr("incomplete")));
}

TEST_F(LiveCommand, TakesTheLivePlanAwayBesideAnotherOne) {
  ASSERT_EQ(live(0), "done");
  const auto take = [&](std::size_t which, const std::string& name) {
    return run(export_command(), {exam.header.code.text()},
               {{"out", (out.path() / (name + "-exam")).string()},
                {"plan-out", (out.path() / name).string()},
                {"plan", plans[which].digest}});
  };
  ASSERT_EQ(take(1, "other"), "done");
  const auto published = package::load_published(out.path() / "other");
  ASSERT_TRUE(published) << "change lists would take the other plan for the published one";
  EXPECT_EQ(published->digest, plans[0].digest);
  ASSERT_EQ(take(0, "live"), "done");
  EXPECT_FALSE(package::load_published(out.path() / "live")) << "it is the published one itself";
}

}  // namespace
}  // namespace hanjari::cli
