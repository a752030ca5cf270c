#include "proofreading/served_certificate.h"

#include <vector>

namespace hanjari::proofreading {
namespace {

// Names come from officers: what would end a line is a blank there.
std::string certified_words(const std::string& words) {
  std::string line;
  for (const char letter : words) line += letter >= 0 && letter < ' ' ? ' ' : letter;
  return line;
}

}  // namespace

bool certifies(std::string_view certificate, const CertifiedFacts& expected) {
  const std::vector<std::string> lines{
      "hanjari-certificate/1",
      "exam: " + certified_words(expected.exam),
      "exam_name_en: " + certified_words(expected.exam_name.en),
      "exam_name_ko: " + certified_words(expected.exam_name.ko),
      "stage: " + expected.stage,
      "version: " + std::to_string(expected.version),
      "released_at: " + expected.released_at,
      "applicant_number: " + expected.number,
      "unit_code: " + certified_words(expected.unit),
      "unit_en: " + certified_words(expected.unit_name.en),
      "unit_ko: " + certified_words(expected.unit_name.ko),
      "outcome: " + expected.outcome,
      "total: " + (expected.total.empty() ? std::string("-") : expected.total),
      "rank: " + (expected.rank.empty() ? std::string("-") : expected.rank),
      "root: " + expected.root,
      "",
  };
  std::string wanted;
  for (const std::string& line : lines) wanted += line + "\n";
  if (!certificate.starts_with(wanted)) return false;
  const std::string_view signature = certificate.substr(wanted.size());
  return signature.starts_with("\xE2\x80\x94 ") && signature.find('\n') == signature.size() - 1;
}

}  // namespace hanjari::proofreading
