#include "audit/audit_chain.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <initializer_list>
#include <sstream>

#include <fmt/format.h>

#include "hanjari/base/hex.h"

namespace hanjari::storage {
namespace {

const unsigned char* bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

void append_part(std::string& text, std::string_view part) {
  for (int shift = 56; shift >= 0; shift -= 8)
    text += static_cast<char>((static_cast<std::uint64_t>(part.size()) >> shift) & 0xFFU);
  text += part;
}

// The next part; nothing at a broken end.
std::optional<std::string> take_part(std::string_view& text) {
  if (text.size() < 8) return std::nullopt;
  std::uint64_t size = 0;
  for (std::size_t at = 0; at < 8; ++at) size = (size << 8U) | static_cast<unsigned char>(text[at]);
  text.remove_prefix(8);
  if (size > text.size()) return std::nullopt;
  std::string part(text.substr(0, size));
  text.remove_prefix(size);
  return part;
}

std::string keyed_digest(const Key& key, std::string_view text) {
  std::string digest(32, '\0');
  crypto_generichash(reinterpret_cast<unsigned char*>(digest.data()), digest.size(), bytes(text), text.size(),
                     key.data(), key.size());
  return digest;
}

FieldPlace content_place(const std::string& row, const std::string& exam) {
  return {0, row, "audit_entries.content", exam};
}

std::string row_name(int lane, std::int64_t place) {
  return fmt::format("{}/{}", lane, place);
}

template <class Number>
bool read_number(std::string_view text, Number& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} && end == text.data() + text.size();
}

constexpr std::string_view anchor_head = "hanjari-audit-anchor 1 ";
constexpr std::string_view content_form = "1";

}  // namespace

std::string first_digest(const Key& chain_key, int lane) {
  return keyed_digest(chain_key, "audit lane " + std::to_string(lane));
}

std::string digest_entry(const Key& chain_key, std::string_view previous, const AuditRow& row) {
  std::string text;
  const std::string name = row_name(row.lane, row.place);
  for (const std::string_view part :
       {previous, std::string_view(name), std::string_view(row.at), std::string_view(row.author),
        std::string_view(row.role), std::string_view(row.request), std::string_view(row.action),
        std::string_view(row.subject), std::string_view(row.reason), std::string_view(row.detail),
        std::string_view(row.content_sealed)}) {
    append_part(text, part);
  }
  if (!row.people_hash.empty()) append_part(text, row.people_hash);
  return keyed_digest(chain_key, text);
}

std::string digest_people(const Key& chain_key, int lane, std::int64_t place, std::vector<std::string> people) {
  std::sort(people.begin(), people.end());
  std::string text;
  append_part(text, "audit people");
  append_part(text, row_name(lane, place));
  for (const std::string& person : people) append_part(text, person);
  return keyed_digest(chain_key, text);
}

std::string seal_content(const FieldCipher& cipher, const services::Change& change, const services::AuditNote& note,
                         int lane, std::int64_t place) {
  std::string content;
  append_part(content, content_form);
  append_part(content, change.reason);
  append_part(content, change.source);
  for (const auto& value : {note.before, note.after}) {
    append_part(content, value ? "1" : "0");
    append_part(content, value.value_or(""));
  }
  for (const std::string& person : note.whose) append_part(content, person);
  const std::string row = row_name(lane, place);
  return FieldCipher::seal_with(cipher.data_keys().of_audit(note.exam), content_place(row, note.exam),
                                content);
}

void open_content(const FieldCipher& cipher, const AuditRow& row, services::AuditEntry& entry) {
  const std::string name = row_name(row.lane, row.place);
  const auto content = cipher.open_unless_destroyed(content_place(name, {}), row.content_sealed);
  if (!content) {
    entry.destroyed = true;
    return;
  }
  std::string_view rest = *content;
  const auto part = [&] { return take_part(rest).value_or(""); };
  part();  // the form
  entry.change.reason = part();
  entry.change.source = part();
  for (auto* value : {&entry.note.before, &entry.note.after}) {
    const bool said = part() == "1";
    std::string text = part();
    if (said) *value = std::move(text);
  }
  while (!rest.empty()) entry.note.whose.push_back(part());
}

std::string write_anchor(const Key& signing_seed, const AuditAnchor& anchor) {
  std::string line = std::string(anchor_head) + anchor.at;
  for (const auto& lane : anchor.lanes) line += fmt::format(" {}:{}:{}", lane.lane, lane.entries, to_hex(lane.head));
  std::array<unsigned char, crypto_sign_PUBLICKEYBYTES> open_key{};
  std::array<unsigned char, crypto_sign_SECRETKEYBYTES> secret_key{};
  crypto_sign_seed_keypair(open_key.data(), secret_key.data(), signing_seed.data());
  std::string signature(crypto_sign_BYTES, '\0');
  crypto_sign_detached(reinterpret_cast<unsigned char*>(signature.data()), nullptr, bytes(line), line.size(),
                       secret_key.data());
  sodium_memzero(secret_key.data(), secret_key.size());
  return line + " " + to_hex(signature);
}

std::optional<AuditAnchor> read_anchor(const Key& signing_seed, std::string_view line) {
  if (!line.starts_with(anchor_head)) return std::nullopt;
  const auto last = line.rfind(' ');
  const auto signature = parse_hex(line.substr(last + 1));
  const std::string_view covered = line.substr(0, last);
  std::array<unsigned char, crypto_sign_PUBLICKEYBYTES> open_key{};
  std::array<unsigned char, crypto_sign_SECRETKEYBYTES> secret_key{};
  crypto_sign_seed_keypair(open_key.data(), secret_key.data(), signing_seed.data());
  sodium_memzero(secret_key.data(), secret_key.size());
  if (!signature || signature->size() != crypto_sign_BYTES ||
      crypto_sign_verify_detached(bytes(*signature), bytes(covered), covered.size(), open_key.data()) != 0) {
    return std::nullopt;
  }
  AuditAnchor anchor;
  std::istringstream words{std::string(covered.substr(anchor_head.size()))};
  words >> anchor.at;
  for (std::string word; words >> word;) {
    const auto first = word.find(':');
    const auto second = word.find(':', first + 1);
    AuditAnchor::Lane lane;
    const std::string_view text = word;
    if (first == std::string::npos || second == std::string::npos || !read_number(text.substr(0, first), lane.lane) ||
        !read_number(text.substr(first + 1, second - first - 1), lane.entries)) {
      return std::nullopt;
    }
    const auto head = parse_hex(text.substr(second + 1));
    if (!head) return std::nullopt;
    lane.head = *head;
    anchor.lanes.push_back(std::move(lane));
  }
  return anchor;
}

Key audit_chain_key(const FieldCipher& cipher) {
  return cipher.derive_key("audit chain");
}

Key audit_anchor_seed(const FieldCipher& cipher) {
  return cipher.derive_key("audit anchor");
}

}  // namespace hanjari::storage
