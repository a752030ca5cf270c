// The key of what only the office reads: marks, decisions, special cases and summaries of publications. It stands in a file of its
// own, so that a program which serves the portal alone opens none of them. Such a value is closed under this key first and then
// sealed with the exam's key, so that changing those keys and destroying an exam know nothing of it. The database names the keys by
// number and check; the newest of them closes, every one in the file opens.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "database/connection.h"
#include "hanjari/base/clock.h"
#include "hanjari/database/settings.h"
#include "vault/field_cipher.h"
#include "vault/key_file.h"

namespace hanjari::storage {

std::filesystem::path office_key_file_of(const DatabaseSettings& settings);

// Safe from many threads.
class OfficeKey {
 public:
  using Open = std::function<std::unique_ptr<Connection>()>;
  // Does the work over a connection of the pool; again where the connection is lost. Throws the program's errors.
  using Lend = std::function<void(const std::function<void(Connection&)>&)>;
  // `beside`: a connection that waits for no pool, for whoever seals: they may hold one of the pool's. The clock outlives the key.
  OfficeKey(Open beside, Lend lend, std::filesystem::path file, OfficeKeyUse use, const Clock& clock);

  // Makes the key where the database names none yet. Throws Unavailable: office_key_missing, when this program reads none or its
  // file is not there; wrong_office_key, when the database names another one.
  std::string seal(const FieldCipher& cipher, const FieldPlace& place, std::string_view value) const;
  // As FieldCipher::open; throws PersonalDataDamaged also for a value of the office where this program has not its key. What was sealed
  // before there was such a key opens as it is.
  std::string open(const FieldCipher& cipher, const FieldPlace& place, std::string_view sealed) const;

  // At the start of a program: makes the key where the database names none yet, so that its copy is kept before anything is closed under
  // it. Throws as seal; where this program reads no key there is nothing to prepare.
  void prepare() const;
  // Whether values of the office can be sealed and opened here; the database and the file are asked again once the answer is older than
  // `looked_for`, however often somebody wants to know. False where this program reads no key, and while the database is away.
  bool is_there() const;
  // Why not, as it was last found, without asking anybody: nothing while it is there, and where this program reads none.
  std::optional<OfficeKeyFault> find_fault() const;
  // A value as the exam's seal opens it, closed under the newest key: nothing for one that is, and for one that is not of the office.
  // Throws PersonalDataDamaged where it does not open.
  std::optional<std::string> close_anew(const FieldPlace& place, std::string_view value) const;
  // Makes nothing. Throws office_key_missing or wrong_office_key when the database names a key that is not in the file.
  void require_named() const;

  // For so long after another key was named programs close under the one before.
  static constexpr std::chrono::milliseconds others_learn_within{2'500};
  // How old is_there() may be. Work that was taken meanwhile fails as work does whose key goes while it runs.
  static constexpr std::chrono::seconds looked_for{5};

 private:
  struct Numbered {
    int number = 0;
    Key key{};
  };
  Numbered key_to_seal() const;
  Numbered learn_key(Connection& connection) const;
  Numbered ask_for_key(Connection& connection) const;
  std::optional<Key> key_to_open(int number) const;
  OfficeKeys load_if_there() const;
  static std::string close(const Numbered& key, const FieldPlace& place, std::string_view value);
  // Of a value that is closed for the office, without its mark.
  std::string open_closed(const FieldPlace& place, std::string_view closed) const;
  // A file that was put in the place of a wrong one is read without a new start.
  void forget_unless_named() const;
  void note_fault(std::optional<OfficeKeyFault> fault) const;

  Open beside_;
  Lend lend_;
  std::filesystem::path file_;
  OfficeKeyUse use_;
  const Clock& clock_;
  mutable std::mutex mutex_;
  mutable OfficeKeys keys_;
  mutable int named_ = 0;  // the number that the database named when it was last asked; 0: none yet
  mutable std::chrono::nanoseconds asked_at_{};
  // Apart from the other, which is held while the database is asked.
  mutable std::mutex fault_mutex_;
  mutable std::optional<OfficeKeyFault> fault_;
  // Held while somebody looks, so that others wait for the answer instead of asking too.
  mutable std::mutex look_mutex_;
  mutable std::optional<std::chrono::nanoseconds> looked_at_;
  mutable bool there_ = false;
};

}  // namespace hanjari::storage
