// The keys that seal values: one at a time for each exam, for its audit entries and for what belongs to no exam. They
// stand in the table data_keys, wrapped by the master key that the database names, so that a master key is changed by
// wrapping few keys anew, and destroying the wrapped key of an exam makes every copy of its people's data unreadable.
// The database takes a wrapped key only under the master key that it names: what a program believes does not matter.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "database/connection.h"
#include "vault/key_file.h"
#include "vault/key_registry.h"

namespace hanjari::storage {

// What a data key is for: "program", "exam/CODE", "audit", "audit/CODE".
std::string scope_of_exam(std::string_view exam);
std::string scope_of_audit(std::string_view exam);

struct DataKey {
  std::uint32_t id = 0;
  Key key{};
};

// A data key closed by a master key, and back; scope and generation are bound to it.
std::string wrap_key(const MasterKey& master, const Key& key, std::string_view scope, int generation);
// Nothing when the master key is not in the ring; throws Unavailable (personal_data_damaged) when it was changed.
std::optional<Key> unwrap_key(const KeyRing& master, std::string_view wrapped, std::string_view scope, int generation);
// The same for the next master key, closed by the current one. Nothing when the ring does not hold the current one;
// throws Unavailable (personal_data_damaged) when it is not the key that the change names.
std::string wrap_master(const MasterKey& current, const MasterKey& next);
std::optional<Key> unwrap_master(const KeyRing& ring, const NamedKey& current, const PreparedKey& prepared);

// Writes a wrapped data key. Throws DriverError: `refused` when the database no longer names this master key, then
// nothing is written; `duplicate` when there is one.
void insert_data_key(Connection& connection, const MasterKey& master, const Key& key, const std::string& scope,
                     int generation);

// Keys of a database, read when they are first needed and again after a short time, because another program may make or
// change some. Safe from many threads; has a connection of its own, so that it never waits for a pool its caller holds.
class DataKeys {
 public:
  using Open = std::function<std::unique_ptr<Connection>()>;
  // Reads the key file again, when a key is wrapped by a master key that was not there before.
  using LoadMaster = std::function<KeyRing()>;

  // `longest_wait`: how long a reader waits for a database that was there and does not answer; nobody waits so long while
  // somebody watches the database (ask_before_reading).
  DataKeys(Open open, LoadMaster load_master, KeyRing master,
           std::chrono::milliseconds longest_wait = std::chrono::milliseconds(0));
  ~DataKeys();
  DataKeys(const DataKeys&) = delete;
  DataKeys& operator=(const DataKeys&) = delete;

  // The newest key of the scope, made when there is none. Throws Conflict (exam_destroyed) for an exam whose destruction
  // has begun, except for its audit entries, which then go under the key of those of no exam; NotFound (unknown_exam)
  // instead of making a key for an exam that the database does not know; Unavailable (keys_not_current) when one must be
  // made and this program does not have the master key that wraps.
  DataKey current(const std::string& scope) const;
  // The newest key for entries of the audit trail that are about this exam. An entry is never lost: that of an exam which
  // the database does not know is sealed with the trail's own key.
  DataKey of_audit(std::string_view exam) const;
  // The key for what an import is about to add: the exam is not there yet.
  void make_for_import(std::string_view exam) const;
  // Nothing for a key that does not exist (any more).
  std::optional<Key> find(std::uint32_t id) const;
  // Reads all keys anew. A key that does not open concerns its own scope only; throws Unavailable (keys_not_current) when
  // this program does not have the master key that wraps, and when a key does not open that everything needs (program,
  // audit) or that is closed by a named master key which this program does not have.
  void check() const;
  // Scopes of the keys that do not open or are missing, as last read ("key NUMBER" for one whose scope nobody knows any
  // more); at once, also while they are read anew.
  std::vector<std::string> list_damaged() const;
  // A master key, for values that an earlier version sealed with it.
  std::optional<Key> find_master_key(int number) const;
  // Whether a key that find() does not know was destroyed, and not lost: the destruction of its exam has begun. `exam`: the
  // code of the exam that sealed with it, empty where the row does not tell. A key that is lost is told by list_damaged().
  bool is_of_destroyed(std::uint32_t id, std::string_view exam) const;
  // Whether the destruction of the exam has begun.
  bool is_destroyed(const std::string& exam) const;
  // Throws Conflict (exam_destroyed) then.
  void refuse_destroyed(const std::string& exam) const;
  // Forgets what was read; the next use reads anew.
  void forget() const;
  // Reads the key file again unless the master keys in hand are what `current` says: it and no earlier one.
  void keep_in_step(const NamedKey& current) const;

  // Called before every reading of the keys: throws when the database is known to be away. The readers wait for one
  // connection, and each of them would wait as long for an answer. Null: nothing is asked.
  void ask_before_reading(std::function<void()> refuse) const;

  // How long a key that was deleted still opens what a reader has in hand.
  static constexpr std::chrono::seconds kept_for{150};
  // How long other programs may go on sealing with a key that is no longer the newest.
  static constexpr std::chrono::milliseconds fresh_for{2'000};
  // When that time is certainly over.
  static constexpr std::chrono::milliseconds others_learn_within{2'500};

 private:
  struct Known {
    Key key{};
    std::string scope;
  };
  // A key that does not open.
  struct Damaged {
    std::string scope;
    bool no_master = false;  // otherwise the wrapped value was changed or moved, or its master key is lost
  };

  void load() const;
  void load_once() const;
  void tell_damaged() const;
  void look_for_missing() const;
  void open_all(const std::optional<NamedKey>& current, std::map<std::uint32_t, Known>& keys,
                std::map<std::uint32_t, Damaged>& damaged, std::map<std::string, std::uint32_t>& newest) const;
  bool lacks_master() const;
  void learn_masters(const NamedKey& current) const;
  void make_first(const std::string& scope) const;
  void refuse_lost(const std::string& scope) const;
  bool exists_in_database(std::string_view exam) const;
  Connection& connection() const;

  Open open_;
  LoadMaster load_master_;
  std::chrono::milliseconds longest_wait_;
  mutable std::function<void()> refuse_;
  mutable KeyRing master_;
  mutable std::mutex mutex_;
  mutable std::unique_ptr<Connection> connection_;
  mutable std::optional<MasterKey> wrapping_;
  mutable std::set<std::string> destroyed_;  // exams
  mutable std::set<std::string> gone_;       // those, and the ones that an earlier version destroyed
  mutable std::map<std::uint32_t, Known> keys_;
  mutable std::map<std::uint32_t, Damaged> damaged_;
  // The other mutex is held while the database is asked, for as long as that takes.
  mutable std::mutex told_mutex_;
  mutable std::vector<std::string> told_damaged_;
  mutable std::map<std::string, std::uint32_t> newest_;
  mutable std::map<std::uint32_t, std::chrono::steady_clock::time_point> gone_since_;
  // Keys that were looked for in vain, and when.
  mutable std::map<std::uint32_t, std::chrono::steady_clock::time_point> missing_;
  // What each key that was ever read is for, exams that stand sealed without a key, and keys that rows name in vain.
  mutable std::map<std::uint32_t, std::string> scopes_;
  mutable std::set<std::string> without_key_;
  mutable std::set<std::uint32_t> lost_;
  mutable std::optional<std::chrono::steady_clock::time_point> looked_at_;
  mutable std::optional<std::chrono::steady_clock::time_point> loaded_at_;
  mutable std::optional<std::chrono::steady_clock::time_point> failed_at_;
};

}  // namespace hanjari::storage
