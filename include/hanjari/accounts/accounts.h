// Accounts of staff and applicants, sign-in, second factor and sessions.
//
// Nobody can lock somebody else out. Wrong passwords close an account to the source they come from, and a source to all
// accounts for a while; an account that many sources try asks unknown devices for more (staff: the code of the
// authenticator together with the password; applicants: a code sent to them) and lets a device in that was in before.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hanjari/accounts/security_keys.h"
#include "hanjari/actor/actor.h"
#include "hanjari/base/text.h"
#include "hanjari/messages/messages.h"

namespace hanjari::services {

// A member of the staff.
struct Account {
  Actor actor;
  std::string password_hash{};  // Argon2id, libsodium's string form; empty: signs in through an identity provider only
  bool disabled = false;
  std::string totp_secret{};   // 20 raw bytes; empty until the second factor is set up
  std::int64_t totp_step = 0;  // the newest 30-second step whose code was taken: it is not taken again
  Instant created_at{};
};

// Somebody who applies. `id`: "p" and 20 hexadecimal digits; says nothing about the person.
struct ApplicantAccount {
  std::string id;
  Channel channel = Channel::email;  // where codes go
  std::string contact;               // verified e-mail address or mobile number, normalised
  std::string password_hash;
  Language language = Language::korean;
};

// How far a sign-in has come.
enum class SessionStage {
  full,
  second_factor,  // staff: the password was right, the code is missing
  enrolment       // staff: the second factor is to be set up first
};
std::string_view spell(SessionStage stage);

struct Session {
  Actor actor;
  std::string csrf_token;
  Instant expires_at{};
  SessionStage stage = SessionStage::full;
  std::chrono::seconds idle_limit{30 * 60};
  Instant began_at{};
  Instant last_seen_at{};
  std::string source{};          // address it began from; kept sealed
  std::string agent{};           // what the browser calls itself, shortened; kept sealed
  std::string pending_secret{};  // of an enrolment; kept sealed
  std::string handle{};          // names the session in the list of own sessions; opens nothing
};

// A session ends after `idle` without a request, and `length` after its beginning in any case.
struct SessionLimits {
  std::chrono::minutes idle;
  std::chrono::minutes length;
};
SessionLimits session_limits(Role role);
// Between password and code.
constexpr std::chrono::minutes half_session_length{10};

// invitation: a member of the staff chooses the first password.
enum class CodePurpose { sign_up, sign_in, reset, invitation };
std::string_view spell(CodePurpose purpose);

// A six-digit code that was sent to somebody, under a ticket that only the form knows.
struct SentCode {
  std::string ticket_hash;
  CodePurpose purpose = CodePurpose::sign_up;
  Channel channel = Channel::email;
  std::string contact;          // kept sealed
  std::string account{};        // id; empty when there is none (then no code is right) or not yet
  std::string password_hash{};  // of a sign-up; of an invitation the one that the account had then
  std::string code_hash;        // keyed, 16 bytes; empty: no code is right
  Language language = Language::korean;
  int misses = 0;
  Instant expires_at{};
};
constexpr std::chrono::minutes code_length{10};
constexpr int most_code_misses = 5;

// What changes in a staff account.
struct AccountChange {
  std::optional<std::string> password_hash{};
  std::optional<std::string> in_place_of{};  // the hash that the new one takes the place of, and no other's
  std::optional<bool> disabled{};
  bool forget_second_factor = false;
  std::optional<Role> role{};              // with the district, which only coordinators have
  std::optional<DistrictCode> district{};
};

// An administrator has asked for a second factor to be forgotten; another one has to confirm it.
struct SecondFactorReset {
  std::string account;
  std::string asked_by;
  Instant asked_at{};
};

class AccountRepository : public SecurityKeyRepository {
 public:
  virtual std::optional<Account> find_account(const std::string& name) = 0;
  virtual std::vector<Account> list_accounts() = 0;
  // Throws Conflict (account_exists).
  virtual void add_account(const Account& account, const Change& change) = 0;
  // Ends all sessions of the account too. Throws NotFound (account_not_found), Conflict (password_changed): another
  // password than the one that was to be replaced is set by now.
  virtual void change_account(const std::string& name, const AccountChange& what, const Change& change) = 0;
  // By account.
  virtual std::vector<SecondFactorReset> list_second_factor_resets() { return {}; }
  // In place of an earlier question.
  virtual void ask_second_factor_reset(const std::string& /*name*/, const Change&) {}
  // Forgets the second factor as change_account does. False, and nothing is changed, unless somebody else than the author
  // has asked for it.
  virtual bool confirm_second_factor_reset(const std::string& /*name*/, const Change&) { return false; }
  // Sets the second factor of an account that has none, with the keyed hashes of its recovery codes, and ends all
  // half-open sessions but the one with this hash. False, and nothing is changed, when that session has ended (it does
  // with every change of the password) or when another second factor is set by now; the same one may be set again, for
  // whoever was not told of the first time.
  virtual bool enrol_second_factor(const std::string& token_hash, const std::string& name, const std::string& secret,
                                   std::int64_t step, const std::vector<std::string>& recovery_codes,
                                   const Change& change) = 0;
  // Keyed hashes of fresh recovery codes in place of the earlier ones; `step`: the one that was taken for it. False, and
  // nothing is changed, when the second factor was forgotten or another step was taken since.
  virtual bool replace_recovery_codes(const std::string& name, std::int64_t step,
                                      const std::vector<std::string>& recovery_codes, const Change& change) = 0;
  // What can be taken once is taken `by` somebody (see taker_of): who was not told of a first time, because the database
  // was lost in that moment, takes it again, and nobody else does. An empty `by` takes it once and for all.
  // False when this or a later step was taken before.
  virtual bool take_totp_step(const std::string& name, std::int64_t step, const std::string& by) = 0;
  // From now on nobody takes the step again: what it was taken for is done.
  virtual void settle_totp_step(const std::string& name, std::int64_t step) = 0;
  // False when there is no such code, or it was used.
  virtual bool take_recovery_code(const std::string& name, const std::string& code, const std::string& by,
                                  const Change& change) = 0;
  // Those that were not used.
  virtual int count_recovery_codes(const std::string& name) = 0;
  // Whether the keyed hash is that of a recovery code of the account that nobody has used.
  virtual bool has_recovery_code(const std::string& name, const std::string& code_hash) = 0;
  // The account that an identity provider's subject belongs to.
  virtual std::optional<Account> find_linked(const std::string& issuer, const std::string& subject) = 0;
  virtual void link_account(const std::string& name, const std::string& issuer, const std::string& subject,
                            const Change& change) = 0;

  virtual std::optional<ApplicantAccount> find_applicant(Channel channel, const std::string& contact) = 0;
  virtual std::optional<ApplicantAccount> find_applicant(const std::string& id) = 0;
  // Throws Conflict (contact_taken).
  virtual void add_applicant(const ApplicantAccount& account, const Change& change) = 0;
  virtual void change_applicant_password(const std::string& id, const std::string& hash, const Change& change) = 0;

  // An invitation takes the place of the account's earlier ones.
  virtual void save_code(const SentCode& code) = 0;
  // Nothing when unknown, used by somebody else or past its time.
  virtual std::optional<SentCode> find_code(const std::string& ticket_hash, const std::string& by, Instant now) = 0;
  // Counts a try before it is made; false when there were too many already, or somebody else used the code.
  virtual bool reserve_code_try(const std::string& ticket_hash, const std::string& by) = 0;
  // False when somebody else used it before.
  virtual bool take_code(const std::string& ticket_hash, const std::string& by) = 0;
  // From now on nobody takes it again.
  virtual void settle_code(const std::string& ticket_hash) = 0;
  // The keyed hash under which a secret word is kept.
  virtual std::string hash_secret(std::string_view purpose, std::string_view word) = 0;

  // `token_hash`: SHA-256 of the random session token; the token itself is never stored.
  virtual void save_session(const std::string& token_hash, const Session& session, Instant now) = 0;
  // Nothing when unknown, past its time, idle for longer than its limit, or of a disabled account; finding a session is
  // using it.
  virtual std::optional<Session> find_session(const std::string& token_hash, Instant now) = 0;
  virtual void remove_session(const std::string& token_hash) = 0;
  // The secret that an enrolment shows, unless the session has one or is no longer there.
  virtual void offer_secret(const std::string& token_hash, const std::string& secret) = 0;
  // Full ones, the newest first.
  virtual std::vector<Session> list_sessions(const std::string& account, Instant now) = 0;
  virtual void remove_session_of(const std::string& account, const std::string& handle, const Change& change) = 0;
  // All but the one with this hash.
  virtual void remove_other_sessions(const std::string& account, const std::string& token_hash,
                                     const Change& change) = 0;

  // Devices that were in before, by the hash of a cookie; forgotten after half a year without a sign-in.
  virtual bool knows_device(const std::string& account, const std::string& device_hash, Instant now) = 0;
  virtual void remember_device(const std::string& account, const std::string& device_hash, Instant now) = 0;

  // Removes what is past its time: sessions, sent codes, devices. In portions, so that nobody waits for it; true when
  // there may be more. Nothing that is past its time is found meanwhile.
  virtual bool remove_expired(Instant now) = 0;
};

// Where a sign-in comes from.
struct Visitor {
  std::string source;    // network address
  std::string device{};  // of the cookie that remembers the device; empty when there is none
  std::string agent{};
  std::string request{};
  std::string browser{};  // secret of the cookie that every form needs; empty when there is none
};

struct SignIn {
  std::string token;  // for the cookie, 32 random bytes in hex
  Session session;
  std::string device{};  // for the cookie that remembers the device
};

// --- Staff ------------------------------------------------------------------------------------------------------

// Adds a member of the staff; throws InvalidInput (bad_account_name, bad_role, bad_district, weak_password,
// known_password) or Conflict (account_exists). An empty password: the account signs in through an identity provider.
void add_account(AccountRepository&, const Actor& actor, const std::string& password, const Change& change);

// Password first: the session is half open until confirm_code, or finish_enrolment for an account without second
// factor. Throws NotAllowed: wrong_credentials (the same for an unknown name, in the same time), too_many_attempts,
// code_needed (many try this account: give the authenticator's code with the password); Unavailable (sign_in_busy).
SignIn sign_in(AccountRepository&, AttemptLimit&, const std::string& name, const std::string& password,
               const std::string& code, const Visitor& visitor, Instant now);
// The half-open session of the token; nothing otherwise.
std::optional<Session> find_half_session(AccountRepository&, const std::string& token, Instant now);
// The code of the authenticator or a recovery code; gives a full session under a new token and ends the half-open one.
// Throws NotAllowed (wrong_code, too_many_attempts, not_signed_in).
SignIn confirm_code(AccountRepository&, AttemptLimit&, const std::string& token, const std::string& code,
                    const Visitor& visitor, Instant now);
// A person whom an identity provider vouches for; half open unless the provider asked for a second factor itself.
// Throws NotAllowed (not_linked).
SignIn sign_in_linked(AccountRepository&, const std::string& issuer, const std::string& subject, SessionStage stage,
                      const Visitor& visitor, Instant now);

struct Enrolment {
  std::string secret;   // base32, in groups of four
  std::string address;  // otpauth://..., for the QR code
};
// The same until it is finished, so that a page may be loaded twice. Throws NotAllowed (not_signed_in).
Enrolment begin_enrolment(AccountRepository&, const std::string& token, Instant now);
struct Enrolled {
  SignIn signed_in;
  std::vector<std::string> recovery_codes;  // shown until the person says that they are kept
};
// Only where no second factor is set; ends all other half-open sessions of the account. Throws NotAllowed (wrong_code;
// not_signed_in: also when the password was changed or another enrolment was finished meanwhile).
Enrolled finish_enrolment(AccountRepository&, AttemptLimit&, const std::string& token, const std::string& code,
                          const Visitor& visitor, Instant now);
// Whether the code still lets the account in: it was not used, and no fresh ones took its place.
bool is_recovery_code(AccountRepository&, const std::string& account, const std::string& code);
// Fresh recovery codes in place of the earlier ones. Throws NotAllowed (wrong_code).
std::vector<std::string> renew_recovery_codes(AccountRepository&, AttemptLimit&, const Actor& actor,
                                              const StepFactor& factor, const std::string& session_token, Instant now);
// Ends all other sessions. Throws NotAllowed (wrong_credentials, too_many_attempts), InvalidInput (weak_password,
// known_password).
SignIn change_own_password(AccountRepository&, AttemptLimit&, const Actor& actor, const std::string& old_password,
                           const std::string& new_password, const Visitor& visitor, Instant now);

// For the administrator; throw NotFound (account_not_found).
void set_password(AccountRepository&, const std::string& name, const std::string& password, const Change& change);
void set_disabled(AccountRepository&, const std::string& name, bool disabled, const Change& change);
void reset_second_factor(AccountRepository&, const std::string& name, const Change& change);
// From now on the identity enters this account, and no other. Throws InvalidInput (bad_identity).
void link_account(AccountRepository&, const std::string& name, const std::string& issuer, const std::string& subject,
                  const Change& change);

// --- Applicants -------------------------------------------------------------------------------------------------

struct Contact {
  Channel channel = Channel::email;
  std::string address;  // e-mail in lower case; 01012345678
};
// Nothing when it is neither an e-mail address nor a mobile number.
std::optional<Contact> parse_contact(std::string_view typed);
// a***@example.kr, 010-****-5678
std::string mask_contact(const Contact& contact);

// Sends a code and gives the ticket that goes with it. Somebody who has an account already is told so in the message
// alone. Throws InvalidInput (bad_contact, weak_password, known_password), NotAllowed (too_many_attempts).
std::string begin_sign_up(AccountRepository&, AttemptLimit&, MessageOutbox&, const std::string& contact,
                          const std::string& password, Language language, const Visitor& visitor, Instant now);
// Throws NotAllowed (wrong_code, code_expired), Conflict (contact_taken).
SignIn finish_sign_up(AccountRepository&, AttemptLimit&, const std::string& ticket, const std::string& code,
                      const Visitor& visitor, Instant now);

struct ApplicantEntry {
  std::optional<SignIn> signed_in;
  std::string ticket;  // when a code was sent instead
};
// Throws as sign_in.
ApplicantEntry sign_in_applicant(AccountRepository&, AttemptLimit&, MessageOutbox&, const std::string& contact,
                                 const std::string& password, Language language, const Visitor& visitor, Instant now);
SignIn finish_sign_in(AccountRepository&, AttemptLimit&, const std::string& ticket, const std::string& code,
                      const Visitor& visitor, Instant now);

// A code goes out only if there is such an account; outside it looks the same.
std::string begin_reset(AccountRepository&, AttemptLimit&, MessageOutbox&, const std::string& contact,
                        Language language, const Visitor& visitor, Instant now);
// Sets the password and ends all sessions.
SignIn finish_reset(AccountRepository&, AttemptLimit&, const std::string& ticket, const std::string& code,
                    const std::string& password, const Visitor& visitor, Instant now);

// --- Sessions ---------------------------------------------------------------------------------------------------

// Full sessions only.
std::optional<Session> find_session(AccountRepository&, const std::string& token, Instant now);
void sign_out(AccountRepository&, const std::string& token);
std::vector<Session> list_own_sessions(AccountRepository&, const Actor& actor, Instant now);
// `handle` of one of the own sessions; others are not touched.
void end_session(AccountRepository&, const Actor& actor, const std::string& handle, Instant now);
// Everywhere but here.
void end_other_sessions(AccountRepository&, const Actor& actor, const std::string& token, Instant now);

}  // namespace hanjari::services
