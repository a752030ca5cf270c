#include "hanjari/proof/certificate.h"

#include <charconv>
#include <vector>

#include <fmt/format.h>

#include "hanjari/proof/publication.h"

namespace hanjari::proof {
namespace {

constexpr std::string_view certificate_head = "hanjari-certificate/1";
constexpr std::string_view nothing_said = "-";
constexpr std::string_view carried = "\n%hanjari-certificate: ";  // a comment of PDF
constexpr std::size_t certificate_fields = 13;

std::string one_line(std::string_view words) {
  std::string line(words);
  for (char& c : line) {
    if (static_cast<unsigned char>(c) < 0x20) c = ' ';
  }
  return line;
}

// The values of the lines below the head; nothing when a line has another name than its place wants.
std::optional<std::vector<std::string>> values_of(std::string_view text) {
  static constexpr std::string_view names[certificate_fields] = {
      "exam",    "exam_name_en", "exam_name_ko", "stage", "version", "released_at", "applicant_number", "unit_code",
      "unit_en", "unit_ko",      "outcome",      "total", "rank"};
  std::vector<std::string> values;
  for (const std::string_view name : names) {
    const auto end = text.find('\n');
    if (end == std::string_view::npos) return std::nullopt;
    const std::string_view line = text.substr(0, end);
    if (!line.starts_with(name) || line.substr(name.size(), 2) != ": ") return std::nullopt;
    values.emplace_back(line.substr(name.size() + 2));
    text.remove_prefix(end + 1);
  }
  constexpr std::string_view last = "root: ";
  if (!text.starts_with(last) || !text.ends_with('\n')) return std::nullopt;
  values.emplace_back(text.substr(last.size(), text.size() - last.size() - 1));
  return values;
}

std::optional<std::int64_t> number_in(const std::string& text) {
  std::int64_t number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  if (read.ec != std::errc() || read.ptr != text.data() + text.size() || number < 1) return std::nullopt;
  return number;
}

}  // namespace

std::string render_certificate(const Certificate& one) {
  std::string text(certificate_head);
  const auto add = [&](std::string_view name, std::string_view value) {
    text += fmt::format("\n{}: {}", name, one_line(value));
  };
  add("exam", one.exam);
  add("exam_name_en", one.exam_name.en);
  add("exam_name_ko", one.exam_name.ko);
  add("stage", to_string(one.stage));
  add("version", std::to_string(one.version));
  add("released_at", one.released_at);
  add("applicant_number", one.applicant_number);
  add("unit_code", one.unit_code);
  add("unit_en", one.unit_name.en);
  add("unit_ko", one.unit_name.ko);
  add("outcome", one.outcome);
  add("total", one.total ? std::string_view(*one.total) : nothing_said);
  add("rank", one.rank ? std::to_string(*one.rank) : std::string(nothing_said));
  add("root", one.root);
  return text + "\n";
}

std::optional<Certificate> parse_certificate(std::string_view text) {
  const std::string head = std::string(certificate_head) + "\n";
  if (!text.starts_with(head)) return std::nullopt;
  const auto values = values_of(text.substr(head.size()));
  if (!values) return std::nullopt;
  const std::vector<std::string>& value = *values;
  const auto stage = parse_stage(value[3]);
  const auto version = number_in(value[4]);
  if (!stage || !version || !is_outcome(*stage, value[10])) return std::nullopt;
  Certificate one;
  one.exam = value[0];
  one.exam_name = {value[1], value[2]};
  one.stage = *stage;
  one.version = *version;
  one.released_at = value[5];
  one.applicant_number = value[6];
  one.unit_code = value[7];
  one.unit_name = {value[8], value[9]};
  one.outcome = value[10];
  if (value[11] != nothing_said) one.total = value[11];
  if (value[12] != nothing_said) {
    one.rank = number_in(value[12]);
    if (!one.rank) return std::nullopt;
  }
  one.root = value[13];
  if (render_certificate(one) != text) return std::nullopt;
  return one;
}

std::string certificate_key_name(const Certificate& certificate) {
  return origin_of(certificate.exam, certificate.stage, certificate.version) + "/certificate";
}

std::string sign_certificate(const Certificate& certificate, std::string_view public_key, const Sign& sign) {
  return sign_note(render_certificate(certificate), certificate_key_name(certificate), public_key, sign);
}

std::optional<JudgedCertificate> judge_certificate(std::string_view note, std::string_view public_key) {
  const auto text = text_of_note(note);
  if (!text) return std::nullopt;
  auto certificate = parse_certificate(*text);
  if (!certificate) return std::nullopt;
  JudgedCertificate judged;
  judged.is_genuine = is_signed_by(note, certificate_key_name(*certificate), public_key);
  judged.certificate = std::move(*certificate);
  return judged;
}

std::string attach_note(const std::string& pdf, std::string_view note) {
  constexpr std::string_view word = "startxref";
  const auto at = pdf.rfind(word);
  if (!pdf.starts_with("%PDF-") || at == std::string::npos) return pdf;
  // The end is said once more behind the comment: readers look for it in the last bytes of a file.
  std::string made = pdf;
  if (!made.ends_with('\n')) made += '\n';
  made.pop_back();
  return made + std::string(carried) + encode_base64(note) + "\n" + pdf.substr(at);
}

std::optional<std::string> find_note(std::string_view sent) {
  if (sent.starts_with("%PDF-")) {
    const auto at = sent.find(carried);
    if (at == std::string_view::npos || sent.find(carried, at + 1) != std::string_view::npos) return std::nullopt;
    const auto begin = at + carried.size();
    const auto end = sent.find('\n', begin);
    if (end == std::string_view::npos) return std::nullopt;
    return decode_base64(sent.substr(begin, end - begin));
  }
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  if (sent.starts_with(byte_order_mark)) sent.remove_prefix(byte_order_mark.size());
  std::string text;
  for (const char c : sent) {
    if (c != '\r') text += c;
  }
  const auto begin = text.find_first_not_of(" \n\t");
  if (begin == std::string::npos) return std::nullopt;
  const auto end = text.find_last_not_of(" \n\t");
  return text.substr(begin, end + 1 - begin) + "\n";
}

}  // namespace hanjari::proof
