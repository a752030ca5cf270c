// The key of what only the office reads: marks, decisions, special cases and summaries of publications. It stands in a file of its
// own, so that a program which serves the portal alone opens none of them. Such a value is closed under this key first and then
// sealed with the exam's key, so that changing keys and destroying an exam know nothing of it.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "database/connection.h"
#include "hanjari/database/settings.h"
#include "vault/field_cipher.h"

namespace hanjari::storage {

std::filesystem::path office_key_file_of(const DatabaseSettings& settings);

// Safe from many threads.
class OfficeKey {
 public:
  using Open = std::function<std::unique_ptr<Connection>()>;
  // `open`: a connection for naming the key in the database once, which waits for no pool.
  OfficeKey(Open open, std::filesystem::path file, OfficeKeyUse use);

  // Makes the key where the database names none yet. Throws Unavailable: office_key_missing, when this program reads none or its
  // file is not there; wrong_office_key, when the database names another one.
  std::string seal(const FieldCipher& cipher, const FieldPlace& place, std::string_view value) const;
  // As FieldCipher::open; throws PersonalDataDamaged also for a value of the office where this program has not its key. What was sealed
  // before there was such a key opens as it is.
  std::string open(const FieldCipher& cipher, const FieldPlace& place, std::string_view sealed) const;

  // At the start of a program: makes the key where the database names none yet, so that its copy is kept before anything is closed under
  // it. Throws as seal; where this program reads no key there is nothing to prepare.
  void prepare() const;
  // Makes nothing. Throws office_key_missing or wrong_office_key when the database names a key that is not in the file.
  void require_named() const;

 private:
  Key key_to_seal() const;
  std::optional<Key> key_to_open() const;
  std::optional<Key> load_if_there() const;
  // A file that was put in the place of a wrong one is read without a new start.
  void forget_unless_named() const;

  Open open_;
  std::filesystem::path file_;
  OfficeKeyUse use_;
  mutable std::mutex mutex_;
  mutable std::optional<Key> key_;
  mutable bool named_ = false;  // seen in the database
};

}  // namespace hanjari::storage
