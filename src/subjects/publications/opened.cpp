#include "hanjari/publications/opened.h"

#include <utility>

#include <nlohmann/json.hpp>

#include "hanjari/base/digest.h"
#include "hanjari/base/error.h"
#include "hanjari/base/hex.h"
#include "hanjari/embargo/sealed_record.h"
#include "hanjari/proof/signed_note.h"

namespace hanjari::services {
namespace {

using nlohmann::json;

[[noreturn]] void throw_damaged() {
  throw Unavailable("publication_damaged", {"What was published does not open. Tell whoever maintains the program.",
                                            "발표한 내용이 열리지 않습니다. 프로그램 관리자에게 알리십시오."});
}

std::optional<std::string> open_padded(const embargo::ReleaseKey& key, const std::string& secret,
                                       const std::string& place, std::string_view sealed) {
  std::string record_key = embargo::derive_record_key(key, secret);
  auto opened = embargo::open_record(record_key, place, sealed);
  embargo::wipe(record_key);
  if (!opened) return std::nullopt;
  return embargo::unpad_record(*opened);
}

// Bytes that look like a sealed record and its secret, always the same for this number: whoever asks twice sees no difference to a
// record. They follow from what nobody is given before or after the minute, and open with no key.
SealedResult stand_in_for(const Publication& publication, const std::string& number) {
  const std::string seed = sha256("hanjari stand-in 1/" + to_hex(publication.public_secret) + "/" + number).hex();
  const auto stream = [&seed](const char* of, std::size_t size) {
    std::string bytes;
    for (std::size_t block = 0; bytes.size() < size; ++block) {
      const Digest digest = sha256(seed + of + std::to_string(block));
      bytes.append(digest.bytes.begin(), digest.bytes.end());
    }
    bytes.resize(size);
    return bytes;
  };
  return {number, stream("/secret/", embargo::secret_bytes), stream("/record/", static_cast<std::size_t>(publication.record_bytes))};
}

// What is no text: it is written in letters.
bool is_public_file(std::string_view name) {
  return name.ends_with(".xlsx") || name.ends_with(".pdf");
}

}  // namespace

std::string write_personal(const PersonalResult& result) {
  return json{{"number", result.number}, {"en", result.page.en}, {"ko", result.page.ko}, {"proof", result.proof},
              {"certificate", result.certificate}}.dump();
}

std::optional<PersonalResult> read_personal(std::string_view text) {
  const json read = json::parse(text, nullptr, false);
  if (!read.is_object()) return std::nullopt;
  PersonalResult result{read.value("number", std::string()),
                        {read.value("en", std::string()), read.value("ko", std::string())},
                        read.value("proof", std::string()),
                        read.value("certificate", std::string())};
  if (result.number.empty() || result.page.en.empty() || result.page.ko.empty()) return std::nullopt;
  return result;
}

std::string find_text(const PublicTexts& texts, const std::string& name) {
  const auto found = texts.find(name);
  return found == texts.end() ? std::string() : found->second;
}

std::string write_public(const PublicTexts& texts) {
  json written = json::object();
  for (const auto& [name, bytes] : texts) written[name] = is_public_file(name) ? proof::encode_base64(bytes) : bytes;
  return written.dump();
}

std::optional<PublicTexts> read_public(std::string_view text) {
  const json read = json::parse(text, nullptr, false);
  if (!read.is_object()) return std::nullopt;
  PublicTexts texts;
  for (const auto& [name, value] : read.items()) {
    if (!value.is_string()) return std::nullopt;
    texts[name] = value.get<std::string>();
    if (!is_public_file(name)) continue;
    auto bytes = proof::decode_base64(texts[name]);
    if (!bytes) return std::nullopt;
    texts[name] = std::move(*bytes);
  }
  return texts;
}

std::optional<PersonalResult> open_result(const Publication& publication, const embargo::ReleaseKey& key,
                                          const SealedResult& sealed) {
  const auto text = open_padded(key, sealed.secret, publication.id, sealed.record);
  if (!text) return std::nullopt;
  auto result = read_personal(*text);
  // A record that opens under somebody else's place is nobody's.
  if (!result || result->number != sealed.number) return std::nullopt;
  return result;
}

PublicTexts open_public(PublicationRepository& publications, const Publication& publication,
                        const embargo::ReleaseKey& key) {
  const auto text = open_padded(key, publication.public_secret, publication.id,
                                publications.load_part(publication, publication_parts::public_bundle));
  if (!text) throw_damaged();
  auto texts = read_public(*text);
  if (!texts) throw_damaged();
  return std::move(*texts);
}

PublicTexts load_public(PublicationRepository& publications, const Publication& released) {
  if (released.released_key.size() != embargo::key_bytes)
    throw Conflict("not_released", {"This version is not released.", "발표되지 않은 판입니다."});
  return open_public(publications, released, embargo::ReleaseKey::copy_of(released.released_key));
}

OwnResult find_own_result(PublicationRepository& publications, const ExamCode& exam, const std::string& number, proof::Stage stage) {
  OwnResult own;
  own.awaited = find_awaited(publications, exam, stage);
  own.released = find_released(publications, exam, stage);
  if (own.released) {
    if (own.released->order.withdrawal) {
      own.is = OwnResult::Is::withdrawn;
      return own;
    }
    const auto sealed = publications.find_result(*own.released, number);
    if (!sealed) return own;
    own.result = open_result(*own.released, embargo::ReleaseKey::copy_of(own.released->released_key), *sealed);
    if (!own.result) throw_damaged();
    own.is = OwnResult::Is::open;
    return own;
  }
  if (!own.awaited) return own;
  own.is = OwnResult::Is::waiting;
  if (own.awaited->order.withdrawal) return own;
  own.sealed = publications.find_result(*own.awaited, number);
  if (!own.sealed) own.sealed = stand_in_for(*own.awaited, number);
  return own;
}

}  // namespace hanjari::services
