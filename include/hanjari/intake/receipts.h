// Receipts: signed text that proves what was submitted and when (Ed25519).
//
// A receipt is UTF-8 text for people and programs: a first line `Hanjari application receipt 1`, lines `key: value`,
// and a last line `signature: HEX` over all bytes before it. Nothing of the form but its digest stands in it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "hanjari/base/clock.h"
#include "hanjari/domain/application.h"

namespace hanjari::services {

struct ReceiptFacts {
  ExamCode exam;
  ApplicationId application;
  std::int64_t version = 1;
  UnitCode unit;
  std::string form_digest;  // SHA-256 of the form as submitted, hex
  Won fee = 0;
  Instant received_at{};  // by the server's clock, when the request was complete
  // Role of the staff who corrected the form; empty for a version that the applicant submitted.
  std::string corrected_by{};
  std::string consent{};  // version and SHA-256 of the words agreed to; empty: not said
};

// Signs with one key pair; the public half is given to everybody.
class ReceiptSigner {
 public:
  // Reads the secret key file (64 hex digits of the seed). Throws NotFound, Unavailable (receipt_key_open_to_others) and
  // InvalidInput (bad_receipt_key).
  static ReceiptSigner load(const std::filesystem::path& file);
  // A fresh key in a file readable by its owner only; one that is there stays and is read. Throws also Unavailable
  // (receipt_key_not_written).
  static ReceiptSigner make(const std::filesystem::path& file);
  // From a seed of 32 bytes, for tests.
  static ReceiptSigner from_seed(std::string_view seed);
  std::string sign(const ReceiptFacts& facts) const;
  // Signs any text of ours, hex.
  std::string sign_text(std::string_view text) const;
  const std::string& public_key() const { return public_key_; }  // 64 hex digits
  // 16 bytes by which the database knows the key.
  std::string check() const;

 private:
  ReceiptSigner() = default;
  std::string secret_;  // 64 bytes
  std::string public_key_;
};

// The facts when the signature is of this key and nothing was changed; nothing otherwise.
std::optional<ReceiptFacts> verify_receipt(std::string_view receipt, std::string_view public_key_hex);

// The bytes whose SHA-256 is form_digest: the form as canonical JSON.
std::string digest_form(const ApplicationForm& form);

}  // namespace hanjari::services
