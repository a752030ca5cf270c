#include "program/opening/receipt_key.h"

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/korean.h"

namespace hanjari::cli {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void throw_missing(const fs::path& file) {
  throw Unavailable(
      "receipt_key_missing",
      {fmt::format("{} is missing, and receipts of this database are signed with a key that exists already: copy "
                   "receipt.key from the machine that has it, or restore it from its backup",
                   file.string()),
       in_korean("{}[이/가] 없습니다. 이 데이터베이스의 접수증에 서명하는 키가 이미 있으니, 그 키가 있는 컴퓨터에서 "
                   "receipt.key를 복사하거나 백업에서 복원하십시오",
                   file.string())});
}

[[noreturn]] void throw_other(const fs::path& file) {
  throw Unavailable(
      "wrong_receipt_key",
      {fmt::format("{} is not the key that signs the receipts of this database: put a copy of the right one in its "
                   "place, from the machine that has it or from its backup",
                   file.string()),
       in_korean("{}[은/는] 이 데이터베이스의 접수증에 서명하는 키가 아닙니다. 그 키가 있는 컴퓨터나 백업에서 올바른 "
                   "키를 복사하십시오",
                   file.string())});
}

void take_its_place(const fs::path& fresh, const fs::path& file) {
  std::error_code error;
  fs::rename(fresh, file, error);
  // Another program of this folder may have done it.
  if (error && !fs::exists(file)) {
    throw Unavailable("receipt_key_not_written", {fmt::format("{}: the key cannot be written", file.string()),
                                                  fmt::format("{}: 키를 쓸 수 없습니다", file.string())});
  }
}

// The key comes into its place only when the database names it; killed in between, the next start goes on.
services::ReceiptSigner make_first(storage::Database& database, const fs::path& file,
                                   const std::optional<std::string>& named) {
  const fs::path fresh = file.string() + ".new";
  if (named && !fs::exists(fresh)) throw_missing(file);
  if (!named && !database.find_newest_receipt().empty()) throw_missing(file);
  services::ReceiptSigner signer = services::ReceiptSigner::make(fresh);
  const std::string check = signer.check();
  if ((named ? *named : database.name_receipt_key(check)) != check) {
    std::error_code ignored;
    fs::remove(fresh, ignored);
    throw_missing(file);
  }
  take_its_place(fresh, file);
  return signer;
}

}  // namespace

fs::path receipt_key_file(const storage::DatabaseSettings& settings) {
  return settings.receipt_file.empty() ? settings.data / "keys" / "receipt.key" : settings.receipt_file;
}

services::ReceiptSigner open_receipt_signer(storage::Database& database, const storage::DatabaseSettings& settings) {
  const fs::path file = receipt_key_file(settings);
  auto named = database.find_receipt_key();
  if (!fs::exists(file)) return make_first(database, file, named);
  services::ReceiptSigner signer = services::ReceiptSigner::load(file);
  if (!named) {
    const std::string newest = database.find_newest_receipt();
    if (!newest.empty() && !services::verify_receipt(newest, signer.public_key())) throw_other(file);
    named = database.name_receipt_key(signer.check());
  }
  if (*named != signer.check()) throw_other(file);
  return signer;
}

}  // namespace hanjari::cli
