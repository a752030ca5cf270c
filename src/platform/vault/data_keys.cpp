#include "vault/data_keys.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "database/driver_error.h"
#include "database/transaction.h"
#include "hanjari/base/error.h"
#include "hanjari/base/store_errors.h"
#include "vault/cipher_bytes.h"
#include "vault/field_cipher.h"

namespace hanjari::storage {
namespace {

constexpr std::size_t wrapped_size = 1 + nonce_size + sizeof(Key) + tag_size;

std::string bound_to(std::string_view scope, int generation, int master) {
  return "data key\n" + std::string(scope) + "\n" + std::to_string(generation) + "\n" + std::to_string(master);
}

[[noreturn]] void throw_damaged(std::string_view scope) {
  throw PersonalDataDamaged(
      {"a data key of '" + std::string(scope) + "' does not open: it was changed or moved",
       "'" + std::string(scope) + "'의 데이터 키를 열 수 없습니다. 값이 바뀌었거나 옮겨졌습니다"});
}

[[noreturn]] void throw_no_master(std::string_view scope) {
  throw Unavailable("wrong_key_file",
                    {"the key file lacks the master key that closes the data key of '" + std::string(scope) + "'",
                     "'" + std::string(scope) + "'의 데이터 키를 여는 마스터 키가 키 파일에 없습니다"});
}

[[noreturn]] void throw_not_current() {
  throw KeysNotCurrent(
      {"the key file lacks the master key that is in use now: copy the key file of a machine that is ready",
       "지금 쓰는 마스터 키가 키 파일에 없습니다. 정상 동작 중인 컴퓨터의 키 파일을 복사하십시오"});
}

[[noreturn]] void throw_destroyed(const std::string& exam) {
  throw Conflict("exam_destroyed",
                 {"the personal data of exam '" + exam + "' is destroyed; nothing more can be stored for it",
                  "시험 '" + exam + "'의 개인정보는 파기되었습니다. 더 이상 저장할 수 없습니다"});
}

[[noreturn]] void throw_does_not_open(std::string_view scope, bool no_master) {
  if (no_master) throw_no_master(scope);
  throw_damaged(scope);
}

// The code of an exam's scope; empty for what belongs to no exam.
std::string exam_of_scope(const std::string& scope) {
  const auto slash = scope.find('/');
  return slash == std::string::npos ? std::string{} : scope.substr(slash + 1);
}

// Scopes without which nothing can be served. A row of any other name seals nothing: no program asks for it.
bool everything_needs(std::string_view scope) {
  return scope == scope_of_exam({}) || scope == scope_of_audit({});
}

bool is_asked_for(std::string_view scope) {
  if (everything_needs(scope)) return true;
  const auto slash = scope.find('/');
  return (scope.starts_with("exam/") || scope.starts_with("audit/")) && slash + 1 < scope.size();
}

constexpr std::string_view next_master_scope = "next master key";  // no scope of a data key
constexpr int no_such_parent = 1452;                               // ER_NO_REFERENCED_ROW_2
constexpr std::size_t most_missing = 1'000;
constexpr std::size_t most_told = 20;
constexpr std::chrono::seconds between_looks{60};

// Exams whose people stand sealed, and that have no key although nobody destroyed it. People are looked for in scalar subqueries:
// an EXISTS may become a join that reads the people of every exam. What stands under a data key begins with a zero. `which` says of
// which exams, by exam_code.
std::string select_exams_without_key(std::string_view which) {
  return fmt::format(
      "SELECT r.exam_code FROM recruitments r WHERE {0} AND NOT EXISTS (SELECT 1 FROM data_keys k WHERE k.scope = CONCAT('exam/', "
      "r.exam_code)) AND NOT EXISTS (SELECT 1 FROM destructions d WHERE d.exam_code = r.exam_code AND COALESCE(d.begun_at, d.done_at) IS NOT "
      "NULL) AND ((SELECT 1 FROM applications a WHERE a.exam_code = r.exam_code AND a.destroyed_at IS NULL AND HEX(LEFT(a.form_sealed, 1)) = "
      "'00' LIMIT 1) = 1 OR (SELECT 1 FROM application_drafts f WHERE f.exam_code = r.exam_code AND HEX(LEFT(f.form_sealed, 1)) = '00' LIMIT "
      "1) = 1) UNION SELECT e.exam_code FROM exams e WHERE {0} AND NOT EXISTS "
      "(SELECT 1 FROM data_keys k WHERE k.scope = CONCAT('exam/', e.exam_code)) AND NOT EXISTS (SELECT 1 FROM destructions d WHERE "
      "d.exam_code = e.exam_code AND COALESCE(d.begun_at, d.done_at) IS NOT NULL) AND (SELECT 1 FROM populations p JOIN applicants a ON "
      "a.population_id = p.population_id AND a.applicant_position = 0 WHERE p.exam_id = e.exam_id AND HEX(LEFT(a.name_sealed, 1)) = '00' "
      "LIMIT 1) = 1 ORDER BY 1 LIMIT 20",
      which);
}

}  // namespace

std::string scope_of_exam(std::string_view exam) {
  return exam.empty() ? "program" : "exam/" + std::string(exam);
}

std::string scope_of_audit(std::string_view exam) {
  return exam.empty() ? "audit" : "audit/" + std::string(exam);
}

std::string wrap_key(const MasterKey& master, const Key& key, std::string_view scope, int generation) {
  std::string wrapped(wrapped_size, '\0');
  auto* out = reinterpret_cast<unsigned char*>(wrapped.data());
  out[0] = static_cast<unsigned char>(master.number);
  randombytes_buf(out + 1, nonce_size);
  const std::string beside = bound_to(scope, generation, master.number);
  unsigned long long size = 0;
  crypto_aead_xchacha20poly1305_ietf_encrypt(out + 1 + nonce_size, &size, key.data(), key.size(), bytes(beside),
                                             beside.size(), nullptr, out + 1, master.key.data());
  return wrapped;
}

std::optional<Key> unwrap_key(const KeyRing& master, std::string_view wrapped, std::string_view scope, int generation) {
  if (wrapped.size() != wrapped_size) throw_damaged(scope);
  const int number = static_cast<unsigned char>(wrapped[0]);
  const auto found = master.personal.find(number);
  if (found == master.personal.end()) return std::nullopt;
  Key key{};
  const std::string beside = bound_to(scope, generation, number);
  unsigned long long size = 0;
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(key.data(), &size, nullptr, bytes(wrapped) + 1 + nonce_size,
                                                 wrapped.size() - 1 - nonce_size, bytes(beside), beside.size(),
                                                 bytes(wrapped) + 1, found->second.data()) != 0) {
    throw_damaged(scope);
  }
  return key;
}

std::string wrap_master(const MasterKey& current, const MasterKey& next) {
  return wrap_key(current, next.key, next_master_scope, next.number);
}

std::optional<Key> unwrap_master(const KeyRing& ring, const NamedKey& current, const PreparedKey& prepared) {
  const auto master = find_master(ring, current.check);
  if (!master || !prepared.wrapped) return std::nullopt;
  const KeyRing only{{{master->number, master->key}}, {}};
  const auto key = unwrap_key(only, *prepared.wrapped, next_master_scope, prepared.key.number);
  if (!key || FieldCipher::key_check(*key) != prepared.key.check) throw_damaged(next_master_scope);
  return key;
}

void insert_data_key(Connection& connection, const MasterKey& master, const Key& key, const std::string& scope,
                     int generation) {
  connection.change(
      "INSERT INTO data_keys (scope, generation, wrapped, made_at, master_check) VALUES (?, ?, ?, UTC_TIMESTAMP(6), ?)",
      scope, generation, wrap_key(master, key, scope, generation), FieldCipher::key_check(master.key));
}

DataKeys::DataKeys(Open open, LoadMaster load_master, KeyRing master, std::chrono::milliseconds longest_wait)
    : open_(std::move(open)), load_master_(std::move(load_master)), longest_wait_(longest_wait), master_(std::move(master)) {
  if (sodium_init() < 0) throw std::runtime_error("libsodium does not start");
}

DataKeys::~DataKeys() = default;

Connection& DataKeys::connection() const {
  if (!connection_) connection_ = open_();
  return *connection_;
}

// The master keys as the file has them now. One that cannot be read takes nothing from a program that has opened its
// data keys already; that it lacks the current master key is told by check().
void DataKeys::learn_masters(const NamedKey& current) const {
  try {
    master_ = load_master_();
  } catch (const Error&) {
  }
  wrapping_ = find_master(master_, current.check);
}

// Opens every data key that is there. One that does not open closes what it sealed, and nothing else.
void DataKeys::open_all(const std::optional<NamedKey>& current, std::map<std::uint32_t, Known>& keys,
                        std::map<std::uint32_t, Damaged>& damaged, std::map<std::string, std::uint32_t>& newest) const {
  bool looked_for_masters = false;
  Rows rows = connection().select(
      "SELECT data_key_id, scope, generation, wrapped, lost FROM data_keys ORDER BY scope, generation");
  while (rows.next()) {
    const auto id = static_cast<std::uint32_t>(rows.integer());
    const std::string scope = rows.text();
    const auto generation = static_cast<int>(rows.integer());
    const std::string wrapped = rows.text();
    const bool lost = rows.integer() != 0;
    newest[scope] = id;
    scopes_[id] = scope;
    // A key that was opened once does not change, only what wraps it does; it goes on to work although a reader who
    // starts now could not open it, which is told.
    if (const auto known = keys_.find(id); known != keys_.end()) keys.insert(*known);
    try {
      auto key = unwrap_key(master_, wrapped, scope, generation);
      if (!key && current && !looked_for_masters) {
        looked_for_masters = true;
        learn_masters(*current);
        key = unwrap_key(master_, wrapped, scope, generation);
      }
      if (key) {
        keys.emplace(id, Known{*key, scope});
      } else {
        damaged.emplace(id, Damaged{scope, !lost});
      }
    } catch (const Unavailable&) {
      damaged.emplace(id, Damaged{scope, false});
    }
  }
}

void DataKeys::load_once() const {
  const auto current = find_named_key(connection(), purposes::personal);
  wrapping_ = current ? find_master(master_, current->check) : std::nullopt;
  if (current && !wrapping_) learn_masters(*current);
  std::set<std::string> destroyed;
  std::set<std::string> gone;  // an earlier version wrote the end of a destruction alone
  for (Rows rows = connection().select(
           "SELECT exam_code, begun_at IS NOT NULL FROM destructions WHERE COALESCE(begun_at, done_at) IS NOT NULL");
       rows.next();) {
    const std::string exam = rows.text();
    gone.insert(exam);
    if (rows.integer() != 0) destroyed.insert(exam);
  }
  std::map<std::uint32_t, Known> keys;
  std::map<std::uint32_t, Damaged> damaged;
  std::map<std::string, std::uint32_t> newest;
  open_all(current, keys, damaged, newest);
  const auto now = std::chrono::steady_clock::now();
  for (const auto& [id, known] : keys_) {
    // What was destroyed is to open nowhere, not even for who had begun to read it.
    if (keys.contains(id) || destroyed.contains(exam_of_scope(known.scope))) continue;
    if (now - gone_since_.try_emplace(id, now).first->second < kept_for) keys.emplace(id, known);
  }
  keys_ = std::move(keys);
  damaged_ = std::move(damaged);
  tell_damaged();
  newest_ = std::move(newest);
  destroyed_ = std::move(destroyed);
  gone_ = std::move(gone);
  loaded_at_ = now;
}

bool DataKeys::lacks_master() const {
  return std::any_of(damaged_.begin(), damaged_.end(), [](const auto& key) { return key.second.no_master; });
}

void DataKeys::ask_before_reading(std::function<void()> refuse) const {
  const std::lock_guard lock(mutex_);
  refuse_ = std::move(refuse);
}

void DataKeys::load() const {
  if (refuse_) refuse_();
  const auto began = std::chrono::steady_clock::now();
  // Whoever waited for the lock while another asked in vain does not ask as long again.
  if (failed_at_ && began - *failed_at_ < std::chrono::seconds(1)) throw_translated(DriverError(2013, "08S01"));
  Retries retries({longest_wait_, std::chrono::milliseconds(20)});
  for (int attempt = 1;; ++attempt) {
    try {
      load_once();
      // Between two statements the master key may have been changed.
      if (attempt < 3 && lacks_master()) continue;
      return;
    } catch (const DriverError& error) {
      connection_.reset();
      const auto now = std::chrono::steady_clock::now();
      if (attempt < 3 && now - began < std::chrono::seconds(2)) continue;
      // Where somebody watches the database, an outage is told soon; a program without a watcher waits for its end.
      if (!refuse_ && error.kind() == DriverError::Kind::lost && retries.wait(attempt)) continue;
      failed_at_ = std::chrono::steady_clock::now();
      throw_translated(error);
    }
  }
}

bool DataKeys::exists_in_database(std::string_view exam) const {
  for (int attempt = 1;; ++attempt) {
    try {
      return connection()
          .select("SELECT 1 FROM exams WHERE exam_code = ? UNION SELECT 1 FROM recruitments WHERE exam_code = ?", exam,
                  exam)
          .next();
    } catch (const DriverError& error) {
      connection_.reset();
      if (error.kind() != DriverError::Kind::lost || attempt == 5) throw_translated(error);
    }
    load();  // waits until the database answers
  }
}

void DataKeys::make_first(const std::string& scope) const {
  if (without_key_.contains(scope)) throw_does_not_open(scope, false);
  Key key{};
  randombytes_buf(key.data(), key.size());
  for (int attempt = 1;; ++attempt) {
    if (!wrapping_) throw_not_current();
    try {
      Transaction transaction(connection());
      // A destruction that begins meanwhile waits for this key, or has it wait and be refused.
      const std::string exam = exam_of_scope(scope);
      const char* const begun =
          "SELECT 1 FROM destructions WHERE exam_code = ? AND begun_at IS NOT NULL LOCK IN SHARE MODE";
      if (!exam.empty() && connection().select(begun, exam).next()) throw_destroyed(exam);
      refuse_lost(scope);
      insert_data_key(connection(), *wrapping_, key, scope, 1);
      transaction.commit();
    } catch (const DriverError& error) {
      const bool first = error.kind() == DriverError::Kind::duplicate;  // another program was first: its key is taken
      // The master key was changed and this program did not know yet.
      const bool changed = error.kind() == DriverError::Kind::refused && error.code() == no_such_parent;
      // A commit that went through unheard is found by what is read next.
      const bool again = error.kind() == DriverError::Kind::busy || error.kind() == DriverError::Kind::lost;
      if (!first) connection_.reset();
      if (!first && ((!changed && !again) || attempt == 5)) throw_translated(error);
    }
    load();
    if (newest_.contains(scope)) return;
  }
}

// A new key would take the place into which the lost one is to be put back. Asked in the moment in which one would be drawn: the
// last look may have been before the key went, and a command that changes keys never looks.
void DataKeys::refuse_lost(const std::string& scope) const {
  const std::string exam = exam_of_scope(scope);
  if (exam.empty() || scope != scope_of_exam(exam)) return;
  if (!connection().select(select_exams_without_key("exam_code = ?"), exam, exam).next()) return;
  without_key_.insert(scope);
  tell_damaged();
  throw_does_not_open(scope, false);
}

void DataKeys::make_for_import(std::string_view exam) const {
  const std::string scope = scope_of_exam(exam);
  const std::lock_guard lock(mutex_);
  load();
  if (destroyed_.contains(std::string(exam))) throw_destroyed(std::string(exam));
  if (!newest_.contains(scope)) make_first(scope);
}

DataKey DataKeys::current(const std::string& wanted) const {
  const std::lock_guard lock(mutex_);
  const bool fresh = loaded_at_ && std::chrono::steady_clock::now() - *loaded_at_ < fresh_for;
  if (!fresh || !newest_.contains(wanted)) load();
  const std::string exam = exam_of_scope(wanted);
  std::string scope = wanted;
  if (destroyed_.contains(exam)) {
    if (wanted == scope_of_exam(exam)) throw_destroyed(exam);
    scope = scope_of_audit({});
  }
  if (!newest_.contains(scope)) {
    if (!exam_of_scope(scope).empty() && !exists_in_database(exam)) {
      throw NotFound("unknown_exam", {"There is no such exam.", "해당 시험이 없습니다."});
    }
    make_first(scope);
  }
  const std::uint32_t id = newest_.at(scope);
  if (const auto known = keys_.find(id); known != keys_.end()) return {id, known->second.key};
  throw_does_not_open(damaged_.at(id).scope, damaged_.at(id).no_master);
}

DataKey DataKeys::of_audit(std::string_view exam) const {
  try {
    return current(scope_of_audit(exam));
  } catch (const NotFound&) {
    return current(scope_of_audit({}));
  }
}

std::optional<Key> DataKeys::find(std::uint32_t id) const {
  const std::lock_guard lock(mutex_);
  if (const auto known = keys_.find(id); known != keys_.end()) return known->second.key;
  const auto now = std::chrono::steady_clock::now();
  const bool fresh = loaded_at_ && now - *loaded_at_ < fresh_for;
  // Many rows may be sealed with a key that does not open, or is gone; each of them must not read all keys anew.
  if (const auto missed = missing_.find(id); missed != missing_.end() && now - missed->second < fresh_for) return std::nullopt;
  if (!fresh || !damaged_.contains(id)) load();
  if (const auto known = keys_.find(id); known != keys_.end()) return known->second.key;
  if (const auto damaged = damaged_.find(id); damaged != damaged_.end())
    throw_does_not_open(damaged->second.scope, damaged->second.no_master);
  // Rows that were changed name any number.
  if (missing_.size() >= most_missing) missing_.clear();
  missing_[id] = std::chrono::steady_clock::now();
  return std::nullopt;
}

void DataKeys::check() const {
  const std::lock_guard lock(mutex_);
  load();
  look_for_missing();
  if (!wrapping_) throw_not_current();
  for (const auto& [id, damaged] : damaged_) {
    if (!is_asked_for(damaged.scope)) continue;
    if (damaged.no_master || everything_needs(damaged.scope)) throw_does_not_open(damaged.scope, damaged.no_master);
  }
}

// A key whose row is gone is damage like any other, and seldom looked for: a running exam is not without its key for long.
void DataKeys::look_for_missing() const {
  const auto now = std::chrono::steady_clock::now();
  if (looked_at_ && now - *looked_at_ < between_looks) return;
  try {
    without_key_.clear();
    for (Rows rows = connection().select(select_exams_without_key("TRUE")); rows.next();) without_key_.insert(scope_of_exam(rows.text()));
  } catch (const DriverError& error) {
    connection_.reset();
    throw_translated(error);
  }
  looked_at_ = now;
  tell_damaged();
}

bool DataKeys::is_of_destroyed(std::uint32_t id, std::string_view exam) const {
  const std::lock_guard lock(mutex_);
  const bool fresh = loaded_at_ && std::chrono::steady_clock::now() - *loaded_at_ < fresh_for;
  if (!fresh) load();
  const auto seen = scopes_.find(id);
  const bool known = !exam.empty() || seen != scopes_.end();
  // Where neither the row nor anything that this program read tells whose key it was, it is a destroyed exam's only where there
  // is one and no other exam lacks its key.
  const bool of_destroyed = known ? gone_.contains(exam.empty() ? exam_of_scope(seen->second) : std::string(exam))
                                  : !gone_.empty() && without_key_.empty();
  if (!of_destroyed && lost_.size() < most_told && lost_.insert(id).second) tell_damaged();
  return of_destroyed;
}

std::vector<std::string> DataKeys::list_damaged() const {
  const std::lock_guard lock(told_mutex_);
  return told_damaged_;
}

void DataKeys::tell_damaged() const {
  std::vector<std::string> scopes;
  for (const auto& [id, damaged] : damaged_) {
    if (scopes.empty() || scopes.back() != damaged.scope) scopes.push_back(damaged.scope);
  }
  const auto add = [&](const std::string& scope) {
    if (std::find(scopes.begin(), scopes.end(), scope) == scopes.end()) scopes.push_back(scope);
  };
  for (const std::string& scope : without_key_) add(scope);
  for (const std::uint32_t id : lost_) {
    if (keys_.contains(id)) continue;  // it was put back
    const auto seen = scopes_.find(id);
    add(seen == scopes_.end() ? "key " + std::to_string(id) : seen->second);
  }
  const std::lock_guard lock(told_mutex_);
  told_damaged_ = std::move(scopes);
}

std::optional<Key> DataKeys::find_master_key(int number) const {
  const std::lock_guard lock(mutex_);
  const auto found = master_.personal.find(number);
  return found == master_.personal.end() ? std::nullopt : std::optional(found->second);
}

bool DataKeys::is_destroyed(const std::string& exam) const {
  const std::lock_guard lock(mutex_);
  const bool fresh = loaded_at_ && std::chrono::steady_clock::now() - *loaded_at_ < fresh_for;
  if (!fresh) load();
  return destroyed_.contains(exam);
}

void DataKeys::refuse_destroyed(const std::string& exam) const {
  if (is_destroyed(exam)) throw_destroyed(exam);
}

void DataKeys::forget() const {
  const std::lock_guard lock(mutex_);
  keys_.clear();
  newest_.clear();
  missing_.clear();
  loaded_at_.reset();
  looked_at_.reset();
}

void DataKeys::keep_in_step(const NamedKey& current) const {
  const std::lock_guard lock(mutex_);
  const bool holds = find_master(master_, current.check).has_value();
  const bool earlier = std::any_of(master_.personal.begin(), master_.personal.end(), [&](const auto& key) {
    return is_earlier_master(key.first, current.number);
  });
  if (!holds || earlier) learn_masters(current);
}

}  // namespace hanjari::storage
