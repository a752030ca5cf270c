#include "hanjari/intake/notice_setup.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/people.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/intake/refusals.h"
#include "hanjari/package/notice_tables.h"
#include "hanjari/package/pass_rules.h"
#include "hanjari/package/recruitment_file.h"
#include "intake/intake_rules.h"

namespace hanjari::services {
namespace {

constexpr int most_saves = 20;  // of one edit, while others are faster each time

struct PartWords {
  std::string_view word;
  Text name;
};
const std::array<PartWords, 4> part_words = {{{"notice", {"notice", "공고"}},
                                              {"policy", {"policy of the plan", "배정 기준"}},
                                              {"subjects", {"subjects", "시험과목 출제"}},
                                              {"pass_rules", {"pass rules", "합격자 결정 규칙"}}}};

[[noreturn]] void throw_unknown_version() {
  throw NotFound("unknown_version",
                 {"This version is not kept. Open the page again.", "보관되지 않은 버전입니다. 화면을 다시 여십시오."});
}

std::string default_definition(SetupPart part) {
  if (part == SetupPart::policy) return package::render_policy(Policy{});
  if (part == SetupPart::pass_rules) return package::render_pass_rules({});
  return package::render_subjects({});
}

// Throws InvalidInput with every fault.
std::string canonical_definition(SetupPart part, const std::string& text) {
  std::vector<Fault> warnings;
  switch (part) {
    case SetupPart::notice:
      return package::render_recruitment(package::parse_recruitment(text, "recruitment.json", warnings));
    case SetupPart::policy:
      return package::render_policy(package::parse_policy(text, "policy.json", warnings));
    case SetupPart::pass_rules:
      return package::render_pass_rules(package::parse_pass_rules(text, "rules.json"));
    case SetupPart::subjects:
      break;
  }
  return package::render_subjects(package::parse_subjects(text, "subjects.json", warnings));
}

// As canonical_definition; what an earlier version wrote and this one refuses stays as it is.
std::string stored_definition(SetupPart part, const std::string& text) {
  try {
    return canonical_definition(part, text);
  } catch (const InvalidInput&) {
    return text;
  }
}

std::string spelled_out(SetupPart part, const std::string& definition) {
  return part == SetupPart::notice ? package::spell_out_accommodations(definition) : definition;
}

RecruitmentState state_of_version(const SetupVersion& version) {
  for (const auto state : {RecruitmentState::prepared, RecruitmentState::published}) {
    if (spell(state) == version.state) return state;
  }
  return RecruitmentState::closed;
}

Recruitment notice_of(const SetupVersion& version) {
  std::vector<Fault> warnings;
  return package::parse_recruitment(version.definition, "recruitment.json", warnings);
}

std::vector<std::string> checkers_of(const std::string& definition) {
  std::vector<Fault> warnings;
  std::set<std::string> checkers;
  for (const auto& subject : package::parse_subjects(definition, "subjects.json", warnings))
    checkers.insert(subject.checkers.begin(), subject.checkers.end());
  return {checkers.begin(), checkers.end()};
}

void require_concerned(std::int64_t people, std::int64_t concerned) {
  if (people == concerned) return;
  throw Conflict("concern_unsaid",
                 {fmt::format("This concerns {} whose application stands; open the page again.", count_people(people)),
                  fmt::format("접수가 유효한 {}명에게 영향을 줍니다. 화면을 다시 여십시오.", group_digits(people))});
}

void require_version(std::int64_t now, std::int64_t shown) {
  if (now == shown) return;
  throw SetupChanged("recruitment_changed", {"The notice was changed meanwhile; look at it again.",
                                             "그사이 공고가 바뀌었습니다. 다시 확인하십시오."});
}

}  // namespace

std::string_view spell(SetupPart part) {
  return part_words.at(static_cast<std::size_t>(part)).word;
}

Text name_of(SetupPart part) {
  return part_words.at(static_cast<std::size_t>(part)).name;
}

std::vector<FieldDifference> compare_setup_definitions(SetupPart part, const std::string& before,
                                                       const std::string& after) {
  return compare_definitions(before.empty() ? before : spelled_out(part, before), spelled_out(part, after));
}

std::optional<SetupPart> parse_setup_part(std::string_view word) {
  for (const auto part : {SetupPart::notice, SetupPart::policy, SetupPart::subjects, SetupPart::pass_rules}) {
    if (spell(part) == word) return part;
  }
  return std::nullopt;
}

struct NoticeSetup::Merged {
  SetupVersion newest;
  std::string definition;
  SetupOutcome outcome;
};

std::shared_ptr<const StoredRecruitment> NoticeSetup::load_notice(const Actor& actor, const ExamCode& code) {
  require_officer(actor);
  return load_recruitment(needs_.recruitments, code);
}

std::vector<SetupVersion> NoticeSetup::list_versions(const Actor& actor, const ExamCode& code, SetupPart part) {
  require_officer(actor);
  require_recruitment(needs_.recruitments, code);
  return needs_.setups.list_versions(code, part);
}

SetupVersion NoticeSetup::load_version(const Actor& actor, const ExamCode& code, SetupPart part, std::int64_t version) {
  require_officer(actor);
  require_recruitment(needs_.recruitments, code);
  auto found = needs_.setups.find_version(code, part, version);
  if (found) return std::move(*found);
  if (version != 0) throw_unknown_version();
  return load_unsaved(actor, code, part);
}

SetupVersion NoticeSetup::load_unsaved(const Actor& actor, const ExamCode& code, SetupPart part) {
  require_officer(actor);
  require_recruitment(needs_.recruitments, code);
  if (part == SetupPart::notice) throw_unknown_version();
  SetupVersion none;
  none.definition = default_definition(part);
  return none;
}

NoticeSetup::Merged NoticeSetup::merge(const Actor& actor, const ExamCode& code, const SetupEdit& edit) {
  Merged merged;
  const bool may_be_new = edit.part != SetupPart::notice;
  auto newest = needs_.setups.find_version(code, edit.part, 0);
  if (!newest && !may_be_new) throw_unknown_version();
  std::string base = may_be_new ? default_definition(edit.part) : std::string();
  if (edit.base_version > 0) {
    const auto found = needs_.setups.find_version(code, edit.part, edit.base_version);
    if (!found) throw_unknown_version();
    base = stored_definition(edit.part, found->definition);
  } else if (!may_be_new) {
    throw_unknown_version();
  }
  if (newest) merged.newest = std::move(*newest);
  const std::string theirs = merged.newest.version > 0 ? stored_definition(edit.part, merged.newest.definition) : base;
  const std::string mine = canonical_definition(edit.part, edit.definition);
  static const std::map<std::string, Side> unanswered;
  const bool answered = edit.answered_version == merged.newest.version;
  MergedDefinition result =
      merge_definitions(spelled_out(edit.part, base), spelled_out(edit.part, theirs), spelled_out(edit.part, mine),
                        answered ? edit.choices : unanswered);
  SetupOutcome& outcome = merged.outcome;
  outcome.version = merged.newest.version;
  outcome.conflicts = std::move(result.undecided);
  if (merged.newest.version != edit.base_version) {
    outcome.other_author = merged.newest.author;
    outcome.theirs = compare_definitions(spelled_out(edit.part, base), spelled_out(edit.part, theirs));
  }
  merged.definition = result.definition;
  if (outcome.conflicts.empty()) {
    merged.definition = canonical_definition(edit.part, result.definition);
    add_to_proposal(actor, code, edit, merged);
  }
  outcome.differences =
      compare_definitions(spelled_out(edit.part, theirs), spelled_out(edit.part, merged.definition));
  if (edit.part == SetupPart::notice && outcome.conflicts.empty() && !outcome.differences.empty())
    outcome.effects = judge_versions(code, merged.newest, merged.definition);
  return merged;
}

NoticeEffects NoticeSetup::judge_versions(const ExamCode& code, const SetupVersion& before, const std::string& definition) {
  const RecruitmentState state = state_of_version(before);
  if (state == RecruitmentState::prepared) return {};
  SetupVersion wanted;
  wanted.definition = definition;
  return judge_effects({notice_of(before), state, before.version}, notice_of(wanted),
                       needs_.recruitments.count_applications(code), needs_.clock.now());
}

void NoticeSetup::judge_change(const ExamCode& code, const SetupVersion& newest, NoticeChange& change) {
  change.version = newest.version;
  change.concerned = count_concerned(needs_.recruitments, code);
  if (!change.is_current()) return;  // it has to be proposed anew
  change.effects = judge_versions(code, newest, change.proposal.definition);
  if (change.effects.people > 0) change.concerned = change.effects.people;
}

void NoticeSetup::check_notice(const Actor& actor, const Recruitment& notice, std::optional<RecruitmentState> first,
                               std::int64_t expected_version) {
  require_officer(actor);
  judge_notice(needs_.recruitments, notice, first, expected_version);
  if (expected_version > 0) needs_.recruitments.refuse_contradictions(notice);
}

NoticeEffects NoticeSetup::find_effects(const Actor& actor, const Recruitment& notice) {
  require_officer(actor);
  const auto newest = needs_.setups.find_version(notice.header.code, SetupPart::notice, 0);
  return newest ? judge_versions(notice.header.code, *newest, package::render_recruitment(notice)) : NoticeEffects{};
}

SetupOutcome NoticeSetup::try_edit(const Actor& actor, const ExamCode& code, const SetupEdit& edit) {
  require_officer(actor);
  require_recruitment(needs_.recruitments, code);
  return merge(actor, code, edit).outcome;
}

void NoticeSetup::add_to_proposal(const Actor& actor, const ExamCode& code, const SetupEdit& edit, Merged& merged) {
  if (edit.part != SetupPart::notice || edit.saving.pending != NoticeSaving::Pending::grows) return;
  const auto pending = find_pending(code, merged.newest.version);
  if (!pending || pending->proposed_by != actor.account) return;
  const std::string base = spelled_out(edit.part, stored_definition(edit.part, merged.newest.definition));
  const std::string proposed = spelled_out(edit.part, pending->definition);
  const std::string wanted = spelled_out(edit.part, merged.definition);
  std::map<std::string, Side> mine;
  const MergedDefinition both = merge_definitions(base, proposed, wanted, mine);
  for (const FieldConflict& place : both.undecided) mine.emplace(place.path, Side::mine);
  merged.definition = canonical_definition(edit.part, merge_definitions(base, proposed, wanted, mine).definition);
}

std::optional<NoticeChange> NoticeSetup::find_change(const Actor& actor, const ExamCode& code) {
  const SetupVersion newest = load_version(actor, code, SetupPart::notice, 0);
  auto proposal = needs_.proposals.find_proposal(code);
  if (!proposal) return std::nullopt;
  NoticeChange change;
  change.proposal = std::move(*proposal);
  judge_change(code, newest, change);
  const auto base = needs_.setups.find_version(code, SetupPart::notice, change.proposal.base_version);
  change.differences =
      compare_setup_definitions(SetupPart::notice,
                                base ? stored_definition(SetupPart::notice, base->definition) : std::string(),
                                stored_definition(SetupPart::notice, change.proposal.definition));
  return change;
}

SetupOutcome NoticeSetup::save_edit(const Actor& actor, const ExamCode& code, const SetupEdit& edit,
                                    const Change& change) {
  require_officer(actor);
  require_recruitment(needs_.recruitments, code);
  for (int turn = 1;; ++turn) {
    Merged merged = merge(actor, code, edit);
    if (!merged.outcome.conflicts.empty()) return merged.outcome;
    if (merged.outcome.differences.empty()) {
      merged.outcome.saved = true;  // it says already what the officer wants
      return merged.outcome;
    }
    try {
      store_edit(actor, code, edit, merged, change);
      return merged.outcome;
    } catch (const SetupChanged&) {
      if (turn == most_saves) throw;  // what was saved meanwhile is taken in and asked about first
    }
  }
}

void NoticeSetup::store_edit(const Actor& actor, const ExamCode& code, const SetupEdit& edit, Merged& merged,
                             const Change& change) {
  const std::int64_t version = merged.newest.version;
  if (edit.part == SetupPart::notice) {
    // With the state of the very version that is replaced: a notice kept in memory may have an older one.
    SetupVersion wanted = merged.newest;
    wanted.definition = merged.definition;
    merged.outcome.proposed =
        save_or_propose(actor, notice_of(wanted), state_of_version(merged.newest), version, edit.saving, change);
  } else {
    store(code, edit.part, merged.definition, version, change);
  }
  if (merged.outcome.proposed) return;
  merged.outcome.saved = true;
  merged.outcome.version = version + 1;
}

void NoticeSetup::store(const ExamCode& code, SetupPart part, const std::string& definition,
                        std::int64_t expected_version, const Change& change) {
  const auto checkers = part == SetupPart::subjects ? checkers_of(definition) : std::vector<std::string>{};
  needs_.setups.save_part(code, part, definition, expected_version, checkers, change);
}

void NoticeSetup::create_notice(const Actor& actor, const Recruitment& notice, const Change& change) {
  require_officer(actor);
  if (needs_.setups.find_version(notice.header.code, SetupPart::notice, 0)) {
    throw Conflict("recruitment_exists",
                   {"There is a notice with this code already.", "같은 코드의 공고가 이미 있습니다."});
  }
  services::save_notice(needs_.recruitments, notice, RecruitmentState::prepared, 0, change);
}

ExamCode NoticeSetup::copy_exam(const Actor& actor, const ExamCode& source, const NoticeCopy& wish, const Change& change) {
  require_officer(actor);
  require_recruitment(needs_.recruitments, source);
  const auto from = needs_.setups.find_version(source, SetupPart::notice, 0);
  if (!from) throw_unknown_version();
  const Recruitment copy = copy_notice(read_kept_notice(from->definition, source), needs_.recruitments.count_applications(source), wish);
  // Reading it back applies every rule of the file.
  std::vector<Fault> warnings;
  const Recruitment judged =
      package::parse_recruitment(package::render_recruitment(copy), "recruitment.json", warnings);
  std::map<SetupPart, std::string> parts;
  if (const auto policy = needs_.setups.find_version(source, SetupPart::policy, 0))
    parts[SetupPart::policy] = policy->definition;
  if (const auto rules = needs_.setups.find_version(source, SetupPart::pass_rules, 0))
    parts[SetupPart::pass_rules] = rules->definition;
  if (const auto subjects = needs_.setups.find_version(source, SetupPart::subjects, 0)) {
    auto rows = package::parse_subjects(subjects->definition, "subjects.json", warnings);
    for (package::ExamSubject& row : rows) {
      row.state = package::SubjectState::not_started;
      row.checkers.clear();  // who may check depends on who applies
      if (row.due_on) row.due_on->days += wish.weeks * 7;
    }
    parts[SetupPart::subjects] = package::render_subjects(rows);
  }
  needs_.setups.save_copy(judged, source, parts, change);
  return judged.header.code;
}

std::vector<SetupGap> NoticeSetup::list_gaps(const Actor& actor, const ExamCode& code) {
  require_officer(actor);
  const SetupVersion newest = load_version(actor, code, SetupPart::notice, 0);
  return services::list_gaps(read_kept_notice(newest.definition, code), needs_.setups.find_notice_rule(code),
                             needs_.setups.find_version(code, SetupPart::policy, 0).has_value(),
                             list_subjects(actor, code), needs_.setups.list_declarations(code), needs_.clock.now());
}

std::vector<package::ExamSubject> NoticeSetup::list_subjects(const Actor& actor, const ExamCode& code) {
  std::vector<Fault> warnings;
  return package::parse_subjects(load_version(actor, code, SetupPart::subjects, 0).definition, "subjects.json",
                                 warnings);
}

std::vector<CheckerDeclaration> NoticeSetup::list_declarations(const Actor& actor, const ExamCode& code) {
  require_officer(actor);
  require_recruitment(needs_.recruitments, code);
  return needs_.setups.list_declarations(code);
}

void NoticeSetup::declare_relative(const Actor& actor, const ExamCode& code, const std::string& checker,
                                   bool has_relative, const Change& change) {
  require_officer(actor);
  require_recruitment(needs_.recruitments, code);
  const std::string name = clean_line(checker);
  if (name.empty() || name.size() > 190) {
    throw InvalidInput("checker_missing", {"Say who declares it: an account or a staff number of at most 190 bytes.",
                                           "신고한 사람의 계정이나 직원 번호를 적으십시오(190바이트 이하)."});
  }
  needs_.setups.save_declaration(code, {name, has_relative, change.at}, change);
}

NoticeRule NoticeSetup::find_rule(const Actor& actor, const ExamCode& code) {
  require_officer(actor);
  require_recruitment(needs_.recruitments, code);
  return needs_.setups.find_notice_rule(code);
}

NoticeApproval NoticeSetup::find_approval(const Actor& actor, const ExamCode& code) {
  require_officer(actor);
  require_recruitment(needs_.recruitments, code);
  return needs_.setups.find_notice_approval(code);
}

void NoticeSetup::set_second_officer(const Actor& actor, const ExamCode& code, bool needed, const Change& change) {
  NoticeRule rule = find_rule(actor, code);
  if (rule.second_officer == needed) return;
  rule.second_officer = needed;
  // Whoever does without the second officer is one of the two: another one has to announce.
  rule.waived_by = needed ? std::string() : actor.account;
  ++rule.version;
  needs_.setups.save_notice_rule(code, rule, change);
}

void NoticeSetup::confirm_dates(const Actor& actor, const ExamCode& code, const Change& change) {
  NoticeRule rule = find_rule(actor, code);
  if (!rule.dates_to_confirm) return;
  rule.dates_to_confirm = false;
  ++rule.version;
  needs_.setups.save_notice_rule(code, rule, change);
}

void NoticeSetup::propose_notice(const Actor& actor, const ExamCode& code, std::int64_t notice_version,
                                 const Change& change) {
  require_version(load_version(actor, code, SetupPart::notice, 0).version, notice_version);
  NoticeApproval next = needs_.setups.find_notice_approval(code);
  if (next.notice_version == notice_version && !next.proposed_by.empty()) return;
  next.notice_version = notice_version;
  next.proposed_by = actor.account;
  next.confirmed_by.clear();
  next.changed_at = change.at;
  ++next.version;
  needs_.setups.save_notice_approval(code, next, change);
}

void NoticeSetup::confirm_notice(const Actor& actor, const ExamCode& code, std::int64_t notice_version,
                                 const Change& change) {
  require_version(load_version(actor, code, SetupPart::notice, 0).version, notice_version);
  NoticeApproval next = needs_.setups.find_notice_approval(code);
  if (next.notice_version != notice_version || next.proposed_by.empty()) {
    throw Conflict("not_proposed", {"Nobody has proposed this version of the notice. Propose it first.",
                                    "이 버전의 공고는 상신되지 않았습니다. 먼저 상신하십시오."});
  }
  if (next.proposed_by == actor.account) {
    throw Conflict("same_officer", {"You proposed this notice yourself; another officer has to confirm it.",
                                    "본인이 상신한 공고입니다. 다른 담당자가 승인해야 합니다."});
  }
  if (!next.confirmed_by.empty()) return;
  next.confirmed_by = actor.account;
  next.changed_at = change.at;
  ++next.version;
  needs_.setups.save_notice_approval(code, next, change);
}

void NoticeSetup::announce(const Actor& actor, const ExamCode& code, std::int64_t concerned, const Change& change) {
  const SetupVersion newest = load_version(actor, code, SetupPart::notice, 0);
  needs_.recruitments.refuse_destroyed(code);
  if (state_of_version(newest) == RecruitmentState::published) return;
  const auto gaps = list_gaps(actor, code);
  const auto blocks = std::count_if(gaps.begin(), gaps.end(),
                                    [](const SetupGap& gap) { return gap.weight == SetupGap::Weight::blocks; });
  if (blocks > 0) {
    throw Conflict(
        "notice_incomplete",
        {fmt::format("The notice cannot be announced yet; what is missing: {}. The page of the set-up lists it.",
                     blocks),
         fmt::format("아직 게시할 수 없습니다. 빠진 항목이 {}개입니다. 준비 화면의 목록을 확인하십시오.", blocks)});
  }
  require_concerned(count_concerned(needs_.recruitments, code), concerned);
  needs_.recruitments.save_recruitment(read_kept_notice(newest.definition, code), RecruitmentState::published, newest.version, change);
}

void NoticeSetup::withdraw(const Actor& actor, const ExamCode& code, std::int64_t concerned, const Change& change) {
  const SetupVersion newest = load_version(actor, code, SetupPart::notice, 0);
  if (state_of_version(newest) == RecruitmentState::prepared) return;
  require_concerned(count_concerned(needs_.recruitments, code), concerned);
  needs_.recruitments.save_recruitment(read_kept_notice(newest.definition, code), RecruitmentState::prepared, newest.version, change);
}

}  // namespace hanjari::services
