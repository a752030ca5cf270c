// What exam officers do to set up an exam: save parts in versions, copy last year's, see what is missing, announce and
// withdraw. All throw NotAllowed (role_not_allowed) unless the actor is an exam officer.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "hanjari/actor/actor.h"
#include "hanjari/base/clock.h"
#include "hanjari/definitions/definitions.h"
#include "hanjari/intake/office/notice_effects.h"
#include "hanjari/intake/recruitments.h"
#include "hanjari/intake/setup_versions.h"
#include "hanjari/package/setup_parts.h"

namespace hanjari::services {

// Of a notice that applicants see; the first two where its rule asks for another officer.
struct NoticeSaving {
  // What becomes of the own proposal that waits already: it stays and nothing is saved, it gives way, or what is saved now
  // is added to it (where both change the same, what is saved now counts).
  enum class Pending { stays, gives_way, grows };
  Pending pending = Pending::stays;
  bool emergency = false;  // without another officer; Change::reason says why
  // How many people the officer was told it concerns (NoticeEffects::people); below 0: nobody was told. What waits for
  // another officer changes nothing yet and needs none.
  std::int64_t concerned = -1;
};

// What one checker is shown: the own subjects.
struct OwnChecks {
  ExamHeader header;
  std::vector<package::ExamSubject> subjects{};
  std::optional<bool> has_relative{};  // nothing: not declared yet
};

// A part as an officer wants it, made from the version that the form showed.
struct SetupEdit {
  SetupPart part = SetupPart::notice;
  std::int64_t base_version = 0;  // 0: there was none
  std::string definition;
  // Where both officers changed the same place: answers to the conflicts with version `answered_version`. With a newer
  // one they are asked for again.
  std::int64_t answered_version = 0;
  std::map<std::string, Side> choices{};
  NoticeSaving saving{};
};

// What one definition of a part changes against another. `before` may be empty: everything is new then.
std::vector<FieldDifference> compare_setup_definitions(SetupPart part, const std::string& before,
                                                       const std::string& after);

struct SetupOutcome {
  bool saved = false;
  bool proposed = false;                     // not saved: it waits for another officer
  std::int64_t version = 0;                  // of what was saved; else the newest, which the conflicts are with
  std::vector<FieldDifference> differences;  // from the newest version to what is or would be saved
  std::vector<FieldConflict> conflicts;      // undecided; nothing is saved while there are any
  std::string other_author;                  // of the newest version, where it is not the one that the form showed
  std::vector<FieldDifference> theirs;       // what others changed since the version that the form showed
  NoticeEffects effects;                     // of the differences, for people who have applied
};

// A proposal as whoever decides on it sees it.
struct NoticeChange {
  NoticeProposal proposal;
  std::vector<FieldDifference> differences;  // from the version that it changes
  NoticeEffects effects;                     // of them for people who have applied, as of now
  std::int64_t concerned = 0;                // people whom an effect concerns; without any those whose application stands
  std::int64_t version = 0;                  // that the notice has now
  bool waits() const { return is_current() && proposal.refused_by.empty(); }
  // Otherwise the notice has moved on, and it has to be proposed anew.
  bool is_current() const { return proposal.base_version == version; }
  // Whether so many people are still what was seen: where it changes something for them, nearly the very number.
  bool is_said(std::int64_t people) const;
};

// What was seen by whoever takes a step with it.
struct SeenChange {
  std::int64_t base_version = 0;
  std::string digest;           // at least 12 digits
  std::int64_t concerned = -1;  // people; for confirming
};
// People go on applying while an officer reads: a tenth more or fewer, or ten people, is still what was seen.
bool concerns_as_seen(std::int64_t people, std::int64_t seen);

// What a notice still lacks. `form` and `field`: where it is filled in.
struct SetupGap {
  enum class Weight { blocks, warns };
  Weight weight = Weight::blocks;
  std::string code;
  Text what;
  std::string form;
};
// `policy`: whether one was saved. By form, in the order of the forms.
std::vector<SetupGap> list_gaps(const Recruitment& notice, const NoticeRule& rule, bool policy,
                                const std::vector<package::ExamSubject>& subjects,
                                const std::vector<CheckerDeclaration>& declarations, Instant now);

// Last year's notice as this year's. Moments and days move by whole weeks, so that days of the week stay and clocks
// show what they showed; the first of January becomes that of the other year; years in names change; posts and
// applications become those of last year.
struct NoticeCopy {
  ExamCode code;
  int weeks = 52;
};
Recruitment copy_notice(const Recruitment& source, const UnitCounts& counts, const NoticeCopy& wish);

class NoticeSetup {
 public:
  struct Needs {
    RecruitmentRepository& recruitments;
    SetupRepository& setups;
    NoticeProposalRepository& proposals;
    const Clock& clock;
  };
  explicit NoticeSetup(const Needs& needs) : needs_(needs) {}

  // Throws NotFound (unknown_recruitment).
  std::shared_ptr<const StoredRecruitment> load_notice(const Actor&, const ExamCode&);
  std::vector<SetupVersion> list_versions(const Actor&, const ExamCode&, SetupPart);
  // Version 0: the newest. A part that was never saved is version 0 with what is supposed then. Throws NotFound
  // (unknown_version).
  SetupVersion load_version(const Actor&, const ExamCode&, SetupPart, std::int64_t version);
  // What a part is supposed to be that nobody has saved: version 0. Throws NotFound (unknown_version) for the notice.
  SetupVersion load_unsaved(const Actor&, const ExamCode&, SetupPart);
  // What save_edit would do, without doing it.
  SetupOutcome try_edit(const Actor&, const ExamCode&, const SetupEdit&);
  // Saves what the officer wants on top of what others have saved since: what only one of them changed is taken, what
  // both changed is asked for. Nothing that another officer saved is overwritten without a choice. What applicants would
  // see at once is proposed instead where the rule of the notice asks for another officer. Throws InvalidInput with every
  // fault (reason_missing: of a proposal, its column `reason`), Conflict as save_recruitment, (concern_unsaid: it changes
  // something for people who have applied, and their number was not said), NoticeChangePending.
  SetupOutcome save_edit(const Actor&, const ExamCode&, const SetupEdit&, const Change&);
  // A notice as a file has it. Every fault of the notice itself (an unknown calendar, a window that ends before it begins,
  // ...) is an InvalidInput with all faults. What is saved keeps its state: `first`, the state of a new notice, must be the
  // one that a stored notice has, or nothing: throws Conflict (state_by_its_word). One that changes nothing is saved without
  // another officer while no proposal waits. Otherwise as save_edit, but that a whole notice adds nothing to a proposal: it
  // takes the place of the own one.
  struct SavedNotice {
    RecruitmentState state = RecruitmentState::prepared;
    bool proposed = false;  // not saved: it waits for another officer
  };
  SavedNotice save_notice(const Actor&, const Recruitment& notice, std::optional<RecruitmentState> first,
                          std::int64_t expected_version, const NoticeSaving&, const Change&);
  // A new notice in preparation. Throws Conflict (recruitment_exists), InvalidInput.
  void create_notice(const Actor&, const Recruitment& notice, const Change&);
  // The same as a copy of another exam's notice, policy and subjects; its dates wait for confirmation. The code as it is
  // stored: what nobody sees is taken out of the typed one, and its letters are put together.
  ExamCode copy_exam(const Actor&, const ExamCode& source, const NoticeCopy& wish, const Change&);

  // Throws what save_notice throws of the notice itself, before anybody is asked whom it concerns.
  void check_notice(const Actor&, const Recruitment& notice, std::optional<RecruitmentState> first,
                    std::int64_t expected_version);
  // What saving this notice would change for whom, now. Nothing of a new one.
  NoticeEffects find_effects(const Actor&, const Recruitment& notice);

  std::vector<SetupGap> list_gaps(const Actor&, const ExamCode&);
  std::vector<package::ExamSubject> list_subjects(const Actor&, const ExamCode&);
  std::vector<CheckerDeclaration> list_declarations(const Actor&, const ExamCode&);
  // Of checkers who have a link (subject_checks.h). require_checker: the name as the subjects have it; throws
  // InvalidInput (unknown_checker), Conflict (exam_destroyed).
  std::string require_checker(const Actor&, const ExamCode&, const std::string& checker);
  // For the checker alone, who has no account: whoever calls has read the link and the code. Throws NotFound
  // (checker_link_over) once no subject names the checker, or the exam is gone.
  OwnChecks open_own_checks(const ExamCode&, const std::string& checker);
  void declare_own_relative(const ExamCode&, const std::string& checker, bool has_relative, const Change&);
  // Throws NotFound (unknown_subject), Conflict (relative_undeclared, checker_has_relative, subject_not_drafted).
  void mark_checked(const ExamCode&, const std::string& checker, const std::string& subject, const Change&);
  // Throws InvalidInput (checker_missing).
  void declare_relative(const Actor&, const ExamCode&, const std::string& checker, bool has_relative, const Change&);

  NoticeRule find_rule(const Actor&, const ExamCode&);
  NoticeApproval find_approval(const Actor&, const ExamCode&);
  void set_second_officer(const Actor&, const ExamCode&, bool needed, const Change&);
  void confirm_dates(const Actor&, const ExamCode&, const Change&);
  // Of the version that the page showed. Throws SetupChanged for another one, Conflict (same_officer, not_proposed).
  void propose_notice(const Actor&, const ExamCode&, std::int64_t notice_version, const Change&);
  void confirm_notice(const Actor&, const ExamCode&, std::int64_t notice_version, const Change&);
  // Onto the portal. Throws Conflict (notice_incomplete: while something is missing that blocks; notice_not_confirmed;
  // concern_unsaid).
  void announce(const Actor&, const ExamCode&, std::int64_t concerned, const Change&);
  // Whether what this officer saves of the notice now waits for another one.
  bool waits_for_another(const Actor&, const ExamCode&);
  // Nothing where nobody has proposed a change.
  std::optional<NoticeChange> find_change(const Actor&, const ExamCode&);
  // Each throws Conflict (notice_change_gone) for another proposal than the one that was seen, (recruitment_changed) where
  // the notice has moved on, (same_officer) for who proposed it.
  // Also throws Conflict (concern_unsaid). check_confirmation throws the same and does nothing.
  void check_confirmation(const Actor&, const ExamCode&, const SeenChange&);
  void confirm_change(const Actor&, const ExamCode&, const SeenChange&, const Change&);
  // Throws InvalidInput (reason_missing).
  void refuse_change(const Actor&, const ExamCode&, const SeenChange&, const Change&);
  // The own one only, also one that was turned down or counts no more: throws Conflict (not_your_change).
  void take_back_change(const Actor&, const ExamCode&, const SeenChange&, const Change&);
  // The own one that counts no more, on top of what the notice says now: what others have changed since is kept. Throws
  // Conflict (not_your_change; notice_change_conflicts where both changed the same; notice_change_current where it still
  // counts, needs no other officer any more, or is what the notice says by now), and as save_edit.
  void renew_change(const Actor&, const ExamCode&, const SeenChange&, const Change&);
  // Savings in an emergency that nobody has confirmed since, of all notices.
  std::vector<UrgentSaving> list_urgent_savings(const Actor&);
  // Off the portal. Throws Conflict (concern_unsaid).
  void withdraw(const Actor&, const ExamCode&, std::int64_t concerned, const Change&);

 private:
  struct Merged;
  Merged merge(const Actor&, const ExamCode&, const SetupEdit&);
  void add_to_proposal(const Actor&, const ExamCode&, const SetupEdit&, Merged&);
  NoticeEffects judge_versions(const ExamCode&, const SetupVersion& before, const std::string& definition);
  void judge_change(const ExamCode&, const SetupVersion& newest, NoticeChange&);
  void store_edit(const Actor&, const ExamCode&, const SetupEdit&, Merged&, const Change&);
  bool save_or_propose(const Actor&, const Recruitment&, RecruitmentState, std::int64_t version, const NoticeSaving&,
                       const Change&);
  void propose_change(const Recruitment&, std::int64_t version, const NoticeSaving&, const Change&);
  std::optional<NoticeProposal> find_pending(const ExamCode&, std::int64_t version);
  NoticeChange load_seen_change(const ExamCode&, const SeenChange&);
  NoticeChange load_confirmable(const Actor&, const ExamCode&, const SeenChange&);
  void store(const ExamCode&, SetupPart, const std::string& definition, std::int64_t expected_version, const Change&);
  Needs needs_;
};

}  // namespace hanjari::services
