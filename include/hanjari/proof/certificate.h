// A person's certificate of result: a text that the office signs and that anybody can check with the public key alone
// (docs/formats.md). Everybody who was decided gets one, whatever the outcome.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "hanjari/base/text.h"
#include "hanjari/proof/record.h"
#include "hanjari/proof/signed_note.h"

namespace hanjari::proof {

struct Certificate {
  std::string exam;
  Text exam_name;
  Stage stage = Stage::written;
  std::int64_t version = 1;   // of the release it belongs to
  std::string released_at;    // ISO 8601, UTC
  std::string applicant_number;
  std::string unit_code;
  Text unit_name;
  std::string outcome;                // a word of decisions.csv
  std::optional<std::string> total;   // with two decimals
  std::optional<std::int64_t> rank;   // from 1
  std::string root;                   // of that release, 64 hexadecimal digits

  bool operator==(const Certificate&) const = default;
};

// The text above the signature: one line a field, in a fixed order. Control characters in names become blanks.
std::string render_certificate(const Certificate& certificate);
// Nothing unless these are exactly the bytes that render_certificate writes of some certificate.
std::optional<Certificate> parse_certificate(std::string_view text);
// The name of the signing key: the release's origin followed by /certificate.
std::string certificate_key_name(const Certificate& certificate);
// A signed note. `public_key` is 32 raw bytes.
std::string sign_certificate(const Certificate& certificate, std::string_view public_key, const Sign& sign);

struct JudgedCertificate {
  Certificate certificate;
  bool is_genuine = false;  // the key signed every byte of it, for this exam, stage and version
};
// Nothing when the note is no certificate at all. `public_key` is 32 raw bytes.
std::optional<JudgedCertificate> judge_certificate(std::string_view note, std::string_view public_key);

// A PDF that carries the note behind its own end, so that the file can be checked as it is; viewers pass over it. The bytes
// come back unchanged when they are no PDF.
std::string attach_note(const std::string& pdf, std::string_view note);
// The note of what somebody sent: the one a PDF carries, or a text that was copied, with its line ends and the blanks around it
// made right. Nothing when a PDF carries none, or two.
std::optional<std::string> find_note(std::string_view sent);

}  // namespace hanjari::proof
