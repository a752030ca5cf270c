#include "hanjari/intake/office/subject_checks.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>
#include <vector>

#include <fmt/format.h>

#include "hanjari/base/digest.h"
#include "hanjari/base/error.h"
#include "hanjari/base/hex.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/intake/notice_setup.h"
#include "hanjari/intake/refusals.h"
#include "hanjari/package/setup_parts.h"
#include "intake/intake_rules.h"

namespace hanjari::services {
namespace {

constexpr const char* ticket_purpose = "subject check link";
constexpr const char* code_purpose = "subject check code";
constexpr std::size_t seal_digits = 32;
constexpr int most_marks = 20;  // of one saving, while officers are faster each time

[[noreturn]] void throw_link_over() {
  throw NotFound("checker_link_over", {"This link is no longer good. Ask the exam office for a new one.",
                                       "더 이상 쓸 수 없는 링크입니다. 시험 담당 부서에 새 링크를 요청하십시오."});
}

// Exam, checker and the second at which it ends, a line each.
std::string write_ticket(const CheckerTicket& ticket) {
  const auto end = std::chrono::duration_cast<std::chrono::seconds>(ticket.expires_at.time_since_epoch()).count();
  return fmt::format("{}\n{}\n{}", ticket.exam.text(), ticket.checker, end);
}

std::string seal_of(const KeyedHash& keyed, const std::string& words) {
  return to_hex(keyed(ticket_purpose, words)).substr(0, seal_digits);
}

std::string code_for(const KeyedHash& keyed, const std::string& words) {
  std::uint32_t number = 0;
  for (const char byte : keyed(code_purpose, words).substr(0, 4)) number = (number << 8U) | static_cast<unsigned char>(byte);
  return fmt::format("{:06}", number % 1'000'000);
}

// Without telling by its time how much of it is right.
bool is_same(std::string_view one, std::string_view other) {
  if (one.size() != other.size()) return false;
  unsigned difference = 0;
  for (std::size_t at = 0; at < one.size(); ++at)
    difference |= static_cast<unsigned char>(one[at]) ^ static_cast<unsigned char>(other[at]);
  return difference == 0;
}

// The words of a ticket whose seal is ours.
std::string open_ticket(const KeyedHash& keyed, const std::string& ticket) {
  const auto hyphen = ticket.find('-');
  if (hyphen == std::string::npos || ticket.size() > 2'000) throw_link_over();
  const auto words = parse_hex(ticket.substr(0, hyphen));
  if (!words || !is_same(seal_of(keyed, *words), ticket.substr(hyphen + 1))) throw_link_over();
  return *words;
}

bool names(const package::ExamSubject& subject, const std::string& checker) {
  return std::find(subject.checkers.begin(), subject.checkers.end(), checker) != subject.checkers.end();
}

std::vector<package::ExamSubject> read_own_subjects(const std::optional<SetupVersion>& newest) {
  std::vector<Fault> warnings;
  if (!newest) return {};
  return package::parse_subjects(newest->definition, "subjects.json", warnings);
}

}  // namespace

CheckerLink make_checker_link(const KeyedHash& keyed, const CheckerTicket& ticket) {
  const std::string words = write_ticket(ticket);
  return {to_hex(words) + "-" + seal_of(keyed, words), code_for(keyed, words)};
}

CheckerTicket read_checker_ticket(const KeyedHash& keyed, const std::string& ticket, Instant now) {
  const std::string words = open_ticket(keyed, ticket);
  const auto first = words.find('\n');
  const auto last = words.rfind('\n');
  std::int64_t end = 0;
  std::from_chars(words.data() + last + 1, words.data() + words.size(), end);
  CheckerTicket read{ExamCode(words.substr(0, first)), words.substr(first + 1, last - first - 1),
                     Instant(std::chrono::seconds(end))};
  if (read.expires_at <= now) throw_link_over();
  return read;
}

void require_checker_code(const KeyedHash& keyed, AttemptLimit& attempts, const std::string& ticket, const std::string& code,
                          const std::string& source, Instant now) {
  const std::string words = open_ticket(keyed, ticket);
  using namespace std::chrono_literals;
  LookUpGuess guess(attempts,
                    {{"subject_check/" + sha256(ticket).hex(), wrong_checker_codes, 60min},
                     {"subject_check/source/" + source_of_limits(source), wrong_checker_codes_of_source, 60min}},
                    now);
  if (is_same(clean_code(code), code_for(keyed, words))) return;
  guess.was_wrong();
  throw InvalidInput("wrong_code", {"The code is not right. It stands in the letter with the link.",
                                    "인증 번호가 올바르지 않습니다. 링크와 함께 받은 번호를 입력하십시오."});
}

Message checker_letter(const CheckerTicket& ticket, const CheckerLink& link, const std::string& email, const Text& exam,
                       const std::string& portal, const std::string& until) {
  Message message;
  message.dedupe_id = "subject-check/" + sha256(link.ticket).hex().substr(0, 32);
  message.to = email;
  message.exam = ticket.exam.text();
  message.subject = fmt::format("{}: 시험과목 검토 / {}: subjects to check", exam.ko, exam.en);
  message.body = fmt::format(
      "{}의 시험과목 검토자로 지정되었습니다. 아래 화면에서 응시자 중 친족이 있는지 신고하고, 검토를 마친 과목을 표시하십시오.\n"
      "{}/ko/subject-checks/{}\n인증 번호: {}\n{}까지 쓸 수 있습니다.\n\n"
      "You are to check subjects of {}. Declare on this page whether a relative applies, and mark what you have checked.\n"
      "{}/en/subject-checks/{}\nCode: {}\nGood until {}.",
      exam.ko, portal, link.ticket, link.code, until, exam.en, portal, link.ticket, link.code, until);
  message.useless_after = ticket.expires_at;
  message.urgency = Urgency::soon;
  return message;
}

std::string NoticeSetup::require_checker(const Actor& actor, const ExamCode& code, const std::string& checker) {
  require_officer(actor);
  require_recruitment(needs_.recruitments, code);
  needs_.recruitments.refuse_destroyed(code);
  const std::string name = clean_line(checker);
  for (const package::ExamSubject& subject : list_subjects(actor, code)) {
    if (names(subject, name)) return name;
  }
  throw InvalidInput("unknown_checker", {"No subject of this exam names this checker. Save the subjects first.",
                                         "이 검토자가 지정된 과목이 없습니다. 먼저 시험과목을 저장하십시오."});
}

OwnChecks NoticeSetup::open_own_checks(const ExamCode& code, const std::string& checker) {
  const auto stored = needs_.recruitments.find_recruitment(code);
  if (!stored) throw_link_over();
  try {
    needs_.recruitments.refuse_destroyed(code);
  } catch (const Conflict&) {
    throw_link_over();
  }
  OwnChecks own;
  own.header = stored->notice.header;
  for (package::ExamSubject& subject : read_own_subjects(needs_.setups.find_version(code, SetupPart::subjects, 0))) {
    if (names(subject, checker)) own.subjects.push_back(std::move(subject));
  }
  if (own.subjects.empty()) throw_link_over();  // somebody else checks by now
  for (const CheckerDeclaration& one : needs_.setups.list_declarations(code)) {
    if (one.checker == checker) own.has_relative = one.has_relative;
  }
  return own;
}

void NoticeSetup::declare_own_relative(const ExamCode& code, const std::string& checker, bool has_relative, const Change& change) {
  open_own_checks(code, checker);
  needs_.setups.save_declaration(code, {checker, has_relative, change.at}, change);
}

void NoticeSetup::mark_checked(const ExamCode& code, const std::string& checker, const std::string& subject, const Change& change) {
  for (int tries = 1;; ++tries) {
    const OwnChecks own = open_own_checks(code, checker);
    if (!own.has_relative) {
      throw Conflict("relative_undeclared", {"Declare first whether a relative of yours applies.", "먼저 친족 여부를 신고하십시오."});
    }
    if (*own.has_relative) {
      throw Conflict("checker_has_relative", {"You have declared a relative among the applicants, so that somebody else checks.",
                                              "응시자인 친족이 있다고 신고하여 다른 사람이 검토합니다."});
    }
    const auto newest = needs_.setups.find_version(code, SetupPart::subjects, 0);
    std::vector<package::ExamSubject> subjects = read_own_subjects(newest);
    const auto found = std::find_if(subjects.begin(), subjects.end(), [&](const package::ExamSubject& one) {
      return one.code == subject && names(one, checker);
    });
    if (found == subjects.end()) throw NotFound("unknown_subject", {"This subject is not yours to check.", "담당하지 않은 과목입니다."});
    if (found->state == package::SubjectState::cross_checked) return;
    if (found->state != package::SubjectState::drafted) {
      throw Conflict("subject_not_drafted", {"Only a subject that is drafted and not settled yet can be checked.",
                                             "출제를 마치고 아직 확정하지 않은 과목만 검토할 수 있습니다."});
    }
    found->state = package::SubjectState::cross_checked;
    try {
      // Asked of this one in the transaction: a relative of another checker's is no reason to refuse this mark.
      needs_.setups.save_part(code, SetupPart::subjects, package::render_subjects(subjects), newest->version, {checker}, change);
      return;
    } catch (const SetupChanged&) {
      if (tries == most_marks) throw;  // what somebody else saves meanwhile is taken in
    }
  }
}

}  // namespace hanjari::services
