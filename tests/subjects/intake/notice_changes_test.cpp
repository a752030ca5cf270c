// Changes of a notice that applicants see already: one officer proposes, another one decides.
#include <gmock/gmock.h>

#include <array>
#include <string>

#include <nlohmann/json.hpp>

#include "hanjari/base/digest.h"
#include "hanjari/base/random.h"
#include "hanjari/intake/refusals.h"
#include "hanjari/package/recruitment_file.h"
#include "stage/applying.h"

namespace hanjari::tests {
namespace {

using nlohmann::json;
using services::NoticeSaving;
using services::SeenChange;
using services::SetupEdit;
using services::SetupOutcome;
using services::SetupPart;
using Pending = NoticeSaving::Pending;

const services::Actor proposer{"kim", services::Role::exam_officer, {}};
const services::Actor decider{"lee", services::Role::exam_officer, {}};

// The notice is announced as version 1, and its rule asks for a second officer.
struct NoticeChanges : Applying {
  NoticeChanges() { setup.set_second_officer(decider, exam, true, by(decider)); }
  services::Change by(const services::Actor& actor, const std::string& reason = "wrong number") {
    return services::change_of(actor, reason, clock.now());
  }
  SetupEdit edit_of(const std::string& pointer, const json& value, Pending pending = Pending::stays) {
    const auto shown = setup.load_version(proposer, exam, SetupPart::notice, 0);
    json definition = json::parse(shown.definition);
    definition[json::json_pointer(pointer)] = value;
    SetupEdit edit;
    edit.base_version = shown.version;
    edit.definition = definition.dump();
    edit.saving.pending = pending;
    return edit;
  }
  SetupOutcome propose(const std::string& pointer, const json& value, Pending pending = Pending::stays) {
    return setup.save_edit(proposer, exam, edit_of(pointer, value, pending), by(proposer));
  }
  SeenChange seen() {
    const auto change = setup.find_change(decider, exam).value();
    return {change.proposal.base_version, change.proposal.digest, change.concerned};
  }
  int posts_of(std::size_t unit) { return intake.notices.load_notice(exam)->notice.units.at(unit).unit.posts; }

  services::NoticeSetup& setup = intake.setup;
};

// Red when a saving reached applicants at once whatever the rule said.
TEST_F(NoticeChanges, WaitForAnotherOfficer) {
  ASSERT_EQ(posts_of(0), 10);
  EXPECT_TRUE(setup.waits_for_another(proposer, exam));
  const SetupOutcome outcome = propose("/units/0/posts", 11);
  EXPECT_TRUE(outcome.proposed);
  EXPECT_FALSE(outcome.saved);
  EXPECT_EQ(posts_of(0), 10) << "applicants see nothing of it";
  const auto change = setup.find_change(decider, exam).value();
  EXPECT_TRUE(change.waits());
  ASSERT_EQ(change.differences.size(), 1U);
  EXPECT_EQ(change.differences[0].path, "units/101/posts");
  EXPECT_EQ(change.proposal.proposed_by, "kim");
  EXPECT_EQ(change.proposal.reason, "wrong number");
  EXPECT_EQ(change.proposal.digest, sha256(change.proposal.definition).hex());
  setup.confirm_change(decider, exam, seen(), by(decider, ""));
  EXPECT_EQ(posts_of(0), 11);
  const auto version = setup.load_version(decider, exam, SetupPart::notice, 0);
  EXPECT_EQ(version.version, 2);
  EXPECT_EQ(version.author, "kim") << "the author is who wrote it";
  EXPECT_EQ(version.confirmed_by, "lee");
  EXPECT_EQ(version.reason, "wrong number");
  EXPECT_EQ(version.state, "published");
  EXPECT_FALSE(setup.find_change(decider, exam).has_value());
}

TEST_F(NoticeChanges, AreNotAskedForWhereNobodySeesTheNoticeOrTheRuleIsOff) {
  const auto stored = intake.notices.load_notice(exam);
  parts.recruitments.save_recruitment(stored->notice, services::RecruitmentState::prepared, 1, by(decider));
  EXPECT_FALSE(setup.waits_for_another(proposer, exam));
  EXPECT_TRUE(propose("/units/0/posts", 11).saved);
  parts.recruitments.save_recruitment(parts.recruitments.find_recruitment(exam)->notice,
                                      services::RecruitmentState::closed, 3, by(decider));
  EXPECT_TRUE(propose("/units/0/posts", 12).proposed) << "closed applications are seen too";
  setup.set_second_officer(decider, exam, false, by(decider));
  EXPECT_TRUE(propose("/units/0/posts", 12).saved);
  // Another part is not what applicants see.
  setup.set_second_officer(decider, exam, true, by(decider));
  SetupEdit policy;
  policy.part = SetupPart::policy;
  json wanted = json::parse(setup.load_version(proposer, exam, SetupPart::policy, 0).definition);
  wanted["people_cap"] = 15;
  policy.definition = wanted.dump();
  EXPECT_TRUE(setup.save_edit(proposer, exam, policy, by(proposer)).saved);
}

// Red when whoever switched the rule off could change alone what applicants see.
TEST_F(NoticeChanges, WaitAlsoForWhoDidWithoutTheSecondOfficer) {
  setup.set_second_officer(proposer, exam, false, by(proposer));
  EXPECT_TRUE(propose("/units/0/posts", 11).proposed);
  EXPECT_FALSE(setup.waits_for_another(decider, exam));
  setup.confirm_change(decider, exam, seen(), by(decider));
  EXPECT_EQ(posts_of(0), 11);
}

TEST_F(NoticeChanges, AreNeverDecidedOnByWhoProposedThem) {
  propose("/units/0/posts", 11);
  EXPECT_EQ(code_thrown([&] { setup.confirm_change(proposer, exam, seen(), by(proposer)); }), "same_officer");
  EXPECT_EQ(code_thrown([&] { setup.refuse_change(proposer, exam, seen(), by(proposer)); }), "same_officer");
  EXPECT_EQ(code_thrown([&] { setup.take_back_change(decider, exam, seen(), by(decider)); }), "not_your_change");
  EXPECT_EQ(posts_of(0), 10);
}

TEST_F(NoticeChanges, AreConfirmedAsTheyWereSeenOnly) {
  propose("/units/0/posts", 11);
  SeenChange other = seen();
  other.digest = std::string(64, 'f');
  EXPECT_EQ(code_thrown([&] { setup.confirm_change(decider, exam, other, by(decider)); }), "notice_change_gone");
  other = seen();
  other.digest = other.digest.substr(0, 11);
  EXPECT_EQ(code_thrown([&] { setup.confirm_change(decider, exam, other, by(decider)); }), "notice_change_gone");
  other = seen();
  other.concerned = -1;
  EXPECT_EQ(code_thrown([&] { setup.confirm_change(decider, exam, other, by(decider)); }), "concern_unsaid");
  parts.recruitments.counts[UnitCode("101")] = {.submitted = 20, .paid = 80};
  other.concerned = 89;
  EXPECT_EQ(code_thrown([&] { setup.confirm_change(decider, exam, other, by(decider)); }), "concern_unsaid");
  other.concerned = 95;  // people went on applying while the officer read
  other.digest = seen().digest.substr(0, 12);
  setup.confirm_change(decider, exam, other, by(decider));
  EXPECT_EQ(posts_of(0), 11);
}

// Red when a proposal was written over what was saved after it.
TEST_F(NoticeChanges, CountNoMoreOnceTheNoticeHasMovedOn) {
  propose("/units/0/posts", 11);
  const SeenChange stale = seen();
  SetupEdit urgent = edit_of("/units/1/posts", 22);
  urgent.saving.emergency = true;
  EXPECT_TRUE(setup.save_edit(decider, exam, urgent, by(decider, "the fee office waits")).saved);
  EXPECT_FALSE(setup.find_change(decider, exam)->waits());
  EXPECT_THROW(setup.confirm_change(decider, exam, stale, by(decider)), services::SetupChanged);
  EXPECT_EQ(posts_of(0), 10);
  EXPECT_EQ(posts_of(1), 22);
  EXPECT_TRUE(propose("/units/0/posts", 11).proposed) << "proposed anew, on what stands now";
  setup.confirm_change(decider, exam, seen(), by(decider));
  EXPECT_EQ(posts_of(0), 11);
  EXPECT_EQ(posts_of(1), 22);
}

// The closing of applications counts as a version too: nothing has to be typed again for it.
TEST_F(NoticeChanges, AreMadeAnewOnWhatTheNoticeSaysNow) {
  propose("/units/0/posts", 11);
  EXPECT_EQ(code_thrown([&] { setup.renew_change(proposer, exam, seen(), by(proposer, "")); }), "notice_change_current");
  SetupEdit urgent = edit_of("/units/1/posts", 22);
  urgent.saving.emergency = true;
  ASSERT_TRUE(setup.save_edit(decider, exam, urgent, by(decider)).saved);
  EXPECT_EQ(code_thrown([&] { setup.renew_change(decider, exam, seen(), by(decider, "")); }), "not_your_change");
  setup.renew_change(proposer, exam, seen(), by(proposer, ""));
  const auto change = setup.find_change(decider, exam).value();
  EXPECT_TRUE(change.waits());
  EXPECT_EQ(change.proposal.reason, "wrong number");
  ASSERT_EQ(change.differences.size(), 1U) << "what was saved meanwhile is kept";
  urgent = edit_of("/units/0/posts", 33);
  urgent.saving.emergency = true;
  ASSERT_TRUE(setup.save_edit(decider, exam, urgent, by(decider)).saved);
  EXPECT_EQ(code_thrown([&] { setup.renew_change(proposer, exam, seen(), by(proposer, "")); }), "notice_change_conflicts");
  EXPECT_EQ(posts_of(0), 33);
}

// Red when the step seemed to be done, and the proposal was as void as before.
TEST_F(NoticeChanges, AreNotMadeAnewWhereTheNoticeSaysThemAlready) {
  propose("/units/0/posts", 11);
  SetupEdit urgent = edit_of("/units/0/posts", 11);
  urgent.saving.emergency = true;
  ASSERT_TRUE(setup.save_edit(decider, exam, urgent, by(decider)).saved);
  EXPECT_EQ(code_thrown([&] { setup.renew_change(proposer, exam, seen(), by(proposer, "")); }), "notice_change_current");
}

TEST_F(NoticeChanges, ReplaceTheOwnProposalOnlyWhenTold) {
  propose("/units/0/posts", 11);
  EXPECT_TRUE(propose("/units/0/posts", 11).proposed) << "the second click of one button";
  EXPECT_THROW(propose("/units/1/posts", 22), services::NoticeChangePending);
  EXPECT_EQ(setup.find_change(decider, exam)->differences.size(), 1U);
  EXPECT_TRUE(propose("/units/1/posts", 22, Pending::grows).proposed);
  EXPECT_EQ(setup.find_change(decider, exam)->differences.size(), 2U) << "both forms in one proposal";
  EXPECT_TRUE(propose("/units/1/posts", 33, Pending::grows).proposed);
  EXPECT_EQ(setup.find_change(decider, exam)->differences[1].after, "33") << "the newest wish of one place counts";
  EXPECT_EQ(setup.try_edit(proposer, exam, edit_of("/units/2/posts", 44, Pending::grows)).differences.size(), 3U);
  EXPECT_TRUE(propose("/units/1/posts", 22, Pending::gives_way).proposed);
  const auto change = setup.find_change(decider, exam).value();
  ASSERT_EQ(change.differences.size(), 1U);
  EXPECT_EQ(change.differences[0].path, "units/102/posts");
}

TEST_F(NoticeChanges, NeverReplaceThoseOfAnotherOfficer) {
  propose("/units/0/posts", 11);
  for (const Pending pending : {Pending::stays, Pending::gives_way, Pending::grows}) {
    const SetupEdit edit = edit_of("/units/1/posts", 22, pending);
    EXPECT_THROW(setup.save_edit(decider, exam, edit, by(decider)), services::NoticeChangePending);
  }
  EXPECT_EQ(setup.find_change(decider, exam)->proposal.proposed_by, "kim");
}

TEST_F(NoticeChanges, AreTurnedDownWithAReasonThatTheProposerReads) {
  propose("/units/0/posts", 11);
  EXPECT_EQ(code_thrown([&] { setup.refuse_change(decider, exam, seen(), by(decider, " ")); }), "reason_missing");
  setup.refuse_change(decider, exam, seen(), by(decider, "the council has not decided"));
  const auto refused = setup.find_change(proposer, exam).value();
  EXPECT_FALSE(refused.waits());
  EXPECT_EQ(refused.proposal.refusal, "the council has not decided");
  EXPECT_EQ(code_thrown([&] { setup.confirm_change(decider, exam, seen(), by(decider)); }), "notice_change_gone");
  EXPECT_TRUE(propose("/units/0/posts", 12).proposed) << "a refusal stands in nobody's way";
  EXPECT_TRUE(setup.find_change(proposer, exam)->waits());
}

TEST_F(NoticeChanges, AreTakenBackByWhoProposedThem) {
  propose("/units/0/posts", 11);
  const SeenChange gone = seen();
  setup.take_back_change(proposer, exam, gone, by(proposer));
  EXPECT_FALSE(setup.find_change(proposer, exam).has_value());
  EXPECT_EQ(code_thrown([&] { setup.confirm_change(decider, exam, gone, by(decider)); }), "notice_change_gone");
}

TEST_F(NoticeChanges, NeedAReason) {
  EXPECT_EQ(code_thrown([&] { setup.save_edit(proposer, exam, edit_of("/units/0/posts", 11), by(proposer, " ")); }),
            "reason_missing");
  SetupEdit urgent = edit_of("/units/0/posts", 11);
  urgent.saving.emergency = true;
  EXPECT_EQ(code_thrown([&] { setup.save_edit(proposer, exam, urgent, by(proposer, "")); }), "reason_missing");
  propose("/units/0/posts", 11);
  const SetupEdit more = edit_of("/units/1/posts", 22, Pending::grows);
  EXPECT_TRUE(setup.save_edit(proposer, exam, more, by(proposer, "")).proposed);
  EXPECT_EQ(setup.find_change(decider, exam)->proposal.reason, "wrong number") << "the first reason stays";
}

TEST_F(NoticeChanges, AreNamedWhenTheyWereUrgent) {
  SetupEdit urgent = edit_of("/units/0/posts", 11);
  urgent.saving.emergency = true;
  EXPECT_TRUE(setup.save_edit(proposer, exam, urgent, by(proposer, "closing in an hour")).saved);
  EXPECT_EQ(posts_of(0), 11);
  EXPECT_TRUE(setup.load_version(decider, exam, SetupPart::notice, 0).emergency);
  ASSERT_EQ(setup.list_urgent_savings(decider).size(), 1U);
  EXPECT_EQ(setup.list_urgent_savings(decider)[0].author, "kim");
  propose("/units/0/posts", 12);
  setup.confirm_change(decider, exam, seen(), by(decider));
  EXPECT_TRUE(setup.list_urgent_savings(decider).empty()) << "somebody has looked at it since";
}

// A file obeys the same as a form.
TEST_F(NoticeChanges, ComeFromFilesToo) {
  Recruitment notice = intake.notices.load_notice(exam)->notice;
  notice.units[0].unit.posts = 11;
  const auto save = [&](const NoticeSaving& saving) {
    return setup.save_notice(proposer, notice, std::nullopt, 1, saving, by(proposer));
  };
  EXPECT_TRUE(save({}).proposed);
  EXPECT_EQ(posts_of(0), 10);
  notice.units[0].unit.posts = 12;
  EXPECT_THROW(save({}), services::NoticeChangePending);
  EXPECT_TRUE(save({Pending::gives_way, false}).proposed);
  EXPECT_FALSE(save({Pending::stays, true}).proposed);
  EXPECT_EQ(posts_of(0), 12);
  EXPECT_FALSE(setup.find_change(decider, exam)->is_current());
}

// Red when the same file, saved again, was a proposal of nothing that stood in the way of every other one.
TEST_F(NoticeChanges, AreNotProposedByAFileThatChangesNothing) {
  const Recruitment same = intake.notices.load_notice(exam)->notice;
  EXPECT_FALSE(setup.save_notice(proposer, same, std::nullopt, 1, {}, by(proposer)).proposed);
  EXPECT_FALSE(setup.find_change(decider, exam).has_value());
  propose("/units/0/posts", 11);
  EXPECT_THROW(setup.save_notice(decider, same, std::nullopt, 2, {}, by(decider)), services::NoticeChangePending);
  EXPECT_TRUE(setup.find_change(decider, exam)->waits());
}

// Somebody saves between the look at the notice and the proposal: it is made on what stands then.
TEST_F(NoticeChanges, TakeInWhatIsSavedMeanwhile) {
  const SetupEdit first = edit_of("/units/0/posts", 11);
  SetupEdit second = edit_of("/units/1/posts", 22);
  second.saving.emergency = true;
  parts.proposals.before_save = [&] { EXPECT_TRUE(setup.save_edit(decider, exam, second, by(decider)).saved); };
  EXPECT_TRUE(setup.save_edit(proposer, exam, first, by(proposer)).proposed);
  setup.confirm_change(decider, exam, seen(), by(decider));
  EXPECT_EQ(posts_of(0), 11);
  EXPECT_EQ(posts_of(1), 22);
}

// Three officers take random steps with what they saw last, which may be gone by then. The oracle keeps no book of its own:
// it compares what applicants see before and after every step with the proposal that was there.
struct ManyNoticeSteps : NoticeChanges {
  enum class Step { propose, confirm, refuse, take_back, emergency };
  static constexpr std::array<Step, 8> steps = {Step::propose, Step::propose,   Step::propose,   Step::confirm,
                                                Step::confirm, Step::take_back, Step::emergency, Step::refuse};
  RandomStream random{*parse_seed("20210605"), "changes of notices"};
  std::array<services::Actor, 3> officers = {proposer, decider,
                                             services::Actor{"park", services::Role::exam_officer, {}}};
  std::array<SeenChange, 3> looked{};
  int changed = 0;
  int refused = 0;

  void look(std::size_t who) {
    if (const auto change = setup.find_change(officers[who], exam))
      looked[who] = {change->proposal.base_version, change->proposal.digest, change->concerned};
  }
  SetupEdit random_edit() {
    constexpr std::array<Pending, 3> wishes = {Pending::stays, Pending::grows, Pending::gives_way};
    const auto unit = std::to_string(random.below(3));
    return edit_of("/units/" + unit + "/posts", 1 + static_cast<int>(random.below(40)), wishes.at(random.below(3)));
  }
  void take(std::size_t who, Step step) {
    const services::Actor& actor = officers[who];
    if (step == Step::confirm) return setup.confirm_change(actor, exam, looked[who], by(actor));
    if (step == Step::refuse) return setup.refuse_change(actor, exam, looked[who], by(actor));
    if (step == Step::take_back) return setup.take_back_change(actor, exam, looked[who], by(actor));
    SetupEdit edit = random_edit();
    edit.saving.emergency = step == Step::emergency;
    setup.save_edit(actor, exam, edit, by(actor));
  }
  std::string shown() {
    return package::render_recruitment(parts.recruitments.find_recruitment(exam)->notice);
  }
};

TEST_F(ManyNoticeSteps, ChangeWhatIsSeenOnlyByTwoOfficersOrInAnEmergency) {
  for (int turn = 0; turn < 4'000; ++turn) {
    const std::size_t who = random.below(3);
    if (random.below(2) == 0) look(who);
    const Step step = steps.at(random.below(steps.size()));
    const std::string before = shown();
    const std::int64_t version = setup.load_version(decider, exam, SetupPart::notice, 0).version;
    const auto proposal = parts.proposals.find_proposal(exam);
    try {
      take(who, step);
    } catch (const Conflict&) {
      ++refused;
    }
    const auto next = parts.proposals.find_proposal(exam);
    if (shown() != before) {
      ++changed;
      const bool confirmed = step == Step::confirm && proposal && proposal->proposed_by != officers[who].account &&
                             proposal->refused_by.empty() && proposal->base_version == version &&
                             proposal->definition == shown();
      ASSERT_TRUE(confirmed || step == Step::emergency) << "turn " << turn;
    }
    const bool waited = proposal && proposal->refused_by.empty() && proposal->base_version == version;
    if (waited && proposal->proposed_by != officers[who].account && step != Step::confirm && step != Step::refuse) {
      ASSERT_TRUE(next && next->digest == proposal->digest && next->at == proposal->at)
          << "somebody else's proposal stays, turn " << turn;
    }
  }
  EXPECT_GT(changed, 200);
  EXPECT_GT(refused, 500);
}

TEST_F(NoticeChanges, AreTheOfficersAlone) {
  propose("/units/0/posts", 11);
  const services::Actor auditor{"auditor", services::Role::auditor, {}};
  EXPECT_EQ(code_thrown([&] { setup.find_change(auditor, exam); }), "role_not_allowed");
  EXPECT_EQ(code_thrown([&] { setup.confirm_change(auditor, exam, seen(), by(auditor)); }), "role_not_allowed");
  EXPECT_EQ(code_thrown([&] { setup.refuse_change(auditor, exam, seen(), by(auditor)); }), "role_not_allowed");
  EXPECT_EQ(code_thrown([&] { setup.take_back_change(auditor, exam, seen(), by(auditor)); }), "role_not_allowed");
  EXPECT_EQ(code_thrown([&] { setup.save_notice(auditor, sample_notice(), std::nullopt, 1, {}, by(auditor)); }),
            "role_not_allowed");
  EXPECT_EQ(code_thrown([&] { setup.list_urgent_savings(auditor); }), "role_not_allowed");
}

}  // namespace
}  // namespace hanjari::tests
