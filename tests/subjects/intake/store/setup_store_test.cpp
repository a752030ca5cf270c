// Versions of the set-up on a real database: who saved what and why, officers who race, and the second officer.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include <nlohmann/json.hpp>

#include "hanjari/intake/notice_setup.h"
#include "hanjari/intake/refusals.h"
#include "hanjari/package/recruitment_file.h"
#include "hanjari/package/setup_parts.h"
#include "stage/code_thrown.h"
#include "stage/sample_notice.h"
#include "stage/test_database.h"

namespace hanjari::tests {
namespace {

using nlohmann::json;
using services::RecruitmentState;
using services::SetupPart;

struct SetupStoreTest : testing::Test {
  SetupStoreTest() { save(0, RecruitmentState::prepared); }
  void save(std::int64_t version, RecruitmentState state) {
    database->recruitments().save_recruitment(sample_notice(), state, version, change_of(database.clock));
  }
  services::SetupRepository& setups() { return database->setups(); }
  services::NoticeSetup setup() {
    return services::NoticeSetup({database->recruitments(), setups(), database->notice_proposals(), database.clock});
  }
  services::Change by(const char* author, const char* reason) {
    services::Change change = change_of(database.clock);
    change.author = author;
    change.reason = reason;
    return change;
  }

  TestDatabase database;
  const ExamCode exam{"seoul-2021-1"};
  const services::Actor kim{"kim", services::Role::exam_officer, {}};
};

TEST_F(SetupStoreTest, KeepsEverySavingWithItsAuthorAndReason) {
  database->recruitments().save_recruitment(sample_notice(), RecruitmentState::prepared, 1,
                                            by("kim", "typing error of lee"));
  const auto versions = setups().list_versions(exam, SetupPart::notice);
  ASSERT_EQ(versions.size(), 2U);
  EXPECT_EQ(versions[0].version, 2);
  EXPECT_EQ(versions[0].author, "kim");
  EXPECT_EQ(versions[0].reason, "typing error of lee");
  EXPECT_EQ(versions[0].state, "prepared");
  EXPECT_EQ(setups().find_version(exam, SetupPart::notice, 1)->definition,
            package::render_recruitment(sample_notice()));
  EXPECT_EQ(setups().find_version(exam, SetupPart::notice, 0)->version, 2);
  EXPECT_FALSE(setups().find_version(exam, SetupPart::policy, 0).has_value());
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM setup_versions WHERE reason_sealed LIKE '%typing%'"), 0) << "sealed";
}

TEST_F(SetupStoreTest, SavesAPartOnTheVersionThatWasSeenOnly) {
  const std::string policy = package::render_policy(Policy{});
  setups().save_part(exam, SetupPart::policy, policy, 0, {}, by("kim", ""));
  EXPECT_THROW(setups().save_part(exam, SetupPart::policy, policy, 0, {}, by("lee", "")), services::SetupChanged);
  EXPECT_THROW(setups().save_part(exam, SetupPart::policy, policy, 2, {}, by("lee", "")), services::SetupChanged);
  EXPECT_EQ(code_thrown([&] { setups().save_part(ExamCode("none"), SetupPart::policy, policy, 0, {}, by("lee", "")); }),
            "unknown_recruitment");
  EXPECT_EQ(setups().list_versions(exam, SetupPart::policy).size(), 1U);
}

// Two officers save the same form again and again from two threads, each another field: every saving of both is there.
// Red when save_part did not compare with the newest version.
TEST_F(SetupStoreTest, LosesNothingOfOfficersWhoRace) {
  constexpr int turns = 15;
  std::atomic<int> failed{0};
  const auto work = [&](const char* account, const char* field) {
    services::NoticeSetup own = setup();
    const services::Actor actor{account, services::Role::exam_officer, {}};
    for (int turn = 1; turn <= turns; ++turn) {
      const auto shown = own.load_version(actor, exam, SetupPart::policy, 0);
      json wanted = json::parse(shown.definition);
      if (turn > 1 && wanted[field] != 100 + turn - 1) ++failed;  // the own last saving was overwritten
      wanted[field] = 100 + turn;
      services::SetupEdit edit;
      edit.part = SetupPart::policy;
      edit.base_version = shown.version;
      edit.definition = wanted.dump();
      if (!own.save_edit(actor, exam, edit, by(account, "")).saved) ++failed;
    }
  };
  std::thread other([&] { work("lee", "spare_booklets_per_room"); });
  work("kim", "min_gap_cm");
  other.join();
  EXPECT_EQ(failed.load(), 0);
  EXPECT_EQ(setups().list_versions(exam, SetupPart::policy).size(), 2U * turns);
}

TEST_F(SetupStoreTest, AsksForTheSecondOfficerInTheTransaction) {
  setups().save_notice_rule(exam, {true, false, 1}, by("kim", ""));
  EXPECT_EQ(code_thrown([&] { save(1, RecruitmentState::published); }), "notice_not_confirmed");
  setups().save_notice_approval(exam, {1, "kim", "lee", database.clock.now(), 1}, by("lee", ""));
  save(1, RecruitmentState::prepared);  // a saving voids what was confirmed
  EXPECT_EQ(code_thrown([&] { save(2, RecruitmentState::published); }), "notice_not_confirmed");
  setups().save_notice_approval(exam, {2, "kim", "lee", database.clock.now(), 2}, by("lee", ""));
  save(2, RecruitmentState::published);
  save(3, RecruitmentState::published);  // the same words
  Recruitment corrected = sample_notice();
  corrected.units[0].unit.posts = 11;
  // Red while one officer corrected alone what applicants see.
  EXPECT_EQ(code_thrown([&] {
              database->recruitments().save_recruitment(corrected, RecruitmentState::published, 4, by("kim", ""));
            }),
            "notice_change_not_confirmed");
  EXPECT_EQ(code_thrown([&] {
              database->recruitments().save_recruitment(corrected, RecruitmentState::published, 3, by("kim", ""));
            }),
            "recruitment_changed")
      << "an older version is told of first";
  save(4, RecruitmentState::closed);  // closing changes no words
  EXPECT_THROW(setups().save_notice_rule(exam, {false, false, 1}, by("lee", "")), services::SetupChanged);
}

TEST_F(SetupStoreTest, AsksForSomebodyElseThanWhoDidWithoutTheSecondOfficer) {
  setups().save_notice_rule(exam, {true, false, 1}, by("kim", ""));
  EXPECT_EQ(setups().find_notice_rule(exam).waived_by, "");
  setups().save_notice_rule(exam, {false, false, 2, "kim"}, by("kim", ""));
  services::NoticeSetup own = setup();
  EXPECT_EQ(setups().find_notice_rule(exam).waived_by, "kim");
  services::RecruitmentRepository& recruitments = database->recruitments();
  const auto stored = recruitments.find_recruitment(exam);
  recruitments.save_recruitment(stored->notice, RecruitmentState::prepared, stored->version, by("kim", ""));
  const auto put_up = [&](const char* author) {
    recruitments.save_recruitment(stored->notice, RecruitmentState::published, stored->version + 1, by(author, ""));
  };
  EXPECT_EQ(code_thrown([&] { put_up("kim"); }), "waived_by_yourself");
  put_up("lee");
  const ExamCode next("seoul-2022-1");
  setups().save_notice_rule(exam, {true, false, 3}, by("lee", ""));
  own.copy_exam(kim, exam, {next, 52}, by("kim", "next year"));
  EXPECT_TRUE(setups().find_notice_rule(next).second_officer) << "a copy asks as its source does";
}

// The notice in memory may be a second old: its state is that of the version that is replaced.
TEST_F(SetupStoreTest, KeepsTheStateThatAnotherProgramGave) {
  services::NoticeSetup own = setup();
  const auto shown = own.load_version(kim, exam, SetupPart::notice, 0);
  database.connect()->change("UPDATE setup_versions SET state = 'published' WHERE exam_code = 'seoul-2021-1'");
  json wanted = json::parse(shown.definition);
  wanted["units"][0]["posts"] = 77;
  services::SetupEdit edit;
  edit.base_version = shown.version;
  edit.definition = wanted.dump();
  ASSERT_TRUE(own.save_edit(kim, exam, edit, by("kim", "")).saved);
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM recruitments WHERE state = 'published'"), 1);
}

TEST_F(SetupStoreTest, CopiesAnExamWhole) {
  setups().save_part(exam, SetupPart::policy, package::render_policy(Policy{}), 0, {}, by("kim", ""));
  const ExamCode next("seoul-2022-1");
  setup().copy_exam(kim, exam, {next, 52}, by("kim", "next year"));
  EXPECT_EQ(setups().find_version(next, SetupPart::notice, 1)->copied_from, exam.text());
  EXPECT_TRUE(setups().find_version(next, SetupPart::policy, 1).has_value());
  EXPECT_TRUE(setups().find_notice_rule(next).dates_to_confirm);
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM recruitment_units WHERE exam_code = 'seoul-2022-1'"), 3);
  EXPECT_EQ(code_thrown([&] { setup().copy_exam(kim, exam, {next, 52}, by("kim", "")); }), "recruitment_exists");
}

// Red with error 1140 from the second copy on: the statement was prepared on a connection that had executed it.
TEST_F(SetupStoreTest, CopiesAnExamAgainAndAgain) {
  setups().save_notice_rule(exam, {true, false, 1}, by("kim", ""));
  for (int copy = 1; copy <= 6; ++copy) {
    const ExamCode next("seoul-2022-" + std::to_string(copy));
    EXPECT_EQ(code_thrown([&] { setup().copy_exam(kim, exam, {next, 52}, by("kim", "next year")); }), "nothing") << copy;
    EXPECT_TRUE(setups().find_notice_rule(next).second_officer) << copy << ": as of the notice it was copied from";
    EXPECT_TRUE(setups().find_notice_rule(next).dates_to_confirm) << copy;
  }
  const ExamCode of_none("seoul-2023-1");
  setups().save_notice_rule(exam, {false, false, 2}, by("kim", ""));
  setup().copy_exam(kim, exam, {of_none, 104}, by("kim", ""));
  EXPECT_FALSE(setups().find_notice_rule(of_none).second_officer);
}

TEST_F(SetupStoreTest, TakesNoCheckerWhoHasDeclaredARelative) {
  setups().save_declaration(exam, {"park", true, database.clock.now()}, by("kim", ""));
  const auto save_with = [&](const std::vector<std::string>& checkers) {
    return code_thrown([&] {
      setups().save_part(exam, SetupPart::subjects, package::render_subjects({}), 0, checkers, by("kim", ""));
    });
  };
  EXPECT_EQ(save_with({"lee", "park"}), "checker_has_relative");
  setups().save_declaration(exam, {"park", false, database.clock.now()}, by("kim", ""));
  EXPECT_EQ(save_with({"lee", "park"}), "nothing");
  EXPECT_EQ(setups().list_declarations(exam).size(), 1U);
}

// Red while a relative of one checker's kept every other from marking, and when two who mark at once overwrite each other.
TEST_F(SetupStoreTest, LosesNoMarkOfCheckersWhoRace) {
  constexpr int each = 6;
  std::vector<package::ExamSubject> subjects;
  const auto add = [&](const std::string& code, const char* checker) {
    package::ExamSubject& one = subjects.emplace_back();
    one.code = code;
    one.name = {"Subject " + code, "과목 " + code};
    one.setter = "choi";
    one.checkers = {checker};
    one.state = package::SubjectState::drafted;
  };
  for (int at = 1; at <= each; ++at) {
    add("lee" + std::to_string(at), "lee");
    add("park" + std::to_string(at), "park");
  }
  add("song1", "song");
  setups().save_part(exam, SetupPart::subjects, package::render_subjects(subjects), 0, {}, by("kim", ""));
  for (const char* checker : {"lee", "park", "song"})
    setup().declare_own_relative(exam, checker, std::string(checker) == "song", by(checker, ""));
  std::atomic<int> failed{0};
  const auto mark = [&](const std::string& checker) {
    services::NoticeSetup own = setup();
    for (int at = 1; at <= each; ++at) {
      const std::string subject = checker + std::to_string(at);
      if (code_thrown([&] { own.mark_checked(exam, checker, subject, by(checker.c_str(), "")); }) != "nothing") ++failed;
    }
  };
  std::thread other([&] { mark("park"); });
  mark("lee");
  other.join();
  EXPECT_EQ(failed.load(), 0);
  EXPECT_EQ(code_thrown([&] { setup().mark_checked(exam, "song", "song1", by("song", "")); }), "checker_has_relative");
  EXPECT_EQ(setups().list_versions(exam, SetupPart::subjects).size(), 1U + 2U * each);
  for (const package::ExamSubject& one : setup().list_subjects(kim, exam)) {
    EXPECT_EQ(one.state, one.code == "song1" ? package::SubjectState::drafted : package::SubjectState::cross_checked) << one.code;
  }
}

}  // namespace
}  // namespace hanjari::tests
