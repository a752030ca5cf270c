// A database opened for work on its keys: what rotation and destruction have in common.
#pragma once

#include <memory>
#include <string>
#include <type_traits>
#include <vector>

#include "audit/store.h"
#include "database/server/database_server.h"
#include "hanjari/rekeying/keys.h"
#include "rekeying/key_lease.h"
#include "vault/field_cipher.h"
#include "vault/key_keeper.h"

namespace hanjari::storage {

class KeyWork {
 public:
  KeyWork(const DatabaseSettings& settings, Progress& progress);

  // Nobody else changes keys while the lock is held, on any machine; throws Conflict (rotation_running).
  void lock();
  // In a transaction that changes nothing when the lock was lost.
  template <class Work>
  auto in_locked(Work work) {
    return in_transaction(pool, store.retry, [&](Connection& connection, Attempt attempt) {
      lease_->hold(connection);
      // Once more at the end: the work may have taken longer than the lease.
      if constexpr (std::is_void_v<decltype(work(connection, attempt))>) {
        work(connection, attempt);
        lease_->hold(connection);
      } else {
        auto result = work(connection, attempt);
        lease_->hold(connection);
        return result;
      }
    });
  }

  // Whether the next master key may be carried to the other programs through the database, wrapped by the present one,
  // or is placed by an operator in every key file.
  enum class Carry { wrapped, placed };
  // A new master key wraps everything: prepared, taken by every living program, confirmed by each, switched. A change
  // that an earlier run prepared is gone on with. `also` belongs to the transaction of the switch; all data keys are
  // locked then. Throws Unavailable (keys_not_confirmed) naming the programs that do not have the key; everything is as
  // before then, and the next run goes on. Returns the number of the key.
  int change_master(Carry carry, const std::function<void(Connection&, const MasterKey& next)>& also);
  // Earlier master keys leave the own key file; waits until they have left those of all living programs. Returns the
  // places that still have one.
  std::vector<std::string> retire_masters();
  // The present master key; throws Unavailable (keys_not_current).
  MasterKey current_master(Connection& connection);
  // A step that outlives the program is done.
  void step() { progress.report(++steps_); }

  const DatabaseSettings& settings;
  Progress& progress;
  DatabaseServer server;
  ConnectionPool pool;
  std::shared_ptr<const DataKeys> data_keys;
  FieldCipher cipher;
  Store store;

 private:
  std::string own_place() const;
  void prepare(Carry carry);
  void take();
  std::vector<LivingProgram> lacking(Connection& connection, Locked locked, const NamedKey& next);
  void await_confirmations();
  bool switch_master(const std::function<void(Connection&, const MasterKey& next)>& also, int& number);

  std::unique_ptr<KeyLease> lease_;
  std::uint64_t steps_ = 0;
  bool none_under_masters_ = false;
};

// Values that an earlier version sealed with a master key itself are sealed with data keys; before that key goes.
void seal_values_under_masters(KeyWork& work);

// Every data key is wrapped by `master` and no other master key is named; `ring` opens what is wrapped by others. Throws
// Unavailable (personal_data_damaged) for a key that does not open, unless it is of an exam that does not exist: such a
// key sealed nothing and is deleted. Keys marked lost that the ring does not open stay as they are.
void rewrap_all(Connection& connection, const KeyRing& ring, const MasterKey& master);

}  // namespace hanjari::storage
