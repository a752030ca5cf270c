// The certificate that an exam's personal data was destroyed: a text that the office signs and that anybody can check with the public
// key alone (docs/formats.md). It names nobody of the exam.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "hanjari/proof/signed_note.h"

namespace hanjari::proof {

// Moments are ISO 8601 in UTC.
struct DestructionCertificate {
  std::string exam;
  std::string due_at;
  std::string begun_at;      // from then on nothing more was sealed for the exam
  std::string keys_gone_at;  // from then on nothing of it opens anywhere, earlier copies of the database included
  std::string done_at;       // rows and keys are gone, and no program holds the earlier master key
  std::string destroyed;     // what there was of people, in codes and numbers

  bool operator==(const DestructionCertificate&) const = default;
};

// The text above the signature: one line a field, in a fixed order.
std::string render_destruction(const DestructionCertificate& certificate);
// Nothing unless these are exactly the bytes that render_destruction writes of some certificate.
std::optional<DestructionCertificate> parse_destruction(std::string_view text);
// A signed note. `public_key` is 32 raw bytes.
std::string sign_destruction(const DestructionCertificate& certificate, std::string_view public_key, const Sign& sign);

struct JudgedDestruction {
  DestructionCertificate certificate;
  bool is_genuine = false;  // the key signed every byte of it, for this exam
};
// Nothing when the note is no such certificate at all.
std::optional<JudgedDestruction> judge_destruction(std::string_view note, std::string_view public_key);

}  // namespace hanjari::proof
