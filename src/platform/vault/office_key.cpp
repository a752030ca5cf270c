#include "vault/office_key.h"

#include <utility>

#include <fmt/format.h>

#include "database/driver_error.h"
#include "hanjari/base/error.h"
#include "hanjari/base/store_errors.h"
#include "vault/key_file.h"
#include "vault/key_registry.h"

namespace hanjari::storage {
namespace {

namespace fs = std::filesystem;

// Before what is closed under the office's key: no table, ZIP file or JSON begins so.
constexpr std::string_view office_mark = "hanjari-office/1";

[[noreturn]] void throw_office_key_missing(const fs::path& file) {
  throw Unavailable(
      "office_key_missing",
      {fmt::format("{} is missing, and marks and decisions of this database are closed under a key that exists already: copy office.key "
                   "from a machine that has it, or restore it from its backup",
                   file.string()),
       fmt::format("{} 파일이 없습니다. 이 데이터베이스의 점수와 결정을 암호화하는 키가 이미 있으니, 그 키가 있는 컴퓨터에서 office.key를 "
                   "복사하거나 백업에서 복원하십시오",
                   file.string())});
}

[[noreturn]] void throw_no_office() {
  throw Unavailable("office_key_missing",
                    {"this program serves no office (office.serve = false): marks and decisions are sealed by programs of the office alone",
                     "이 프로그램은 업무 화면을 제공하지 않습니다(office.serve = false). 점수와 결정은 업무용 프로그램만 암호화합니다"});
}

[[noreturn]] void throw_wrong_office_key(const fs::path& file) {
  throw Unavailable(
      "wrong_office_key",
      {fmt::format("{} is not the key of the office that this database names: put a copy of the right one in its place", file.string()),
       fmt::format("{} 파일은 이 데이터베이스에 등록된 업무 키가 아닙니다. 올바른 키를 복사하십시오", file.string())});
}

[[noreturn]] void throw_closed(const FieldPlace& place) {
  throw PersonalDataDamaged(
      {"a value of the office in column " + std::string(place.column) + " does not open: this program has not its key",
       std::string(place.column) + " 열의 업무용 값을 열 수 없습니다. 이 프로그램에 업무 키가 없습니다"});
}

bool holds_named(const OfficeKeys& keys, const NamedKey& named) {
  const auto found = keys.find(named.number);
  return found != keys.end() && FieldCipher::key_check(found->second) == named.check;
}

// What the first key closed says no number.
int number_of_closed(std::string_view closed) {
  const std::uint32_t id = FieldCipher::key_of(closed);
  return id == 0 ? 1 : static_cast<int>(id);
}

}  // namespace

fs::path office_key_file_of(const DatabaseSettings& settings) {
  return settings.office_file.empty() ? settings.data / "keys" / "office.key" : settings.office_file;
}

OfficeKey::OfficeKey(Open beside, Lend lend, fs::path file, OfficeKeyUse use, const Clock& clock)
    : beside_(std::move(beside)), lend_(std::move(lend)), file_(std::move(file)), use_(use), clock_(clock) {}

std::string OfficeKey::close(const Numbered& key, const FieldPlace& place, std::string_view value) {
  // The exam of the place is not bound: opening does not need it.
  const auto id = static_cast<std::uint32_t>(key.number == 1 ? 0 : key.number);
  return std::string(office_mark) + FieldCipher::seal_with({id, key.key}, place, value);
}

std::string OfficeKey::seal(const FieldCipher& cipher, const FieldPlace& place, std::string_view value) const {
  return cipher.seal(place, close(key_to_seal(), place, value));
}

std::string OfficeKey::open(const FieldCipher& cipher, const FieldPlace& place, std::string_view sealed) const {
  std::string value = cipher.open(place, sealed);
  if (!value.starts_with(office_mark)) return value;
  return open_closed(place, std::string_view(value).substr(office_mark.size()));
}

std::string OfficeKey::open_closed(const FieldPlace& place, std::string_view closed) const {
  const auto key = key_to_open(number_of_closed(closed));
  if (!key) throw_closed(place);
  auto opened = FieldCipher::open_with(*key, place, closed);
  if (opened) return std::move(*opened);
  forget_unless_named();
  throw_closed(place);
}

std::optional<std::string> OfficeKey::close_anew(const FieldPlace& place, std::string_view value) const {
  if (!value.starts_with(office_mark)) return std::nullopt;
  const std::string_view closed = value.substr(office_mark.size());
  const Numbered newest = key_to_seal();
  if (number_of_closed(closed) == newest.number) return std::nullopt;
  return close(newest, place, open_closed(place, closed));
}

void OfficeKey::prepare() const {
  if (use_ == OfficeKeyUse::none) return;
  try {
    lend_([this](Connection& connection) {
      // Only now, with the connection in hand: whoever seals waits for the key with one of the pool's in hand.
      const std::lock_guard lock(mutex_);
      learn_key(connection);
    });
    note_fault(std::nullopt);
  } catch (const DatabaseUnavailable&) {
    throw;  // says nothing about the key
  } catch (const Error& error) {
    note_fault(OfficeKeyFault{error.code(), error.message()});
    throw;
  }
}

bool OfficeKey::is_there() const {
  if (use_ == OfficeKeyUse::none) return false;
  const std::lock_guard lock(look_mutex_);
  if (looked_at_ && clock_.elapsed() - *looked_at_ < looked_for) return there_;
  looked_at_.reset();
  try {
    prepare();
    there_ = true;
  } catch (const DatabaseUnavailable&) {
    return false;  // once it is back, nobody waits for the next look
  } catch (const Error&) {
    there_ = false;
  }
  looked_at_ = clock_.elapsed();
  return there_;
}

std::optional<OfficeKeyFault> OfficeKey::find_fault() const {
  const std::lock_guard lock(fault_mutex_);
  return fault_;
}

void OfficeKey::note_fault(std::optional<OfficeKeyFault> fault) const {
  const std::lock_guard lock(fault_mutex_);
  fault_ = std::move(fault);
}

void OfficeKey::require_named() const {
  if (use_ == OfficeKeyUse::none) return;
  lend_([this](Connection& connection) {
    const auto named = find_named_key(connection, purposes::office);
    if (!named) return;
    const OfficeKeys keys = load_if_there();
    if (keys.empty()) throw_office_key_missing(file_);
    if (!holds_named(keys, *named)) throw_wrong_office_key(file_);
  });
}

OfficeKeys OfficeKey::load_if_there() const {
  std::error_code ignored;
  if (use_ == OfficeKeyUse::none || !fs::exists(file_, ignored)) return {};
  try {
    return load_office_keys(file_);
  } catch (const InvalidInput& error) {
    // Not what somebody sent is wrong: the machine is, and its operator has to look.
    throw Unavailable(error.code(), {fmt::format("{} is no key file of the office: restore it from its backup", file_.string()),
                                     fmt::format("{} 파일이 업무 키 파일이 아닙니다. 백업에서 복원하십시오", file_.string())});
  }
}

std::optional<Key> OfficeKey::key_to_open(int number) const {
  const std::lock_guard lock(mutex_);
  // A key that was drawn since is in the file when another program of this folder drew it, or somebody copied it here.
  if (!keys_.contains(number)) {
    if (OfficeKeys read = load_if_there(); !read.empty()) keys_ = std::move(read);
  }
  const auto found = keys_.find(number);
  return found == keys_.end() ? std::nullopt : std::optional(found->second);
}

void OfficeKey::forget_unless_named() const {
  const std::lock_guard lock(mutex_);
  if (named_ == 0) keys_.clear();
}

OfficeKey::Numbered OfficeKey::key_to_seal() const {
  const std::lock_guard lock(mutex_);
  if (use_ == OfficeKeyUse::none) throw_no_office();
  // Asked again and again while somebody seals: another key may be named while programs run.
  const auto own = keys_.find(named_);
  if (named_ != 0 && own != keys_.end() && clock_.elapsed() - asked_at_ < others_learn_within / 2) return {named_, own->second};
  try {
    return learn_key(*beside_());
  } catch (const DriverError& error) {
    throw_translated(error);
  }
}

OfficeKey::Numbered OfficeKey::learn_key(Connection& connection) const {
  const auto now = clock_.elapsed();
  try {
    const Numbered key = ask_for_key(connection);
    named_ = key.number;
    asked_at_ = now;
    return key;
  } catch (const DriverError&) {
    throw;  // says nothing about the key
  } catch (...) {
    named_ = 0;
    throw;
  }
}

OfficeKey::Numbered OfficeKey::ask_for_key(Connection& connection) const {
  const auto before = find_named_key(connection, purposes::office);
  // Read after the database: whoever named it, another program of this folder too, had written its file before.
  if (!before || !holds_named(keys_, *before)) keys_ = load_if_there();
  const bool fresh = keys_.empty();
  if (before && fresh) throw_office_key_missing(file_);
  if (fresh) keys_[1] = make_office_key(file_);
  const int number = before ? before->number : keys_.rbegin()->first;
  const auto own = keys_.find(number);
  if (own == keys_.end()) throw_wrong_office_key(file_);
  const std::string check = FieldCipher::key_check(own->second);
  if (!before) {
    // Whoever was first, this program or another: there is one.
    connection.change(
        "INSERT INTO key_checks (purpose, key_number, key_check) VALUES ('office', ?, ?) ON DUPLICATE KEY UPDATE key_number = "
        "key_number",
        number, check);
  }
  const auto now = find_named_key(connection, purposes::office);
  if (now && now->number == number && now->check == check) return {number, own->second};
  keys_.clear();
  std::error_code ignored;
  if (fresh) fs::remove(file_, ignored);  // nobody's: another machine began at the same moment
  throw_wrong_office_key(file_);
}

}  // namespace hanjari::storage
