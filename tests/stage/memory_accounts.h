// Accounts, sessions, codes and sent messages in memory, for tests of sign-in and of pages.
#pragma once

#include <algorithm>
#include <map>
#include <mutex>
#include <set>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "hanjari/accounts/accounts.h"
#include "hanjari/base/digest.h"
#include "hanjari/base/error.h"

namespace hanjari::tests {

class MemoryAccounts : public services::AccountRepository {
 public:
  std::optional<services::Account> find_account(const std::string& name) override {
    const std::lock_guard lock(mutex);
    const auto found = accounts.find(name);
    return found == accounts.end() ? std::nullopt : std::optional(found->second);
  }
  std::vector<services::Account> list_accounts() override {
    const std::lock_guard lock(mutex);
    std::vector<services::Account> all;
    for (const auto& [name, account] : accounts) all.push_back(account);
    return all;
  }
  void add_account(const services::Account& account, const services::Change&) override {
    const std::lock_guard lock(mutex);
    if (!accounts.emplace(account.actor.account, account).second) throw Conflict("account_exists", {"there", "있음"});
  }
  void change_account(const std::string& name, const services::AccountChange& what, const services::Change&) override {
    const std::lock_guard lock(mutex);
    const auto found = accounts.find(name);
    if (found == accounts.end()) throw NotFound("account_not_found", {"none", "없음"});
    if (what.in_place_of && found->second.password_hash != *what.in_place_of)
      throw Conflict("password_changed", {"changed", "변경"});
    if (what.password_hash) found->second.password_hash = *what.password_hash;
    if (what.disabled) found->second.disabled = *what.disabled;
    if (what.role) {
      found->second.actor.role = *what.role;
      found->second.actor.district = what.district;
    }
    if (what.forget_second_factor) {
      found->second.totp_secret.clear();
      recovery_codes[name].clear();
      security_keys[name].clear();
    }
    std::erase_if(sessions, [&](const auto& session) { return session.second.actor.account == name; });
    if (what.password_hash) std::erase_if(devices, [&](const auto& device) { return device.first == name; });
  }
  std::vector<services::SecondFactorReset> list_second_factor_resets() override {
    std::vector<services::SecondFactorReset> listed;
    for (const auto& [name, asked] : resets) listed.push_back(asked);
    return listed;
  }
  void ask_second_factor_reset(const std::string& name, const services::Change& change) override {
    resets[name] = {name, change.author, change.at};
  }
  bool confirm_second_factor_reset(const std::string& name, const services::Change& change) override {
    const auto asked = resets.find(name);
    if (asked == resets.end() || asked->second.asked_by == change.author) return false;
    resets.erase(asked);
    services::AccountChange what;
    what.forget_second_factor = true;
    change_account(name, what, change);
    return true;
  }
  bool enrol_second_factor(const std::string& token_hash, const std::string& name, const std::string& secret,
                           std::int64_t step, const std::vector<std::string>& fresh,
                           const services::Change& change) override {
    const std::lock_guard lock(mutex);
    const auto half = sessions.find(token_hash);
    if (half == sessions.end() || half->second.stage != services::SessionStage::enrolment ||
        half->second.actor.account != name || change.at >= half->second.expires_at)
      return false;
    services::Account& account = accounts.at(name);
    if (!account.totp_secret.empty() && account.totp_secret != secret) return false;
    account.totp_secret = secret;
    account.totp_step = std::max(account.totp_step, step);
    recovery_codes[name] = {fresh.begin(), fresh.end()};
    std::erase_if(sessions, [&](const auto& session) {
      return session.second.actor.account == name && session.second.stage != services::SessionStage::full &&
             session.first != token_hash;
    });
    return true;
  }
  bool replace_recovery_codes(const std::string& name, std::int64_t step, const std::vector<std::string>& fresh,
                              const services::Change&) override {
    const std::lock_guard lock(mutex);
    const services::Account& account = accounts.at(name);
    if (account.totp_secret.empty() || account.totp_step != step) return false;
    recovery_codes[name] = {fresh.begin(), fresh.end()};
    return true;
  }
  bool take_totp_step(const std::string& name, std::int64_t step, const std::string& by) override {
    const std::lock_guard lock(mutex);
    services::Account& account = accounts.at(name);
    if (account.totp_step == step && !by.empty() && step_takers[name] == by) return true;
    if (account.totp_step >= step) return false;
    account.totp_step = step;
    step_takers[name] = by;
    return true;
  }
  void settle_totp_step(const std::string& name, std::int64_t step) override {
    const std::lock_guard lock(mutex);
    if (accounts.at(name).totp_step == step) step_takers.erase(name);
  }
  bool take_recovery_code(const std::string& name, const std::string& code, const std::string& by,
                          const services::Change&) override {
    const std::lock_guard lock(mutex);
    if (recovery_codes[name].erase(code) > 0) {
      recovery_takers[{name, code}] = by;
      return true;
    }
    const auto taken = recovery_takers.find({name, code});
    return taken != recovery_takers.end() && !by.empty() && taken->second == by;
  }
  int count_recovery_codes(const std::string& name) override {
    const std::lock_guard lock(mutex);
    return static_cast<int>(recovery_codes[name].size());
  }
  bool has_recovery_code(const std::string& name, const std::string& code_hash) override {
    const std::lock_guard lock(mutex);
    return recovery_codes[name].contains(code_hash);
  }
  std::optional<services::Account> find_linked(const std::string& issuer, const std::string& subject) override {
    const auto found = linked.find({issuer, subject});
    return found == linked.end() ? std::nullopt : find_account(found->second);
  }
  void link_account(const std::string& name, const std::string& issuer, const std::string& subject,
                    const services::Change&) override {
    const std::lock_guard lock(mutex);
    linked[{issuer, subject}] = name;
  }

  std::vector<services::SecurityKey> list_security_keys(const std::string& account) override {
    const std::lock_guard lock(mutex);
    return security_keys[account];
  }
  bool are_keys_alone() const override { return keys_alone; }
  void add_security_key(const std::string& account, const services::SecurityKey& key, const services::Change&) override {
    const std::lock_guard lock(mutex);
    for (const auto& [name, keys] : security_keys) {
      for (const services::SecurityKey& known : keys) {
        if (known.id == key.id) throw Conflict("security_key_known", {"there", "있음"});
      }
    }
    if (security_keys[account].size() >= services::most_security_keys)
      throw Conflict("too_many_security_keys", {"many", "많음"});
    security_keys[account].push_back(key);
  }
  bool take_security_key(const std::string& account, const services::SecurityKey& before, std::int64_t after,
                         Instant at) override {
    const std::lock_guard lock(mutex);
    for (services::SecurityKey& key : security_keys[account]) {
      if (key.id != before.id || key.uses != before.uses || key.used_at != before.used_at) continue;
      key.uses = after;
      key.used_at = at;
      return true;
    }
    return false;
  }
  bool remove_security_key(const std::string& account, const std::string& id, const services::Change&) override {
    const std::lock_guard lock(mutex);
    return std::erase_if(security_keys[account], [&](const services::SecurityKey& key) { return key.id == id; }) > 0;
  }

  std::optional<services::ApplicantAccount> find_applicant(services::Channel channel,
                                                           const std::string& contact) override {
    const std::lock_guard lock(mutex);
    for (const auto& [id, account] : applicants) {
      if (account.channel == channel && account.contact == contact) return account;
    }
    return std::nullopt;
  }
  std::optional<services::ApplicantAccount> find_applicant(const std::string& id) override {
    const std::lock_guard lock(mutex);
    const auto found = applicants.find(id);
    return found == applicants.end() ? std::nullopt : std::optional(found->second);
  }
  void add_applicant(const services::ApplicantAccount& account, const services::Change&) override {
    if (const auto known = find_applicant(account.channel, account.contact)) {
      if (known->id == account.id) return;
      throw Conflict("contact_taken", {"taken", "있음"});
    }
    const std::lock_guard lock(mutex);
    applicants[account.id] = account;
  }
  void change_applicant_password(const std::string& id, const std::string& hash, const services::Change&) override {
    const std::lock_guard lock(mutex);
    applicants.at(id).password_hash = hash;
    std::erase_if(sessions, [&](const auto& session) { return session.second.actor.account == id; });
    std::erase_if(devices, [&](const auto& device) { return device.first == id; });
  }

  void save_code(const services::SentCode& code) override {
    const std::lock_guard lock(mutex);
    if (code.purpose == services::CodePurpose::invitation) {
      std::erase_if(codes, [&](const auto& other) {
        return other.second.purpose == code.purpose && other.second.account == code.account;
      });
    }
    codes[code.ticket_hash] = code;
  }
  std::optional<services::SentCode> find_code(const std::string& ticket_hash, const std::string& by,
                                              Instant now) override {
    const std::lock_guard lock(mutex);
    const auto found = codes.find(ticket_hash);
    const bool there = found != codes.end() && found->second.expires_at > now && may_take(ticket_hash, by);
    return there ? std::optional(found->second) : std::nullopt;
  }
  bool reserve_code_try(const std::string& ticket_hash, const std::string& by) override {
    const std::lock_guard lock(mutex);
    const auto found = codes.find(ticket_hash);
    if (found == codes.end() || found->second.misses >= services::most_code_misses || !may_take(ticket_hash, by))
      return false;
    ++found->second.misses;
    return true;
  }
  bool take_code(const std::string& ticket_hash, const std::string& by) override {
    const std::lock_guard lock(mutex);
    if (!codes.contains(ticket_hash) || !may_take(ticket_hash, by)) return false;
    code_takers[ticket_hash] = by;
    return true;
  }
  void settle_code(const std::string& ticket_hash) override {
    const std::lock_guard lock(mutex);
    code_takers[ticket_hash].clear();
  }
  std::string hash_secret(std::string_view purpose, std::string_view word) override {
    return sha256(std::string(purpose) + "\n" + std::string(word)).hex().substr(0, 16);
  }

  void save_session(const std::string& token_hash, const services::Session& session, Instant now) override {
    const std::lock_guard lock(mutex);
    services::Session& kept = sessions[token_hash];
    kept = session;
    kept.handle = token_hash.substr(0, 16);
    kept.last_seen_at = now;
  }
  std::optional<services::Session> find_session(const std::string& token_hash, Instant now) override {
    const std::lock_guard lock(mutex);
    const auto found = sessions.find(token_hash);
    if (found == sessions.end() || now >= found->second.expires_at ||
        now - found->second.last_seen_at >= found->second.idle_limit) {
      return std::nullopt;
    }
    const auto account = accounts.find(found->second.actor.account);
    if (account != accounts.end() && account->second.disabled) return std::nullopt;
    found->second.last_seen_at = now;
    return found->second;
  }
  void remove_session(const std::string& token_hash) override {
    const std::lock_guard lock(mutex);
    sessions.erase(token_hash);
  }
  void offer_secret(const std::string& token_hash, const std::string& secret) override {
    const std::lock_guard lock(mutex);
    const auto found = sessions.find(token_hash);
    if (found == sessions.end() || found->second.stage != services::SessionStage::enrolment) return;
    if (found->second.pending_secret.empty()) found->second.pending_secret = secret;
  }
  std::vector<services::Session> list_sessions(const std::string& account, Instant now) override {
    const std::lock_guard lock(mutex);
    std::vector<services::Session> own;
    for (const auto& [hash, session] : sessions) {
      if (session.actor.account == account && session.stage == services::SessionStage::full &&
          now < session.expires_at && now - session.last_seen_at < session.idle_limit) {
        own.push_back(session);
      }
    }
    return own;
  }
  void remove_session_of(const std::string& account, const std::string& handle, const services::Change&) override {
    const std::lock_guard lock(mutex);
    std::erase_if(sessions, [&](const auto& session) {
      return session.second.actor.account == account && session.second.handle == handle;
    });
  }
  void remove_other_sessions(const std::string& account, const std::string& token_hash,
                             const services::Change&) override {
    const std::lock_guard lock(mutex);
    std::erase_if(sessions, [&](const auto& session) {
      return session.second.actor.account == account && session.first != token_hash;
    });
  }

  bool knows_device(const std::string& account, const std::string& device_hash, Instant) override {
    const std::lock_guard lock(mutex);
    return devices.contains({account, device_hash});
  }
  void remember_device(const std::string& account, const std::string& device_hash, Instant) override {
    const std::lock_guard lock(mutex);
    devices.insert({account, device_hash});
  }
  bool remove_expired(Instant) override { return false; }

  std::map<std::string, services::Account> accounts;
  std::map<std::string, services::SecondFactorReset> resets;
  std::map<std::string, services::ApplicantAccount> applicants;
  std::map<std::string, services::SentCode> codes;
  std::map<std::string, services::Session> sessions;
  std::map<std::string, std::set<std::string>> recovery_codes;
  std::map<std::string, std::vector<services::SecurityKey>> security_keys;  // by account
  bool keys_alone = false;
  std::map<std::string, std::string> step_takers;  // by account: who took the newest step
  std::map<std::pair<std::string, std::string>, std::string> recovery_takers;
  std::map<std::string, std::string> code_takers;  // by ticket: who took the code; empty: nobody takes it again
  std::map<std::pair<std::string, std::string>, std::string> linked;
  std::set<std::pair<std::string, std::string>> devices;
  std::mutex mutex;

 private:
  bool may_take(const std::string& ticket_hash, const std::string& by) const {
    const auto taken = code_takers.find(ticket_hash);
    return taken == code_takers.end() || (!by.empty() && taken->second == by);
  }
};

// A second factor as an enrolment leaves it, without its pages.
inline void give_second_factor(services::AccountRepository& accounts, const std::string& name,
                               const std::string& secret, std::int64_t step,
                               const std::vector<std::string>& recovery_codes, const services::Change& change) {
  const std::string token_hash = sha256("enrolment of " + name).hex();
  services::Session half;
  half.actor = accounts.find_account(name).value().actor;
  half.csrf_token = std::string(64, 'c');
  half.stage = services::SessionStage::enrolment;
  half.began_at = change.at;
  half.expires_at = change.at + services::half_session_length;
  half.idle_limit = services::half_session_length;
  accounts.save_session(token_hash, half, change.at);
  if (!accounts.enrol_second_factor(token_hash, name, secret, step, recovery_codes, change))
    throw std::logic_error("the account has a second factor already");
  accounts.remove_session(token_hash);
}

// Keeps what would be sent.
class CodeMailbox : public services::MessageOutbox {
 public:
  void enqueue(const services::Message& message, Instant) override { sent.push_back(message); }
  std::set<std::string> find_known(const std::vector<std::string>&) override { return {}; }
  std::vector<services::WaitingMessage> claim(Instant, std::chrono::seconds, int,
                                              const services::Lane& = {}) override {
    return {};
  }
  bool put_back(const services::WaitingMessage&, services::Channel, Instant, Instant) override { return true; }
  bool renew(const services::WaitingMessage&, Instant, std::chrono::seconds) override { return true; }
  bool mark_sent(const services::WaitingMessage&, Instant) override { return true; }
  bool mark_failed(const services::WaitingMessage&, const std::string&, std::optional<Instant>, Instant) override {
    return true;
  }
  std::vector<services::FailedMessage> list_failed(std::int64_t, int) override { return {}; }
  Figures count_messages() override { return {}; }

  // The six digits of the newest message; empty when it has none.
  std::string newest_code() const {
    if (sent.empty()) return {};
    const std::string& body = sent.back().body;
    for (std::size_t at = 0; at + 6 <= body.size(); ++at) {
      if (std::all_of(body.begin() + static_cast<std::ptrdiff_t>(at),
                      body.begin() + static_cast<std::ptrdiff_t>(at + 6), [](char c) { return c >= '0' && c <= '9'; }))
        return body.substr(at, 6);
    }
    return {};
  }

  std::vector<services::Message> sent;
};

}  // namespace hanjari::tests
