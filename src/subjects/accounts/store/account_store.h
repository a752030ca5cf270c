// Accounts, sessions and wrong guesses in the database.
#pragma once

#include "audit/store.h"
#include "hanjari/accounts/accounts.h"

namespace hanjari::storage {

class AccountStore : public services::AccountRepository {
 public:
  // `keys_alone`: an account that has a security key is opened by it and by recovery codes alone.
  explicit AccountStore(const Store& store, bool keys_alone = false) : store_(store), keys_alone_(keys_alone) {}

  std::optional<services::Account> find_account(const std::string& name) override;
  std::vector<services::Account> list_accounts() override;
  void add_account(const services::Account& account, const services::Change& change) override;
  void change_account(const std::string& name, const services::AccountChange& what,
                      const services::Change& change) override;
  std::vector<services::SecondFactorReset> list_second_factor_resets() override;
  void ask_second_factor_reset(const std::string& name, const services::Change& change) override;
  bool confirm_second_factor_reset(const std::string& name, const services::Change& change) override;
  bool enrol_second_factor(const std::string& token_hash, const std::string& name, const std::string& secret,
                           std::int64_t step, const std::vector<std::string>& recovery_codes,
                           const services::Change& change) override;
  bool replace_recovery_codes(const std::string& name, std::int64_t step,
                              const std::vector<std::string>& recovery_codes, const services::Change& change) override;
  bool take_totp_step(const std::string& name, std::int64_t step, const std::string& by) override;
  void settle_totp_step(const std::string& name, std::int64_t step) override;
  bool take_recovery_code(const std::string& name, const std::string& code, const std::string& by,
                          const services::Change& change) override;
  int count_recovery_codes(const std::string& name) override;
  bool has_recovery_code(const std::string& name, const std::string& code_hash) override;
  std::optional<services::Account> find_linked(const std::string& issuer, const std::string& subject) override;
  void link_account(const std::string& name, const std::string& issuer, const std::string& subject,
                    const services::Change& change) override;

  std::vector<services::SecurityKey> list_security_keys(const std::string& account) override;
  void add_security_key(const std::string& account, const services::SecurityKey& key,
                        const services::Change& change) override;
  bool take_security_key(const std::string& account, const services::SecurityKey& before, std::int64_t after,
                         Instant at) override;
  bool remove_security_key(const std::string& account, const std::string& id, const services::Change& change) override;
  bool are_keys_alone() const override { return keys_alone_; }

  std::optional<services::ApplicantAccount> find_applicant(services::Channel channel,
                                                           const std::string& contact) override;
  std::optional<services::ApplicantAccount> find_applicant(const std::string& id) override;
  void add_applicant(const services::ApplicantAccount& account, const services::Change& change) override;
  void change_applicant_password(const std::string& id, const std::string& hash,
                                 const services::Change& change) override;

  void save_code(const services::SentCode& code) override;
  std::optional<services::SentCode> find_code(const std::string& ticket_hash, const std::string& by,
                                              Instant now) override;
  bool reserve_code_try(const std::string& ticket_hash, const std::string& by) override;
  bool take_code(const std::string& ticket_hash, const std::string& by) override;
  void settle_code(const std::string& ticket_hash) override;
  std::string hash_secret(std::string_view purpose, std::string_view word) override;

  void save_session(const std::string& token_hash, const services::Session& session, Instant now) override;
  std::optional<services::Session> find_session(const std::string& token_hash, Instant now) override;
  void remove_session(const std::string& token_hash) override;
  void offer_secret(const std::string& token_hash, const std::string& secret) override;
  std::vector<services::Session> list_sessions(const std::string& account, Instant now) override;
  void remove_session_of(const std::string& account, const std::string& handle,
                         const services::Change& change) override;
  void remove_other_sessions(const std::string& account, const std::string& token_hash,
                             const services::Change& change) override;

  bool knows_device(const std::string& account, const std::string& device_hash, Instant now) override;
  void remember_device(const std::string& account, const std::string& device_hash, Instant now) override;
  bool remove_expired(Instant now) override;

 private:
  services::Session read_session(Rows& rows, const std::string& token_hash) const;

  const Store& store_;
  bool keys_alone_;
};

class AttemptStore : public services::AttemptLimit {
 public:
  explicit AttemptStore(const Store& store) : store_(store) {}
  Reserved reserve(const std::string& guess, const std::vector<services::GuessLimit>& limits, Instant at) override;
  void settle(const std::string& guess, bool wrong) override;
  int count_misses(const std::string& key, Instant since) override;
  void record_miss(const std::string& key, Instant at) override;

 private:
  void forget_old(Instant now);

  const Store& store_;
};

// 32 random hexadecimal digits, by which a call knows its own work again after a commit that was not heard.
std::string draw_word();

}  // namespace hanjari::storage
