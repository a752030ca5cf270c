#include "hanjari/proof/destruction.h"

#include <array>
#include <utility>

#include <fmt/format.h>

namespace hanjari::proof {
namespace {

constexpr std::string_view destruction_head = "hanjari-destruction/1\n";

using Field = std::pair<std::string_view, std::string DestructionCertificate::*>;
constexpr std::array<Field, 6> destruction_fields{{{"exam", &DestructionCertificate::exam},
                                                   {"due_at", &DestructionCertificate::due_at},
                                                   {"begun_at", &DestructionCertificate::begun_at},
                                                   {"keys_gone_at", &DestructionCertificate::keys_gone_at},
                                                   {"done_at", &DestructionCertificate::done_at},
                                                   {"destroyed", &DestructionCertificate::destroyed}}};

// The name of a key has neither blanks nor a plus sign.
std::string destruction_key_name(const DestructionCertificate& certificate) {
  std::string name = "hanjari/";
  for (const char c : certificate.exam) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
    name += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return name + "/destruction";
}

}  // namespace

std::string render_destruction(const DestructionCertificate& certificate) {
  std::string text(destruction_head);
  for (const auto& [name, value] : destruction_fields) {
    text += fmt::format("{}: ", name);
    for (const char c : certificate.*value) text += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    text += '\n';
  }
  return text;
}

std::optional<DestructionCertificate> parse_destruction(std::string_view text) {
  if (!text.starts_with(destruction_head)) return std::nullopt;
  std::string_view rest = text.substr(destruction_head.size());
  DestructionCertificate read;
  for (const auto& [name, value] : destruction_fields) {
    const auto end = rest.find('\n');
    if (end == std::string_view::npos || !rest.starts_with(name) || rest.substr(name.size(), 2) != ": ") return std::nullopt;
    const std::size_t begin = name.size() + 2;
    if (end < begin) return std::nullopt;
    read.*value = rest.substr(begin, end - begin);
    rest.remove_prefix(end + 1);
  }
  if (!rest.empty() || render_destruction(read) != text) return std::nullopt;
  return read;
}

std::string sign_destruction(const DestructionCertificate& certificate, std::string_view public_key, const Sign& sign) {
  return sign_note(render_destruction(certificate), destruction_key_name(certificate), public_key, sign);
}

std::optional<JudgedDestruction> judge_destruction(std::string_view note, std::string_view public_key) {
  const auto text = text_of_note(note);
  if (!text) return std::nullopt;
  auto certificate = parse_destruction(*text);
  if (!certificate) return std::nullopt;
  JudgedDestruction judged;
  judged.is_genuine = is_signed_by(note, destruction_key_name(*certificate), public_key);
  judged.certificate = std::move(*certificate);
  return judged;
}

}  // namespace hanjari::proof
