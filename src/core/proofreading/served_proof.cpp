#include "proofreading/served_proof.h"

#include <optional>

namespace hanjari::proofreading {
namespace {

constexpr std::size_t salt_digits = 64;

std::optional<std::string> decode_base64_text(std::string_view text) {
  constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  while (!text.empty() && text.back() == '=') text.remove_suffix(1);
  std::string bytes;
  unsigned int held = 0;
  int bits = 0;
  for (const char letter : text) {
    const std::size_t value = letters.find(letter);
    if (value == std::string_view::npos) return std::nullopt;
    held = ((held << 6U) | static_cast<unsigned int>(value)) & 0xFFFFFU;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes += static_cast<char>((held >> static_cast<unsigned int>(bits)) & 0xFFU);
  }
  return bytes;
}

// What stands between the quotes behind this name.
std::optional<std::string_view> quoted_after(std::string_view bytes, std::string_view name) {
  const auto at = bytes.find(name);
  if (at == std::string_view::npos || bytes.find(name, at + 1) != std::string_view::npos) return std::nullopt;
  const auto begin = at + name.size();
  const auto end = bytes.find('"', begin);
  if (end == std::string_view::npos) return std::nullopt;
  return bytes.substr(begin, end - begin);
}

std::string json_text(const std::string& text) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string written = "\"";
  for (const char letter : text) {
    const auto byte = static_cast<unsigned char>(letter);
    if (letter == '"' || letter == '\\') {
      written += '\\';
      written += letter;
    } else if (letter == '\n') {
      written += "\\n";
    } else if (letter == '\t') {
      written += "\\t";
    } else if (letter == '\r') {
      written += "\\r";
    } else if (letter == '\b') {
      written += "\\b";
    } else if (letter == '\f') {
      written += "\\f";
    } else if (byte < 0x20) {
      written += std::string("\\u00") + digits[byte >> 4U] + digits[byte & 0xFU];
    } else {
      written += letter;
    }
  }
  return written + '"';
}

std::string write_expected(const ProvenRecord& expected, std::string_view salt) {
  std::string scores;
  for (const auto& [subject, mark] : expected.scores)
    scores += (scores.empty() ? "" : ",") + json_text(subject) + ":" + json_text(mark);
  return "{\"applicant_number\":" + json_text(expected.number) + ",\"exam\":" + json_text(expected.exam) +
         ",\"outcome\":" + json_text(expected.outcome) +
         ",\"rank\":" + (expected.rank.empty() ? std::string("null") : expected.rank) + ",\"salt\":\"" +
         std::string(salt) + "\",\"scores\":{" + scores + "},\"stage\":\"" + expected.stage + "\",\"total\":" +
         (expected.total.empty() ? std::string("null") : json_text(expected.total)) +
         ",\"unit_code\":" + json_text(expected.unit) + ",\"version\":" + std::to_string(expected.version) + "}";
}

}  // namespace

bool proves(std::string_view proof, const ProvenRecord& expected) {
  const auto encoded = quoted_after(proof, "\"record\": \"");
  if (!encoded) return false;
  const auto record = decode_base64_text(*encoded);
  if (!record) return false;
  const auto salt = quoted_after(*record, "\"salt\":\"");
  if (!salt || salt->size() != salt_digits ||
      salt->find_first_not_of("0123456789abcdef") != std::string_view::npos)
    return false;
  return *record == write_expected(expected, *salt);
}

}  // namespace hanjari::proofreading
