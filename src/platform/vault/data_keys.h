// The keys that seal values: one at a time for each exam, for its audit entries and for what belongs to no exam. They
// stand in the table data_keys, wrapped by the newest master key of the key file, so that a master key is changed by
// wrapping few keys anew, and destroying the wrapped key of an exam makes every copy of its people's data unreadable.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "database/connection.h"
#include "vault/key_file.h"

namespace hanjari::storage {

// What a data key is for: "program", "exam/CODE", "audit", "audit/CODE".
std::string scope_of_exam(std::string_view exam);
std::string scope_of_audit(std::string_view exam);

struct DataKey {
  std::uint32_t id = 0;
  Key key{};
};

// A data key closed by a master key, and back; `id` and scope are bound to it.
std::string wrap_key(const KeyRing& master, const Key& key, std::string_view scope, int generation);
// Nothing when the master key is not in the ring; throws Unavailable (personal_data_damaged) when it was changed.
std::optional<Key> unwrap_key(const KeyRing& master, std::string_view wrapped, std::string_view scope, int generation);

// Keys of a database, read when they are first needed and again after a short time, because another program may make or
// change some. Safe from many threads; has a connection of its own, so that it never waits for a pool its caller holds.
class DataKeys {
 public:
  using Open = std::function<std::unique_ptr<Connection>()>;
  // Reads the key file again, when a key is wrapped by a master key that was not there before.
  using LoadMaster = std::function<KeyRing()>;

  DataKeys(Open open, LoadMaster load_master, KeyRing master);
  ~DataKeys();
  DataKeys(const DataKeys&) = delete;
  DataKeys& operator=(const DataKeys&) = delete;

  // The newest key of the scope, made when there is none.
  DataKey current(const std::string& scope) const;
  // Nothing for a key that does not exist (any more).
  std::optional<Key> find(std::uint32_t id) const;
  // Forgets what was read; the next use reads anew.
  void forget() const;

  // How long a key that was deleted still opens what a reader has in hand.
  static constexpr std::chrono::seconds kept_for{150};
  // How long other programs may go on sealing with a key that is no longer the newest.
  static constexpr std::chrono::milliseconds fresh_for{2'000};

 private:
  void load() const;
  Connection& connection() const;

  Open open_;
  LoadMaster load_master_;
  mutable KeyRing master_;
  mutable std::mutex mutex_;
  mutable std::unique_ptr<Connection> connection_;
  mutable std::map<std::uint32_t, Key> keys_;
  mutable std::map<std::string, std::uint32_t> newest_;
  mutable std::map<std::uint32_t, std::chrono::steady_clock::time_point> gone_since_;
  mutable std::optional<std::chrono::steady_clock::time_point> loaded_at_;
};

}  // namespace hanjari::storage
