// Announced notices changed from the command line, on a private database: proposed, confirmed, turned down, urgent.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <filesystem>
#include <functional>
#include <map>

#include "hanjari/accounts/accounts.h"
#include "hanjari/base/error.h"
#include "hanjari/base/file.h"
#include "hanjari/package/recruitment_file.h"
#include "intake/commands/commands.h"
#include "program/opening/database_options.h"
#include "stage/sample_notice.h"
#include "stage/test_database.h"

namespace hanjari::cli {
namespace {

class RecruitmentCommand : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    // Whoever runs the tests on a terminal is not asked.
    ASSERT_NE(std::freopen("/dev/null", "r", stdin), nullptr);
  }

  RecruitmentCommand() {
    hanjari::tests::copy_prepared_data(data.path());
    std::filesystem::create_directory(out.path());
    in_database([this](storage::Database& database) {
      const services::Change change = hanjari::tests::change_of(clock);
      database.recruitments().save_recruitment(hanjari::tests::sample_notice(), services::RecruitmentState::published, 0,
                                               change);
      database.setups().save_notice_rule(code, {true, false, 1}, change);
      for (const char* name : {"kim", "lee"})
        services::add_account(database.accounts(), {name, services::Role::exam_officer}, "seventeen small cats", change);
    });
  }

  void in_database(const std::function<void(storage::Database&)>& work) {
    storage::Database database(hanjari::tests::test_settings(data.path()), storage::SchemaUpgrade::never, clock,
                               no_progress());
    work(database);
  }
  // "done", "wrong usage", or the code of the refusal.
  std::string run(const Command& command, const std::string& positional, std::map<std::string, std::string> options) {
    Arguments arguments;
    arguments.positionals = {positional};
    arguments.options = std::move(options);
    arguments.options["data"] = data.path().string();
    arguments.options.emplace("author", "kim");
    const Terminal terminal{Language::english, no_progress()};
    try {
      return command.run(arguments, terminal) == Exit::done ? "done" : "not done";
    } catch (const WrongUsage&) {
      return "wrong usage";
    } catch (const Error& error) {
      return error.code();
    }
  }
  std::string save(int posts, std::map<std::string, std::string> options = {}) {
    Recruitment notice = hanjari::tests::sample_notice();
    notice.units[0].unit.posts = posts;
    const std::string file = (out.path() / "recruitment.json").string();
    write_file(file, package::render_recruitment(notice));
    options.emplace("reason", "miscounted");
    return run(recruitment_save_command(), file, std::move(options));
  }
  std::string proposal(std::map<std::string, std::string> options) {
    return run(recruitment_proposal_command(), code.text(), std::move(options));
  }
  int posts_shown() {
    int posts = 0;
    in_database([&](storage::Database& database) {
      posts = database.recruitments().find_recruitment(code)->notice.units[0].unit.posts;
    });
    return posts;
  }
  std::string digest() {
    std::string found;
    in_database([&](storage::Database& database) {
      const auto proposed = database.notice_proposals().find_proposal(code);
      if (proposed) found = proposed->digest;
    });
    return found;
  }

  hanjari::tests::TestFolder data;
  hanjari::tests::TestFolder out{"out"};
  hanjari::tests::HeldClock clock;
  const ExamCode code{"seoul-2021-1"};
};

// Red when a file was saved at once whatever the rule of the notice said.
TEST_F(RecruitmentCommand, ProposesWhatApplicantsWouldSee) {
  EXPECT_EQ(proposal({}), "done") << "nothing is proposed";
  EXPECT_EQ(save(11, {{"author", "made.up"}}), "not_an_officer");
  EXPECT_EQ(save(11), "done");
  EXPECT_EQ(posts_shown(), 10);
  EXPECT_EQ(save(12), "notice_change_pending");
  EXPECT_EQ(save(12, {{"replace", ""}}), "done");
  EXPECT_EQ(proposal({}), "done");
  EXPECT_EQ(proposal({{"confirm", digest()}}), "same_officer");
  EXPECT_EQ(proposal({{"confirm", std::string(64, 'f')}, {"author", "lee"}}), "notice_change_gone");
  EXPECT_EQ(proposal({{"confirm", digest()}, {"author", "made.up"}}), "not_an_officer");
  EXPECT_EQ(proposal({{"confirm", digest()}, {"take-back", ""}, {"author", "lee"}}), "wrong usage");
  EXPECT_EQ(proposal({{"confirm", digest().substr(0, 12)}, {"author", "lee"}, {"concerned", "900"}}), "concern_unsaid");
  EXPECT_EQ(posts_shown(), 10);
  EXPECT_EQ(proposal({{"confirm", digest().substr(0, 12)}, {"author", "lee"}}), "done");
  EXPECT_EQ(posts_shown(), 12);
  in_database([this](storage::Database& database) {
    const auto version = database.setups().find_version(code, services::SetupPart::notice, 0);
    EXPECT_EQ(version->author, "kim");
    EXPECT_EQ(version->confirmed_by, "lee");
    const auto entries = database.audit().list_entries({.action = "recruitment.change_confirmed"});
    ASSERT_EQ(entries.size(), 1U);
    EXPECT_THAT(entries[0].note.detail, ::testing::HasSubstr("at the command line of " + operating_account()));
  });
}

// Red while a code in capitals was "no such recruitment", without a word of the one that is there.
TEST_F(RecruitmentCommand, NamesTheNoticeThatIsMeant) {
  for (const Command& command : {recruitment_publish_command(), recruitment_retract_command(), recruitment_counts_command(),
                                 recruitment_proposal_command()})
    EXPECT_EQ(run(command, "SEOUL-2021-1", {}), "exam_not_found");
  EXPECT_EQ(run(recruitment_publish_command(), "other", {}), "unknown_recruitment");
}

TEST_F(RecruitmentCommand, TurnsDownAndTakesBack) {
  EXPECT_EQ(proposal({{"take-back", ""}}), "notice_change_gone");
  EXPECT_EQ(save(11), "done");
  EXPECT_EQ(proposal({{"refuse", digest()}, {"author", "lee"}}), "wrong usage") << "without a reason";
  EXPECT_EQ(proposal({{"refuse", digest()}, {"author", "lee"}, {"reason", "not decided yet"}}), "done");
  EXPECT_EQ(proposal({{"confirm", digest()}, {"author", "lee"}}), "notice_change_gone");
  EXPECT_EQ(proposal({{"take-back", ""}, {"author", "lee"}}), "not_your_change");
  EXPECT_EQ(proposal({{"take-back", ""}}), "done");
  EXPECT_EQ(digest(), "");
  EXPECT_EQ(posts_shown(), 10);
}

TEST_F(RecruitmentCommand, NamesAnEmergency) {
  EXPECT_EQ(save(11, {{"emergency", ""}, {"reason", ""}}), "wrong usage");
  EXPECT_EQ(save(11, {{"emergency", ""}, {"reason", "closing in an hour"}}), "done");
  EXPECT_EQ(posts_shown(), 11);
  in_database([](storage::Database& database) {
    EXPECT_EQ(database.notice_proposals().list_urgent_savings().size(), 1U);
    EXPECT_EQ(database.audit().list_entries({.action = "recruitment.save_in_emergency"}).size(), 1U);
  });
}

// Red when whoever had switched the rule off could save under a name that nobody has.
TEST_F(RecruitmentCommand, WantsAnAccountAlsoWhereSomebodyDidWithoutTheSecondOfficer) {
  in_database([this](storage::Database& database) {
    database.setups().save_notice_rule(code, {false, false, 2, "kim"}, hanjari::tests::change_of(clock));
  });
  EXPECT_EQ(save(11), "done");
  EXPECT_EQ(posts_shown(), 10) << "proposed, by who did without";
  EXPECT_EQ(save(11, {{"author", "made.up"}}), "not_an_officer");
  EXPECT_EQ(save(11, {{"author", "made.up"}, {"emergency", ""}}), "not_an_officer");
  EXPECT_EQ(posts_shown(), 10);
  EXPECT_EQ(save(11, {{"author", "lee"}}), "done");
  EXPECT_EQ(posts_shown(), 11);
}

// Red when `recruitment publish` took any name for the second officer, or left no trace of who typed it.
TEST_F(RecruitmentCommand, PublishesUnderNoNameThatNobodyHas) {
  const std::string file = (out.path() / "hanjari.properties").string();
  write_file(file, "approvals.command_line = false\n");
  const auto publish = [&](std::map<std::string, std::string> options) {
    options.emplace("concerned", "0");
    return run(recruitment_publish_command(), code.text(), std::move(options));
  };
  EXPECT_EQ(run(recruitment_retract_command(), code.text(), {{"concerned", "0"}}), "done");
  EXPECT_EQ(publish({{"author", "made.up"}}), "not_an_officer") << "a second officer is asked for";
  in_database([this](storage::Database& database) {
    database.setups().save_notice_rule(code, {false, false, 2, "kim"}, hanjari::tests::change_of(clock));
  });
  EXPECT_EQ(publish({{"author", "made.up"}}), "not_an_officer");
  EXPECT_EQ(publish({{"author", "lee"}, {"config", file}}), "approvals_by_sign_in_only");
  EXPECT_EQ(publish({}), "waived_by_yourself");
  EXPECT_EQ(publish({{"author", "lee"}}), "done");
  in_database([](storage::Database& database) {
    const auto entries = database.audit().list_entries({.author = "lee"});
    ASSERT_FALSE(entries.empty());
    EXPECT_THAT(entries[0].note.detail, ::testing::EndsWith("at the command line of " + operating_account()));
    EXPECT_EQ(entries[0].change.source, operating_account());
  });
}

TEST_F(RecruitmentCommand, TakesNoStepsWhereTheConfigurationWantsThemSignedInFor) {
  const std::string file = (out.path() / "hanjari.properties").string();
  write_file(file, "approvals.command_line = false\n");
  const std::string refused = "approvals_by_sign_in_only";
  EXPECT_EQ(save(11, {{"config", file}}), refused);
  EXPECT_EQ(save(11, {{"config", file}, {"emergency", ""}}), refused);
  EXPECT_EQ(save(11), "done");
  EXPECT_EQ(proposal({{"config", file}}), "done") << "looking is no step";
  EXPECT_EQ(proposal({{"config", file}, {"confirm", digest()}, {"author", "lee"}}), refused);
  EXPECT_EQ(posts_shown(), 10);
}

}  // namespace
}  // namespace hanjari::cli
