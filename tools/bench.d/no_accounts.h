// Nobody has an account: what a bench of pages without sign-in needs, and a base for one that knows sessions.
#pragma once

#include "hanjari/accounts/accounts.h"

namespace hanjari {

class NoAccounts : public services::AccountRepository {
 public:
  std::optional<services::Account> find_account(const std::string&) override { return std::nullopt; }
  std::vector<services::Account> list_accounts() override { return {}; }
  void add_account(const services::Account&, const services::Change&) override {}
  void change_account(const std::string&, const services::AccountChange&, const services::Change&) override {}
  bool enrol_second_factor(const std::string&, const std::string&, const std::string&, std::int64_t,
                           const std::vector<std::string>&, const services::Change&) override {
    return false;
  }
  bool replace_recovery_codes(const std::string&, std::int64_t, const std::vector<std::string>&,
                              const services::Change&) override {
    return false;
  }
  bool take_totp_step(const std::string&, std::int64_t, const std::string&) override { return false; }
  void settle_totp_step(const std::string&, std::int64_t) override {}
  bool take_recovery_code(const std::string&, const std::string&, const std::string&,
                          const services::Change&) override {
    return false;
  }
  int count_recovery_codes(const std::string&) override { return 0; }
  bool has_recovery_code(const std::string&, const std::string&) override { return false; }
  std::vector<services::SecurityKey> list_security_keys(const std::string&) override { return {}; }
  void add_security_key(const std::string&, const services::SecurityKey&, const services::Change&) override {}
  bool take_security_key(const std::string&, const services::SecurityKey&, std::int64_t, Instant) override { return false; }
  bool remove_security_key(const std::string&, const std::string&, const services::Change&) override { return false; }
  std::optional<services::Account> find_linked(const std::string&, const std::string&) override { return std::nullopt; }
  void link_account(const std::string&, const std::string&, const std::string&, const services::Change&) override {}
  std::optional<services::ApplicantAccount> find_applicant(services::Channel, const std::string&) override {
    return std::nullopt;
  }
  std::optional<services::ApplicantAccount> find_applicant(const std::string&) override { return std::nullopt; }
  void add_applicant(const services::ApplicantAccount&, const services::Change&) override {}
  void change_applicant_password(const std::string&, const std::string&, const services::Change&) override {}
  void save_code(const services::SentCode&) override {}
  std::optional<services::SentCode> find_code(const std::string&, const std::string&, Instant) override {
    return std::nullopt;
  }
  bool reserve_code_try(const std::string&, const std::string&) override { return false; }
  bool take_code(const std::string&, const std::string&) override { return false; }
  void settle_code(const std::string&) override {}
  std::string hash_secret(std::string_view, std::string_view) override { return {}; }
  void save_session(const std::string&, const services::Session&, Instant) override {}
  std::optional<services::Session> find_session(const std::string&, Instant) override { return std::nullopt; }
  void remove_session(const std::string&) override {}
  void offer_secret(const std::string&, const std::string&) override {}
  std::vector<services::Session> list_sessions(const std::string&, Instant) override { return {}; }
  void remove_session_of(const std::string&, const std::string&, const services::Change&) override {}
  void remove_other_sessions(const std::string&, const std::string&, const services::Change&) override {}
  bool knows_device(const std::string&, const std::string&, Instant) override { return false; }
  void remember_device(const std::string&, const std::string&, Instant) override {}
  bool remove_expired(Instant) override { return false; }
};

}  // namespace hanjari
