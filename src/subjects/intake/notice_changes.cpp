// Changes of a notice that applicants see already: proposed by one officer, decided on by another one.
#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "hanjari/base/digest.h"
#include "hanjari/base/error.h"
#include "hanjari/base/people.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/intake/notice_setup.h"
#include "hanjari/intake/refusals.h"
#include "hanjari/package/recruitment_file.h"
#include "intake/intake_rules.h"

namespace hanjari::services {
namespace {

constexpr std::size_t least_digest = 12;

[[noreturn]] void throw_change_gone() {
  throw Conflict("notice_change_gone",
                 {"This proposal is not there any more: it was taken back, replaced, turned down or confirmed. Look again.",
                  "회수, 교체, 반려 또는 승인되어 더 이상 없는 상신입니다. 다시 확인하십시오."});
}

[[noreturn]] void throw_change_current() {
  throw Conflict("notice_change_current", {"This proposal need not be made anew.", "다시 상신할 필요가 없는 변경입니다."});
}

[[noreturn]] void throw_moved_on(const NoticeChange& change) {
  throw SetupChanged(
      "recruitment_changed",
      {fmt::format("The notice has changed since this was proposed (version {} then, {} now). It has to be proposed anew.",
                   change.proposal.base_version, change.version),
       fmt::format("상신한 뒤에 공고가 바뀌었습니다(당시 버전 {}, 현재 버전 {}). 다시 상신해야 합니다.",
                   change.proposal.base_version, change.version)});
}

[[noreturn]] void throw_no_reason_of_change(const Text& message) {
  Faults faults;
  faults.add({"", 0, "reason", message, {}});
  throw InvalidInput("reason_missing", message, std::move(faults));
}

[[noreturn]] void throw_pending_of_another(const NoticeProposal& pending) {
  throw NoticeChangePending(
      {fmt::format("{} has proposed a change of this notice that waits. Confirm it or turn it down first; nothing was saved.",
                   pending.proposed_by),
       fmt::format("{} 담당자가 상신한 변경이 승인을 기다립니다. 먼저 승인하거나 반려하십시오. 저장하지 않았습니다.",
                   pending.proposed_by)});
}

[[noreturn]] void throw_own_pending() {
  throw NoticeChangePending(
      {"You have proposed a change of this notice that waits. Say whether what you save now is added to it or takes its "
       "place; nothing was saved.",
       "본인이 상신한 변경이 승인을 기다립니다. 그 상신에 더할지 새로 바꿀지 고르십시오. 저장하지 않았습니다."});
}

}  // namespace

bool asks_another(const NoticeRule& rule, const std::string& account) {
  return rule.second_officer || (!rule.waived_by.empty() && rule.waived_by == account);
}

bool concerns_as_seen(std::int64_t people, std::int64_t seen) {
  constexpr std::int64_t fewest = 10;
  if (seen < 0) return false;
  const std::int64_t apart = people > seen ? people - seen : seen - people;
  return apart <= std::max(fewest, people / 10);
}

bool NoticeChange::is_said(std::int64_t people) const {
  return effects.people > 0 ? says_concerned(concerned, people) : concerns_as_seen(concerned, people);
}

std::optional<NoticeProposal> NoticeSetup::find_pending(const ExamCode& code, std::int64_t version) {
  auto proposal = needs_.proposals.find_proposal(code);
  if (proposal && (proposal->base_version != version || !proposal->refused_by.empty())) proposal.reset();
  return proposal;
}

bool NoticeSetup::save_or_propose(const Actor& actor, const Recruitment& notice, RecruitmentState state,
                                  std::int64_t version, const NoticeSaving& saving, const Change& change) {
  const bool seen = state != RecruitmentState::prepared && version > 0;
  const ExamCode& code = notice.header.code;
  const auto require_said = [&] {
    const auto before = seen ? needs_.setups.find_version(code, SetupPart::notice, version) : std::nullopt;
    if (before) needs_.recruitments.refuse_contradictions(notice);
    if (before) require_effects_said(judge_versions(code, *before, package::render_recruitment(notice)), saving.concerned);
  };
  if (!seen || !asks_another(needs_.setups.find_notice_rule(code), actor.account)) {
    require_said();
    needs_.recruitments.save_recruitment(notice, state, version, change);
    return false;
  }
  if (!saving.emergency) {
    propose_change(notice, version, saving, change);
    return true;
  }
  if (is_blank_text(change.reason)) {
    throw_no_reason_of_change({"Say why this cannot wait for another officer.",
                               "다른 담당자의 승인을 기다릴 수 없는 사유를 적으십시오."});
  }
  require_said();
  needs_.proposals.save_in_emergency(notice, state, version, change);
  return false;
}

void NoticeSetup::propose_change(const Recruitment& notice, std::int64_t version, const NoticeSaving& saving,
                                 const Change& change) {
  const ExamCode& code = notice.header.code;
  NoticeProposal next;
  next.base_version = version;
  next.definition = package::render_recruitment(notice);
  next.digest = sha256(next.definition).hex();
  next.proposed_by = change.author;
  next.proposed_at_shell = change.shell;
  next.reason = change.reason;
  next.at = change.at;
  const auto pending = find_pending(code, version);
  if (pending) {
    if (pending->proposed_by != change.author) throw_pending_of_another(*pending);
    if (pending->digest == next.digest) return;  // the second click of one button
    if (saving.pending == NoticeSaving::Pending::stays) throw_own_pending();
    if (saving.pending == NoticeSaving::Pending::grows && is_blank_text(next.reason)) next.reason = pending->reason;
  }
  if (is_blank_text(next.reason)) {
    throw_no_reason_of_change({"Say why, for the officer who decides on it.",
                               "승인할 담당자가 볼 변경 사유를 적으십시오."});
  }
  needs_.proposals.save_proposal(code, next, pending, change);
}

bool NoticeSetup::waits_for_another(const Actor& actor, const ExamCode& code) {
  const SetupVersion newest = load_version(actor, code, SetupPart::notice, 0);
  return newest.state != spell(RecruitmentState::prepared) &&
         asks_another(needs_.setups.find_notice_rule(code), actor.account);
}

NoticeChange NoticeSetup::load_seen_change(const ExamCode& code, const SeenChange& seen) {
  auto proposal = needs_.proposals.find_proposal(code);
  if (!proposal || proposal->base_version != seen.base_version || seen.digest.size() < least_digest ||
      !proposal->digest.starts_with(seen.digest))
    throw_change_gone();
  const auto newest = needs_.setups.find_version(code, SetupPart::notice, 0);
  NoticeChange change;
  change.proposal = std::move(*proposal);
  judge_change(code, newest.value_or(SetupVersion{}), change);
  return change;
}

NoticeChange NoticeSetup::load_confirmable(const Actor& actor, const ExamCode& code, const SeenChange& seen) {
  NoticeChange change = load_seen_change(code, seen);
  if (!change.proposal.refused_by.empty()) throw_change_gone();
  if (!change.is_current()) throw_moved_on(change);
  if (change.proposal.proposed_by == actor.account) {
    throw Conflict("same_officer", {"You proposed this change yourself; another officer has to decide on it.",
                                    "본인이 상신한 변경입니다. 다른 담당자가 결정해야 합니다."});
  }
  return change;
}

void NoticeSetup::check_confirmation(const Actor& actor, const ExamCode& code, const SeenChange& seen) {
  require_officer(actor);
  require_recruitment(needs_.recruitments, code);
  const NoticeChange change = load_confirmable(actor, code, seen);
  if (change.is_said(seen.concerned)) return;
  if (change.effects.people > 0) require_effects_said(change.effects, -1);
  throw Conflict("concern_unsaid",
                 {fmt::format("This concerns {} whose application stands; say so with their number to go on.",
                              count_people(change.concerned)),
                  fmt::format("접수가 유효한 {}명에게 영향을 줍니다. 계속하려면 이 인원을 함께 지정하십시오.",
                              group_digits(change.concerned))});
}

void NoticeSetup::confirm_change(const Actor& actor, const ExamCode& code, const SeenChange& seen, const Change& change) {
  check_confirmation(actor, code, seen);
  needs_.proposals.confirm_proposal(code, load_confirmable(actor, code, seen).proposal, change);
}

void NoticeSetup::refuse_change(const Actor& actor, const ExamCode& code, const SeenChange& seen, const Change& change) {
  require_officer(actor);
  require_recruitment(needs_.recruitments, code);
  if (is_blank_text(change.reason)) {
    throw_no_reason_of_change({"Say why it is turned down; who proposed it reads that.",
                               "반려하는 사유를 적으십시오. 상신한 담당자가 봅니다."});
  }
  needs_.proposals.refuse_proposal(code, load_confirmable(actor, code, seen).proposal, change);
}

void NoticeSetup::take_back_change(const Actor& actor, const ExamCode& code, const SeenChange& seen,
                                   const Change& change) {
  require_officer(actor);
  require_recruitment(needs_.recruitments, code);
  const NoticeChange found = load_seen_change(code, seen);
  if (found.proposal.proposed_by != actor.account) {
    throw Conflict("not_your_change", {"Only who proposed a change takes it back; others turn it down.",
                                       "상신한 담당자만 회수할 수 있습니다. 다른 담당자는 반려하십시오."});
  }
  needs_.proposals.take_back_proposal(code, found.proposal, change);
}

void NoticeSetup::renew_change(const Actor& actor, const ExamCode& code, const SeenChange& seen, const Change& change) {
  require_officer(actor);
  require_recruitment(needs_.recruitments, code);
  const NoticeChange found = load_seen_change(code, seen);
  if (found.proposal.proposed_by != actor.account) {
    throw Conflict("not_your_change", {"Only who proposed a change proposes it anew.",
                                       "상신한 담당자만 다시 상신할 수 있습니다."});
  }
  if (found.is_current() || !waits_for_another(actor, code)) throw_change_current();
  SetupEdit edit;
  edit.base_version = found.proposal.base_version;
  edit.definition = found.proposal.definition;
  Change again = change;
  if (is_blank_text(again.reason)) again.reason = found.proposal.reason;
  const SetupOutcome outcome = save_edit(actor, code, edit, again);
  if (outcome.conflicts.empty()) {
    if (outcome.differences.empty()) throw_change_current();  // the notice says it already
    return;
  }
  const Text place = name_place(outcome.conflicts.front().path);
  throw Conflict("notice_change_conflicts",
                 {fmt::format("The notice has got another value meanwhile where this changes it too ({}). Open the form and "
                              "propose what you want now.",
                              place.en),
                  fmt::format("그사이 같은 항목({})이 다른 값으로 바뀌었습니다. 입력 화면을 열어 원하는 내용을 다시 "
                              "상신하십시오.",
                              place.ko)});
}

std::vector<UrgentSaving> NoticeSetup::list_urgent_savings(const Actor& actor) {
  require_officer(actor);
  return needs_.proposals.list_urgent_savings();
}

NoticeSetup::SavedNotice NoticeSetup::save_notice(const Actor& actor, const Recruitment& notice,
                                                  std::optional<RecruitmentState> first, std::int64_t expected_version,
                                                  const NoticeSaving& saving, const Change& change) {
  require_officer(actor);
  const JudgedNotice judged = judge_notice(needs_.recruitments, notice, first, expected_version);
  SavedNotice saved;
  saved.state = judged.state;
  const ExamCode& code = judged.notice.header.code;
  const auto stored = needs_.recruitments.find_recruitment(code);
  const bool same =
      stored && package::render_recruitment(stored->notice) == package::render_recruitment(judged.notice);
  // Nobody has to look at a change of nothing; a proposal that waits is not made void by it.
  if (same && !find_pending(code, expected_version)) {
    needs_.recruitments.save_recruitment(judged.notice, judged.state, expected_version, change);
    return saved;
  }
  saved.proposed = save_or_propose(actor, judged.notice, judged.state, expected_version, saving, change);
  return saved;
}

}  // namespace hanjari::services
