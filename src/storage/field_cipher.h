// Seals and opens single values of personal columns, and makes the keyed hashes they are found by.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "hanjari/base/date.h"
#include "hanjari/domain/exam.h"
#include "storage/key_file.h"

namespace hanjari::storage {

// Where a value stands. A sealed value opens only there: not in another row, column or population.
struct FieldPlace {
  std::uint64_t population = 0;
  std::string_view row;     // applicant_id
  std::string_view column;  // name of the column
};

// XChaCha20-Poly1305. Sealed form: 1 byte key number, 24 bytes random nonce, ciphertext, 16 bytes tag.
class FieldCipher {
 public:
  static constexpr std::size_t overhead = 1 + 24 + 16;

  explicit FieldCipher(KeyRing keys);
  std::string seal(const FieldPlace& place, std::string_view value) const;
  // Throws Unavailable (personal_data_damaged) when the value was changed, moved or sealed with an unknown key.
  std::string open(const FieldPlace& place, std::string_view sealed) const;

  // 16 bytes of keyed BLAKE2b over exam, number and birth date, by which a person finds the own seat.
  std::string seat_hash(const ExamCode& exam, const ApplicantNumber& number, Date birth_on) const;
  // 16 bytes for a key of the limit on guesses, which may hold an address.
  std::string attempt_hash(std::string_view key) const;
  // 16 bytes that tell whether a key is the one a database was written with.
  static std::string key_check(const Key& key);
  const KeyRing& keys() const { return keys_; }

 private:
  KeyRing keys_;
  int newest_ = 0;
};

}  // namespace hanjari::storage
