// A database opened for work on its keys: what rotation and destruction have in common.
#pragma once

#include <memory>
#include <string>

#include "audit/store.h"
#include "database/server/database_server.h"
#include "database/server/file_lock.h"
#include "hanjari/rekeying/keys.h"
#include "vault/field_cipher.h"

namespace hanjari::storage {

std::filesystem::path key_file_of(const DatabaseSettings& settings);
KeyRing load_ring(const DatabaseSettings& settings);

class KeyWork {
 public:
  KeyWork(const DatabaseSettings& settings, Progress& progress);

  // Nobody else changes keys while the lock is held; throws Conflict (rotation_running).
  void lock();
  // A master key beside the present ones, in the file before it is used anywhere. Of keys from the environment the
  // highest must be new already. Returns its number.
  int add_master();
  // Every data key is wrapped by this master key; all others leave the key file and the list of checks.
  void rewrap(int master);

  const DatabaseSettings& settings;
  DatabaseServer server;
  ConnectionPool pool;
  std::shared_ptr<const DataKeys> data_keys;
  FieldCipher cipher;
  Store store;

 private:
  FileLock lock_;
};

}  // namespace hanjari::storage
