// What is kept of an exam's set-up: every saved version of its parts, the rules of publishing its notice, and what
// those who may check its subjects have declared.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hanjari/actor/audit.h"
#include "hanjari/base/clock.h"
#include "hanjari/base/text.h"
#include "hanjari/domain/exam.h"
#include "hanjari/intake/recruitments.h"

namespace hanjari::services {

// notice: recruitment.json. policy: policy.json. subjects: who sets and checks them (setup_parts.h). pass_rules:
// rules.json, by which the marks will be decided on.
enum class SetupPart { notice, policy, subjects, pass_rules };
std::string_view spell(SetupPart part);
Text name_of(SetupPart part);
// Nothing for an unknown word.
std::optional<SetupPart> parse_setup_part(std::string_view word);

struct SetupVersion {
  std::int64_t version = 0;  // of its part, from 1; of a notice that of the recruitment, which its state counts too
  std::string state;         // of the notice then; empty for other parts
  std::string copied_from;   // code of the exam that the first version was copied from
  std::string author;        // empty for a notice from before versions were kept
  std::string reason;        // empty also when it can no longer be read
  Instant saved_at{};
  std::string definition;  // empty in lists
  // Of a notice that applicants saw already: who confirmed what the author had proposed, and whether the author did
  // without that in an emergency.
  std::string confirmed_by{};
  bool emergency = false;
};

struct NoticeRule {
  bool second_officer = false;    // before the notice goes onto the portal, and before it changes there
  bool dates_to_confirm = false;  // dates shifted from another notice wait for somebody to look at them
  std::int64_t version = 0;       // 0: the rule was never set
  // Who did without the second officer; empty: nobody. Somebody else has to put the notice onto the portal then, and to
  // confirm what this officer changes there, so that two people stand behind it either way.
  std::string waived_by{};
};

// Who stands behind which version of the notice.
struct NoticeApproval {
  std::int64_t notice_version = 0;  // 0: nobody has proposed one
  std::string proposed_by;
  std::string confirmed_by;
  Instant changed_at{};
  std::int64_t version = 0;
};

struct CheckerDeclaration {
  std::string checker;  // account or staff number
  bool has_relative = false;
  Instant declared_at{};
};

// A change of a notice that applicants see already. It waits for another officer; they do not see it until then.
struct NoticeProposal {
  std::int64_t base_version = 0;  // of the notice that it changes; with another version it counts no more
  std::string definition;
  std::string digest;  // SHA-256 of the definition, hex
  std::string proposed_by;
  std::string proposed_at_shell{};  // account and machine of the command line; empty: signed in to the office
  std::string reason;               // empty also when it can no longer be read
  Instant at{};
  // Who turned it down; empty: nobody, it waits.
  std::string refused_by{};
  std::string refusal{};
  Instant refused_at{};
};

// A version that was saved in an emergency, and that nobody has confirmed or withdrawn since.
struct UrgentSaving {
  ExamCode exam{};
  std::int64_t version = 0;
  std::string author{};
  Instant at{};
};

// At most one proposal of each notice. Everything stands in the record in the same transaction.
class NoticeProposalRepository {
 public:
  virtual ~NoticeProposalRepository() = default;
  // One that counts no more and one that was turned down are there until another takes their place.
  virtual std::optional<NoticeProposal> find_proposal(const ExamCode&) = 0;
  // In place of `instead_of`, where it is given, of one of another version, and of one that was turned down. Throws
  // SetupChanged (recruitment_changed) unless the notice has the version that it changes, NoticeChangePending where
  // another one waits, and what save_recruitment throws of its units and days: nobody is asked to confirm what cannot
  // be saved.
  virtual void save_proposal(const ExamCode&, const NoticeProposal& next,
                             const std::optional<NoticeProposal>& instead_of, const Change&) = 0;
  // By who proposed it. This and the two below throw Conflict (notice_change_gone) unless this very proposal is there;
  // those below also once it was turned down.
  virtual void take_back_proposal(const ExamCode&, const NoticeProposal&, const Change&) = 0;
  // By somebody else, as below: throw Conflict (same_officer). Change::reason says why.
  virtual void refuse_proposal(const ExamCode&, const NoticeProposal&, const Change&) = 0;
  // Saves what was proposed as the next version of the notice, in the state that it has; its author is who proposed it.
  // Throws SetupChanged (recruitment_changed) where the notice has another version by now, and what save_recruitment
  // throws.
  virtual void confirm_proposal(const ExamCode&, const NoticeProposal&, const Change&) = 0;
  // As save_recruitment of a notice that applicants see, without another officer.
  virtual void save_in_emergency(const Recruitment& notice, RecruitmentState state, std::int64_t expected_version,
                                 const Change&) = 0;
  // By exam and version; none of exams whose personal data is destroyed.
  virtual std::vector<UrgentSaving> list_urgent_savings() = 0;
};

// Whether what this officer saves of a notice that applicants see waits for another officer.
bool asks_another(const NoticeRule& rule, const std::string& account);

class SetupRepository {
 public:
  virtual ~SetupRepository() = default;
  // Newest first, without definitions.
  virtual std::vector<SetupVersion> list_versions(const ExamCode&, SetupPart) = 0;
  // Version 0: the newest. Nothing when there is none.
  virtual std::optional<SetupVersion> find_version(const ExamCode&, SetupPart, std::int64_t version) = 0;
  // Of another part than the notice, which save_recruitment saves. Throws SetupChanged unless the newest version is
  // `expected_version`, NotFound (unknown_recruitment) without a notice, Conflict (checker_has_relative) where
  // `checkers` names somebody who has declared a relative meanwhile.
  virtual void save_part(const ExamCode&, SetupPart, const std::string& definition, std::int64_t expected_version,
                         const std::vector<std::string>& checkers, const Change&) = 0;
  // A new notice in preparation, copied from that of `source`, with its other parts: its first version names the source,
  // its dates wait for confirmation, and it asks for a second officer where that of the source does. Throws Conflict
  // (recruitment_exists, exam_code_taken).
  virtual void save_copy(const Recruitment& notice, const ExamCode& source,
                         const std::map<SetupPart, std::string>& parts, const Change&) = 0;

  virtual NoticeRule find_notice_rule(const ExamCode&) = 0;
  virtual NoticeApproval find_notice_approval(const ExamCode&) = 0;
  // Both compare with the version before: throw SetupChanged.
  virtual void save_notice_rule(const ExamCode&, const NoticeRule& next, const Change&) = 0;
  virtual void save_notice_approval(const ExamCode&, const NoticeApproval& next, const Change&) = 0;

  // By checker.
  virtual std::vector<CheckerDeclaration> list_declarations(const ExamCode&) = 0;
  // The last one counts.
  virtual void save_declaration(const ExamCode&, const CheckerDeclaration&, const Change&) = 0;
};

}  // namespace hanjari::services
