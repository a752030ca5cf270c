// Accounts, sessions and wrong guesses in the database.
#pragma once

#include "hanjari/services/accounts.h"
#include "storage/store.h"

namespace hanjari::storage {

class AccountStore : public services::AccountRepository {
 public:
  explicit AccountStore(const Store& store) : store_(store) {}
  std::optional<services::Account> find_account(const std::string& name) override;
  void add_account(const services::Account& account, Instant now) override;
  void save_session(const std::string& token_hash, const services::Session& session, Instant now) override;
  std::optional<services::Session> find_session(const std::string& token_hash, Instant now) override;
  void remove_session(const std::string& token_hash) override;

 private:
  const Store& store_;
};

class AttemptStore : public services::AttemptLimit {
 public:
  explicit AttemptStore(const Store& store) : store_(store) {}
  int count_misses(const std::string& key, Instant since) override;
  void record_miss(const std::string& key, Instant at) override;

 private:
  const Store& store_;
};

}  // namespace hanjari::storage
