#include "intake/store/intake_seal.h"

#include <charconv>
#include <sstream>

#include <fmt/format.h>

#include "database/sql_time.h"
#include "hanjari/base/error.h"
#include "hanjari/package/recruitment_file.h"
#include "intake/store/intake_stores.h"

namespace hanjari::storage {
namespace {

using services::SelfReport;

constexpr std::string_view decisions_column = "applications.decisions";
constexpr std::string_view health_column = "self_reports.health";
constexpr std::string_view reason_column = "self_reports.reason";

// One line of text: what would end a line or a column becomes a blank.
std::string one_line(const std::string& text) {
  std::string line = text;
  for (char& c : line) {
    if (static_cast<unsigned char>(c) < ' ') c = ' ';
  }
  return line;
}

std::vector<std::string> split(const std::string& text, char at, std::size_t most) {
  std::vector<std::string> parts;
  std::size_t begin = 0;
  while (parts.size() + 1 < most) {
    const auto end = text.find(at, begin);
    if (end == std::string::npos) break;
    parts.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  parts.push_back(text.substr(begin));
  return parts;
}

std::int64_t microseconds_of(Instant instant) {
  return std::chrono::duration_cast<std::chrono::microseconds>(instant.time_since_epoch()).count();
}

}  // namespace

FieldPlace exam_place(const ExamCode& exam, std::string_view row, std::string_view column) {
  return {0, row, column, exam.text()};
}

std::string seal_form(const FieldCipher& cipher, const ExamCode& exam, const std::string& row, std::string_view column,
                      const ApplicationForm& form) {
  return cipher.seal(exam_place(exam, row, column), package::render_form(form));
}

ApplicationForm open_form(const FieldCipher& cipher, const ExamCode& exam, const std::string& row, std::string_view column,
                          const std::string& sealed) {
  return package::parse_form(cipher.open(exam_place(exam, row, column), sealed));
}

std::string seal_decisions(const FieldCipher& cipher, const Application& application) {
  std::string lines;
  for (const AccommodationDecision& decision : application.decisions) {
    lines += fmt::format("{}\t{}\t{}\t{}\t{}\n", decision.item, spell(decision.decision), microseconds_of(decision.at),
                         decision.officer, one_line(decision.reason));
  }
  return cipher.seal(exam_place(application.exam, application.id.text(), decisions_column), lines);
}

std::vector<AccommodationDecision> open_decisions(const FieldCipher& cipher, const ExamCode& exam, const std::string& row,
                                                  const std::string& sealed) {
  std::vector<AccommodationDecision> decisions;
  std::istringstream lines(cipher.open(exam_place(exam, row, decisions_column), sealed));
  for (std::string line; std::getline(lines, line);) {
    const auto parts = split(line, '\t', 5);
    if (parts.size() != 5) continue;
    AccommodationDecision decision;
    decision.item = parts[0];
    decision.decision = parse_item_decision(parts[1]).value_or(ItemDecision::asked);
    decision.at = from_microseconds(std::stoll(parts[2]));
    decision.officer = parts[3];
    decision.reason = parts[4];
    decisions.push_back(std::move(decision));
  }
  return decisions;
}

std::string seal_health(const FieldCipher& cipher, const SelfReport& report) {
  return cipher.seal(exam_place(report.exam, report.application.text(), health_column),
                     fmt::format("{}\n{}\n{}", spell(report.status), format_date(report.since), report.note));
}

void open_health(const FieldCipher& cipher, const std::string& sealed, SelfReport& report) {
  const auto parts = split(cipher.open(exam_place(report.exam, report.application.text(), health_column), sealed), '\n', 3);
  if (parts.size() != 3) return;
  report.status = services::parse_health_status(parts[0]).value_or(services::HealthStatus::symptoms);
  report.since = parse_date(parts[1]).value_or(Date{});
  report.note = parts[2];
}

std::string seal_reason(const FieldCipher& cipher, const SelfReport& report) {
  return cipher.seal(exam_place(report.exam, report.application.text(), reason_column), report.reason);
}

std::string open_reason(const FieldCipher& cipher, const SelfReport& report, const std::string& sealed) {
  return cipher.open(exam_place(report.exam, report.application.text(), reason_column), sealed);
}

std::string KeyedIdentity::hash_identity(std::string_view number) const {
  std::string hex;
  for (const char c : store_.cipher.blind_index("resident number", number))
    hex += fmt::format("{:02x}", static_cast<unsigned>(static_cast<unsigned char>(c)));
  return hex;
}

std::string claim_bytes(const std::string& identity_hash) {
  std::string raw;
  for (std::size_t at = 0; at + 1 < identity_hash.size(); at += 2) {
    unsigned value = 0;
    const char* begin = identity_hash.data() + at;
    const auto [end, error] = std::from_chars(begin, begin + 2, value, 16);
    if (error != std::errc{} || end != begin + 2) break;
    raw += static_cast<char>(value);
  }
  if (raw.size() != 16 || identity_hash.size() != 32) {
    throw InvalidInput("bad_form", {"the form holds no identity", "지원서에 본인 확인 값이 없습니다"});
  }
  return raw;
}

}  // namespace hanjari::storage
