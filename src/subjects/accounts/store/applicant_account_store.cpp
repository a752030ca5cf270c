// Applicants' accounts and the codes sent to them: the part of AccountStore that the portal uses.
#include "accounts/store/account_store.h"
#include "database/driver_error.h"
#include "database/row_insert.h"
#include "database/sql_time.h"

namespace hanjari::storage {
namespace {

using services::ApplicantAccount;
using services::Channel;
using services::SentCode;

FieldPlace contact_place(const std::string& account) {
  return {0, account, "applicant_accounts.contact"};
}

FieldPlace code_place(const std::string& ticket_hash) {
  return {0, ticket_hash, "sent_codes.contact"};
}

std::string contact_key(Channel channel, const std::string& contact) {
  return std::string(services::spell(channel)) + ":" + contact;
}

Channel channel_of(const std::string& word) {
  return word == "sms" ? Channel::sms : Channel::email;
}

std::string_view word_of(Language language) {
  return language == Language::english ? "en" : "ko";
}

Language language_of(const std::string& word) {
  return word == "en" ? Language::english : Language::korean;
}

constexpr const char* applicant_account_columns =
    "SELECT account_id, channel, contact_sealed, password_hash, language FROM applicant_accounts ";

ApplicantAccount read_applicant_account(Rows& rows, const FieldCipher& cipher) {
  ApplicantAccount account;
  account.id = rows.text();
  account.channel = channel_of(rows.text());
  account.contact = cipher.open(contact_place(account.id), rows.text());
  account.password_hash = rows.text();
  account.language = language_of(rows.text());
  return account;
}

}  // namespace

std::optional<ApplicantAccount> AccountStore::find_applicant(Channel channel, const std::string& contact) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) -> std::optional<ApplicantAccount> {
    Rows rows = connection.select(std::string(applicant_account_columns) + "WHERE contact_hash = ?",
                                  store_.cipher.blind_index("contact", contact_key(channel, contact)));
    if (!rows.next()) return std::nullopt;
    auto account = read_applicant_account(rows, store_.cipher);
    // The hash is half a digest: what it found is compared with what was asked.
    if (account.channel != channel || account.contact != contact) return std::nullopt;
    return account;
  });
}

std::optional<ApplicantAccount> AccountStore::find_applicant(const std::string& id) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) -> std::optional<ApplicantAccount> {
    Rows rows = connection.select(std::string(applicant_account_columns) + "WHERE account_id = ?", id);
    if (!rows.next()) return std::nullopt;
    return read_applicant_account(rows, store_.cipher);
  });
}

void AccountStore::add_applicant(const ApplicantAccount& account, const services::Change& change) {
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt) {
    const std::string hash = store_.cipher.blind_index("contact", contact_key(account.channel, account.contact));
    Rows rows = connection.select("SELECT account_id FROM applicant_accounts WHERE contact_hash = ? FOR UPDATE", hash);
    if (rows.next()) {
      // The id is of the sign-up's own ticket: this very account, stored by a commit that was not heard.
      if (rows.text() == account.id) return;
      throw Conflict("contact_taken", {"There is an account with this address already. Please sign in.",
                                       "이 연락처로 만든 계정이 이미 있습니다. 로그인하십시오."});
    }
    connection.change(
        "INSERT INTO applicant_accounts (account_id, channel, contact_hash, contact_sealed, password_hash, language, "
        "created_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
        account.id, services::spell(account.channel), hash,
        store_.cipher.seal(contact_place(account.id), account.contact), account.password_hash,
        word_of(account.language), sql_time(change.at));
    write_audit(connection, store_, change,
                {"applicant_account.add", account.id, std::string(services::spell(account.channel))});
  });
}

void AccountStore::change_applicant_password(const std::string& id, const std::string& hash,
                                             const services::Change& change) {
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt) {
    if (connection.change("UPDATE applicant_accounts SET password_hash = ? WHERE account_id = ?", hash, id) == 0)
      throw NotFound("account_not_found", {"There is no such account.", "그런 계정이 없습니다."});
    connection.change("DELETE FROM sessions WHERE account_name = ?", id);
    // A device is believed because it gave the password that is no more.
    connection.change("DELETE FROM known_devices WHERE account_name = ?", id);
    write_audit(connection, store_, change, {"applicant_account.password", id});
  });
}

void AccountStore::save_code(const SentCode& code) {
  const std::string contact = store_.cipher.seal(code_place(code.ticket_hash), code.contact);
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt) {
    // An earlier one may have gone to a wrong address.
    if (code.purpose == services::CodePurpose::invitation) {
      connection.change("DELETE FROM sent_codes WHERE account_id = ? AND purpose = 'invitation' AND ticket_hash <> ?",
                        code.account, code.ticket_hash);
    }
    insert_unless_there(
        connection,
        "INSERT INTO sent_codes (ticket_hash, purpose, channel, contact_sealed, account_id, password_hash, "
        "code_hash, language, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        code.ticket_hash, services::spell(code.purpose), services::spell(code.channel), contact, code.account,
        code.password_hash, code.code_hash, word_of(code.language), sql_time(code.expires_at));
  });
}

std::optional<SentCode> AccountStore::find_code(const std::string& ticket_hash, const std::string& by, Instant now) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) -> std::optional<SentCode> {
    Rows rows = connection.select(
        "SELECT purpose, channel, contact_sealed, account_id, password_hash, code_hash, language, misses, "
        "TIMESTAMPDIFF(MICROSECOND, '1970-01-01', expires_at) FROM sent_codes WHERE ticket_hash = ? AND (used = "
        "FALSE OR taken_by = ?) AND expires_at > ?",
        ticket_hash, by, sql_time(now));
    if (!rows.next()) return std::nullopt;
    SentCode code;
    code.ticket_hash = ticket_hash;
    const std::string purpose = rows.text();
    for (const auto known :
         {services::CodePurpose::sign_up, services::CodePurpose::sign_in, services::CodePurpose::reset,
          services::CodePurpose::invitation}) {
      if (services::spell(known) == purpose) code.purpose = known;
    }
    code.channel = channel_of(rows.text());
    code.contact = store_.cipher.open(code_place(ticket_hash), rows.text());
    code.account = rows.text();
    code.password_hash = rows.text();
    code.code_hash = rows.text();
    code.language = language_of(rows.text());
    code.misses = static_cast<int>(rows.integer());
    code.expires_at = from_microseconds(rows.integer());
    return code;
  });
}

bool AccountStore::reserve_code_try(const std::string& ticket_hash, const std::string& by) {
  const std::string word = draw_word();
  return in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt attempt) {
    if (attempt.number > 1 &&
        connection.select("SELECT 1 FROM sent_codes WHERE ticket_hash = ? AND tried_by = ?", ticket_hash, word).next())
      return true;
    return connection.change(
               "UPDATE sent_codes SET misses = misses + 1, tried_by = ? WHERE ticket_hash = ? AND (used = FALSE OR "
               "taken_by = ?) AND misses < ?",
               word, ticket_hash, by, services::most_code_misses) > 0;
  });
}

bool AccountStore::take_code(const std::string& ticket_hash, const std::string& by) {
  const std::string taker = by.empty() ? draw_word() : by;
  return in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt) {
    return connection.change(
               "UPDATE sent_codes SET used = TRUE, taken_by = ? WHERE ticket_hash = ? AND (used = FALSE OR taken_by = ?)",
               taker, ticket_hash, taker) > 0;
  });
}

void AccountStore::settle_code(const std::string& ticket_hash) {
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt) {
    connection.change("UPDATE sent_codes SET taken_by = NULL WHERE ticket_hash = ?", ticket_hash);
  });
}

std::string AccountStore::hash_secret(std::string_view purpose, std::string_view word) {
  return store_.cipher.blind_index("secret " + std::string(purpose), word);
}

}  // namespace hanjari::storage
