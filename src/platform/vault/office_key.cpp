#include "vault/office_key.h"

#include <utility>

#include <fmt/format.h>

#include "database/driver_error.h"
#include "hanjari/base/error.h"
#include "hanjari/base/store_errors.h"
#include "vault/key_file.h"

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

std::optional<std::string> find_named_office_key(Connection& connection) {
  Rows rows = connection.select("SELECT key_check FROM key_checks WHERE purpose = 'office' AND key_number = 1");
  return rows.next() ? std::optional(rows.text()) : std::nullopt;
}

}  // namespace

fs::path office_key_file_of(const DatabaseSettings& settings) {
  return settings.office_file.empty() ? settings.data / "keys" / "office.key" : settings.office_file;
}

OfficeKey::OfficeKey(Open open, fs::path file, OfficeKeyUse use) : open_(std::move(open)), file_(std::move(file)), use_(use) {}

std::string OfficeKey::seal(const FieldCipher& cipher, const FieldPlace& place, std::string_view value) const {
  // The exam of the place is not bound: opening does not need it.
  return cipher.seal(place, std::string(office_mark) + FieldCipher::seal_with({0, key_to_seal()}, place, value));
}

std::string OfficeKey::open(const FieldCipher& cipher, const FieldPlace& place, std::string_view sealed) const {
  std::string value = cipher.open(place, sealed);
  if (!value.starts_with(office_mark)) return value;
  const auto key = key_to_open();
  if (!key) throw_closed(place);
  auto opened = FieldCipher::open_with(*key, place, std::string_view(value).substr(office_mark.size()));
  if (opened) return std::move(*opened);
  forget_unless_named();
  throw_closed(place);
}

void OfficeKey::prepare() const {
  if (use_ == OfficeKeyUse::read) key_to_seal();
}

void OfficeKey::require_named() const {
  if (use_ == OfficeKeyUse::none) return;
  try {
    const auto connection = open_();
    const auto named = find_named_office_key(*connection);
    if (!named) return;
    const auto key = load_if_there();
    if (!key) throw_office_key_missing(file_);
    if (FieldCipher::key_check(*key) != *named) throw_wrong_office_key(file_);
  } catch (const DriverError& error) {
    throw_translated(error);
  }
}

std::optional<Key> OfficeKey::load_if_there() const {
  std::error_code ignored;
  if (use_ == OfficeKeyUse::none || !fs::exists(file_, ignored)) return std::nullopt;
  try {
    return load_office_key(file_);
  } catch (const InvalidInput& error) {
    // Not what somebody sent is wrong: the machine is, and its operator has to look.
    throw Unavailable(error.code(), {fmt::format("{} is no key file of the office: restore it from its backup", file_.string()),
                                     fmt::format("{} 파일이 업무 키 파일이 아닙니다. 백업에서 복원하십시오", file_.string())});
  }
}

std::optional<Key> OfficeKey::key_to_open() const {
  const std::lock_guard lock(mutex_);
  if (!key_) key_ = load_if_there();
  return key_;
}

void OfficeKey::forget_unless_named() const {
  const std::lock_guard lock(mutex_);
  if (!named_) key_.reset();
}

Key OfficeKey::key_to_seal() const {
  const std::lock_guard lock(mutex_);
  if (use_ == OfficeKeyUse::none) throw_no_office();
  if (named_) return *key_;
  try {
    const auto connection = open_();
    const auto before = find_named_office_key(*connection);
    // Read after the database: whoever named it, another program of this folder too, had written its file before.
    key_ = load_if_there();
    const bool fresh = !key_;
    if (before && fresh) throw_office_key_missing(file_);
    if (fresh) key_ = make_office_key(file_);
    const std::string check = FieldCipher::key_check(*key_);
    if (!before) {
      // Whoever was first, this program or another: there is one.
      connection->change(
          "INSERT INTO key_checks (purpose, key_number, key_check) VALUES ('office', 1, ?) ON DUPLICATE KEY UPDATE key_number = "
          "key_number",
          check);
    }
    if (find_named_office_key(*connection) != check) {
      key_.reset();
      std::error_code ignored;
      if (fresh) fs::remove(file_, ignored);  // nobody's: another machine began at the same moment
      throw_wrong_office_key(file_);
    }
  } catch (const DriverError& error) {
    throw_translated(error);
  }
  named_ = true;
  return *key_;
}

}  // namespace hanjari::storage
