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

// notice: recruitment.json. policy: policy.json. subjects: who sets and checks them (setup_parts.h).
enum class SetupPart { notice, policy, subjects };
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
};

struct NoticeRule {
  bool second_officer = false;    // before the notice goes onto the portal
  bool dates_to_confirm = false;  // dates shifted from another notice wait for somebody to look at them
  std::int64_t version = 0;       // 0: the rule was never set
  // Who did without the second officer; empty: nobody. Somebody else has to put the notice onto the portal then, so that
  // two people stand behind it either way.
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
