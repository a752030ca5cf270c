// Seals and opens single values of personal columns, and makes the keyed hashes they are found by.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "hanjari/base/date.h"
#include "hanjari/domain/exam.h"
#include "vault/data_keys.h"
#include "vault/key_file.h"

namespace hanjari::storage {

// Where a value stands. A sealed value opens only there: not in another row, column or population.
struct FieldPlace {
  std::uint64_t population = 0;  // 0 for tables of no population
  std::string_view row;          // what names the row: applicant_id, account, ...
  std::string_view column;       // name of the column, with its table's where another table has the same rows
  // Code of the exam whose key seals the value; empty: the program's own. Opening does not need it, but tells by it whether a
  // key that is gone was destroyed or lost.
  std::string_view exam{};
};

// XChaCha20-Poly1305. Sealed form: a zero byte, 4 bytes id of the data key (big-endian), 24 bytes random nonce,
// ciphertext, 16 bytes tag. A value that begins with another byte was sealed by an earlier version with the master key
// of that number; `hanjari keys rotate` seals it anew.
class FieldCipher {
 public:
  static constexpr std::size_t overhead = 1 + 4 + 24 + 16;

  // Of the ring the look-up key; master keys change, so the data keys have them.
  FieldCipher(const KeyRing& keys, std::shared_ptr<const DataKeys> data_keys);
  std::string seal(const FieldPlace& place, std::string_view value) const;
  // As seal, with this key.
  static std::string seal_with(const DataKey& key, const FieldPlace& place, std::string_view value);
  // Nothing when what seal_with made was changed or moved, or sealed with another key.
  static std::optional<std::string> open_with(const Key& key, const FieldPlace& place, std::string_view sealed);
  // Throws Unavailable (personal_data_damaged) when the value was changed or moved or its key does not open or is lost, and
  // NotFound (personal_data_destroyed) when its key was destroyed.
  std::string open(const FieldPlace& place, std::string_view sealed) const;
  // Nothing when the key was destroyed.
  std::optional<std::string> open_unless_destroyed(const FieldPlace& place, std::string_view sealed) const;
  // The id of the data key of a sealed value; 0 for an earlier version's.
  static std::uint32_t key_of(std::string_view sealed);

  // 16 bytes of keyed BLAKE2b over exam, number and birth date, by which a person finds the own seat.
  std::string seat_hash(const ExamCode& exam, const ApplicantNumber& number, Date birth_on) const;
  // 16 bytes for a key of the limit on guesses, which may hold an address.
  std::string attempt_hash(std::string_view key) const;
  // 16 bytes by which a personal value is found: `purpose` keeps an e-mail address from matching a name.
  std::string blind_index(std::string_view purpose, std::string_view value) const;
  // 32 bytes, for one purpose only, that nobody can make without the key file.
  Key derive_key(std::string_view purpose) const;
  // 16 bytes that tell whether a key is the one a database was written with.
  static std::string key_check(const Key& key);
  const DataKeys& data_keys() const { return *data_keys_; }

 private:
  Key lookup_;
  std::shared_ptr<const DataKeys> data_keys_;
};

}  // namespace hanjari::storage
