#include "hanjari/proof/signed_note.h"

#include <sodium.h>

#include <vector>

#include "hanjari/base/digest.h"
#include "hanjari/base/hex.h"

namespace hanjari::proof {
namespace {

constexpr std::string_view dash = "\xE2\x80\x94 ";  // U+2014 and a blank
constexpr char ed25519_type = '\x01';
constexpr std::size_t longest_note = 1'000'000;  // bytes; a note of ours has a few hundred

const unsigned char* raw(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

std::string key_id(std::string_view name, std::string_view public_key) {
  const Digest digest =
      Sha256().update(name).update("\n").update(std::string_view(&ed25519_type, 1)).update(public_key).finish();
  return {reinterpret_cast<const char*>(digest.bytes.data()), 4};
}

struct NoteParts {
  std::string_view text;                // with its last line feed
  std::vector<std::string_view> lines;  // of signatures, without line feeds
};

// The signatures stand below the last empty line.
std::optional<NoteParts> split(std::string_view note) {
  const auto gap = note.rfind("\n\n");
  if (note.size() > longest_note || gap == std::string_view::npos || note.back() != '\n') return std::nullopt;
  for (const char c : note) {
    if (static_cast<unsigned char>(c) < 0x20 && c != '\n') return std::nullopt;
  }
  NoteParts parts{note.substr(0, gap + 1), {}};
  std::string_view rest = note.substr(gap + 2);
  while (!rest.empty()) {
    const auto end = rest.find('\n');
    if (!rest.starts_with(dash)) return std::nullopt;
    parts.lines.push_back(rest.substr(0, end));
    rest.remove_prefix(end + 1);
  }
  if (parts.lines.empty()) return std::nullopt;
  return parts;
}

bool is_signature_of(std::string_view line, std::string_view text, std::string_view wanted_name,
                     std::string_view public_key) {
  line.remove_prefix(dash.size());
  const auto blank = line.find(' ');
  if (blank == std::string_view::npos) return false;
  const std::string_view name = line.substr(0, blank);
  if (name.empty() || (!wanted_name.empty() && name != wanted_name)) return false;
  const auto bytes = decode_base64(line.substr(blank + 1));
  if (!bytes || bytes->size() != 4 + crypto_sign_BYTES || !bytes->starts_with(key_id(name, public_key))) return false;
  return crypto_sign_verify_detached(raw(*bytes) + 4, raw(text), text.size(), raw(public_key)) == 0;
}

}  // namespace

std::string sign_note(std::string_view text, std::string_view key_name, std::string_view public_key, const Sign& sign) {
  const std::string signature = key_id(key_name, public_key) + sign(text);
  return std::string(text) + "\n" + std::string(dash) + std::string(key_name) + " " + encode_base64(signature) + "\n";
}

std::optional<std::string> text_of_note(std::string_view note) {
  const auto parts = split(note);
  if (!parts) return std::nullopt;
  return std::string(parts->text);
}

bool is_signed_by(std::string_view note, std::string_view key_name, std::string_view public_key) {
  const auto parts = split(note);
  if (!parts || public_key.size() != crypto_sign_PUBLICKEYBYTES) return false;
  for (const std::string_view line : parts->lines) {
    if (is_signature_of(line, parts->text, key_name, public_key)) return true;
  }
  return false;
}

std::string encode_base64(std::string_view bytes) {
  std::string text(sodium_base64_ENCODED_LEN(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
  sodium_bin2base64(text.data(), text.size(), raw(bytes), bytes.size(), sodium_base64_VARIANT_ORIGINAL);
  text.pop_back();
  return text;
}

std::optional<std::string> decode_base64(std::string_view text) {
  std::string bytes(text.size() / 4 * 3 + 3, '\0');
  std::size_t size = 0;
  const char* end = nullptr;
  if (sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), text.data(), text.size(), nullptr,
                        &size, &end, sodium_base64_VARIANT_ORIGINAL) != 0 ||
      end != text.data() + text.size()) {
    return std::nullopt;
  }
  bytes.resize(size);
  if (encode_base64(bytes) != text) return std::nullopt;
  return bytes;
}

std::optional<std::string> parse_lower_hex(std::string_view text) {
  auto bytes = parse_hex(text);
  if (bytes && to_hex(*bytes) != text) return std::nullopt;
  return bytes;
}

}  // namespace hanjari::proof
