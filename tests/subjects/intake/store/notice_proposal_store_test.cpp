// Proposed changes of an announced notice on a real database: who decides, races, the record, and what is sealed.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "hanjari/base/digest.h"
#include "hanjari/desk/waiting.h"
#include "hanjari/intake/refusals.h"
#include "hanjari/intake/setup_versions.h"
#include "hanjari/package/recruitment_file.h"
#include "stage/code_thrown.h"
#include "stage/sample_notice.h"
#include "stage/test_database.h"

namespace hanjari::tests {
namespace {

using services::NoticeProposal;
using services::RecruitmentState;
using services::SetupPart;

struct NoticeProposalStoreTest : testing::Test {
  NoticeProposalStoreTest() {
    database->recruitments().save_recruitment(sample_notice(), RecruitmentState::published, 0, by("kim"));
    database->setups().save_notice_rule(code, {true, false, 1}, by("kim"));
  }
  services::NoticeProposalRepository& proposals() { return database->notice_proposals(); }
  services::Change by(const char* author, const char* reason = "wrong number of posts") {
    services::Change change = change_of(database.clock);
    change.author = author;
    change.reason = reason;
    return change;
  }
  static Recruitment with_posts(int posts) {
    Recruitment notice = sample_notice();
    notice.units[0].unit.posts = posts;
    return notice;
  }
  NoticeProposal proposal_of(const char* author, int posts, std::int64_t base_version = 1) {
    NoticeProposal proposal;
    proposal.base_version = base_version;
    proposal.definition = package::render_recruitment(with_posts(posts));
    proposal.digest = sha256(proposal.definition).hex();
    proposal.proposed_by = author;
    proposal.reason = "하늘 담당자가 적은 사유";
    proposal.at = database.clock.now();
    return proposal;
  }
  NoticeProposal propose(const char* author, int posts) {
    proposals().save_proposal(code, proposal_of(author, posts), std::nullopt, by(author));
    return proposals().find_proposal(code).value();
  }
  int posts_shown() { return database->recruitments().find_recruitment(code)->notice.units[0].unit.posts; }
  std::size_t entries(const char* action) { return database->audit().list_entries({.action = action}).size(); }
  bool waits() {
    for (const services::WaitingWork& work : database->waiting().count_waiting(database.clock.now())) {
      if (work.kind == services::WaitingKind::notice_changes && work.exam == code) return true;
    }
    return false;
  }

  TestDatabase database;
  const ExamCode code{"seoul-2021-1"};
};

TEST_F(NoticeProposalStoreTest, ShowsApplicantsNothingBeforeItIsConfirmed) {
  EXPECT_EQ(posts_shown(), 10);
  const NoticeProposal kept = propose("kim", 11);
  EXPECT_EQ(kept.definition, package::render_recruitment(with_posts(11)));
  EXPECT_EQ(kept.reason, "하늘 담당자가 적은 사유");
  EXPECT_EQ(posts_shown(), 10);
  EXPECT_TRUE(waits());
  proposals().confirm_proposal(code, kept, by("lee", "looked at it"));
  EXPECT_EQ(posts_shown(), 11) << "at once, whatever was kept in memory";
  const auto version = database->setups().find_version(code, SetupPart::notice, 0).value();
  EXPECT_EQ(version.version, 2);
  EXPECT_EQ(version.author, "kim");
  EXPECT_EQ(version.confirmed_by, "lee");
  EXPECT_EQ(version.state, "published");
  EXPECT_EQ(version.reason, "하늘 담당자가 적은 사유");
  EXPECT_FALSE(proposals().find_proposal(code));
  EXPECT_FALSE(waits());
  EXPECT_EQ(entries("recruitment.change_proposed"), 1U);
  EXPECT_EQ(entries("recruitment.change_confirmed"), 1U);
}

TEST_F(NoticeProposalStoreTest, IsSealed) {
  const NoticeProposal kept = propose("kim", 11);
  proposals().refuse_proposal(code, kept, by("lee", "바다 담당자의 의견"));
  EXPECT_EQ(proposals().find_proposal(code)->refusal, "바다 담당자의 의견");
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM notice_proposals WHERE reason_sealed LIKE '%하늘%' OR refusal_sealed LIKE "
                            "'%바다%'"),
            0);
  EXPECT_EQ(entries("recruitment.change_refused"), 1U);
  EXPECT_FALSE(waits()) << "it was decided on";
}

TEST_F(NoticeProposalStoreTest, IsNeverDecidedOnByWhoProposedIt) {
  const NoticeProposal kept = propose("kim", 11);
  EXPECT_EQ(code_thrown([&] { proposals().confirm_proposal(code, kept, by("kim")); }), "same_officer");
  EXPECT_EQ(code_thrown([&] { proposals().refuse_proposal(code, kept, by("kim")); }), "same_officer");
  // Nor past the program.
  EXPECT_ANY_THROW(database.connect()->change("UPDATE notice_proposals SET refused_by = 'kim', refused_at = '2021-06-01'"));
  EXPECT_ANY_THROW(database.connect()->change("UPDATE setup_versions SET author = 'kim', confirmed_by = 'kim'"));
  EXPECT_EQ(posts_shown(), 10);
}

TEST_F(NoticeProposalStoreTest, CountsForOneVersionOnly) {
  const NoticeProposal kept = propose("kim", 11);
  database->recruitments().save_recruitment(sample_notice(), RecruitmentState::closed, 1, by("program"));
  EXPECT_FALSE(waits());
  EXPECT_THROW(proposals().confirm_proposal(code, kept, by("lee")), services::SetupChanged);
  EXPECT_THROW(proposals().save_proposal(code, proposal_of("kim", 12), std::nullopt, by("kim")), services::SetupChanged);
  // Another officer's that counts no more stands in nobody's way.
  proposals().save_proposal(code, proposal_of("lee", 12, 2), std::nullopt, by("lee"));
  proposals().confirm_proposal(code, proposals().find_proposal(code).value(), by("kim"));
  EXPECT_EQ(database->recruitments().find_recruitment(code)->state, RecruitmentState::closed) << "it keeps its state";
  EXPECT_EQ(posts_shown(), 12);
}

TEST_F(NoticeProposalStoreTest, GivesWayOnlyWhenItIsNamed) {
  const NoticeProposal first = propose("kim", 11);
  EXPECT_THROW(proposals().save_proposal(code, proposal_of("kim", 12), std::nullopt, by("kim")),
               services::NoticeChangePending);
  EXPECT_EQ(proposals().find_proposal(code)->digest, first.digest);
  proposals().save_proposal(code, proposal_of("kim", 12), first, by("kim"));
  EXPECT_EQ(code_thrown([&] { proposals().confirm_proposal(code, first, by("lee")); }), "notice_change_gone");
  EXPECT_EQ(code_thrown([&] { proposals().take_back_proposal(code, first, by("kim")); }), "notice_change_gone");
  proposals().take_back_proposal(code, proposals().find_proposal(code).value(), by("kim"));
  EXPECT_EQ(entries("recruitment.change_taken_back"), 1U);
  EXPECT_FALSE(proposals().find_proposal(code));
}

TEST_F(NoticeProposalStoreTest, IsSavedWithoutAnotherOfficerInAnEmergencyOnly) {
  proposals().save_in_emergency(with_posts(11), RecruitmentState::published, 1, by("kim", "closing in an hour"));
  EXPECT_EQ(posts_shown(), 11);
  EXPECT_TRUE(database->setups().find_version(code, SetupPart::notice, 0)->emergency);
  ASSERT_EQ(proposals().list_urgent_savings().size(), 1U);
  EXPECT_EQ(proposals().list_urgent_savings()[0].author, "kim");
  EXPECT_EQ(proposals().list_urgent_savings()[0].version, 2);
  EXPECT_EQ(entries("recruitment.save_in_emergency"), 1U);
  EXPECT_THROW(
      proposals().save_in_emergency(with_posts(12), RecruitmentState::published, 1, by("kim", "closing in an hour")),
      services::SetupChanged);
  proposals().save_proposal(code, proposal_of("kim", 12, 2), std::nullopt, by("kim"));
  proposals().confirm_proposal(code, proposals().find_proposal(code).value(), by("lee"));
  EXPECT_TRUE(proposals().list_urgent_savings().empty());
}

// One officer confirms while the other one takes back and proposes again, many times: whatever applicants see was
// confirmed as it is, and nothing was confirmed twice.
// Red when confirming did not look for the very proposal.
TEST_F(NoticeProposalStoreTest, LosesNothingOfOfficersWhoRace) {
  constexpr int turns = 12;
  std::atomic<int> confirmed{0};
  std::atomic<bool> over{false};
  std::thread deciding([&] {
    while (!over) {
      const auto found = proposals().find_proposal(code);
      if (!found) continue;
      try {
        proposals().confirm_proposal(code, *found, by("lee"));
        ++confirmed;
      } catch (const Conflict&) {
        // Taken back, or the notice has moved on.
      }
    }
  });
  for (int turn = 1; turn <= turns; ++turn) {
    const auto version = database->setups().find_version(code, SetupPart::notice, 0)->version;
    try {
      const NoticeProposal next = proposal_of("kim", 100 + turn, version);
      proposals().save_proposal(code, next, std::nullopt, by("kim"));
      if (turn % 2 == 0) proposals().take_back_proposal(code, next, by("kim"));
    } catch (const Conflict&) {
      // The one before still waits, or was confirmed meanwhile.
    }
  }
  over = true;
  deciding.join();
  const auto last = database->setups().find_version(code, SetupPart::notice, 0).value();
  EXPECT_EQ(last.version, 1 + confirmed.load());
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM setup_versions WHERE version > 1 AND confirmed_by <> 'lee'"), 0);
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM recruitments r JOIN setup_versions v ON v.exam_code = r.exam_code AND "
                            "v.version = r.version AND v.definition = r.definition"),
            1);
  EXPECT_EQ(entries("recruitment.change_confirmed"), static_cast<std::size_t>(confirmed.load()));
}

}  // namespace
}  // namespace hanjari::tests
